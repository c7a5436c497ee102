package theme

import (
	"crypto/sha256"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"slices"

	"peppermill/internal/config"
	"peppermill/internal/diag"
)

// Input is everything that a theme is made from.
type Input struct {
	Embedded     fs.FS
	EmbeddedName string // what findings call it, such as "themes/default"
	Override     fs.FS  // the site's own theme; nil without one
	OverrideName string // what findings call it, such as "_theme"

	// Generated are asset files that other rooms make, by path below assets/:
	// sheets (*.css) are bundled in, everything else is copied.
	Generated map[string][]byte

	Brand config.Brand
	Font  []byte // the woff2 file that Brand.Font names; nil for a family name

	// Previous is the theme of the last run. When nothing changed it is
	// returned again, with its findings.
	Previous *Theme
}

// Theme is a theme, ready to wear. It is immutable and safe for concurrent use.
type Theme struct {
	Sum    [32]byte // of everything below
	Words  config.Words
	Assets []Asset // sorted by address
	Sheet  string  // address of the bundled sheet, "assets/site.1a2b3c4d.css"
	Script string  // address of the bundled script
	// DocumentSheet and DocumentScript are what documents, forms and reports need
	// beside these, and articles do not.
	DocumentSheet, DocumentScript string
	// SearchSheet is the look of the search, fetched with its script.
	SearchSheet string
	// WordScript is the address of the script that fills in files for Word.
	WordScript string

	search   []byte                        // the search's script, before anybody gives it words
	blanks   []byte                        // the script of pages with blanks, likewise
	layouts  map[string]*template.Template // what Execute runs, by layout name
	tree     *tree
	input    [32]byte
	findings diag.List
}

// Asset is one file that every build of the site contains.
type Asset struct {
	Address string // path in the output, "assets/site.1a2b3c4d.css"
	Data    []byte
}

// Key is a hash of the contents.
func (a Asset) Key() [32]byte { return sha256.Sum256(a.Data) }

// WriteTo writes the contents.
func (a Asset) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write(a.Data)
	return int64(n), err
}

// The rules that this room reports by.
const (
	ruleRead     = "theme-unreadable"
	ruleFolder   = "theme-folder"
	ruleTemplate = "theme-template"
	ruleAsset    = "theme-asset"
	ruleStyle    = "theme-style"
	ruleWords    = "theme-words"
	ruleBrand    = "theme-brand"
)

// Rules is this room's part of the rule book.
func Rules() []diag.Rule {
	return []diag.Rule{
		{Name: ruleRead, Class: diag.Fix, About: "A file of the site's theme cannot be read."},
		{Name: ruleFolder, Class: diag.Tip, About: "A folder of the site's theme has a name that no part of a theme has."},
		{Name: ruleTemplate, Class: diag.Fix, About: "A layout does not parse, or names something that does not exist."},
		{Name: ruleAsset, Class: diag.Fix, About: "A script or a sheet of the theme cannot be bundled."},
		{Name: ruleStyle, Class: diag.Tip, About: "A script or a sheet of the theme has something odd in it."},
		{Name: ruleWords, Class: diag.Fix, About: "A file of interface words cannot be understood."},
		{Name: ruleBrand, Class: diag.Tip, About: "A brand colour was not readable on the page and was changed."},
	}
}

// Load makes the theme. It returns one whatever the site's own files hold:
// a broken file is a finding, and the built-in file takes its place.
func Load(in Input) (*Theme, diag.List) {
	tree, findings := readTree(in)
	input := tree.sumInput(in)
	if in.Previous != nil && in.Previous.input == input {
		return in.Previous, slices.Clone(in.Previous.findings)
	}
	t := &Theme{tree: tree, input: input}
	var more diag.List
	t.Words, more = loadWords(tree)
	findings = append(findings, more...)
	more = t.loadAssets(in)
	findings = append(findings, more...)
	t.layouts, more = loadLayouts(tree)
	findings = append(findings, more...)
	t.Sum = t.sum()
	findings.Excerpts(tree.lines)
	t.findings = findings.Sort()
	return t, slices.Clone(t.findings)
}

// Has reports whether the theme has a layout of that name, such as "single" or
// "types/policy".
func (t *Theme) Has(layout string) bool { return t.layouts[layout] != nil }

// Execute runs a layout on a value of the type that Contract names for it. It
// fails with an *Error, on layouts of a site's own that not every page's values
// fit; w may have received a part by then.
func (t *Theme) Execute(w io.Writer, layout string, value any) error {
	l := t.layouts[layout]
	if l == nil {
		return &Error{diag.Diagnostic{Rule: ruleTemplate, Class: diag.Fix,
			Message: "the theme has no layout " + quote(layout), Hint: "add layouts/" + layout + ending + " to the site's theme"}}
	}
	if err := l.Execute(w, value); err != nil {
		return &Error{t.tree.fault(err, layout+ending, nil).finding}
	}
	return nil
}

// sum hashes what pages can get from the theme: layouts, words and assets.
func (t *Theme) sum() [32]byte {
	h := sha256.New()
	put := func(kind, name string, data []byte) {
		one := sha256.Sum256(data)
		h.Write([]byte(kind + "\x00" + name + "\x00"))
		h.Write(one[:])
	}
	for _, p := range t.tree.under("layouts/") {
		put("layout", p, t.tree.files[p].data)
	}
	for _, lang := range slices.Sorted(maps.Keys(t.Words)) {
		for _, key := range slices.Sorted(maps.Keys(t.Words[lang])) {
			put("word", lang+"\x00"+key, []byte(t.Words[lang][key]))
		}
	}
	for _, a := range t.Assets {
		put("asset", a.Address, a.Data)
	}
	put("search", searchEntry, t.search)
	put("blanks", blanksEntry, t.blanks)
	return [32]byte(h.Sum(nil))
}
