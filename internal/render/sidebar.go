package render

import (
	"html/template"
	"strings"

	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// windowSize is how many of a section's pages a sidebar shows. Windows are
// fixed, so that all pages of one share it: a sidebar with every page of a
// section on every page of it would be quadratic.
const windowSize = 60

// window is one painted stretch of a section's pages, none of them marked.
type window struct {
	open, close template.HTML
	items       string  // all items
	starts      []int32 // where each begins, and the end of the last
}

// windowKey names a window that may be kept: as seen from the section's own
// page, or from any page that lies directly below it.
type windowKey struct {
	section *site.Page
	number  int
	self    bool
}

// sidebar paints the page's section around it, with the page marked.
func (r *Renderer) sidebar(p *site.Page, l *tongue) (template.HTML, error) {
	section := p.Parent
	switch {
	case p.Kind == site.Section && len(p.Children) > 0:
		section = p
	case p.Kind != site.Single && p.Kind != site.Section, section == nil, len(section.Children) == 0:
		return "", nil
	}
	index := -1
	if p != section {
		if i, ok := r.order(section)[p]; ok {
			index = i
		}
	}
	w, err := r.window(section, max(index, 0)/windowSize, p, l)
	if err != nil || index < 0 {
		return w.join(-1, ""), err
	}
	marked, err := r.piece("sidebar-item", theme.SidebarItem{
		Link:   theme.Link{Href: Rel(p.Address, p.Address), Name: p.Name, Current: true},
		Folder: p.Kind == site.Section,
	})
	return w.join(index%windowSize, string(marked)), err
}

// join puts the window together, with another text for one item.
func (w *window) join(index int, marked string) template.HTML {
	if w == nil {
		return ""
	}
	var b strings.Builder
	b.Grow(len(w.open) + len(w.items) + len(marked) + len(w.close) + 4)
	b.WriteString(string(w.open))
	b.WriteByte('\n')
	if index < 0 {
		b.WriteString(w.items)
	} else {
		b.WriteString(w.items[:w.starts[index]])
		b.WriteString(marked)
		b.WriteByte('\n')
		b.WriteString(w.items[w.starts[index+1]:])
	}
	b.WriteString(string(w.close))
	return template.HTML(b.String())
}

// order says where each page stands in its section.
func (r *Renderer) order(section *site.Page) map[*site.Page]int {
	if o, ok := r.orders.Load(section); ok {
		return o.(map[*site.Page]int)
	}
	o := make(map[*site.Page]int, len(section.Children))
	for i, c := range section.Children {
		o[c] = i
	}
	r.orders.Store(section, o)
	return o
}

// window returns a window as seen from p. Seen from an unusual place, as a page
// with an address of its own has it, it is painted for that page alone.
func (r *Renderer) window(section *site.Page, number int, p *site.Page, l *tongue) (*window, error) {
	from, usual := standpoint(section, p)
	if l.code != section.Lang || !usual {
		return r.newWindow(section, number, from, p == section, l)
	}
	key := windowKey{section, number, p == section}
	if w, ok := r.windows.Load(key); ok {
		return w.(*window), nil
	}
	w, err := r.newWindow(section, number, from, p == section, l)
	if err != nil {
		return nil, err
	}
	r.windows.Store(key, w)
	return w, nil
}

// standpoint is an address that all pages directly below a section can be
// taken to have: its folder has a name that no folder has.
func standpoint(section, p *site.Page) (from string, usual bool) {
	if p == section {
		return p.Address, true
	}
	folder := folderOf(section.Address)
	if folder != "" {
		folder += "/"
	}
	if below, ok := strings.CutPrefix(p.Address, folder); ok {
		if name, ok := strings.CutSuffix(below, "/index.html"); ok && name != "" && !strings.Contains(name, "/") {
			return folder + "\x00/index.html", true
		}
	}
	return p.Address, false
}

func (r *Renderer) newWindow(section *site.Page, number int, from string, self bool, l *tongue) (*window, error) {
	at := place{from: from}
	all := section.Children
	first, last := number*windowSize, min((number+1)*windowSize, len(all))
	v := theme.Sidebar{Words: l.words, Section: link(section, at)}
	v.Section.Current = self
	if len(all) > windowSize {
		v.AllText = with(l.words.Get("sidebar.all"), "count", len(all))
	}
	if first > 0 {
		v.Earlier = link(all[first-1], at)
	}
	if last < len(all) {
		v.Later = link(all[last], at)
	}
	w := &window{starts: make([]int32, 0, windowSize+1)}
	var err error
	if w.open, err = r.piece("sidebar-open", v); err != nil {
		return nil, err
	}
	if w.close, err = r.piece("sidebar-close", v); err != nil {
		return nil, err
	}
	var b strings.Builder
	for _, c := range all[first:last] {
		w.starts = append(w.starts, int32(b.Len()))
		html, err := r.piece("sidebar-item", theme.SidebarItem{Link: link(c, at), Folder: c.Kind == site.Section})
		if err != nil {
			return nil, err
		}
		b.WriteString(string(html))
		b.WriteByte('\n')
	}
	w.starts = append(w.starts, int32(b.Len()))
	w.items = b.String()
	return w, nil
}
