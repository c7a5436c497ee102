package build

import (
	"context"
	"os"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"peppermill/internal/page"
	"peppermill/internal/theme"
)

// wardrobe is the theme of a site that has none of its own, made once: for most
// tests, making it is most of the work.
var wardrobe = sync.OnceValue(func() *theme.Theme {
	var b Builder
	if _, err := b.Run(context.Background(), Input{Content: fstest.MapFS{"index.md": {Data: []byte("# Home\n")}}}); err != nil {
		panic(err)
	}
	return b.theme
})

// fresh is a Builder that has seen nothing but that theme, which it keeps where
// the site has the same.
func fresh() *Builder { return &Builder{theme: wardrobe()} }

// copyOf is a build of the project's own site.
type copyOf struct {
	*Result
	files map[string][]byte
}

// samples are the builds of the project's own site that tests look at, by name.
// Whoever asks only reads them.
var samples = sync.OnceValues(func() (map[string]copyOf, error) {
	b, out := fresh(), map[string]copyOf{}
	for _, s := range []struct {
		name string
		o    Options
	}{
		{"public", Options{}},
		{"based", Options{BaseURL: "https://example.com/book/"}},
		{"staff", Options{Edition: page.Staff, Profile: "bakehouse"}},
	} {
		s.o.Now = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
		r, err := b.Run(context.Background(), Input{Content: os.DirFS("../../content"), Options: s.o})
		if err != nil {
			return nil, err
		}
		files, err := r.Tree.Bytes()
		if err != nil {
			return nil, err
		}
		out[s.name] = copyOf{r, files}
	}
	return out, nil
})

// sample is one of them.
func sample(t *testing.T, name string) (*Result, map[string][]byte) {
	t.Helper()
	all, err := samples()
	if err != nil {
		t.Fatal(err)
	}
	return all[name].Result, all[name].files
}
