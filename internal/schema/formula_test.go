package schema

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

var given = map[string]float64{"N": 120, "lost": 9, "none": 0, "Größe": 2.5}

func known(name string) (float64, bool) {
	value, ok := given[name]
	return value, ok
}

func TestWorkOut(t *testing.T) {
	data, err := os.ReadFile("testdata/formulas.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, line := range strings.Split(string(data), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		n++
		i := strings.LastIndex(" "+line, " = ")
		text, want := strings.TrimSpace(line[:i]), line[i+2:]
		value, wrong := WorkOut(text, known)
		got := "! " + wrong
		switch {
		case wrong != "":
		case math.IsNaN(value) || math.IsInf(value, 0):
			got = "?"
		default:
			got = strconv.FormatFloat(value, 'g', -1, 64)
		}
		if got != want {
			t.Errorf("%s: %s, not %s", text, got, want)
		}
	}
	if n < 30 {
		t.Error("only", n, "formulas")
	}
	for _, deep := range []string{strings.Repeat("(", 60) + "1" + strings.Repeat(")", 60), strings.Repeat("-", 60) + "1", strings.Repeat("1+", 300) + "1"} {
		if _, wrong := WorkOut(deep, known); !strings.Contains(wrong, "too") {
			t.Errorf("%.20s: %s", deep, wrong)
		}
	}
}

func FuzzWorkOut(f *testing.F) {
	f.Add("(N - lost) / N")
	f.Add("min(1, 2")
	f.Add("\xff + ×")
	f.Fuzz(func(t *testing.T, text string) { WorkOut(text, known) })
}
