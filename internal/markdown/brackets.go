package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"peppermill/internal/page"
)

// mark is markup to be written before the byte of the source at which it is.
type mark struct {
	at     int
	markup string
}

// marked writes text with the marks that fall into it. They are in order, and
// each one is written with the text that it follows.
func (w *work) marked(s []byte, off int) {
	for len(w.marksAt) > 0 && off >= 0 {
		m := w.marksAt[0]
		if m.at < off || m.at > off+len(s) {
			break
		}
		w.plainOrShort(s[:m.at-off], off)
		w.out.markup(m.markup)
		s, off = s[m.at-off:], m.at
		w.marksAt = w.marksAt[1:]
	}
	w.plainOrShort(s, off)
}

func (w *work) plainOrShort(s []byte, off int) {
	if len(w.shorts) > 0 {
		w.abbreviated(s, off)
	} else {
		w.prose(s, off)
	}
}

// maxBracket bounds what may stand in brackets at the end of an item, in bytes.
const maxBracket = 240

// bracket is what stands in brackets at the end of a block.
type bracket struct {
	ok          bool
	leaf        ast.Node
	open, close int    // where the brackets stand in the source
	text        []byte // the words between them, until the next brackets are looked at
}

// bracketOf finds the brackets at the end of an item's first words, else at
// the end of its last paragraph.
func (w *work) bracketOf(item ast.Node) bracket {
	first := item.FirstChild()
	if first == nil {
		return bracket{}
	}
	if b := w.bracketAt(first); b.ok {
		return b
	}
	if last, ok := item.LastChild().(*ast.Paragraph); ok && last != first {
		return w.bracketAt(last)
	}
	return bracket{}
}

func (w *work) bracketAt(leaf ast.Node) bracket {
	last, ok := leaf.LastChild().(*ast.Text)
	if !ok || last.IsRaw() || last.Segment.Padding > 0 {
		return bracket{}
	}
	s := bytes.TrimRight(w.src[last.Segment.Start:last.Segment.Stop], " \t")
	if len(s) == 0 || s[len(s)-1] != ')' {
		return bracket{}
	}
	end := last.Segment.Start + len(s) - 1
	deep := 0
	for n := ast.Node(last); n != nil; n = n.PreviousSibling() {
		switch t := n.(type) {
		case *ast.Text:
			if t.IsRaw() || t.Segment.Padding > 0 {
				return bracket{}
			}
			stop := min(t.Segment.Stop, end)
			for i := stop - 1; i >= t.Segment.Start; i-- {
				if end-i > maxBracket {
					return bracket{}
				}
				switch w.src[i] {
				case ')':
					deep++
				case '(':
					if deep--; deep < 0 {
						b := bracket{ok: true, leaf: leaf, open: i, close: end}
						w.inside = w.plainRange(w.inside[:0], leaf, i+1, end)
						b.text = bytes.TrimSpace(w.inside)
						b.ok = len(b.text) > 0
						return b
					}
				}
			}
		case *ast.Link, *ast.Emphasis, *ast.AutoLink, *ast.CodeSpan, *blankNode, *wikiNode:
		default:
			return bracket{}
		}
	}
	return bracket{}
}

// plainUpTo is the words of a block before a place in the source.
func (w *work) plainUpTo(leaf ast.Node, to int) []byte { return w.plainIn(leaf, 0, to) }

// plainIn is the words of a block between two places, until the next words are
// looked at.
func (w *work) plainIn(leaf ast.Node, from, to int) []byte {
	w.scratch = w.plainRange(w.scratch[:0], leaf, from, to)
	return w.scratch
}

// plainRange appends the words of a block that stand between two places.
func (w *work) plainRange(dst []byte, leaf ast.Node, from, to int) []byte {
	for n := leaf.FirstChild(); n != nil; n = n.NextSibling() {
		t, ok := n.(*ast.Text)
		if !ok {
			if at := startOf(n); at >= from && at < to {
				dst = w.appendInline(dst, n)
			}
			continue
		}
		a, z := max(from, t.Segment.Start), min(to, t.Segment.Stop)
		if a > z {
			continue
		}
		dst = appendText(dst, w.src[a:z])
		if z == t.Segment.Stop && z < to && (t.SoftLineBreak() || t.HardLineBreak()) {
			dst = append(dst, ' ')
		}
	}
	return dst
}

// credit is who does a step, and when: what its brackets say.
type credit struct {
	bracket
	comma      int // where the comma between the two stands; -1 without one
	time       int // where the time begins, after the comma
	isTime, by bool
}

// credit reads brackets as person and time. A person alone is only taken for
// one when a sentence ends before the brackets: else they may hold anything.
func (w *work) credit(b bracket, top bool) credit {
	c := credit{bracket: b, comma: -1}
	if w.from.on && top {
		return w.knownCredit(c)
	}
	commas := w.commasIn(b)
	for i, at := range commas {
		end := b.close
		if i+1 < len(commas) {
			end = commas[i+1]
		}
		if w.shapes.lex.IsTime(util.BytesToReadOnlyString(w.plainIn(b.leaf, at+1, end))) {
			return w.splitAt(c, at).sane()
		}
	}
	if w.shapes.lex.IsTime(util.BytesToReadOnlyString(b.text)) {
		c.isTime = true
		return c.sane()
	}
	c.by = w.endsSentence(b.open)
	if !c.by {
		c.ok = false
	}
	return c.sane()
}

// commasIn are the places of the commas between brackets.
func (w *work) commasIn(b bracket) []int {
	var commas []int
	for n := b.leaf.FirstChild(); n != nil; n = n.NextSibling() {
		if t, ok := n.(*ast.Text); ok {
			for i := max(t.Segment.Start, b.open); i < min(t.Segment.Stop, b.close); i++ {
				if w.src[i] == ',' {
					commas = append(commas, i)
				}
			}
		}
	}
	return commas
}

// splitAt has the person end and the time begin at a comma.
func (w *work) splitAt(c credit, comma int) credit {
	c.comma, c.isTime, c.by = comma, true, true
	c.time = comma + 1
	for c.time < c.close && (w.src[c.time] == ' ' || w.src[c.time] == '\t') {
		c.time++
	}
	return c
}

// knownCredit reads brackets that were made of front matter, which said what is
// person and what is time.
func (w *work) knownCredit(c credit) credit {
	if len(w.from.credits) == 0 {
		c.ok = false
		return c
	}
	said := w.from.credits[0]
	c.isTime, c.by = said.Time, said.Who
	c.ok = c.ok && (said.Time || said.Who)
	if commas := w.commasIn(c.bracket); said.Time && said.Who && said.Commas < len(commas) {
		return w.splitAt(c, commas[said.Commas])
	}
	return c
}

// sane refuses what is too long to be a person and a time, and sentences.
func (c credit) sane() credit {
	c.ok = c.ok && len(c.text) <= 100 && bytes.IndexByte([]byte(".!?"), c.text[len(c.text)-1]) < 0 && !bytes.Contains(c.text, []byte(". "))
	return c
}

// endsSentence reports whether what stands before a place ends a sentence.
func (w *work) endsSentence(at int) bool {
	s := bytes.TrimRight(w.src[max(0, at-40):at], " \t\n*_`\"'”’“»)")
	return len(s) > 0 && (bytes.IndexByte([]byte(".!?:;"), s[len(s)-1]) >= 0 || bytes.HasSuffix(s, []byte("…")))
}

// creditCells are the cells of person and time.
func (w *work) creditCells(c credit) (who, clock page.Cell) {
	at := page.Cell{Pos: w.pos(c.open + 1)}
	whole := func(from, to int) page.Cell {
		cell := at
		cell.Text = page.Text(bytes.TrimSpace(w.plainIn(c.leaf, from, to)))
		return cell
	}
	switch {
	case c.comma >= 0:
		who, clock = whole(c.open+1, c.comma), whole(c.time, c.close)
		clock.Pos = w.pos(c.time)
	case c.isTime:
		clock = whole(c.open+1, c.close)
	default:
		who = whole(c.open+1, c.close)
	}
	return who, clock
}

// markCredit has person and time marked when the item is written. The text
// stays as it is.
func (w *work) markCredit(c credit) {
	w.marksAt = append(w.marksRoom[:0], mark{c.open, `<span class="by">`})
	switch {
	case c.comma >= 0:
		w.marksAt = append(w.marksAt, mark{c.open + 1, `<span class="who">`}, mark{c.comma, `</span>`}, mark{c.time, `<span class="clock">`})
	case c.isTime:
		w.marksAt = append(w.marksAt, mark{c.open + 1, `<span class="clock">`})
	default:
		w.marksAt = append(w.marksAt, mark{c.open + 1, `<span class="who">`})
	}
	w.marksAt = append(w.marksAt, mark{c.close, `</span>`}, mark{c.close + 1, `</span>`})
}

// markWant has the wanted answer marked when the item is written.
func (w *work) markWant(b bracket) {
	w.marksAt = append(w.marksRoom[:0], mark{b.open, `<span class="want">`}, mark{b.close + 1, `</span>`})
}
