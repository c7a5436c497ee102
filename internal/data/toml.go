package data

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// toml decodes the text as a TOML document. The parser that keeps places knows
// the grammar only; the library's ordinary decoder then judges the rest (dates,
// numbers, tables that contradict each other).
func (d *decoder) toml() page.Value {
	t := tomlReader{decoder: d, src: unixLines(d.in.Text)}
	t.root = &table{defined: true, pos: d.pos(1, 1)}
	t.current = t.root
	t.parser.Reset(t.src)
	for !d.failed && t.parser.NextExpression() {
		t.expression(t.parser.Expression())
	}
	if d.failed {
		return page.Value{}
	}
	// A repeated key is the first thing that the decoder would stop at. It has
	// been settled and reported already.
	if err := t.parser.Error(); err != nil || d.repeats == 0 {
		var all map[string]any
		if judged := toml.Unmarshal(t.src, &all); judged != nil {
			err = judged
		}
		if err != nil {
			t.explain(err)
			return page.Value{}
		}
	}
	if len(t.root.list) == 0 {
		return page.Value{Pos: d.pos(1, 1)}
	}
	return t.freeze(t.root)
}

// maxTomlKeys bounds the keys of one table: the library compares each with all
// others.
const maxTomlKeys = 10_000

// unixLines replaces lone CRs, which end lines everywhere else in the product
// but not in TOML. The length stays the same, so offsets hold.
func unixLines(b []byte) []byte {
	if bytes.IndexByte(b, '\r') < 0 {
		return b
	}
	out := bytes.Clone(b)
	for i, c := range out {
		if c == '\r' && (i+1 == len(out) || out[i+1] != '\n') {
			out[i] = '\n'
		}
	}
	return out
}

type tomlReader struct {
	*decoder
	src     []byte
	parser  unstable.Parser
	root    *table
	current *table // where key = value lines go
	cursor  int    // offset behind what has been read of the expression
}

// table is a TOML table while lines may still add to it.
type table struct {
	list    []entry
	index   map[string]int
	pos     diag.Pos
	width   int
	defined bool // by a [header] or an inline value, not only on the way to another
}

// entry is one key of a table. It holds a value, a table or an array of tables.
type entry struct {
	key   string
	pos   diag.Pos
	value page.Value
	table *table
	array []*table
}

func (t *table) find(key string) *entry {
	if i, ok := t.index[key]; ok {
		return &t.list[i]
	}
	return nil
}

func (t *table) add(e entry) *entry {
	if t.index == nil {
		t.index = make(map[string]int)
	}
	t.index[e.key] = len(t.list)
	t.list = append(t.list, e)
	return &t.list[len(t.list)-1]
}

// freeze makes the finished value of a table.
func (t *tomlReader) freeze(from *table) page.Value {
	v := page.Value{Kind: page.Map, Pos: from.pos, Width: from.width, Fields: make([]page.Field, len(from.list))}
	for i, e := range from.list {
		switch {
		case e.table != nil:
			e.value = t.freeze(e.table)
		case e.array != nil:
			e.value = page.Value{Kind: page.List, Pos: e.pos, Width: utf8.RuneCountInString(e.key)}
			for _, item := range e.array {
				e.value.Items = append(e.value.Items, t.freeze(item))
			}
		}
		v.Fields[i] = page.Field{Key: e.key, Pos: e.pos, Value: e.value}
	}
	return v
}

// tomlKey is one part of a dotted key.
type tomlKey struct {
	name string
	pos  diag.Pos
	end  int // offset behind it
}

func (t *tomlReader) keys(n *unstable.Node) []tomlKey {
	var keys []tomlKey
	for it := n.Key(); it.Next(); {
		raw := it.Node().Raw
		k := tomlKey{name: string(it.Node().Data), pos: t.posAt(int(raw.Offset)), end: int(raw.Offset + raw.Length)}
		if !t.sound(k.name, k.pos.Line, k.pos.Column) {
			return nil
		}
		keys = append(keys, k)
	}
	if len(keys) >= MaxDepth {
		t.tooDeep(int(n.Child().Raw.Offset))
		return nil
	}
	return keys
}

func (t *tomlReader) tooMany(k tomlKey) {
	line, column := t.text.place(k.end)
	t.fail(RuleLimit, line, column, fmt.Sprintf("There are more than %d keys in one table.", maxTomlKeys), "Use a YAML file, or several tables.")
}

func (t *tomlReader) tooDeep(offset int) {
	line, column := t.text.place(offset)
	t.fail(RuleLimit, line, column, fmt.Sprintf("Here are more than %d levels of lists and groups inside each other.", MaxDepth), "Make the structure flatter.")
}

// expression takes in one line, or one value of several lines.
func (t *tomlReader) expression(n *unstable.Node) {
	keys := t.keys(n)
	if len(keys) == 0 {
		return
	}
	last := keys[len(keys)-1]
	if len(t.root.list) > maxTomlKeys || len(t.current.list) > maxTomlKeys {
		t.tooMany(last)
		return
	}
	switch n.Kind {
	case unstable.KeyValue:
		t.cursor = last.end
		t.assign(t.current, keys, t.value(n.Value(), len(keys)+1))
	case unstable.Table:
		t.current = t.header(t.walk(t.root, keys[:len(keys)-1]), last)
	case unstable.ArrayTable:
		parent := t.walk(t.root, keys[:len(keys)-1])
		t.current = &table{defined: true, pos: last.pos, width: utf8.RuneCountInString(last.name)}
		if e := parent.find(last.name); e == nil {
			parent.add(entry{key: last.name, pos: last.pos, array: []*table{t.current}})
		} else if e.array != nil {
			e.array = append(e.array, t.current)
		} else {
			t.replace(e, entry{key: last.name, pos: last.pos, array: []*table{t.current}})
		}
	}
}

// header returns the table that a [header] opens.
func (t *tomlReader) header(parent *table, k tomlKey) *table {
	e := parent.find(k.name)
	if e != nil && e.table != nil {
		if e.table.defined {
			t.repeated(k.name, e.pos, k.pos, e.pos)
		}
		e.table.defined = true
		return e.table
	}
	own := &table{defined: true, pos: k.pos, width: utf8.RuneCountInString(k.name)}
	if e == nil {
		parent.add(entry{key: k.name, pos: k.pos, table: own})
	} else {
		t.replace(e, entry{key: k.name, pos: k.pos, table: own})
	}
	return own
}

// replace puts what was written last in the place of what stood there.
func (t *tomlReader) replace(e *entry, last entry) {
	t.repeated(last.key, e.pos, last.pos, last.pos)
	*e = last
}

// walk follows the leading parts of a dotted key, making tables on the way.
func (t *tomlReader) walk(from *table, keys []tomlKey) *table {
	for _, k := range keys {
		e := from.find(k.name)
		if e == nil {
			e = from.add(entry{key: k.name, pos: k.pos, table: &table{pos: k.pos, width: utf8.RuneCountInString(k.name)}})
		}
		switch {
		case e.table != nil:
			from = e.table
		case e.array != nil:
			from = e.array[len(e.array)-1]
		default:
			own := &table{pos: k.pos}
			t.replace(e, entry{key: k.name, pos: k.pos, table: own})
			from = own
		}
	}
	return from
}

// assign sets a key to a value.
func (t *tomlReader) assign(to *table, keys []tomlKey, v page.Value) {
	if t.failed {
		return
	}
	to = t.walk(to, keys[:len(keys)-1])
	last := keys[len(keys)-1]
	now := entry{key: last.name, pos: last.pos, value: v}
	e := to.find(last.name)
	switch {
	case e == nil:
		to.add(now)
	case to == t.root && t.in.Merge != nil && e.table == nil && e.array == nil:
		m := fields{top: true}
		f := t.settle(&m, page.Field{Key: e.key, Pos: e.pos, Value: e.value}, page.Field{Key: now.key, Pos: now.pos, Value: now.value})
		e.pos, e.value = f.Pos, f.Value
	default:
		t.replace(e, now)
	}
}

// value turns a value's node into a value. The parser keeps no place for
// arrays, so the cursor finds each value's first byte itself.
func (t *tomlReader) value(n *unstable.Node, depth int) page.Value {
	start := t.skip()
	if depth > MaxDepth {
		t.tooDeep(start)
		return page.Value{}
	}
	v := page.Value{Pos: t.posAt(start)}
	switch n.Kind {
	case unstable.Array:
		t.cursor = start + 1
		v.Kind, v.Items = page.List, []page.Value{}
		for it := n.Children(); it.Next() && !t.failed; {
			v.Items = append(v.Items, t.value(it.Node(), depth+1))
		}
		t.cursor = t.skip() + 1
	case unstable.InlineTable:
		t.cursor = start + 1
		v = t.inline(n, depth, v.Pos)
		t.cursor = t.skip() + 1
	default:
		v.Kind, v.Text, v.Quoted = page.Scalar, string(n.Data), n.Kind == unstable.String
		t.cursor = start + int(n.Raw.Length)
		t.sound(v.Text, v.Pos.Line, v.Pos.Column)
	}
	v.Width = t.width(start)
	return v
}

func (t *tomlReader) inline(n *unstable.Node, depth int, pos diag.Pos) page.Value {
	own := &table{defined: true, pos: pos}
	for it := n.Children(); it.Next() && !t.failed; {
		keys := t.keys(it.Node())
		if len(keys) == 0 {
			break
		}
		if len(own.list) > maxTomlKeys {
			t.tooMany(keys[0])
			break
		}
		t.cursor = keys[len(keys)-1].end
		t.assign(own, keys, t.value(it.Node().Value(), depth+len(keys)))
	}
	return t.freeze(own)
}

// skip returns the offset of the next byte that is no blank, separator or
// comment.
func (t *tomlReader) skip() int {
	i := t.cursor
	for i < len(t.src) {
		switch {
		case t.src[i] == '#':
			end := bytes.IndexByte(t.src[i:], '\n')
			if end < 0 {
				return len(t.src)
			}
			i += end
		case strings.IndexByte(" \t\r\n,=", t.src[i]) < 0:
			return i
		default:
			i++
		}
	}
	return i
}

// width counts the characters from start to the cursor, on the first line.
func (t *tomlReader) width(start int) int {
	b := t.src[start:min(t.cursor, len(t.src))]
	if end := bytes.IndexAny(b, "\r\n"); end >= 0 {
		b = b[:end]
	}
	return utf8.RuneCount(b)
}

// explain reports an error of the library in plain words.
func (t *tomlReader) explain(err error) {
	var e *toml.DecodeError
	if !errors.As(err, &e) {
		t.fail(RuleSyntax, 1, 1, "This TOML cannot be read ("+err.Error()+").", "")
		return
	}
	line, column := e.Position()
	line = max(1, min(line, len(t.text.starts)))
	line, column = t.text.place(t.text.starts[line-1] + column - 1)
	words := string(t.text.line(line))
	message := strings.TrimPrefix(e.Error(), "toml: ")
	if key, value, colon := strings.Cut(words, ":"); colon && strings.Contains(message, "expected '='") {
		t.fail(RuleSyntax, line, column, "This is written as YAML, but the text is read as TOML.",
			fmt.Sprintf("Write %s = %s, or put --- lines around front matter instead of +++.", strings.TrimSpace(key), quoted(strings.TrimSpace(value))))
		return
	}
	for _, w := range tomlWords {
		if strings.Contains(message, w.message) {
			t.fail(RuleSyntax, line, column, w.words, w.hint)
			return
		}
	}
	t.fail(RuleSyntax, line, column, fmt.Sprintf("This is not TOML (%s).", message), "Look for a missing quote, bracket or equals sign here or in the line above.")
}

// tomlWords says for a part of the library's message what to tell the author.
var tomlWords = []struct{ message, words, hint string }{
	{"expected '='", "This line is no key and value: it has no equals sign.", `Write name = "value".`},
	{"at start of value", "Text must stand in quotes in TOML.", `Write name = "value".`},
	{"must be quoted", "Text must stand in quotes in TOML.", `Write name = "value".`},
	{"expected keyword", "Text must stand in quotes in TOML.", `Write name = "value".`},
	{"at start of key", "A key with other characters than a to z, digits, - and _ must stand in quotes.", `Write "name" = "value".`},
	{"nterminated", "This quote is opened and never closed.", "Add the same quote at the end of the text."},
	{"not terminated", "This quote is opened and never closed.", "Add the same quote at the end of the text."},
	{"new lines", "This quote is opened and never closed.", "Add the same quote at the end of the text."},
	{"expected newline", "The value ends before this place, but the line goes on.", "Put text in quotes, and begin a new line for the next key."},
	{"escape", "Inside double quotes a backslash begins a special character, and this is none.", `Use single quotes, or write \\ for a backslash.`},
	{"after array value", "This list is not closed, or a comma is missing in it.", "Close it with ], or add the comma."},
	{"array is incomplete", "This list is not closed.", "Close it with ]."},
	{"table name", "The bracket around this table's name is not closed.", "Write [name], or [[name]] for one of several."},
	{"date", "There is no such date or time.", "Write it as 2025-01-31 or 2025-01-31T17:00:00Z, or in quotes if it is text."},
	{"time", "There is no such date or time.", "Write it as 2025-01-31 or 2025-01-31T17:00:00Z, or in quotes if it is text."},
	{"too large", "This number is too large.", "Put it in quotes if it is text."},
}
