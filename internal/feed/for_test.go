package feed

import (
	"fmt"
	"strings"
	"testing"

	"peppermill/internal/config"
	"peppermill/internal/page"
)

func TestFor(t *testing.T) {
	s := archive(t, `
-- site --
language: es Español
-- policies/refunds.md --
date: 2025-01-01
tags: money
-- policies/late/undated.md --
-- notes/undated.md --
-- old/one.md --
date: 2024-01-01
-- old/feed.xml --
-- old/feed.json --
-- es/refunds.md --
-- 404.md --
`)
	f := New(s)
	site := "The Good Counter=feed.xml,feed.json"
	policies := "policies – The Good Counter=policies/feed.xml,policies/feed.json " + site
	for address, want := range map[string]string{
		"index.html": site, "policies/index.html": policies, "policies/refunds/index.html": policies, "policies/late/undated/index.html": policies,
		"notes/undated/index.html": site, "tags/money/index.html": site, "404.html": site, "archive/2025/index.html": site,
		"old/one/index.html": site, "es/refunds/index.html": "", "es/index.html": "",
	} {
		p := s.At(address)
		if p == nil {
			t.Errorf("there is no %s", address)
			continue
		}
		var got []string
		for _, l := range f.For(p) {
			got = append(got, fmt.Sprintf("%s=%s,%s", l.Title, l.Atom, l.JSON))
		}
		if strings.Join(got, " ") != strings.ReplaceAll(want, "policies –", "Policies –") {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

func TestReserved(t *testing.T) {
	cfg := &config.Config{BaseURL: "https://example.com/", Languages: []config.Language{{Code: "es", Folder: "es"}}}
	got := strings.Join(Reserved(cfg, []string{"Robots.txt", "ES/Feed.json", "a/feed.xml"}), " ")
	if want := "_redirects es/feed.xml feed.json feed.xml sitemap.xml"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if strings.Contains(got, "reviews") {
		t.Error(got)
	}
	cfg.Edition = page.Staff
	if got := strings.Join(Reserved(cfg, nil), " "); strings.Contains(got, "sitemap") || !strings.Contains(got, "reviews.ics reviews.json") {
		t.Error(got)
	}
}

// TestNoDates: a site without dated pages has no feeds, and none is announced.
func TestNoDates(t *testing.T) {
	s := archive(t, "-- a.md --\ntitle: A\nupdated: 2025-01-01\n")
	f := New(s)
	files, diags := f.Files()
	if len(files) != 1 || files[0].Address != "robots.txt" || len(diags) > 0 || len(f.For(s.Home)) > 0 {
		t.Errorf("%v %v %v", files, diags, f.For(s.Home))
	}
}

func TestAddresses(t *testing.T) {
	for _, c := range []struct{ base, from, to, link, id string }{
		{"", "feed.xml", "a/index.html", "a/index.html", "tag:peppermill,2026:/a/"},
		{"", "b/feed.xml", "a/c/index.html", "../a/c/index.html", "tag:peppermill,2026:/a/c/"},
		{"", "a/feed.xml", "a/index.html", "index.html", "tag:peppermill,2026:/a/"},
		{"", "feed.xml", "é & ü/myindex.html", "%C3%A9%20%26%20%C3%BC/myindex.html", "tag:peppermill,2026:/%C3%A9%20%26%20%C3%BC/myindex.html"},
		{"https://e.org/b/", "feed.xml", "index.html", "https://e.org/b/", "https://e.org/b/"},
		{"https://e.org/b/", "b/feed.xml", "a/it's.html", "https://e.org/b/a/it%27s.html", "https://e.org/b/a/it%27s.html"},
	} {
		if l, id := link(c.base, c.from, c.to), identifier(c.base, c.to); l != c.link || id != c.id {
			t.Errorf("%v: %s %s", c, l, id)
		}
	}
	for base, want := range map[string]string{"": "/", "https://e.org": "/", "https://e.org/": "/", "https://e.org/a/b/": "/a/b/"} {
		if got := rootPath(base); got != want {
			t.Errorf("rootPath(%q) is %q", base, got)
		}
	}
}

// TestYears: a date that the formats cannot say is no date.
func TestYears(t *testing.T) {
	in := many(3)
	in.Future = true
	in.Now = in.Now.AddDate(20000, 0, 0)
	in.Pages[0].Meta.Date.Time = in.Now.AddDate(-9000, 0, 0)
	in.Pages[1].Meta.Updated = page.Date{Time: in.Now}
	f := New(link1(t, in))
	files, _ := f.Files()
	valid(t, files)
	if n := strings.Count(filesOf(t, f)["feed.xml"], "<entry>"); n != 2 {
		t.Errorf("%d entries", n)
	}
}
