package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"peppermill/internal/page"
)

// longestBlank bounds the look ahead for a blank's end.
const longestBlank = 1000

// curl gives a plain text the marks that running text has: quotes of the
// page's language, dashes and ellipses. Nothing else in it is read, so escapes
// and entities stay what they are, and blanks keep their names.
func (w *work) curl(t page.Text) page.Text {
	if w.marks == nil || !strings.ContainsAny(string(t), `"'-.`) {
		return t
	}
	keep := w.quotes
	defer func() { w.quotes = keep }()
	w.quotes = openQuotes{}
	s := []byte(t)
	var out strings.Builder
	for i := 0; i < len(s); {
		n, text := 1, ""
		switch c := s[i]; {
		case c == '%' && i+1 < len(s) && s[i+1] == '{':
			if before, name, _, _, ok := page.CutBlank(string(s[i:min(len(s), i+longestBlank)])); ok && before == "" && name != "" {
				n = len(name) + len("%{}")
			}
		case c == '"':
			if text = w.doubleQuote(neighbours(s, s, i, -1)); text == "&quot;" {
				text = `"`
			}
		case c == '\'':
			text = w.singleQuote(s, i, -1)
		case (c == '-' || c == '.') && i+1 < len(s) && s[i+1] == c:
			n, text = w.dots(s, i, -1)
		}
		if text == "" {
			text = string(s[i : i+n])
		}
		out.WriteString(text)
		i += n
	}
	return page.Text(out.String())
}

func (w *work) curlUnless(code bool, t page.Text) page.Text {
	if code {
		return t
	}
	return w.curl(t)
}

// holdsCode reports whether code stands among a node's words: marks in it mean
// what was typed.
func holdsCode(n ast.Node) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == ast.KindCodeSpan || holdsCode(c) {
			return true
		}
	}
	return false
}
