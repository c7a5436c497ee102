package search

import (
	"cmp"
	"slices"
	"strings"
)

// facts are what documents can be filtered by: the values that there are.
type facts struct {
	types, stages, roles []string
	classes              [][3][]int // each different set of type, stages and roles, in order
}

func factsOf(docs []*document) facts {
	var f facts
	for _, d := range docs {
		m := &d.page.Source.Meta
		if m.Type != "" {
			f.types = append(f.types, m.Type)
		}
		f.stages = append(f.stages, m.Stage...)
		f.roles = append(f.roles, m.Audience...)
	}
	f.types, f.stages, f.roles = distinct(f.types), distinct(f.stages), distinct(f.roles)
	sale := []string{"before", "during", "after"}
	slices.SortStableFunc(f.stages, func(a, b string) int {
		return cmp.Compare(place(sale, a), place(sale, b))
	})
	for _, d := range docs {
		f.classes = append(f.classes, f.class(d))
	}
	slices.SortFunc(f.classes, compareClasses)
	f.classes = slices.CompactFunc(f.classes, func(a, b [3][]int) bool { return compareClasses(a, b) == 0 })
	return f
}

func distinct(texts []string) []string {
	slices.Sort(texts)
	return slices.Compact(texts)
}

// place is where a text stands in a list, its end for one that does not.
func place(list []string, text string) int {
	if i := slices.Index(list, text); i >= 0 {
		return i
	}
	return len(list)
}

// class gives a document's type, stages and roles as indexes, sorted.
func (f *facts) class(d *document) [3][]int {
	m := &d.page.Source.Meta
	one := func(list, own []string) []int {
		out := []int{}
		for _, text := range own {
			if i := slices.Index(list, text); i >= 0 {
				out = append(out, i)
			}
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	return [3][]int{one(f.types, []string{m.Type}), one(f.stages, m.Stage), one(f.roles, m.Audience)}
}

// number is the place of a document's class among all.
func (f *facts) number(d *document) int {
	i, _ := slices.BinarySearchFunc(f.classes, f.class(d), compareClasses)
	return i
}

func compareClasses(a, b [3][]int) int {
	for i := range a {
		if c := slices.Compare(a[i], b[i]); c != 0 {
			return c
		}
	}
	return 0
}

// key names all of a document that filters depend on.
func (f *facts) key(d *document) []string {
	m := &d.page.Source.Meta
	return []string{m.Type, strings.Join(m.Stage, "\x00"), strings.Join(m.Audience, "\x00")}
}
