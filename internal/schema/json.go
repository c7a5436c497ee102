package schema

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// JSON is the rule book for editors: a JSON Schema (draft 2020-12) of a page's
// front matter, with what each key is for. It takes what the reader takes,
// synonyms included, and lets other keys be; of the many ways to write a word it
// offers one.
func JSON() ([]byte, error) {
	properties := object{}
	for _, f := range envelope {
		shape, about := f.shape(), f.About
		if len(f.Of) > 0 { // on other pages the key is the author's own
			shape, about = object{}, about+" For pages of type "+strings.Join(f.Of, ", ")+"."
		}
		properties[f.Name] = merged(shape, object{"description": about})
		for _, s := range f.Synonyms {
			properties[s] = merged(shape, object{"description": "The same as " + f.Name + ". " + about})
		}
	}
	properties["type"] = object{"description": properties["type"].(object)["description"], "anyOf": []any{typeWords(), object{"type": "string"}}}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(object{
		"$schema":     "https://json-schema.org/draft/2020-12/schema",
		"title":       "Front matter of a Peppermill page",
		"description": "Every key may be left out, and keys of your own do no harm.",
		"type":        []string{"object", "null"},
		"properties":  properties,
		"allOf":       kindsByType(),
	})
	return b.Bytes(), err
}

// object is a JSON object; its keys are written in alphabetical order.
type object map[string]any

func merged(a, b object) object {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// shape says what a field's value may look like.
func (f Field) shape() object {
	line := object{"type": []string{"string", "number", "boolean", "null"}}
	switch f.Kind {
	case Names:
		name := object{"anyOf": []any{line, object{"type": "object", "properties": object{"name": line}, "required": []string{"name"}}}}
		return object{"anyOf": []any{name, list(name)}}
	case List, Refs, Edges:
		return object{"anyOf": []any{line, list(line)}}
	case Date:
		return object{"type": []string{"string", "null"}}
	case YesNo:
		return object{"anyOf": []any{object{"type": []string{"boolean", "null"}}, object{"enum": []any{"true", "false", "yes", "no", "on", "off", 1, 0}}}}
	case Number:
		return object{"anyOf": []any{object{"type": []string{"integer", "null"}}, object{"type": "string", "pattern": "^[+-]?[0-9]+$"}}}
	case Enum:
		return oneOf(f.Values)
	case Enums:
		several := "^(" + strings.Join(f.Values, "|") + ")( *, *(" + strings.Join(f.Values, "|") + "))*$"
		return object{"anyOf": []any{oneOf(f.Values), object{"type": "string", "pattern": several}, list(oneOf(f.Values))}}
	case Ref:
		return object{"type": []string{"string", "null"}}
	case Any:
		if f.Name == "blanks" {
			return blanksShape(line)
		}
		return object{}
	}
	if f.Name == "status" { // any other word is kept as text
		return object{"anyOf": []any{oneOf(statuses), line}}
	}
	return line
}

// blanksShape offers what may be said of a blank.
func blanksShape(line object) object {
	said := object{"name": line, "kind": oneOf(blankKinds)}
	for _, key := range blankKeys {
		switch key {
		case "kind":
		case "options", "aliases":
			said[key] = object{"anyOf": []any{line, list(line)}}
		default:
			said[key] = line
		}
	}
	one := object{"type": "object", "properties": said}
	return object{"anyOf": []any{object{"type": []string{"object", "null"}, "additionalProperties": object{"anyOf": []any{line, one}}}, list(one)}}
}

func list(of object) object { return object{"type": "array", "items": of} }

func oneOf(words []string) object {
	all := []any{nil}
	for _, w := range words {
		all = append(all, w)
	}
	return object{"enum": all}
}

// typeWords offers each type with what it is for.
func typeWords() object {
	var all []any
	for _, t := range types {
		all = append(all, object{"const": t.Name, "description": t.About})
	}
	return object{"oneOf": all}
}

// kindsByType offers the kinds of the type that a page names, and looks at the
// keys that only this type has.
func kindsByType() []any {
	var all []any
	for _, t := range types {
		own := object{}
		for _, f := range envelope {
			for _, spelling := range append([]string{f.Name}, f.Synonyms...) {
				if slices.Contains(f.Of, t.Name) {
					own[spelling] = f.shape()
				}
			}
		}
		if len(t.Kinds) > 0 {
			own["kind"] = oneOf(t.Kinds)
		}
		if len(own) == 0 {
			continue
		}
		names := []any{}
		for _, n := range append([]string{t.Name}, t.Synonyms...) {
			names = append(names, n)
		}
		all = append(all, object{
			"if":   object{"properties": object{"type": object{"enum": names}}, "required": []string{"type"}},
			"then": object{"properties": own},
		})
	}
	return all
}
