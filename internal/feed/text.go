package feed

import (
	"strings"
	"unicode/utf8"
)

// clean is one line of text that XML can hold: characters outside of its Char
// production (XML 1.0, 2.2), the other control characters and broken UTF-8 are
// left out, and runs of white space become one space.
func clean(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	space := false
	for i, r := range s {
		switch {
		case r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			space = true
			continue
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], string(utf8.RuneError)), !allowed(r):
			continue
		case space && b.Len() > 0:
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

func allowed(r rune) bool {
	return r >= ' ' && r != 0x7f && (r < 0x80 || r > 0x9f) && r != 0xfffe && r != 0xffff
}

// plain reports whether clean would change nothing, for the usual text.
func plain(s string) bool {
	last := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= 0x7f || c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return last != ' ' || s == ""
}
