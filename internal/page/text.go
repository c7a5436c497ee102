package page

import "strings"

// Fill returns the text with each blank replaced by what value returns for its
// name, and \%{ by %{.
func (t Text) Fill(value func(name string) string) string {
	s := string(t)
	if !strings.Contains(s, "%{") {
		return s
	}
	var b strings.Builder
	for {
		before, name, rest, escaped, ok := CutBlank(s)
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		if escaped {
			b.WriteString("%{")
		} else {
			b.WriteString(value(name))
		}
		s = rest
	}
}

// Blanks lists the names of the text's blanks, in order, repeats included.
func (t Text) Blanks() []string {
	var names []string
	t.Fill(func(name string) string { names = append(names, name); return "" })
	return names
}

// CutBlank finds the first %{name} or \%{ in s. before is what precedes it and
// rest what follows; for an escape, name is empty and rest begins after "\%{".
// Without one, before is all of s and ok is false. A name is made of letters,
// digits, '-', '_' and '.', beginning with a letter; "%{" that begins no name
// is ordinary text.
func CutBlank(s string) (before, name, rest string, escaped, ok bool) {
	for from := 0; ; {
		i := strings.Index(s[from:], "%{")
		if i < 0 {
			return s, "", "", false, false
		}
		i += from
		if i > 0 && s[i-1] == '\\' {
			return s[:i-1], "", s[i+2:], true, true
		}
		if n := blankName(s[i+2:]); n > 0 {
			return s[:i], s[i+2 : i+2+n], s[i+2+n+1:], false, true
		}
		from = i + 2
	}
}

// blankName returns the length of the name that s begins with when a closing
// brace follows it, else 0.
func blankName(s string) int {
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		switch {
		case c == '}':
			return i
		case letter, i > 0 && (c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.'):
		default:
			return 0
		}
	}
	return 0
}
