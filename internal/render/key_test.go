package render

import (
	"fmt"
	"reflect"
	"testing"

	"peppermill/internal/theme"
)

// TestKeySeesEveryField changes every leaf of every view, one at a time: the
// key must change with each.
func TestKeySeesEveryField(t *testing.T) {
	for _, kind := range theme.Contract() {
		v := reflect.New(reflect.TypeOf(kind)).Elem()
		grow(v)
		before := sumOf(v.Interface())
		if before != sumOf(v.Interface()) {
			t.Fatalf("%s: the sum is not steady", v.Type())
		}
		n := 0
		leaves(v, v.Type().Name(), func(path string, change func() (undo func())) {
			n++
			undo := change()
			if sumOf(v.Interface()) == before {
				t.Errorf("changing %s does not change the key", path)
			}
			undo()
		})
		if n == 0 || sumOf(v.Interface()) != before {
			t.Fatalf("%s: the walk is wrong", v.Type())
		}
	}
}

// grow fills slices with one element and maps with one entry.
func grow(v reflect.Value) {
	switch v.Kind() {
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		grow(v.Index(0))
	case reflect.Struct:
		for i := range v.NumField() {
			grow(v.Field(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
	case reflect.Interface:
		v.Set(reflect.ValueOf(map[string]any{"a": []any{"b", map[string]any{}}}))
	}
}

// leaves calls do for everything in v that can change.
func leaves(v reflect.Value, path string, do func(string, func() func())) {
	set := func(to reflect.Value) func() func() {
		return func() func() {
			old := reflect.New(v.Type()).Elem()
			old.Set(v)
			v.Set(to)
			return func() { v.Set(old) }
		}
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			leaves(v.Field(i), path+"."+v.Type().Field(i).Name, do)
		}
	case reflect.Slice:
		do(path+" (emptied)", set(reflect.Zero(v.Type())))
		leaves(v.Index(0), path+"[0]", do)
	case reflect.String:
		do(path, set(reflect.ValueOf("other").Convert(v.Type())))
	case reflect.Bool:
		do(path, set(reflect.ValueOf(!v.Bool())))
	case reflect.Int:
		do(path, set(reflect.ValueOf(int(v.Int())+1)))
	case reflect.Map:
		m := reflect.MakeMap(v.Type())
		m.SetMapIndex(reflect.ValueOf("k"), reflect.ValueOf("v"))
		do(path, set(m))
	case reflect.Interface:
		for i, other := range []any{nil, "a", map[string]any{"a": "b"}, map[string]any{"a": []any{"b", "c"}}, map[string]any{"a": []any{"b", map[string]any{"c": ""}}}} {
			do(fmt.Sprintf("%s (%d)", path, i), func() func() {
				old := v.Interface()
				if other == nil {
					v.Set(reflect.Zero(v.Type()))
				} else {
					v.Set(reflect.ValueOf(other))
				}
				return func() { v.Set(reflect.ValueOf(old)) }
			})
		}
	default:
		panic("a view holds a " + v.Kind().String())
	}
}

// Texts of different fields must not run into each other.
func TestKeyKeepsFieldsApart(t *testing.T) {
	a := theme.Link{Href: "ab", Name: "c"}
	b := theme.Link{Href: "a", Name: "bc"}
	if sumOf(a) == sumOf(b) {
		t.Error("two values have one key")
	}
}

// The document's key covers the layout, the theme and what a language shares.
func TestKeyOfDocument(t *testing.T) {
	th := builtIn(t)
	w := newWorld(t)
	p := w.single("late", "Late", "<p>Text</p>")
	key := func() [32]byte {
		d, err := New(w.Site, th).Page(p)
		if err != nil {
			t.Fatal(err)
		}
		first := d.Key()
		if again := d.Key(); again != first {
			t.Fatal("the key is not steady")
		}
		return first
	}
	seen := map[[32]byte]string{key(): "as it was"}
	differs := func(what string) {
		if other, ok := seen[key()]; ok {
			t.Errorf("%s has the key of %s", what, other)
		}
		seen[key()] = what
	}
	p.Source.Body = body("<p>Other</p>")
	differs("another body")
	w.Config.Title = "Another Shop"
	differs("another site title")
	w.Site.Words = map[string]map[string]string{"en": {"skip": "Jump"}}
	differs("other words")
	d, _ := New(w.Site, th).Page(p)
	d.layout = "home"
	if _, ok := seen[d.Key()]; ok {
		t.Error("another layout has the same key")
	}
}
