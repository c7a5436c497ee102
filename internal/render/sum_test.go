package render

import (
	"math"
	"strings"
	"testing"

	"peppermill/internal/page"
)

// TestSum shows a calculator with its example, and one for staff to staff only.
func TestSum(t *testing.T) {
	w, th := newWorld(t), builtIn(t)
	p := w.single("keep", "Keep", "text")
	p.Source.Meta.Type = "worksheet"
	p.Source.Meta.Sum = page.Calculation{
		Inputs:  []page.Input{{Name: "N", Label: "Regulars & others", Example: 1200}},
		Outputs: []page.Output{{Name: "cost", Label: "Cost", Formula: "N × 2.5", Unit: "£", Value: 3000}},
	}
	out := paint(t, New(w.Site, th), p)
	for _, want := range []string{`Regulars &amp; others</dt><dd><span data-input="N">1,200</span></dd>`, `<dd>£<span data-output="cost" data-formula="N × 2.5">3,000</span></dd>`} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s in\n%s", want, out)
		}
	}
	p.Source.Meta.Sum.Staff = true
	if out := paint(t, New(w.Site, th), p); strings.Contains(out, "Regulars") || strings.Contains(out, "data-formula") {
		t.Error("a calculator for staff is shown to everybody")
	}
}

func TestFigures(t *testing.T) {
	for value, want := range map[float64]string{
		0: "0", 0.925: "0.925", 0.0754: "0.075", 20: "20", 2400: "2,400", 21600: "21,600", 1234567.891: "1,234,567.89", 2.5: "2.5",
		-450.456: "−450.46", -0.0001: "0", 999999.999: "1,000,000", math.Inf(1): "–", math.NaN(): "–", 1e15: "–", 123456: "123,456",
	} {
		if got := figures(value, ".", ","); got != want {
			t.Errorf("%v: %s, not %s", value, got, want)
		}
	}
}
