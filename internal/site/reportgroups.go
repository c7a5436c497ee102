package site

import (
	"strings"

	"peppermill/internal/config"
	"peppermill/internal/page"
)

// bins puts pages into groups by names, in the order in which the names are
// first met. Two ways of writing a name are one.
type bins struct {
	groups []Group
	known  map[string]int
}

func (b *bins) add(name string, line Line) {
	key := config.Fold(name)
	i, ok := b.known[key]
	if !ok {
		i = len(b.groups)
		b.groups = append(b.groups, Group{Title: name})
		b.known[key] = i
	}
	b.groups[i].Lines = append(b.groups[i].Lines, line)
}

// named are the texts, blanks filled, without empty ones and without one that
// comes twice.
func (l *linker) named(p *Page, texts []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, t := range texts {
		name := strings.TrimSpace(l.site.fill(p.Source, page.Text(t)))
		if key := config.Fold(name); key != "" && !seen[key] {
			seen[key] = true
			out = append(out, name)
		}
	}
	return out
}

// askDepartments is what each department has to know.
func (l *linker) askDepartments(_ *tree, pages []*Page) []Group {
	b := bins{known: map[string]int{}}
	for _, p := range pages {
		for _, name := range l.named(p, p.Source.Meta.Control.Department) {
			b.add(name, Line{Entries: []Entry{{Page: p}, {Word: typeWord(p)}}})
		}
	}
	return b.groups
}

// askStories are the stories, and what else is told from inside a trade, by
// trade: whose it is, what it is an example of, and how it is known.
func (l *linker) askStories(_ *tree, pages []*Page) []Group {
	b := bins{known: map[string]int{}}
	n := 0
	for _, p := range pages {
		m := &p.Source.Meta
		own := m.Asides.Story
		trades := l.named(p, own.Industry)
		if m.Type != "case-study" && len(trades) == 0 {
			continue
		}
		n++
		line := Line{Entries: []Entry{{Page: p}}}
		if whose := strings.TrimSpace(l.site.fill(p.Source, own.Business)); whose != "" {
			line.Entries = append(line.Entries, Entry{Text: whose})
		}
		switch m.Kind {
		case "model", "cautionary", "mixed":
			line.Entries = append(line.Entries, Entry{Word: "kind." + m.Kind})
		default:
			line.Entries = append(line.Entries, Entry{Word: typeWord(p)})
		}
		if own.Evidence != "" {
			line.Entries = append(line.Entries, Entry{Word: "evidence." + own.Evidence})
		}
		if len(trades) == 0 {
			trades = []string{l.word(p.tree, "report.stories.other")}
		}
		for _, trade := range trades {
			b.add(trade, line)
		}
	}
	if n < 2 {
		return nil
	}
	return b.groups
}
