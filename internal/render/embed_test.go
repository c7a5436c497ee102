package render

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

func TestEmbed(t *testing.T) {
	e := embedding{parts: map[string]string{"../late/index.html": "p1", "../other/index.html": "p2"}, ids: map[string]bool{}}
	e.fit("p1", "", `<h2 id="why">`, 0)
	e.fit("p2", "", `<a name="old"></a><p id="caf&#233;"></p></p id="no">`, 0)
	for in, want := range map[string]string{
		`<h1>a</h1><h2 id="why" class="x">b</h2>`:       `<h2>a</h2><h3 id="p1-why" class="x">b</h3>`,
		`<h6>a</h6><hr><header>`:                        `<h6>a</h6><hr><header>`,
		`<H2 ID=Why>a</H2 >`:                            `<h3 id="p1-Why">a</h3>`,
		`<a href="#why">`:                               `<a href="#p1-why">`,
		`<a href="#">`:                                  `<a href="#p1">`,
		`<a href="#top">`:                               `<a href="#p1">`,
		`<a href="">`:                                   `<a href="">`,
		`<a href="../late/index.html">`:                 `<a href="#p1">`,
		`<a href="../other/index.html#old">`:            `<a href="#p2-old">`,
		`<a href="../other/index.html#caf%C3%A9">`:      `<a href="#p2-caf%C3%A9">`,
		`<a href="../other/index.html#no">`:             `<a href="#p2">`,
		`<a href="../other/index.html?a=1#old">`:        `<a href="../other/index.html?a=1#old">`,
		`<a href="../far/index.html#old">`:              `<a href="../far/index.html#old">`,
		`<a href="https://example.com/#why">`:           `<a href="https://example.com/#why">`,
		`<sup id="fnref:1"><a href="#fn:1">1</a>`:       `<sup id="p1-fnref:1"><a href="#p1">1</a>`,
		`<label for="a"><input id="a" value=">">`:       `<label for="p1-a"><input id="p1-a" value="&gt;">`,
		`<td headers="a  b">`:                           `<td headers="p1-a p1-b">`,
		`<p aria-describedby="a">`:                      `<p aria-describedby="p1-a">`,
		`<img usemap="#m"><map name="m">`:               `<img usemap="#p1-m"><map name="p1-m">`,
		`<nav aria-label="Contents"><p aria-label="a">`: `<nav aria-label="Contents – Late"><p aria-label="a">`,
		`<input name="m">`:                              `<input name="m">`,
		`<svg><use href="#i"/><g fill="url(#i)"/>`:      `<svg><use href="#p1-i"/><g fill="url(#p1-i)"/>`,
		`<img src="a.png" loading="lazy" alt="">`:       `<img src="a.png" alt="">`,
		`<img src="a.png" alt="">`:                      `<img src="a.png" alt="">`,
		`<p title=' id="x" <h2>'>"<!-- <h2> -->`:        `<p title=' id="x" <h2>'>"<!-- <h2> -->`,
		`<script>"<h2 id='a'>"</script>`:                `<script>"<h2 id='a'>"</script>`,
		`a &amp; b <kbd >c</kbd ><br/>`:                 `a &amp; b <kbd >c</kbd ><br/>`,
		`<P CLASS=x ID=a><span class="k" id>`:           `<p class="x" id="p1-a"><span class="k" id>`,
		`<span class="a" id=b><i/id="c"class="d">`:      `<span class="a" id="p1-b"><i id="p1-c" class="d">`,
		`a<h2 id="b`:                                    `a`,
	} {
		if got := e.join("p1", e.fit("p1", "Late", in, 1)); got != want {
			t.Errorf("%s:\n got %s\nwant %s", in, got, want)
		}
	}
}

// FuzzEmbed holds of any markup that the text stays what it was, that every id
// is the part's own, and that links within the document lead somewhere.
func FuzzEmbed(f *testing.F) {
	for _, seed := range []string{"", `<h2 id="a">b</h2>`, `<a href="#a" id=a>`, `<a href=#a>`, "<p id='a\" b'>", "<svg/onload=x id=a><!--", `<textarea><h2 id="a">`, "\x00<p id=\x00>"} {
		f.Add(seed, uint8(1))
	}
	f.Fuzz(func(t *testing.T, markup string, down uint8) {
		e := embedding{parts: map[string]string{"x.html": "p1"}, ids: map[string]bool{}}
		out := e.join("p1", e.fit("p1", "Late", markup, int(down%7)))
		if was, is := words(markup), words(out); was != is {
			t.Fatalf("%q became %q: the text was %q and is %q", markup, out, was, is)
		}
		eachTag(out, func(tag html.Token) {
			for _, a := range tag.Attr {
				if a.Key == "id" && a.Val != "" && !strings.HasPrefix(a.Val, "p1-") {
					t.Fatalf("%q became %q, with the id %q", markup, out, a.Val)
				}
				if tag.Data == "a" && a.Key == "href" && strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "#p1") {
					t.Fatalf("%q became %q, with the link %q", markup, out, a.Val)
				}
			}
		}, func(string) {})
	})
}

// eachTag calls tag for each start and end tag, and rest for all else.
func eachTag(markup string, tag func(html.Token), rest func(raw string)) {
	z := html.NewTokenizer(strings.NewReader(markup))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			tag(z.Token())
		default:
			rest(string(z.Raw()))
		}
	}
}

func words(markup string) string {
	var b strings.Builder
	eachTag(markup, func(html.Token) {}, func(raw string) { b.WriteString(raw) })
	return b.String()
}

// TestDocument paints a folder with a folder in it, from pages that say the
// same things by the same names.
func TestDocument(t *testing.T) {
	w := newWorld(t)
	w.Config.BaseURL = "https://example.com/"
	late := w.single("late", "Late", `<h2 id="why">Why</h2>{link 0}own{/link 0} {link 1}other{/link 1} {link 2}far{/link 2}{staff}SECRET{/staff}`)
	deep := w.add(&site.Page{Kind: site.Section, Address: "policies/deep/index.html", Name: "Deep", Parent: w.section})
	inner := &site.Page{Kind: site.Single, Address: "policies/deep/inner/index.html", Name: "Inner", Parent: deep, Source: &page.Page{
		HideH1: true, Lang: "en", Body: body(`<h1 id="inner">Inner</h1><h2 id="why">Why</h2>`)}}
	w.add(inner)
	late.Source.Links = make([]page.Link, 3)
	late.Targets = []site.Target{
		{Kind: site.ToPage, Address: late.Address, Fragment: "why"},
		{Kind: site.ToPage, Address: inner.Address, Fragment: "why"},
		{Kind: site.ToPage, Address: "index.html"},
	}
	doc := &site.Page{Kind: site.Print, Address: "policies/print/index.html", Lang: "en", Title: "Policies", Name: "Policies",
		Parent: w.section, Items: []*site.Page{late, deep, inner}}
	w.section.Print = doc
	w.Pages = append(w.Pages, doc)

	r := New(w.Site, builtIn(t))
	got := paint(t, r, doc)
	for _, want := range []string{
		`<h3 id="p1-why">Why</h3><a href="#p1-why">own</a> <a href="#p3-why">other</a> <a href="../../index.html">far</a>`,
		`<h2 class="part-title">Deep</h2>`,
		`<h3 id="p3-inner">Inner</h3><h4 id="p3-why">Why</h4>`,
		`<li><a href="#p2">Deep</a><ol>`, `<li><a href="#p3">Inner</a></li></ol></li>`,
		`<meta name="robots" content="noindex">`, `<link rel="canonical" href="https://example.com/policies/">`,
		`2 pages`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no %s in\n%s", want, got)
		}
	}
	if strings.Contains(got, "SECRET") || strings.Contains(got, `<h3 class="part-title">Inner`) || strings.Contains(got, "ld+json") {
		t.Error("too much is in\n" + got)
	}
	if from := paint(t, r, w.section); !strings.Contains(from, `<a href="print/index.html">Print this section</a>`) {
		t.Error("nothing leads to the document from\n" + from)
	}
	key := func() [32]byte {
		d, err := New(w.Site, builtIn(t)).Page(doc)
		if err != nil {
			t.Fatal(err)
		}
		return d.Key()
	}
	before := key()
	w.single("other", "Other", "not in the document")
	if key() != before {
		t.Error("a page that is not in the document changed its key")
	}
	inner.Source.Body = body(`<h1 id="inner">Inner</h1><h2 id="why">Why not</h2>`)
	if key() == before {
		t.Error("a page of the document changed, and its key did not")
	}
}
