package site

import (
	"cmp"
	"slices"
	"strings"

	"peppermill/internal/config"
	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// termList describes the lists that one field of front matter implies.
type termList struct {
	values func(*page.Meta) []string
	info   map[string]config.Term
	word   string // key of the index's title, and its folder
	index  Kind
	kind   Kind
	attach func(p, term *Page)
	has    func(p *Page) []*Page
}

// term is a tag, an author or a series within one language.
type term struct {
	key       string // folded name
	tree      *tree
	spellings []spelling
	count     int
	page      *Page
}

type spelling struct {
	text  string
	count int
	first *page.Page
}

func (l *linker) listTags() {
	terms := l.listTerms(termList{
		values: func(m *page.Meta) []string { return m.Tags },
		info:   l.cfg.TagInfo, word: "tags", index: TagIndex, kind: Tag,
		attach: func(p, t *Page) {
			if p.Tags == nil {
				p.Tags = l.carve(len(p.Source.Meta.Tags))
			}
			p.Tags = append(p.Tags, t)
		},
		has: func(p *Page) []*Page { return p.Tags },
	})
	l.carriers()
	l.tipSpellings(terms)
}

// carriers notes the pages of each tag by number, for finding related ones.
func (l *linker) carriers() {
	for _, p := range l.pages[:l.sources] {
		for _, t := range p.Tags {
			if t.carriers == nil {
				t.carriers = make([]int32, 0, len(t.Items))
			}
			t.carriers = append(t.carriers, p.num)
		}
	}
}

// carve makes room for n pages out of a larger piece.
func (l *linker) carve(n int) []*Page {
	if len(l.room) < n {
		l.room = make([]*Page, max(n, 4096))
	}
	piece := l.room[:0:n]
	l.room = l.room[n:]
	return piece
}

func (l *linker) listAuthors() {
	l.listTerms(termList{
		values: func(m *page.Meta) []string { return m.Authors },
		info:   l.cfg.People, word: "authors", index: AuthorIndex, kind: Author,
		attach: func(p, t *Page) { p.Authors = append(p.Authors, t) },
		has:    func(p *Page) []*Page { return p.Authors },
	})
}

// listTerms makes the pages of all terms of a field, and their indexes.
func (l *linker) listTerms(list termList) []*term {
	known := synonyms(list.info)
	terms, of := l.collect(list.values, known)
	l.termPages(terms, list)
	at := 0
	for _, p := range l.pages[:l.sources] {
		for range listedValues(p, list.values) {
			t := of[at]
			at++
			if t != nil && !slices.Contains(list.has(p), t.page) {
				list.attach(p, t.page)
				t.count++
			}
		}
	}
	l.fillTerms(terms, list)
	l.indexPages(terms, list)
	return terms
}

func listedValues(p *Page, values func(*page.Meta) []string) []string {
	if !p.listed {
		return nil
	}
	return values(&p.Source.Meta)
}

// synonyms leads the folded names and aliases that _data knows to their terms.
func synonyms(info map[string]config.Term) map[string]string {
	known := make(map[string]string, len(info))
	for key := range info {
		known[key] = key
	}
	for _, key := range sortedKeys(info) {
		for _, other := range append(slices.Clone(info[key].Aliases), info[key].Name) {
			if a := config.Fold(other); a != "" && known[a] == "" {
				known[a] = key
			}
		}
	}
	return known
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// collect finds the terms, in order of tree and name, and the term of every
// value in the order of pages; nil for empty values. A spelling is folded only
// once.
func (l *linker) collect(values func(*page.Meta) []string, known map[string]string) ([]*term, []*term) {
	type place struct {
		tree *tree
		text string
	}
	type seat struct {
		term *term
		at   int
	}
	seats := map[place]seat{}
	terms := map[place]*term{}
	var all []*term
	total := 0
	for _, p := range l.pages[:l.sources] {
		total += len(listedValues(p, values))
	}
	of := make([]*term, 0, total)
	for _, p := range l.pages[:l.sources] {
		for _, text := range listedValues(p, values) {
			where := place{p.tree, text}
			s, ok := seats[where]
			if !ok {
				key := config.Fold(text)
				key = cmp.Or(known[key], key)
				t := terms[place{p.tree, key}]
				if t == nil && key != "" {
					t = &term{key: key, tree: p.tree}
					terms[place{p.tree, key}] = t
					all = append(all, t)
				}
				s.term = t
				if t != nil {
					s.at = len(t.spellings)
					t.spellings = append(t.spellings, spelling{text: text, first: p.Source})
				}
				seats[where] = s
			}
			if s.term != nil {
				s.term.spellings[s.at].count++
			}
			of = append(of, s.term)
		}
	}
	slices.SortFunc(all, func(a, b *term) int {
		return cmp.Or(cmp.Compare(a.tree.index, b.tree.index), cmp.Compare(a.key, b.key))
	})
	return all, of
}

// name is the spelling that is used most, the first one of equals.
func (t *term) name() string {
	best := t.spellings[0]
	for _, s := range t.spellings[1:] {
		if s.count > best.count {
			best = s
		}
	}
	return strings.Join(strings.Fields(best.text), " ")
}

// termPages makes or finds the page of each term.
func (l *linker) termPages(terms []*term, list termList) {
	taken := map[string]bool{}
	for _, t := range terms {
		dir := under(t.tree.folder, list.word)
		slug := l.slugs.slug(t.key, t.tree.code)
		for n := 2; taken[dir+"/"+slug]; n++ {
			slug = l.slugs.slug(t.key, t.tree.code) + "-" + itoa(n)
		}
		taken[dir+"/"+slug] = true
		t.page = l.listPage(list.kind, t.tree, indexIn(dir, slug))
		info, described := list.info[t.key]
		if described {
			t.page.Term = &info
		}
		if t.page.Source == nil {
			t.page.Title, t.page.Summary = cmp.Or(info.Name, t.name()), info.Description
			t.page.Name = t.page.Title
		}
	}
}

// fillTerms lists the pages of each term: newest first when all are dated,
// else by name.
func (l *linker) fillTerms(terms []*term, list termList) {
	total := 0
	for _, t := range terms {
		total += t.count
	}
	room := make([]*Page, total)
	for _, t := range terms {
		t.page.Items, room = room[:0:t.count], room[t.count:]
	}
	for _, p := range l.ranked {
		for _, t := range list.has(p) {
			t.Items = append(t.Items, p)
		}
	}
	for _, t := range terms {
		if items := t.page.Items; allDated(items) {
			slices.SortFunc(items, byRecent)
		}
		t.page.keepChildren()
	}
}

// indexPages makes the page that lists all terms of a language.
func (l *linker) indexPages(terms []*term, list termList) {
	for _, tree := range l.trees {
		var items []*Page
		for _, t := range terms {
			if t.tree == tree {
				items = append(items, t.page)
			}
		}
		if len(items) > 0 {
			sortByName(items, &l.collate, tree.code)
			l.indexPage(list.index, tree, list.word, items)
		}
	}
}

func sortByName(pages []*Page, c *collators, lang string) {
	by := c.of(lang)
	slices.SortStableFunc(pages, func(a, b *Page) int { return by.CompareString(a.Name, b.Name) })
}

// indexPage is the page above lists: all tags, all years.
func (l *linker) indexPage(kind Kind, t *tree, word string, items []*Page) {
	p := l.indexOf(kind, t, word, word, items)
	for _, item := range items {
		item.Parent = p
	}
}

// indexOf makes the page at folder, titled by a word, that lists the items.
func (l *linker) indexOf(kind Kind, t *tree, folder, word string, items []*Page) *Page {
	p := l.listPage(kind, t, indexIn(t.folder, folder))
	if p.Source == nil {
		p.Title = l.word(t, word)
		p.Name = p.Title
	}
	p.Items = items
	p.keepChildren()
	return p
}

// listPage returns the page for a list: the source page that is at its address
// already, which then introduces the list, or a new one.
func (l *linker) listPage(kind Kind, t *tree, address string) *Page {
	if p := l.at(address); p != nil && (p.Kind == Single || p.Kind == Section) {
		p.Kind = kind
		return p
	}
	p := l.add(kind, nil, t)
	p.Address, p.Parent, p.listed = address, t.home, true
	l.nameAddress(p)
	return p
}

// keepChildren lists what else is in the folder of a source page that became
// a list, so that nothing gets lost.
func (p *Page) keepChildren() {
	for _, c := range p.Children {
		if !slices.Contains(p.Items, c) {
			p.Items = append(p.Items, c)
		}
	}
}

// tipSpellings says once for a tag that it has several spellings, and once for
// two tags that look like one.
func (l *linker) tipSpellings(terms []*term) {
	known := synonyms(l.cfg.TagInfo)
	alike := map[string]*term{}
	loose := strings.NewReplacer("-", "", "_", "", " ", "")
	for _, t := range terms {
		if _, declared := known[t.key]; declared {
			continue
		}
		name := t.name()
		for _, s := range t.spellings {
			if s.text != name && strings.TrimSpace(s.text) != "" {
				l.tipSpelling(s, name, "the tag "+quote(s.text)+" is mostly written "+quote(name))
				break
			}
		}
		bare := t.tree.folder + "/" + singular(loose.Replace(t.key))
		other, seen := alike[bare]
		if !seen {
			alike[bare] = t
			continue
		}
		rare, usual := t, other
		if t.count > other.count {
			rare, usual = other, t
		}
		l.tipSpelling(rare.spellings[0], usual.name(),
			"the tags "+quote(rare.name())+" and "+quote(usual.name())+" look like the same")
		alike[bare] = usual
	}
}

func (l *linker) tipSpelling(s spelling, better, message string) {
	at, width := tagPlace(s.first, s.text)
	l.report(ruleTagSpelling, at, width, message,
		"write "+quote(better)+", or tell the spellings apart in _data/tags.yaml")
}

// singular takes the commonest plural ending off; it only ever leads to a tip.
func singular(word string) string {
	if len(word) > 3 && !strings.HasSuffix(word, "ss") {
		return strings.TrimSuffix(word, "s")
	}
	return word
}

// tagPlace finds a tag in the front matter.
func tagPlace(src *page.Page, text string) (diag.Pos, int) {
	for _, f := range src.Meta.Tree.Fields {
		for _, item := range f.Value.Items {
			if item.Text == text && item.Pos.Line > 0 {
				return item.Pos, item.Width
			}
		}
	}
	return fieldPlace(src, "tags", "topics", "categories")
}
