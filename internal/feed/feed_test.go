package feed

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"peppermill/internal/config"
	"peppermill/internal/page"
	"peppermill/internal/site"
)

func archive(t *testing.T, lines string) *site.Site {
	t.Helper()
	return linked(t, txtar.Parse([]byte(lines)))
}

func filesOf(t *testing.T, f *Feeds) map[string]string {
	t.Helper()
	files, _ := f.Files()
	out := map[string]string{}
	for _, file := range files {
		out[file.Address] = bytesOf(t, file)
	}
	return out
}

// TestNothingWithheld builds the two cases that turn everything on.
func TestNothingWithheld(t *testing.T) {
	for _, name := range []string{"testdata/staff.txtar", "testdata/drafts.txtar"} {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		s := linked(t, a)
		marked := 0
		for _, p := range s.Pages {
			marked += min(1, len(p.Marks))
		}
		if marked < 4 {
			t.Errorf("%s: only %d pages have marks, so the test shows nothing", name, marked)
		}
		for address, text := range filesOf(t, New(s)) {
			if strings.Contains(strings.ToLower(text), "sentinel") {
				t.Errorf("%s: %s tells\n%s", name, address, text)
			}
		}
	}
}

// hostile are titles that must come out as text, whoever reads them.
var hostile = []string{
	"</title><script>alert(1)</script>", "]]><script>alert(1)</script>", "<!-- & -->", `" onload="alert(1)`, "&lt;b&gt; &amp; &#x3c;",
	"a\x00b\x01\x08\x0b\x0c\x0e\x1fc", "bell\a esc\x1b[31m del\x7f c1\u009b31m", "tab\tnew\nline\r\nnel\u0085", "lone \xff\xfe \xed\xa0\x80 bytes",
	"\ufffe\uffff\ufffd", "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>&e;", "\u2028\u2029", "👩‍🍳 Ünï 日本語 \u202eesrever",
}

func TestHostileTexts(t *testing.T) {
	in := site.Input{Config: &config.Config{Title: page.Text(hostile[0] + hostile[5]), Tagline: page.Text(hostile[8]), Lang: "en", BaseURL: "https://example.com/"},
		Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	for i, text := range hostile {
		p := &page.Page{Path: fmt.Sprintf("p%02d.md", i), Title: page.Text("x" + text), Summary: page.Text(text)}
		p.Meta.Date = page.Date{Time: time.Date(2025, 1, 1+i, 0, 0, 0, 0, time.UTC)}
		p.Meta.Tags, p.Meta.Authors = []string{"t" + text}, []string{"a" + text}
		in.Pages = append(in.Pages, p)
	}
	f := New(link1(t, in))
	files, _ := f.Files()
	valid(t, files)
	made := filesOf(t, f)
	for address, text := range made {
		if strings.Contains(text, "<script") || strings.Contains(text, "<!DOCTYPE") || strings.Contains(text, "<!ENTITY") {
			t.Errorf("%s has markup of an author's", address)
		}
		for _, r := range text {
			if !allowed(r) && r != '\n' {
				t.Errorf("%s has the character %U", address, r)
			}
		}
	}
	var atom atomXML
	parse(t, "feed.xml", made["feed.xml"], &atom)
	var feed struct{ Items []struct{ Title string } }
	if err := json.Unmarshal([]byte(made["feed.json"]), &feed); err != nil {
		t.Fatal(err)
	}
	slices.Reverse(atom.Entries)
	slices.Reverse(feed.Items)
	for i, text := range hostile {
		if want := clean("x" + text); atom.Entries[i].Title[0] != want || feed.Items[i].Title != want {
			t.Errorf("%q came out as %q and %q, not %q", text, atom.Entries[i].Title[0], feed.Items[i].Title, want)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "plain": "plain", " a  b ": "a b", "a\x00b": "ab", "a\t\nb": "a b", "\xffa\xff": "a", "\ufffd": "\ufffd",
		"é\u0085ü\u2029": "é ü", "a\ufffe": "a", "\x1b[31m": "[31m", "\n": "", "a ": "a", " é": "é",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) is %q, not %q", in, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := clean(text)
		if !utf8.ValidString(got) || clean(got) != got {
			t.Errorf("clean(%q) is %q", text, got)
		}
		d := atomDocument{issue: issue{title: got, entries: []entry{{address: "a", title: got, summary: got}}}}
		var b strings.Builder
		if err := d.encode(&b); err != nil {
			t.Fatal(err)
		}
		var feed atomXML
		parse(t, "feed", b.String(), &feed)
		if feed.Title[0] != got || feed.Entries[0].Title[0] != got {
			t.Errorf("%q became %q", got, feed.Title[0])
		}
	})
}

// many makes a site of dated pages in twenty sections, and of undated ones.
func many(n int) site.Input {
	in := site.Input{Config: &config.Config{Title: "Big", Lang: "en", BaseURL: "https://example.com/"}, Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	for i := range n {
		p := &page.Page{Path: fmt.Sprintf("s%d/p%d.md", i%20, i), Title: page.Text(fmt.Sprint("Page ", i)), Summary: "What it is about, in a line or two."}
		p.Meta.Date = page.Date{Time: time.Date(2000, 1, 1, 0, i*37%n, 0, 0, time.UTC)}
		p.Meta.Tags = []string{"a", "b"}
		in.Pages = append(in.Pages, p)
	}
	return in
}

func TestManyPages(t *testing.T) {
	s := link1(t, many(5000))
	if n := testing.AllocsPerRun(1, func() { New(s) }); n > 1000 { // nothing is made before it is asked for
		t.Errorf("New took %v allocations", n)
	}
	f := New(s)
	made := filesOf(t, f)
	if len(made) != 2*21+2 {
		t.Errorf("%d files", len(made))
	}
	files, _ := f.Files()
	valid(t, files)
	var atom atomXML
	parse(t, "feed.xml", made["feed.xml"], &atom)
	if len(atom.Entries) != 50 || atom.Entries[0].Published[0] != "2000-01-04T11:19:00Z" || atom.Updated[0] != "2000-01-04T11:19:00Z" {
		t.Errorf("%d entries, the first of %s", len(atom.Entries), atom.Entries[0].Published)
	}
	if n := strings.Count(made["sitemap.xml"], "<loc>"); n != 5000+20+1 {
		t.Errorf("the sitemap has %d addresses", n)
	}
}

func BenchmarkFeeds(b *testing.B) {
	s := link1(b, many(10000))
	for b.Loop() {
		files, _ := New(s).Files()
		for _, f := range files {
			f.Key()
		}
	}
}

func TestSitemapIsSplit(t *testing.T) {
	in := many(100)
	in.Files = []string{"sitemap-2.xml"}
	s := link1(t, in)
	f := New(s)
	for _, most := range []limits{{urls: 50, bytes: 1 << 30}, {urls: 1000, bytes: 10_000}} {
		f.files = nil
		taken := survey(s)
		if !f.sitemap(&taken, most) {
			t.Fatal("no sitemap")
		}
		valid(t, f.files[1:])
		made := filesOf(t, f)
		index := made["sitemap.xml"]
		total := 0
		for name, text := range made {
			if name == "sitemap.xml" {
				continue
			}
			n := strings.Count(text, "<loc>")
			if total += n; n > most.urls || len(text) > most.bytes || !strings.Contains(index, "<loc>https://example.com/"+name+"</loc>") {
				t.Errorf("%s: %d addresses, %d bytes, in the index:\n%s", name, n, len(text), index)
			}
		}
		if total != 121 || len(made) < 3 || strings.Contains(index, "sitemap-2.xml") {
			t.Errorf("%d addresses in %d files:\n%s", total, len(made), index)
		}
	}
}

// TestSameBytes makes the same site of pages in another order.
func TestSameBytes(t *testing.T) {
	a, b := many(300), many(300)
	for i := range a.Pages { // all of one moment, so that only addresses order them
		a.Pages[i].Meta.Date.Time = a.Now
		b.Pages[i].Meta.Date.Time = b.Now.In(time.FixedZone("", 3600))
	}
	slices.Reverse(b.Pages)
	one, _ := New(link1(t, a)).Files()
	two, _ := New(link1(t, b)).Files()
	for i := range one {
		if one[i].Key() != two[i].Key() || bytesOf(t, one[i]) != bytesOf(t, two[i]) {
			t.Errorf("%s differs", one[i].Address)
		}
	}
}

// TestKeys changes each field of each document: the key must change with it.
func TestKeys(t *testing.T) {
	full := issue{entries: []entry{{authors: []string{"a"}, tags: []string{"b"}}}}
	for _, d := range []document{
		atomDocument{issue: full}, jsonDocument{issue: full}, sitemapIndex{[]string{"a"}}, robotsDocument{}, redirectsDocument{[]move{{}}},
		urlSet{[]sitemapURL{{Versions: []alternate{{}}}}},
	} {
		seen := map[[32]byte]string{sumOf(d): "nothing"}
		fields(reflect.ValueOf(d), "", func(path string) {
			changed := reflect.New(reflect.TypeOf(d)).Elem()
			changed.Set(copyOf(reflect.ValueOf(d), "", path))
			key := sumOf(changed.Interface().(document))
			if other, ok := seen[key]; ok {
				t.Errorf("%T: a change of %s gives the key of a change of %s", d, path, other)
			}
			seen[key] = path
		})
		if len(seen) < 2 {
			t.Errorf("%T has no fields", d)
		}
	}
	if sumOf(atomDocument{}) == sumOf(jsonDocument{}) {
		t.Error("two kinds of document have one key")
	}
}
