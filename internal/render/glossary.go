package render

import (
	"slices"
	"strings"

	"peppermill/internal/site"
)

// glossary links the first use of each word on a page to the page that says
// what it means: never in a heading, a link, code or a thing to press, and not
// where the author did it.
type glossary struct {
	*site.Glossary       // nil for a page without such links
	used           []int // meanings that are linked
	closed         int   // open elements in which no link may stand
	level          bool  // one of them is a level of a rubric, which is ticked
}

// glossary is what the words of a page may lead to.
func (r *Renderer) glossary(p *site.Page) glossary {
	g := glossary{Glossary: r.site.Glossary(p.Lang)}
	if g.Glossary == nil || p.NoGlossary() {
		return glossary{}
	}
	for i, t := range p.Targets {
		if t.Kind != site.ToPage || i < len(p.Source.Links) && p.Source.Links[i].Staff && !r.staff {
			continue
		}
		if meaning := g.At(t.Address, t.Fragment); meaning >= 0 {
			g.used = append(g.used, meaning)
		}
	}
	return g
}

// prose writes running text.
func (f *filler) prose(text string) {
	g := &f.words
	if g.Glossary == nil || g.closed > 0 || len(f.links) > 0 {
		f.out.WriteString(text)
		return
	}
	written := 0
	for start, end, meaning := g.Next(text, 0); meaning >= 0; start, end, meaning = g.Next(text, end) {
		to := g.Meanings[meaning]
		if to.Page == f.p || slices.Contains(g.used, meaning) {
			continue
		}
		g.used = append(g.used, meaning)
		f.out.WriteString(text[written:start])
		f.out.WriteString(`<a class="term"`)
		f.attr("href", f.href(to))
		f.out.WriteByte('>')
		f.out.WriteString(text[start:end])
		f.out.WriteString(`</a>`)
		written = end
	}
	f.out.WriteString(text[written:])
}

// pass follows the markup between texts, to know in which elements one is.
func (g *glossary) pass(markup string) {
	if g.Glossary == nil {
		return
	}
	for {
		at := strings.IndexByte(markup, '<')
		if at < 0 {
			return
		}
		markup = markup[at+1:]
		name, shut := strings.CutPrefix(markup, "/")
		if end := strings.IndexFunc(name, func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') }); end >= 0 {
			name = name[:end]
		}
		level := name == "td" && (shut && g.level || !shut && strings.HasPrefix(markup[len(name):], ` class="level`))
		g.level = level && !shut || g.level && name != "td"
		switch {
		case !level && !withoutLinks(name):
		case !shut:
			g.closed++
		case g.closed > 0:
			g.closed--
		}
	}
}

// withoutLinks reports elements whose words lead nowhere, or elsewhere.
func withoutLinks(element string) bool {
	switch strings.ToLower(element) {
	case "a", "h1", "h2", "h3", "h4", "h5", "h6", "th", "dt", "summary", "label", "button", "select", "option", "textarea",
		"code", "pre", "kbd", "samp", "script", "style", "svg", "math":
		return true
	}
	return false
}
