package markdown

import (
	"fmt"
	"testing"

	"peppermill/internal/page"
	"peppermill/internal/source"
)

// TestPlainTextsHaveRealMarks holds that titles, summaries and the outline are
// set as the text below them is.
func TestPlainTextsHaveRealMarks(t *testing.T) {
	for _, c := range []struct{ text, title, link, summary, heading string }{
		{"---\ntitle: \"Don't say \\\"no\\\"\"\nlink_title: Don't\ndescription: 'Wait... 9--17, \"%{a--b}\" \\%{c--d}'\n---\n## Sam's \"no\"\n", "Don’t say “no”", "Don’t", `Wait… 9–17, “%{a--b}” \%{c--d}`, "Sam’s “no”"},
		{"# Don't `say \"x\"`\n\nRun `x --\"y\"`, don't.\n\n## It's `\"y\"`\n", `Don't say "x"`, "", `Run x --"y", don't.`, `It's "y"`},
		{"It's \"here\" -- now\n\n## Plain\n", "It’s “here” – now", "", "It’s “here” – now", "Plain"},
		{"---\ntitle: Don't\n---\n# Don't\n\n## 'a' b\n", "Don’t", "", "", "‘a’ b"},
		{"---\nlang: de\ntitle: Wir sagen \"nein\"\n---\n## x", "Wir sagen „nein“", "", "", "x"},
		{"---\ntitle: '5\" and <b> &amp; \\\"'\n---\n## x", `5" and <b> &amp; \"`, "", "", "x"},
	} {
		pg, _ := New(Options{}).Parse(source.File{Path: "a.md", Data: []byte(c.text)})
		last := page.Heading{}
		if n := len(pg.Headings); n > 0 {
			last = pg.Headings[n-1]
		}
		got := fmt.Sprintf("%s|%s|%s|%s", pg.Title, pg.Meta.LinkTitle, pg.Summary, last.Text)
		if want := c.title + "|" + c.link + "|" + c.summary + "|" + c.heading; got != want {
			t.Errorf("%q:\n got %s\nwant %s", c.text, got, want)
		}
		pg, _ = New(Options{PlainMarks: true}).Parse(source.File{Path: "a.md", Data: []byte("---\ntitle: Don't\n---\n")})
		if pg.Title != "Don't" {
			t.Errorf("as typed: %s", pg.Title)
		}
	}
	pg, _ := New(Options{}).Parse(source.File{Path: "a.md", Data: []byte("---\ntitle: Don't\n---\n# Don't\n\n## Sam's\n")})
	if !pg.HideH1 || pg.Headings[1].ID != "sams" {
		t.Error("marks changed more than the look", pg.HideH1, pg.Headings)
	}
}
