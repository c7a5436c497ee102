package render

import (
	"fmt"
	"strings"
	"testing"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

// TestPoster holds that the newest stands on it, in words that are read from a
// few steps away, and that what has no room is spoken of.
func TestPoster(t *testing.T) {
	for _, n := range []int{1, 6, 40} {
		w := newWorld(t)
		late := w.single("late", "Late", "")
		g := site.Group{}
		for i := range n {
			g.Lines = append(g.Lines, site.Line{Entries: []site.Entry{{Text: fmt.Sprintf("number %d had to wait until somebody was back from the oven", i)}, {Text: "A second pair of hands"}, {Day: page.Date{}}, {Page: late}}})
		}
		p := w.add(&site.Page{Kind: site.Reported, Address: "overview/said/index.html", Name: "Said", Title: "Said <it>", Report: &site.Report{Name: site.Said, Groups: []site.Group{g}}})
		r := New(w.Site, builtIn(t))
		c := r.poster(p, place{from: "overview/said/card/index.html"}, r.tongue("en"))
		if got := len(c.Said); got < min(n, 5) || got > 12 || (c.More == "") != (got == n) {
			t.Errorf("of %d, %d stand on it, and %q", n, got, c.More)
		}
		if !strings.Contains(c.Said[0].Because, "number 0 ") || c.Size == "small" || c.Size == "least" || c.Title != "Said &lt;it&gt;" {
			t.Errorf("%s: %s, in size %s", c.Title, c.Said[0].Because, c.Size)
		}
	}
}
