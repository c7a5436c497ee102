package render

import (
	"encoding/json"
	"html/template"
	"slices"
	"strings"

	"peppermill/internal/page"
	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// asking gathers what one page, or one document of several, leaves to its
// reader: each blank once, in the order in which the text has them.
type asking struct {
	r      *Renderer
	head   string // what the browser's tab says, with blanks
	fields []field
}

// field is what the page's script is told of a blank.
type field struct {
	Name    string   `json:"name"`
	Label   string   `json:"label"`
	Kind    string   `json:"kind,omitempty"`
	Default string   `json:"default,omitempty"`
	Help    string   `json:"help,omitempty"`
	Example string   `json:"example,omitempty"`
	Options []string `json:"options,omitempty"`
}

// asked notes a blank that the reader is to fill in; ok is false where the site
// has filled it.
func (a *asking) asked(src *page.Page, name string) (page.Fact, bool) {
	f, ok := a.r.site.Asked(src, name)
	if ok && !slices.ContainsFunc(a.fields, func(known field) bool { return known.Name == f.Name }) {
		a.fields = append(a.fields, field{f.Name, f.Label, f.Kind, f.Default, f.Help, f.Example, f.Options})
	}
	return f, ok
}

// blank writes a blank: its value, and where the reader fills it in a place for
// that, which says what belongs there.
func (a *asking) blank(b *strings.Builder, src *page.Page, name, lang string) {
	text, filled := a.r.site.Value(src, name)
	f, open := a.asked(src, name)
	if !open {
		b.WriteString(template.HTMLEscapeString(text))
		return
	}
	b.WriteString(`<span class="blank`)
	if filled {
		b.WriteString(` filled`)
	}
	b.WriteString(`" data-blank="`)
	b.WriteString(f.Name) // letters, digits, '-', '_' and '.'
	b.WriteString(`">`)
	if !filled {
		b.WriteString(`<span class="visually-hidden">` + template.HTMLEscapeString(a.r.site.Words.Word(lang, "blank")) + ` </span>`)
	}
	b.WriteString(template.HTMLEscapeString(text))
	b.WriteString(`</span>`)
}

// words is a plain text as HTML, its blanks places to fill in; "" where nothing
// in it is to be filled in.
func (a *asking) words(src *page.Page, t page.Text, lang string) template.HTML {
	if _, open := a.pattern(src, t); !open {
		return ""
	}
	var b strings.Builder
	for s := string(t); ; {
		before, name, rest, escaped, ok := page.CutBlank(s)
		b.WriteString(template.HTMLEscapeString(before))
		switch {
		case !ok:
			return template.HTML(b.String())
		case escaped:
			b.WriteString("%{")
		default:
			a.blank(&b, src, name, lang)
		}
		s = rest
	}
}

// orWords is a text as HTML whether or not there is something to fill in.
func (a *asking) orWords(src *page.Page, t page.Text, lang string) template.HTML {
	if html := a.words(src, t, lang); html != "" {
		return html
	}
	return template.HTML(template.HTMLEscapeString(a.r.fill(src, t)))
}

// pattern is a text in which only those blanks are left that the reader fills
// in, by their own names; open is false when there are none.
func (a *asking) pattern(src *page.Page, t page.Text) (pattern string, open bool) {
	if !strings.Contains(string(t), "%{") {
		return string(t), false
	}
	var b strings.Builder
	for s := string(t); ; {
		before, name, rest, escaped, ok := page.CutBlank(s)
		b.WriteString(before)
		if !ok {
			return b.String(), open
		}
		s = rest
		if escaped {
			b.WriteString(`\%{`)
			continue
		}
		if f, asked := a.asked(src, name); asked {
			b.WriteString("%{" + f.Name + "}")
			open = true
			continue
		}
		value, _ := a.r.site.Value(src, name)
		b.WriteString(strings.ReplaceAll(value, "%{", `\%{`))
	}
}

// blanks is what the layout sees of it.
func (a *asking) blanks(at place, l *tongue) theme.Blanks {
	if len(a.fields) == 0 {
		return theme.Blanks{}
	}
	// Marshal writes <, > and & as \u003c and so on, so no text can end the
	// script element; values of these types cannot fail.
	data, _ := json.Marshal(struct {
		Head   string  `json:"head,omitempty"`
		Fields []field `json:"fields"`
	}{a.head, a.fields})
	return theme.Blanks{Script: at.to(l.blanks.Address), Data: template.JS(data)}
}

// title makes the page's title a place to fill in, on the page and in the
// browser's tab.
func (a *asking) title(v *theme.Page, p *site.Page, l *tongue) {
	if p.Source == nil {
		return
	}
	v.Heading = a.words(p.Source, p.Source.Title, l.code)
	if rest, ok := strings.CutPrefix(v.HeadTitle, p.Title); ok && v.Heading != "" {
		pattern, _ := a.pattern(p.Source, p.Source.Title)
		a.head = pattern + strings.ReplaceAll(rest, "%{", `\%{`)
	}
}

// addBlanks makes the script of pages with blanks, for each language that has
// such a page.
func (r *Renderer) addBlanks(pages []*site.Page) {
	for _, p := range pages {
		l := r.tongues[p.Lang]
		if l.blanks.Address != "" {
			continue
		}
		if p.Kind == site.Print && slices.ContainsFunc(p.Items, r.Fillable) || r.Fillable(p) {
			l.blanks = r.theme.Blanks(l.words, l.calendar.Known())
		}
	}
}

// Fillable reports whether a page, in this edition, may leave anything to its
// reader.
func (r *Renderer) Fillable(p *site.Page) bool {
	return p.Source != nil && slices.ContainsFunc(p.Source.Blanks, func(b page.Blank) bool {
		_, open := r.site.Asked(p.Source, b.Name)
		return open && (r.staff || !b.Staff)
	})
}
