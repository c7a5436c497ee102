package render

import (
	"strings"
	"testing"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

// TestRelations holds that both sides of an edge are shown with their words,
// and people without a page by name alone.
func TestRelations(t *testing.T) {
	w := newWorld(t)
	policy, play, other := w.single("late", "Late & free", "<p>x</p>"), w.single("ring", "Ring", "<p>x</p>"), w.single("say", "Say", "<p>x</p>")
	implements, next := &page.EdgeField{Name: "implements"}, &page.EdgeField{Name: "escalate_to"}
	play.Edges = []site.Edge{{Field: implements, Name: "Late & free", Page: policy}, {Field: next, Name: "Sam <S>"}}
	policy.Back = []site.Edge{{Field: implements, Name: "Ring", Page: play}, {Field: implements, Name: "Say", Page: other}}
	r := New(w.Site, builtIn(t))
	for p, want := range map[*site.Page]string{
		play:   "Implements Late & free=../late/index.html|Passed on to Sam <S>",
		policy: "Carried out by Ring=../ring/index.html Say=../say/index.html",
		other:  "",
	} {
		var got []string
		for _, dl := range find(parse(t, paint(t, r, p)), classed("relations")) {
			for _, row := range find(dl, named("div")) {
				words := text(find(row, named("dt"))[0])
				for _, li := range find(row, named("li")) {
					words += " " + text(li)
					for _, a := range find(li, named("a")) {
						href, _ := attr(a, "href")
						words += "=" + href
					}
				}
				got = append(got, words)
			}
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%s: %s, want %s", p.Title, s, want)
		}
	}
}
