// Package config is the settings: site.yaml, _data and _profiles become closed
// values that every later room only reads.
//
// In: the bytes of those files, as [source] scanned them. Out: a [Config] with
// every default filled in, and findings for what is unknown ("did you mean")
// or wrong. It never reads a file itself and knows nothing of pages.
//
// Start at [Config], then [Load].
package config

import (
	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// Config is one site's settings. The zero value of each field is what a site
// gets that does not say otherwise, unless its comment names a default.
type Config struct {
	Title   page.Text // default: "Playbook"
	Tagline page.Text
	BaseURL string // absolute, ending in "/"; "" when the site has no address yet
	Lang    string // BCP 47; default "en"

	// Languages are the folders at the top of the source that hold a language
	// of their own, besides Lang at the root. Empty for a site in one language.
	Languages []Language

	Edition page.Visibility // Public unless the site says staff
	Brand   Brand
	EditURL string // where a page's source can be edited; the path is appended
	Contact string // whom a reader may ask: "mailto:…" or http(s); "" for nobody
	Logo    string // source path of an image

	RawHTML    RawHTML // default SafeHTML
	PlainMarks bool    // straight quotes and dashes stay as typed

	Backlinks bool // show "Pages that link here"
	Related   bool // show related pages; default true
	Listed    int  // entries a list page holds before it is split; default 50

	PrintPages int  // pages a document for paper may hold; default 300, 0 makes none
	WordPages  int  // pages that have a Word file by their type; with more, only those that ask; default 500, 0 makes none
	CardPages  int  // with more pages than these that have steps, none has a wall card; default 500, 0 makes none
	Overview   bool // show what the whole playbook says at a glance; default true

	GlossaryLinks bool // link words to the pages that explain them; default true

	Comments Comments
	Threads  map[string]Thread // _data/comments, by the path below it without its ending

	Ignore []string     // path patterns (path.Match, "dir/**") that are not part of the site
	Rules  []RuleChange // in the order of the settings

	Params  page.Value        // the site's own parameters, for templates
	Data    page.Value        // a map: _data/a/b.yaml is Data.a.b
	Words   Words             // interface words that the site replaces
	TagInfo map[string]Term   // _data/tags.yaml, by folded name
	People  map[string]Term   // _data/authors.yaml, by folded name
	Values  map[string]string // the chosen profile's values, by blank name
	Profile string            // the chosen profile's name, or ""

	Facts    map[string]page.Fact // _data/facts.yaml, by each name of a blank
	Profiled map[string]bool      // names of blanks that any profile has a value for

	Synonyms map[string][]Synonym // _data/synonyms, by language; "" for all
}

// RuleChange is a rule whose class the site changes.
type RuleChange struct {
	Name  string
	Class diag.Class
	Pos   diag.Pos // of the name
}

// RawHTML says what becomes of HTML in Markdown.
type RawHTML uint8

const (
	SafeHTML RawHTML = iota // a short list of harmless elements, the rest is shown escaped
	NoHTML                  // all is shown escaped
	AllHTML                 // passed through: the site trusts its authors
)

// Language is a folder that holds another language.
type Language struct {
	Code   string // BCP 47, for lang attributes
	Folder string // first element of the source path, and of the address
	Name   string // in that language
}

// Brand is what makes the theme a client's own.
type Brand struct {
	Color  string // #rrggbb, or "" for the theme's own
	Accent string // #rrggbb
	Font   string // a family name, or a woff2 file in the source

	ColorPos, AccentPos diag.Pos // where the colours are written
}

// Term describes a tag or a person beyond its name.
type Term struct {
	Name        string
	Description string
	URL         string
	Aliases     []string
}

// Words are the interface's words: language, then key, then text.
type Words map[string]map[string]string

// Word returns the text of key in the language, in its base language, or in
// English; a key that nobody knows is its own text.
func (w Words) Word(lang, key string) string {
	for {
		if text, ok := w[lang][key]; ok {
			return text
		}
		cut := lastDash(lang)
		if cut < 0 {
			break
		}
		lang = lang[:cut]
	}
	if text, ok := w["en"][key]; ok {
		return text
	}
	return key
}

func lastDash(s string) int {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '-' {
			return i
		}
	}
	return -1
}
