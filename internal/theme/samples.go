package theme

import "reflect"

// samples returns two values of the kind: one with every field filled, one
// with none.
func samples(kind any) []any {
	full := reflect.New(reflect.TypeOf(kind)).Elem()
	fill(full)
	return []any{full.Interface(), kind}
}

// fill sets every field below v to something that is not its zero value.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("sample")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(2)
	case reflect.Interface:
		v.Set(reflect.ValueOf(map[string]any{}))
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	}
}
