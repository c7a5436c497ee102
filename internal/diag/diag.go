// Package diag is the voice: findings as values, and how they are shown.
//
// In: rooms make a [Diagnostic] wherever they meet something an author should
// know, naming a rule and a place. Out: a [List] that is classified (stop, fix,
// tip), sorted and printed the same way in the terminal, as JSON and, later,
// in the browser. It never decides what a rule means and never reads a file.
//
// Start at [Diagnostic], then [List.Classify], then [Printer].
package diag

import (
	"cmp"
	"slices"
	"strings"
)

// Class is what a finding does to a build.
type Class uint8

// The classes, mildest first. The zero Class means "as the rule's table says".
const (
	Tip  Class = iota + 1 // what would make the page better; exit 0
	Fix                   // something is broken; the rest is published, exit 1
	Stop                  // nothing is written, exit 1
	Off                   // a site has switched the rule off; the finding is dropped
)

// String gives the word that site.yaml and --rule use.
func (c Class) String() string {
	switch c {
	case Tip:
		return "tip"
	case Fix:
		return "fix"
	case Stop:
		return "stop"
	case Off:
		return "off"
	}
	return "unclassified"
}

// ParseClass reads the word that String gives.
func ParseClass(word string) (Class, bool) {
	for _, c := range []Class{Tip, Fix, Stop, Off} {
		if word == c.String() {
			return c, true
		}
	}
	return 0, false
}

// Pos is a place in a source file. Line and Column are counted from 1, the
// front matter included; Column counts characters, not bytes. Zero means that
// the place is not known that exactly.
type Pos struct {
	Path         string // slash-separated, relative to the content folder
	Line, Column int
}

// Diagnostic is one finding. Message says what is wrong in plain words and
// quotes the offending text; Hint says what to do about it.
type Diagnostic struct {
	Rule    string // the rule's name, such as "link-missing"
	Class   Class  // zero until Classify, unless the room knows better than the table
	Pos     Pos
	Width   int // characters to underline, from Column; 0 or 1 draws one caret
	Message string
	Hint    string // one next step, without "hint:"; may be empty
	Excerpt string // the source line at Pos, filled by the room or by Explain
}

// Rule is one row of the rule book: a name for findings of one kind, the class
// they have unless a site says otherwise, and one sentence on what they mean.
type Rule struct {
	Name  string
	Class Class
	About string
}

// List is findings in no particular order until Sort.
type List []Diagnostic

// Classify gives every finding its class: what overrides says of the rule
// first, then what the room said, then the table. Findings switched off are
// dropped. A rule that no table names is a Fix, so that nothing is lost.
func (l List) Classify(table []Rule, overrides map[string]Class) List {
	classes := make(map[string]Class, len(table))
	for _, r := range table {
		classes[r.Name] = r.Class
	}
	out := make(List, 0, len(l))
	for _, d := range l {
		if c, ok := overrides[d.Rule]; ok {
			d.Class = c
		} else if d.Class == 0 {
			d.Class = cmp.Or(classes[d.Rule], Fix)
		}
		if d.Class != Off {
			out = append(out, d)
		}
	}
	return out
}

// Sort orders findings by place, then by rule and words, and drops exact
// repeats, so that the same content always gives the same report.
func (l List) Sort() List {
	slices.SortStableFunc(l, compare)
	return slices.CompactFunc(l, func(a, b Diagnostic) bool { return a == b })
}

func compare(a, b Diagnostic) int {
	return cmp.Or(
		cmp.Compare(a.Pos.Path, b.Pos.Path),
		cmp.Compare(a.Pos.Line, b.Pos.Line),
		cmp.Compare(a.Pos.Column, b.Pos.Column),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Message, b.Message),
	)
}

// Count says how many findings have the class.
func (l List) Count(c Class) int {
	n := 0
	for _, d := range l {
		if d.Class == c {
			n++
		}
	}
	return n
}

// Excerpts fills the missing excerpts from the lines of the files concerned.
// lines returns a file's lines without their ends, or nil when it cannot.
func (l List) Excerpts(lines func(path string) []string) {
	for i := range l {
		d := &l[i]
		if d.Excerpt != "" || d.Pos.Line == 0 {
			continue
		}
		if all := lines(d.Pos.Path); d.Pos.Line <= len(all) {
			d.Excerpt = all[d.Pos.Line-1]
		}
	}
}

// Shorten keeps a message readable whatever text it quotes: the first line of
// it, and no more than forty characters.
func Shorten(s string) string {
	s, _, cut := strings.Cut(s, "\n")
	if runes := []rune(s); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	if cut {
		return s + "…"
	}
	return s
}
