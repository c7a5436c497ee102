package search

import (
	"strings"
	"testing"
)

// TestScopes holds that a folder that asks for it is searched apart, the innermost
// counting, and that nothing is out of reach.
func TestScopes(t *testing.T) {
	files := map[string]string{
		"index.md":             "---\ntitle: Home\nsearch:\n  scope: own\n---\nWelcome.\n", // the whole site is none
		"refunds.md":           "# Refunds\n\nMoney back.\n",
		"manual/index.md":      "---\ntitle: The manual\nsearch:\n  scope: own\n---\nHow to write refunds.\n",
		"manual/pages.md":      "# Pages\n\nA page on refunds is written so. Blanks.\n",
		"manual/deep/index.md": "---\ntitle: Deep\nsearch:\n  scope: own\n---\nRefunds in depth.\n",
		"manualsbeside.md":     "# Beside\n\nThe same beginning, not the folder: refunds.\n",
		"empty/index.md":       "---\ntitle: Empty\nsearch:\n  scope: own\n  exclude: yes\n---\n",
	}
	texts := written(t, drawn(t, files, nil))
	var got []string
	inNode(t, loading+`
		const out = [];
		for (const [query, from] of [["refund", "index.html"], ["refund", "manual/pages/"], ["refund", "manual/deep/"], ["blanks", ""], ["money", "manual/"], ["zebra", "manual/"], ["welcome", "/"]]) {
			const r = await engine.search(query, { from });
			out.push([r.results.map((x) => x.address || "home").join(" "), r.within.join("="), ...r.elsewhere.map((s) => s.join("="))].join(" | "));
		}
		return out;`, map[string]any{"texts": texts}, &got)
	want := []string{
		"refunds/ manualsbeside/ | = | manual/=The manual | manual/deep/=Deep",
		"manual/pages/ manual/ | manual/=The manual | manual/deep/=Deep | =",
		"manual/deep/ | manual/deep/=Deep | manual/=The manual | =",
		"manual/pages/ | manual/=The manual",
		"refunds/ | =",
		" | =",
		"home | =",
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%d:\n got  %s\n want %s", i, got[i], want[i])
		}
	}
	if _, ok := written(t, drawn(t, shop, nil))["s"]; ok {
		t.Error("a site without scopes has a file of them")
	}
}

// TestSpelledSynonyms holds that built-in words are met in the endings that a site uses, and
// that a question's own words are not taken for others.
func TestSpelledSynonyms(t *testing.T) {
	files := map[string]string{
		"upset.md":    "# Upsetting moments\n\nListen first.\n",
		"allergen.md": "# What is in our bread\n\nAllergy advice, and nuts.\n",
		"do.md":       "# Habits\n\nWhat do we do when we do what we do?\n",
		"staff.md":    "# People\n\nThe staff sing a song to customers.\n",
	}
	for i, got := range asked(t, drawn(t, files, nil), []any{
		[]any{"furious", nil}, []any{"they are furious", nil}, []any{"allergies", nil}, []any{"employee", nil},
	}) {
		want := []string{"upset | furious=upsetting", "upset | furious=upsetting | ?furious", "allergen", "staff | employee=staff"}[i]
		if !strings.HasPrefix(got, want) {
			t.Errorf("%d:\n got  %s\n want %s", i, got, want)
		}
	}
}
