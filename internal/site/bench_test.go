package site

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"peppermill/internal/config"
	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// manyPages is a playbook of n pages in sections of fifty, each with twenty
// links, one in four to a heading, three of sixty tags, and a date.
func manyPages(n int) Input {
	in := Input{
		Config: &config.Config{Title: "Bench", Lang: "en", BaseURL: "https://example.com/"},
		Now:    time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	name := func(i int) (string, string) {
		i %= n
		return fmt.Sprintf("part-%d/section-%d", i/1000, i/50), fmt.Sprintf("late-delivery-%d", i)
	}
	for i := range n {
		folder, base := name(i)
		p := &page.Page{Path: folder + "/" + base + ".md", Lang: "en"}
		p.Title = page.Text(fmt.Sprintf("What we do about delivery %d of %d", i*7919%n, n))
		p.Summary = "We ring before the hour that we promised."
		p.Meta.Date = page.Date{Time: time.Date(2015+i%10, 1, 1+i%365, 0, 0, 0, 0, time.UTC)}
		for k := range 3 {
			p.Meta.Tags = append(p.Meta.Tags, fmt.Sprintf("tag %d", (i*(k+3)+k*17)%60))
		}
		for k := range 12 {
			p.Headings = append(p.Headings, page.Heading{ID: strings.Repeat("what-we-do-", k%4+1) + itoa(k)})
		}
		for k := range 20 {
			to, toBase := name(i*31 + k*k*97)
			dest := "../../" + to + "/" + toBase + ".md"
			switch k % 4 {
			case 1:
				dest += "#" + p.Headings[k%12].ID
			case 2:
				dest = "/" + to + "/" + toBase + "/"
			case 3:
				dest = "https://example.org/" + toBase
			}
			p.Links = append(p.Links, page.Link{Dest: dest, Pos: diag.Pos{Path: p.Path, Line: k + 10, Column: 5}, Width: len(dest)})
		}
		in.Pages = append(in.Pages, p)
	}
	return in
}

// BenchmarkLink prints the time of a whole run and the bytes a page; the
// budget at 10,000 pages is 60 ms and 3 kB.
func BenchmarkLink(b *testing.B) {
	for _, n := range []int{1000, 10000, 40000} {
		b.Run(itoa(n), func(b *testing.B) {
			in := manyPages(n)
			b.ReportAllocs()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			for b.Loop() {
				if _, found := Link(in); len(found) > 0 {
					b.Fatal(found[0])
				}
			}
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/float64(b.N)/float64(n), "B/page")
		})
	}
}
