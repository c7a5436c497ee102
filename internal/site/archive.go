package site

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
)

// itoa is short because it is used in the middle of messages.
func itoa(n int) string { return strconv.Itoa(n) }

// listArchive lists the dated pages of each year, newest first. Undated pages
// are not part of it, nor are the pages of folders, unless nothing else is in
// the folder: then it is a page that lies beside its pictures. Feeds hold the
// same pages.
func (l *linker) listArchive() {
	var dated []*Page
	for _, p := range l.pages[:l.sources] {
		if p.listed && p.dated && (p.Kind == Single || p.Kind == Section && len(p.Children) == 0) {
			dated = append(dated, p)
		}
	}
	slices.SortFunc(dated, func(a, b *Page) int {
		if a.tree != b.tree {
			return cmp.Compare(a.tree.index, b.tree.index)
		}
		if a.year != b.year { // by the calendar where it was written
			return cmp.Compare(b.year, a.year)
		}
		return byRecent(a, b)
	})
	for len(dated) > 0 {
		t := dated[0].tree
		n := run(dated, func(p *Page) bool { return p.tree == t })
		l.archive(t, dated[:n])
		dated = dated[n:]
	}
}

func (l *linker) archive(t *tree, dated []*Page) {
	var years []*Page
	for len(dated) > 0 {
		y := dated[0].year
		n := run(dated, func(p *Page) bool { return p.year == y })
		text := fmt.Sprintf("%04d", y)
		p := l.listPage(Year, t, indexIn(under(t.folder, "archive"), text))
		if p.Source == nil {
			p.Title, p.Name = text, text
		}
		p.Items = dated[:n:n]
		p.keepChildren()
		years = append(years, p)
		dated = dated[n:]
	}
	l.indexPage(Archive, t, "archive", years)
}

// run counts the pages at the start that are the same.
func run(pages []*Page, same func(*Page) bool) int {
	n := 0
	for n < len(pages) && same(pages[n]) {
		n++
	}
	return n
}
