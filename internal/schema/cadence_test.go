package schema

import (
	"fmt"
	"testing"
)

// TestCadence holds what a calendar is told: how many of which unit, and on
// which days of the week.
func TestCadence(t *testing.T) {
	en, de := builtIn(t, "en"), builtIn(t, "de")
	for _, c := range []struct {
		lexicon    *Lexicon
		text, want string
	}{
		{en, "every day at opening and at 2", "1 day []"},
		{en, "each working day", "1 week [0 1 2 3 4]"},
		{en, "every 2 weeks", "2 week []"},
		{en, "every Friday", "1 week [4]"},
		{en, "every Thursday and Monday, before ten", "1 week [0 3]"},
		{en, "at noon, every third of the month", ""},
		{en, "monthly", "1 month []"},
		{en, "every quarter", "3 month []"},
		{en, "every six months", "6 month []"},
		{en, "yearly", "1 year []"},
		{en, "every 2 working days", ""},
		{en, "every hour", ""},
		{en, "every time", ""},
		{en, "every", ""},
		{en, "every 0 days", ""},
		{en, "within 2 days", ""},
		{en, "the first Tuesday of the month", ""},
		{en, "", ""},
		{de, "jeden Freitag", "1 week [4]"},
		{de, "alle zwei Wochen", "2 week []"},
		{de, "jeden Werktag", "1 week [0 1 2 3 4]"},
		{de, "vierteljährlich", "3 month []"},
	} {
		got := ""
		if cadence, ok := c.lexicon.Cadence(c.text); ok {
			got = fmt.Sprint(cadence.Every, " ", cadence.Unit, " ", cadence.Days)
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
