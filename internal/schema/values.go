package schema

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// line reads a text field, "" when it says nothing. Numbers, dates, yes and no
// are text as they were written.
func (r *reader) line(field string) string {
	f, ok := r.get(field)
	if !ok {
		return ""
	}
	switch f.Value.Kind {
	case page.Scalar:
		return strings.TrimSpace(f.Value.Text)
	case page.List, page.Map:
		r.wrong(RuleValue, f.Value, fmt.Sprintf("%q must be text, and this is a structure.", f.Key),
			"Write text, and put it in quotes when it begins with [ or {.")
	}
	return ""
}

// owner is a name, or a map that has one.
func (r *reader) owner() string {
	f, ok := r.get("owner")
	if !ok {
		return ""
	}
	if name, ok := f.Value.Get("name"); ok && name.Kind == page.Scalar {
		return strings.TrimSpace(name.Text)
	}
	if f.Value.Kind == page.List && len(f.Value.Items) == 1 && f.Value.Items[0].Kind == page.Scalar {
		return strings.TrimSpace(f.Value.Items[0].Text)
	}
	return r.line("owner")
}

// lang is a language tag, such as en or pt-BR; en_US is taken for en-US.
func (r *reader) lang() string {
	text := strings.ReplaceAll(r.line("lang"), "_", "-")
	if text == "" {
		return ""
	}
	for i, part := range strings.Split(text, "-") {
		if len(part) < 1 || len(part) > 8 || i == 0 && len(part) < 2 || strings.Trim(strings.ToLower(part), "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			f, _ := r.get("lang")
			r.wrong(RuleValue, f.Value, fmt.Sprintf("%q is no code of a language.", diag.Shorten(text)), "Write a code such as en, de or pt-BR.")
			return ""
		}
	}
	return text
}

// slug is one element of an address.
func (r *reader) slug() string {
	text := r.line("slug")
	f, _ := r.get("slug")
	switch {
	case hasBlank(text):
		r.wrong(RuleValue, f.Value, "An address cannot hold a blank: it must not change when the blank is filled in.", "Write a word in its place.")
	case strings.ContainsAny(text, `/\`):
		r.wrong(RuleValue, f.Value, "A slug is the last part of the address only and holds no slash.", "Use url to set the whole address.")
	case text == "." || text == "..":
		r.wrong(RuleValue, f.Value, fmt.Sprintf("%q cannot be a part of an address.", text), "Write a word, or delete the line.")
	default:
		return text
	}
	return ""
}

// url is a whole address within the site. "permalink: false" is how Eleventy
// says that a page is not written.
func (r *reader) url() string {
	text := r.line("url")
	f, _ := r.get("url")
	switch {
	case strings.EqualFold(text, "false"):
		r.meta.Draft, r.meta.Status = true, page.Draft
		r.report(RuleNoPublish, 0, f.Value.Pos, f.Value.Width, fmt.Sprintf("%q says that no page is written for this file; it is treated as a draft.", f.Key+": false"), "Write draft: true.")
	case hasBlank(text):
		r.wrong(RuleValue, f.Value, "An address cannot hold a blank: it must not change when the blank is filled in.", "Write a word in its place.")
	case strings.Contains(text, "://") || strings.HasPrefix(text, "//"):
		r.wrong(RuleValue, f.Value, "This is an address of another site, not of this page.", "Write the address from the first slash on, such as /policies/refunds/.")
	default:
		return text
	}
	return ""
}

func hasBlank(s string) bool { return len(page.Text(s).Blanks()) > 0 }

// scalars calls use with every text that a field holds: a single one, those of
// a list, and, where split says so, those between the commas of a single one.
// Maps are given to other, which says whether it could use them.
func (r *reader) scalars(field string, split bool, use func(text string, v page.Value), other func(v page.Value) bool) {
	for _, f := range r.all(field) {
		switch f.Value.Kind {
		case page.Scalar:
			if !split || f.Value.Quoted && !strings.Contains(f.Value.Text, ",") {
				r.item(f.Value, use, other)
				continue
			}
			for part := range strings.SplitSeq(f.Value.Text, ",") {
				if part = strings.TrimSpace(part); part != "" {
					use(part, f.Value)
				}
			}
		case page.List:
			for _, v := range f.Value.Items {
				r.item(v, use, other)
			}
		case page.Map:
			r.item(f.Value, use, other)
		}
	}
}

// item takes in one item of a list.
func (r *reader) item(v page.Value, use func(string, page.Value), other func(page.Value) bool) {
	switch v.Kind {
	case page.Null:
	case page.Scalar:
		if text := strings.TrimSpace(v.Text); text != "" {
			use(text, v)
		}
	default:
		if other == nil || !other(v) {
			r.wrong(RuleValue, v, "Text is needed here, and this is a structure.", "Write one text for each item.")
		}
	}
}

// list reads a list of text, or text with commas.
func (r *reader) list(field string) []string {
	var out []string
	r.scalars(field, true, func(text string, _ page.Value) { out = append(out, text) }, nil)
	return out
}

// names reads people: text, a list, or maps with a name. "author" is one
// person, whose name may hold a comma.
func (r *reader) names(field string) []string {
	var out []string
	f, _ := r.get(field)
	several := strings.HasSuffix(fold(f.Key), "s")
	r.scalars(field, several, func(text string, _ page.Value) { out = append(out, text) }, func(v page.Value) bool {
		name, ok := v.Get("name")
		if ok = ok && name.Kind == page.Scalar; ok {
			out = append(out, strings.TrimSpace(name.Text))
		}
		return ok
	})
	return out
}

// refs reads links to other pages: text, a list, or maps with page or url.
func (r *reader) refs(field string) []page.Ref {
	var out []page.Ref
	add := func(text string, v page.Value) {
		out = append(out, page.Ref{Text: text, Pos: v.Pos, Width: v.Width})
	}
	r.scalars(field, false, add, func(v page.Value) bool {
		for _, key := range []string{"page", "url"} {
			if ref, ok := v.Get(key); ok && ref.Kind == page.Scalar {
				add(strings.TrimSpace(ref.Text), ref)
				return true
			}
		}
		return false
	})
	return out
}

// words reads one or several of the values that the table names.
func (r *reader) words(field string) []string {
	spec := &envelope[rows[field].field]
	var out []string
	r.scalars(field, spec.Kind == Enums, func(text string, v page.Value) {
		for _, known := range spec.Values {
			if fold(known) == fold(text) {
				out = append(out, known)
				return
			}
		}
		hint := "Known are " + strings.Join(spec.Values, ", ") + "."
		if n := diag.Near(text, spec.Values); n != "" {
			hint = fmt.Sprintf("Did you mean %q?", n)
		}
		r.wrong(RuleValue, v, fmt.Sprintf("%q is no value of %s.", diag.Shorten(text), spec.Name), hint)
	}, nil)
	return out
}

// readDate reads a value as a date.
func readDate(v page.Value) (page.Date, *Unclear) {
	switch v.Kind {
	case page.Scalar:
		return ParseDate(v.Text)
	case page.Null:
		return page.Date{}, nil
	}
	return page.Date{}, unclear(writeDate, "A date is needed here, and this is a structure.")
}

// date reads a date that does not decide publication.
func (r *reader) date(field string) page.Date {
	f, ok := r.get(field)
	if !ok {
		return page.Date{}
	}
	d, problem := readDate(f.Value)
	if problem != nil {
		r.wrong(RuleDate, f.Value, problem.Reason, problem.Hint)
		return page.Date{}
	}
	if !d.IsZero() {
		d.Pos = f.Value.Pos
	}
	return d
}

// number reads a whole number.
func (r *reader) number(field string) (int, bool) {
	f, ok := r.get(field)
	if !ok || f.Value.Kind == page.Null || f.Value.Kind == page.Scalar && strings.TrimSpace(f.Value.Text) == "" {
		return 0, false
	}
	n, err := strconv.Atoi(strings.TrimSpace(f.Value.Text))
	if f.Value.Kind != page.Scalar || err != nil || n > 1<<30 || n < -1<<30 {
		r.wrong(RuleValue, f.Value, fmt.Sprintf("%q must be a whole number.", f.Key), "Write digits only, such as "+field+": 3.")
		return 0, false
	}
	return n, true
}

// search reads the hints for the index: a map of boost and exclude, or just
// yes or no.
func (r *reader) search() {
	f, ok := r.get("search")
	if !ok || f.Value.Kind == page.Null {
		return
	}
	hints := &r.meta.Search
	if f.Value.Kind == page.Scalar {
		wanted, ok := yesNo(f.Value)
		hints.Exclude = ok && !wanted || fold(f.Value.Text) == "exclude"
		if !ok && !hints.Exclude {
			r.wrong(RuleValue, f.Value, fmt.Sprintf("%q says nothing that is known about search.", diag.Shorten(f.Value.Text)), "Write search: false, or boost and exclude below search.")
		}
		return
	}
	if v, ok := f.Value.Get("exclude"); ok {
		exclude, readable := yesNo(v)
		hints.Exclude = exclude || !readable
		if !readable {
			r.wrong(RuleValue, v, notYesNo(v), "Write exclude: true or exclude: false.")
		}
	}
	if v, ok := f.Value.Get("scope"); ok {
		if hints.Apart = fold(v.Text) == "own"; !hints.Apart {
			r.wrong(RuleValue, v, fmt.Sprintf("%q is no scope of the search.", diag.Shorten(v.Text)), "Write scope: own on a folder's own page, or take the line out.")
		}
	}
	if v, ok := f.Value.Get("boost"); ok {
		boost, err := strconv.ParseFloat(strings.TrimSpace(v.Text), 64)
		if err != nil || boost <= 0 || math.IsInf(boost, 0) || math.IsNaN(boost) {
			r.wrong(RuleValue, v, "The boost must be a number above 0.", "Write boost: 2 for twice the usual weight.")
		} else {
			hints.Boost = boost
		}
	}
}
