package scaffold

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"peppermill/internal/data"
	"peppermill/internal/diag"
	"peppermill/internal/frontmatter"
	"peppermill/internal/page"
	"peppermill/internal/schema"
	"peppermill/internal/source"
)

// sheet is a page's file while its settings are changed: lines as they are,
// and what becomes of some of them. The first refusal ends all further work.
type sheet struct {
	path  string
	bom   string
	lines []string // with their ends
	eol   string
	block frontmatter.Block

	first, last int            // lines[first:last] are the settings; equal where there are none
	indent      string         // before every key at the top
	instead     map[int]string // lines that change, by index
	before      map[int]string // lines to add above a line
	after       map[int]string // and below one, as parts of its value
	want        []page.Field   // every field that was set, by the key that it is written with
	byHand      []string       // the same, as an author would write it
	refusal     *Error
}

const byteOrderMark = "\ufeff"

// read takes a file apart. What no machine can be sure of is refused.
func read(path string, text []byte) *sheet {
	s := &sheet{path: path, eol: "\n", instead: map[int]string{}, before: map[int]string{}, after: map[int]string{}}
	rest, marked := strings.CutPrefix(string(text), byteOrderMark)
	if marked {
		s.bom = byteOrderMark
	}
	if !utf8.ValidString(rest) {
		s.refuse(diag.Pos{Path: path}, "this file holds bytes that are no UTF-8", `save it as "UTF-8" in your editor`)
		return s
	}
	s.lines = splitLines(rest)
	if len(s.lines) > 0 {
		if line := s.lines[0]; strings.TrimRight(line, "\r\n") != line {
			s.eol = line[len(strings.TrimRight(line, "\r\n")):]
		}
	}
	block, findings := frontmatter.Read(source.File{Path: path, Data: []byte(rest)})
	s.block = block
	for _, d := range findings {
		if block.Broken || d.Rule == data.RuleRepeated {
			s.refuse(d.Pos, d.Message, d.Hint)
			return s
		}
	}
	if block.First == 0 {
		return s
	}
	s.first, s.last = block.First-1, block.BodyLine-2
	if fields := block.Tree.Fields; len(fields) > 0 {
		s.indent = s.lines[fields[0].Pos.Line-1][:s.offset(fields[0].Pos)]
		if strings.Trim(s.indent, " \t") != "" && block.Format == data.YAML {
			s.refuse(fields[0].Pos, "these settings stand on one line", "write each one as name: value in a line of its own")
		}
		if block.Format == data.TOML {
			s.indent = ""
		}
	}
	for _, line := range s.lines[s.first:s.last] {
		if strings.Contains(line, "{{#include ") || strings.Contains(line, "--8<--") {
			s.refuse(diag.Pos{Path: path, Line: s.first + 1, Column: 1}, "a part of these settings is included from another file", "write them into this file")
		}
	}
	return s
}

// splitLines keeps the line ends: LF, CR LF or a lone CR.
func splitLines(s string) []string {
	var lines []string
	for len(s) > 0 {
		end := strings.IndexAny(s, "\r\n") + 1
		if end == 0 {
			end = len(s)
		} else if s[end-1] == '\r' && end < len(s) && s[end] == '\n' {
			end++
		}
		lines, s = append(lines, s[:end]), s[end:]
	}
	return lines
}

// offset is the byte in its line at which a place stands.
func (s *sheet) offset(at diag.Pos) int {
	line, n := s.lines[at.Line-1], 0
	for column := 1; column < at.Column && n < len(line); column++ {
		_, size := utf8.DecodeRuneInString(line[n:])
		n += size
	}
	return n
}

func (s *sheet) refuse(at diag.Pos, why, hint string) {
	if s.refusal == nil {
		s.refusal = &Error{Text: why, Hint: hint, At: at}
	}
}

// keyed matches a key, from its first byte, up to its value.
var keyed = regexp.MustCompile(`^(?:"[^"\\]*"|'[^']*'|[^:="'#{}\[\],&*!|>%@]+?)[ \t]*[:=][ \t]*`)

// nothing matches what may stand behind a key that has no value.
var nothing = regexp.MustCompile(`^(?:~|[Nn]ull|NULL)?[ \t]*(?:#.*)?$`)

// set gives a field a value: in its place where the file has the field, else
// as a new line.
func (s *sheet) set(field string, v scalar) {
	if s.refusal != nil {
		return
	}
	s.byHand = append(s.byHand, field+s.sep()+v.written(s.format(), ""))
	there := schema.Spellings(s.block.Tree, field)
	switch {
	case len(there) > 1:
		s.refuse(there[1].Pos, fmt.Sprintf("%q and %q mean the same", there[0].Key, there[1].Key), "delete one of the two lines")
	case len(there) == 1:
		s.change(there[0], v)
	default:
		s.add(field+s.sep()+v.written(s.format(), ""), page.Field{Key: field, Value: page.Value{Kind: page.Scalar, Text: v.text}})
	}
}

// change puts a value where another one stands.
func (s *sheet) change(f page.Field, v scalar) {
	if f.Value.Kind == page.Scalar && f.Value.Text == v.text {
		return
	}
	line, at := s.lines[f.Pos.Line-1], s.offset(f.Pos)
	prefix := keyed.FindString(line[at:])
	refuse := func() {
		s.refuse(f.Pos, fmt.Sprintf("%q is written in a way that cannot be changed safely", f.Key),
			"write by hand: "+f.Key+s.sep()+v.written(s.format(), ""))
	}
	if prefix == "" || strings.TrimLeft(line[:at], " \t") != "" || s.format() == data.YAML && line[:at] != s.indent {
		refuse()
		return
	}
	start := at + len(prefix)
	rest := strings.TrimRight(line[start:], "\r\n")
	end := line[start+len(rest):]
	old := ""
	switch {
	case f.Value.Kind == page.Null && nothing.MatchString(rest):
		if rest = strings.TrimLeft(rest, "~nulNUL"); rest != "" && rest[0] == '#' {
			rest = " " + rest
		}
		if !strings.HasSuffix(prefix, " ") {
			prefix += " "
		}
	case f.Value.Kind == page.Scalar && f.Value.Pos.Line == f.Pos.Line && s.offset(f.Value.Pos) == start:
		old = head(rest, f.Value.Width)
		rest = rest[len(old):]
		if strings.IndexByte("&*!|>[{%@`", old[0]) >= 0 || strings.Trim(rest, " \t") != "" && strings.TrimLeft(rest, " \t")[0] != '#' {
			refuse()
			return
		}
	default:
		refuse()
		return
	}
	s.instead[f.Pos.Line-1] = line[:at] + prefix + v.written(s.format(), old) + rest + end
	s.want = append(s.want, page.Field{Key: f.Key, Value: page.Value{Kind: page.Scalar, Text: v.text}})
}

// head is the first n characters of s.
func head(s string, n int) string {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	if i == 0 {
		return " " // a value without width is none that we know
	}
	return s[:i]
}

// add puts a line below the last setting at the top.
func (s *sheet) add(line string, f page.Field) {
	s.before[s.end()] += s.indent + line + s.eol
	s.want = append(s.want, f)
}

func (s *sheet) format() data.Format {
	if s.block.First == 0 {
		return data.YAML
	}
	return s.block.Format
}

func (s *sheet) sep() string {
	if s.format() == data.TOML {
		return " = "
	}
	return ": "
}

// end is the line before which a setting at the top may be added: the closing
// one, or in TOML the first table's.
func (s *sheet) end() int {
	at := s.last
	if s.format() != data.TOML {
		return at
	}
	for _, f := range s.block.Tree.Fields {
		if n := f.Pos.Line - 1; n < at && strings.HasPrefix(strings.TrimLeft(s.lines[n], " \t"), "[") {
			at = n
		}
	}
	if at == s.last {
		return at
	}
	return s.above(at)
}

// above goes up over empty lines and comments.
func (s *sheet) above(at int) int {
	for at > s.first {
		if line := strings.TrimRight(s.lines[at-1], " \t\r\n"); line != "" && line[0] != '#' {
			break
		}
		at--
	}
	return at
}

// text is the whole file with everything that was set, once it has been read
// again and found to say what was meant.
func (s *sheet) text() ([]byte, error) {
	if s.refusal != nil {
		return nil, s.refusal
	}
	var b bytes.Buffer
	b.WriteString(s.bom)
	if s.block.First == 0 && s.before[0] != "" {
		s.before[0] = "---" + s.eol + s.before[0] + "---" + s.eol
	}
	for i := range len(s.lines) + 1 {
		b.WriteString(s.before[i])
		if line, ok := s.instead[i]; ok {
			b.WriteString(line)
		} else if i < len(s.lines) {
			b.WriteString(s.lines[i])
		}
		b.WriteString(s.after[i])
	}
	if !s.meant(b.Bytes()) {
		return nil, &Error{Text: "these settings are written in a way that cannot be changed safely", Hint: "write by hand: " + strings.Join(s.byHand, ", "),
			At: diag.Pos{Path: s.path, Line: max(s.first, 1), Column: 1}}
	}
	return b.Bytes(), nil
}

// meant reads the new text and holds it against the old one: the same body,
// the same settings, but for those that were set.
func (s *sheet) meant(text []byte) bool {
	after, _ := frontmatter.Read(source.File{Path: s.path, Data: bytes.TrimPrefix(text, []byte(byteOrderMark))})
	want := page.Value{Kind: page.Map}
	want.Fields = append(want.Fields, s.block.Tree.Fields...)
	for _, f := range s.want {
		want = with(want, f)
	}
	if len(want.Fields) == 0 {
		want = page.Value{}
	}
	return !after.Broken && bytes.Equal(after.Body, s.body()) && alike(after.Tree, want)
}

// body is the text with what was added to it.
func (s *sheet) body() []byte {
	n := 0
	if s.block.First > 0 {
		n = s.last + 1
	}
	plain := true
	var b bytes.Buffer
	for ; n < len(s.lines); n++ {
		line := s.lines[n]
		if other, ok := s.instead[n]; ok {
			line, plain = other, false
		}
		above := s.before[n]
		if s.block.First == 0 && n == 0 {
			above = "" // new settings
		}
		plain = plain && above == "" && s.after[n] == ""
		b.WriteString(above + line + s.after[n])
	}
	if plain {
		return s.block.Body
	}
	return b.Bytes()
}

func with(v page.Value, f page.Field) page.Value {
	for i, old := range v.Fields {
		if old.Key == f.Key {
			v.Fields[i] = f
			return v
		}
	}
	v.Fields = append(v.Fields, f)
	return v
}

// alike compares two values, whatever their places and the order of keys.
func alike(a, b page.Value) bool {
	if a.Kind != b.Kind || a.Text != b.Text || len(a.Items) != len(b.Items) || len(a.Fields) != len(b.Fields) {
		return false
	}
	for i := range a.Items {
		if !alike(a.Items[i], b.Items[i]) {
			return false
		}
	}
	for _, f := range a.Fields {
		if other, ok := b.Get(f.Key); !ok || !alike(f.Value, other) {
			return false
		}
	}
	return true
}
