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
	Others  []Text   // a table's heads that name no such column; their cells follow the others
	Heading string   // id of the heading that it stands under; "" under none, or in front matter
	Staff   bool     // for the staff edition only
	Pos     diag.Pos
	Rows    []Row
}

// Row is one step, promise, question and so on.
type Row struct {
	Cells []Cell // one for each of the structure's columns, then one for each of Others
	Under []Row  // what is nested: the branches of a step, the options of a question; same columns
	Staff bool   // only this row, where the structure is for everybody
	ID    string // of a word that is explained: where others can point at it
}

// Cell is what stands in one column: plain text, which may hold blanks. The
// zero Cell means that nothing was said.
type Cell struct {
	Text  Text
	Staff bool // only this cell, where its row is for everybody
	Pos   diag.Pos
}

// Find returns the page's structures of the kind, in order.
func Find(all []Structure, kind string) []Structure {
	var out []Structure
	for _, s := range all {
		if s.Kind == kind {
			out = append(out, s)
		}
	}
	return out
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
