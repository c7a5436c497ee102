package render

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"peppermill/internal/config"

	"peppermill/internal/site"
)

// TestSearchForm holds that a search works without a script: from every page,
// also one that is shown at any depth, it leads to the A-to-Z index.
func TestSearchForm(t *testing.T) {
	w := newWorld(t)
	late := w.single("late", "Late", "<p>x</p>")
	missing := w.add(&site.Page{Kind: site.NotFound, Address: "404.html", Name: "Missing"})
	if forms := find(parse(t, paint(t, New(w.Site, builtIn(t)), late)), named("form")); len(forms) != 0 {
		t.Error("there is a form, and nothing that it could lead to")
	}
	w.add(&site.Page{Kind: site.Letters, Address: "search/index.html", Name: "A to Z", Parent: w.Home})
	r := New(w.Site, builtIn(t))
	for p, want := range map[*site.Page]string{w.Home: "search/index.html", late: "../../search/index.html", missing: "/search/index.html"} {
		doc := parse(t, paint(t, r, p))
		forms := find(doc, named("form"))
		if len(forms) != 1 {
			t.Fatalf("%s: %d forms", p.Address, len(forms))
		}
		action, _ := attr(forms[0], "action")
		role, _ := attr(forms[0], "role")
		method, _ := attr(forms[0], "method")
		inputs := find(forms[0], named("input"))
		if action != want || role != "search" || method != "" || len(inputs) != 1 || inputs[0].Parent.Data != "label" {
			t.Errorf("%s: a form with role %q, method %q and %d inputs leads to %q", p.Address, role, method, len(inputs), action)
			continue
		}
		if name, _ := attr(inputs[0], "name"); name != "q" {
			t.Errorf("%s: the question is called %q", p.Address, name)
		}
		if links := find(doc, func(n *html.Node) bool { c, _ := attr(n, "class"); return c == "to-search" }); len(links) != 1 {
			t.Errorf("%s: %d links for a phone", p.Address, len(links))
		} else if href, _ := attr(links[0], "href"); href != want {
			t.Errorf("%s: the link for a phone leads to %q", p.Address, href)
		}
	}
}

// TestFeedsAreAnnounced holds that the head names the feeds that a page has,
// each with its type, and the footer the site's.
func TestFeedsAreAnnounced(t *testing.T) {
	w := newWorld(t)
	late := w.single("late", "Late", "<p>x</p>")
	r := New(w.Site, builtIn(t))
	r.Announce(func(p *site.Page) []Feed {
		all := []Feed{{Title: "Shop", Atom: "feed.xml", JSON: "feed.json"}}
		if p == late {
			all = append([]Feed{{Title: "Policies <1>", JSON: "policies/feed.json"}}, all...)
		}
		return all
	})
	for p, want := range map[*site.Page]string{
		late:   "application/feed+json Policies <1> ../feed.json|application/atom+xml Shop ../../feed.xml|application/feed+json Shop ../../feed.json",
		w.Home: "application/atom+xml Shop feed.xml|application/feed+json Shop feed.json",
	} {
		doc := parse(t, paint(t, r, p))
		var got []string
		for _, n := range find(doc, named("link")) {
			if rel, _ := attr(n, "rel"); rel == "alternate" {
				kind, _ := attr(n, "type")
				title, _ := attr(n, "title")
				href, _ := attr(n, "href")
				got = append(got, kind+" "+title+" "+href)
			}
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%s announces %s\nwant %s", p.Address, s, want)
		}
		foot := find(doc, func(n *html.Node) bool { c, _ := attr(n, "class"); return c == "site-foot" })
		href := ""
		for _, a := range find(foot[0], named("a")) {
			if a.FirstChild.Data == "Subscribe" {
				href, _ = attr(a, "href")
			}
		}
		if href != strings.Repeat("../", strings.Count(p.Address, "/"))+"feed.xml" {
			t.Errorf("%s: one subscribes to %q", p.Address, href)
		}
	}
}

// TestOldAddressesNameTheIcon spares hosts a request for /favicon.ico.
func TestOldAddressesNameTheIcon(t *testing.T) {
	w := newWorld(t)
	late := w.single("late", "Late", "")
	moved := site.Moved{Address: "old/late/index.html", Page: late}
	icon := func() string {
		for _, n := range find(parse(t, written(t, New(w.Site, builtIn(t)).Redirect(moved))), named("link")) {
			if rel, _ := attr(n, "rel"); rel == "icon" {
				href, _ := attr(n, "href")
				return href
			}
		}
		return ""
	}
	if got := icon(); got != "../../assets/icon.svg" {
		t.Error(got)
	}
	w.Config.Logo = "logo.svg"
	w.Files = []site.File{{Path: "logo.svg", Address: "logo.svg"}}
	if got := icon(); got != "../../logo.svg" {
		t.Error(got)
	}
}

// TestLanguagesAreNamedInThemselves holds that the default language, which the
// settings need not name, is called by its own name too.
func TestLanguagesAreNamedInThemselves(t *testing.T) {
	w := newWorld(t)
	w.Config.Languages = []config.Language{{Code: "de-AT", Folder: "at", Name: "Österreichisch"}}
	en := w.single("late", "Late", "<p>x</p>")
	for lang, want := range map[string]string{"en": "English", "en-GB": "English", "de": "Deutsch", "de-AT": "Österreichisch", "tlh": "tlh"} {
		en.Translations = []*site.Page{{Kind: site.Single, Address: "x/index.html", Lang: lang}}
		if got := New(w.Site, builtIn(t)).translations(en, place{from: en.Address})[0].Name; got != want {
			t.Errorf("%s is called %q, want %q", lang, got, want)
		}
	}
}
