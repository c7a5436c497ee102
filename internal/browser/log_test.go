package browser

import (
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"peppermill/internal/build"
)

// TestWhatIsNew reads a document, then a later version of it: the page says
// what came since, in this visit and not in the next, and leads there.
func TestWhatIsNew(t *testing.T) {
	t.Parallel()
	b, err := started()
	need(t, err)
	dir := filepath.Join(b.profile, t.Name())
	publish := func(version, changes string) {
		t.Helper()
		if _, err := write(dir, fstest.MapFS{
			"index.md": {Data: []byte("# Home\n")},
			"p/a.md":   {Data: []byte("---\nversion: \"" + version + "\"\nchanges:\n" + changes + "---\nText.\n")},
		}, build.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	one := "  - {version: \"1.0\", date: 2026-01-01, summary: First}\n"
	two := "  - {version: \"2.0\", date: 2026-02-01, summary: \"Free, <b>always</b>\", material: yes}\n"
	read := func(tab *tab, base, want string) {
		t.Helper()
		for range 2 { // a page that is loaded again says the same
			tab.open(strings.TrimSuffix(base, "/") + "/p/a/index.html")
			var got string
			tab.eval(`(() => { const news = document.querySelector(".news"); if (!news) return "";
				const since = document.getElementById(decodeURIComponent(news.querySelector("a").hash.slice(1)));
				return [news, since.querySelector(".change-facts")].map((e) => e.textContent.replace(/\s+/g, " ").trim()).join(" | ") })()`, &got)
			if got != want {
				t.Errorf("%s: %q, not %q", base, got, want)
			}
		}
		var none any
		tab.eval(`sessionStorage.clear() ?? null`, &none) // the end of the visit
	}
	bases := []string{"file://" + dir, serve(t, dir, "", policy)}
	tabs := []*tab{newTab(t), newTab(t)}
	for _, visit := range []struct{ version, changes, want string }{
		{"1.0", one, ""},
		{"2.0", two + one, "Since you last read this (1.0):Free, <b>always</b> | 2.0 1 February 2026 Important change"},
		{"2.0", two + one, ""},
	} {
		publish(visit.version, visit.changes)
		for i, base := range bases {
			read(tabs[i], base, visit.want)
		}
	}
}
