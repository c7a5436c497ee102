package browser

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"peppermill/internal/build"
)

// TestOverdue reads a page on later days than that of its build: once the day
// of its review is over, the page says so in the words of its language.
func TestOverdue(t *testing.T) {
	t.Parallel()
	b, err := started()
	need(t, err)
	dir := filepath.Join(b.profile, t.Name())
	text := "last_reviewed: 2025-12-15\nreview_every: 6 months\n---\nText.\n"
	if _, err := write(dir, fstest.MapFS{
		"index.md": {Data: []byte("# Home\n")},
		"p/en.md":  {Data: []byte("---\ntype: policy\n" + text)},
		"p/de.md":  {Data: []byte("---\ntype: policy\nlang: de\n" + text)},
		"p/old.md": {Data: []byte("---\ntype: policy\nstatus: retired\n" + text)},
	}, build.Options{}); err != nil {
		t.Fatal(err)
	}
	tab := newTab(t)
	for _, base := range []string{"file://" + dir, serve(t, dir, "", policy)} {
		for _, tt := range []struct {
			page, day, want string
		}{
			{"en", "2026, 5, 15, 23, 59", "Next review false"},
			{"en", "2026, 5, 16", "Review was due true"},
			{"de", "2027, 0, 1", "Prüfung war fällig true"},
			{"old", "2027, 0, 1", "none"},
		} {
			var day struct{ Identifier string }
			tab.call("Page.addScriptToEvaluateOnNewDocument", dict{"source": fmt.Sprintf(
				"Date = class extends Date { constructor(...a) { a.length ? super(...a) : super(%s) } }", tt.day)}, &day)
			tab.open(strings.TrimSuffix(base, "/") + "/p/" + tt.page + "/index.html")
			var got string
			tab.eval(`(() => { const row = document.querySelector('.control [datetime="2026-06-15"]')?.closest("div");
				return row ? row.querySelector("dt").textContent + " " + row.classList.contains("overdue") : "none" })()`, &got)
			if got != tt.want {
				t.Errorf("%s/p/%s on %s: %q, not %q", base, tt.page, tt.day, got, tt.want)
			}
			tab.call("Page.removeScriptToEvaluateOnNewDocument", dict{"identifier": day.Identifier}, nil)
		}
	}
}
