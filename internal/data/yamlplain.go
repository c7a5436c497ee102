package data

import (
	"bytes"
	"unicode/utf8"

	"peppermill/internal/page"
)

// plain reads the YAML that nearly all front matter is: lines of "key: value",
// with simple words, quoted text without escapes, and lists of words. It is ten
// times as fast as the parser, which takes longer than everything else about
// front matter together. At the first line that is anything else it declines,
// and the parser reads the whole text; FuzzPlain checks that both agree.
func (d *decoder) plain() (tree page.Value, ok bool) {
	if bytes.Contains(d.in.Text, []byte("\ufeff")) || d.text.yamlBreaks() != nil {
		return page.Value{}, false
	}
	own := fields{list: make([]page.Field, 0, 12), top: true}
	first := 0
	for n := 1; n <= len(d.text.starts); n++ {
		line := d.text.line(n)
		if len(line) == 0 {
			continue
		}
		key, rest := plainKey(line)
		if key == "" {
			return page.Value{}, false
		}
		if first == 0 {
			first = n
		}
		f := page.Field{Key: key, Pos: d.pos(n, 1)}
		used := 0
		if rest == nil {
			f.Value, used, ok = d.plainBlockList(n + 1)
			if used == 0 {
				f.Value.Pos = d.pos(n, len(key)+2)
			}
		} else {
			f.Value, ok = d.plainValue(rest, n, len(key)+3)
		}
		if !ok {
			return page.Value{}, false
		}
		if own.find(key) >= 0 { // the parser reports it; a reading that may be given up must not
			return page.Value{}, false
		}
		n += used
		d.add(&own, f)
	}
	if first == 0 {
		return page.Value{}, false
	}
	return page.Value{Kind: page.Map, Fields: own.list, Pos: d.pos(first, 1), Width: utf8.RuneCount(bytes.TrimRight(d.text.line(first), " "))}, true
}

// plainKey splits a line after a simple key in the first column. rest is nil
// when nothing follows the colon, and key empty when this is no such line.
func plainKey(line []byte) (key string, rest []byte) {
	i := 0
	for i < len(line) && i < 100 && (letterOrDigit(line[i]) || i > 0 && (line[i] == '_' || line[i] == '-')) {
		i++
	}
	switch {
	case i == 0 || i == len(line) || line[i] != ':':
		return "", nil
	case i+1 == len(line):
		return string(line[:i]), nil
	case i+2 < len(line) && line[i+1] == ' ':
		return string(line[:i]), line[i+2:]
	}
	return "", nil
}

func letterOrDigit(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// plainValue reads what stands behind a key.
func (d *decoder) plainValue(b []byte, line, column int) (page.Value, bool) {
	v := page.Value{Kind: page.Scalar, Pos: d.pos(line, column), Width: utf8.RuneCount(b)}
	last := len(b) - 1
	switch {
	case b[0] == '"' && last > 0 && b[last] == '"' && !bytes.ContainsAny(b[1:last], `"\`):
		v.Text, v.Quoted = string(b[1:last]), true
		return v, true
	case b[0] == '[' && last > 0 && b[last] == ']':
		return d.plainFlow(b, v)
	}
	return plainScalar(v, b)
}

// plainScalar reads a text that begins with a letter or digit and holds no
// character that could mean more than itself.
func plainScalar(v page.Value, b []byte) (page.Value, bool) {
	if len(b) == 0 || !letterOrDigit(b[0]) || b[len(b)-1] == ' ' || bytes.ContainsAny(b, ":#\t") {
		return v, false
	}
	switch string(b) {
	case "null", "Null", "NULL":
		v.Kind = page.Null
		return v, true
	}
	v.Text = string(b)
	return v, true
}

// plainFlow reads a list of words in brackets.
func (d *decoder) plainFlow(b []byte, v page.Value) (page.Value, bool) {
	v.Kind, v.Items = page.List, make([]page.Value, 0, 4)
	for at := 1; ; {
		for b[at] == ' ' {
			at++
		}
		end := at
		for letterOrDigit(b[end]) || end > at && (b[end] == ' ' || b[end] == '-' || b[end] == '_') {
			end++
		}
		word := bytes.TrimRight(b[at:end], " ")
		item, ok := plainScalar(page.Value{Kind: page.Scalar, Pos: v.Pos, Width: len(word)}, word)
		if !ok || b[end] != ',' && end != len(b)-1 {
			return v, false
		}
		item.Pos.Column += at
		v.Items = append(v.Items, item)
		if end == len(b)-1 {
			return v, true
		}
		at = end + 1
	}
}

// plainBlockList reads the items of a list in the lines from n on. used is the
// number of lines; with none, the value is Null.
func (d *decoder) plainBlockList(n int) (v page.Value, used int, ok bool) {
	indent := -1
	for ; n <= len(d.text.starts); n++ {
		line := d.text.line(n)
		at := leading(line, ' ')
		if len(line) == 0 { // more items may follow it
			return v, used, d.restEmpty(n)
		}
		if at == len(line) || line[at] != '-' {
			return v, used, at == 0
		}
		if indent >= 0 && at != indent || len(line) < at+3 || line[at+1] != ' ' {
			return v, used, false
		}
		item, ok := d.plainValue(line[at+2:], n, at+3)
		if !ok || item.Kind == page.List {
			return v, used, false
		}
		if used == 0 {
			indent = at
			v = page.Value{Kind: page.List, Pos: d.pos(n, at+1), Width: utf8.RuneCount(line[at:])}
		}
		v.Items = append(v.Items, item)
		used++
	}
	return v, used, true
}

// restEmpty reports whether nothing but empty lines follows.
func (d *decoder) restEmpty(n int) bool {
	for ; n <= len(d.text.starts); n++ {
		if len(d.text.line(n)) > 0 {
			return false
		}
	}
	return true
}
