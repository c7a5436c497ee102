package render

import "testing"

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
