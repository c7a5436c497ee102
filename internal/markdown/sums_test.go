package markdown

import (
	"fmt"
	"strings"
	"testing"
)

// TestCalculations reads calculators: what they come to, and what is wrong with them.
func TestCalculations(t *testing.T) {
	const form, example, formula = "(Write - {name: lost, label: regulars who went, example: 9}.)", "(Write example: 9 below it; a formula is shown with it.)",
		"(Write it with + - * / and brackets, and names that stand under inputs: or further up.)"
	for _, c := range []struct{ matter, want string }{
		{"inputs:\n  - {name: N, label: Regulars, unit: people, example: \"1,200\"}\nformula:\n  - half = N / 2\n  - {label: Twice it, formula: half × 4, unit: £}", "N Regulars people 1200; half half  600; Twice it Twice it £ 2400"},
		{"inputs: {name: N, example: 2}\nformula: all = N", "N N  2; all all  2"},
		{"inputs:\n  - {name: N, example: 2, visibility: staff}\nformula: all = N", "N N  2; all all  2; staff"},
		{"inputs:\n  - N\nformula:\n  - all = 1", "all all  1; 5:5+1 value-wrong: A figure needs a name. " + form},
		{"inputs:\n  - {name: my own, example: 1}\nformula:\n  - all = 1", "all all  1; 5:5+26 value-wrong: \"my own\" cannot be a name in a formula. (Write a word of letters and digits, such as lost or N.)"},
		{"inputs:\n  - {name: N, example: many}\nformula:\n  - all = N", "N N  NaN; all all  NaN; 5:24+4 value-wrong: The figure \"N\" has no number as its example. " + example},
		{"formula:\n  - all = N + 1", "5:5+11 value-wrong: The formula of \"all\" cannot be worked out: nothing is called \"N\". " + formula},
		{"formula:\n  - all = 1 / 0", "5:5+11 value-wrong: The formula of \"all\" cannot be worked out: it divides by nothing. " + formula},
		{"formula:\n  - all = (1 + 2\n  - two = 2", "two two  2; 5:5+12 value-wrong: The formula of \"all\" cannot be worked out: a bracket is not closed. " + formula},
		{"formula:\n  - {label: All}", "5:5+12 value-wrong: A formula and its name are needed here. (Write - kept = (N - lost) / N.)"},
		{"formula:\n", ""},
	} {
		pg, diags := parseText(New(Options{Names: names(t)}), "---\ntype: worksheet\nkind: calculator\n"+c.matter+"\n---\nText.\n")
		var got []string
		for _, in := range pg.Meta.Sum.Inputs {
			got = append(got, fmt.Sprintf("%s %s %s %v", in.Name, in.Label, in.Unit, in.Example))
		}
		for _, out := range pg.Meta.Sum.Outputs {
			got = append(got, fmt.Sprintf("%s %s %s %v", out.Name, out.Label, out.Unit, out.Value))
		}
		if pg.Meta.Sum.Staff {
			got = append(got, "staff")
		}
		got = append(got, diags...)
		if text := strings.Join(got, "; "); text != c.want {
			t.Errorf("%s:\n     %s\nnot  %s", c.matter, text, c.want)
		}
	}
	// Elsewhere the keys are the author's own.
	pg, diags := parseText(New(Options{Names: names(t)}), "---\ntype: article\ninputs: [a]\nformula: 1 / 0\n---\nText.\n")
	if len(diags) > 0 || len(pg.Meta.Sum.Outputs) > 0 {
		t.Error(diags, pg.Meta.Sum)
	}
}
