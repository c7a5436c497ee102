package site

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// lettersFolder holds the A-to-Z index. A search without a script lands there
// too, so it has the search's address.
const lettersFolder = "search"

// listLetters makes the A-to-Z index of each language: a page a letter, or all
// on one page while the list is short.
func (l *linker) listLetters() {
	rest := l.ranked
	for len(rest) > 0 {
		t := rest[0].tree
		n := run(rest, func(p *Page) bool { return p.tree == t })
		l.letters(t, rest[:n])
		rest = rest[n:]
	}
}

func (l *linker) letters(t *tree, ranked []*Page) {
	var pages []*Page
	for _, p := range ranked {
		if p.listed && p.Source != nil && (p.Kind == Single || p.Kind == Section) {
			pages = append(pages, p)
		}
	}
	if len(pages) == 0 {
		return
	}
	if len(pages) <= l.listed() {
		l.indexOf(Letters, t, lettersFolder, "a-to-z", pages)
		return
	}
	alphabet := newAlphabet(t.code)
	byName := map[string][]*Page{}
	for _, p := range pages {
		name := alphabet.letter(p.Name)
		byName[name] = append(byName[name], p)
	}
	names := sortedKeys(byName)
	slices.SortStableFunc(names, l.collate.of(t.code).CompareString) // digits and "#" come before letters
	letters := make([]*Page, len(names))
	for i, name := range names {
		letters[i] = l.letterPage(t, name)
		letters[i].Items = byName[name]
	}
	l.indexOf(Letters, t, lettersFolder, "a-to-z", letters)
	for _, letter := range letters {
		letter.Parent = l.at(indexIn(t.folder, lettersFolder))
		letter.keepChildren()
	}
	chain(letters)
}

// letterPage is named by its letter; digits share one page, as do names that
// begin with neither.
func (l *linker) letterPage(t *tree, name string) *Page {
	slug, title := l.slugs.slug(name, t.code), name
	switch name {
	case digits:
		slug, title = "0-9", l.word(t, "digits")
	case other:
		slug, title = "other", l.word(t, "other")
	}
	p := l.listPage(Letter, t, indexIn(under(t.folder, lettersFolder), slug))
	if p.Source == nil {
		p.Title, p.Name = title, title
	}
	return p
}

const (
	digits = "0"
	other  = "#"
)

// alphabet tells under which letter of a language a name belongs.
type alphabet struct {
	primary *collate.Collator
}

func newAlphabet(lang string) alphabet {
	return alphabet{primary: collate.New(language.Make(lang), collate.Loose)}
}

// letter is the upper-case letter that a name begins with. An accent counts
// only where the language has a letter of its own for it: É is E in French, Å
// is Å in Swedish.
func (a alphabet) letter(name string) string {
	for _, r := range norm.NFC.String(name) {
		switch {
		case unicode.IsDigit(r):
			return digits
		case !unicode.IsLetter(r):
			continue
		}
		whole := string(unicode.ToUpper(r))
		base, _ := utf8.DecodeRuneInString(norm.NFKD.String(whole))
		if plain := string(base); a.primary.CompareString(whole, plain) == 0 {
			return plain
		}
		return whole
	}
	return other
}

// listed is how many entries a list shows before it is split.
func (l *linker) listed() int {
	if l.cfg.Listed > 0 {
		return l.cfg.Listed
	}
	return 50
}

// paginate splits long lists over several pages. The first keeps the list's
// address and its text; the others stand below it.
func (l *linker) paginate() {
	limit := l.listed()
	for _, p := range slices.Clone(l.pages) {
		if len(p.Items) <= limit || p.Kind == TagIndex || p.Kind == Letters {
			continue
		}
		pager := &Pager{Items: p.Items}
		for from := 0; from < len(pager.Items); from += limit {
			part := p
			if from > 0 {
				part = l.add(p.Kind, nil, p.tree)
				part.Title, part.Name, part.Parent, part.Lang = p.Title, p.Name, p, p.Lang
				part.Address = indexIn(under(folderOf(p.Address), "page"), itoa(len(pager.Pages)+1))
			}
			part.Items = pager.Items[from:min(from+limit, len(pager.Items))]
			part.Pager, part.Number = pager, len(pager.Pages)+1
			pager.Pages = append(pager.Pages, part)
		}
	}
}
