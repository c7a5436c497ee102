package site

import (
	"path"
	"slices"
	"strings"

	"peppermill/internal/config"
)

// askHats is who wears which hat, who stands in, and how many documents hang
// on each.
func (l *linker) askHats(t *tree, pages []*Page) []Group {
	g := Group{Heads: []string{"column.roles.hat", "edge.holder", "edge.backup", "report.hats.owns"}}
	roles := onlyType(pages, "role")
	worn := map[string]int{}
	for _, h := range hatsOf(roles) {
		worn[config.Fold(h.name)] = len(h.roles)
	}
	nobody := l.wordList(t, "nobody")
	for _, p := range roles {
		holders, backups := edges(p.Edges, "holder"), edges(p.Edges, "backup")
		who := entryOf(holders)
		for _, e := range holders {
			if n := worn[config.Fold(e.Name)]; n > 1 {
				who.Text += " · " + strings.ReplaceAll(l.word(t, "report.hats.many"), "{count}", itoa(n))
			}
		}
		line := Line{Entries: []Entry{{Page: p}, who, entryOf(backups), {Text: itoa(len(edges(p.Back, "owner")))}}}
		if !slices.ContainsFunc(backups, func(e Edge) bool { return !nobody[config.Fold(e.Name)] }) {
			line.Mark = "missing"
		}
		g.Lines = append(g.Lines, line)
	}
	return g.alone()
}

// edges are those of one field.
func edges(all []Edge, field string) []Edge {
	var out []Edge
	for _, e := range all {
		if e.Field.Name == field {
			out = append(out, e)
		}
	}
	return out
}

// entryOf is an entry with the names that edges lead to: a link where there is
// one.
func entryOf(all []Edge) Entry {
	if len(all) == 1 {
		return Entry{Text: all[0].Name, Page: all[0].Page}
	}
	names := make([]string, len(all))
	for i, e := range all {
		names[i] = e.Name
	}
	return Entry{Text: strings.Join(names, ", ")}
}

// wordList is a word of the interface that lists names, folded.
func (l *linker) wordList(t *tree, key string) map[string]bool {
	out := map[string]bool{}
	for name := range strings.SplitSeq(l.word(t, key), "|") {
		if name = config.Fold(name); name != "" {
			out[name] = true
		}
	}
	return out
}

// askOwnerOnly lists the steps that name the owner: those that nobody else can
// do yet, and that a handover is about.
func (l *linker) askOwnerOnly(t *tree, pages []*Page) []Group {
	owners := l.wordList(t, "owner.names")
	for _, p := range onlyType(pages, "role") {
		base := path.Base(p.Source.Path)
		if m := &p.Source.Meta; !owners[config.Fold(m.ID)] && !owners[config.Fold(p.Name)] && !owners[config.Fold(strings.TrimSuffix(base, path.Ext(base)))] {
			continue
		}
		owners[config.Fold(p.Name)], owners[config.Fold(p.Title)] = true, true
		for _, e := range edges(p.Edges, "holder") {
			owners[config.Fold(e.Name)] = true
			first, _, _ := strings.Cut(e.Name, " ")
			owners[config.Fold(first)] = true
		}
	}
	all := l.cells(pages, "steps", "step", "who", "clock")
	all.Lines = slices.DeleteFunc(all.Lines, func(line Line) bool { return !owners[config.Fold(line.Entries[1].Text)] })
	return all.alone()
}

// askCoverage is what holds each policy up: who carries it out, where it is
// taught, and whether it is signed.
func (l *linker) askCoverage(_ *tree, pages []*Page) []Group {
	g := Group{Heads: []string{"report.page", "edge.implements.back", "edge.teaches.back", "edge.assesses.back", "report.signature"}}
	for _, p := range onlyType(pages, "policy") {
		taught := append(edges(p.Back, "teaches"), edges(p.Back, "derived_from")...)
		done := edges(p.Back, "implements")
		line := Line{Entries: []Entry{{Page: p}, entryOf(done), entryOf(taught), entryOf(edges(p.Back, "assesses")), l.signature(p)}}
		if len(done) == 0 || len(taught) == 0 {
			line.Mark = "missing"
		}
		g.Lines = append(g.Lines, line)
	}
	return g.alone()
}

func (l *linker) signature(p *Page) Entry {
	if a := p.Source.Meta.Control.Acknowledge; a == "receipt" || a == "agree" {
		return Entry{Word: "acknowledge." + a}
	}
	return Entry{}
}

// askSaid is "You said, we did": every change that somebody had asked for.
func (l *linker) askSaid(_ *tree, pages []*Page) []Group {
	g := Group{Heads: []string{"report.said.because", "report.said.summary", "report.day", "report.page"}}
	for _, p := range pages {
		for _, c := range l.site.log(p.Source, p) {
			if because := strings.TrimSpace(c.Because); because != "" {
				g.Lines = append(g.Lines, Line{Entries: []Entry{{Text: because}, {Text: c.Summary}, {Day: c.Day}, {Page: p}}})
			}
		}
	}
	slices.SortStableFunc(g.Lines, func(a, b Line) int { return b.Entries[2].Day.Time.Compare(a.Entries[2].Day.Time) })
	return g.alone()
}
