package render

import (
	"encoding/json"
	"html/template"
	"path"
	"strings"

	"peppermill/internal/page"
	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// graph is the linked data of one page in JSON-LD 1.1, in the words of
// schema.org. It says nothing that the page or its head does not say too.
type graph struct {
	Context string `json:"@context"`
	Graph   []any  `json:"@graph"`
}

type breadcrumbs struct {
	Type  string  `json:"@type"`
	Items []crumb `json:"itemListElement"`
}

type crumb struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	Item     string `json:"item"`
}

type thing struct {
	Type        string   `json:"@type"`
	ID          string   `json:"@id"`
	URL         string   `json:"url"`
	Name        string   `json:"name"`
	Headline    string   `json:"headline,omitempty"`
	Description string   `json:"description,omitempty"`
	Language    string   `json:"inLanguage"`
	Published   string   `json:"datePublished,omitempty"`
	Modified    string   `json:"dateModified,omitempty"`
	Image       string   `json:"image,omitempty"`
	Authors     []person `json:"author,omitempty"`

	Steps     []howToStep   `json:"step,omitempty"`
	Questions []question    `json:"mainEntity,omitempty"`
	Teaches   []string      `json:"teaches,omitempty"`
	Provider  *organization `json:"provider,omitempty"`
}

type person struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

// addLinked adds what other programs read of a page that has a full address:
// its kind, its picture and its linked data.
func (r *Renderer) addLinked(v *theme.Page, p *site.Page) {
	if v.Canonical == "" {
		return
	}
	own := thing{
		Type: schemaType(p), ID: v.Canonical, URL: v.Canonical, Name: v.Title, Description: v.Summary,
		Language: v.Lang, Published: v.Published.ISO, Modified: v.Updated.ISO,
	}
	v.GraphType = "website"
	if p.Kind == site.Single {
		v.GraphType = "article"
		v.Image = r.image(p)
		own.Image = v.Image
	}
	if own.Type == "Article" || own.Type == "BlogPosting" {
		own.Headline = v.Title
	}
	for _, a := range v.Authors {
		own.Authors = append(own.Authors, person{"Person", a.Name})
	}
	r.addType(&own, v, p)
	g := graph{Context: "https://schema.org", Graph: []any{own}}
	if len(v.Crumbs) > 0 {
		g.Graph = append(g.Graph, r.breadcrumbs(p, v.Canonical))
	}
	// Marshal writes <, > and & as \u003c and so on, so no text can end the
	// script element; values of these types cannot fail.
	if text, err := json.Marshal(g); err == nil {
		v.LinkedData = template.JS(text)
	}
}

func (r *Renderer) breadcrumbs(p *site.Page, own string) breadcrumbs {
	depth := 0
	for a := p; a != nil; a = a.Parent {
		depth++
	}
	out := breadcrumbs{"BreadcrumbList", make([]crumb, depth)}
	for a := p; a != nil; a = a.Parent {
		address := own
		if a != p {
			address = r.canonical(a)
		}
		out.Items[depth-1] = crumb{"ListItem", depth, a.Name, address}
		depth--
	}
	return out
}

func schemaType(p *site.Page) string {
	switch p.Kind {
	case site.Home:
		return "WebSite"
	case site.Single:
		switch kindOf(p) {
		case "article":
			if p.Source.Meta.Kind == "faq" {
				return "FAQPage"
			}
			return "BlogPosting"
		case "case-study", "playbook":
			return "Article"
		case "procedure":
			return "HowTo"
		case "term":
			return "DefinedTerm"
		case "course":
			return "Course"
		case "module":
			return "LearningResource"
		}
		return "WebPage"
	}
	return "CollectionPage"
}

// image is the full address of the picture that the front matter names, or ""
// when it names none that the site has. A picture of another site is nobody's
// business: programs that show a preview would ask that site for it.
func (r *Renderer) image(p *site.Page) string {
	if p.Source == nil {
		return ""
	}
	f, ok := p.Source.Meta.Tree.Get("image")
	if !ok || f.Kind != page.Scalar || f.Text == "" {
		return ""
	}
	at := path.Join(path.Dir(p.Source.Path), f.Text)
	if top, ok := strings.CutPrefix(f.Text, "/"); ok {
		at = path.Clean(top)
	}
	address, ok := r.pictures[at]
	if !ok {
		return ""
	}
	if p := r.shown[address]; p != nil {
		if c, ok := p.Nearest(announce); ok {
			address = c.Address
		}
	}
	return r.absolute(address)
}

// isPicture reports whether a file may be shown as a page's picture.
func isPicture(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif":
		return true
	}
	return false
}
