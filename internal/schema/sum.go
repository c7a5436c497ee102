package schema

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// sum reads the figures and the formulas of a calculator, and works its example
// out. A formula that cannot be worked out is found and left out.
func (r *reader) sum() {
	for _, field := range []string{"inputs", "formula"} {
		if !r.owns(&envelope[rows[field].field]) {
			return
		}
	}
	s := &r.meta.Sum
	known := map[string]float64{}
	for _, v := range r.items("inputs") {
		s.Staff = s.Staff || v.SaysStaff()
		if in, ok := r.input(v, known); ok {
			s.Inputs = append(s.Inputs, in)
		}
	}
	for _, v := range r.items("formula") {
		s.Staff = s.Staff || v.SaysStaff()
		if out, ok := r.output(v, known); ok {
			s.Outputs = append(s.Outputs, out)
		}
	}
}

// items are the values of a field that is a list, or one of it.
func (r *reader) items(field string) []page.Value {
	f, ok := r.get(field)
	switch {
	case !ok || f.Value.Kind == page.Null:
		return nil
	case f.Value.Kind == page.List:
		return f.Value.Items
	}
	return []page.Value{f.Value}
}

// input reads {name, label, unit, example}.
func (r *reader) input(v page.Value, known map[string]float64) (page.Input, bool) {
	in := page.Input{Name: string(textAt(v, "name")), Label: textAt(v, "label", "question"), Unit: textAt(v, "unit")}
	at, ok := valueAt(v, "example", "default", "value")
	n, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(at.Text), ",", ""), 64)
	switch {
	case v.Kind != page.Map || in.Name == "":
		r.wrong(RuleValue, v, "A figure needs a name.", "Write - {name: lost, label: regulars who went, example: 9}.")
		return in, false
	case !isName(in.Name):
		r.wrong(RuleValue, v, fmt.Sprintf("%q cannot be a name in a formula.", diag.Shorten(in.Name)), "Write a word of letters and digits, such as lost or N.")
		return in, false
	case !ok || err != nil || math.IsInf(n, 0) || math.IsNaN(n):
		if !ok {
			at = v
		}
		r.wrong(RuleValue, at, fmt.Sprintf("The figure %q has no number as its example.", diag.Shorten(in.Name)), "Write example: 9 below it; a formula is shown with it.")
		n = math.NaN()
	}
	if in.Label == "" {
		in.Label = page.Text(in.Name)
	}
	in.Example = n
	known[in.Name] = n
	return in, true
}

// output reads "name = formula", or {name, label, formula, unit}.
func (r *reader) output(v page.Value, known map[string]float64) (page.Output, bool) {
	out := page.Output{Name: string(textAt(v, "name")), Label: textAt(v, "label"), Unit: textAt(v, "unit"), Formula: string(textAt(v, "formula"))}
	text := out.Formula
	if v.Kind == page.Scalar {
		text = strings.TrimSpace(v.Text)
	}
	out.Formula = text
	if name, formula, ok := strings.Cut(text, "="); ok {
		out.Name, out.Formula = strings.TrimSpace(name), strings.TrimSpace(formula)
	}
	if out.Name == "" {
		out.Name = string(out.Label)
	}
	if out.Name == "" || out.Formula == "" {
		r.wrong(RuleValue, v, "A formula and its name are needed here.", "Write - kept = (N - lost) / N.")
		return out, false
	}
	value, wrong := WorkOut(out.Formula, func(name string) (float64, bool) {
		value, ok := known[name]
		return value, ok
	})
	if wrong != "" {
		r.wrong(RuleValue, v, fmt.Sprintf("The formula of %q cannot be worked out: %s.", diag.Shorten(out.Name), wrong),
			"Write it with + - * / and brackets, and names that stand under inputs: or further up.")
		return out, false
	}
	if out.Label == "" {
		out.Label = page.Text(out.Name)
	}
	if isName(out.Name) {
		known[out.Name] = value
	}
	out.Value = value
	return out, true
}

// isName reports whether a formula can speak of it.
func isName(text string) bool {
	for i, c := range text {
		if !unicode.IsLetter(c) && (i == 0 || c != '_' && (c < '0' || c > '9')) {
			return false
		}
	}
	return text != ""
}
