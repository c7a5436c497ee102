package markdown

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"peppermill/internal/page"
)

// question begins a row for the question that a list of options answers: the
// heading or the line right above it.
func (w *work) question(st *page.Structure, n *ast.List) {
	row := w.add(st)
	switch q := n.PreviousSibling().(type) {
	case *ast.Heading, *ast.Paragraph:
		row.Cells[0] = w.cell(w.appendPlain(nil, q), q)
	}
	if reason := reasonAfter(n); reason != nil {
		row.Cells[3] = w.cell(w.allWords(reason), reason)
	}
}

// reasonAfter is the quote right under a list of options.
func reasonAfter(n ast.Node) *ast.Blockquote {
	quote, ok := n.NextSibling().(*ast.Blockquote)
	if !ok {
		return nil
	}
	if _, alert := quote.AttributeString(alertName); alert {
		return nil
	}
	return quote
}

// allWords are the words of all blocks in n.
func (w *work) allWords(n ast.Node) []byte {
	var out []byte
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if _, title := c.(*titleNode); title {
			continue
		}
		if c.Type() == ast.TypeBlock && c.FirstChild() != nil && c.FirstChild().Type() == ast.TypeBlock {
			out = append(out, w.allWords(c)...)
		} else {
			out = w.appendPlain(out, c)
		}
		out = append(bytes.TrimRight(out, " "), ' ')
	}
	return bytes.TrimSpace(out)
}

// cells of a quiz: question, option, right, reason. The options are rows under
// their question, which has the right one, or more of them, too.
func (w *work) readOption(row *page.Row, st *page.Structure, n ast.Node) {
	option := page.Row{Cells: make([]page.Cell, len(st.Columns))}
	option.Cells[1] = w.cell(w.firstWords(n), n)
	if isTask(n) && n.FirstChild().FirstChild().(*east.TaskCheckBox).IsChecked {
		option.Cells[2] = page.Cell{Text: "yes", Pos: option.Cells[1].Pos}
		right := &row.Cells[2]
		if right.Text != "" {
			right.Text += "; "
		} else {
			right.Pos = option.Cells[1].Pos
		}
		right.Text += option.Cells[1].Text
	}
	row.Under = append(row.Under, option)
}

// afterList writes what a question's answer is, folded, and with the reason.
func (w *work) afterList(n *ast.List, shape *listShape) {
	if shape.name != "quiz" {
		return
	}
	w.shapes.unticked = false
	row := w.page.Structures[shape.at].Rows[shape.row]
	right := row.Cells[2]
	reason := reasonAfter(n)
	if right.Text == "" && reason == nil {
		return
	}
	w.out.markup(`<details class="answer"`)
	if right.Text != "" {
		w.out.attr("data-right", rightOnes(row))
	}
	w.out.markup(`><summary>`)
	w.out.word("answer.right")
	w.out.markup("</summary>\n")
	if right.Text != "" {
		w.out.markup("<p>")
		words := w.page.Words
		w.text(page.Prose, right.Text, right.Pos)
		w.page.Words = words // counted where it stands as an option
		w.out.markup("</p>\n")
	}
	if reason != nil {
		w.block(reason)
		w.skip = reason
	}
	w.out.markup("</details>\n")
}

// rightOnes are the numbers of the right options: "2", or "1 3".
func rightOnes(question page.Row) string {
	var all []string
	for i, option := range question.Under {
		if option.Cells[2].Text != "" {
			all = append(all, strconv.Itoa(i+1))
		}
	}
	return strings.Join(all, " ")
}

// avoid writes words that are not to be said. How the business does not want to
// sound is for its staff, unless the author shows it.
func (w *work) avoid(n *blockNode) {
	hidden := w.startsStaff(n)
	w.readScript(n, hidden)
	if hidden {
		w.openBarePart()
	}
	w.plainBlock(n, "div", n.kind)
	if hidden {
		w.closeStaffPart()
	}
}

// readScript takes what to say, or to avoid, into the page's scripts: cells
// say, when, avoid. What to avoid belongs to what stands before it.
func (w *work) readScript(n *blockNode, hidden bool) {
	kind := w.shapes.in("scripts")
	if kind < 0 {
		return
	}
	st := w.joined(kind, n)
	text := w.cell(w.allWords(n), n)
	text.Staff = hidden
	if n.kind == "avoid" {
		if prev, ok := n.PreviousSibling().(*blockNode); !ok || prev.kind != "say" || len(st.Rows) == 0 {
			w.add(st)
		}
		st.Rows[len(st.Rows)-1].Cells[2] = text
		return
	}
	row := w.add(st)
	row.Cells[0] = text
	if title, ok := n.FirstChild().(*titleNode); ok {
		row.Cells[1] = w.cell(w.appendPlain(nil, title), title)
	}
}

// termsIn looks whether a definition list explains words: on a page of the
// type that does, or under a heading that says so. It returns its structure.
func (w *work) termsIn(n *east.DefinitionList) int {
	if w.shapes.scope == 0 || !isTop(n) || w.shapes.typ != "term" && !w.shapes.is("terms") {
		return -1
	}
	return w.shapes.in("terms")
}

// term ends the start tag of a word that is explained: with an anchor, so that
// others can point at it. Cells of terms: term, definition.
func (w *work) term(n ast.Node) {
	st := w.joined(w.shapes.in("terms"), n)
	row := w.add(st)
	text := bytes.TrimSpace(w.appendPlain(nil, n))
	row.Cells[0] = w.cell(text, n)
	for c := n.NextSibling(); c != nil; c = c.NextSibling() {
		if c.Kind() == east.KindDefinitionDescription {
			row.Cells[1] = w.cell(w.allWords(c), c)
			break
		}
	}
	id := w.newID(slug(page.Text(text)))
	row.ID = id
	w.anchor(id)
	w.out.attr("id", id)
}
