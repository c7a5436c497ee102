package picture

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"testing"
)

// FuzzPicture holds for any bytes: no panic; errors in words; what is cleaned
// stays clean, in size and form; copies are what they say.
func FuzzPicture(f *testing.F) {
	seeds := all(f)
	for _, name := range slices.Sorted(maps.Keys(seeds)) {
		f.Add(seeds[name])
	}
	f.Add([]byte(`<svg width="4" viewBox="0 0 3 4" onload="x"><style>url(</style></svg>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		info, err := Probe(data)
		_ = UnsafeSVG(data)
		var e *Error
		if err != nil {
			if !errors.As(err, &e) || e.Hint == "" {
				t.Fatalf("%#v", err)
			}
			return
		}
		clean, err := Clean(data)
		if err != nil {
			return
		}
		again, err := Clean(clean)
		if err != nil || !bytes.Equal(again, clean) {
			t.Fatalf("cleaning twice is not cleaning once: %v", err)
		}
		if after, err := Probe(clean); err != nil || after != info {
			t.Fatalf("%+v became %+v: %v", info, after, err)
		}
		if info.Width*info.Height > 100_000 {
			return
		}
		vs, err := Variants(data, []int{9, 60})
		if err != nil && !errors.As(err, &e) {
			t.Fatalf("%#v", err)
		}
		for _, v := range vs {
			if got, err := Probe(v.Data); err != nil || got.Width != v.Width || got.Height != v.Height || got.Format != v.Format {
				t.Fatalf("%d × %d %v is %+v: %v", v.Width, v.Height, v.Format, got, err)
			}
		}
	})
}
