package schema

import (
	"strings"
	"time"
	"unicode"
)

// Clock is a limit of time that can be measured.
type Clock struct {
	Within  time.Duration // a day has 24 hours here, a month 30 days
	Working bool          // counted in days on which the business is open
}

// unit is a word for a stretch of time.
type unit struct {
	length  time.Duration
	working bool
}

// moment is a phrase that is a limit by itself: at once, the same day.
type moment struct {
	phrase string // folded words, a space between them
	clock  Clock
}

const day = 24 * time.Hour

// times reads how the language writes times.
func (l *Lexicon) times(word func(string) string) {
	l.units, l.numbers = map[string]unit{}, map[string]int{}
	for _, u := range []struct {
		key string
		unit
	}{
		{"clock.second", unit{time.Second, false}}, {"clock.minute", unit{time.Minute, false}}, {"clock.hour", unit{time.Hour, false}}, {"clock.day", unit{day, false}},
		{"clock.workday", unit{day, true}}, {"clock.week", unit{7 * day, false}}, {"clock.month", unit{30 * day, false}}, {"clock.year", unit{365 * day, false}},
	} {
		for _, name := range phrases(word(u.key)) {
			l.units[name] = u.unit
		}
	}
	for i, name := range phrases(word("clock.numbers")) {
		l.numbers[name] = i + 1
	}
	for _, name := range phrases(word("clock.one")) {
		l.numbers[name] = 1
	}
	for _, m := range []struct {
		key string
		Clock
	}{{"clock.now", Clock{}}, {"clock.today", Clock{Within: day}}, {"clock.today.working", Clock{day, true}}, {"clock.tomorrow", Clock{Within: 2 * day}}, {"clock.tomorrow.working", Clock{2 * day, true}}} {
		for _, p := range phrases(word(m.key)) {
			l.moments = append(l.moments, moment{p, m.Clock})
		}
	}
	l.whens = phrases(strings.ReplaceAll(word("clock.when"), "#", "0"))
}

func phrases(text string) []string {
	var out []string
	for p := range strings.SplitSeq(text, "|") {
		if p = plainWords(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// plainWords brings a phrase to the form that is compared: lower case, words
// with one space between them, no marks, and numbers apart from letters.
func plainWords(s string) string {
	b := make([]byte, 0, len(s)+2)
	last := ' '
	for _, r := range s {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r):
			if last != ' ' && unicode.IsDigit(r) != unicode.IsDigit(last) {
				b = append(b, ' ')
			}
			r = unicode.ToLower(r)
			b = append(b, string(r)...)
			last = r
		case last != ' ':
			b = append(b, ' ')
			last = ' '
		}
	}
	return strings.TrimSpace(string(b))
}

// Clock reads a limit of time: a number and a unit ("within 4 h", "one working
// day"), or a phrase that is one ("at once", "the same day"). ok is false for
// what names no time that can be measured ("before the promised hour"). Of
// several ("1 to 2 days") the last counts.
func (l *Lexicon) Clock(text string) (c Clock, ok bool) {
	return l.clock(plainWords(text))
}

// clock is Clock for plain words.
func (l *Lexicon) clock(s string) (c Clock, ok bool) {
	var room [16]string
	words := room[:0]
	for w := range strings.SplitSeq(s, " ") {
		words = append(words, w)
	}
	for i := range words {
		n, isNumber := l.number(words[i])
		if !isNumber {
			continue
		}
		if u, found := l.unitAt(words[i+1:]); found {
			c, ok = Clock{time.Duration(n) * u.length, u.working}, true
		}
	}
	if ok {
		return c, true
	}
	for _, m := range l.moments {
		if holdsWords(s, m.phrase) && (!ok || m.clock.Working) {
			c, ok = m.clock, true
		}
	}
	return c, ok
}

func (l *Lexicon) number(word string) (int, bool) {
	if n, ok := digits(word); ok && n < 100_000 {
		return n, true
	}
	n, ok := l.numbers[word]
	return n, ok
}

// unitAt reads a unit of up to three words: working day.
func (l *Lexicon) unitAt(words []string) (unit, bool) {
	for n := min(3, len(words)); n > 0; n-- {
		if u, ok := l.unit(words[:n]); ok {
			return u, true
		}
	}
	return unit{}, false
}

func (l *Lexicon) unit(words []string) (unit, bool) {
	if len(words) == 1 {
		u, ok := l.units[words[0]]
		return u, ok
	}
	u, ok := l.units[strings.Join(words, " ")]
	return u, ok
}

// IsTime reports whether a text speaks of a time, whether or not it can be
// measured: "before the promised hour", "at 2", "by the end of April".
func (l *Lexicon) IsTime(text string) bool {
	s := plainWords(text)
	for _, p := range l.whens {
		if begins(s, p) {
			return true
		}
	}
	_, ok := l.clock(s)
	return ok
}

// begins reports whether s begins with the words of a phrase. One that ends in
// a nought wants any number there.
func begins(s, phrase string) bool {
	if before, ok := strings.CutSuffix(phrase, " 0"); ok {
		rest, ok := strings.CutPrefix(s, before+" ")
		return ok && rest[0] >= '0' && rest[0] <= '9'
	}
	return strings.HasPrefix(s, phrase) && (len(s) == len(phrase) || s[len(phrase)] == ' ')
}

// holdsWords reports whether s holds the phrase as whole words.
func holdsWords(s, phrase string) bool {
	i := strings.Index(s, phrase)
	if i < 0 {
		return false
	}
	end := i + len(phrase)
	return (i == 0 || s[i-1] == ' ') && (end == len(s) || s[end] == ' ')
}
