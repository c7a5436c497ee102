package render

import (
	"fmt"
	"strings"
	"testing"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

// rows makes a structure of lines of cells.
func rows(kind, columns string, lines ...string) page.Structure {
	s := page.Structure{Kind: kind, Columns: strings.Fields(columns)}
	for _, line := range lines {
		var r page.Row
		for c := range strings.SplitSeq(line, "|") {
			r.Cells = append(r.Cells, page.Cell{Text: page.Text(c)})
		}
		s.Rows = append(s.Rows, r)
	}
	return s
}

// upset is a world with a procedure and its wall card.
func upset(t *testing.T, edition page.Visibility) (*world, *site.Page) {
	w := newWorld(t)
	w.Config.Edition = edition
	w.Config.Facts["shop"] = page.Fact{Name: "shop", Label: "your shop"}
	p := w.single("upset", "Upset", "<p>x</p>")
	steps := rows("steps", "step who clock if", "Stop <now>|nearest|at once|", "Offer a bun||within 5 minutes|if they stay", "Secret|||")
	steps.Rows[0].Under = []page.Row{{Cells: []page.Cell{{Text: "nod"}}}}
	steps.Rows[2].Staff = true
	give := rows("authority", "may who up_to then", "|counter|£20|Noor", "a bun|anybody|£2|")
	give.Staff = true
	say := rows("scripts", "say when avoid", `"Here at %{shop}."|They wait|"No."`)
	p.Source.Summary, p.Source.Blanks = "Listen at %{shop}.", []page.Blank{{Name: "shop"}}
	p.Source.Structures = []page.Structure{steps, say, give}
	p.Source.Meta = page.Meta{Type: "procedure", Kind: "complaint", Control: page.Control{Version: "2"}}
	p.Edges = []site.Edge{{Field: &page.EdgeField{Name: "escalate_to"}, Name: "Owner", Page: w.single("owner", "Owner", "")}, {Field: &page.EdgeField{Name: "implements"}, Name: "Policy"}}
	p.Card = w.add(&site.Page{Kind: site.Card, Address: "policies/upset/card/index.html", Name: "Wall card", Title: "Upset · Wall card"})
	p.Card.Parent = p
	return w, p
}

// TestCard holds what stands on a wall card, for whom, and the way to it.
func TestCard(t *testing.T) {
	for edition, want := range map[page.Visibility]string{
		page.Public: `Upset Listen at To fill in: your shop . Stop <now> nod nearest · at once Offer a bun if they stay within 5 minutes Say this They wait "Here at To fill in: your shop ." Then fetch Owner Version 2`,
		page.Staff: `Upset Listen at To fill in: your shop . Stop <now> nod nearest · at once Offer a bun if they stay within 5 minutes Secret Say this They wait "Here at To fill in: your shop ." ` +
			`You may give counter £20 then: Noor anybody a bun, £2 Then fetch Owner Version 2`,
	} {
		w, p := upset(t, edition)
		r := New(w.Site, builtIn(t))
		out := paint(t, r, p.Card)
		doc := parse(t, out)
		if got := text(find(doc, classed("card-side"))[0]); got != want {
			t.Errorf("%v:\n%s\nwant\n%s", edition, got, want)
		}
		for _, part := range []string{`href="../../owner/index.html"`, `data-control="Version 2"`, `"name":"shop"`, `content="noindex"`, `class="blank"`} {
			if !strings.Contains(out, part) {
				t.Errorf("%v: the card lacks %s", edition, part)
			}
		}
		if !strings.Contains(paint(t, r, p), `<a href="card/index.html">Wall card</a>`) {
			t.Errorf("%v: no way to the card", edition)
		}
	}
}

// TestCardFits holds what a card leaves out, in order, and that it says so.
func TestCardFits(t *testing.T) {
	for _, c := range []struct {
		steps, say int
		long       int // words of a step
		want       string
	}{
		{4, 2, 8, "large 4 1 2 2"},
		{9, 2, 8, "small 9 1 2 2"},
		{9, 12, 8, "small 9 1 2 2 more"},
		{11, 6, 8, "least 11 1 2 2 more"},
		{12, 0, 8, "least 12 1 0 2"},
		{40, 0, 20, "least 10 0 0 0 more"},
	} {
		w, p := upset(t, page.Staff)
		steps, say := rows("steps", "step who clock if"), rows("scripts", "say when avoid")
		for range c.steps {
			steps.Rows = append(steps.Rows, rows("", "", strings.TrimSpace(strings.Repeat("wording ", c.long))+"|counter|at once|").Rows...)
		}
		steps.Rows[0].Under = []page.Row{{Cells: []page.Cell{{Text: "nod"}}}}
		for range c.say {
			say.Rows = append(say.Rows, rows("", "", "Something kind and short.|Always|").Rows...)
		}
		p.Source.Structures = []page.Structure{steps, say, p.Source.Structures[2]}
		r := New(w.Site, builtIn(t))
		card := r.card(p, place{from: p.Card.Address}, r.tongue("en"), &asking{r: r})
		got := strings.TrimSpace(fmt.Sprintln(card.Size, len(card.Steps), len(card.Steps[0].Under), len(card.Say), len(card.Give)))
		if card.More != "" {
			got += " more"
		}
		if got != c.want {
			t.Errorf("%d steps of %d words, %d things to say: %s, not %s", c.steps, c.long, c.say, got, c.want)
		}
	}
}

// TestPanel holds what stands at the top of a page about an upset customer, and
// that other pages, and those that say too little, have none.
func TestPanel(t *testing.T) {
	for name, c := range map[string]struct {
		edition page.Visibility
		change  func(*site.Page)
		want    string
	}{
		"public":     {page.Public, nil, `Say this "Here at To fill in: your shop ." Who comes next Owner By when first step: at once last step: within 5 minutes`},
		"staff":      {page.Staff, nil, `Say this "Here at To fill in: your shop ." You may give counter: £20 anybody: a bun, £2 Who comes next Owner By when first step: at once last step: within 5 minutes`},
		"recovery":   {page.Public, func(p *site.Page) { p.Source.Meta.Kind, p.Source.Structures = "recovery", p.Source.Structures[1:] }, `Say this "Here at To fill in: your shop ." Who comes next Owner`},
		"one thing":  {page.Public, func(p *site.Page) { p.Source.Structures = p.Source.Structures[2:] }, ""},
		"other kind": {page.Public, func(p *site.Page) { p.Source.Meta.Kind = "sop" }, ""},
		"a policy":   {page.Public, func(p *site.Page) { p.Source.Meta.Type = "policy" }, ""},
	} {
		w, p := upset(t, c.edition)
		if c.change != nil {
			c.change(p)
		}
		got := ""
		for _, n := range find(parse(t, paint(t, New(w.Site, builtIn(t)), p)), classed("panel")) {
			got += text(n)
		}
		if got != c.want {
			t.Errorf("%s: %s\nwant %s", name, got, c.want)
		}
	}
}
