package render

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

func classed(class string) func(*html.Node) bool {
	return func(n *html.Node) bool {
		c, _ := attr(n, "class")
		return has(strings.Fields(c), class)
	}
}

func text(n *html.Node) string {
	var b strings.Builder
	walk(n, func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(" " + n.Data)
		}
	})
	return strings.Join(strings.Fields(b.String()), " ")
}

// TestTitleBlock holds what the title block says: what the front matter says,
// and nothing that it does not.
func TestTitleBlock(t *testing.T) {
	year := page.Interval{Months: 12}
	for name, c := range map[string]struct {
		meta  page.Meta
		owner bool // has a page
		want  string
		facts string
	}{
		"nothing said":      {meta: page.Meta{Type: "policy"}, facts: "Policy"},
		"an owner":          {meta: page.Meta{Type: "policy", Owner: "Sam"}, want: "Document Policy|Owner Sam"},
		"an article's":      {meta: page.Meta{Type: "article", Owner: "Sam"}, facts: "Article Owner Sam"},
		"an owner's page":   {meta: page.Meta{Type: "standard", Owner: "Counter"}, owner: true, want: "Document Standard|Owner [Counter]"},
		"a plain page's":    {meta: page.Meta{Control: page.Control{Version: "1.10"}}, want: "Version 1.10|This copy Uncontrolled when printed"},
		"only a review":     {meta: page.Meta{Type: "procedure", Control: page.Control{LastReviewed: on(2026, 5, 1), ReviewEvery: year}}, want: "Document Procedure|Last reviewed 1 May 2026|Next review 1 May 2027"},
		"one day for both":  {meta: page.Meta{Type: "policy", Date: on(2026, 3, 2), Control: page.Control{Effective: on(2026, 3, 2), LastReviewed: on(2026, 3, 2)}}, want: "Document Policy|In force from 2 March 2026|This copy Uncontrolled when printed"},
		"overdue":           {meta: page.Meta{Type: "policy", Control: page.Control{Effective: on(2024, 1, 1), ReviewEvery: year}}, want: "Document Policy|In force from 1 January 2024|Review was due 1 January 2025|This copy Uncontrolled when printed"},
		"no longer read":    {meta: page.Meta{Type: "policy", Status: page.Retired, Control: page.Control{Effective: on(2024, 1, 1), ReviewEvery: year}}, want: "Document Policy|Status Retired|In force from 1 January 2024|This copy Uncontrolled when printed"},
		"everything":        {meta: page.Meta{Type: "policy", Status: page.Approved, Owner: "%{boss}", Control: page.Control{Approver: "Ann", Version: "2", Department: []string{"Shop", "Van"}, Jurisdiction: []string{"UK"}}}, want: "Document Policy|Owner Bo|Status Approved|Approved by Ann|Version 2|Department Shop, Van|Applies in UK|This copy Uncontrolled when printed"},
		"an approved story": {meta: page.Meta{Type: "case-study", Status: page.Approved}, want: "Document Case study|Status Approved|This copy Uncontrolled when printed"},
	} {
		w := newWorld(t)
		w.Config.Values["boss"] = "Bo"
		p := w.single("late", "Late", "<p>x</p>")
		p.Source.Meta = c.meta
		if c.owner {
			p.Owner = w.single("counter", "Counter", "")
		}
		doc := parse(t, paint(t, New(w.Site, builtIn(t)), p))
		var got []string
		for _, dl := range find(doc, classed("control")) {
			for _, cell := range find(dl, named("div")) {
				dt, dd := find(cell, named("dt")), find(cell, named("dd"))
				if len(dt) != 1 || len(dd) != 1 {
					t.Fatalf("%s: a cell with %d and %d", name, len(dt), len(dd))
				}
				value := text(dd[0])
				if len(find(dd[0], named("a"))) > 0 {
					value = "[" + value + "]"
				}
				got = append(got, text(dt[0])+" "+value)
			}
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: %s\nwant %s", name, s, c.want)
		}
		facts := ""
		for _, n := range find(doc, classed("facts")) {
			facts = text(n)
		}
		if facts != c.facts {
			t.Errorf("%s: the facts are %q, want %q", name, facts, c.facts)
		}
	}
}

// TestBannerLeadsOn holds that a document which was replaced says by what.
func TestBannerLeadsOn(t *testing.T) {
	w := newWorld(t)
	old, late := w.single("late-2024", "Late (2024)", "<p>x</p>"), w.single("late", "Late & free", "<p>x</p>")
	old.Source.Meta.Status, old.Successor = page.Superseded, late
	late.Replaces = []*site.Page{old}
	late.Source.Meta.Type = "policy"
	r := New(w.Site, builtIn(t))
	banner := find(parse(t, paint(t, r, old)), classed("banner-superseded"))
	if len(banner) != 1 {
		t.Fatal("no banner")
	}
	if links := find(banner[0], named("a")); len(links) != 1 || text(links[0]) != "Late & free" {
		t.Errorf("it leads nowhere: %s", text(banner[0]))
	} else if href, _ := attr(links[0], "href"); href != "../late/index.html" {
		t.Error(href)
	}
	if strip := find(parse(t, paint(t, r, late)), classed("control")); len(strip) != 1 || !strings.Contains(text(strip[0]), "Replaces Late (2024)") {
		t.Error("the new one does not say what it replaces")
	}
}
