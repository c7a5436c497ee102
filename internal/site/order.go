package site

import (
	"bytes"
	"cmp"
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// collators sort by a language's alphabet, numbers by their value. They are
// not for use by several goroutines.
type collators struct {
	byLang map[string]*collate.Collator
}

func (c *collators) of(lang string) *collate.Collator {
	if known, ok := c.byLang[lang]; ok {
		return known
	}
	if c.byLang == nil {
		c.byLang = map[string]*collate.Collator{}
	}
	made := collate.New(language.Make(lang), collate.Numeric)
	c.byLang[lang] = made
	return made
}

// keyed is a page and what its name sorts by.
type keyed struct {
	page *Page
	key  []byte
}

// sortKeys fills in the keys. They are copied into larger pieces, as the
// collation buffer would keep all that it outgrows.
func sortKeys(all []keyed) {
	var c collators
	var buf collate.Buffer
	var room []byte
	for i, k := range all {
		key := c.of(k.page.tree.code).KeyFromString(&buf, k.page.Name)
		if cap(room)-len(room) < len(key) {
			room = make([]byte, 0, max(len(key), 32<<10))
		}
		at := len(room)
		room = append(room, key...)
		all[i].key = room[at:len(room):len(room)]
		buf.Reset()
	}
}

// rank numbers the pages by name, language for language. Lists then only
// compare numbers.
func (l *linker) rank() {
	all := make([]keyed, len(l.pages))
	for i, p := range l.pages {
		all[i].page = p
	}
	share(len(all), func(from, to int) { sortKeys(all[from:to]) })
	slices.SortFunc(all, func(a, b keyed) int {
		if a.page.tree != b.page.tree {
			return cmp.Compare(a.page.tree.index, b.page.tree.index)
		}
		return cmp.Or(bytes.Compare(a.key, b.key), cmp.Compare(a.page.num, b.page.num))
	})
	l.ranked = make([]*Page, len(all))
	for i, k := range all {
		k.page.rank = int32(i)
		l.ranked[i] = k.page
	}
	l.rankByDate()
}

// rankByDate numbers the pages from the newest to the oldest, then those without
// a date, equals by name: one sort by date for all lists there are.
func (l *linker) rankByDate() {
	newest := slices.Clone(l.ranked)
	slices.SortFunc(newest, func(a, b *Page) int {
		if c := newestFirst(a, b); c != 0 {
			return c
		}
		return int(a.rank - b.rank)
	})
	for i, p := range newest {
		p.recent = int32(i)
	}
}

// byRecent compares pages by that number.
func byRecent(a, b *Page) int { return int(a.recent - b.recent) }
