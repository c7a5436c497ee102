package render

import (
	"math"
	"strconv"
	"strings"

	"peppermill/internal/page"
	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// sum is the page's calculator, with its example.
func (r *Renderer) sum(p *site.Page, l *tongue) theme.Sum {
	src := p.Source
	sum := src.Meta.Sum
	var out theme.Sum
	if sum.Staff && !r.staff || len(sum.Outputs) == 0 {
		return out
	}
	figure := func(name string, label, unit page.Text, value float64) theme.Figure {
		f := theme.Figure{Name: name, Label: r.fill(src, label), Text: figures(value, l.words.Get("number.decimal"), l.words.Get("number.group"))}
		f.After = r.fill(src, unit)
		if l.words.Get("number.money") == "before" && strings.Contains("£$€¥", f.After) {
			f.Before, f.After = f.After, ""
		}
		return f
	}
	for _, in := range sum.Inputs {
		out.Inputs = append(out.Inputs, figure(in.Name, in.Label, in.Unit, in.Example))
	}
	for _, o := range sum.Outputs {
		f := figure(o.Name, o.Label, o.Unit, o.Value)
		f.Formula = o.Formula
		out.Outputs = append(out.Outputs, f)
	}
	return out
}

// figures writes a number with two decimals at most, or three below one, as
// assets/js/forms/sum.js does.
func figures(value float64, decimal, group string) string {
	if math.IsNaN(value) || math.IsInf(value, 0) || math.Abs(value) >= 1e15 {
		return "–"
	}
	scale := 100.0
	if math.Abs(value) < 1 {
		scale = 1000
	}
	rounded := math.Floor(math.Abs(value)*scale+0.5) / scale
	whole, part, _ := strings.Cut(strconv.FormatFloat(rounded, 'f', -1, 64), ".")
	var b strings.Builder
	if value < 0 && rounded != 0 {
		b.WriteString("−")
	}
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(group)
		}
		b.WriteRune(c)
	}
	if part != "" {
		b.WriteString(decimal + part)
	}
	return b.String()
}
