package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"peppermill/internal/page"
)

// fenceParser reads ::: blocks. A fence of colons and a kind opens one; a bare
// fence closes the innermost block with that many colons, else the innermost
// with fewer.
type fenceParser struct{}

func (fenceParser) Trigger() []byte             { return []byte{':'} }
func (fenceParser) CanInterruptParagraph() bool { return true }
func (fenceParser) CanAcceptIndentedLine() bool { return false }

func (fenceParser) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := r.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 {
		return nil, parser.NoChildren
	}
	start := at.Start + pos - at.Padding
	colons, rest := cutColons(line[pos:])
	if colons == 2 {
		workOf(pc).tooFewColons(rest, start)
	}
	if colons >= 3 && len(rest) == 0 {
		workOf(pc).strayFence(start, colons)
	}
	if colons < 3 || len(rest) == 0 {
		return nil, parser.NoChildren
	}
	n := &blockNode{fence: colons, at: start, end: start + colons + len(rest)}
	titleStart, titleStop := n.readOpening(rest, workOf(pc), start+colons+bytes.Index(line[pos+colons:], rest))
	if n.kind == "" {
		return nil, parser.NoChildren
	}
	if len(pc.OpenedBlocks()) >= maxOpen && workOf(pc).tooDeep(n, parent) {
		return nil, parser.NoChildren
	}
	if titleStart < titleStop {
		n.AppendChild(n, newTitle(titleStart, titleStop))
	}
	workOf(pc).nameKind(n)
	r.AdvanceToEOL()
	return n, parser.HasChildren
}

// cutColons counts leading colons and returns what follows without spaces.
func cutColons(line []byte) (int, []byte) {
	n := 0
	for n < len(line) && line[n] == ':' {
		n++
	}
	return n, bytes.TrimSpace(line[n:])
}

// readOpening reads "kind {.class #id} Title" and returns where the title is.
func (n *blockNode) readOpening(s []byte, w *work, off int) (titleStart, titleStop int) {
	word := 0
	for word < len(s) && (isLetter(s[word]) || word > 0 && (isDigit(s[word]) || s[word] == '-' || s[word] == '_')) {
		word++
	}
	n.kind = strings.ToLower(string(s[:word]))
	s, off = skip(s, off, word)
	if attrs, used := readBraces(s); used > 0 {
		if n.kind == "" {
			attrs = n.kindFromClass(attrs)
		}
		n.attrs = w.allowed(attrs, off)
		w.claim(n.attrs, off)
		s, off = skip(s, off, used)
	}
	if open := bytes.LastIndexByte(s, '{'); open > 0 && s[open-1] == ' ' {
		if attrs, used := readBraces(s[open:]); used == len(s)-open {
			attrs = w.allowed(attrs, off+open)
			w.claim(attrs, off+open)
			n.attrs = append(n.attrs, attrs...)
			s = bytes.TrimRight(s[:open], " ")
		}
	}
	if bytes.HasSuffix(s, []byte(":::")) { // Pandoc allows closing colons on the opening line
		s = bytes.TrimRight(s, ": ")
	}
	if k := len(s) - 1; k > 1 && (s[0] == '"' && s[k] == '"' || s[0] == '[' && s[k] == ']') {
		return off + 1, off + k
	}
	return off, off + len(s)
}

// kindFromClass takes the first class as the kind: Pandoc's ::: {.note}.
func (n *blockNode) kindFromClass(attrs []page.Attr) []page.Attr {
	for i, a := range attrs {
		if a.Name == "class" {
			kind, rest, _ := strings.Cut(a.Value, " ")
			n.kind = strings.ToLower(kind)
			attrs[i].Value = rest
			if rest == "" {
				return append(attrs[:i:i], attrs[i+1:]...)
			}
		}
	}
	return attrs
}

func skip(s []byte, off, n int) ([]byte, int) {
	for n < len(s) && (s[n] == ' ' || s[n] == '\t') {
		n++
	}
	return s[n:], off + n
}

func (fenceParser) Continue(node ast.Node, r text.Reader, pc parser.Context) parser.State {
	n := node.(*blockNode)
	line, _ := r.PeekLine()
	indent, pos := util.IndentWidth(line, r.LineOffset())
	if indent > 3 || pos >= len(line) || line[pos] != ':' {
		return parser.Continue | parser.HasChildren
	}
	colons, rest := cutColons(line[pos:])
	if colons < 3 {
		return parser.Continue | parser.HasChildren
	}
	reachable := openBlocks(n, indent, pc)
	if len(rest) > 0 {
		// The next tab ends the one before it.
		if reachable == nil || n.kind != "tab" || colons != n.fence || innermost(reachable, colons) != n || !isTab(rest) {
			return parser.Continue | parser.HasChildren
		}
		n.closed = true
		return parser.Close
	}
	if innermost(reachable, colons) != n || n.stuck {
		return parser.Continue | parser.HasChildren
	}
	_, at := r.PeekLine()
	n.closed, n.until = true, at.Start
	r.AdvanceToEOL()
	return parser.Close
}

func isTab(rest []byte) bool {
	kind, _, _ := bytes.Cut(rest, []byte(" "))
	return strings.EqualFold(string(kind), "tab")
}

// openBlocks lists n and the ::: blocks inside it that a line with the indent
// belongs to. It is nil when the line is part of a code or HTML block.
func openBlocks(n *blockNode, indent int, pc parser.Context) []*blockNode {
	open := pc.OpenedBlocks()
	switch open[len(open)-1].Node.(type) {
	case *ast.FencedCodeBlock:
		return nil
	}
	from := 0
	for i := range open {
		if open[i].Node == n {
			from = i + 1
		}
	}
	found := []*blockNode{n}
	for _, b := range open[from:] {
		switch inner := b.Node.(type) {
		case *blockNode:
			if inner.fence == 0 { // an indented note needs four spaces
				if indent < 4 {
					return found
				}
				indent -= 4
				continue
			}
			found = append(found, inner)
		case *ast.List:
		case *ast.ListItem:
			if indent < inner.Offset {
				return found
			}
			indent -= inner.Offset
		case *ast.Paragraph:
		default:
			return found
		}
	}
	return found
}

// innermost picks the block that a fence of so many colons closes, or nil.
func innermost(open []*blockNode, colons int) *blockNode {
	var shorter *blockNode
	for i := len(open) - 1; i >= 0; i-- {
		if open[i].fence == colons {
			return open[i]
		}
		if shorter == nil && open[i].fence < colons {
			shorter = open[i]
		}
	}
	return shorter
}

func (fenceParser) Close(node ast.Node, _ text.Reader, pc parser.Context) {
	n := node.(*blockNode)
	if n.closed || n.kind == "tab" {
		return
	}
	w := workOf(pc)
	hint := "write " + quoted(strings.Repeat(":", n.fence)) + " on a line of its own where the block ends"
	if n.staff {
		w.staffRest = true
		w.finding(RuleBlockOpen, n.at, n.end-n.at, "the staff-only block is never closed, so everything after it is withheld too", hint)
		return
	}
	w.finding(RuleBlockOpen, n.at, n.end-n.at, "the block "+quoted(":::"+n.kind)+" is never closed", hint)
}

// noteParser reads MkDocs' notes: !!! kind "Title", ??? kind (folded shut) and
// ???+ kind (folded open), with a body indented by four spaces.
type noteParser struct{}

func (noteParser) Trigger() []byte             { return []byte{'!', '?'} }
func (noteParser) CanInterruptParagraph() bool { return true }
func (noteParser) CanAcceptIndentedLine() bool { return false }

func (noteParser) Open(_ ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := r.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 || len(line) < pos+4 || string(line[pos:pos+3]) != "!!!" && string(line[pos:pos+3]) != "???" {
		return nil, parser.NoChildren
	}
	start := at.Start + pos - at.Padding
	n := &blockNode{at: start, end: start + len(bytes.TrimSpace(line[pos:]))}
	s, off := line[pos+3:], start+3
	if line[pos] == '?' {
		n.fold = '-'
		if s[0] == '+' {
			n.fold, s, off = '+', s[1:], off+1
		}
	}
	title, ok := n.readWords(bytes.TrimRight(s, " \t\n"), off)
	if !ok {
		return nil, parser.NoChildren
	}
	if len(pc.OpenedBlocks()) >= maxOpen {
		workOf(pc).once(RuleDepth, "", start, 3, "notes stand inside each other too deep; from here on they are shown as plain text",
			"give the inner parts a page of their own")
		return nil, parser.NoChildren
	}
	workOf(pc).notStaff(n)
	if title != nil {
		n.AppendChild(n, title)
	}
	r.AdvanceToEOL()
	return n, parser.HasChildren
}

// readWords reads the kind, further class words, which are left out, and the
// quoted title.
func (n *blockNode) readWords(s []byte, off int) (title *titleNode, ok bool) {
	s, off = skip(s, off, 0)
	if q := bytes.IndexByte(s, '"'); q >= 0 {
		if q == len(s)-1 || s[len(s)-1] != '"' {
			return nil, false
		}
		n.untitled = q+2 == len(s)
		if !n.untitled {
			title = newTitle(off+q+1, off+len(s)-1)
		}
		s = bytes.TrimSpace(s[:q])
	}
	words := bytes.Fields(s)
	if len(words) == 0 {
		return nil, false
	}
	for _, word := range words {
		for i, c := range word {
			if !isLetter(c) && (i == 0 || !isDigit(c) && c != '-' && c != '_') {
				return nil, false
			}
		}
	}
	n.kind = strings.ToLower(string(words[0]))
	return title, true
}

func (noteParser) Continue(_ ast.Node, r text.Reader, _ parser.Context) parser.State {
	line, _ := r.PeekLine()
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	pos, padding := util.IndentPosition(line, r.LineOffset(), 4)
	if pos < 0 {
		return parser.Close
	}
	r.AdvanceAndSetPadding(pos, padding)
	return parser.Continue | parser.HasChildren
}

func (noteParser) Close(ast.Node, text.Reader, parser.Context) {}
