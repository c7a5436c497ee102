package site

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// Fact is all that is said of a blank on a page: what the page says, and for
// the rest what the site does. It always has a name, the same wherever the
// blank is used, and a label. src may be nil for the site's own texts.
func (s *Site) Fact(src *page.Page, name string) page.Fact {
	name = cmp.Or(s.Config.Facts[name].Name, name)
	var own page.Fact
	if src != nil {
		if i := slices.IndexFunc(src.Meta.Blanks, func(f page.Fact) bool { return f.Called(name) }); i >= 0 {
			own = src.Meta.Blanks[i]
			name = own.Name
		}
	}
	f := s.Config.Facts[name]
	f.Name = cmp.Or(f.Name, name)
	f.Label = cmp.Or(own.Label, f.Label, readable(strings.ReplaceAll(f.Name, ".", " ")))
	if own.Default != "" {
		f.Default, f.Fixed = own.Default, false
	}
	f.Help, f.Example = cmp.Or(own.Help, f.Help), cmp.Or(own.Example, f.Example)
	if own.Kind != "" {
		f.Kind, f.Options = own.Kind, own.Options
	}
	f.Aliases = append(slices.Clip(f.Aliases), own.Aliases...)
	return f
}

// Value returns what the site says for a blank on a page: the profile's value,
// else the default that the page or the site gives it. Without one, text is
// the blank's label and filled is false. src may be nil for the site's own texts.
func (s *Site) Value(src *page.Page, name string) (text string, filled bool) {
	f := s.Fact(src, name)
	if v := s.profiled(&f, name); v != "" {
		return s.said(src, &f, v), true
	}
	if f.Default != "" {
		return s.said(src, &f, f.Default), true
	}
	return f.Label, false
}

// Asked describes a blank that is left to the reader of a page; ok is false
// where the site has filled it. On a template a default is an offer, on other
// pages it is the word that counts.
func (s *Site) Asked(src *page.Page, name string) (f page.Fact, ok bool) {
	f = s.Fact(src, name)
	offered := f.Default == "" || !f.Fixed && src != nil && src.Meta.Status == page.Template
	return f, offered && s.profiled(&f, name) == ""
}

// profiled is the profile's value under any name of the blank.
func (s *Site) profiled(f *page.Fact, name string) string {
	v := cmp.Or(s.Config.Values[f.Name], s.Config.Values[name])
	for i := 0; i < len(f.Aliases) && v == ""; i++ {
		v = s.Config.Values[f.Aliases[i]]
	}
	return v
}

// said is a value as a text has it: a day is written in the page's language.
func (s *Site) said(src *page.Page, f *page.Fact, value string) string {
	if f.Kind != "date" {
		return value
	}
	day, err := time.Parse(time.DateOnly, value)
	if err != nil {
		return value
	}
	lang := s.Config.Lang
	if src != nil {
		lang = src.Lang
	}
	return s.Words.Calendar(lang).Day(day)
}

// checkBlanks stops approved pages that still have something to fill in, and
// points at names that nobody describes: most likely they are misspelt. What
// only staff read is checked in the staff edition.
func (l *linker) checkBlanks() {
	known := l.describedBlanks()
	for _, p := range l.pages[:l.sources] {
		own := slices.Clip(known)
		for _, f := range p.Source.Meta.Blanks {
			own = append(append(own, f.Name), f.Aliases...)
		}
		told := map[string]bool{}
		for _, b := range p.Source.Blanks {
			if b.Staff && !l.site.staff {
				continue
			}
			_, filled := l.site.Value(p.Source, b.Name)
			switch {
			case p.Source.Meta.Status == page.Approved && !filled:
				l.unfilled(b, own)
			case len(own) > 0 && len(told) < mostUnknown && !told[b.Name] && !slices.Contains(own, b.Name):
				told[b.Name] = true
				l.undescribed(b, own)
			}
		}
	}
}

// mostUnknown bounds the names on one page that are pointed at.
const mostUnknown = 50

func (l *linker) unfilled(b page.Blank, known []string) {
	hint := "give " + b.Name + " a value in the profile or a default in _data/facts.yaml, or take back the approval"
	if near := diag.Near(b.Name, known); near != "" && near != b.Name {
		hint = "did you mean %{" + near + "}?"
	}
	l.report(ruleBlankUnfilled, b.Pos, len(b.Name)+3, "the page is approved, but %{"+b.Name+"} has no value", hint)
}

func (l *linker) undescribed(b page.Blank, known []string) {
	hint := "describe it in _data/facts.yaml: " + b.Name + ", with a label"
	if near := diag.Near(b.Name, known); near != "" {
		hint = "did you mean %{" + near + "}?"
	}
	l.report(ruleBlankUnknown, b.Pos, len(b.Name)+3, "nothing is said of the blank %{"+b.Name+"}, neither on the page nor in _data/facts.yaml nor in a profile", hint)
}

// describedBlanks are the names, sorted, that the site has anything to say
// about; none on a site that describes no blank at all.
func (l *linker) describedBlanks() []string {
	known := slices.AppendSeq(slices.Collect(maps.Keys(l.cfg.Facts)), maps.Keys(l.cfg.Profiled))
	slices.Sort(known)
	return slices.Compact(known)
}
