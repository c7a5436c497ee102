package build

import (
	"context"
	"fmt"
	"testing"
	"testing/fstest"
	"time"
)

// TestPromisedAddresses holds that a link to a feed or a sitemap is good
// exactly when the site has one.
func TestPromisedAddresses(t *testing.T) {
	for _, c := range []struct{ settings, page, want string }{
		{"", "date: 2025-01-01", "[link-missing 2]"}, // no sitemap
		{"base_url: https://example.com/", "date: 2025-01-01", "[]"},
		{"base_url: https://example.com/", "title: No date", "[link-missing 1]"},
		{"", "title: No date", "[link-missing 1 link-missing 2]"},
	} {
		content := fstest.MapFS{
			"site.yaml": {Data: []byte(c.settings)},
			"index.md":  {Data: []byte("[feed](/feed.xml)\n[map](sitemap.xml)\n")},
			"one.md":    {Data: []byte("---\n" + c.page + "\n---\ntext\n")},
		}
		r, err := fresh().Run(context.Background(), Input{Content: content, Options: Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}})
		if err != nil {
			t.Fatal(err)
		}
		got := []string{}
		for _, d := range r.Diags {
			got = append(got, fmt.Sprint(d.Rule, " ", d.Pos.Line))
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%q, %q: %v, want %s", c.settings, c.page, got, c.want)
		}
	}
}
