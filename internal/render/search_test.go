package render

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"peppermill/internal/site"
)

// TestSearchScript holds that every page that leads to a search names the
// script of its language, which is among the site's files, and that a site
// without a search has none.
func TestSearchScript(t *testing.T) {
	w := newWorld(t)
	late := w.single("late", "Late", "<p>x</p>")
	if r := New(w.Site, builtIn(t)); len(r.Scripts()) != 0 || searchScript(t, paint(t, r, late)) != "" {
		t.Error("there is a script, and nothing to search")
	}
	w.Config.Contact = "https://example.com/ask/"
	w.add(&site.Page{Kind: site.Letters, Address: "search/index.html", Name: "A to Z", Lang: "en", Parent: w.Home})
	german := w.add(&site.Page{Kind: site.Letters, Address: "de/search/index.html", Name: "A bis Z", Lang: "de"})
	other := w.add(&site.Page{Kind: site.Letters, Address: "xx/search/index.html", Name: "A to Z", Lang: "xx"})
	r := New(w.Site, builtIn(t))
	all := r.Scripts()
	if len(all) != 2 {
		t.Fatalf("%d scripts for English, German and a language without words of its own", len(all))
	}
	said := map[string]string{}
	for _, a := range all {
		said[a.Address] = string(a.Data)
	}
	for p, want := range map[*site.Page]string{late: "Searched for before", german: "Zuletzt gesucht", other: "Searched for before"} {
		named := searchScript(t, paint(t, r, p))
		text, ok := said[strings.TrimLeft(named, "./")]
		if !ok || !strings.Contains(text, want) || !strings.Contains(text, `{"href":"https://example.com/ask/","name":"example.com/ask"}`) {
			t.Errorf("%s names %q, which does not say %q", p.Address, named, want)
		}
	}
}

// searchScript is the search's script that a page names.
func searchScript(t *testing.T, page string) string {
	t.Helper()
	for _, n := range find(parse(t, page), func(n *html.Node) bool { return n.Data == "script" }) {
		if v, ok := attr(n, "data-search"); ok {
			return v
		}
	}
	return ""
}

// TestSearchPageShell holds that the search's page has a box above its list, in
// every site one, and that no other list has it.
func TestSearchPageShell(t *testing.T) {
	w := newWorld(t)
	list := w.add(&site.Page{Kind: site.Letters, Address: "search/index.html", Name: "A to Z", Title: "A to Z", Lang: "en", Parent: w.Home})
	letter := w.add(&site.Page{Kind: site.Letter, Address: "search/a/index.html", Name: "A", Title: "A", Lang: "en", Parent: list})
	r := New(w.Site, builtIn(t))
	for p, want := range map[*site.Page]int{list: 1, letter: 0, w.Home: 0} {
		doc := parse(t, paint(t, r, p))
		boxes := find(doc, func(n *html.Node) bool { _, ok := attr(n, "data-find"); return ok })
		lists := find(doc, func(n *html.Node) bool { id, _ := attr(n, "id"); return id == "a-to-z" })
		if len(boxes) != want || len(lists) != want {
			t.Errorf("%s: %d boxes, %d lists to go to", p.Address, len(boxes), len(lists))
		}
	}
}
