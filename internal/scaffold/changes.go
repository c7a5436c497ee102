package scaffold

import (
	"fmt"
	"strings"

	"peppermill/internal/data"
	"peppermill/internal/page"
	"peppermill/internal/schema"
)

// entry is one line of a page's changes, in the order in which it is written.
type entry []struct {
	key   string
	value scalar
}

func (e *entry) add(key string, v scalar) {
	*e = append(*e, struct {
		key   string
		value scalar
	}{key, v})
}

// value is the entry as it will be read.
func (e entry) value() page.Value {
	v := page.Value{Kind: page.Map}
	for _, part := range e {
		v.Fields = append(v.Fields, page.Field{Key: part.key, Value: page.Value{Kind: page.Scalar, Text: part.value.text}})
	}
	return v
}

// log adds an entry to the list of changes, where the newest stands: at its
// beginning, unless the days of a list that is there say otherwise.
func (s *sheet) log(e entry) {
	if s.refusal != nil {
		return
	}
	there := schema.Spellings(s.block.Tree, "changes")
	f := page.Field{Key: "changes"}
	if len(there) > 1 {
		s.refuse(there[1].Pos, "there are two lists of changes", "make one of them")
		return
	}
	if len(there) == 1 {
		f = there[0]
	}
	list := page.Value{Kind: page.List, Items: []page.Value{e.value()}}
	atEnd := oldestFirst(f.Value.Items)
	if atEnd {
		list.Items = append(append([]page.Value{}, f.Value.Items...), e.value())
	} else {
		list.Items = append(list.Items, f.Value.Items...)
	}
	ok := false
	if s.format() == data.TOML {
		ok = s.logTOML(f, len(there) == 1, atEnd, e)
	} else {
		ok = s.logYAML(f, len(there) == 1, atEnd, e)
	}
	if !ok {
		s.refuse(f.Pos, "the list of changes is written in a way that cannot be added to safely",
			"give each change a line that begins with a hyphen, and put this one there: "+strings.Join(strings.Fields(e.yaml("  - ", s.eol)), " "))
		return
	}
	s.want = append(s.want, page.Field{Key: f.Key, Value: list})
}

// oldestFirst reports whether the days of a list run from old to new.
func oldestFirst(items []page.Value) bool {
	if len(items) < 2 {
		return false
	}
	var days [2]page.Date
	for i, item := range []page.Value{items[0], items[len(items)-1]} {
		day, _ := item.Get("date")
		days[i], _ = schema.ParseDate(day.Text)
	}
	return !days[0].IsZero() && days[0].Time.Before(days[1].Time)
}

// yaml writes the entry as an item of a list; first stands before its first
// key, as many spaces before the others.
func (e entry) yaml(first, eol string) string {
	var b strings.Builder
	for i, part := range e {
		if i == 1 {
			dash := strings.LastIndexByte(first, '-')
			first = first[:dash] + " " + strings.Map(func(rune) rune { return ' ' }, first[dash+1:])
		}
		b.WriteString(first + part.key + ": " + part.value.written(data.YAML, "") + eol)
	}
	return b.String()
}

func (s *sheet) logYAML(f page.Field, there, atEnd bool, e entry) bool {
	if !there {
		s.before[s.last] += s.indent + "changes:" + s.eol + e.yaml(s.indent+"  - ", s.eol)
		return true
	}
	n := f.Pos.Line - 1
	line, at := s.lines[n], s.offset(f.Pos)
	prefix := keyed.FindString(line[at:])
	if prefix == "" || line[:at] != s.indent {
		return false
	}
	rest := strings.TrimRight(line[at+len(prefix):], "\r\n")
	if rest != "" && rest[0] != '#' {
		return false
	}
	if f.Value.Kind == page.Null {
		s.after[n] += e.yaml(s.indent+"  - ", s.eol)
		return true
	}
	if f.Value.Kind != page.List || len(f.Value.Items) == 0 {
		return false
	}
	item := f.Value.Items[0]
	first := s.lines[item.Pos.Line-1][:s.offset(item.Pos)]
	if strings.Trim(first, " ") != "-" || item.Kind != page.Map {
		return false
	}
	if atEnd {
		n = s.behind(f) - 1
	}
	s.after[n] += e.yaml(first, s.eol)
	return true
}

// behind is the line after the last one of a field of several lines.
func (s *sheet) behind(f page.Field) int {
	at := s.last
	for _, other := range s.block.Tree.Fields {
		if n := other.Pos.Line - 1; n >= f.Pos.Line && n < at {
			at = n
		}
	}
	return s.above(at)
}

func (s *sheet) logTOML(f page.Field, there, atEnd bool, e entry) bool {
	var b strings.Builder
	fmt.Fprintf(&b, "%s[[%s]]%s", s.eol, f.Key, s.eol)
	for _, part := range e {
		b.WriteString(part.key + " = " + part.value.written(data.TOML, "") + s.eol)
	}
	at := s.last
	if there {
		n := f.Pos.Line - 1
		if f.Value.Kind != page.List || !strings.HasPrefix(strings.TrimLeft(s.lines[n], " \t"), "[[") {
			return false
		}
		if !atEnd {
			at = s.above(n)
		}
	}
	s.before[at] += b.String()
	return true
}
