package render

import (
	"strings"
	"testing"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

// TestBlanksOfAPage holds what a page with blanks says: once for each, under one
// name, what is asked for; and that other pages carry nothing of it.
func TestBlanksOfAPage(t *testing.T) {
	th := builtIn(t)
	w := newWorld(t)
	w.Config.Values["town"] = "Lindlow %{x}"
	shop := page.Fact{Name: "shop", Label: "your </script> shop", Aliases: []string{"business"}}
	w.Config.Facts["shop"], w.Config.Facts["business"] = shop, shop
	w.Config.Facts["limit"] = page.Fact{Name: "limit", Label: "the limit"}
	p := w.single("ours", "Ours", `<h2 id="a">{blank 0}</h2><h2 id="b">b</h2>{blank 1}{blank 2}{link 0}ring{/link 0}{link 1}go{/link 1}{picture 2}{staff}{blank 3}{/staff}`)
	p.Source.Title, p.Title = "At %{shop} in %{town}, \\%{shop}", "At your </script> shop in Lindlow %{x}, %{shop}"
	p.Source.Meta.Status = page.Template
	p.Source.Meta.Type, p.Source.Meta.Control.Version, p.Source.Meta.Control.Jurisdiction = "policy", "1", []string{"%{land}"}
	p.Source.Meta.Owner = "%{shop}"
	p.Source.Headings = []page.Heading{{Level: 2, ID: "a", Text: "At %{business}"}, {Level: 2, ID: "b", Text: "b", Part: 1}}
	p.Source.Blanks = []page.Blank{{Name: "business"}, {Name: "town"}, {Name: "window"}, {Name: "limit", Staff: true}}
	p.Source.Meta.Blanks = []page.Fact{{Name: "window", Label: "how long", Kind: "choice", Default: "30 days", Options: []string{"14 days", "30 days"}}}
	p.Source.Links = []page.Link{{Dest: "tel:%{phone}", Title: "Ring %{business}"}, {Dest: "%{place}.md"}, {Kind: page.Image, Alt: "The %{shop}"}}
	p.Targets = []site.Target{{}, {}, {Kind: site.ToFile, Address: "a.png"}}
	r := New(w.Site, th)
	out := paint(t, r, p)
	gap := `<span class="blank" data-blank="shop"><span class="visually-hidden">To fill in: </span>your &lt;/script&gt; shop</span>`
	for _, want := range []string{
		`<h1>At ` + gap + ` in Lindlow %{x}, %{shop}</h1>`, `<h2 id="a">` + gap + `</h2>`, `<dd>` + gap + `</dd>`,
		`<span class="blank filled" data-blank="window">30 days</span>`, `<dd><span class="blank" data-blank="land">`,
		`<a class="nolink" data-fill-href="tel:%{phone}" title="Ring your &lt;/script&gt; shop" data-fill-title="Ring %{shop}">ring</a>`,
		`<a class="nolink" data-fill-href="%{place}.md">go</a>`, `alt="The your &lt;/script&gt; shop" data-fill-alt="The %{shop}"`,
		`<a href="#a" data-fill-text="At %{shop}">At your &#60;/script&#62; shop</a>`, `<div class="fill"></div>`,
		`<script type="application/json" data-blanks>{"head":"At %{shop} in Lindlow \\%{x}, \\%{shop} – Corner Shop","fields":[` +
			`{"name":"shop","label":"your \u003c/script\u003e shop"},{"name":"window","label":"how long","kind":"choice","default":"30 days","options":["14 days","30 days"]},` +
			`{"name":"phone","label":"Phone"},{"name":"place","label":"Place"},{"name":"land","label":"Land"}]}</script>`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(out, "limit") {
		t.Error("the public page asks for what only staff are asked")
	}
	if t.Failed() {
		t.Log(out)
	}
	scripts := 0
	for _, a := range r.Scripts() {
		if strings.Contains(a.Address, "assets/blanks.") {
			scripts++
		}
	}
	if scripts != 1 || !strings.Contains(out, "assets/blanks.") {
		t.Errorf("%d scripts for blanks", scripts)
	}

	p.Source.Meta.Status = page.Approved
	w.Config.Values = map[string]string{"shop": "Sam's", "town": "Lindlow", "phone": "1", "place": "x", "land": "England"}
	plain := w.single("late", "Late", "text")
	r = New(w.Site, th)
	for _, p := range []*site.Page{p, plain} {
		if out := paint(t, r, p); strings.Contains(out, "blank") || strings.Contains(out, "data-fill") || strings.Contains(out, `"fill"`) {
			t.Errorf("a page with nothing to fill in says\n%s", out)
		}
	}
	for _, a := range r.Scripts() {
		if strings.Contains(a.Address, "blanks") {
			t.Error("a site with nothing to fill in has the script")
		}
	}
}
