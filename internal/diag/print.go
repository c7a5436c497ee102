package diag

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printer shows findings to people. Every text that comes from a file or a
// file name goes through [Clean], so that no content can drive the terminal.
type Printer struct {
	W     io.Writer
	Color bool
	Show  func(path string) string // how a path is shown; nil shows it as it is
	Tips  int                      // tips shown before the rest is only counted; negative shows all
}

const excerptWidth = 100 // characters of a long source line that are shown

// Print writes the list in its order: place, class, message and rule on the
// first line, then the source line with a caret, then the hint.
func (p Printer) Print(l List) error {
	w := bufio.NewWriter(p.W)
	tips := 0
	for _, d := range l {
		if d.Class == Tip {
			if tips++; p.Tips >= 0 && tips > p.Tips {
				continue
			}
		}
		p.one(w, d)
	}
	if left := tips - p.Tips; p.Tips >= 0 && left > 0 {
		fmt.Fprintf(w, "… and %s (peppermill check shows them all)\n", plural(left, "more tip"))
	}
	return w.Flush()
}

// One writes a single finding, for failures that are not about content.
func (p Printer) One(d Diagnostic) { p.one(p.W, d) }

func (p Printer) one(w io.Writer, d Diagnostic) {
	if d.Pos.Path != "" {
		fmt.Fprintf(w, "%s: ", p.paint(bold, p.place(d.Pos)))
	}
	fmt.Fprintf(w, "%s %s", p.label(d.Class), Clean(d.Message))
	if d.Rule != "" {
		fmt.Fprintf(w, " %s", p.paint(faint, "["+d.Rule+"]"))
	}
	fmt.Fprintln(w)
	if d.Excerpt != "" {
		p.excerpt(w, d)
	}
	if d.Hint != "" {
		fmt.Fprintf(w, "  %s %s\n", p.paint(cyan, "hint:"), Clean(d.Hint))
	}
}

func (p Printer) place(at Pos) string {
	s := at.Path
	if p.Show != nil {
		s = p.Show(s)
	}
	s = Clean(s)
	if at.Line > 0 {
		s += ":" + strconv.Itoa(at.Line)
		if at.Column > 0 {
			s += ":" + strconv.Itoa(at.Column)
		}
	}
	return s
}

// label is "error:" for what must be mended, as editors and other programs
// look for that word, and "tip:" for advice.
func (p Printer) label(c Class) string {
	if c == Tip {
		return p.paint(yellow, "tip:")
	}
	return p.paint(red, "error:")
}

// excerpt prints the source line, a window of it when it is long, with the
// offending text underlined.
func (p Printer) excerpt(w io.Writer, d Diagnostic) {
	line := []rune(d.Excerpt)
	column := max(d.Pos.Column, 1) - 1
	from := 0
	if len(line) > excerptWidth {
		from = max(0, min(column-excerptWidth/3, len(line)-excerptWidth))
		line = line[from:min(len(line), from+excerptWidth)]
	}
	number := strconv.Itoa(d.Pos.Line)
	fmt.Fprintf(w, "  %s %s %s\n", p.paint(faint, number), p.paint(faint, "|"), visible(line))
	if at := column - from; d.Pos.Column > 0 && at <= len(line) {
		width := max(1, min(d.Width, len(line)-at))
		caret := "^" + strings.Repeat("~", width-1)
		fmt.Fprintf(w, "  %s %s %s%s\n", strings.Repeat(" ", len(number)), p.paint(faint, "|"), blanks(line[:at]), p.paint(red, caret))
	}
}

// visible shows one cell or two for each character, whatever it is, so that
// the caret below stands right.
func visible(line []rune) string {
	out := make([]rune, len(line))
	for i, r := range line {
		switch {
		case r == '\t':
			r = ' '
		case unsafe(r):
			r = '\ufffd'
		}
		out[i] = r
	}
	return string(out)
}

// blanks is as wide as the characters it stands under.
func blanks(line []rune) string {
	var b strings.Builder
	for _, r := range line {
		switch {
		case unicode.Is(unicode.Mn, r):
		case wide(r):
			b.WriteRune('\u3000')
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r >= 0xff01 && r <= 0xff60 || r >= 0x1f300 && r <= 0x1faff
}

// Clean returns s with line ends as spaces and with every character that could
// drive a terminal or reorder a line written out as \u{…}.
func Clean(s string) string {
	if !strings.ContainsFunc(s, unsafe) && !strings.ContainsAny(s, "\n\t") {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n', r == '\t':
			b.WriteByte(' ')
		case unsafe(r):
			fmt.Fprintf(&b, "\\u{%x}", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// unsafe is true of control characters and of the marks that change the
// direction of what follows.
func unsafe(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Bidi_Control, r) || r == unicode.ReplacementChar || r == 0x2028 || r == 0x2029
}

// The escape sequences of the terminal colours in use.
const (
	bold   = "\x1b[1m"
	faint  = "\x1b[2m"
	red    = "\x1b[1;31m"
	yellow = "\x1b[33m"
	cyan   = "\x1b[36m"
	plain  = "\x1b[0m"
)

func (p Printer) paint(with, s string) string {
	if !p.Color {
		return s
	}
	return with + s + plain
}

// JSON writes one object a line and finding, for programs. Paths are shown as
// Print shows them.
func (p Printer) JSON(l List) error {
	w := bufio.NewWriter(p.W)
	for _, d := range l {
		path := d.Pos.Path
		if p.Show != nil && path != "" {
			path = p.Show(path)
		}
		line, err := JSONLine(struct {
			Path    string `json:"path,omitempty"`
			Line    int    `json:"line,omitempty"`
			Column  int    `json:"column,omitempty"`
			Class   string `json:"class"`
			Rule    string `json:"rule"`
			Message string `json:"message"`
			Hint    string `json:"hint,omitempty"`
			Excerpt string `json:"excerpt,omitempty"`
		}{path, d.Pos.Line, d.Pos.Column, d.Class.String(), d.Rule, d.Message, d.Hint, d.Excerpt})
		if err != nil {
			return err
		}
		w.Write(line)
	}
	return w.Flush()
}

// JSONLine encodes v on one line. Characters that could drive a terminal are
// written as escapes, which JSON reads as the same text.
func JSONLine(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	if !bytes.ContainsFunc(b.Bytes(), unsafe) {
		return b.Bytes(), nil
	}
	var out []byte
	for _, r := range b.String() {
		if unsafe(r) {
			out = fmt.Appendf(out, "\\u%04x", r)
		} else {
			out = utf8.AppendRune(out, r)
		}
	}
	return out, nil
}

// plural says "1 tip", "2 tips".
func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return strconv.Itoa(n) + " " + word + "s"
}
