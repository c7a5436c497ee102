package word

import (
	"io"
	"strings"
	"testing"
)

// BenchmarkWrite makes the file of a page of some 780 words.
func BenchmarkWrite(b *testing.B) {
	d := Document{Lang: "en-US", Dir: "ltr", Accent: "12585A", Name: "Late deliveries", Title: "Late deliveries", ShowTitle: true, PageOf: "Page {page} of {pages}"}
	words := strings.Fields("ring before the hour we promised and delivery is free whoever takes an order writes down what happened so that nobody has to ask twice")
	var s strings.Builder
	for h := range 5 {
		s.WriteString(`<h2 id="part">Part</h2><p>`)
		for i := range 130 {
			s.WriteString(words[(i*i+h)%len(words)] + " ")
		}
		s.WriteString(`</p><ul><li>One thing with <a href="https://example.com/x">a link</a></li><li>Another with <strong>weight</strong></li><li>A third</li></ul>`)
	}
	s.WriteString(`<div class="table"><table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></tbody></table></div>`)
	d.Content = s.String()
	var p Press
	b.ReportAllocs()
	for b.Loop() {
		if err := p.Write(io.Discard, d, nil); err != nil {
			b.Fatal(err)
		}
	}
}
