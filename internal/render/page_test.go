package render

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"peppermill/internal/config"
	"peppermill/internal/page"
	"peppermill/internal/site"
)

// gallery is a site with a page of every kind, on which every field that a
// page can have is set; text is put wherever an author's words can stand.
func gallery(t testing.TB, text string) *world {
	w := newWorld(t)
	c := w.Config
	c.BaseURL, c.EditURL, c.Backlinks, c.Related = "https://example.com/book/", "https://example.com/edit/", true, true
	c.Title, c.Tagline = page.Text("Shop "+text), page.Text(text)
	c.Values["v"] = text
	c.Facts["f"] = page.Fact{Label: text}
	c.Languages = []config.Language{{Code: "fr", Folder: "fr", Name: text}}
	c.Logo = "logo.svg"
	w.Files = []site.File{{Path: "logo.svg", Address: "img/" + text + ".svg"}}
	w.Site.Words["en"]["part"] = text
	w.section.Name, w.section.Title, w.section.Summary = text, text, text
	tags := w.add(&site.Page{Kind: site.TagIndex, Address: "tags/index.html", Name: text})
	tag := w.add(&site.Page{Kind: site.Tag, Address: "tags/x/index.html", Name: text, Summary: text})
	tags.Parent, tag.Parent, tags.Items = w.Home, tags, []*site.Page{tag}
	for i, k := range []site.Kind{site.AuthorIndex, site.Author, site.Archive, site.Year, site.SeriesIndex, site.Series} {
		p := w.add(&site.Page{Kind: k, Address: fmt.Sprintf("list%d/index.html", i), Name: text})
		p.Parent, p.Items = w.Home, []*site.Page{tag, w.section}
	}
	p := w.single("late", text, `<p>{link 0}a{/link 0}{link 1}{title 1}{/link 1}{picture 2}{blank 0}{blank 1}{blank 2}{word alert.note}</p><h2 id="a">A</h2><h2 id="b">B</h2>{staff}<p>secret</p>{/staff}`)
	src := p.Source
	p.Summary = text
	src.Links = []page.Link{{Title: page.Text(text), Attrs: []page.Attr{{Name: "class", Value: text}}}, {Dest: text}, {Alt: page.Text(text), Title: page.Text(text)}}
	p.Targets = []site.Target{{Kind: site.ToPage, Address: "policies/" + text + "/index.html", Fragment: text, Query: "?" + text}, {}, {Kind: site.ToFile, Address: text + ".png"}}
	src.Blanks = []page.Blank{{Name: "v"}, {Name: "f"}, {Name: "unknown"}}
	src.Headings = []page.Heading{{Level: 2, ID: "a", Text: page.Text(text)}, {Level: 3, ID: text, Text: "B"}}
	src.Path = text + ".md"
	src.Meta = page.Meta{Type: "policy", Status: page.Superseded,
		Date: page.Date{Time: time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC), HasTime: true}, Updated: page.Date{Time: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)}}
	src.Meta.Owner, src.Meta.Control = text, page.Control{Approver: text, Version: text, Effective: src.Meta.Date, LastReviewed: src.Meta.Updated,
		Department: []string{text}, Jurisdiction: []string{text}}
	w.Config.Comments = config.Comments{Mail: text, Notice: page.Text(text)}
	p.Comments = &site.Comments{Open: true, Mail: true, Link: site.Target{Kind: site.External, URL: "https://example.org/" + text},
		Thread: []config.Comment{{Author: text, Text: text + "\n\n" + text, Date: src.Meta.Date, Replies: []config.Comment{{Author: text, Text: text}}}}}
	p.Owner, p.Successor, p.Replaces = tag, tag, []*site.Page{tag}
	p.Tags, p.Authors, p.Series, p.Part, p.Parts = []*site.Page{tag}, []*site.Page{tag}, tag, 1, 2
	other := w.single("other", text, "<p>x</p>")
	fr := w.add(&site.Page{Kind: site.Single, Address: "fr/" + text + "/index.html", Name: text, Lang: "fr"})
	p.Prev, p.Next, p.Backlinks, p.Related, p.Translations = other, other, []*site.Page{other}, []*site.Page{other}, []*site.Page{fr}
	p.Marks = []string{"draft", "future", "expired", "staff", text}
	w.add(&site.Page{Kind: site.NotFound, Address: "404.html", Name: "This page is not here"})
	return w
}

// outputs paints every page of the world and one redirect.
func outputs(t testing.TB, w *world) map[string]string {
	r := New(w.Site, builtIn(t))
	name := string(w.Config.Tagline) // hostile, where the world is
	r.Announce(func(*site.Page) []Feed {
		return []Feed{{Title: name, Atom: "policies/" + name + ".xml", JSON: name + ".json"}, {Title: name, Atom: "feed.xml", JSON: "feed.json"}}
	})
	out := map[string]string{}
	for _, p := range w.Pages {
		out[p.Address] = paint(t, r, p)
	}
	last := w.Pages[len(w.Pages)-3]
	out["(redirect)"] = written(t, r.Redirect(site.Moved{Address: "old/index.html", Page: last}))
	return out
}

func walk(n *html.Node, do func(*html.Node)) {
	do(n)
	for c := range n.ChildNodes() {
		walk(c, do)
	}
}

func parse(t testing.TB, text string) *html.Node {
	n, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func find(n *html.Node, is func(*html.Node) bool) (out []*html.Node) {
	walk(n, func(n *html.Node) {
		if n.Type == html.ElementNode && is(n) {
			out = append(out, n)
		}
	})
	return out
}

func named(names ...string) func(*html.Node) bool {
	return func(n *html.Node) bool { return has(names, n.Data) }
}

// checkSafe says what on the page could run, or ask another site for
// something.
func checkSafe(t *testing.T, where string, doc *html.Node) {
	t.Helper()
	walk(doc, func(n *html.Node) {
		if n.Type != html.ElementNode {
			return
		}
		switch n.Data {
		case "script":
			if kind, _ := attr(n, "type"); kind == "application/ld+json" || kind == "application/json" {
				if n.FirstChild == nil || !json.Valid([]byte(n.FirstChild.Data)) {
					t.Errorf("%s: data that does not parse", where)
				}
				break // data, which no browser runs
			}
			if src, _ := attr(n, "src"); !strings.Contains(src, "assets/site.") && !strings.Contains(src, "assets/documents.") && !strings.Contains(src, "assets/blanks.") || n.FirstChild != nil {
				t.Errorf("%s: a script of its own: %v", where, n.Attr)
			}
		case "style", "iframe", "object", "embed", "base", "form", "evil":
			t.Errorf("%s: <%s>", where, n.Data)
		}
		for _, a := range n.Attr {
			v := strings.ToLower(strings.TrimSpace(a.Val))
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc":
				t.Errorf("%s: attribute %s on <%s>", where, a.Key, n.Data)
			case (a.Key == "href" || a.Key == "src") && (strings.HasPrefix(v, "javascript:") || strings.HasPrefix(v, "data:") || strings.HasPrefix(v, "vbscript:")):
				t.Errorf("%s: %s=%s", where, a.Key, v)
			case a.Key == "src" && (strings.HasPrefix(v, "http") || strings.HasPrefix(v, "//")):
				t.Errorf("%s: asks another site: %s", where, v)
			}
		}
	})
}

// Every sink on every kind of page, with texts that run if anything forgets to
// escape them.
func TestNothingRuns(t *testing.T) {
	for _, payload := range []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `" onfocus="alert(1)" autofocus="`,
		`</title><script>alert(1)</script>`, `--><evil>`, `]]><evil>`, `javascript:alert(1)`, `{{.Page}}<evil>`, "`<evil>`", `%3Cevil%3E<evil>`,
		"\x00<evil>", `&lt;evil&gt;<evil`, `//example.com/x`, `;url=javascript:alert(1)`, `<!--`, `</main></body></html><evil>`, `<style>*{}</style>`, `$(evil) ${evil} \"`,
	} {
		for where, text := range outputs(t, gallery(t, payload)) {
			doc := parse(t, text)
			checkSafe(t, payload+" in "+where, doc)
			if n := len(find(doc, named("main"))); n != 1 {
				t.Errorf("%s in %s: %d main elements", payload, where, n)
			}
		}
	}
}

func TestShapeOfEveryKindOfPage(t *testing.T) {
	for where, text := range outputs(t, gallery(t, "Words & more")) {
		doc := parse(t, text)
		checkSafe(t, where, doc)
		if n := len(find(doc, named("h1"))); n != 1 {
			t.Errorf("%s: %d h1", where, n)
		}
		if n := len(find(doc, named("title"))); n != 1 {
			t.Errorf("%s: %d titles", where, n)
		}
		ids := map[string]bool{}
		walk(doc, func(n *html.Node) {
			if id, ok := attr(n, "id"); ok {
				if ids[id] {
					t.Errorf("%s: two elements are %q", where, id)
				}
				ids[id] = true
			}
		})
		for _, a := range find(doc, named("a")) {
			href, _ := attr(a, "href")
			if href == "" {
				t.Errorf("%s: a link to nowhere", where)
			}
			if id, ok := strings.CutPrefix(href, "#"); ok && !ids[id] && where != "policies/late/index.html" {
				t.Errorf("%s: %s is not on the page", where, href)
			}
		}
		checkNesting(t, where, text)
		if strings.Contains(text, "<no value>") || strings.Contains(text, "ZgotmplZ") {
			t.Errorf("%s: a template went wrong", where)
		}
	}
}

// checkNesting reads tags as written: each closes the one that was opened last.
func checkNesting(t *testing.T, where, text string) {
	t.Helper()
	void := []string{"meta", "link", "img", "br", "hr", "input", "wbr"}
	var open []string
	for z := html.NewTokenizer(strings.NewReader(text)); ; {
		kind := z.Next()
		name, _ := z.TagName()
		switch {
		case kind == html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("%s: never closed: %v", where, open)
			}
			return
		case kind == html.StartTagToken && !has(void, string(name)):
			open = append(open, string(name))
		case kind == html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Errorf("%s: </%s> while %v is open", where, name, open)
				return
			}
			open = open[:len(open)-1]
		}
	}
}

func TestTitleIsShownOnce(t *testing.T) {
	w := newWorld(t)
	p := w.single("late", "Late", "<h1>Late</h1>")
	p.Source.HideH1 = true
	if n := len(find(parse(t, paint(t, New(w.Site, builtIn(t)), p)), named("h1"))); n != 1 {
		t.Errorf("%d h1", n)
	}
}

func TestHead(t *testing.T) {
	w := gallery(t, "Words")
	out := outputs(t, w)
	late := out["policies/late/index.html"]
	for _, want := range []string{
		`<html lang="en" dir="ltr" data-title="Words – Shop Words" data-control="Version Words · Uncontrolled when printed">`,
		`<title>Words – Shop Words</title>`,
		`<meta name="description" content="Words">`,
		`<meta name="robots" content="noindex">`,
		`<link rel="canonical" href="https://example.com/book/policies/late/">`,
		`<link rel="alternate" hreflang="fr" href="https://example.com/book/fr/Words/">`,
		`<time datetime="2026-11-22T09:30:00Z">22 November 2026</time>`,
		`<p class="banner banner-draft">This is a draft.`,
		`<p class="banner banner-superseded">`,
		`href="https://example.com/edit/Words.md"`,
		`<link rel="icon" href="../../img/Words.svg">`,
		`<nav class="crumbs" aria-label="You are here">`,
	} {
		if !strings.Contains(late, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if other := out["policies/other/index.html"]; strings.Contains(other, "noindex") || strings.Contains(other, `class="banner`) {
		t.Error("an ordinary page is marked")
	}
	w.Config.BaseURL = ""
	if late := outputs(t, w)["policies/late/index.html"]; strings.Contains(late, "canonical") || !strings.Contains(late, `hreflang="fr" href="../../fr/Words/index.html"`) {
		t.Error("without a base URL there is a canonical link, or no link to the translation")
	}
}

func TestRedirect(t *testing.T) {
	w := newWorld(t)
	p := w.single("late fees", "Late & fees", "")
	r := New(w.Site, builtIn(t))
	m := site.Moved{Address: "old/index.html", Page: p}
	out := written(t, r.Redirect(m))
	for _, want := range []string{
		`<meta http-equiv="refresh" content="0; url=../policies/late%20fees/index.html">`,
		`<a href="../policies/late%20fees/index.html">Late &amp; fees</a>`, `noindex`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the redirect lacks %s:\n%s", want, out)
		}
	}
	w.Config.BaseURL = "https://example.com/"
	if out := written(t, New(w.Site, builtIn(t)).Redirect(m)); !strings.Contains(out, `<link rel="canonical" href="https://example.com/policies/late%20fees/">`) {
		t.Error("the redirect has no canonical address")
	}
}

// 404.html answers for addresses of any depth, so all of its own begin at the
// top of the host.
func TestNotFoundAddresses(t *testing.T) {
	for base, top := range map[string]string{"": "/", "https://example.com/book/": "/book/"} {
		w := gallery(t, "Words")
		w.Config.BaseURL = base
		doc := parse(t, outputs(t, w)["404.html"])
		n := 0
		walk(doc, func(e *html.Node) {
			for _, key := range []string{"href", "src"} {
				if v, ok := attr(e, key); ok && !strings.HasPrefix(v, "#") {
					n++
					if !strings.HasPrefix(v, top) || strings.HasPrefix(v, "//") {
						t.Errorf("base %q: %s=%q", base, key, v)
					}
				}
			}
		})
		if n < 5 {
			t.Errorf("only %d addresses on the page", n)
		}
	}
}

func TestLanguages(t *testing.T) {
	w := newWorld(t)
	w.Site.Words["de"] = map[string]string{"date.form": "{day}. {month} {year}", "month.11": "November", "updated": "Geändert"}
	r := New(w.Site, builtIn(t))
	for _, c := range []struct{ lang, dir, date string }{
		{"en", "ltr", "22 November 2026"}, {"en-GB", "ltr", "22 November 2026"}, {"de", "ltr", "22. November 2026"}, {"de-AT", "ltr", "22. November 2026"},
		{"ar", "rtl", "2026-11-22"}, {"he", "rtl", "2026-11-22"}, {"fa", "rtl", "2026-11-22"}, {"ur", "rtl", "2026-11-22"}, {"az-Arab", "rtl", "2026-11-22"}, {"yi", "rtl", "2026-11-22"},
		{"ja", "ltr", "2026-11-22"}, {"", "ltr", "2026-11-22"}, {"no such", "ltr", "2026-11-22"},
	} {
		p := w.single("x", "X", "")
		p.Lang = c.lang
		p.Source.Meta.Updated = page.Date{Time: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}
		out := paint(t, r, p)
		if !strings.Contains(out, `dir="`+c.dir+`" data-title=`) || !strings.Contains(out, ">"+c.date+"</time>") {
			t.Errorf("%q: want %s and %s", c.lang, c.dir, c.date)
		}
	}
}
