package render

import (
	"strings"

	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// report puts a report into the page's language, with addresses that lead from
// the page.
func (r *Renderer) report(p *site.Page, at place, l *tongue) theme.Report {
	own := p.Report
	out := theme.Report{
		Name:   own.Name,
		Lead:   l.words.Get("report." + own.Name + ".lead"),
		Shape:  [...]string{site.Table: "table", site.Columns: "columns", site.Ticks: "ticks"}[own.Shape],
		Groups: make([]theme.ReportGroup, len(own.Groups)),
	}
	if feeds := r.announced(p, at); len(feeds) > 0 && feeds[0].Atom == "feed.xml" { // beside the page, so its own
		out.Feed = feeds[0].Atom
	}
	for i, g := range own.Groups {
		group := &out.Groups[i]
		group.Title = link(g.Page, at)
		if g.Title != "" {
			group.Title.Name = g.Title
		}
		if g.Word != "" {
			group.Title.Name = l.words.Get(g.Word)
		}
		for _, head := range g.Heads {
			group.Heads = append(group.Heads, l.columnName(head))
		}
		for _, line := range g.Lines {
			group.Lines = append(group.Lines, reportLine(line, group.Heads, at, l))
		}
	}
	return out
}

// columnName is the first of the names by which a column is known. One that
// several kinds of structures share, column.who, is that of column.steps.who.
func (l *tongue) columnName(word string) string {
	names, known := l.words[word]
	if parts := strings.Split(word, "."); !known && len(parts) == 3 {
		names = l.words.Get(parts[0] + "." + parts[2])
	}
	name, _, _ := strings.Cut(names, "|")
	return strings.TrimSpace(name)
}

func reportLine(line site.Line, heads []string, at place, l *tongue) theme.ReportLine {
	out := theme.ReportLine{Mark: line.Mark, Entries: make([]theme.ReportEntry, len(line.Entries))}
	for i, e := range line.Entries {
		entry := &out.Entries[i]
		if i < len(heads) {
			entry.Name = heads[i]
		}
		entry.Text, entry.Date = e.Text, l.date(e.Day)
		if e.Word != "" {
			entry.Text = strings.TrimSpace(entry.Text + " " + l.words.Get(e.Word))
		}
		if e.Page == nil {
			continue
		}
		entry.Href = at.to(e.Page.Address)
		if e.Fragment != "" {
			entry.Href += fragment(e.Fragment)
		}
		if entry.Text == "" {
			entry.Text = e.Page.Name
		}
	}
	return out
}
