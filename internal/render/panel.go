package render

import (
	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// panel is what stands at the top of a page about a customer who is upset: only
// there somebody reads with the customer before them. One thing alone is no
// panel; it stands in the text.
func panel(p *site.Page, at place, l *tongue, a *asking) theme.Panel {
	m := &p.Source.Meta
	if m.Type != "procedure" || m.Kind != "complaint" && m.Kind != "recovery" {
		return theme.Panel{}
	}
	t := teller{a, p.Source, l.code}
	say, give := t.say(), t.give()
	out := theme.Panel{Say: say[:min(2, len(say))], Give: give[:min(3, len(give))], Fetch: fetch(p, at)}
	for _, s := range t.steps() {
		switch {
		case s.Clock == "":
		case out.First == "":
			out.First = s.Clock
		default:
			out.Last = s.Clock
		}
	}
	n := 0
	for _, known := range []bool{len(out.Say) > 0, len(out.Give) > 0, len(out.Fetch) > 0, out.First != ""} {
		if known {
			n++
		}
	}
	if n < 2 {
		return theme.Panel{}
	}
	out.Known = true
	return out
}
