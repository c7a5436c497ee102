package site

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

func TestSlug(t *testing.T) {
	for _, c := range []struct{ name, lang, want string }{
		{"late-deliveries", "en", "late-deliveries"},
		{"Late Deliveries", "en", "late-deliveries"},
		{"2020-01-31-some-title", "en", "2020-01-31-some-title"},
		{"01-intro", "en", "01-intro"},
		{"post_mortem_process", "en", "post_mortem_process"},
		{"v2.0", "en", "v2.0"},
		{"C++ & C#", "en", "c++-c"},
		{"what?! (really)", "en", "what-really"},
		{"Don't", "en", "dont"},
		{"a  --  b", "en", "a-b"},
		{"..hidden", "en", "hidden"},
		{"dot.", "en", "dot"},
		{"café", "fr", "cafe"},
		{"cafe\u0301", "fr", "cafe"},
		{"Ærø Ål", "en", "aero-al"},
		{"Größe Übung Äpfel", "de", "groesse-uebung-aepfel"},
		{"Größe Übung Äpfel", "en", "grosse-ubung-apfel"},
		{"Größe", "de-AT", "groesse"},
		{"Smørrebrød på Åen", "da", "smoerrebroed-paa-aaen"},
		{"Kött och ägg på ön", "sv", "kott-och-agg-pa-on"},
		{"IŞIK İçin ısı", "tr", "isik-icin-isi"},
		{"Łódź", "pl", "lodz"},
		{"Đường phố", "vi", "duong-pho"},
		{"ﬁle Ａ ½ x²", "en", "file-a-1-2-x2"},
		{"お客様 対応", "ja", "お客様-対応"},
		{"ΟΔΟΣ", "el", "οδος"},
		{"हिन्दी", "hi", "हिन्दी"},
		{"мир", "ru", "мир"},
		{"й", "ru", "й"},
		{"و\u200cن", "fa", "ون"},
		{"\u202egnp.exe", "en", "gnp.exe"},
		{"!!!", "en", "u-21-21-21"},
		{"🎉", "en", "u-1f389"},
		{"", "en", "u"},
		{"CON", "en", "con-page"},
		{"lpt1.notes", "en", "lpt1-page.notes"},
		{"com¹", "en", "com1-page"},
		{"a/../b\\c", "en", "a-b-c"},
		{"a\x00b\xffc", "en", "a-b-c"},
		{strings.Repeat("ü", 300), "de", strings.Repeat("ue", 100)},
		{strings.Repeat("客", 300), "ja", strings.Repeat("客", 66)},
	} {
		got := Slug(c.name, c.lang)
		if got != c.want {
			t.Errorf("Slug(%q, %q) = %q, want %q", c.name, c.lang, got, c.want)
		}
		checkSlug(t, c.name, c.lang, got)
	}
}

func checkSlug(t *testing.T, name, lang, slug string) {
	t.Helper()
	if problem := elementProblem(slug); problem != "" || len(slug) > maxSlug+8 {
		t.Errorf("Slug(%q, %q) = %q: %s", name, lang, slug, problem)
	}
	if !utf8.ValidString(slug) || norm.NFC.String(slug) != slug {
		t.Errorf("Slug(%q, %q) = %q is not NFC", name, lang, slug)
	}
	if again := Slug(slug, lang); again != slug {
		t.Errorf("Slug(%q, %q) = %q, and of that %q", name, lang, slug, again)
	}
}

func TestURLAddress(t *testing.T) {
	for _, c := range []struct{ url, want, problem string }{
		{"/old/path/", "old/path/index.html", ""},
		{"/old/path", "old/path/index.html", ""},
		{"old/path", "old/path/index.html", ""},
		{"/a.html", "a.html", ""},
		{"/a.htm", "a.htm", ""},
		{"/a.html/", "a.html/index.html", ""},
		{"/x/index.html", "x/index.html", ""},
		{"/", "index.html", ""},
		{"//", "", "another site"},
		{"/v2.0", "v2.0/index.html", ""},
		{"/caf%C3%A9/", "café/index.html", ""},
		{"/cafe\u0301/", "café/index.html", ""},
		{"/a//b/./c/", "a/b/c/index.html", ""},
		{"/../x", "", "leads out"},
		{"/a/../x", "", "leads out"},
		{"/%2e%2e/x", "", "leads out"},
		{"/.../x", "", "leads out"},
		{"/a%2fb/", "a/b/index.html", ""},
		{"/a%00/", "", "cannot be seen"},
		{"/a\u202eb/", "", "cannot be seen"},
		{"https://example.com/", "", "another site"},
		{"javascript:alert(1)", "", "another site"},
		{"//example.com/", "", "another site"},
		{`/a\b/`, "", "has one of"},
		{"/C:/x", "", "has one of"},
		{"/aux/x", "", "Windows"},
		{"/x/NUL.html", "", "Windows"},
		{"/a?b=c", "", "? or #"},
		{"/a#b", "", "? or #"},
		{"/a./b", "", "dot"},
		{"/ a/b", "", "space"},
		{"/" + strings.Repeat("x", 256), "", "255"},
		{"/" + strings.Repeat("x/", 600), "", "too long"},
		{"/a\xff/", "", "UTF-8"},
	} {
		got, problem := urlAddress(c.url)
		if got != c.want || c.problem == "" != (problem == "") || !strings.Contains(problem, c.problem) {
			t.Errorf("urlAddress(%q) = %q, %q; want %q, %q", c.url, got, problem, c.want, c.problem)
		}
	}
}

func TestReadable(t *testing.T) {
	for name, want := range map[string]string{
		"policies": "Policies", "01-getting_started": "Getting started", "2020-01-31-news": "2020 01 31 news",
		"24": "24", "3d-printing": "3d printing", "éclair": "Éclair", "": "", "--": "--",
	} {
		if got := readable(name); got != want {
			t.Errorf("readable(%q) = %q, want %q", name, got, want)
		}
	}
}

// FuzzAddress gives a page a hostile path, slug, url and alias and checks that
// the site stays whole: every address within it, nothing twice.
func FuzzAddress(f *testing.F) {
	for _, seed := range [][5]string{
		{"policies/late.md", "", "", "", "en"},
		{"Über uns/Größe.md", "Größe!", "/a/../b", "../x", "de"},
		{"a.md", "..", "/a.html", "/a.html/b", "tr"},
		{"İ/ı.md", "con", "//x", "https://x", "tr"},
		{"p/index.md", "q", "/P/", "./", "ja"},
		{"x\xff\x00.md", "\u0338", "/%zz%00", "?", ""},
		{"404.md", "404", "/404.html", "/", "en-x"},
		{"Σ.Σ/ΑΣ-.md", "=\u0338", "/.peppermill/x", "search/", "el"},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3], seed[4])
	}
	f.Fuzz(func(t *testing.T, path, slug, url, alias, lang string) {
		checkSlug(t, slug, lang, Slug(slug, lang))
		if a, problem := urlAddress(url); problem == "" {
			if again, problem := urlAddress("/" + strings.TrimSuffix(strings.ReplaceAll(a, "%", "%25"), indexFile)); problem != "" || again != a {
				t.Errorf("urlAddress(%q) = %q, and of that %q, %q", url, a, again, problem)
			}
		}
		clean, ok := appendPath(nil, "", path)
		if !ok || len(clean) == 0 || len(clean) > 400 {
			return
		}
		p := string(clean)
		at := diag.Pos{Path: p, Line: 1, Column: 1}
		hostile := &page.Page{Path: p, Lang: lang, Title: "T"}
		hostile.Meta.Slug, hostile.Meta.URL = slug, url
		hostile.Meta.Aliases = []page.Ref{{Text: alias, Pos: at}}
		hostile.Links = []page.Link{{Dest: alias, Pos: at}, {Dest: url, Pos: at, Kind: page.Wiki}}
		plain := &page.Page{Path: p + "x/b.md", Title: "B"}
		twin := &page.Page{Path: "z/" + p, Title: "Twin", Meta: page.Meta{URL: url, Tags: []string{slug, path}}}
		checkWhole(t, Input{Pages: []*page.Page{hostile, plain, twin}, Files: []string{alias + "/a.txt", p + "/f.txt"}})
	})
}
