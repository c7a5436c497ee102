package main

import (
	"math"
	"strings"
	"testing"
)

func TestNDCG(t *testing.T) {
	grades := map[string]int{"a": 3, "b": 1}
	for _, c := range []struct {
		pages string
		want  float64
	}{
		{"a/ b/", 1},
		{"", 0},
		{"x/", 0},
		{"b/ a/", (1 + 7/math.Log2(3)) / (7 + 1/math.Log2(3))},
		{"x/ a/", 7 / math.Log2(3) / (7 + 1/math.Log2(3))},
		{"1 2 3 4 5 6 7 8 9 10 a/", 0},
	} {
		if got := ndcg(strings.Fields(c.pages), grades); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%q: %v, want %v", c.pages, got, c.want)
		}
	}
	if got := ndcg([]string{"a/"}, nil); got != 0 {
		t.Errorf("without a right answer: %v", got)
	}
}

func TestShow(t *testing.T) {
	r := report{Index: 200_000, Answers: []answer{
		{ID: "1", Kind: "natural", Pages: []string{"a/"}, Bytes: 10}, {ID: "1", Kind: "typo", Pages: nil, Bytes: 20},
	}}
	var b strings.Builder
	missed := show(&b, "cranfield", r, map[string]map[string]int{"1": {"a": 1}})
	for _, want := range []string{"with a typo 0.0 %", "typo: 100.00 % find nothing", "index 200.0 kB"} {
		if !strings.Contains(b.String(), "below the bar: "+want) {
			t.Errorf("%q is not said in\n%s", want, &b)
		}
	}
	if missed != 3 {
		t.Errorf("%d bars missed, want 3", missed)
	}
}
