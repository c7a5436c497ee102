package site

import (
	"slices"
	"strings"
)

// askPlan is the playbook on one page: what is promised, what is done for it,
// how good it should be and how it is learnt.
func (l *linker) askPlan(_ *tree, pages []*Page) []Group {
	var groups []Group
	for _, g := range []struct {
		word  string
		types []string
	}{
		{"report.plan.promises", []string{"policy"}},
		{"report.plan.plays", []string{"procedure"}},
		{"report.plan.measures", []string{"standard", "checklist"}},
		{"report.plan.learning", []string{"course"}},
	} {
		var lines []Line
		for _, p := range onlyType(pages, g.types...) {
			lines = append(lines, Line{Entries: []Entry{{Page: p}, {Text: p.Summary}}})
		}
		if len(lines) > 0 {
			groups = append(groups, Group{Word: g.word, Lines: lines})
		}
	}
	if len(groups) < 2 {
		return nil
	}
	return groups
}

// askStages is the map of the sale: what is for before, during and after it.
func (l *linker) askStages(_ *tree, pages []*Page) []Group {
	var groups []Group
	any := false
	for _, stage := range []string{"before", "during", "after"} {
		g := Group{Word: "find.stage." + stage}
		for _, p := range pages {
			if slices.Contains(p.Source.Meta.Stage, stage) {
				g.Lines = append(g.Lines, Line{Entries: []Entry{{Page: p}, {Word: typeWord(p)}}})
			}
		}
		any = any || len(g.Lines) > 0
		groups = append(groups, g)
	}
	if !any {
		return nil
	}
	return groups
}

func typeWord(p *Page) string {
	if t := p.Source.Meta.Type; t != "" && t != "page" {
		return "type." + t
	}
	return ""
}

// askQuestions brings together what pages ask their readers.
func (l *linker) askQuestions(_ *tree, pages []*Page) []Group {
	var groups []Group
	for _, p := range pages {
		g := l.cells([]*Page{p}, "discussion", "question")
		g.Page, g.Heads = p, nil
		for i := range g.Lines {
			g.Lines[i].Entries = g.Lines[i].Entries[:1]
		}
		if len(g.Lines) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// askClaims lists what pages state and what each statement leans on, those
// without a source first.
func (l *linker) askClaims(_ *tree, pages []*Page) []Group {
	g := Group{Heads: []string{"report.claim", "state", "report.source", "report.page"}}
	for _, status := range []string{"uncited", "opinion", "cited"} {
		mark := ""
		if status == "uncited" {
			mark = "missing"
		}
		for _, p := range pages {
			for _, c := range p.Source.Meta.Asides.Claims {
				if c.Status == status {
					g.Lines = append(g.Lines, Line{Mark: mark, Entries: []Entry{
						{Text: l.site.fill(p.Source, c.Text)}, {Word: "claim." + status}, {Text: l.site.fill(p.Source, c.Source)}, {Page: p}}})
				}
			}
		}
	}
	return g.alone()
}

// alone is the report of one group, or none when it is empty.
func (g Group) alone() []Group {
	if len(g.Lines) == 0 {
		return nil
	}
	return []Group{g}
}

// cells takes the rows of all structures of a kind, each with the named columns
// and a link to where it stands. The column that links is the first one.
func (l *linker) cells(pages []*Page, kind string, columns ...string) Group {
	g := Group{}
	for _, c := range columns {
		g.Heads = append(g.Heads, "column."+kind+"."+c)
	}
	g.Heads = append(g.Heads, "report.page")
	for _, p := range pages {
		for _, s := range p.Source.Structures {
			if s.Kind != kind || s.Staff && !l.site.staff {
				continue
			}
			for _, r := range s.Rows {
				if r.Staff && !l.site.staff {
					continue
				}
				line := Line{}
				for _, c := range columns {
					line.Entries = append(line.Entries, Entry{Text: strings.TrimSpace(l.site.fill(p.Source, s.Cell(r, c).Text))})
				}
				line.Entries = append(line.Entries, Entry{Page: p, Fragment: s.Heading})
				g.Lines = append(g.Lines, line)
			}
		}
	}
	return g
}

// askChannels is how the business is reached.
func (l *linker) askChannels(_ *tree, pages []*Page) []Group {
	return l.cells(pages, "channels", "name", "hours", "first_reply", "human").filled().alone()
}

// askAuthority is who may give what without asking. On the page of a role it is
// that role, whether or not the table says so.
func (l *linker) askAuthority(_ *tree, pages []*Page) []Group {
	g := l.cells(pages, "authority", "who", "may", "up_to", "then")
	for _, line := range g.Lines {
		if p := line.Entries[len(line.Entries)-1].Page; line.Entries[0].Text == "" && p.Source.Meta.Type == "role" {
			line.Entries[0].Text = p.Name
		}
	}
	return g.filled().alone()
}

// filled leaves out the columns in which nothing stands.
func (g Group) filled() Group {
	for c := len(g.Heads) - 1; c >= 0; c-- {
		if slices.ContainsFunc(g.Lines, func(line Line) bool { return line.Entries[c] != Entry{} }) {
			continue
		}
		g.Heads = slices.Delete(g.Heads, c, c+1)
		for i := range g.Lines {
			g.Lines[i].Entries = slices.Delete(g.Lines[i].Entries, c, c+1)
		}
	}
	return g
}

// askMeasures is what is counted.
func (l *linker) askMeasures(_ *tree, pages []*Page) []Group {
	return l.cells(pages, "metrics", "name", "last", "target", "cadence", "source").filled().alone()
}
