package feed

import (
	"strings"

	"peppermill/internal/diag"
)

const (
	ruleBlocked = "feed-blocked"
	ruleBaseURL = "base-url-missing"
)

// Rules is the rule book of this room, sorted by name.
func Rules() []diag.Rule {
	return []diag.Rule{
		{Name: ruleBaseURL, Class: diag.Tip, About: "A site that brings files for a host has no base_url, so it has no sitemap and no canonical addresses, and its feeds have relative links."},
		{Name: ruleBlocked, Class: diag.Fix, About: "A page or an old address needs a folder where a feed or another of the site's own files would be, so that file is left out."},
	}
}

// adviseBaseURL says once that a site should know its address, as soon as
// there is a sign that it will have one: a file that only a host reads. A site
// in its first minutes, or one for a USB stick, is not bothered, and builds
// under --strict.
func (f *Feeds) adviseBaseURL() {
	if f.site.Config.BaseURL != "" {
		return
	}
	for _, file := range f.site.Files {
		if !forHost(file.Path) {
			continue
		}
		f.diags = append(f.diags, diag.Diagnostic{Rule: ruleBaseURL, Pos: diag.Pos{Path: "site.yaml"},
			Message: "the site goes to a host (it brings " + file.Path + ") but does not know its address: there is no sitemap.xml and no canonical address, and feeds have relative links",
			Hint:    "write the address in site.yaml, such as “base_url: https://example.com/”, or build with --base-url"})
		return
	}
}

// forHost knows the files by which hosts are told how to serve a site.
func forHost(path string) bool {
	switch path {
	case "CNAME", "_redirects", "_headers", ".nojekyll", "netlify.toml", "vercel.json", "robots.txt":
		return true
	}
	return strings.HasPrefix(path, ".well-known/")
}
