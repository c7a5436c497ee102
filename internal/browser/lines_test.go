package browser

import (
	"strings"
	"testing"
)

// TestRoomToWrite holds that questions have lines to write on when they are
// printed by themselves, and neither on a screen nor in the book of all pages.
func TestRoomToWrite(t *testing.T) {
	t.Parallel()
	_, err := started()
	need(t, err)
	s, err := bakehouse()
	if err != nil {
		t.Fatal(err)
	}
	tab, base := newTab(t), strings.TrimSuffix(serve(t, s.dir, "", policy), "/")
	for _, c := range []struct {
		page, questions, media string
		lines                  bool
	}{
		{"articles/always-right/", ".discussion > li", "print", true},
		{"articles/always-right/", ".discussion > li", "", false},
		{"checklists/hiring/", ".interview > li", "print", true},
		{"overview/questions/", ".answers li", "print", true},
		{"overview/questions/", ".answers li", "", false},
		{"print/", ".discussion > li", "print", false},
	} {
		tab.show(screen{width: 680, scheme: "light", media: c.media})
		tab.open(base + "/" + c.page + "index.html")
		var heights []float64 // of what follows each question
		tab.eval(`[...document.querySelectorAll(`+"`"+c.questions+"`"+`)].map((e) => parseFloat(getComputedStyle(e, "::after").height) || 0)`, &heights)
		if len(heights) < 3 {
			t.Errorf("%s: %d questions", c.page, len(heights))
		}
		for _, h := range heights {
			if (h > 30) != c.lines {
				t.Errorf("%s as %q: %v px to write in", c.page, c.media, h)
				break
			}
		}
	}
}
