package markdown

import (
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"peppermill/internal/config"
	"peppermill/internal/page"
	"peppermill/internal/source"
)

// FuzzParse looks for text that makes the parser panic, breaks the body's
// parts or lets something through that is not on the allow-list.
func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/*/*.txt")
	for _, file := range files {
		for _, c := range readCases(f, file) {
			f.Add(c.input)
		}
	}
	data, err := os.ReadFile("testdata/xss.txt")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		f.Add(line)
	}
	words := names(f)
	safe, none, all := New(Options{Names: words}), New(Options{RawHTML: config.NoHTML, DefaultLang: "fr"}), New(Options{RawHTML: config.AllHTML})
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<16 || !utf8.ValidString(text) {
			t.Skip("source hands over neither more nor anything but UTF-8")
		}
		for i, path := range []string{"fuzz.md", "fuzz.md", "policies/fuzz.md", "modules/fuzz.md"} {
			p := safe
			if i == 1 {
				p = none
			}
			pg, diags := p.Parse(source.File{Path: path, Data: []byte(text)})
			checkParts(t, pg)
			checkDOM(t, fill(pg))
			if pg.Title == "" || pg.Lang == "" {
				t.Fatalf("title %q, language %q", pg.Title, pg.Lang)
			}
			for _, d := range diags {
				if d.Rule == "" || d.Message == "" || d.Pos.Line < 1 || d.Pos.Column < 1 {
					t.Fatalf("finding %+v", d)
				}
			}
			checkEditions(t, pg)
		}
		pg, _ := all.Parse(source.File{Path: "fuzz.md", Data: []byte(text)})
		checkParts(t, pg)
	})
}

// checkEditions tests that the public edition, which is the body without its
// staff parts, is whole HTML too.
func checkEditions(t *testing.T, pg *page.Page) {
	var public []page.Part
	depth := 0
	for _, p := range partsOf(pg) {
		switch p.Hole {
		case page.StaffOpen:
			depth++
		case page.StaffClose:
			depth--
		default:
			if depth == 0 {
				public = append(public, p)
			}
		}
	}
	checkDOM(t, fillWith(pg, public, html.EscapeString))
}
