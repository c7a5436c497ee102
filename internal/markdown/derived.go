package markdown

import (
	"peppermill/internal/page"
	"peppermill/internal/schema"
)

// logged takes the log from the rows that were read so far. It is asked once
// for the text, which comes first, and once when the front matter was read too.
// What stands in a cell for staff stays there.
func (w *work) logged(inText bool) {
	var log []page.Change
	for _, s := range page.Find(w.page.Structures, "changes") {
		for _, row := range s.Rows {
			change, ok := schema.ChangeOf(func(column string) page.Cell {
				if cell := s.Cell(row, column); !cell.Staff {
					return cell
				}
				return page.Cell{}
			})
			if change.Staff = s.Staff || row.Staff; ok {
				log = append(log, change)
			}
		}
	}
	if c := &w.page.Meta.Control; len(log) > 0 && !c.InText {
		c.Changes, c.InText = log, inText
	}
}

// derived takes version, effective and updated from the newest of the changes
// that the page lists, where its front matter is silent. What only staff may
// read derives nothing.
func (w *work) derived() {
	var newest page.Date
	var version page.Cell
	found := false
	for _, s := range w.page.Structures {
		if s.Kind != "changes" || s.Staff {
			continue
		}
		for _, row := range s.Rows {
			if row.Staff {
				continue
			}
			cell := s.Cell(row, "date")
			date, _ := schema.ParseDate(string(cell.Text))
			if !found || date.Time.After(newest.Time) { // the newest stands first, or has the latest day
				date.Pos = cell.Pos
				newest, version, found = date, s.Cell(row, "version"), true
			}
		}
	}
	if !found {
		return
	}
	m := &w.page.Meta
	if m.Control.Version == "" {
		m.Control.Version = string(version.Text)
	}
	if m.Control.Effective.IsZero() {
		m.Control.Effective = newest
	}
	if m.Updated.IsZero() && newest.Time.After(m.Date.Time) {
		m.Updated = newest
	}
}
