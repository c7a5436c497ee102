package site

import (
	"fmt"
	"strings"
	"testing"

	"peppermill/internal/config"
	"peppermill/internal/page"
)

// glossaryOf is a glossary of these words, each with an id of its own.
func glossaryOf(words ...string) *Glossary {
	p := &page.Page{Path: "words.md", Lang: "en", Title: "Words"}
	p.Meta.Type = "term"
	s := page.Structure{Kind: "terms", Columns: []string{"term"}}
	for _, w := range words {
		s.Rows = append(s.Rows, page.Row{ID: w, Cells: []page.Cell{{Text: page.Text(w)}}})
	}
	p.Structures = []page.Structure{s}
	made, _ := Link(Input{Pages: []*page.Page{p}, Config: &config.Config{Lang: "en", GlossaryLinks: true}})
	return made.Glossary("en-GB")
}

func TestGlossaryFindsWords(t *testing.T) {
	for _, c := range []struct{ words, text, want string }{
		{"hat", "A hat, hats and a Hat.", "A [hat], hats and a [Hat]."},
		{"hat", "hat", "[hat]"},
		{"Hat", "top-hat hat-stand hat - on", "top-hat hat-stand [hat] - on"},
		{"hat", "that hatch 3hat", "that hatch 3hat"},
		{"customer effort|customer|effort", "customer effort, customer, Effort", "[customer effort], [customer], [Effort]"},
		{"customer effort", "customer\n effort; customer. Effort; customer  effort", "[customer\n effort]; customer. Effort; [customer  effort]"},
		{"make it good|make", "make it better, make it good", "[make] it better, [make it good]"},
		{"customer-sensitive", "Customer-sensitive, customer‑sensitive, customer sensitive", "[Customer-sensitive], [customer‑sensitive], customer sensitive"},
		{"the customer's", "the customer’s and the customer", "[the customer’s] and the customer"},
		{"CX|NPS score", "CX cx Cx NPS score nps score", "[CX] cx Cx [NPS score] nps score"},
		{"R&D|amp", "R&amp;D &amp; amp", "[R&amp;D] &amp; [amp]"},
		{"Übergabe|œuvre", "die übergabe, ÜBERGABE, Œuvre", "die [übergabe], [ÜBERGABE], [Œuvre]"},
		{".NET|—", "NET .NET net —", "[NET] .[NET] net —"},
		{"|a b c d e f g h i j k l m", "a b c d e f g h i j k l m", "a b c d e f g h i j k l m"},
		{strings.Repeat("x", 64), strings.Repeat("x", 64), strings.Repeat("x", 64)},
		{strings.Repeat("x", 63), strings.Repeat("x", 63), "[" + strings.Repeat("x", 63) + "]"},
		{"hat", "", ""},
		{"hat", "hat & hat &", "[hat] & [hat] &"},
	} {
		g := glossaryOf(strings.Split(c.words, "|")...)
		if g == nil {
			t.Fatalf("no glossary of %q", c.words)
		}
		got, last := "", 0
		for start, end, meaning := g.Next(c.text, 0); meaning >= 0; start, end, meaning = g.Next(c.text, end) {
			got += c.text[last:start] + "[" + c.text[start:end] + "]"
			last = end
		}
		if got += c.text[last:]; got != c.want {
			t.Errorf("%q in %q: %q, not %q", c.words, c.text, got, c.want)
		}
	}
}

func TestGlossaryTakesTheFirstOfEqualNames(t *testing.T) {
	g := glossaryOf("Hat", "hat", "HAT")
	if len(g.Meanings) != 1 || g.Meanings[0].Fragment != "Hat" || g.At("words/index.html", "Hat") != 0 || g.At("words/index.html", "hat") != -1 {
		t.Errorf("%+v", g.Meanings)
	}
}

// BenchmarkGlossary reads a page of 8 kB against many words.
func BenchmarkGlossary(b *testing.B) {
	text := strings.Repeat("We ring before the hour that we promised, and customers hear of it from us first. ", 100)
	for _, n := range []int{10, 1000, 100000} {
		words := make([]string, n)
		for i := range words {
			words[i] = fmt.Sprintf("customers of kind %d", i)
		}
		g := glossaryOf(words...)
		b.Run(itoa(n), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				g.Next(text, 0)
			}
		})
	}
}
