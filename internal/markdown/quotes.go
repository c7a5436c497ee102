package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// alertName is the goldmark attribute of a quote that is an alert.
const alertName = "alert"

// quoteParser turns a quote that begins with [!KIND] into an alert. Obsidian's
// fold mark and title may follow.
type quoteParser struct{ bounded }

func (q quoteParser) Close(node ast.Node, r text.Reader, pc parser.Context) {
	q.bounded.Close(node, r, pc)
	p, ok := node.FirstChild().(*ast.Paragraph)
	if !ok || p.Lines().Len() == 0 {
		return
	}
	first := p.Lines().At(0)
	line := bytes.TrimRight(first.Value(r.Source()), " \t\n")
	if !bytes.HasPrefix(line, []byte("[!")) {
		return
	}
	kind, rest, ok := bytes.Cut(line[2:], []byte("]"))
	if !ok || !isAlertKind(kind) {
		return
	}
	a := &blockNode{kind: strings.ToLower(string(kind)), at: first.Start, end: first.Start + len(line)}
	off := first.Start + len(line) - len(rest)
	if len(rest) > 0 && (rest[0] == '+' || rest[0] == '-') {
		a.fold, rest, off = rest[0], rest[1:], off+1
	} else if len(rest) > 0 && rest[0] != ' ' && rest[0] != '\t' {
		return // [!x](y) and the like are links
	}
	if title, off := skip(rest, off, 0); len(title) > 0 {
		node.InsertBefore(node, p, newTitle(off, off+len(title)))
	}
	node.SetAttributeString(alertName, a)
	workOf(pc).notStaff(a)
	if p.Lines().Len() == 1 {
		node.RemoveChild(node, p)
		return
	}
	p.Lines().SetSliced(1, p.Lines().Len())
}

func isAlertKind(s []byte) bool {
	for i, c := range s {
		if !isLetter(c) && (i == 0 || !isDigit(c) && c != '-' && c != '_') {
			return false
		}
	}
	return len(s) > 0
}

// htmlParser ends an HTML block where a ::: block begins or ends, so that a
// staff-only part inside HTML is not shown to everybody.
type htmlParser struct{ parser.BlockParser }

func (h htmlParser) Continue(node ast.Node, r text.Reader, pc parser.Context) parser.State {
	line, _ := r.PeekLine()
	if n, _ := cutColons(bytes.TrimLeft(line, " ")); n >= 3 && node.(*ast.HTMLBlock).HTMLBlockType != ast.HTMLBlockType2 {
		return parser.Close
	}
	return h.BlockParser.Continue(node, r, pc)
}

// footnoteParser reads [^label]: text, with further paragraphs indented by
// four spaces. Labels are found by map: goldmark's own extension compares
// every reference with every note.
type footnoteParser struct{}

func (footnoteParser) Trigger() []byte             { return []byte{'['} }
func (footnoteParser) CanInterruptParagraph() bool { return true }
func (footnoteParser) CanAcceptIndentedLine() bool { return false }

func (footnoteParser) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := r.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 || len(pc.OpenedBlocks()) >= maxOpen || insideNote(parent) {
		return nil, parser.NoChildren
	}
	label, n := noteLabel(line[pos:])
	if n == 0 || pos+n >= len(line) || line[pos+n] != ':' {
		return nil, parser.NoChildren
	}
	note := &noteNode{label: label, at: at.Start + pos - at.Padding, staff: workOf(pc).insideStaff(parent)}
	r.Advance(pos + n + 1)
	return note, parser.HasChildren
}

// insideNote reports whether n is, or is in, a footnote. Notes do not nest: moving one
// into the list would put the list inside itself.
func insideNote(n ast.Node) bool {
	for ; n != nil; n = n.Parent() {
		if n.Kind() == kindNote {
			return true
		}
	}
	return false
}

// noteLabel reads [^label] and returns its length, or 0.
func noteLabel(s []byte) (string, int) {
	if len(s) < 4 || s[0] != '[' || s[1] != '^' {
		return "", 0
	}
	for i := 2; i < len(s) && i < 200; i++ {
		switch c := s[i]; {
		case c == ']' && i > 2:
			return string(s[2:i]), i + 1
		case c <= ' ', c == '[', c == ']', c == '^':
			return "", 0
		}
	}
	return "", 0
}

func (footnoteParser) Continue(node ast.Node, r text.Reader, pc parser.Context) parser.State {
	return noteParser{}.Continue(node, r, pc)
}

func (footnoteParser) Close(node ast.Node, _ text.Reader, pc parser.Context) {
	w, n := workOf(pc), node.(*noteNode)
	parent := node.Parent()
	if w.noteList == nil {
		w.noteList = &notesNode{}
		parent.InsertBefore(parent, node, w.noteList)
	}
	parent.RemoveChild(parent, node)
	w.noteList.AppendChild(w.noteList, node)
	key := util.ToLinkReference([]byte(n.label))
	notes := w.notesOf(n.staff)
	if _, taken := notes[key]; taken {
		w.finding(RuleFootnote, n.at, len(n.label)+3, "there are two footnotes "+quoted(n.label)+"; the first is used", "give one of them another label")
		return
	}
	notes[key] = n
}
