package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"peppermill/internal/page"
)

// Kinds of tree nodes that goldmark does not have.
var (
	kindBlock   = ast.NewNodeKind("Block")
	kindTitle   = ast.NewNodeKind("BlockTitle")
	kindNotes   = ast.NewNodeKind("Footnotes")
	kindNote    = ast.NewNodeKind("FootnoteText")
	kindNoteRef = ast.NewNodeKind("FootnoteReference")
	kindBlank   = ast.NewNodeKind("Blank")
	kindWiki    = ast.NewNodeKind("WikiLink")
	kindBraces  = ast.NewNodeKind("Braces")
)

// blockNode is a ::: block, a !!! or ??? note, or, as an attribute of a
// quote, what makes it an alert.
type blockNode struct {
	ast.BaseBlock
	kind     string // as written, lower case
	attrs    []page.Attr
	fold     byte // 0, '+' open, '-' shut
	untitled bool // the author asked for no title: !!! note ""
	fence    int  // colons; 0 for indented notes
	closed   bool
	staff    bool
	stuck    bool // never closes, see tooDeep
	at, end  int  // where the opening stands in the source
	until    int  // where the closing line stands; only when closed
}

func (n *blockNode) Kind() ast.NodeKind     { return kindBlock }
func (n *blockNode) Dump(src []byte, l int) { ast.DumpHelper(n, src, l, nil, nil) }

// titleNode holds the inline text of a block's title.
type titleNode struct{ ast.BaseBlock }

func (n *titleNode) Kind() ast.NodeKind     { return kindTitle }
func (n *titleNode) Dump(src []byte, l int) { ast.DumpHelper(n, src, l, nil, nil) }

func newTitle(start, stop int) *titleNode {
	n := &titleNode{}
	n.Lines().Append(text.NewSegment(start, stop))
	return n
}

// notesNode keeps the page's footnotes in the tree, at the place of the first,
// so that goldmark parses their text; they are written at the end.
type notesNode struct{ ast.BaseBlock }

func (n *notesNode) Kind() ast.NodeKind     { return kindNotes }
func (n *notesNode) Dump(src []byte, l int) { ast.DumpHelper(n, src, l, nil, nil) }

// noteNode is one footnote.
type noteNode struct {
	ast.BaseBlock
	label  string
	staff  bool // defined inside a staff block
	public bool // referred to from public text
	number int  // 0 until the first reference
	open   int  // references in public text, where some of the page is for staff
	hidden int  // references in staff parts so far
	shown  int  // references in public text so far
	refs   []noteMark
	at     int
}

// noteMark is a reference to a footnote that a link leads back to.
type noteMark struct {
	place int  // among those of its note, from 1
	staff bool // it stands in a staff part
}

func (n *noteNode) Kind() ast.NodeKind     { return kindNote }
func (n *noteNode) Dump(src []byte, l int) { ast.DumpHelper(n, src, l, nil, nil) }

// inlineNode is what all inline nodes of ours have: their stretch of source.
type inlineNode struct {
	ast.BaseInline
	start, stop int
}

// noteRef is [^label].
type noteRef struct {
	inlineNode
	note *noteNode
}

func (n *noteRef) Kind() ast.NodeKind     { return kindNoteRef }
func (n *noteRef) Dump(src []byte, l int) { ast.DumpHelper(n, src, l, nil, nil) }

// blankNode is %{name}.
type blankNode struct {
	inlineNode
	name string
}

func (n *blankNode) Kind() ast.NodeKind     { return kindBlank }
func (n *blankNode) Dump(src []byte, l int) { ast.DumpHelper(n, src, l, nil, nil) }

// wikiNode is [[dest|label]] or ![[dest|label]].
type wikiNode struct {
	inlineNode
	dest, label string
	destAt      int
	image       bool
}

func (n *wikiNode) Kind() ast.NodeKind     { return kindWiki }
func (n *wikiNode) Dump(src []byte, l int) { ast.DumpHelper(n, src, l, nil, nil) }

// bracesNode is {#id .class} right after an inline element.
type bracesNode struct {
	inlineNode
	attrs []page.Attr
	used  bool
}

func (n *bracesNode) Kind() ast.NodeKind     { return kindBraces }
func (n *bracesNode) Dump(src []byte, l int) { ast.DumpHelper(n, src, l, nil, nil) }
