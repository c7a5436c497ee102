package render

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"peppermill/internal/page"
	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// mostKnown is how many earlier versions a reader may come from. Each is an
// element around the changes since, so they stand inside each other.
const mostKnown = 50

// log is what changed in a document and what its readers sign for.
func (r *Renderer) log(p *site.Page, c theme.Control, at place, l *tongue) theme.Log {
	src := p.Source
	if s := src.Meta.Status; src.Meta.Control.InText && (s == page.Superseded || s == page.Retired) {
		return theme.Log{} // its table is enough: nobody comes back to see what is new
	}
	out := theme.Log{Version: c.Version, InText: src.Meta.Control.InText}
	texts := map[string]*site.Page{}
	for _, old := range p.Earlier {
		if v := r.fill(old.Source, page.Text(old.Source.Meta.Control.Version)); texts[v] == nil {
			texts[v] = old
		}
	}
	ids := takenIDs(src)
	out.ID = ids.take("changes")
	control := src.Meta.Control
	if !r.staff {
		control.Changes = slices.DeleteFunc(slices.Clone(control.Changes), func(c page.Change) bool { return c.Staff })
	}
	log := control.Log()
	for i, change := range log {
		e := theme.Change{
			Version: r.fill(src, page.Text(change.Version)), Date: l.date(change.Date), Material: change.Material && i+1 < len(log), // the first is none
			Summary: r.fill(src, change.Summary), Because: r.fill(src, change.Because), By: r.fill(src, change.By),
		}
		if old := texts[e.Version]; old != nil && e.Version != "" {
			e.Text = link(old, at)
		}
		if n := len(out.Changes); n > 0 && n <= mostKnown && e.Version != "" && e.Version != out.Changes[n-1].Version {
			e.ID = ids.take("since-" + idText(e.Version))
			out.Known = append(out.Known, theme.Link{Href: fragment(e.ID), Name: e.Version})
		}
		out.Changes = append(out.Changes, e)
	}
	for i := len(out.Changes) - 1; i >= 0; i-- {
		if id := out.Changes[i].ID; id != "" {
			out.Opens = append(out.Opens, theme.Since{ID: id, Version: out.Changes[i].Version})
		}
	}
	r.signing(&out, p, c, control.Signed(), l)
	return out
}

// signing says which version is signed for, and gives the staff a sheet for it.
func (r *Renderer) signing(out *theme.Log, p *site.Page, c theme.Control, signed string, l *tongue) {
	m := &p.Source.Meta
	inForce := m.Status == page.Approved || m.Status == page.Current
	word := m.Control.Acknowledge
	if word == "" || !inForce || c.Version == "" {
		return
	}
	for _, mark := range p.Marks {
		if mark != "staff" {
			return // nobody signs for what is not published
		}
	}
	signed = r.fill(p.Source, page.Text(signed))
	say := func(key string) string {
		return strings.NewReplacer("{version}", c.Version, "{signed}", signed, "{title}", p.Title).Replace(l.words.Get(key))
	}
	out.Sign = say("sign." + word)
	if signed != c.Version {
		out.Holds = say("sign.holds")
	}
	if !r.staff {
		return
	}
	out.Sheet = theme.Sheet{Title: p.Title, Version: c.Version, Effective: c.Effective, Wording: say("sheet." + word), Rows: make([]struct{}, sheetRows)}
}

// sheetRows are the signatures that have room on a sheet of A4 or Letter.
const sheetRows = 18

// ids are the ids of a page that are in use.
type ids map[string]bool

func takenIDs(src *page.Page) ids {
	all := ids{}
	for _, h := range src.Headings {
		all[h.ID] = true
	}
	for _, a := range src.Anchors {
		all[a.ID] = true
	}
	return all
}

// take returns the id, or one with a number where it is in use.
func (all ids) take(id string) string {
	free := id
	for n := 2; all[free]; n++ {
		free = fmt.Sprintf("%s-%d", id, n)
	}
	all[free] = true
	return free
}

// idText is a version as a part of an id: 2.0 stays what it is.
func idText(version string) string {
	return strings.Join(strings.FieldsFunc(version, func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsMark(c) && !unicode.IsDigit(c) && c != '.'
	}), "-")
}
