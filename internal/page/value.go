package page

import "peppermill/internal/diag"

// ValueKind says what a Value is.
type ValueKind uint8

const (
	Null ValueKind = iota // nothing, ~ or null, or a key without a value
	Scalar
	List
	Map
)

// Value is one node of front matter, configuration or data, alike for YAML,
// TOML and JSON. Scalars stay as written: whoever reads a field resolves them
// by the field's own type, so `no` and `1.10` are text where text is meant.
type Value struct {
	Kind   ValueKind
	Text   string // Scalar: the text, quotes and escapes resolved
	Quoted bool   // Scalar: written in quotes or as a block, so certainly text
	Items  []Value
	Fields []Field // Map: in source order, keys unique
	Pos    diag.Pos
	Width  int // characters on its first line, for the caret
}

// Field is one key of a map and its value.
type Field struct {
	Key   string
	Pos   diag.Pos // of the key
	Value Value
}

// Get returns the value of key and whether the map has it.
func (v Value) Get(key string) (Value, bool) {
	for _, f := range v.Fields {
		if f.Key == key {
			return f.Value, true
		}
	}
	return Value{}, false
}

// Plain converts the value to what templates and JSON understand: nil, string,
// []any or map[string]any.
func (v Value) Plain() any {
	switch v.Kind {
	case Scalar:
		return v.Text
	case List:
		out := make([]any, len(v.Items))
		for i, item := range v.Items {
			out[i] = item.Plain()
		}
		return out
	case Map:
		out := make(map[string]any, len(v.Fields))
		for _, f := range v.Fields {
			out[f.Key] = f.Value.Plain()
		}
		return out
	}
	return nil
}
