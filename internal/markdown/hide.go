package markdown

import (
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"peppermill/internal/schema"
)

// Some structures are for staff though nobody said :::staff: who may give how
// much, and what to avoid saying. Which parts of the page these are is known
// before anything is written, as what stands in them must not show elsewhere.

// hide notes which blocks and cells are for staff because of what they say, and
// what the page's tables are.
func (w *work) hide(root ast.Node) {
	if w.shapes.scope == 0 && !w.hasAvoid {
		return
	}
	if w.tables == nil {
		w.tables, w.hidden = map[*east.Table]tableShape{}, map[ast.Node]bool{}
	}
	s := w.shapes
	w.hideIn(root, &s)
	w.hasStaff = w.hasStaff || len(w.hidden) > 0
}

// hideIn goes through the children of n. s is changed as the writer will change
// its own.
func (w *work) hideIn(parent ast.Node, s *shapes) {
	level := 0 // of the heading whose part is hidden
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			if n.Level <= level {
				level = 0
			}
			level = w.hideHeading(n, s, level)
		case *east.Table:
			w.hideTable(n, s)
		case *blockNode:
			if n.kind == "avoid" && s.public == 0 && !hasClass(n.attrs, "public") {
				w.hidden[n] = true
			}
			w.hideIn(n, s)
		case *ast.List, *ast.ListItem, *ast.Blockquote:
			if w.hasAvoid {
				w.hideIn(n, s)
			}
		}
		if level > 0 {
			w.hidden[n] = true
		}
	}
}

// hideHeading returns the level of the heading whose part is hidden, if one is.
func (w *work) hideHeading(n *ast.Heading, s *shapes, level int) int {
	id := ""
	for _, a := range attrsOf(n) {
		if a.Name == "id" {
			id = a.Value
		}
	}
	w.scratch = w.appendPlain(w.scratch[:0], n)
	text := util.BytesToReadOnlyString(w.scratch)
	if w.from.on && n.Level == 2 {
		id = schema.Structures()[w.from.structure].Kind
	}
	if level == 0 && w.beginsStaff(n, id, text, s) {
		level = n.Level
	}
	s.enter(n.Level, id, text, isPublic(n))
	s.title = "" // its bytes are used again
	return level
}

// beginsStaff reports whether a heading begins a part that is for staff.
func (w *work) beginsStaff(h *ast.Heading, id, text string, s *shapes) bool {
	if s.scope == 0 || h.Level == 1 || isPublic(h) || s.public > 0 && h.Level > s.public {
		return false
	}
	all := schema.Structures()
	known := s.lex.Heading(id, text, s.scope)
	if known >= 0 && (!all[known].Staff || all[known].Kind == id) {
		return all[known].Staff
	}
	return w.staffTableBelow(h, known, s)
}

// hideTable notes what a table is, and which of it is hidden.
func (w *work) hideTable(n *east.Table, s *shapes) {
	shape := w.tableShape(n, s)
	if shape.kind < 0 {
		return
	}
	w.tables[n] = shape
	if shape.isStaff() {
		w.hidden[n] = true
	}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		i := 0
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			if shape.hides(i) {
				w.hidden[c] = true
			}
			i++
		}
	}
}

// startsStaff reports whether the writer, which is in no staff part, is to
// begin one at n.
func (w *work) startsStaff(n ast.Node) bool { return w.staff == 0 && w.hidden[n] }

// staffTableBelow reports whether a heading's part is for staff: under a
// heading that says so stands a table that is for staff; under any other
// nothing stands but such tables and words about them.
func (w *work) staffTableBelow(h *ast.Heading, known int, s *shapes) bool {
	found := false
	for n := h.NextSibling(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			return found
		case *ast.Paragraph:
		case *east.Table:
			if kind, _ := s.lex.Table(w.heads(n), s.scope, known, false); kind >= 0 && schema.Structures()[kind].Staff && !isPublic(n) {
				found = true
			} else if known < 0 {
				return false
			}
		default:
			if known < 0 {
				return false
			}
		}
	}
	return found
}
