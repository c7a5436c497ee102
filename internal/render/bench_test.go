package render

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

// bigWorld is a site of n pages in sections of 5,000, each with about 8 kB of
// text, six headings, four links and three of sixty tags.
func bigWorld(t testing.TB, n int) *world {
	w := newWorld(t)
	index := w.add(&site.Page{Kind: site.TagIndex, Address: "tags/index.html", Name: "Tags"})
	index.Parent = w.Home
	var tags []*site.Page
	for i := range 60 {
		tag := w.add(&site.Page{Kind: site.Tag, Address: fmt.Sprintf("tags/t%d/index.html", i), Name: fmt.Sprintf("tag %d", i)})
		tag.Parent = index
		index.Items = append(index.Items, tag)
		tags = append(tags, tag)
	}
	var text strings.Builder
	for i := range 6 {
		fmt.Fprintf(&text, `<h2 id="part-%d">Part %d</h2><p>%s {link 0}here{/link 0}.</p>`, i, i, strings.Repeat("We ring before the hour we promised. ", 36))
	}
	whole := body(text.String())
	var headings []page.Heading
	for i := range 6 {
		headings = append(headings, page.Heading{Level: 2, ID: fmt.Sprintf("part-%d", i), Text: page.Text(fmt.Sprintf("Part %d", i))})
	}
	var section *site.Page
	var last *site.Page
	for i := range n {
		if i%5000 == 0 {
			section = w.add(&site.Page{Kind: site.Section, Address: fmt.Sprintf("s%d/index.html", i/5000), Name: fmt.Sprintf("Section %d", i/5000), Parent: w.Home})
			last = nil
		}
		p := w.add(&site.Page{Kind: site.Single, Address: fmt.Sprintf("%s/page-%d/index.html", folderOf(section.Address), i),
			Name: fmt.Sprintf("Page %d", i), Summary: "We ring before the hour we promised, and the delivery is free.", Parent: section, Prev: last})
		p.Source = &page.Page{Path: "x.md", Title: page.Text(p.Name), Body: whole, Headings: headings,
			Links: []page.Link{{Dest: "x"}},
			Meta: page.Meta{Type: "policy", Date: page.Date{Time: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)},
				Tree: page.Value{Kind: page.Map, Fields: []page.Field{{Key: "title", Value: page.Value{Kind: page.Scalar, Text: p.Name}}}}}}
		p.Targets = []site.Target{{Kind: site.ToPage, Page: section, Address: section.Address}}
		for j := range 3 {
			tag := tags[(i*7+j*13)%60]
			p.Tags = append(p.Tags, tag)
			tag.Items = append(tag.Items, p)
		}
		if last != nil {
			last.Next = p
		}
		last = p
	}
	return w
}

// BenchmarkSite paints every page of a site of ten thousand: one operation is
// the whole site.
func BenchmarkSite(b *testing.B) {
	w, th := bigWorld(b, 10_000), builtIn(b)
	b.ReportAllocs()
	for b.Loop() {
		r := New(w.Site, th)
		for _, p := range w.Pages {
			d, err := r.Page(p)
			if err != nil {
				b.Fatal(err)
			}
			d.Key()
			if _, err := d.WriteTo(io.Discard); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(w.Pages)), "µs/page")
}

func BenchmarkLargeSection(b *testing.B) {
	w, th := bigWorld(b, 5_000), builtIn(b)
	r := New(w.Site, th)
	section := w.Pages[len(w.Pages)-1].Parent
	for b.Loop() {
		d, _ := r.Page(section)
		d.Key()
		d.WriteTo(io.Discard)
	}
}
