package site

import (
	"fmt"
	"strings"
	"testing"

	"peppermill/internal/config"
	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/schema"
)

// readGraph reads a page's edges as the rule book does.
func readGraph(p *page.Page) {
	meta, _ := schema.Envelope(p.Meta.Tree, p.Path)
	p.Meta.Edges, p.Meta.Taught = meta.Edges, meta.Taught
	p.Surveyed = p.Surveyed || meta.Modelled
}

// readControl reads a version, an entry of the log ("2.0 2026-04-28 material")
// and who does a step; any other key of the checked graph is left to the tree.
func readControl(t *testing.T, p *page.Page, key, value string, at diag.Pos) bool {
	c := &p.Meta.Control
	words := strings.Fields(value)
	switch key {
	case "version":
		c.Version = value
	case "change":
		c.Changes = append(c.Changes, page.Change{Version: words[0], Date: page.Date{Time: day(t, words[1])}, Material: len(words) > 2, Pos: at})
	case "step":
		p.Structures = append(p.Structures, page.Structure{Kind: "steps", Columns: []string{"who"}, Rows: []page.Row{{Cells: []page.Cell{{Text: page.Text(value), Pos: at}}}}})
	default:
		for _, f := range schema.Fields() {
			if f.Name == key && len(f.Of) > 0 {
				return true
			}
		}
		return false
	}
	return true
}

// readFigure reads "14 days: you may bring it back".
func readFigure(p *page.Page, line string, at diag.Pos) {
	figure, near, _ := strings.Cut(line, ": ")
	number, unit, _ := strings.Cut(figure, " ")
	p.Figures = append(p.Figures, page.Figure{Number: number, Unit: strings.TrimSuffix(unit, "s"), Near: near, Pos: at, Width: len(figure)})
}

func edgeFacts(p *Page) string {
	var b strings.Builder
	for _, e := range p.Edges {
		fmt.Fprintf(&b, "\t%s: %s", e.Field.Name, e.Name)
		if e.Page != nil {
			fmt.Fprintf(&b, " = %s", short(e.Page))
		}
		b.WriteByte('\n')
	}
	for _, e := range p.Back {
		if e.Field != ownerField {
			fmt.Fprintf(&b, "\t%s from: %s\n", e.Field.Name, short(e.Page))
		}
	}
	return b.String()
}

// TestHats holds who wears several hats, and that the public is not told.
func TestHats(t *testing.T) {
	role := func(path, holder string) *page.Page {
		p := readPage(t, path, "title: "+path+"\ntype: role\nholder: "+holder+"\n")
		p.Lang = "en"
		return p
	}
	in := Input{Config: &config.Config{Lang: "en", Edition: page.Staff}, Pages: []*page.Page{
		role("a.md", "Noor Haddad"), role("b.md", "Sam"), role("c.md", "noor  haddad"), role("d.md", "Bo"), role("e.md", "Bo")}}
	s, _ := Link(in)
	got := ""
	for _, h := range hatsOf(s.Pages) {
		got += h.name + ":"
		for _, p := range h.roles {
			got += " " + p.Source.Path
		}
		got += "\n"
	}
	if got != "Bo: d.md e.md\nNoor Haddad: a.md c.md\n" {
		t.Error(got)
	}
	in.Config.Edition = page.Public
	if s, _ = Link(in); len(hatsOf(s.Pages)) > 0 {
		t.Error("the public edition knows who wears a hat")
	}
}
