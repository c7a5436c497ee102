package markdown

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	emoji "github.com/yuin/goldmark-emoji/ast"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// text writes a page.Text with its blanks as holes.
func (w *work) text(kind page.PartKind, t page.Text, pos diag.Pos) {
	w.filling(kind, string(t), func(int) diag.Pos { return pos })
}

// appendPlain appends the words of n's inline children as a page.Text.
func (w *work) appendPlain(dst []byte, n ast.Node) []byte {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		dst = w.appendInline(dst, c)
	}
	return dst
}

// appendInline appends the words of one inline node.
func (w *work) appendInline(dst []byte, n ast.Node) []byte {
	switch n := n.(type) {
	case *ast.Text:
		if n.IsRaw() {
			dst = append(dst, w.source(n)...)
		} else {
			dst = appendText(dst, w.source(n))
		}
		if n.SoftLineBreak() || n.HardLineBreak() {
			dst = append(dst, ' ')
		}
	case *blankNode:
		dst = append(dst, w.src[n.start:n.stop]...)
	case *ast.AutoLink:
		dst = append(dst, n.Label(w.src)...)
	case *emoji.Emoji:
		dst = append(dst, string(n.Value.Unicode)...)
	case *wikiNode:
		if n.label != "" {
			dst = appendText(dst, []byte(n.label))
		} else if !n.image {
			dst = append(dst, n.dest...)
		}
	case *bracesNode:
		if !isElement(n.PreviousSibling()) {
			dst = append(dst, w.src[n.start:n.stop]...)
		}
	case *ast.RawHTML:
		if s := n.Segments.Value(w.src); len(s) > 2 && s[1]|0x20 == 'b' && s[2]|0x20 == 'r' {
			dst = append(dst, ' ')
		}
	default:
		dst = w.appendPlain(dst, n)
	}
	return dst
}

func isElement(n ast.Node) bool {
	_, isText := n.(*ast.Text)
	return n != nil && !isText
}

// textOf reads Markdown's escapes and entities and keeps blanks.
func textOf(raw []byte) page.Text {
	if len(raw) == 0 {
		return ""
	}
	var dst []byte
	s := string(raw)
	for {
		before, name, rest, _, ok := page.CutBlank(s)
		dst = appendText(dst, []byte(before))
		switch {
		case !ok:
			return page.Text(dst)
		case name == "":
			dst = append(dst, `\%{`...)
		default:
			dst = append(dst, "%{"+name+"}"...)
		}
		s = rest
	}
}

// appendText appends Markdown text without its escapes and entities. A "%{"
// in it is no blank, goldmark's tree has nodes for those, so it is escaped.
func appendText(dst, s []byte) []byte {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			i++
			if s[i] == '%' && i+1 < len(s) && s[i+1] == '{' {
				dst = append(dst, '\\')
			}
			dst = append(dst, s[i])
		case c == '%' && i+1 < len(s) && s[i+1] == '{':
			dst = append(dst, '\\', '%')
		case c == '&':
			n, text := entity(s[i:])
			if n == 0 {
				dst = append(dst, '&')
				continue
			}
			dst = append(dst, text...)
			i += n - 1
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// unescape reads escapes and entities in an address.
func unescape(s []byte) string {
	if !strings.ContainsAny(string(s), `\&`) {
		return string(s)
	}
	dst := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			if !(s[i+1] == '%' && i+2 < len(s) && s[i+2] == '{') { // \%{ stays escaped
				i++
			}
			dst = append(dst, s[i])
		case c == '&':
			n, text := entity(s[i:])
			if n == 0 {
				dst = append(dst, '&')
				continue
			}
			dst = append(dst, text...)
			i += n - 1
		default:
			dst = append(dst, c)
		}
	}
	return string(dst)
}

// entity reads a character reference at the start of s, which begins with '&'.
// It returns its length, or 0, and the characters it stands for.
func entity(s []byte) (int, string) {
	end := 1
	for end < len(s) && end < 40 && (isLetter(s[end]) || isDigit(s[end]) || end == 1 && s[end] == '#') {
		end++
	}
	if end >= len(s) || s[end] != ';' || end < 2 {
		return 0, ""
	}
	name := string(s[1:end])
	if name[0] != '#' {
		e, ok := util.LookUpHTML5EntityByName(name)
		if !ok {
			return 0, ""
		}
		return end + 1, string(e.Characters)
	}
	digits, base := name[1:], 10
	if strings.HasPrefix(digits, "x") || strings.HasPrefix(digits, "X") {
		digits, base = digits[1:], 16
	}
	v, err := strconv.ParseUint(digits, base, 32)
	if err != nil || base == 10 && len(digits) > 7 || base == 16 && len(digits) > 6 {
		return 0, ""
	}
	r := rune(v)
	if v == 0 || v > unicode.MaxRune || !utf8.ValidRune(r) {
		r = utf8.RuneError
	}
	return end + 1, string(r)
}

// wordChars says of each ASCII character whether it makes a word (a), ends one
// (.), or goes on with one (-).
const wordChars = "................................" + ".......-.....-..aaaaaaaaaa......" +
	".aaaaaaaaaaaaaaaaaaaaaaaaaa....-" + ".aaaaaaaaaaaaaaaaaaaaaaaaaa....."

// words adds the words of s to the page's count. Two characters of a script
// without spaces count as one word.
func (w *work) words(s string) {
	inWord, half := false, 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch wordChars[c] {
			case 'a':
				if !inWord {
					w.page.Words++
				}
				inWord = true
			case '.':
				inWord = false
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer):
			half++
			inWord = false
		case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsDigit(r):
			if !inWord {
				w.page.Words++
			}
			inWord = true
		case r != '’':
			inWord = false
		}
	}
	w.page.Words += (half + 1) / 2
}
