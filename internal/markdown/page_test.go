package markdown

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"

	"peppermill/internal/page"
	"peppermill/internal/source"
)

func TestTitlesAndSummaries(t *testing.T) {
	long := strings.Repeat("word ", 60)
	for _, c := range []struct {
		path, text     string
		title, summary page.Text
		hide           bool
	}{
		{"a/late-deliveries.md", "---\ntitle: Late\n---\nFirst paragraph.\n", "Late", "First paragraph.", false},
		{"a/x.md", "---\ntitle: \" Late  Deliveries\"\n---\n# late deliveries\n\nText.", "Late  Deliveries", "Text.", true},
		{"a/x.md", "---\ntitle: Late\n---\n# Other\n\nText.", "Late", "Text.", false},
		{"a/x.md", "---\ntitle: Late\n---\nFirst.\n\n# Late\n", "Late", "First.", false},
		{"a/x.md", "# A *b* `c` &amp; %{d}\n\nText.", "A b c & %{d}", "Text.", true},
		{"a/x.md", "Intro.\n\n# Head\n", "Head", "Intro.", true},
		{"a/x.md", ":::staff\n# Secret\n\nHidden.\n:::\nPublic words. More.", "Public words", "Public words. More.", false},
		{"a/x.md", "We ring before the hour. And more.\n", "We ring before the hour", "We ring before the hour. And more.", false},
		{"a/x.md", "Is it late? Yes.\n", "Is it late?", "Is it late? Yes.", false},
		{"a/x.md", "Version 1.5 e.g. is out! Now\n", "Version 1.5 e.g. is out!", "Version 1.5 e.g. is out! Now", false},
		{"a/x.md", "我们会打电话。然后\n", "我们会打电话。", "我们会打电话。然后", false},
		{"a/x.md", long, page.Text(strings.Repeat("word ", 16)[:79] + "…"), page.Text(strings.Repeat("word ", 32)[:159] + "…"), false},
		{"a/late-deliveries.md", "", "Late deliveries", "", false},
		{"a/2024-01-31-our_first-post.md", "", "Our first post", "", false},
		{"care-guides/README.md", "", "Care guides", "", false},
		{"care/_index.md", "", "Care", "", false},
		{"index.md", "", "Index", "", false},
		{"a/x.md", "---\ndescription: Said *so*.\n---\nText.", "Text", "Said *so*.", false},
		{"a/x.md", "> quote\n\n- list\n", "X", "", false},
		{"a/x.md", `A \%{b} %{c} &lt;d&gt;.`, `A \%{b} %{c} <d>`, `A \%{b} %{c} <d>.`, false},
	} {
		pg, _ := New(Options{}).Parse(source.File{Path: c.path, Data: []byte(c.text)})
		if pg.Title != c.title || pg.Summary != c.summary || pg.HideH1 != c.hide {
			t.Errorf("%s %q:\n got %q, %q, %t\nwant %q, %q, %t", c.path, c.text, pg.Title, pg.Summary, pg.HideH1, c.title, c.summary, c.hide)
		}
	}
}

func TestCutNeverCutsABlank(t *testing.T) {
	for limit := 1; limit < 40; limit++ {
		got := cut("some words %{a-rather-long-name} and more words", limit)
		if open := strings.Index(string(got), "%{"); open >= 0 && !strings.Contains(string(got), "%{a-rather-long-name}") {
			t.Errorf("limit %d: %q", limit, got)
		}
	}
}

func TestLanguages(t *testing.T) {
	p := New(Options{DefaultLang: "en-GB", Languages: map[string]string{"de": "de-AT"}})
	for path, want := range map[string]string{"a/b.md": "en-GB", "de/b.md": "de-AT", "de.md": "en-GB"} {
		if pg, _ := p.Parse(source.File{Path: path, Data: []byte(`"a"`)}); pg.Lang != want {
			t.Errorf("%s: %s, want %s", path, pg.Lang, want)
		}
	}
	pg, _ := p.Parse(source.File{Path: "de/b.md", Data: []byte("---\nlang: fr\n---\n\"a\"")})
	if pg.Lang != "fr" || !strings.Contains(pg.Body.Markup, "«") {
		t.Errorf("%s %s", pg.Lang, pg.Body.Markup)
	}
}

// TestPlaces looks whether everything knows the line and column it came from,
// front matter, includes, wide characters and Windows line ends included.
func TestPlaces(t *testing.T) {
	text := "---\ntitle: Pay within %{days}\n---\n\n## Ä [ü](dest.md) %{one}\n\n" +
		"éé ![alt %{two}](pic.png \"t\")\n> - `x` %{three} [r]\n\n[r]: <ref dest.md>\n\n```js\nlet ä = \"%{four}\"\n```\n"
	for _, eol := range []string{"\n", "\r\n"} {
		pg, diags := New(Options{}).Parse(source.File{Path: "p.md", Data: []byte(strings.ReplaceAll(text, "\n", eol))})
		if len(diags) > 0 {
			t.Error(diags)
		}
		var got []string
		for _, h := range pg.Headings {
			got = append(got, fmt.Sprintf("%s %d:%d", h.ID, h.Pos.Line, h.Pos.Column))
		}
		for _, l := range pg.Links {
			got = append(got, fmt.Sprintf("%s %d:%d+%d", l.Dest, l.Pos.Line, l.Pos.Column, l.Width))
		}
		for _, b := range pg.Blanks {
			got = append(got, fmt.Sprintf("%s %d:%d", b.Name, b.Pos.Line, b.Pos.Column))
		}
		want := []string{"ä-ü-one 5:1", "dest.md 5:10+7", "pic.png 7:18+7", "ref dest.md 10:7+11",
			"days 2:19", "one 5:19", "two 7:18", "three 8:9", "four 13:10"}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q\n got %q\nwant %q", eol, got, want)
		}
	}
}

func TestPlacesOfIncludes(t *testing.T) {
	f := source.File{Path: "main.md", Data: []byte("a\n[b](javascript:x)\n[c](d.md)\n"),
		Lines: []source.Origin{{Path: "main.md", Line: 1}, {Path: "part.md", Line: 7}, {Path: "main.md", Line: 3}}}
	pg, diags := New(Options{}).Parse(f)
	if len(diags) != 1 || diags[0].Pos.Path != "part.md" || diags[0].Pos.Line != 7 || diags[0].Pos.Column != 5 {
		t.Errorf("%+v", diags)
	}
	if pg.Links[0].Pos.Path != "main.md" || pg.Links[0].Pos.Line != 3 {
		t.Errorf("%+v", pg.Links)
	}
}

func TestStaffMarks(t *testing.T) {
	pg, _ := parseText(New(Options{}), "# A\n[a](b) %{c} <a id=\"x\"></a>\n\n:::staff\n## S\n[d](e) %{f} ![g %{h}](i.png)\n:::\n[j](k)\n")
	var got []string
	for _, h := range pg.Headings {
		got = append(got, fmt.Sprint(h.ID, h.Staff))
	}
	for _, l := range pg.Links {
		got = append(got, fmt.Sprint(l.Dest, l.Staff))
	}
	for _, b := range pg.Blanks {
		got = append(got, fmt.Sprint(b.Name, b.Staff))
	}
	want := []string{"a false", "s true", "b false", "e true", "i.png true", "k false", "c false", "f true", "h true"}
	for i := range want {
		want[i] = strings.ReplaceAll(want[i], " ", "")
	}
	for i := range got {
		got[i] = strings.ReplaceAll(got[i], " ", "")
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

func TestAnchors(t *testing.T) {
	pg, _ := parseText(New(Options{}), "<a name=\"setup\"></a>\n## Setup\n\npara\n{#para}\n\n[x](y){#link}\n\n:::say{#box}\na\n:::\n\n## H {#h}\n\n:::staff\n<a id=\"in\"></a>\n:::\n")
	if want := []page.Anchor{{ID: "setup"}, {ID: "para"}, {ID: "link"}, {ID: "box"}, {ID: "in", Staff: true}}; !reflect.DeepEqual(pg.Anchors, want) {
		t.Errorf("%v, want %v", pg.Anchors, want)
	}
}

func TestWords(t *testing.T) {
	for text, want := range map[string]int{
		"One *two* `three` don't well-known.":       5,
		"# Head\n\n| a | b |\n|---|---|\n| c | d |": 5,
		"我们会打电话":                                    3,
		"Größe सेवा":                                2,
		"```\ncode is not read\n```":                0,
		"[TOC]\n\n## Two words":                     2,
	} {
		if pg, _ := parseText(New(Options{}), text); pg.Words != want {
			t.Errorf("%q: %d words, want %d", text, pg.Words, want)
		}
	}
}

// TestSums looks whether the sums that pages are kept under tell apart what
// can come out differently.
func TestSums(t *testing.T) {
	seen := map[page.Sum]string{}
	for _, o := range []Options{{}, {DefaultLang: "de"}, {PlainMarks: true}, {RawHTML: 1}, {RawHTML: 2},
		{Languages: map[string]string{"a": "b"}}, {Languages: map[string]string{"a": "c"}}} {
		name := fmt.Sprintf("%+v", o)
		if other, ok := seen[o.Sum()]; ok {
			t.Errorf("%s and %s have one sum", name, other)
		}
		seen[o.Sum()] = name
		if again := New(o).Sum(); again != o.Sum() {
			t.Errorf("%s: the sum changes", name)
		}
	}
	p := New(Options{})
	a, _ := p.Parse(source.File{Path: "a.md", Sum: page.Sum{1}})
	b, _ := p.Parse(source.File{Path: "b.md", Sum: page.Sum{1}})
	c, _ := p.Parse(source.File{Path: "a.md", Sum: page.Sum{2}})
	if a.Sum == b.Sum || a.Sum == c.Sum {
		t.Error("path or text is not in the page's sum")
	}
}

// TestTogether parses in many goroutines what one has parsed before; run with
// -race it also shows that lexers can be shared.
func TestTogether(t *testing.T) {
	var text strings.Builder
	for _, lang := range []string{"go", "html", "php", "bash", "yaml", "js", "css", "markdown", "diff", "sql"} {
		text.WriteString("## " + lang + "\n```" + lang + "\n<p class=\"a\">if x { y } # z\n```\n[a](b) %{c}\n\n")
	}
	want, _ := parseText(New(Options{}), text.String())
	p := New(Options{})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 5 {
				if got, _ := parseText(p, text.String()); !reflect.DeepEqual(got, want) {
					t.Error("another page than alone")
				}
			}
		})
	}
	wg.Wait()
}

// TestEnvelope looks whether front matter gets where it belongs and a page
// whose front matter cannot be read is withheld.
func TestEnvelope(t *testing.T) {
	pg, _ := parseText(New(Options{}), "---\ntitle: T\ndraft: true\ntags: [a]\n---\n# H\n")
	if pg.Meta.Title != "T" || !pg.Meta.Draft || len(pg.Meta.Tags) != 1 || pg.Broken || len(pg.Headings) != 1 || pg.Headings[0].Pos.Line != 6 {
		t.Errorf("%+v", pg)
	}
	if pg, found := parseText(New(Options{}), "---\ntitle: T\ndraft: true\n\nNever closed\n"); !pg.Broken || len(found) == 0 {
		t.Errorf("broken %t, %q", pg.Broken, found)
	}
}

func TestRules(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		if seen[r.Name] || r.Class == 0 || !strings.HasSuffix(r.About, ".") {
			t.Errorf("%+v", r)
		}
		seen[r.Name] = true
	}
}
