package site

import "peppermill/internal/page"

// Call is what a page asks somebody to do again and again; its texts are plain,
// with blanks filled.
type Call struct {
	Text    string // the step, or the page's title
	Who     string
	When    string
	Cadence page.Cadence
}

// Calls lists what a page asks for again and again in this edition.
func (s *Site) Calls(p *Page) []Call {
	var out []Call
	for _, c := range p.Source.Calls {
		if c.Staff && !s.staff {
			continue
		}
		one := Call{Text: s.fill(p.Source, c.Text), Who: s.fill(p.Source, c.Who), When: s.fill(p.Source, c.When), Cadence: c.Cadence}
		if one.Text == "" {
			one.Text = p.Title
		}
		out = append(out, one)
	}
	return out
}

// calendars gives an address to the calendar of each page that holds and that
// asks for something again and again. It lies beside the page, and gives way
// to everything that is there.
func (l *linker) calendars() {
	taken := map[string]bool{}
	for _, p := range l.pages[:l.sources] {
		if p.listed && len(l.site.Calls(p)) > 0 {
			p.Calendar = l.beside(p, ".ics", taken)
		}
	}
}
