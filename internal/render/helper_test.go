package render

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"peppermill/internal/config"
	"peppermill/internal/page"
	"peppermill/internal/site"
	"peppermill/internal/theme"
	"peppermill/themes"
)

// builtIn is the theme, made once for all tests: making it takes longer than most
// of them do.
func builtIn(t testing.TB) *theme.Theme {
	t.Helper()
	th, err := wardrobe()
	if err != nil {
		t.Fatal(err)
	}
	return th
}

var wardrobe = sync.OnceValues(func() (*theme.Theme, error) {
	th, findings := theme.Load(theme.Input{Embedded: themes.Default(), EmbeddedName: "themes/default"})
	if len(findings) > 0 {
		return nil, fmt.Errorf("the theme has findings: %v", findings)
	}
	return th, nil
})

// ownWords are the theme's, for a test that may change them.
func ownWords(t testing.TB) config.Words {
	own := config.Words{}
	for lang, texts := range builtIn(t).Words {
		own[lang] = maps.Clone(texts)
	}
	return own
}

var hole = regexp.MustCompile(`\{(/?)(link|title|picture|blank|word|staff)(?: ([^}]+))?\}`)

// body makes a page's body of markup in which {link 0}, {/link 0}, {title 0},
// {picture 0}, {blank 0}, {word key}, {staff} and {/staff} are holes.
func body(text string) page.Body {
	var b page.Body
	var parts []page.Part
	var markup strings.Builder
	add := func(s string) {
		if s == "" {
			return
		}
		start := markup.Len()
		markup.WriteString(s)
		parts = append(parts, page.Part{Kind: page.Markup, Start: uint32(start), End: uint32(markup.Len())})
	}
	last := 0
	for _, m := range hole.FindAllStringSubmatchIndex(text, -1) {
		add(text[last:m[0]])
		last = m[1]
		name, closing, arg := text[m[4]:m[5]], m[2] != m[3], ""
		if m[6] >= 0 {
			arg = text[m[6]:m[7]]
		}
		ref, _ := strconv.Atoi(arg)
		if name == "word" {
			ref = len(b.Words)
			b.Words = append(b.Words, arg)
		}
		kind := map[string]page.HoleKind{
			"link": page.LinkOpen, "title": page.LinkTitle, "picture": page.Picture,
			"blank": page.BlankHole, "word": page.Word, "staff": page.StaffOpen,
		}[name]
		if closing {
			kind = map[string]page.HoleKind{"link": page.LinkClose, "staff": page.StaffClose}[name]
		}
		parts = append(parts, page.Part{Kind: page.Hole, Hole: kind, Ref: uint32(ref), Start: uint32(markup.Len()), End: uint32(markup.Len())})
	}
	add(text[last:])
	b.Markup, b.Parts = markup.String(), page.Pack(parts)
	return b
}

// world is a small site made by hand: home, one section, pages in it, lists.
type world struct {
	*site.Site
	section *site.Page
}

func newWorld(t testing.TB) *world {
	w := &world{Site: &site.Site{
		Config: &config.Config{Title: "Corner Shop", Lang: "en", Values: map[string]string{}, Facts: map[string]page.Fact{}},
		Words:  ownWords(t),
		Now:    time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC),
	}}
	w.Home = &site.Page{Kind: site.Home, Address: "index.html", Lang: "en", Name: "Home", Title: "Corner Shop"}
	w.Homes = []*site.Page{w.Home}
	w.Pages = []*site.Page{w.Home}
	w.section = w.add(&site.Page{Kind: site.Section, Address: "policies/index.html", Name: "Policies", Title: "Policies", Parent: w.Home})
	return w
}

// add puts a page into the site and below its parent.
func (w *world) add(p *site.Page) *site.Page {
	if p.Lang == "" {
		p.Lang = "en"
	}
	if p.Title == "" {
		p.Title = p.Name
	}
	if parent := p.Parent; parent != nil {
		parent.Children = append(parent.Children, p)
		parent.Items = append(parent.Items, p)
	}
	w.Pages = append(w.Pages, p)
	return p
}

// single adds a page with a body to the section.
func (w *world) single(slug, name, text string) *site.Page {
	p := &site.Page{Kind: site.Single, Address: "policies/" + slug + "/index.html", Name: name, Parent: w.section}
	p.Source = &page.Page{Path: "policies/" + slug + ".md", Lang: "en", Title: page.Text(name), Body: body(text)}
	return w.add(p)
}

func paint(t testing.TB, r *Renderer, p *site.Page) string {
	t.Helper()
	d, err := r.Page(p)
	if err != nil {
		t.Fatal(err)
	}
	return written(t, d)
}

func written(t testing.TB, d *Document) string {
	t.Helper()
	var b bytes.Buffer
	n, err := d.WriteTo(&b)
	if err != nil {
		t.Fatal(err)
	}
	if int(n) != b.Len() {
		t.Fatalf("said %d bytes, wrote %d", n, b.Len())
	}
	return b.String()
}

// content is the filled body of a page.
func content(w *world, th *theme.Theme, p *site.Page) string {
	return filled(New(w.Site, th), p)
}

func filled(r *Renderer, p *site.Page) string {
	return r.body(p, place{from: p.Address}, &asking{r: r}).out.String()
}

func has(list []string, s string) bool { return slices.Contains(list, s) }
