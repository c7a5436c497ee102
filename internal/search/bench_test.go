package search

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"peppermill/internal/site"
)

// BenchmarkIndex makes an index from nothing and writes it: PAGES pages, 500 unless
// the environment says otherwise, of about 780 words.
func BenchmarkIndex(b *testing.B) {
	pages, err := strconv.Atoi(os.Getenv("PAGES"))
	if err != nil {
		pages = 500
	}
	s := wordy(b, pages)
	b.ReportAllocs()
	for b.Loop() {
		files := new(Builder).Index(s)
		for _, f := range files() {
			if _, err := f.Open().WriteTo(io.Discard); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// wordy is a site whose words are as frequent as those of a language.
func wordy(b testing.TB, pages int) *site.Site {
	rnd := rand.New(rand.NewPCG(1, 2))
	words := make([]string, 20000)
	for i := range words {
		for n := 2 + rnd.IntN(4); n > 0; n-- {
			words[i] += string("bcdfglmnprst"[rnd.IntN(12)]) + string("aeiou"[rnd.IntN(5)])
		}
	}
	files := map[string]string{}
	for i := range pages {
		var text strings.Builder
		fmt.Fprintf(&text, "# Page %d\n", i)
		for n := range 780 {
			if n%130 == 0 {
				fmt.Fprintf(&text, "\n\n## Part %d\n\n", n/130)
			}
			f := rnd.Float64()
			text.WriteString(words[int(float64(len(words))*f*f*f*f)] + " ")
		}
		files[fmt.Sprintf("s%d/p-%d.md", i%4, i)] = text.String()
	}
	return drawn(b, files, nil)
}
