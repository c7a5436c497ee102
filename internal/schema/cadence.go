package schema

import (
	"slices"
	"strings"

	"peppermill/internal/page"
)

// rhythm is a phrase that says by itself how often: weekly, every quarter.
type rhythm struct {
	phrase string
	page.Cadence
}

// rhythms reads how the language says how often.
func (l *Lexicon) rhythms(word func(string) string) {
	l.every, l.weekdays = map[string]bool{}, map[string]int{}
	for _, name := range phrases(word("clock.every")) {
		l.every[name] = true
	}
	for i, name := range phrases(word("clock.weekdays")) {
		l.weekdays[name] = i % 7
	}
	for _, r := range []struct {
		key string
		page.Cadence
	}{
		{"clock.daily", page.Cadence{Every: 1, Unit: "day"}}, {"clock.weekly", page.Cadence{Every: 1, Unit: "week"}},
		{"clock.monthly", page.Cadence{Every: 1, Unit: "month"}}, {"clock.quarterly", page.Cadence{Every: 3, Unit: "month"}},
		{"clock.yearly", page.Cadence{Every: 1, Unit: "year"}},
	} {
		for _, p := range phrases(word(r.key)) {
			l.often = append(l.often, rhythm{p, r.Cadence})
		}
	}
}

// Cadence reads how often something is done: "every working day", "every 2
// weeks", "every Monday and Thursday", "monthly". ok is false for what names no
// days that a calendar knows.
func (l *Lexicon) Cadence(text string) (c page.Cadence, ok bool) {
	s := plainWords(text)
	for _, r := range l.often {
		if holdsWords(s, r.phrase) {
			return r.Cadence, true
		}
	}
	words := strings.Fields(s)
	for i, w := range words {
		if l.every[w] {
			return l.cadence(words[i+1:])
		}
	}
	return c, false
}

// cadence reads what follows "every".
func (l *Lexicon) cadence(words []string) (c page.Cadence, ok bool) {
	c.Every = 1
	if len(words) > 1 {
		if n, is := l.number(words[0]); is && n > 0 && n < 100 {
			c.Every, words = n, words[1:]
		}
	}
	if c.Days = l.days(words); c.Days != nil {
		c.Unit = "week"
		return c, true
	}
	u, known := l.unitAt(words)
	switch {
	case !known:
	case u.working:
		c.Unit, c.Days = "week", []int{0, 1, 2, 3, 4}
		return c, c.Every == 1
	case u.length == day:
		c.Unit = "day"
	case u.length == 7*day:
		c.Unit = "week"
	case u.length == 30*day:
		c.Unit = "month"
	case u.length == 365*day:
		c.Unit = "year"
	}
	return c, c.Unit != ""
}

// days are the days of the week that words begin with; one word may stand
// between two of them.
func (l *Lexicon) days(words []string) []int {
	var out []int
	for i, w := range words {
		if n, ok := l.weekdays[w]; ok {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
			continue
		}
		if i == 0 || i+1 == len(words) {
			break
		}
		if _, ok := l.weekdays[words[i+1]]; !ok {
			break
		}
	}
	slices.Sort(out)
	return out
}

// Calls are the reminders of a procedure that follows up: its steps that come
// again, or, where none says so, the procedure itself as often as its front
// matter says.
func (l *Lexicon) Calls(p *page.Page) []page.Call {
	if p.Meta.Type != "procedure" || p.Meta.Kind != "follow-up" {
		return nil
	}
	var out []page.Call
	for _, s := range page.Find(p.Structures, "steps") {
		for _, r := range s.Rows {
			text, who, when := s.Cell(r, "step"), s.Cell(r, "who"), s.Cell(r, "clock")
			if c, ok := l.Cadence(string(when.Text)); ok && text.Text != "" {
				out = append(out, page.Call{Text: text.Text, Who: who.Text, When: when.Text, Cadence: c,
					Staff: s.Staff || r.Staff || text.Staff || who.Staff || when.Staff})
			}
		}
	}
	if said, ok := p.Meta.Tree.Get("cadence"); ok && out == nil {
		if c, ok := l.Cadence(said.Text); ok {
			out = append(out, page.Call{When: page.Text(said.Text), Cadence: c})
		}
	}
	return out
}
