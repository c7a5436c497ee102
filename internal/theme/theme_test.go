package theme

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"peppermill/internal/config"
	"peppermill/internal/diag"
	"peppermill/themes"
)

// with loads the built-in theme under the given files of a site's own.
func with(files map[string]string) Input {
	own := fstest.MapFS{}
	for p, text := range files {
		own[p] = &fstest.MapFile{Data: []byte(text)}
	}
	return Input{Embedded: themes.Default(), EmbeddedName: "themes/default", Override: own, OverrideName: "_theme"}
}

func load(t *testing.T, in Input) *Theme {
	t.Helper()
	th, findings := Load(in)
	for _, d := range findings {
		t.Errorf("%+v", d)
	}
	return th
}

func single(t *testing.T, th *Theme) string {
	t.Helper()
	var b bytes.Buffer
	full := samples(View{})[0]
	if err := th.Execute(&b, "single", full); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func (t *Theme) asset(address string) string {
	for _, a := range t.Assets {
		if a.Address == address {
			return string(a.Data)
		}
	}
	return ""
}

func TestBuiltInTheme(t *testing.T) {
	th := load(t, with(nil))
	for name := range Contract() {
		if !th.Has(name) {
			t.Errorf("no layout %s", name)
		}
	}
	if !regexp.MustCompile(`^assets/site\.[0-9a-f]{8}\.css$`).MatchString(th.Sheet) || th.asset(th.Sheet) == "" {
		t.Errorf("sheet %q", th.Sheet)
	}
	script := th.asset(th.Script)
	if !strings.HasPrefix(script, `"use strict";(()=>{`) && !strings.HasPrefix(script, "(()=>{") {
		t.Errorf("the script is no classic one: %.60s", script)
	}
	if strings.Contains(script, "import") || strings.Contains(script, "export") {
		t.Error("the script is a module")
	}
	if err := th.Execute(&bytes.Buffer{}, "nope", nil); err == nil {
		t.Error("a layout that does not exist ran")
	}
}

// Every word that a layout asks for has an English text.
func TestEveryWordExists(t *testing.T) {
	th := load(t, with(nil))
	words := th.Words["en"]
	n := 0
	err := fs.WalkDir(themes.Default(), "layouts", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(themes.Default(), p)
		for _, m := range regexp.MustCompile(`\.Get "([^"]*)"`).FindAllSubmatch(data, -1) {
			n++
			if words[string(m[1])] == "" {
				t.Errorf("%s: no word %s", p, m[1])
			}
		}
		return err
	})
	if err != nil || n < 15 {
		t.Fatalf("%d words, %v", n, err)
	}
	for _, key := range []string{"alert.note", "alert.tip", "alert.important", "alert.warning", "alert.caution", "say", "avoid", "staff", "details", "tab", "toc", "table", "footnotes", "footnote.back", "home", "not-found", "tags", "authors", "archive", "series", "blank", "part", "sidebar.all", "date.form"} {
		if words[key] == "" {
			t.Errorf("no word %s", key)
		}
	}
}

// A second language is complete: it has every English word, none more, and
// the same numbers to fill in.
func TestLanguagesAreComplete(t *testing.T) {
	th := load(t, with(nil))
	if len(th.Words) < 2 {
		t.Fatal("there is no second language")
	}
	fill := regexp.MustCompile(`\{[a-z]+\}`)
	for lang, words := range th.Words {
		for key, text := range th.Words["en"] {
			if words[key] == "" {
				t.Errorf("%s: no word %s", lang, key)
				continue
			}
			want, got := fill.FindAllString(text, -1), fill.FindAllString(words[key], -1)
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(want, got) {
				t.Errorf("%s: %s fills in %v, English %v", lang, key, got, want)
			}
		}
		for key := range words {
			if _, ok := th.Words["en"][key]; !ok {
				t.Errorf("%s: the word %s is nowhere asked for", lang, key)
			}
		}
	}
}

func TestOverrideByTheSamePath(t *testing.T) {
	th := load(t, with(map[string]string{
		"layouts/partials/head.html": `<meta name="own" content="{{.Page.Title}}">`,
		"layouts/types/policy.html":  `{{define "main"}}POLICY {{.Page.Title}}{{end}}`,
		"layouts/pieces/footer.html": `<footer>own</footer>`,
		"custom.css":                 `.own { color: red; background: url(assets/img/paper.png) }`,
		"assets/js/trim.js":          `export function trimAddresses() { window.ownTrim = 1 }`,
		"assets/img/paper.png":       "PNG",
		"ui/en.yaml":                 "skip: Jump over\n",
		"ui/fr.yaml":                 "skip: Aller au contenu\nalert:\n  note: Remarque\n",
	}))
	if out := single(t, th); !strings.Contains(out, `<meta name="own" content="sample">`) {
		t.Error("the head slot is not in the page")
	}
	var b bytes.Buffer
	if err := th.Execute(&b, "types/policy", samples(View{})[0]); err != nil || !strings.Contains(b.String(), "POLICY sample") || !strings.Contains(b.String(), "<!DOCTYPE html>") {
		t.Errorf("own layout: %v %s", err, b.String())
	}
	sheet := th.asset(th.Sheet)
	if i := strings.Index(sheet, ".own{"); i < 0 || i < strings.LastIndex(sheet, ".table{") || !strings.Contains(sheet, `url(./img/paper.png)`) {
		t.Errorf("custom.css is not at the end of the sheet, or its picture is lost: %q", sheet[max(0, len(sheet)-200):])
	}
	if !strings.Contains(th.asset(th.Script), "ownTrim") || !strings.Contains(th.asset(th.Script), "clipboard") {
		t.Error("the own script is not in the bundle, or the rest of it is not")
	}
	if th.asset("assets/img/paper.png") != "PNG" {
		t.Error("the picture is not copied")
	}
	for _, c := range [][3]string{{"en", "skip", "Jump over"}, {"en", "prev", "Previous"}, {"fr", "skip", "Aller au contenu"}, {"fr", "alert.note", "Remarque"}, {"fr", "prev", "Previous"}} {
		if got := th.Words.Word(c[0], c[1]); got != c[2] {
			t.Errorf("%s %s is %q", c[0], c[1], got)
		}
	}
}

func TestBrokenFilesOfASite(t *testing.T) {
	plain := single(t, load(t, with(nil)))
	for _, c := range []struct {
		name, path, text string
		line, column     int
		width            int
		message, hint    string
	}{
		{"wrong field", "layouts/single.html", "{{define \"main\"}}\n<p>é {{.Page.Titel}}</p>{{end}}", 2, 13, 6, "Page has no field “Titel”", "did you mean “Title”?"},
		{"wrong top field", "layouts/single.html", "{{define \"main\"}}{{.Pgae.Title}}{{end}}", 1, 20, 5, "View has no field “Pgae”", "did you mean “Page”?"},
		{"field inside range", "layouts/single.html", "{{define \"main\"}}{{range .Page.Tags}}\n{{.Nmae}}{{end}}{{end}}", 2, 3, 5, "Link has no field “Nmae”", "did you mean “Name”?"},
		{"field of a text", "layouts/single.html", "{{define \"main\"}}{{.Page.Title.Short}}{{end}}", 1, 31, 6, "this value has no field", "a text, a number or a list has no fields"},
		{"wrong function", "layouts/single.html", "{{define \"main\"}}\n\n  {{lowr .Page.Title}}{{end}}", 3, 5, 4, "there is no function “lowr”", "did you mean “lower”?"},
		{"wrong partial", "layouts/single.html", "{{define \"main\"}}{{template \"partials/titel.html\" .}}{{end}}", 1, 30, 19, "there is no template “partials/titel.html”", "did you mean “partials/title.html”?"},
		{"no end", "layouts/single.html", "{{define \"main\"}}{{if .Page.Title}}x{{end}}", 1, 1, 1, "ends before something is closed", "every if"},
		{"too many ends", "layouts/single.html", "{{define \"main\"}}x{{end}}\n{{end}}", 2, 1, 1, "closes nothing", "remove it"},
		{"unclosed action", "layouts/single.html", "{{define \"main\"}}\n{{.Page.Title\n</p>{{end}}", 3, 1, 1, "is not", ""},
		{"undefined variable", "layouts/single.html", "{{define \"main\"}}{{$x}}{{end}}", 1, 20, 2, "the variable $x is not set", "set it first"},
		{"broken HTML", "layouts/single.html", "{{define \"main\"}}<p class=\"{{if .Page.Title}}a\"{{end}}>x</p>{{end}}", 1, 0, 0, "HTML around this place", "close it"},
		{"broken partial", "layouts/partials/facts.html", "{{.Page.Titl}}", 1, 8, 5, "Page has no field “Titl”", "did you mean “Title”?"},
		{"broken piece", "layouts/pieces/sidebar-item.html", "{{.Lnk.Name}}", 1, 3, 4, "SidebarItem has no field “Lnk”", "did you mean “Link”?"},
		{"broken frame", "layouts/base.html", "<html>{{.Page.Contents}}</html>", 1, 14, 9, "Page has no field “Contents”", "did you mean “Content”?"},
		{"broken script", "assets/js/copy.js", "export function addCopyButtons( {\n  let é = ;\n}", 2, 7, 1, "expected", ""},
		{"missing import", "assets/js/site.js", "import \"./trim\";", 1, 8, 8, "there is no file “assets/js/trim”", "did you mean “assets/js/trim.js”?"},
		{"missing picture", "custom.css", "a { background: url(assets/nope.png) }", 1, 17, 20, "there is no file “assets/nope.png”", ""},
		{"broken words", "ui/en.yaml", "skip: \"Jump\nprev: x", 0, 0, 0, "", ""},
		{"list of words", "ui/en.yaml", "skip: [a, b]", 1, 7, 0, "a list is no word", "key: text"},
	} {
		th, findings := Load(with(map[string]string{c.path: c.text}))
		if len(findings) != 1 {
			t.Errorf("%s: %d findings: %+v", c.name, len(findings), findings)
			continue
		}
		d := findings[0]
		if d.Pos.Path != "_theme/"+c.path || d.Class == diag.Tip || d.Rule == "" {
			t.Errorf("%s: %+v", c.name, d)
		}
		if c.line > 0 && d.Pos.Line != c.line || c.column > 0 && d.Pos.Column != c.column || c.width > 0 && d.Width != c.width {
			t.Errorf("%s: at %d:%d width %d, want %d:%d width %d", c.name, d.Pos.Line, d.Pos.Column, d.Width, c.line, c.column, c.width)
		}
		if lines := strings.Split(c.text, "\n"); c.line > 0 && d.Excerpt != lines[c.line-1] {
			t.Errorf("%s: excerpt %q", c.name, d.Excerpt)
		}
		if !strings.Contains(d.Message, c.message) || !strings.Contains(d.Hint, c.hint) {
			t.Errorf("%s: %q, hint %q", c.name, d.Message, d.Hint)
		}
		if single(t, th) != plain {
			t.Errorf("%s: the built-in layout is not back", c.name)
		}
		if th.asset(th.Script) == "" || th.asset(th.Sheet) == "" {
			t.Errorf("%s: no script or sheet", c.name)
		}
	}
}

// Nobody knows what a site's own parameters hold before there is a page, so a
// layout that uses them is not wrong; a page that has them otherwise is told.
func TestOwnParameters(t *testing.T) {
	th := load(t, with(map[string]string{"layouts/single.html": `{{define "main"}}{{.Page.Params.shop.city}}|{{.Page.Params.nope}}|{{join ", " .Page.Params.list}}{{end}}`}))
	view := View{Page: Page{Params: map[string]any{"shop": map[string]any{"city": "<Leeds>"}, "list": []any{"a", "b"}}}}
	var b bytes.Buffer
	if err := th.Execute(&b, "single", view); err != nil || !strings.Contains(b.String(), "&lt;Leeds&gt;||a, b") {
		t.Errorf("%v %s", err, b.String())
	}
	view.Page.Params = map[string]any{"shop": "Leeds"}
	err := th.Execute(&b, "single", view)
	var wrong *Error
	if !errors.As(err, &wrong) || !strings.HasPrefix(err.Error(), "_theme/layouts/single.html:1:") {
		t.Fatalf("a text has no city: %v", err)
	}
	d := wrong.Finding
	if d.Pos.Path != "_theme/layouts/single.html" || d.Pos.Line != 1 || d.Excerpt == "" || !strings.Contains(d.Message, "city") {
		t.Errorf("%+v", d)
	}
}

func TestStrangeFolder(t *testing.T) {
	_, findings := Load(with(map[string]string{"layout/single.html": "x", "README.md": "x", ".git/x": "x"}))
	if len(findings) != 1 || findings[0].Class != diag.Tip || !strings.Contains(findings[0].Hint, "layouts") {
		t.Errorf("%+v", findings)
	}
}

func TestThirdPartyIsPointedOut(t *testing.T) {
	_, findings := Load(with(map[string]string{"custom.css": `@import "https://example.com/x.css";`}))
	if len(findings) != 1 || findings[0].Class != diag.Tip || !strings.Contains(findings[0].Message, "example.com") {
		t.Errorf("%+v", findings)
	}
}

func TestFingerprintsFollowTheContents(t *testing.T) {
	a, b := load(t, with(nil)), load(t, with(nil))
	if a.Sum != b.Sum || a.Sheet != b.Sheet || a.Script != b.Script {
		t.Error("the same theme has two sums")
	}
	css := load(t, with(map[string]string{"custom.css": "b{color:red}"}))
	if css.Sheet == a.Sheet || css.Script != a.Script || css.Sum == a.Sum {
		t.Error("a rule more: the sheet's name must change, and only that")
	}
	spaces := load(t, with(map[string]string{"custom.css": "/* nothing */"}))
	if spaces.Sheet != a.Sheet {
		t.Error("a comment changed the sheet's name")
	}
	layout := load(t, with(map[string]string{"layouts/partials/head.html": "x"}))
	if layout.Sheet != a.Sheet || layout.Sum == a.Sum {
		t.Error("a layout must change the sum and no asset")
	}
	words := load(t, with(map[string]string{"ui/en.yaml": "skip: Jump"}))
	if words.Sum == a.Sum {
		t.Error("a word must change the sum")
	}
}

func TestPreviousIsReused(t *testing.T) {
	broken := with(map[string]string{"layouts/single.html": "{{.Titel}}"})
	first, findings := Load(broken)
	broken.Previous = first
	second, again := Load(broken)
	if second != first || len(findings) != 1 || len(again) != 1 || findings[0] != again[0] {
		t.Errorf("%v %v", findings, again)
	}
	mended := with(nil)
	mended.Previous = first
	if third, findings := Load(mended); third == first || len(findings) > 0 {
		t.Errorf("%v", findings)
	}
}

func TestGeneratedFiles(t *testing.T) {
	in := with(map[string]string{"custom.css": ".last{color:red}"})
	in.Generated = map[string][]byte{"css/highlight.css": []byte(".chroma .k { color: navy }"), "data/x.json": []byte("{}")}
	th := load(t, in)
	sheet := th.asset(th.Sheet)
	if i := strings.Index(sheet, ".chroma .k"); i < 0 || i > strings.Index(sheet, ".last{") {
		t.Error("the generated sheet is not in the bundle, before custom.css")
	}
	if th.asset("assets/data/x.json") != "{}" || th.asset("assets/css/highlight.css") != "" {
		t.Error("assets")
	}
}

func TestBrand(t *testing.T) {
	in := with(nil)
	in.Brand = config.Brand{Color: "#ffff00", Accent: "#123456", Font: `Own "Face"`}
	th, findings := Load(in)
	if len(findings) != 1 || findings[0].Class != diag.Tip || !strings.Contains(findings[0].Message, "#ffff00") {
		t.Errorf("%+v", findings)
	}
	if sheet := th.asset(th.Sheet); !strings.Contains(sheet, "#123456") || !strings.Contains(sheet, `Own "Face"`) {
		t.Errorf("%s", sheet)
	}
	in.Brand, in.Font = config.Brand{Font: "fonts/own.woff2"}, []byte("wOF2")
	th = load(t, in)
	m := regexp.MustCompile(`url\(\./(fonts/brand\.[0-9a-f]{8}\.woff2)\)`).FindStringSubmatch(th.asset(th.Sheet))
	if m == nil || th.asset("assets/"+m[1]) != "wOF2" {
		t.Errorf("font: %v", m)
	}
}

func TestReadableColours(t *testing.T) {
	day, _ := parseColor(dayWash)
	night, _ := parseColor(nightWash)
	for _, c := range []string{"#ffff00", "#ffffff", "#000000", "#ff0000", "#0000ff", "#00ff00", "#808080", "#fbf8f2", "#1b1916", "#ffc0cb"} {
		brand, ok := parseColor(c)
		if !ok {
			t.Fatal(c)
		}
		for _, paper := range []color{day, night} {
			if got := brand.readableOn(paper); contrast(got, paper) < readable || contrast(got, got.inkOn()) < readable {
				t.Errorf("%s on %s: %s has %.2f, words on it %.2f", c, paper, got, contrast(got, paper), contrast(got, got.inkOn()))
			}
		}
	}
	for _, bad := range []string{"", "red", "#fff", "#12345g", "123456"} {
		if _, ok := parseColor(bad); ok {
			t.Errorf("%q is a colour", bad)
		}
	}
}

// The theme's own colours can be read, by day and by night.
func TestContrastOfTokens(t *testing.T) {
	data, err := fs.ReadFile(themes.Default(), path.Join("assets", "css", "tokens.css"))
	if err != nil {
		t.Fatal(err)
	}
	day, night, ok := strings.Cut(string(data), "@media screen")
	if !ok {
		t.Fatal("no night")
	}
	for name, part := range map[string]string{"day": day, "night": night} {
		tokens := map[string]color{}
		for _, m := range regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-f]{6});`).FindAllStringSubmatch(part, -1) {
			tokens[m[1]], _ = parseColor(m[2])
		}
		if want, _ := parseColor(map[string]string{"day": dayWash, "night": nightWash}[name]); tokens["wash"] != want {
			t.Errorf("%s: the wash is %s, and brand.go thinks it is %s", name, tokens["wash"], want)
		}
		check := func(a, b string, least float64) {
			if _, ok := tokens[a]; !ok {
				t.Fatalf("%s: no token %s", name, a)
			}
			if c := contrast(tokens[a], tokens[b]); c < least {
				t.Errorf("%s: %s on %s has %.2f, want %.1f", name, a, b, c, least)
			}
		}
		for _, ink := range []string{"ink", "soft", "accent", "accent-2", "good", "attention"} {
			check(ink, "paper", 4.5)
			check(ink, "wash", 4.5)
		}
		check("ink", "mark", 4.5)
		check("ink", "code", 4.5)
		check("ink", "code-mark", 4.5)
		check("on-accent", "accent", 4.5)
		check("edge", "paper", 3)
		check("edge", "wash", 3)
	}
}

func FuzzLayout(f *testing.F) {
	for _, s := range []string{"", "{{", "{{.Page.Titel}}", "{{define \"main\"}}{{end}}", "{{range .Page.Tags}}{{.X}}{{end}}", "<a href='{{.Page.Title}}", "{{template \"x\"}}", "{{/* x", "{{$x := 1}}{{$y}}", "{{call .Page}}", "<script>{{.Page.Params}}</script>", "{{index .Page.Items 9}}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "template") || strings.Contains(text, "block") {
			t.Skip("may call itself for ever, which text/template bounds late")
		}
		tree, _ := readTree(with(map[string]string{"layouts/single.html": text}))
		layouts, findings := loadLayouts(tree)
		if layouts["single"] == nil {
			t.Error("no layout")
		}
		for _, d := range findings {
			if d.Message == "" || d.Hint == "" || d.Rule == "" || d.Pos.Line == 0 {
				t.Errorf("%+v", d)
			}
		}
	})
}
