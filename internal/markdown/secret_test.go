package markdown

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"peppermill/internal/page"
)

// TestStaffPartLeavesNoTrace puts a part for staff before every text of the
// cases, one that holds the very same text: each heading, footnote, address and
// abbreviation of it is there twice. What the public sees is that of the text alone.
func TestStaffPartLeavesNoTrace(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	tried, skipped := 0, 0
	for _, file := range files {
		for _, c := range readCases(t, file) {
			if ownID.MatchString(c.input) || strings.HasPrefix(c.input, "---") {
				continue // an identifier that is written out can only be had once, and a finding says so
			}
			p := New(optionsOf(c.name))
			fence := strings.Repeat(":", 30)
			tried++
			before, found := parseText(p, fence+"staff\n"+c.input+"\n"+fence+"\n\n"+c.input)
			if trouble := strings.Join(found, "\n"); strings.Contains(trouble, "never closed") || strings.Contains(trouble, "closes no block") || strings.Contains(trouble, "more than") {
				skipped++ // the part swallows what follows
				continue
			}
			alone, _ := parseText(p, c.input)
			if got, want := publicOf(before), publicOf(alone); got != want {
				t.Errorf("%s %s:\n%s\ngot:\n%s\nwant:\n%s", filepath.Base(file), c.name, c.input, got, want)
			}
			if len(before.StaffParts) == 0 {
				t.Errorf("%s %s: nobody knows of the part", filepath.Base(file), c.name)
			}
		}
	}
	if tried < 80 || skipped > tried/3 {
		t.Errorf("%d cases, %d of them skipped", tried, skipped)
	}
}

var ownID = regexp.MustCompile(`\{[^}\n]*#|id=`)

var reRef = regexp.MustCompile(`\{\{(link|title|image) \d+`)

// publicOf is all that a public edition shows of a page.
func publicOf(pg *page.Page) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title %q, summary %q, own title %v\n", pg.Title, pg.Summary, pg.HideH1)
	for _, h := range pg.Headings {
		if !h.Staff {
			fmt.Fprintf(&b, "heading %d #%s %q\n", h.Level, h.ID, h.Text)
		}
	}
	for _, a := range pg.Anchors {
		if !a.Staff {
			fmt.Fprintf(&b, "anchor #%s\n", a.ID)
		}
	}
	for _, l := range pg.Links {
		if !l.Staff {
			fmt.Fprintf(&b, "link %s %q\n", l.Dest, l.Title)
		}
	}
	text := dump(pg)
	for {
		open, rest, found := strings.Cut(text, "{{staff}}")
		b.WriteString(reRef.ReplaceAllString(open, "{{$1"))
		if !found {
			return strings.TrimSpace(b.String())
		}
		_, text, _ = strings.Cut(rest, "{{/staff}}")
	}
}

// TestNothingOfStaffBecomesASummary is about text after a part that is never
// closed: it stands outside of the part's own block, and is withheld with it.
func TestNothingOfStaffBecomesASummary(t *testing.T) {
	pg, _ := parseText(New(Options{}), "> :::staff\n> inside\n\nsecret words\n\n# Secret title\n")
	if pg.Summary != "" || pg.Title != "Page" {
		t.Errorf("summary %q, title %q", pg.Summary, pg.Title)
	}
}

// TestRowForStaff is about a row of front matter that says it is for staff: it
// goes alone, whether or not it is one of the changes.
func TestRowForStaff(t *testing.T) {
	text := `---
type: policy
promises:
  - {promise: secret one, visibility: staff}
  - {promise: open}
changes:
  - {version: "1.1", summary: secret three, visibility: Staff}
  - {version: "1.0", summary: shown}
---
We promise.
`
	for want, text := range map[string]string{"secret": text, "": strings.NewReplacer(", visibility: staff", "", ", visibility: Staff", "").Replace(text)} {
		pg, _ := parseText(New(Options{Names: names(t)}), text)
		public := publicOf(pg)
		for _, c := range pg.Meta.Control.Changes {
			if !c.Staff {
				public += string(c.Summary)
			}
		}
		if hidden := !strings.Contains(public, "secret"); hidden != (want != "") || !strings.Contains(public, "shown") || !strings.Contains(public, "open") || !strings.Contains(dump(pg), "secret one") {
			t.Errorf("hidden %v:\n%s\n%s", hidden, public, dump(pg))
		}
	}
}
