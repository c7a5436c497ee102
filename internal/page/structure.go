package page

import "peppermill/internal/diag"

// Structure is what a page says in a shape that the product knows: steps with
// people and clocks, a table of promises, questions to tick. Authors write it
// as ordinary Markdown under a heading that is known, or as nested values in
// the front matter; both become the same value. Every kind is a list of rows
// with named cells; which columns a kind has, and by which headings and names
// it is known, is data of the schema room.
type Structure struct {
	Kind    string   // steps, promises, criteria, authority, …
	Columns []string // names of the cells, shared by all structures of the kind and not to be changed
	Heading string   // id of the heading that it stands under; "" under none, or in front matter
	Staff   bool     // for the staff edition only
	Pos     diag.Pos
	Rows    []Row
}

// Row is one step, promise, question and so on.
type Row struct {
	Cells []Cell // one for each of the structure's columns
	Under []Row  // what is nested: the branches of a step, the options of a question; same columns
	Staff bool   // only this row, where the structure is for everybody
}

// Cell is what stands in one column: plain text, which may hold blanks. The
// zero Cell means that nothing was said.
type Cell struct {
	Text Text
	Pos  diag.Pos
}

// Cell returns the row's cell in the column of that name, or the zero Cell.
func (s Structure) Cell(r Row, column string) Cell {
	for i, c := range s.Columns {
		if c == column && i < len(r.Cells) {
			return r.Cells[i]
		}
	}
	return Cell{}
}
