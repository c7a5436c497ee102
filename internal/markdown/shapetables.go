package markdown

import (
	"bytes"
	"strings"

	east "github.com/yuin/goldmark/extension/ast"

	"peppermill/internal/page"
	"peppermill/internal/schema"
)

// tableShape is what a table is: its structure, or -1, and for each of its
// columns which of the structure's it is, or -1.
type tableShape struct {
	kind    int
	columns []int8
	heads   []string
	public  bool
	ends    []schema.Ends // of the bands that are still to be written, one a row
}

// hides reports whether a column of a table for everybody is for staff.
func (s *tableShape) hides(column int) bool {
	if s.kind < 0 || s.public || column >= len(s.columns) || s.columns[column] < 0 {
		return false
	}
	return schema.Structures()[s.kind].Columns[s.columns[column]].Staff
}

// label is what a cell's column is called, for where it stands alone: on small
// screens each row of a table with names is a card. A rubric stays a table.
func (s *tableShape) label(column int) string {
	if s.kind < 0 || column >= len(s.heads) || len(s.heads) < 3 {
		return ""
	}
	switch schema.Structures()[s.kind].Kind {
	case "criteria", "bands", "rungs":
		return ""
	}
	if strings.Contains(s.heads[column], "%{") { // an attribute can hold no blank
		return ""
	}
	return s.heads[column]
}

// isLevel reports whether a cell of the column says what a level looks like, or
// names a rung: on paper it has a box to tick.
func (s *tableShape) isLevel(column int) bool {
	if s.kind < 0 || column >= len(s.columns) || s.columns[column] < 0 {
		return false
	}
	st := &schema.Structures()[s.kind]
	switch name := st.Columns[s.columns[column]].Name; st.Kind {
	case "criteria":
		return name == "below" || name == "acceptable" || name == "excellent"
	case "rungs":
		return name == "rung"
	}
	return false
}

// tableShape looks whether a table is a structure, by its heads and the
// heading that it stands under.
func (w *work) tableShape(n *east.Table, s *shapes) tableShape {
	shape := tableShape{kind: -1}
	if s.scope == 0 || !isTop(n) {
		return shape
	}
	shape.heads = w.heads(n)
	shape.kind, shape.columns = s.lex.Table(shape.heads, s.scope, s.under, s.named)
	if shape.kind >= 0 {
		shape.public = isPublic(n) || s.public > 0
	}
	return shape
}

// isStaff reports whether all of the table is for staff.
func (s *tableShape) isStaff() bool {
	return s.kind >= 0 && !s.public && schema.Structures()[s.kind].Staff
}

// heads are the words of a table's head.
func (w *work) heads(n *east.Table) []string {
	head, ok := n.FirstChild().(*east.TableHeader)
	if !ok {
		return nil
	}
	out := make([]string, 0, len(n.Alignments))
	var buf []byte
	for c := head.FirstChild(); c != nil; c = c.NextSibling() {
		buf = w.appendPlain(buf[:0], c)
		out = append(out, strings.TrimSpace(string(buf)))
	}
	return out
}

// readTable makes a structure of a table that is one.
func (w *work) readTable(n *east.Table, shape *tableShape) {
	if shape.kind < 0 || n.FirstChild() == n.LastChild() {
		return
	}
	st := w.begin(shape.kind, n)
	place := make([]int, len(shape.heads)) // of each column in a row's cells
	for i, c := range shape.columns {
		place[i] = int(c)
		if c < 0 {
			place[i] = len(st.Columns) + len(st.Others)
			st.Others = append(st.Others, page.Text(shape.heads[i]))
		}
	}
	width := len(st.Columns) + len(st.Others)
	cells := make([]page.Cell, width*(n.ChildCount()-1))
	st.Rows = make([]page.Row, 0, n.ChildCount()-1)
	var buf []byte
	for row := n.FirstChild().NextSibling(); row != nil; row = row.NextSibling() {
		r := page.Row{Cells: cells[:width:width]}
		cells = cells[width:]
		i := 0
		for c := row.FirstChild(); c != nil && i < len(place); c = c.NextSibling() {
			buf = w.appendPlain(buf[:0], c)
			if !isDash(buf) {
				r.Cells[place[i]] = w.cell(buf, c)
			}
			r.Cells[place[i]].Staff = w.staff == 0 && shape.hides(i)
			i++
		}
		st.Rows = append(st.Rows, r)
	}
	if st.Kind == "bands" {
		shape.ends = bandEnds(st)
	}
}

// isDash reports whether a cell says that there is nothing to say.
func isDash(text []byte) bool {
	switch string(bytes.TrimSpace(text)) {
	case "-", "–", "—":
		return true
	}
	return false
}

// bandEnds fills the cells that follow from a range, which are its two ends,
// and returns them row by row.
func bandEnds(st *page.Structure) []schema.Ends {
	texts := make([]string, len(st.Rows))
	for i, r := range st.Rows {
		texts[i] = string(r.Cells[0].Text)
	}
	all := schema.Ranges(texts)
	for i, r := range st.Rows {
		if pos := r.Cells[0].Pos; texts[i] != "" && r.Cells[1].Text == "" {
			r.Cells[1], r.Cells[2] = page.Cell{Text: page.Text(all[i].From), Pos: pos}, page.Cell{Text: page.Text(all[i].To), Pos: pos}
		}
		all[i] = schema.Ends{From: schema.Range(string(r.Cells[1].Text)).From, To: schema.Range(string(r.Cells[2].Text)).From}
	}
	return all
}

// writeEnds says between which numbers a band lies, for the script that counts.
func (w *work) writeEnds(shape *tableShape) {
	if len(shape.ends) == 0 {
		return
	}
	ends := shape.ends[0]
	shape.ends = shape.ends[1:]
	if ends.From == "" && ends.To == "" {
		return
	}
	w.out.attr("data-from", ends.From)
	w.out.attr("data-to", ends.To)
}
