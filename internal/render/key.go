package render

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"maps"
	"reflect"
	"slices"
)

// sumOf hashes a value with all that it holds. The encoding is canonical:
// every field in order, lengths before contents, maps by sorted key, so two
// values have one sum exactly when nothing in them differs. It walks by
// reflection so that a field that is added later cannot be forgotten.
func sumOf(values ...any) [32]byte {
	e := encoder{hash: sha256.New()}
	for _, v := range values {
		e.value(reflect.ValueOf(v))
	}
	e.flush()
	return [32]byte(e.hash.Sum(nil))
}

type encoder struct {
	hash hash.Hash
	n    int
	buf  [4096]byte
}

func (e *encoder) flush() {
	e.hash.Write(e.buf[:e.n])
	e.n = 0
}

func (e *encoder) number(n uint64) {
	if e.n+8 > len(e.buf) {
		e.flush()
	}
	binary.BigEndian.PutUint64(e.buf[e.n:], n)
	e.n += 8
}

func (e *encoder) text(s string) {
	e.number(uint64(len(s)))
	for len(s) > 0 {
		if e.n == len(e.buf) {
			e.flush()
		}
		n := copy(e.buf[e.n:], s)
		e.n += n
		s = s[n:]
	}
}

func (e *encoder) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		e.text(v.String())
	case reflect.Bool:
		n := uint64(0)
		if v.Bool() {
			n = 1
		}
		e.number(n)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		e.number(uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		e.number(v.Uint())
	case reflect.Struct:
		for i := range v.NumField() {
			e.value(v.Field(i))
		}
	case reflect.Slice, reflect.Array:
		e.number(uint64(v.Len()))
		for i := range v.Len() {
			e.value(v.Index(i))
		}
	case reflect.Map:
		e.mapping(v)
	case reflect.Interface:
		if v.IsNil() {
			e.number(0)
			return
		}
		e.number(uint64(v.Elem().Kind()))
		e.value(v.Elem())
	case reflect.Invalid:
		e.number(0)
	default:
		// Only a change of the views can lead here, and the first test fails.
		panic("render: a view holds a " + v.Kind().String() + ", which is not a plain value")
	}
}

// mapping encodes a map with text keys, in the order of the keys.
func (e *encoder) mapping(v reflect.Value) {
	e.number(uint64(v.Len()))
	keys := map[string]reflect.Value{}
	for it := v.MapRange(); it.Next(); {
		keys[it.Key().String()] = it.Value()
	}
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		e.text(k)
		e.value(keys[k])
	}
}
