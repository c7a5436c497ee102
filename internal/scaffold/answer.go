package scaffold

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// answer is text that a user typed. Templates print it as Markdown that shows
// that text and nothing else; its other forms are for other places. There is
// no way to print it raw, so no template can forget to escape.
//
// A template must not put an answer at the beginning of a line or of a list
// item, where "1." and "#" would mean something, nor into a heading.
type answer struct{ raw string }

// String is the answer in running Markdown or a table cell.
func (a answer) String() string { return escape(a.raw, false) }

// Linked is String, but web and e-mail addresses become links.
func (a answer) Linked() string { return escape(a.raw, true) }

// YAML is the answer as a value that may hold blanks, such as a title.
func (a answer) YAML() string { return quoted(strings.ReplaceAll(a.raw, "%{", `\%{`)) }

// escape puts a backslash before every character that Markdown, or one of our
// additions, could take for markup.
func escape(s string, linked bool) string {
	var b strings.Builder
	for i, r := range s {
		rest := s[i:]
		switch r {
		case '\\', '`', '*', '[', ']', '<', '>', '|', '~':
			b.WriteByte('\\')
		case '_':
			if !within(s[:i], rest[1:]) { // inside a word it means nothing
				b.WriteByte('\\')
			}
		case '%':
			if strings.HasPrefix(rest, "%{") {
				b.WriteByte('\\')
			}
		case '{':
			// "\%{" is the one escape of a blank; "%\{" would not be read as it.
			if !strings.HasSuffix(s[:i], "%") {
				b.WriteByte('\\')
			}
		case '&':
			if reference(rest) {
				b.WriteByte('\\')
			}
		case ':':
			if address := strings.HasPrefix(rest, "://"); address && !linked || !address && strings.Contains(rest[1:], ":") {
				b.WriteByte('\\') // a web address, or perhaps an emoji's name
			}
		case '@':
			if !linked {
				b.WriteByte('\\')
			}
		case '.':
			if !linked && strings.HasSuffix(strings.ToLower(s[:i]), "www") {
				b.WriteByte('\\')
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

// within reports whether letters or digits stand on both sides.
func within(before, after string) bool {
	a, _ := utf8.DecodeLastRuneInString(before)
	b, _ := utf8.DecodeRuneInString(after)
	return (unicode.IsLetter(a) || unicode.IsDigit(a)) && (unicode.IsLetter(b) || unicode.IsDigit(b))
}

// reference reports whether text that begins with "&" could be a character
// reference, such as &amp; or &#35;.
func reference(s string) bool {
	name, _, ok := strings.Cut(s[1:], ";")
	return ok && name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return r != '#' && (r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r))
	})
}

// quoted writes a double-quoted scalar (YAML 1.2.2, 7.3.1), which is a basic
// string of TOML 1.0 too.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default: // such as the joiners inside a family emoji
			fmt.Fprintf(&b, `\U%08X`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// tidy makes one line of what somebody typed: no spaces around it, single
// ones within.
func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }

// problem says why a tidied text cannot be used, or "".
func problem(s string, most int) string {
	switch {
	case !utf8.ValidString(s):
		return "it is no valid UTF-8 text"
	case strings.ContainsFunc(s, hidden):
		return "it has characters that cannot be seen"
	case utf8.RuneCountInString(s) > most:
		return fmt.Sprintf("it is longer than %d characters", most)
	case !strings.ContainsFunc(s, unicode.IsGraphic):
		return "it is empty"
	}
	return ""
}

// hidden is true of characters that drive a terminal, reorder a line or belong
// to no text. Joiners are left alone: scripts and emoji need them.
func hidden(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || unicode.Is(unicode.Noncharacter_Code_Point, r) ||
		r == '\u2028' || r == '\u2029' || r == '\ufeff' || r == unicode.ReplacementChar
}
