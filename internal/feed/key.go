package feed

import (
	"crypto/sha256"
	"encoding/binary"
	"reflect"
)

// format is part of every key. It changes when an encoder makes other bytes of
// the same values, so that files of an older program are written again.
const format = "1"

// sumOf hashes a document: its kind and every field, lengths before contents.
// It walks by reflection so that a field that is added later cannot be
// forgotten.
func sumOf(d document) [32]byte {
	b := text(nil, format)
	b = text(b, reflect.TypeOf(d).String())
	return sha256.Sum256(walk(b, reflect.ValueOf(d)))
}

func walk(b []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.String:
		return text(b, v.String())
	case reflect.Bool:
		return text(b, map[bool]string{true: "1"}[v.Bool()])
	case reflect.Struct:
		for i := range v.NumField() {
			b = walk(b, v.Field(i))
		}
		return b
	case reflect.Slice:
		b = number(b, v.Len())
		for i := range v.Len() {
			b = walk(b, v.Index(i))
		}
		return b
	}
	// Only a change of the documents can lead here, and the first test fails.
	panic("feed: a document holds a " + v.Kind().String() + ", which is not a plain value")
}

func text(b []byte, s string) []byte { return append(number(b, len(s)), s...) }

func number(b []byte, n int) []byte { return binary.BigEndian.AppendUint64(b, uint64(n)) }
