package schema

import (
	"slices"
	"strings"

	"peppermill/internal/page"
)

// ChangeColumns are what an entry of a document's log may say, in the order in
// which one reads it.
func ChangeColumns() []string {
	return []string{"version", "date", "summary", "because", "by", "material"}
}

// ChangeOf makes one entry of a log: cell returns what stands in the column of
// that name. An entry without a version, a day and a summary is none. A day
// that nobody can read is left out; whoever wrote it is told elsewhere.
func ChangeOf(cell func(column string) page.Cell) (page.Change, bool) {
	text := func(column string) page.Text {
		said := strings.TrimSpace(string(cell(column).Text))
		if strings.Trim(said, "-–—") == "" {
			return "" // a stroke through the cell
		}
		return page.Text(said)
	}
	c := page.Change{Version: string(text("version")), Summary: text("summary"), Because: text("because"), By: text("by"), Pos: cell("version").Pos}
	if d, problem := ParseDate(string(text("date"))); problem == nil {
		c.Date = d
	}
	c.Material, c.Said = material(string(text("material")))
	return c, c.Version != "" || c.Summary != "" || !c.Date.IsZero()
}

// material understands yes and no as tables have them, in several languages or
// as a tick.
func material(word string) (is, said bool) {
	if is, said = yesNo(page.Value{Kind: page.Scalar, Text: word}); said {
		return is, true
	}
	switch strings.ToLower(word) {
	case "ja", "oui", "sí", "si", "sì", "sim", "x", "✓", "✔":
		return true, true
	}
	return false, slices.Contains([]string{"nein", "non", "nee", "não", "✗"}, strings.ToLower(word))
}

// changes reads the log that stands in the front matter: a list of maps.
func (r *reader) changes() {
	f, ok := r.get("changes")
	if !ok {
		return
	}
	for _, item := range f.Value.Items {
		c, ok := ChangeOf(func(column string) page.Cell {
			for _, part := range item.Fields {
				if fold(part.Key) == fold(column) && part.Value.Kind == page.Scalar {
					return page.Cell{Text: page.Text(part.Value.Text), Pos: part.Value.Pos}
				}
			}
			return page.Cell{}
		})
		if ok {
			c.Pos, c.Staff = item.Pos, item.SaysStaff()
			r.meta.Control.Changes = append(r.meta.Control.Changes, c)
		}
	}
}

// acknowledge resolves what readers sign for: "receipt", "agree" or nothing.
func (r *reader) acknowledge() {
	for _, word := range r.words("acknowledge") {
		if word != "none" {
			r.meta.Control.Acknowledge = word
		}
	}
}
