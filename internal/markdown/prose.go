package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"peppermill/internal/page"
)

// quoteMarks are a language's quotation marks.
type quoteMarks struct{ open, shut, innerOpen, innerShut string }

// quotesFor returns the marks of the page's language, or nil when they stay as
// typed. Sources: CLDR 46, delimiters; French with narrow no-break spaces.
func quotesFor(lang string) *quoteMarks {
	lang = strings.ToLower(lang)
	base, _, _ := strings.Cut(lang, "-")
	switch base {
	case "de", "cs", "sk", "sl", "is", "lt", "bg":
		if lang == "de-ch" {
			return &quoteMarks{"«", "»", "‹", "›"}
		}
		return &quoteMarks{"„", "“", "‚", "‘"}
	case "fr":
		return &quoteMarks{"«\u202f", "\u202f»", "“", "”"}
	case "es", "it", "ca", "gl", "el", "uk", "ru":
		return &quoteMarks{"«", "»", "“", "”"}
	case "pt":
		if lang == "pt" || lang == "pt-pt" {
			return &quoteMarks{"«", "»", "“", "”"}
		}
	case "no", "nb", "nn":
		return &quoteMarks{"«", "»", "‘", "’"}
	case "sv", "fi":
		return &quoteMarks{"”", "”", "’", "’"}
	case "da":
		return &quoteMarks{"”", "”", "’", "’"}
	case "pl", "ro", "hu", "hr":
		return &quoteMarks{"„", "”", "‚", "’"}
	case "ja":
		return nil
	}
	return &quoteMarks{"“", "”", "‘", "’"}
}

// openQuotes counts the quotes that are open in the current block.
type openQuotes struct{ double, single int }

// prose writes Markdown text: escapes and entities are read, and straight
// marks become the language's. off is where s stands in the source, or -1.
func (w *work) prose(s []byte, off int) {
	if len(s) == 0 {
		return
	}
	w.words(util.BytesToReadOnlyString(s))
	w.out.begin(page.Prose)
	buf, last := w.out.buf, 0
	for i := 0; i < len(s); i++ {
		if !mayChange(s[i]) {
			continue
		}
		used, text := w.special(s, i, off)
		if used == 0 {
			continue
		}
		buf = append(append(buf, s[last:i]...), text...)
		i += used - 1
		last = i + 1
	}
	w.out.buf = append(buf, s[last:]...)
	w.out.end()
}

// mayChange reports whether special has anything to say of a character: a set
// of bits, as nearly all of them are not in it.
func mayChange(c byte) bool {
	const set = 1<<0 | 1<<'"' | 1<<'&' | 1<<'\'' | 1<<'-' | 1<<'.' | 1<<'<' | 1<<'>'
	return c < 64 && uint64(set)>>c&1 != 0 || c == '\\'
}

// special returns how many bytes at s[i] are written otherwise than typed, and
// how.
func (w *work) special(s []byte, i, off int) (int, string) {
	switch c := s[i]; c {
	case '<', '>', 0:
		return 1, entityOf(c)
	case '&':
		if n, text := entity(s[i:]); n > 0 {
			return n, string(appendEscaped(nil, text))
		}
		return 1, "&amp;"
	case '\\':
		if i+1 < len(s) && util.IsPunct(s[i+1]) {
			if e := entityOf(s[i+1]); e != "" {
				return 2, e
			}
			return 2, string(s[i+1 : i+2])
		}
	case '"':
		if w.marks != nil {
			return 1, w.doubleQuote(neighbours(w.src, s, i, off))
		}
		return 1, "&quot;"
	case '\'':
		if w.marks != nil {
			return 1, w.singleQuote(s, i, off)
		}
	case '-', '.':
		if w.marks != nil && i+1 < len(s) && s[i+1] == c {
			return w.dots(s, i, off)
		}
	}
	return 0, ""
}

// neighbours returns the characters around s[i], a space at the ends.
func neighbours(src, s []byte, i, off int) (before, after rune) {
	if off >= 0 {
		s, i = src, off+i
	}
	before, after = ' ', ' '
	if i > 0 {
		before, _ = utf8.DecodeLastRune(s[max(0, i-4):i])
	}
	if i+1 < len(s) {
		after, _ = utf8.DecodeRune(s[i+1:])
	}
	return before, after
}

// opensAfter reports whether a quote after the character may be an opening one.
func opensAfter(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.Ps, unicode.Pi, unicode.Pd) || strings.ContainsRune(`*_~/|"'`, r)
}

func (w *work) doubleQuote(before, after rune) string {
	switch {
	case w.quotes.double > 0 && !unicode.IsSpace(before):
		w.quotes.double--
		return w.marks.shut
	case opensAfter(before) && !unicode.IsSpace(after):
		w.quotes.double++
		return w.marks.open
	}
	return "&quot;"
}

func (w *work) singleQuote(s []byte, i, off int) string {
	before, after := neighbours(w.src, s, i, off)
	inWord := unicode.IsLetter(after) || unicode.IsDigit(after)
	switch {
	case !unicode.IsSpace(before) && inWord && (unicode.IsLetter(before) || unicode.IsDigit(before)):
		return "’"
	case w.quotes.single > 0 && !unicode.IsSpace(before) && !inWord:
		w.quotes.single--
		return w.marks.innerShut
	case opensAfter(before) && !unicode.IsSpace(after):
		if closesLater(s[i+1:]) && !unicode.IsDigit(after) {
			w.quotes.single++
			return w.marks.innerOpen
		}
		return "’"
	case unicode.IsLetter(before) || unicode.IsDigit(before):
		return "’"
	}
	return "'"
}

// closesLater looks a little way ahead for a quote that could close one.
// Without it, 'tis and '90s would open quotations that never end.
func closesLater(s []byte) bool {
	const far = 300
	s = s[:min(len(s), far)]
	for i := 1; i < len(s); i++ {
		if s[i] != '\'' || s[i-1] == ' ' {
			continue
		}
		if i+1 == len(s) || !isLetter(s[i+1]) && !isDigit(s[i+1]) && s[i+1] < utf8.RuneSelf {
			return true
		}
	}
	return false
}

// dots turns --, --- and ... into dashes and an ellipsis. --force, as one types
// commands, and longer rows stay.
func (w *work) dots(s []byte, i, off int) (int, string) {
	n := 1
	for i+n < len(s) && s[i+n] == s[i] {
		n++
	}
	if s[i] == '.' {
		if n == 3 {
			return 3, "…"
		}
		return n, string(s[i : i+n])
	}
	before, _ := neighbours(w.src, s, i, off)
	_, after := neighbours(w.src, s, i+n-1, off)
	switch {
	case n == 2 && !(unicode.IsSpace(before) && unicode.IsLetter(after)):
		return 2, "–"
	case n == 3:
		return 3, "—"
	}
	return n, string(s[i : i+n])
}

// abbreviation is one *[HTML]: line.
type abbreviation struct {
	short, long string
	staff       bool // defined inside a staff part: explained only there
}

// takeAbbreviations takes the lines *[SHORT]: long out of a paragraph.
func (w *work) takeAbbreviations(node *ast.Paragraph, src []byte) {
	lines := node.Lines()
	kept := 0
	for i := range lines.Len() {
		s := lines.At(i)
		line := strings.TrimSpace(string(src[s.Start:s.Stop]))
		short, long, ok := strings.Cut(strings.TrimPrefix(line, "*["), "]:")
		if short = strings.TrimSpace(short); !ok || !strings.HasPrefix(line, "*[") || short == "" || strings.ContainsAny(short, "[]") {
			lines.Set(kept, s)
			kept++
			continue
		}
		w.shorts = append(w.shorts, abbreviation{short, strings.TrimSpace(long), w.insideStaff(node)})
	}
	lines.SetSliced(0, kept)
}

// maxShorts bounds the abbreviations that each word is compared with.
const maxShorts = 200

// abbreviated writes text and explains its abbreviations.
func (w *work) abbreviated(s []byte, off int) {
	from := 0
	at := func() int {
		if off < 0 {
			return -1
		}
		return off + from
	}
	for i := 0; i < len(s); i++ {
		a := w.abbreviationAt(s, i)
		if a == nil {
			continue
		}
		w.prose(s[from:i], at())
		w.out.markup("<abbr")
		w.textAttr("title", a.long, w.pos(max(0, at())))
		w.out.markup(">")
		from = i
		w.prose(s[i:i+len(a.short)], at())
		w.out.markup("</abbr>")
		from = i + len(a.short)
		i = from - 1
	}
	w.prose(s[from:], at())
}

func (w *work) abbreviationAt(s []byte, i int) *abbreviation {
	if i > 0 && isWordByte(s[i-1]) {
		return nil
	}
	for k := range w.shorts[:min(len(w.shorts), maxShorts)] {
		a := &w.shorts[k]
		if a.short[0] != s[i] || a.staff && w.staff == 0 || !bytes.HasPrefix(s[i:], []byte(a.short)) {
			continue
		}
		if end := i + len(a.short); end == len(s) || !isWordByte(s[end]) {
			return a
		}
	}
	return nil
}

// isWordByte takes every byte of a character beyond ASCII for part of a word.
func isWordByte(c byte) bool { return isLetter(c) || isDigit(c) || c == '_' || c >= utf8.RuneSelf }

func capitalised(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
