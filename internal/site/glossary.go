package site

import (
	"strings"

	"peppermill/internal/page"
)

// Glossary finds the words of one language that pages of the site explain. It
// reads a text once, word by word: what that costs does not grow with the
// number of words that are explained.
type Glossary struct {
	Meanings []Target // where words are explained; several names may share one

	names   map[string]termName // by the name, folded
	counts  map[string]uint32   // by the first word of names: how many words they have, as bits
	lengths [256]uint64         // by the first byte of a first word: how many bytes those have, as bits
	places  map[spot]int        // by where they lead: index of Meanings
}

// termName is one name of a word.
type termName struct {
	caps    string // the name with its capitals, where it has an abbreviation; else ""
	meaning int
}

// spot is where a meaning stands.
type spot struct{ address, fragment string }

// What a name may have at most: bytes of its first word, and words.
const (
	longestWord = 63
	mostWords   = 12
)

// Glossary returns the words of a language, or nil where none is explained.
func (s *Site) Glossary(lang string) *Glossary { return s.glossaries[regionless(lang)] }

func regionless(lang string) string {
	base, _, _ := strings.Cut(lang, "-")
	return base
}

// NoGlossary reports whether words of the page lead to no meanings, and no
// words to it: it says so, or a folder that it is in does.
func (p *Page) NoGlossary() bool {
	for ; p != nil; p = p.Parent {
		if p.Source != nil && p.Source.Meta.NoGlossary {
			return true
		}
	}
	return false
}

// define gathers what words mean: first the pages that explain one word each,
// then the lists of words. What a page that is no longer in force says does not
// count, nor what only staff are told in the public edition.
func (l *linker) define() {
	if !l.cfg.GlossaryLinks {
		return
	}
	for _, p := range l.pages[:l.sources] {
		m := &p.Source.Meta
		if p.listed && p.Kind == Single && m.Type == "term" && len(page.Find(p.Source.Structures, "terms")) == 0 && !p.NoGlossary() {
			l.explains(p, "", append([]string{string(p.Source.Title)}, m.OtherNames...))
		}
	}
	for _, p := range l.pages[:l.sources] {
		for _, s := range page.Find(p.Source.Structures, "terms") {
			if !p.listed || p.NoGlossary() {
				continue
			}
			for _, row := range s.Rows {
				if cell := s.Cell(row, "term"); l.site.staff || !s.Staff && !row.Staff && !cell.Staff {
					l.explains(p, row.ID, []string{string(cell.Text)})
				}
			}
		}
	}
}

// explains adds a word by all its names. A name that is taken stays whose it
// is.
func (l *linker) explains(p *Page, fragment string, names []string) {
	if l.site.glossaries == nil {
		l.site.glossaries = map[string]*Glossary{}
	}
	g := l.site.glossaries[regionless(p.Lang)]
	if g == nil {
		g = &Glossary{names: map[string]termName{}, counts: map[string]uint32{}, places: map[spot]int{}}
		l.site.glossaries[regionless(p.Lang)] = g
	}
	known := false
	for _, name := range names {
		known = g.add(l.site.fill(p.Source, page.Text(name)), len(g.Meanings)) || known
	}
	if known {
		g.places[spot{p.Address, fragment}] = len(g.Meanings)
		g.Meanings = append(g.Meanings, Target{Kind: ToPage, Page: p, Address: p.Address, Fragment: fragment})
	}
}

// add makes a name known, unless it is already or is none.
func (g *Glossary) add(name string, meaning int) bool {
	if strings.ContainsAny(name, `&<>"`) { // as a page's text has it
		name = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(name)
	}
	at := nextWord(name, 0)
	i, words, first := at, 0, 0
	var key []byte
	caps := ""
	for i < len(name) && words < mostWords {
		end := wordEnd(name, i)
		if isAbbreviation(name[i:end]) {
			caps = name[at:]
		}
		if key = appendFolded(key, name[i:end]); words == 0 {
			first = len(key)
		}
		words++
		if i = nextWord(name, end); i < len(name) {
			key = appendBetween(key, name[end:i])
		}
	}
	if _, taken := g.names[string(key)]; taken || words == 0 || i < len(name) || first > longestWord {
		return false
	}
	g.names[string(key)] = termName{caps, meaning}
	g.counts[string(key[:first])] |= 1 << words
	g.lengths[key[0]] |= 1 << first
	return true
}

// At returns the index of the meaning that stands there, or -1.
func (g *Glossary) At(address, fragment string) int {
	if i, ok := g.places[spot{address, fragment}]; ok {
		return i
	}
	return -1
}

// Next finds the next name in escaped text, the longest that begins there, and
// the index of its meaning, or -1 where there is none.
func (g *Glossary) Next(text string, from int) (start, end, meaning int) {
	var room [96]byte
	for i := nextWord(text, from); i < len(text); {
		stop := wordEnd(text, i)
		if lower := text[i] | 0x20; stop-i <= longestWord && (lower >= 0x80 || g.lengths[lower]>>(stop-i)&1 != 0) {
			word := appendFolded(room[:0], text[i:stop])
			if counts := g.counts[string(word)]; counts != 0 && begins(text, i) {
				if end, meaning = g.match(text, i, stop, word, counts); end > 0 {
					return i, end, meaning
				}
			}
		}
		i = nextWord(text, stop)
	}
	return 0, 0, -1
}

// match finds the longest name that begins with the word from i to stop, which
// is folded in key; counts are the numbers of words that it may have.
func (g *Glossary) match(text string, i, stop int, key []byte, counts uint32) (end, meaning int) {
	for words := 1; counts>>words != 0; words++ {
		if counts>>words&1 != 0 {
			if name, ok := g.names[string(key)]; ok && sameCaps(name.caps, text[i:stop]) && ends(text, stop) {
				end, meaning = stop, name.meaning
			}
		}
		next := nextWord(text, stop)
		if next == len(text) {
			break
		}
		key = appendBetween(key, text[stop:next])
		stop = wordEnd(text, next)
		key = appendFolded(key, text[next:stop])
	}
	return end, meaning
}
