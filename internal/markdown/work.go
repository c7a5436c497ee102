package markdown

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"

	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/source"
)

// work is the parse of one page: what the block and inline parsers leave for
// the writer, and what the writer gathers on its one walk over the tree.
type work struct {
	p     *Parser
	file  source.File
	first int // line of the file at which the body begins
	src   []byte
	lines lineIndex
	page  *page.Page
	diags diag.List
	seen  map[string]bool // findings that are made once a page
	count map[string]int  // findings by rule

	// Left by the parsers.
	tally      tally
	staffNotes map[string]*noteNode
	notes      map[string]*noteNode
	noteList   *notesNode
	shorts     []abbreviation
	claimed    map[string]bool // identifiers that the author chose
	hasStaff   bool
	hasAvoid   bool
	staffLinks map[string]parser.Reference // addresses that are defined in staff parts, by label
	staffRest  bool                        // a staff block was not closed: footnotes and the like after it are staff's

	// Of the writer.
	shapes           shapes
	marksRoom        [8]mark
	scratch, inside  []byte                     // room for words that are only looked at: a part's, and those in brackets
	marksAt          []mark                     // markup to be written inside of text, by its place in the source
	skip             ast.Node                   // written already
	tables           map[*east.Table]tableShape // those that are structures
	hidden           map[ast.Node]bool          // blocks and cells that are for staff because of what they say
	from             appended                   // the front matter that the part being written is made of
	out              builder
	ids              identifiers
	marks            *quoteMarks
	quotes           openQuotes
	staff            int      // staff parts that are open
	here             ast.Node // the block that is being written; nil for what no block of the author's stands for
	rest             bool
	inLink           int
	inCell           bool
	html             []openElement
	shown            []shownElement
	queue            []*noteNode
	named            map[*ast.Heading]string // identifiers that were given before the walk
	extents          [][2]int                // of the staff parts in the source, when asked for
	tocs             []place
	anchors          []anchor
	traps            int // code blocks that no lexer could read
	floor            int // elements of html below it belong to outer blocks
	hasH1            bool
	codeH1, codeLead bool      // code stands in the heading or paragraph, so its marks stay
	firstH1          page.Text // the first public H1
	h1Leads          bool      // and it is the first block
	lead             page.Text // the first public paragraph that stands in no other block
}

var workKey = parser.NewContextKey()

func workOf(pc parser.Context) *work { return pc.Get(workKey).(*work) }

// pos is the place of a byte of the body in the author's file.
func (w *work) pos(off int) diag.Pos {
	line, column := w.lines.at(off)
	if w.from.on {
		return w.from.places[min(line, len(w.from.places))-1]
	}
	return w.file.Pos(w.first-1+line, column)
}

// width counts the characters from off to end on off's line.
func (w *work) width(off, end int) int {
	end = min(end, len(w.src))
	if off < 0 || end <= off || w.from.on {
		return 0
	}
	line, _ := w.lines.at(off)
	if line < len(w.lines.starts) {
		end = min(end, int(w.lines.starts[line])-1)
	}
	return w.lines.characters(off, max(off, end))
}

// maxFindings bounds the findings of one rule on one page. What is withheld by
// mistake, or shown by mistake, is always reported.
const maxFindings = 50

func (w *work) report(d diag.Diagnostic) {
	if d.Rule != RuleStaffShown {
		if w.count == nil {
			w.count = map[string]int{}
		}
		if w.count[d.Rule]++; w.count[d.Rule] > maxFindings {
			return
		}
	}
	w.diags = append(w.diags, d)
}

// more says how many findings were left out, at the page's beginning.
func (w *work) more() {
	for _, r := range Rules() {
		if n := w.count[r.Name] - maxFindings; n > 0 {
			w.diags = append(w.diags, diag.Diagnostic{Rule: r.Name, Pos: w.file.Pos(1, 1),
				Message: strconv.Itoa(n) + " more findings of this kind on this page are not listed", Hint: "mend the listed ones first"})
		}
	}
}

// finding reports something about length bytes of the body at off.
func (w *work) finding(rule string, off, length int, message, hint string) {
	w.report(diag.Diagnostic{Rule: rule, Pos: w.pos(off), Width: w.width(off, off+length), Message: message, Hint: hint})
}

// once reports only the first finding of a rule about one thing.
func (w *work) once(rule, thing string, off, length int, message, hint string) {
	key := rule + " " + thing
	if w.seen[key] {
		return
	}
	if w.seen == nil {
		w.seen = map[string]bool{}
	}
	w.seen[key] = true
	w.finding(rule, off, length, message, hint)
}

// blank records a use of a blank and returns its index.
func (w *work) blank(name string, pos diag.Pos) int {
	w.page.Blanks = append(w.page.Blanks, page.Blank{Name: name, Staff: w.staff > 0, Pos: pos})
	return len(w.page.Blanks) - 1
}

// anchor records an id that a link may name.
func (w *work) anchor(id string) {
	w.page.Anchors = append(w.page.Anchors, page.Anchor{ID: id, Staff: w.staff > 0})
}

// blanksIn records the blanks of a text that is no part of the body's flow,
// such as an image's alternative.
func (w *work) blanksIn(t page.Text, pos diag.Pos) {
	if strings.Contains(string(t), "%{") {
		for _, name := range t.Blanks() {
			w.blank(name, pos)
		}
	}
}

// textAttr writes an attribute with words in it, which may hold blanks.
func (w *work) textAttr(name, value string, pos diag.Pos) {
	if !strings.Contains(value, "%{") {
		w.out.attr(name, value)
		return
	}
	w.blanksIn(page.Text(value), pos)
	w.page.Attrs = append(w.page.Attrs, page.Attr{Name: name, Value: value})
	w.out.hole(page.Attribute, len(w.page.Attrs)-1)
}

// offset finds the place of a slice of the source in the source, or -1 when it
// is a copy.
func (w *work) offset(s []byte) int {
	off := cap(w.src) - cap(s)
	if len(s) == 0 || off < 0 || off >= len(w.src) || &w.src[off] != &s[0] {
		return -1
	}
	return off
}

// source returns the bytes of a text node. Padding stands for parts of tabs.
func (w *work) source(t *ast.Text) []byte { return t.Segment.Value(w.src) }

// quoted puts an author's words into a message, short and on one line.
func quoted(s string) string {
	if utf8.RuneCountInString(s) > 60 {
		s = string([]rune(s)[:59]) + "…"
	}
	return strconv.Quote(s)
}

func isControl(r rune) bool      { return unicode.IsControl(r) }
func spaceOrControl(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
