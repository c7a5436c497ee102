package schema

import (
	"strings"
	"unicode"

	"peppermill/internal/page"
)

// Kind is what a field's value must be.
type Kind uint8

// The kinds of values.
const (
	Text   Kind = iota // a line of text; numbers and dates are text too
	Names              // people: text, a list, or a list of maps with a name
	List               // a list of text, or text with commas
	Date               // a day, with or without a time
	YesNo              // true, yes, on, 1 or their opposites
	Number             // a whole number
	Enum               // one of Values
	Enums              // a list of Values
	Ref                // another page or address
	Refs               // a list of them
	Any                // a structure that other rules look into
	Edges              // references, or names, that are part of the checked graph
)

// Field is one row of the table: a key that the product knows.
type Field struct {
	Name     string
	Kind     Kind
	Synonyms []string // other generators' names, accepted without a word
	Values   []string // for Enum and Enums
	Decides  bool     // decides whether and to whom the page is published
	Of       []string // types of the pages that have it; none: all. Elsewhere the key is the author's own
	To       []string // Ref and Refs: types that it may lead to; none: any
	Person   bool     // Refs: a role or a person, who may have no page
	Secret   bool     // only staff are told
	About    string   // what it is for, in a sentence
}

// name is one spelling of a field.
type name struct {
	field     int // index into envelope
	canonical bool
	written   string
	folded    string
}

// spellings are all names and synonyms; names finds them by folded key, rows
// finds a field by its own name. They are made once and only read.
var (
	spellings = allSpellings()
	names     = bySpelling(func(n name) (string, bool) { return n.folded, true })
	rows      = bySpelling(func(n name) (string, bool) { return n.written, n.canonical })
)

func allSpellings() []name {
	var all []name
	for i, f := range envelope {
		all = append(all, name{i, true, f.Name, fold(f.Name)})
		for _, s := range f.Synonyms {
			all = append(all, name{i, false, s, fold(s)})
		}
	}
	return all
}

func bySpelling(key func(name) (string, bool)) map[string]name {
	all := make(map[string]name, len(spellings))
	for _, n := range spellings {
		if k, ok := key(n); ok {
			all[k] = n
		}
	}
	return all
}

// fold brings a key or word to the form that is compared: lower case, letters
// and digits only. So Draft, publishDate and review-every are all found.
func fold(key string) string {
	for i := 0; i < len(key); i++ {
		if c := key[i]; c < '0' || c > '9' && c < 'a' || c > 'z' {
			return strings.Map(func(r rune) rune {
				if unicode.IsLetter(r) || unicode.IsDigit(r) {
					return unicode.ToLower(r)
				}
				return -1
			}, key)
		}
	}
	return key
}

// Known reports whether a key is a field's name or synonym, or one letter away
// from one that decides who sees the page. It is how front matter is told from
// text that only looks like it.
func Known(key string) bool {
	if n, ok := names[fold(key)]; ok {
		return len(envelope[n.field].Of) == 0
	}
	i, _ := near(key)
	return i >= 0 && envelope[i].Decides
}

// Decides reports whether a key, or one it is a misspelling of, decides who
// sees the page.
func Decides(key string) bool {
	if n, ok := names[fold(key)]; ok {
		return envelope[n.field].Decides
	}
	i, _ := near(key)
	return i >= 0 && envelope[i].Decides
}

// Lookup returns the value of a field in a page's tree by the field's name,
// however the author wrote the key. The field's own name comes before its
// synonyms. The tree itself keeps its keys as written.
func Lookup(tree page.Value, field string) (page.Value, bool) {
	want, known := names[fold(field)]
	var found page.Value
	ok := false
	for _, f := range tree.Fields {
		key := fold(f.Key)
		if !known {
			if key == fold(field) {
				return f.Value, true
			}
			continue
		}
		if n, is := names[key]; is && n.field == want.field {
			if n.canonical {
				return f.Value, true
			}
			if !ok {
				found, ok = f.Value, true
			}
		}
	}
	return found, ok
}

// Spellings returns every field of a page's tree that means the field of that
// name, by its own name or a synonym, in order. Of several, see [Envelope].
func Spellings(tree page.Value, field string) []page.Field {
	want, known := names[fold(field)]
	var out []page.Field
	for _, f := range tree.Fields {
		if n, is := names[fold(f.Key)]; known && is && n.field == want.field {
			out = append(out, f)
		}
	}
	return out
}
