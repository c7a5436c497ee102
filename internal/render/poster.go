package render

import (
	"html/template"
	"unicode/utf8"

	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// poster is a report of what was said, and what was done, on one side of paper:
// the newest of it, as much as there is room for.
func (r *Renderer) poster(p *site.Page, at place, l *tongue) theme.Card {
	c := theme.Card{
		Page:  theme.Link{Href: at.to(p.Address), Name: p.Name},
		Title: template.HTML(template.HTMLEscapeString(p.Title)),
		Lead:  template.HTML(template.HTMLEscapeString(l.words.Get("report." + p.Report.Name + ".lead"))),
		Held:  l.site.Title,
	}
	for _, g := range p.Report.Groups {
		for _, line := range g.Lines {
			c.Said = append(c.Said, theme.CardSaid{Because: line.Entries[0].Text, Did: line.Entries[1].Text, Of: line.Entries[3].Page.Name, Day: l.date(line.Entries[2].Day)})
		}
	}
	// Five in large words are read by more people than twelve in small ones.
	for len(c.Said) > 5 && !(fits(&c) && c.Size != "least" && c.Size != "small") {
		c.Said, c.More = c.Said[:len(c.Said)-1], l.words.Get("poster.more")
	}
	for !fits(&c) && len(c.Said) > 1 {
		c.Said, c.More = c.Said[:len(c.Said)-1], l.words.Get("poster.more")
	}
	return c
}

// said guesses how tall the rows of a poster are.
func said(rows []theme.CardSaid, points, line float64) float64 {
	if len(rows) == 0 {
		return 0
	}
	sum, half := 2*line, paperWidth/2-6
	for _, s := range rows {
		because := tall(utf8.RuneCountInString(s.Because), half, points)
		did := tall(utf8.RuneCountInString(s.Did), half, points) + tall(utf8.RuneCountInString(s.Of)+14, half, max(points*0.8, 10))
		sum += max(because, did) + line*0.85
	}
	return sum
}
