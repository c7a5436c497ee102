package feed

import (
	"reflect"
	"strconv"
	"unsafe"
)

// fields visits the texts and switches of a value.
func fields(v reflect.Value, path string, visit func(path string)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fields(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			fields(v.Index(i), path+"["+strconv.Itoa(i)+"]", visit)
		}
	default:
		visit(path)
	}
}

// copyOf is the value with the one at target changed.
func copyOf(v reflect.Value, path, target string) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			set(out.Field(i), copyOf(v.Field(i), path+"."+v.Type().Field(i).Name, target))
		}
	case reflect.Slice:
		out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for i := range v.Len() {
			set(out.Index(i), copyOf(v.Index(i), path+"["+strconv.Itoa(i)+"]", target))
		}
	case reflect.Bool:
		out.SetBool(v.Bool() != (path == target))
	default:
		out.SetString(v.String())
		if path == target {
			out.SetString(v.String() + "!")
		}
	}
	return out
}

// set writes a field that reflection alone may not.
func set(field, value reflect.Value) {
	reflect.NewAt(field.Type(), unsafe.Pointer(field.UnsafeAddr())).Elem().Set(value)
}
