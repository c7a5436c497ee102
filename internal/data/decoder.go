package data

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// decoder is what the three formats share while one text is read.
type decoder struct {
	in       Input
	text     text
	findings diag.List
	failed   bool
	repeats  int
}

// fail reports what makes the whole text unreadable. Only the first such
// report is kept: what a parser meets after a mistake is rarely the author's.
func (d *decoder) fail(rule string, line, column int, message, hint string) {
	if d.failed {
		return
	}
	d.failed = true
	column = min(column, utf8.RuneCount(d.text.line(line))+1) // some parsers point behind the line
	d.findings = append(d.findings, diag.Diagnostic{Rule: rule, Pos: d.pos(line, column), Message: message, Hint: hint})
}

func (d *decoder) pos(line, column int) diag.Pos {
	if d.in.Pos == nil {
		return diag.Pos{Line: line, Column: column}
	}
	return d.in.Pos(line, column)
}

// posAt is the place of a byte of the text.
func (d *decoder) posAt(offset int) diag.Pos { return d.pos(d.text.place(offset)) }

// acceptable checks size and bytes before a parser sees them, and indexes the
// lines.
func (d *decoder) acceptable() bool {
	limit := d.in.MaxBytes
	if limit == 0 {
		limit = MaxFile
	}
	if len(d.in.Text) > limit {
		d.fail(RuleLimit, 1, 1, fmt.Sprintf("This text has %d bytes; at most %d are read.", len(d.in.Text), limit), "Split it into smaller files.")
		return false
	}
	d.text = newText(d.in.Text)
	if at, what := badByte(d.in.Text); at >= 0 {
		line, column := d.text.place(at)
		d.fail(RuleEncoding, line, column, "There is "+what+" here.", "Delete it, and save the file as UTF-8.")
		return false
	}
	if tooManyMarks(d.in.Text, d.in.Format) {
		d.fail(RuleLimit, 1, 1, fmt.Sprintf("This text holds more than %d lines, commas, colons and brackets.", maxMarks), "Split it into smaller files.")
		return false
	}
	return true
}

// badByte finds the first byte that belongs in no text file, or -1.
func badByte(b []byte) (at int, what string) {
	for i := 0; i < len(b); {
		c := b[i]
		if c >= 0x20 && c < 0x7f || c == '\n' || c == '\t' || c == '\r' {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i, fmt.Sprintf("a byte that is no UTF-8 (%#02x)", c)
		}
		if control(r) {
			return i, fmt.Sprintf("the invisible control character %U", r)
		}
		i += n
	}
	return -1, ""
}

// control reports what neither YAML nor HTML allows in text.
func control(r rune) bool {
	switch {
	case r == '\t', r == '\n', r == '\r', r == 0x85:
		return false
	case r < 0x20, r >= 0x7f && r < 0xa0, r == 0xfffe, r == 0xffff:
		return true
	}
	return false
}

// tooManyMarks counts what every value but the first needs in any of the
// formats, because a parser's memory grows with values, not with bytes.
func tooManyMarks(b []byte, format Format) bool {
	if len(b) <= maxMarks {
		return false
	}
	n := 0
	for _, mark := range []string{"\n", "\r", ",", ":", "[", "{", "- "} {
		n += bytes.Count(b, []byte(mark))
	}
	if format == TOML { // a.b.c = 1 makes a table at each dot
		n += bytes.Count(b, []byte("."))
	}
	return n > maxMarks
}

// sound reports whether a scalar or key is text that can be shown. Escapes
// such as "\e" can make characters that the file itself does not hold.
func (d *decoder) sound(s string, line, column int) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 0x20 && c < 0x7f {
			continue
		}
		for _, r := range s[i:] {
			if control(r) {
				d.fail(RuleEncoding, line, column, fmt.Sprintf("This value holds the invisible control character %U.", r), "Take the escape out, or write the character that was meant.")
				return false
			}
		}
		return true
	}
	return true
}

// fields collects the fields of a map, each key once.
type fields struct {
	list  []page.Field
	index map[string]int // only once the list is long
	top   bool           // the outermost map, where Input.Merge counts
}

const manyFields = 16

func (m *fields) find(key string) int {
	if m.index != nil {
		if i, ok := m.index[key]; ok {
			return i
		}
		return -1
	}
	for i := range m.list {
		if m.list[i].Key == key {
			return i
		}
	}
	return -1
}

// add appends a field, or settles which of two values of one key counts. A
// repeated key stays where it stood first.
func (d *decoder) add(m *fields, f page.Field) {
	if i := m.find(f.Key); i >= 0 {
		m.list[i] = d.settle(m, m.list[i], f)
		return
	}
	m.list = append(m.list, f)
	if m.index != nil {
		m.index[f.Key] = len(m.list) - 1
	} else if len(m.list) == manyFields {
		m.index = make(map[string]int, 2*manyFields)
		for i := range m.list {
			m.index[m.list[i].Key] = i
		}
	}
}

// settle chooses between two fields of one key and says so.
func (d *decoder) settle(m *fields, first, last page.Field) page.Field {
	kept := last
	if m.top && d.in.Merge != nil {
		kept.Value = d.in.Merge(last.Key, first.Value, last.Value)
		if kept.Value.Pos == first.Value.Pos {
			kept.Pos = first.Pos
		}
	}
	d.repeated(last.Key, first.Pos, last.Pos, kept.Pos)
	return kept
}

// repeated reports a key that stands twice and which of the two counts.
func (d *decoder) repeated(key string, first, last, kept diag.Pos) {
	d.repeats++
	if d.repeats > maxRepeats {
		return
	}
	message := fmt.Sprintf("%q stands twice, in lines %d and %d; the one in line %d counts.", diag.Shorten(key), first.Line, last.Line, kept.Line)
	if first.Line == last.Line {
		message = fmt.Sprintf("%q stands twice in line %d; the one in column %d counts.", diag.Shorten(key), last.Line, kept.Column)
	}
	if d.repeats == maxRepeats {
		message += " Further repeated keys are not listed."
	}
	d.findings = append(d.findings, diag.Diagnostic{
		Rule: RuleRepeated, Pos: last, Width: utf8.RuneCountInString(key),
		Message: message, Hint: "Delete the one that is not meant.",
	})
}
