package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Bounds. goldmark is quadratic, or worse, in each of these numbers, so a
// small file could keep it busy for minutes. They are counts and no clocks:
// the same page is treated alike on every machine.
const (
	maxBytes = 4 << 20 // of one page
	// Per line goldmark keeps 24 bytes for each open block.
	maxLines = 150_000
	maxOpen  = 40 // blocks open at once; a list level opens two
	// Emphasis marks and brackets in one paragraph or cell.
	maxMarks = 1000
	// Cells of all tables; a short row is filled up to the header's width.
	maxCells = 300_000
	// Lengths of unmatched ` runs that are looked for to a paragraph's end.
	maxTicks = 100
	// Bytes of one address in brackets.
	maxAddress = 4096
	// Characters before an @ that make an address.
	maxMailName = 256
	// Lines of a paragraph that are searched for definitions at once.
	definitionLines = 256
)

// tally is what the bounded parsers count in one page.
type tally struct {
	block ast.Node // the paragraph that marks and ticks belong to
	marks int
	ticks [maxTicks]bool // lengths of ` runs without a partner
	cells int
}

func (t *tally) enter(block ast.Node) {
	if t.block != block {
		t.block, t.marks, t.ticks = block, 0, [maxTicks]bool{}
	}
}

// bounded refuses to open one more block inside too many.
type bounded struct{ parser.BlockParser }

func (b bounded) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := r.Position()
	n, state := b.BlockParser.Open(parent, r, pc)
	if n == nil || len(pc.OpenedBlocks()) < maxOpen {
		return n, state
	}
	r.SetPosition(line, at)
	w := workOf(pc)
	w.once(RuleDepth, "", at.Start, 1, "lists or quotes stand inside each other too deep; from here on they are shown as plain text",
		"give the inner parts a heading or a page of their own")
	return nil, parser.NoChildren
}

// counted refuses the marks that are too many for one paragraph.
type counted struct{ parser.InlineParser }

func (c counted) Parse(parent ast.Node, r text.Reader, pc parser.Context) ast.Node {
	w := workOf(pc)
	w.tally.enter(parent)
	if w.tally.marks++; w.tally.marks > maxMarks {
		_, at := r.PeekLine()
		w.once(RuleCrowded, "marks", at.Start, 1, "more than 1,000 marks such as * _ ~ [ ] in one paragraph; the rest is shown as plain text",
			"split the paragraph with blank lines")
		return nil
	}
	return c.InlineParser.Parse(parent, r, pc)
}

// links keeps the link parser's end-of-block work, which embedding hides, and
// does not let it look for the end of an address over and over.
type links struct{ counted }

func (l links) Parse(parent ast.Node, r text.Reader, pc parser.Context) ast.Node {
	pc = hush(pc, secret(parent))
	line, at := r.PeekLine()
	w := workOf(pc)
	w.tally.enter(parent)
	if w.tally.marks < maxMarks && len(line) > maxAddress && line[0] == ']' && line[1] == '(' && isLong(line[2:]) {
		w.once(RuleCrowded, "address", at.Start, 2, "an address is longer than 4,096 characters; it is shown as plain text", "shorten it")
		return nil
	}
	return l.counted.Parse(parent, r, pc)
}

// isLong follows an address as goldmark does and reports whether it ends late.
func isLong(s []byte) bool {
	opened := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case i > maxAddress:
			return true
		case c == '\\':
			i++
		case c == '(':
			opened++
		case c == ')' && opened == 0, c <= ' ':
			return false
		case c == ')':
			opened--
		}
	}
	return false
}

func (l links) CloseBlock(parent ast.Node, r text.Reader, pc parser.Context) {
	l.InlineParser.(parser.CloseBlocker).CloseBlock(parent, r, hush(pc, secret(parent)))
}

// codeSpans remembers which lengths of ` runs have no partner, so that the
// paragraph is searched once for each and not once for every run.
type codeSpans struct{ parser.InlineParser }

func (c codeSpans) Parse(parent ast.Node, r text.Reader, pc parser.Context) ast.Node {
	w := workOf(pc)
	w.tally.enter(parent)
	line, at := r.PeekLine()
	n := 0
	for n < len(line) && line[n] == '`' {
		n++
	}
	if n >= maxTicks || w.tally.ticks[n] {
		r.Advance(n)
		return ast.NewTextSegment(at.WithStop(at.Start + n))
	}
	node := c.InlineParser.Parse(parent, r, pc)
	if _, unmatched := node.(*ast.Text); unmatched {
		w.tally.ticks[n] = true
	}
	return node
}

// bareLinks asks goldmark only where an address may begin: its own search
// reads on to the end of the word at every '_' in it.
type bareLinks struct{ parser.InlineParser }

func (b bareLinks) Parse(parent ast.Node, r text.Reader, pc parser.Context) ast.Node {
	line, _ := r.PeekLine()
	switch line[0] {
	case ' ', '*', '_', '~', '(':
		line = line[1:]
	}
	if !bytes.HasPrefix(line, []byte("http")) && !bytes.HasPrefix(line, []byte("www.")) && !mailAhead(line) {
		return nil
	}
	return b.InlineParser.Parse(parent, r, pc)
}

func mailAhead(line []byte) bool {
	if bytes.IndexByte(line[:min(len(line), maxMailName+1)], '@') < 0 {
		return false // as of nearly every word
	}
	for i, c := range line {
		switch {
		case c == '@':
			return i > 0
		case c <= ' ', c >= 0x7f, i >= maxMailName:
			return false
		}
	}
	return false
}

// references collects link definitions. goldmark moves all remaining lines of
// the paragraph for each one, so it is given a few lines at a time.
type references struct{}

func (references) Transform(node *ast.Paragraph, r text.Reader, pc parser.Context) {
	pc = hush(pc, workOf(pc).insideStaff(node))
	lines := node.Lines()
	if lines.Len() == 0 || r.Source()[lines.At(0).Start] != '[' && !spaceBefore(r.Source(), lines.At(0)) {
		return
	}
	if lines.Len() <= definitionLines {
		parser.LinkReferenceParagraphTransformer.Transform(node, r, pc)
		return
	}
	parent, done := node.Parent(), 0
	for done < lines.Len() {
		some := ast.NewParagraph()
		n := min(definitionLines, lines.Len()-done)
		for i := range n {
			some.Lines().Append(lines.At(done + i))
		}
		parent.InsertBefore(parent, node, some)
		parser.LinkReferenceParagraphTransformer.Transform(some, r, pc)
		left := 0
		if some.Parent() != nil {
			left = some.Lines().Len()
			parent.RemoveChild(parent, some)
		}
		if left == n {
			break
		}
		done += n - left
	}
	if done == lines.Len() {
		parent.RemoveChild(parent, node)
		return
	}
	node.Lines().SetSliced(done, lines.Len())
}

func spaceBefore(src []byte, s text.Segment) bool {
	return s.Start < s.Stop && src[s.Start] == ' '
}

// tables refuses tables that would be filled up with too many empty cells.
type tables struct{ parser.ParagraphTransformer }

func (t tables) Transform(node *ast.Paragraph, r text.Reader, pc parser.Context) {
	parent, before := node.Parent(), node.PreviousSibling()
	if at := delimiterRow(node, r.Source()); at > 0 {
		w := workOf(pc)
		line := node.Lines().At(at)
		columns := bytes.Count(line.Value(r.Source()), []byte{'|'}) + 1
		if w.tally.cells += columns * (node.Lines().Len() - at); w.tally.cells > maxCells {
			w.once(RuleCrowded, "cells", line.Start, 1, "the tables of this page have more than 300,000 cells; the rest is shown as plain text",
				"split the page")
			return
		}
		t.ParagraphTransformer.Transform(node, r, pc)
	}
	if node.Parent() != nil || node.Attributes() == nil {
		return
	}
	table := parent.FirstChild()
	if before != nil {
		table = before.NextSibling()
	}
	if table != nil {
		copyAttributes(table, node)
	}
}

// delimiterRow returns the index of the first line after the first one that
// may divide a table's head from its body, else 0.
func delimiterRow(node *ast.Paragraph, src []byte) int {
	for i := 1; i < node.Lines().Len(); i++ {
		s := node.Lines().At(i)
		if isDelimiterRow(src[s.Start:s.Stop]) {
			return i
		}
	}
	return 0
}

func isDelimiterRow(line []byte) bool {
	dash := false
	for _, c := range line {
		switch c {
		case '-':
			dash = true
		case '|', ':', ' ', '\t', '\n':
		default:
			return false
		}
	}
	return dash
}
