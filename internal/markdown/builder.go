package markdown

import (
	"slices"

	"peppermill/internal/page"
)

// builder writes a page.Body. Text is appended to buf between begin and end;
// neighbours of one kind become one part.
type builder struct {
	buf   []byte
	parts []page.Part
	words []string
	fresh bool // the next part must not merge with the last
}

func (b *builder) reset() {
	b.buf, b.parts, b.words, b.fresh = b.buf[:0], b.parts[:0], nil, false
}

// begin makes kind the kind of what is appended to buf until end.
func (b *builder) begin(kind page.PartKind) {
	if n := len(b.parts); n > 0 && b.parts[n-1].Kind == kind && !b.fresh {
		return
	}
	b.fresh = false
	at := uint32(len(b.buf))
	b.parts = append(b.parts, page.Part{Kind: kind, Start: at, End: at})
}

func (b *builder) end() {
	last := &b.parts[len(b.parts)-1]
	last.End = uint32(len(b.buf))
	if last.Start == last.End {
		b.parts = b.parts[:len(b.parts)-1]
	}
}

// markup appends HTML.
func (b *builder) markup(s string) {
	b.begin(page.Markup)
	b.buf = append(b.buf, s...)
	b.end()
}

// attr appends a space, the name and the escaped value.
func (b *builder) attr(name, value string) {
	b.begin(page.Markup)
	b.buf = append(b.buf, ' ')
	b.buf = append(b.buf, name...)
	b.buf = append(b.buf, '=', '"')
	b.buf = appendEscaped(b.buf, value)
	b.buf = append(b.buf, '"')
	b.end()
}

// plain appends escaped text of the kind.
func (b *builder) plain(kind page.PartKind, s string) {
	b.begin(kind)
	b.buf = appendEscaped(b.buf, s)
	b.end()
}

func (b *builder) hole(kind page.HoleKind, ref int) {
	at := uint32(len(b.buf))
	b.fresh = false
	b.parts = append(b.parts, page.Part{Kind: page.Hole, Hole: kind, Ref: uint32(ref), Start: at, End: at})
}

// opened is the reference of the hole that began the staff part which is open.
func (b *builder) opened() int {
	for i := len(b.parts) - 1; i >= 0; i-- {
		if p := b.parts[i]; p.Kind == page.Hole && p.Hole == page.StaffOpen {
			return int(p.Ref)
		}
	}
	return 0
}

// word leaves a hole for an interface word.
func (b *builder) word(key string) {
	i := slices.Index(b.words, key)
	if i < 0 {
		i = len(b.words)
		b.words = append(b.words, key)
	}
	b.hole(page.Word, i)
}

// split makes what follows a part of its own and returns its index.
func (b *builder) split() int {
	b.fresh = true
	return len(b.parts)
}

// body returns what was written, in memory of its own size.
func (b *builder) body() page.Body {
	return page.Body{Markup: string(b.buf), Parts: page.Pack(b.parts), Words: b.words}
}

// insert puts other's parts before part at. Refs of words are moved; other
// refs are the same page's already.
func (b *builder) insert(at int, other *builder) {
	offset := uint32(len(b.buf))
	if at < len(b.parts) {
		offset = b.parts[at].Start
	}
	for i := range other.parts {
		p := &other.parts[i]
		p.Start, p.End = p.Start+offset, p.End+offset
		if p.Kind == page.Hole && p.Hole == page.Word {
			key := other.words[p.Ref]
			j := slices.Index(b.words, key)
			if j < 0 {
				j = len(b.words)
				b.words = append(b.words, key)
			}
			p.Ref = uint32(j)
		}
	}
	for i := at; i < len(b.parts); i++ {
		b.parts[i].Start += uint32(len(other.buf))
		b.parts[i].End += uint32(len(other.buf))
	}
	b.parts = slices.Insert(b.parts, at, other.parts...)
	b.buf = slices.Insert(b.buf, int(offset), other.buf...)
}

// appendEscaped appends s with the characters that HTML gives a meaning
// escaped, in text and in quoted attributes alike.
func appendEscaped[T string | []byte](dst []byte, s T) []byte {
	last := 0
	for i := 0; i < len(s); i++ {
		e := entityOf(s[i])
		if e == "" {
			continue
		}
		dst = append(append(dst, s[last:i]...), e...)
		last = i + 1
	}
	return append(dst, s[last:]...)
}

func entityOf(c byte) string {
	switch c {
	case '&':
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	case '"':
		return "&quot;"
	case 0:
		return "\uFFFD"
	}
	return ""
}
