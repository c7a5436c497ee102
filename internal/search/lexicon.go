package search

import (
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// lexicon numbers words and knows the group of each. It only grows, and holds
// nothing but what [Words] and [stem] would say again; its numbers never reach
// a file. It is safe for concurrent use.
type lexicon struct {
	mu     sync.RWMutex
	raw    map[string]map[string]uint32 // language → stretch of text as it is written → its word, or several
	lists  [][]uint32                   // what the numbers in raw that are marked as several stand for
	ids    map[entry]uint32
	words  []entry
	stems  map[stemOf]uint32
	sorted []uint32 // words in order of their bytes, as far as order has been asked for
}

// entry is a folded word with the number of its group.
type entry struct {
	word  string
	group uint32
}

type stemOf struct{ lang, stem string }

// several marks a number that stands for a list of words.
const several = 1 << 31

// longRaw is from where a stretch of text is not remembered, in bytes: it will
// hardly come again.
const longRaw = 48

func newLexicon() *lexicon {
	return &lexicon{raw: map[string]map[string]uint32{}, ids: map[entry]uint32{}, stems: map[stemOf]uint32{}}
}

// known is the map of a language's stretches, to be read under the lock.
func (x *lexicon) known(lang string) map[string]uint32 {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.raw[lang] == nil {
		x.raw[lang] = map[string]uint32{}
	}
	return x.raw[lang]
}

// learn numbers the words of a stretch of text. The caller holds no lock.
func (x *lexicon) learn(lang, text string) []uint32 {
	words := Words(text)
	stems := make([]string, len(words))
	accented := split(strings.ToLower(norm.NFC.String(text)), nil)
	for i, w := range words {
		if len(accented) == len(words) && Fold(accented[i]) == w {
			w = accented[i]
		}
		stems[i] = stem(lang, w)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	ids := make([]uint32, len(words))
	for i, w := range words {
		ids[i] = x.number(w, stemOf{lang, stems[i]})
	}
	switch {
	case len(text) >= longRaw:
	case len(ids) == 1:
		x.raw[lang][strings.Clone(text)] = ids[0]
	default:
		x.raw[lang][strings.Clone(text)] = several | uint32(len(x.lists))
		x.lists = append(x.lists, ids)
	}
	return ids
}

// number returns the number of a word with its stem, a new one if need be.
// Languages keep their groups apart.
func (x *lexicon) number(word string, s stemOf) uint32 {
	g, ok := x.stems[s]
	if !ok {
		g = uint32(len(x.stems))
		x.stems[stemOf{s.lang, strings.Clone(s.stem)}] = g
	}
	e := entry{word, g}
	id, ok := x.ids[e]
	if !ok {
		id = uint32(len(x.words))
		e.word = strings.Clone(word)
		x.ids[e] = id
		x.words = append(x.words, e)
	}
	return id
}

// groupOf is the group that a folded word would be in, if there is one.
func (x *lexicon) groupOf(lang, word string) (uint32, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	g, ok := x.stems[stemOf{lang, stem(lang, word)}]
	return g, ok
}

// order returns all words by number, and their numbers in order of their bytes.
// Of one word, groups are in the order of their numbers' stems. What is learnt
// later changes neither list.
func (x *lexicon) order() (words []entry, order []uint32) {
	x.mu.Lock()
	defer x.mu.Unlock()
	old := len(x.sorted)
	if old == len(x.words) {
		return x.words, x.sorted
	}
	names := make([]stemOf, len(x.stems))
	for s, g := range x.stems {
		names[g] = s
	}
	less := func(a, b uint32) int {
		if c := strings.Compare(x.words[a].word, x.words[b].word); c != 0 {
			return c
		}
		s, t := names[x.words[a].group], names[x.words[b].group]
		if c := strings.Compare(s.lang, t.lang); c != 0 {
			return c
		}
		return strings.Compare(s.stem, t.stem)
	}
	fresh := make([]uint32, 0, len(x.words)-old)
	for id := old; id < len(x.words); id++ {
		fresh = append(fresh, uint32(id))
	}
	slices.SortFunc(fresh, less)
	merged := make([]uint32, 0, len(x.words))
	for _, id := range x.sorted {
		for len(fresh) > 0 && less(fresh[0], id) < 0 {
			merged, fresh = append(merged, fresh[0]), fresh[1:]
		}
		merged = append(merged, id)
	}
	x.sorted = append(merged, fresh...)
	return x.words, x.sorted
}
