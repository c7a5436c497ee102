package render

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"peppermill/internal/page"
)

func TestNeeded(t *testing.T) {
	for _, c := range []struct {
		pass      string
		questions int
		want      string
	}{
		{"80", 5, "4"}, {"80 %", 5, "4"}, {"80%", 3, "3"}, {"4", 5, "4"}, {"4 of 5", 5, "4"}, {"100", 5, "5"}, {"100", 200, "100"},
		{"", 5, ""}, {"most", 5, ""}, {"80", 0, ""}, {"2000", 5, ""}, {"99999999999999999999", 5, ""},
	} {
		if got := needed(c.pass, c.questions); got != c.want {
			t.Errorf("%q of %d: %q, not %q", c.pass, c.questions, got, c.want)
		}
	}
}

// TestSession holds which rows of a session are timed, and for whom.
func TestSession(t *testing.T) {
	const timed = "5 What for? a title|15 Who at To fill in: your shop ? Who at To fill in: your shop ?"
	for edition, want := range map[page.Visibility]string{page.Public: timed, page.Staff: timed + "|10 Secret Secret"} {
		w := newWorld(t)
		w.Config.Edition = edition
		w.Config.Facts["shop"] = page.Fact{Name: "shop", Label: "your shop"}
		p := w.single("first", "First", "<p>x</p>")
		s := rows("session", "prompt minutes result", "What for?|5 min|a title", "As long as it takes|all day|", "Who at %{shop}?|15|", "|20|", "Secret|10|")
		s.Rows[4].Staff = true
		p.Source.Structures, p.Source.Blanks = []page.Structure{s}, []page.Blank{{Name: "shop"}}
		var got []string
		for _, one := range find(parse(t, paint(t, New(w.Site, builtIn(t)), p)), func(n *html.Node) bool { _, ok := attr(n, "data-minutes"); return ok }) {
			minutes, _ := attr(one, "data-minutes")
			got = append(got, minutes+" "+strings.Join(strings.Fields(text(one)), " "))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%v: %s, want %s", edition, strings.Join(got, "|"), want)
		}
	}
}
