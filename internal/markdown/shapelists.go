package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"peppermill/internal/page"
	"peppermill/internal/schema"
)

// listShape is what a list is: its structure, or -1, and where its rows go.
type listShape struct {
	kind int
	name string
	at   int // of the structure among the page's
	row  int // of the question that the options belong to
}

func (s *listShape) class() string { return s.name }

// listShape looks whether a list is a structure, and begins it.
func (w *work) listShape(n *ast.List) listShape {
	shape := listShape{kind: -1}
	s := &w.shapes
	if s.scope == 0 || !isTop(n) {
		if inSteps(n) {
			shape.name = "steps"
		}
		return shape
	}
	shape.kind = w.listKind(n)
	if shape.kind < 0 {
		if inSteps(n) { // a page of this type has no steps of its own
			shape.name = "steps"
		}
		return shape
	}
	shape.name = schema.Structures()[shape.kind].Kind
	var st *page.Structure
	switch shape.name {
	case "items":
		st = w.joined(shape.kind, n)
	case "quiz":
		st = w.joined(shape.kind, n)
		w.question(st, n)
		shape.row = len(st.Rows) - 1
		s.unticked = true
	default:
		st = w.begin(shape.kind, n)
		st.Rows = make([]page.Row, 0, n.ChildCount())
		s.steps = s.steps || shape.name == "steps"
	}
	for i := range w.page.Structures {
		if &w.page.Structures[i] == st {
			shape.at = i
		}
	}
	return shape
}

// listKind decides by the heading, the page's type and what the list is like.
func (w *work) listKind(n *ast.List) int {
	s := &w.shapes
	tasks := isTasks(n)
	if s.under >= 0 {
		shape := schema.Structures()[s.under].Shape
		switch {
		case tasks && shape&(schema.Tasks|schema.Questions) != 0,
			!tasks && n.IsOrdered() && shape&schema.Numbered != 0,
			!tasks && !n.IsOrdered() && shape&schema.Bulleted != 0:
			return s.under
		}
	}
	switch {
	case inSteps(n):
		return s.in("steps")
	case tasks && (s.typ == "checklist" || w.anyAnswer(n)):
		return s.in("items")
	case !n.IsOrdered() || tasks || s.under >= 0:
	case s.typ == "procedure", s.typ == "policy" && !s.steps && w.anyCredit(n):
		return s.in("steps")
	}
	return -1
}

// inSteps reports whether a numbered list stands in a block of steps.
func inSteps(n *ast.List) bool {
	b, ok := n.Parent().(*blockNode)
	return ok && b.kind == "steps" && n.IsOrdered()
}

// in returns the kind's number where the page may have it, else -1.
func (s *shapes) in(kind string) int {
	if i := schema.StructureOf(kind); s.scope.Has(i) {
		return i
	}
	return -1
}

func isTasks(n *ast.List) bool {
	item := n.FirstChild()
	return item != nil && isTask(item)
}

func isTask(item ast.Node) bool {
	first := item.FirstChild()
	return first != nil && first.FirstChild() != nil && first.FirstChild().Kind() == east.KindTaskCheckBox
}

func (w *work) anyCredit(n *ast.List) bool {
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		if b := w.bracketOf(item); b.ok && w.credit(b, true).ok {
			return true
		}
	}
	return false
}

func (w *work) anyAnswer(n *ast.List) bool {
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		if b := w.bracketOf(item); b.ok && w.shapes.lex.Answer(util.BytesToReadOnlyString(b.text)) != "" {
			return true
		}
	}
	return false
}

// readItem makes a row of an item of a list that is a structure, and says
// which class it has. What stands in brackets at the end of its first words is
// marked when these are written.
func (w *work) readItem(n ast.Node, shape *listShape) (class string) {
	if shape.kind < 0 {
		return ""
	}
	st := &w.page.Structures[shape.at]
	switch shape.name {
	case "steps":
		w.readStep(st, n)
	case "items":
		return w.readTask(st, n)
	case "quiz":
		w.readOption(&st.Rows[shape.row], st, n)
	case "exercises":
		w.readExercise(st, n)
	case "principles":
		w.add(st).Cells[0] = w.cell(w.leadWords(n), n)
	default:
		w.add(st).Cells[0] = w.cell(w.firstWords(n), n)
	}
	return ""
}

// firstWords are the words of an item's or other block's first block.
func (w *work) firstWords(n ast.Node) []byte {
	first := n.FirstChild()
	if first == nil {
		return nil
	}
	w.scratch = w.appendPlain(w.scratch[:0], first)
	return w.scratch
}

// leadWords are an item's first words where they are bold, else those of its
// first block.
func (w *work) leadWords(n ast.Node) []byte {
	if first := n.FirstChild(); first != nil {
		if strong, ok := first.FirstChild().(*ast.Emphasis); ok && strong.Level == 2 {
			return w.appendPlain(nil, strong)
		}
	}
	return w.firstWords(n)
}

// cells of steps: step, who, clock, if.
func (w *work) readStep(st *page.Structure, n ast.Node) {
	row := page.Row{Cells: w.stepCells(n, true), Staff: w.staff > 0 && !st.Staff}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		list, ok := c.(*ast.List)
		if !ok {
			continue
		}
		for item := list.FirstChild(); item != nil; item = item.NextSibling() {
			cells := w.stepCells(item, false)
			if before, after, ok := strings.Cut(string(cells[0].Text), ": "); ok {
				cells[3] = page.Cell{Text: page.Text(before), Pos: cells[0].Pos}
				cells[0].Text = page.Text(strings.TrimSpace(after))
			}
			row.Under = append(row.Under, page.Row{Cells: cells})
		}
	}
	st.Rows = append(st.Rows, row)
	w.from.next()
}

// stepCells reads a step's words, person and time.
func (w *work) stepCells(n ast.Node, top bool) []page.Cell {
	cells := make([]page.Cell, 4)
	b := w.bracketOf(n)
	if b.ok {
		if c := w.credit(b, top); c.ok {
			cells[0] = w.cell(w.plainUpTo(b.leaf, b.open), b.leaf)
			cells[1], cells[2] = w.creditCells(c)
			if top {
				w.markCredit(c)
			}
			return cells
		}
	}
	cells[0] = w.cell(w.firstWords(n), n)
	return cells
}

// cells of items: question, group, want.
func (w *work) readTask(st *page.Structure, n ast.Node) (class string) {
	if !isTask(n) {
		return ""
	}
	row := w.add(st)
	if !w.shapes.own {
		row.Cells[1] = page.Cell{Text: page.Text(w.shapes.title)}
	}
	want := "yes"
	b := w.bracketOf(n)
	if b.ok {
		if answer := w.shapes.lex.Answer(util.BytesToReadOnlyString(b.text)); answer != "" {
			want, row.Cells[0] = answer, w.cell(w.plainUpTo(b.leaf, b.open), b.leaf)
			w.markWant(b)
		}
	}
	if row.Cells[0].Text == "" {
		row.Cells[0] = w.cell(w.firstWords(n), n)
	}
	row.Cells[2] = page.Cell{Text: page.Text(want), Pos: row.Cells[0].Pos}
	if want == "no" {
		return "want-no"
	}
	return ""
}

// cells of exercises: exercise, kind, time.
func (w *work) readExercise(st *page.Structure, n ast.Node) {
	defer w.from.next()
	row := w.add(st)
	if first := n.FirstChild(); first != nil && first.FirstChild() != nil {
		if strong, ok := first.FirstChild().(*ast.Emphasis); ok && strong.Level == 2 {
			row.Cells[1] = w.cell(bytes.TrimRight(w.appendPlain(nil, strong), ".:"), strong)
		}
	}
	if b := w.bracketOf(n); b.ok {
		if c := w.credit(b, true); c.ok && c.isTime {
			row.Cells[0] = w.cell(w.plainUpTo(b.leaf, b.open), b.leaf)
			_, row.Cells[2] = w.creditCells(c)
			w.markCredit(c)
			return
		}
	}
	row.Cells[0] = w.cell(w.firstWords(n), n)
}
