package render

import (
	"unicode/utf8"

	"peppermill/internal/page"
	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// What stands at the top of a story: so many figures, each text no longer than
// that. More is in the story's own table.
const (
	mostResults   = 3
	longestResult = 60
)

// outcome is what a story opens with beside whose it is: what came of it, and
// what was learnt.
func (r *Renderer) outcome(p *site.Page) (results []theme.Result, lesson string) {
	if p.Source.Meta.Type != "case-study" {
		return nil, ""
	}
	for _, s := range page.Find(p.Source.Structures, "results") {
		for _, row := range s.Rows {
			if (s.Staff || row.Staff) && !r.staff {
				continue
			}
			text := func(column string) string {
				cell := s.Cell(row, column)
				if said := r.fill(p.Source, cell.Text); (r.staff || !cell.Staff) && utf8.RuneCountInString(said) <= longestResult {
					return said
				}
				return ""
			}
			one := theme.Result{Name: text("metric"), Before: text("before"), After: text("after"), Over: text("period")}
			if one.Name != "" && one.After != "" && len(results) < mostResults {
				results = append(results, one)
			}
		}
	}
	if lessons := r.column(p, "lessons", "lesson"); len(lessons) > 0 {
		lesson = lessons[0]
	}
	return results, lesson
}
