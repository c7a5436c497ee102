package markdown

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"peppermill/internal/page"
)

// survey gathers what the rules of types ask for: topics, turns of phrase and
// figures. Quotations, code and what is shown as a bad example are passed by:
// nobody promises what they warn of.
func (w *work) survey(root ast.Node) {
	k := w.p.knownIn(w.page.Lang)
	if k == nil || !w.page.Meta.Modelled {
		return
	}
	s := surveyor{w: w, known: k, text: make([]byte, 0, 1024), at: make([]int32, 0, 1024)}
	s.children(root)
	pg := w.page
	if _, ok := afterTitle(root).(*ast.Paragraph); ok {
		pg.Topics = append(pg.Topics, "promise") // whatever it says, it says it first
	}
	slices.Sort(pg.Topics)
	pg.Topics = slices.Compact(pg.Topics)
	pg.Surveyed = true
}

// afterTitle is the block that a page begins with, but for its title.
func afterTitle(root ast.Node) ast.Node {
	first := root.FirstChild()
	if h, ok := first.(*ast.Heading); ok && h.Level == 1 {
		first = h.NextSibling()
	}
	return first
}

// surveyor is one survey. text is the leaf it is in, folded, and at the place
// of each byte of it in the source.
type surveyor struct {
	w      *work
	known  *known
	text   []byte
	at     []int32
	table  bool
	linked bool // the leaf has a link
	taken  []stretch
}

// stretch is where a phrase of a list stands in the leaf.
type stretch struct {
	key      string
	from, to int
}

func (s *surveyor) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		s.block(c)
	}
}

func (s *surveyor) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		for _, a := range attrsOf(n) {
			if a.Name == "id" {
				s.topic(a.Value)
			}
		}
		s.leaf(n)
		s.topic(string(s.text))
	case *ast.Paragraph, *ast.TextBlock:
		s.leaf(n)
	case *east.DefinitionTerm:
		s.leaf(n)
		s.topic(string(s.text))
	case *east.Table:
		s.rows(n)
	case *ast.Blockquote:
		if _, alert := n.AttributeString(alertName); alert {
			s.children(n)
		}
	case *blockNode:
		if n.kind != "avoid" && n.kind != "compare" {
			s.children(n)
		}
	case *ast.List:
		if n.IsOrdered() && n.ChildCount() > 1 {
			s.w.page.Topics = append(s.w.page.Topics, "steps") // whatever it is called
		}
		s.children(n)
	case *ast.FencedCodeBlock, *ast.CodeBlock, *ast.HTMLBlock:
	default:
		s.children(n)
	}
}

// rows reads a table, whose first column may name what its rows speak of. A column of what is to be avoided is passed by.
func (s *surveyor) rows(t *east.Table) {
	s.table = true
	var avoid []bool
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		_, head := row.(*east.TableHeader)
		column := 0
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			if head {
				s.fold(c)
				name := foldTopic(string(s.text))
				avoid = append(avoid, s.known.topics[name] == "avoid")
				s.topic(name)
			} else if column >= len(avoid) || !avoid[column] {
				if s.leaf(c); column == 0 {
					s.topic(string(s.text))
				}
			}
			column++
		}
	}
	s.table = false
}

// topic notes what a heading, a column or a term speaks of, if that is known.
func (s *surveyor) topic(name string) {
	if key, ok := s.known.topics[foldTopic(name)]; ok {
		s.w.page.Topics = append(s.w.page.Topics, key)
	}
}

// leaf reads the words of a block that holds no other.
func (s *surveyor) leaf(n ast.Node) {
	if s.fold(n); len(s.text) == 0 {
		return
	}
	s.phrases()
	s.figures()
}

// fold makes text and at of a leaf.
func (s *surveyor) fold(n ast.Node) {
	s.text, s.at, s.linked = s.text[:0], s.at[:0], false
	s.inlines(n)
	for len(s.text) > 0 && s.text[len(s.text)-1] == ' ' {
		s.text = s.text[:len(s.text)-1]
	}
}

func (s *surveyor) inlines(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			s.add(c.Segment.Value(s.w.src), c.Segment.Start)
			if c.SoftLineBreak() || c.HardLineBreak() {
				s.add([]byte{' '}, c.Segment.Stop)
			}
		case *blankNode:
			s.add(s.w.src[c.start:c.stop], c.start)
		case *ast.Link:
			s.linked = true
			s.inlines(c)
		case *wikiNode:
			s.linked = true
		case *ast.CodeSpan, *ast.RawHTML, *ast.Image:
			s.add([]byte{' '}, 0)
		default:
			s.inlines(c)
		}
	}
}

func (s *surveyor) add(src []byte, off int) {
	for i := 0; i < len(src); {
		if c := src[i]; c >= 'a' && c <= 'z' { // most letters are
			s.text, s.at = append(s.text, c), append(s.at, int32(off+i))
			i++
			continue
		}
		r, n := utf8.DecodeRune(src[i:])
		r = plainLetter(r)
		if r != ' ' || len(s.text) > 0 && s.text[len(s.text)-1] != ' ' {
			before := len(s.text)
			s.text = utf8.AppendRune(s.text, r)
			for range len(s.text) - before {
				s.at = append(s.at, int32(off+i))
			}
		}
		i += n
	}
}

// phrases notes every use of a turn of phrase, as whole words. One that lies in a
// longer one of its list, which came before, is not noted again.
func (s *surveyor) phrases() {
	s.taken = s.taken[:0]
	for i := 0; i < len(s.text); i++ {
		n := wordLength(s.text[i:])
		if n == 0 {
			continue
		}
		list := s.known.phrases[string(s.text[i:i+n])]
		for k := range list {
			s.phrase(&list[k], i-list[k].at)
		}
		i += n
	}
}

func (s *surveyor) phrase(p *phrase, from int) {
	end := from + len(p.folded)
	if from < 0 || end > len(s.text) || string(s.text[from:end]) != p.folded || !wordEdge(s.text, end, p.folded[len(p.folded)-1]) ||
		slices.ContainsFunc(s.taken, func(t stretch) bool { return t.key == p.key && t.from <= from && end <= t.to }) {
		return
	}
	s.taken = append(s.taken, stretch{p.key, from, end})
	s.w.page.Phrases = append(s.w.page.Phrases, page.Phrase{Key: p.key, Text: p.text, Beside: s.table || s.linked,
		Pos: s.w.pos(int(s.at[from])), Width: s.width(from, end)})
}

// wordEdge reports whether no word goes on at i. edge is the phrase's character
// there; after a mark anything may follow.
func wordEdge(text []byte, i int, edge byte) bool {
	if edge < utf8.RuneSelf && !isWordByte(edge) {
		return true
	}
	before, _ := utf8.DecodeLastRune(text[:i])
	after, _ := utf8.DecodeRune(text[i:])
	letter := func(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	return !letter(before) || !letter(after)
}

func (s *surveyor) width(from, to int) int {
	return s.w.width(int(s.at[from]), int(s.at[to-1])+1)
}

// figures notes numbers that a unit follows. Of a span ("2 to 3 days") there is
// no one number, and a decimal is no promise; both are passed by.
func (s *surveyor) figures() {
	text := s.text
	for i := 0; i < len(text); i++ {
		if !isDigit(text[i]) {
			continue
		}
		end := i
		for end < len(text) && isDigit(text[end]) {
			end++
		}
		if unit, stop := s.unit(end); unit != "" && !s.joined(i) && end-i < 6 {
			s.w.page.Figures = append(s.w.page.Figures, page.Figure{Number: string(text[i:end]), Unit: unit,
				Near: string(sentence(text, i, stop)), Pos: s.w.pos(int(s.at[i])), Width: s.width(i, stop)})
		}
		i = end
	}
}

// unit reads a unit of one or two words behind a number.
func (s *surveyor) unit(at int) (unit string, stop int) {
	if at < len(s.text) && s.text[at] == ' ' {
		at++
	}
	stop = at
	for range 2 {
		for stop < len(s.text) && (isWordByte(s.text[stop])) {
			stop++
		}
		if u, ok := s.known.units[string(s.text[at:stop])]; ok {
			return u, stop
		}
		if stop >= len(s.text) || s.text[stop] != ' ' {
			break
		}
		stop++
	}
	return "", 0
}

// joined reports whether the number at i is part of something longer: a word, a
// sum, a decimal or a span.
func (s *surveyor) joined(i int) bool {
	before := bytes.TrimRight(s.text[:i], " ")
	if len(before) == 0 {
		return false
	}
	last, _ := utf8.DecodeLastRune(before)
	if unicode.IsDigit(last) || len(before) == i && (unicode.IsLetter(last) || strings.ContainsRune(".,:/+£$€", last)) || strings.ContainsRune("–—", last) {
		return true
	}
	number := bytes.TrimRightFunc(before, unicode.IsLetter)
	number = bytes.TrimRight(number, " ")
	return len(number) < len(before) && len(number) > 0 && isDigit(number[len(number)-1]) // 2 to 3
}

// sentence is the part of text around a stretch of it.
func sentence(text []byte, from, to int) []byte {
	start, end := 0, len(text)
	for i := 0; i+1 < len(text); i++ {
		if text[i+1] == ' ' && bytes.IndexByte([]byte(".!?;"), text[i]) >= 0 {
			if i < from {
				start = i + 2
			} else if i >= to-1 {
				return text[start : i+1]
			}
		}
	}
	return text[min(start, end):end]
}
