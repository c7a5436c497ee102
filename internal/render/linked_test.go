package render

import (
	"encoding/json"
	"strings"
	"testing"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

// linkedData decodes the JSON-LD of a painted page.
func linkedData(t *testing.T, text string) []map[string]any {
	t.Helper()
	var g struct {
		Graph []map[string]any `json:"@graph"`
	}
	_, after, _ := strings.Cut(text, `<script type="application/ld+json">`)
	data, _, ok := strings.Cut(after, `</script>`)
	if !ok {
		t.Fatal("no linked data")
	}
	if err := json.Unmarshal([]byte(data), &g); err != nil {
		t.Fatal(err)
	}
	return g.Graph
}

func TestLinkedData(t *testing.T) {
	const text = `He said "</script> & go"`
	w := gallery(t, "Words")
	p := w.single("story", text, "<p>x</p>")
	p.Title, p.Summary = text, text
	p.Source.Path = "policies/story.md"
	p.Source.Meta.Type = "article"
	p.Source.Meta.Tree = page.Value{Kind: page.Map, Fields: []page.Field{{Key: "image", Value: page.Value{Kind: page.Scalar, Text: "../img/shop.jpg"}}}}
	w.Files = append(w.Files, site.File{Path: "img/shop.jpg", Address: "img/shop.jpg"})
	out := paint(t, New(w.Site, builtIn(t)), p)
	graph := linkedData(t, out)
	if len(graph) != 2 {
		t.Fatalf("%d things", len(graph))
	}
	const own = "https://example.com/book/policies/story/"
	for key, want := range map[string]string{"@type": "BlogPosting", "headline": text, "description": text, "url": own, "image": "https://example.com/book/img/shop.jpg"} {
		if graph[0][key] != want {
			t.Errorf("%s is %v, want %s", key, graph[0][key], want)
		}
	}
	crumbs := graph[1]["itemListElement"].([]any)
	last := crumbs[len(crumbs)-1].(map[string]any)
	if len(crumbs) != 3 || last["item"] != own || last["position"] != 3.0 || crumbs[0].(map[string]any)["item"] != "https://example.com/book/" {
		t.Errorf("crumbs: %v", crumbs)
	}
	for _, want := range []string{`property="og:type" content="article"`, `property="og:url" content="` + own + `"`, `property="og:image" content="https://example.com/book/img/shop.jpg"`} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s", want)
		}
	}
	home := linkedData(t, paint(t, New(w.Site, builtIn(t)), w.Home))
	if len(home) != 1 || home[0]["@type"] != "WebSite" {
		t.Errorf("home: %v", home)
	}
	w.Config.BaseURL = ""
	if out := paint(t, New(w.Site, builtIn(t)), p); strings.Contains(out, "ld+json") || strings.Contains(out, "og:") {
		t.Error("without a full address there is linked data")
	}
}

// A picture is shown to other programs only when the site has it.
func TestPictureOfAPage(t *testing.T) {
	w := gallery(t, "Words")
	p := w.single("story", "Story", "")
	p.Source.Path = "policies/story.md"
	w.Files = append(w.Files, site.File{Path: "img/a b.png", Address: "img/a b.png"}, site.File{Path: "policies/x.html", Address: "policies/x.html"})
	r := New(w.Site, builtIn(t))
	for given, want := range map[string]string{
		"/img/a b.png": "https://example.com/book/img/a%20b.png", "../img/a b.png": "https://example.com/book/img/a%20b.png",
		"x.html": "", "gone.png": "", "../../../etc/passwd": "", "https://elsewhere.example/x.png": "", "": "", "/": "",
	} {
		p.Source.Meta.Tree = page.Value{Kind: page.Map, Fields: []page.Field{{Key: "image", Value: page.Value{Kind: page.Scalar, Text: given}}}}
		if got := r.image(p); got != want {
			t.Errorf("%q: %q, want %q", given, got, want)
		}
	}
}

// A folder whose text links to all that is in it has no list of ours besides.
func TestAuthorsOwnMap(t *testing.T) {
	w := newWorld(t)
	one, two := w.single("one", "One", ""), w.single("two", "Two", "")
	w.section.Kind, w.section.Items = site.Section, []*site.Page{one, two}
	w.section.Targets = []site.Target{{Kind: site.ToPage, Page: one, Address: one.Address}, {Kind: site.ToPage, Page: two, Address: two.Address}}
	for text, listed := range map[string]bool{
		"<p>{link 0}a{/link 0} {link 1}b{/link 1}</p>":               false,
		"<p>{link 0}a{/link 0}</p>":                                  true,
		"<p>{link 0}a{/link 0}</p>{staff}{link 1}b{/link 1}{/staff}": true,
	} {
		w.section.Source = &page.Page{Path: "policies/index.md", Body: body(text), Links: []page.Link{{}, {}}}
		if got := strings.Contains(paint(t, New(w.Site, builtIn(t)), w.section), `class="pages"`); got != listed {
			t.Errorf("%s: listed %v", text, got)
		}
	}
}
