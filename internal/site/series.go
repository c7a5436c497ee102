package site

import (
	"cmp"
	"math"
	"slices"

	"peppermill/internal/page"
)

// listSeries puts the parts of each series in order and chains them: within a
// series, previous and next mean the neighbouring parts.
func (l *linker) listSeries() {
	terms := l.listTerms(termList{
		values: func(m *page.Meta) []string {
			if m.Series == "" {
				return nil
			}
			return []string{m.Series}
		},
		word: "series", index: SeriesIndex, kind: Series,
		attach: func(p, t *Page) { p.Series = t },
		has: func(p *Page) []*Page {
			if p.Series == nil {
				return nil
			}
			return []*Page{p.Series}
		},
	})
	for _, t := range terms {
		parts := slices.DeleteFunc(slices.Clone(t.page.Items), func(p *Page) bool { return p.Series != t.page })
		slices.SortFunc(parts, compareParts)
		for i, p := range parts {
			p.Part, p.Parts, p.Prev, p.Next = i+1, len(parts), nil, nil
		}
		chain(parts)
		t.page.Items = parts
		t.page.keepChildren()
		l.tipParts(parts)
	}
}

// compareParts goes by part, then by date, oldest first, then by path.
func compareParts(a, b *Page) int {
	return cmp.Or(
		cmp.Compare(part(a), part(b)),
		newestFirst(b, a),
		cmp.Compare(a.num, b.num),
	)
}

// part puts pages without a number last.
func part(p *Page) int {
	if n := p.Source.Meta.Part; n > 0 {
		return n
	}
	return math.MaxInt
}

func (l *linker) tipParts(parts []*Page) {
	for i, p := range parts {
		n, expected := p.Source.Meta.Part, 1
		if n <= 0 {
			return
		}
		if i > 0 {
			expected = parts[i-1].Source.Meta.Part + 1
		}
		if n == expected {
			continue
		}
		at, width := fieldPlace(p.Source, "part")
		message := "part " + itoa(n) + " of " + quote(p.Series.Name) + " follows no part " + itoa(n-1)
		if i > 0 && n == expected-1 {
			message = quote(p.Series.Name) + " has a part " + itoa(n) + " already: " + parts[i-1].Source.Path
		}
		l.report(ruleSeriesPart, at, width, message, "number the parts 1, 2, 3")
	}
}
