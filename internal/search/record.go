package search

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"slices"
	"strconv"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

// record is what one page says, in the lexicon's numbers. Ten thousand of them
// stay in memory, so it is packed: for each word in the order of the
// numbers, a varint of the gap to the one before and the level of its group, a byte.
// Nothing in it depends on another page.
type record struct {
	key   [32]byte // of all that the record was made from
	said  [32]byte // of what readers get to see of it
	words []byte
	plain byte // the level of a word that stands once in the text
}

// each calls f with each word's number and its group's level.
func (r *record) each(f func(id uint32, level byte)) {
	id := uint32(0)
	for p := r.words; len(p) > 0; {
		gap, n := uint32(p[0]), 1
		if gap >= 0x80 {
			long, size := binary.Uvarint(p)
			gap, n = uint32(long), size
		}
		id += gap
		f(id, p[n])
		p = p[n+1:]
	}
}

// keyOf sums everything about a page that its record depends on: its text, and what
// the site fills in.
func keyOf(s *site.Site, p *site.Page) (key [32]byte) {
	h := sha256.New()
	src := p.Source
	h.Write(src.Sum[:])
	h.Write([]byte{byte(s.Config.Edition), byte(p.Kind)})
	field(h, p.Lang, p.Title, p.Name, p.Summary, src.Meta.Type)
	for _, t := range p.Tags {
		field(h, t.Name)
	}
	for _, b := range src.Blanks {
		text, _ := s.Value(src, b.Name)
		field(h, text)
	}
	for i, t := range p.Targets {
		if src.Links[i].Kind == page.Wiki && t.Page != nil {
			field(h, t.Page.Title)
		}
	}
	h.Sum(key[:0])
	return key
}

// field writes texts so that no two lists of texts look alike.
func field(w io.Writer, texts ...string) {
	var n [8]byte
	for _, s := range texts {
		binary.LittleEndian.PutUint64(n[:], uint64(len(s)))
		w.Write(n[:])
		io.WriteString(w, s)
	}
}

// bytesField is field for what is long and need not be copied.
func bytesField(w io.Writer, data []byte) {
	var n [8]byte
	binary.LittleEndian.PutUint64(n[:], uint64(len(data)))
	w.Write(n[:])
	w.Write(data)
}

// analyst makes records, one after the other, with tools that it keeps.
type analyst struct {
	lexicon *lexicon
	reader  reader
	lang    string
	known   map[string]uint32
	counts  []counts // by word
	seen    []uint32
	packed  []byte
	lengths [fields]uint64 // words, by field
	sums    []uint64       // by group
}

func (a *analyst) record(p *site.Page, key [32]byte) *record {
	if a.known == nil || a.lang != p.Lang {
		a.lang, a.known = p.Lang, a.lexicon.known(p.Lang)
	}
	a.seen, a.lengths = a.seen[:0], [fields]uint64{}
	a.reader.read(p)
	m := &p.Source.Meta
	headings := uint64(0)
	a.lexicon.mu.RLock()
	defer a.lexicon.mu.RUnlock()
	a.scan([]byte(p.Title), inTitle)
	if p.Name != p.Title {
		a.scan([]byte(p.Name), inTitle)
	}
	for _, s := range a.reader.sections {
		if s.heading != "" {
			a.scan([]byte(s.heading), inHeadings)
			headings++
		}
	}
	for _, t := range p.Tags {
		a.scan([]byte(t.Name), inTags)
	}
	for _, list := range [...][]string{{m.Type, m.Kind}, m.Stage, m.Audience} {
		for _, text := range list {
			a.scan([]byte(text), inTags)
		}
	}
	if m.Description != "" { // otherwise the summary is the text's own beginning
		a.scan([]byte(p.Summary), inBody)
	}
	a.scan(a.reader.pictures, inBody)
	a.scan(a.reader.text, inBody)
	each := perWord(a.lengths, headings)
	return &record{key: key, said: a.said(p), words: a.pack(each, boostOf(p)), plain: levelOf(each[inBody] * boostOf(p) / 1000)}
}

// said sums what the files of the index say of a page. Unlike the key, it knows
// nothing of what is left out.
func (a *analyst) said(p *site.Page) (sum [32]byte) {
	m := &p.Source.Meta
	h := sha256.New()
	field(h, p.Lang, p.Title, p.Name, p.Summary, m.Type, strconv.FormatUint(boostOf(p), 10))
	for _, t := range p.Tags {
		field(h, t.Name)
	}
	for _, s := range a.reader.sections {
		field(h, s.heading, s.anchor, strconv.Itoa(s.to))
	}
	bytesField(h, a.reader.pictures)
	bytesField(h, a.reader.text)
	h.Sum(sum[:0])
	return sum
}

// pack weighs the counted words and clears the counts for the next page.
func (a *analyst) pack(each [fields]uint64, boost uint64) []byte {
	slices.Sort(a.seen)
	words := a.lexicon.words
	if n := len(words); n > len(a.sums) { // there are never more groups than words
		a.sums = append(a.sums, make([]uint64, n+n/4-len(a.sums))...)
	}
	for _, id := range a.seen {
		g := words[id].group
		for f, n := range a.counts[id] {
			a.sums[g] += each[f] * uint64(n)
		}
		a.counts[id] = counts{}
	}
	out := a.packed[:0]
	last := uint32(0)
	for _, id := range a.seen {
		out = binary.AppendUvarint(out, uint64(id-last))
		out = append(out, levelOf(a.sums[words[id].group]*boost/1000))
		last = id
	}
	for _, id := range a.seen {
		a.sums[words[id].group] = 0
	}
	a.packed = out
	return bytes.Clone(out)
}

// scan counts the words of a text; where is its field. It is
// called under the lexicon's lock for reading.
//
// The text is cut into stretches without anything that ends a word for sure,
// and each different stretch is folded and stemmed once.
func (a *analyst) scan(text []byte, where int) {
	from := 0
	for i := 0; i < len(text); {
		c := text[i]
		if c|0x20-'a' < 26 || c-'0' < 10 || c == '\'' {
			i++
			continue
		}
		n := ender(text[i:])
		if n == 0 {
			i++
			continue
		}
		if i > from {
			a.stretch(text[from:i], where)
		}
		i += n
		from = i
	}
	if from < len(text) {
		a.stretch(text[from:], where)
	}
}

func (a *analyst) stretch(raw []byte, where int) {
	id, ok := a.known[string(raw)]
	switch {
	case !ok:
		a.lexicon.mu.RUnlock()
		ids := a.lexicon.learn(a.lang, string(raw))
		a.lexicon.mu.RLock()
		for _, id := range ids {
			a.count(id, where)
		}
	case id&several != 0:
		for _, id := range a.lexicon.lists[id&^several] {
			a.count(id, where)
		}
	default:
		a.count(id, where)
	}
}

func (a *analyst) count(id uint32, where int) {
	if int(id) >= len(a.counts) {
		a.counts = append(a.counts, make([]counts, int(id)+1024-len(a.counts)+len(a.counts)/2)...)
	}
	c := &a.counts[id]
	if *c == (counts{}) {
		a.seen = append(a.seen, id)
	}
	a.lengths[where]++
	if c[where] < 1<<16-1 {
		c[where]++
	}
}

// ender returns the length of the character that s begins with when no word
// ever holds it, else 0: all of ASCII but letters, digits and the apostrophe, the
// no-break space, and the dashes, quotes and dots from U+2010 to U+203F but for the
// apostrophe among them. What it does not know is looked at by [Words].
func ender(s []byte) int {
	c := s[0]
	switch {
	case c < 0x80:
		if c|0x20-'a' < 26 || c-'0' < 10 || c == '\'' {
			return 0
		}
		return 1
	case c == 0xC2 && len(s) > 1 && s[1] == 0xA0:
		return 2
	case c == 0xE2 && len(s) > 2 && s[1] == 0x80 && s[2] >= 0x90 && s[2] != 0x99:
		return 3
	}
	return 0
}
