package markdown

import "peppermill/internal/page"

// asideLinks puts the addresses that the front matter shows to readers among
// the page's links, after those of the body, so that one way of checking
// serves all.
func (w *work) asideLinks() {
	a := &w.page.Meta.Asides
	a.Action.Link = w.asideLink(a.Action.URL, a.Action.Staff)
	for i := range a.Sources {
		a.Sources[i].Link = w.asideLink(a.Sources[i].URL, a.Sources[i].Staff)
	}
}

func (w *work) asideLink(ref page.Ref, staff bool) int {
	if ref.Text == "" {
		return 0
	}
	at := ref.Pos
	if at.Line == 0 {
		at = w.file.Pos(1, 1)
	}
	w.page.Links = append(w.page.Links, page.Link{Kind: page.Inline, Dest: ref.Text, Staff: staff, Pos: at, Width: ref.Width})
	return len(w.page.Links)
}
