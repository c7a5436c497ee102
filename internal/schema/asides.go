package schema

import (
	"fmt"
	"strings"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// asides reads what a page says beside its text.
func (r *reader) asides() {
	a := &r.meta.Asides
	a.Perspective = page.Text(r.line("perspective"))
	r.action(&a.Action)
	r.story(&a.Story)
	a.Quotes = r.quotes()
	r.debate(&a.Debate)
	a.Sources = r.sources()
	a.Claims = r.claims()
}

// action reads what to do next: an address, or a map with a label and one.
func (r *reader) action(a *page.Action) {
	f, ok := r.get("cta")
	if !ok {
		return
	}
	a.Staff = f.Value.SaysStaff()
	switch f.Value.Kind {
	case page.Scalar:
		a.URL = refTo(f.Value)
	case page.Map:
		a.Label = textAt(f.Value, "label", "text", "title")
		a.URL = refAt(f.Value, "url", "href", "link", "page")
	}
	if a.URL.Text == "" && f.Value.Kind != page.Null {
		r.wrong(RuleValue, f.Value, "An address is needed here.", "Write cta: with label: and url: below it.")
	}
}

func (r *reader) story(s *page.Story) {
	v, _ := valueAt(r.meta.Tree, "business")
	s.Business = page.Text(strings.TrimSpace(v.Text))
	if v.Kind == page.Map {
		s.Business, s.Location = textAt(v, "name"), textAt(v, "location", "place")
	}
	s.Industry = r.list("industry")
	if s.Business == "" {
		return
	}
	if at := textAt(r.meta.Tree, "location"); at != "" {
		s.Location = at
	}
	said := textAt(r.meta.Tree, "evidence") // a wrong one is found where its field is read
	for _, known := range []string{"firsthand", "client", "published", "composite", "fictional"} {
		if fold(known) == fold(string(said)) {
			s.Evidence = known
		}
	}
}

// quotes reads what people said: texts, or maps.
func (r *reader) quotes() []page.Quote {
	var out []page.Quote
	r.scalars("quotes", false, func(text string, v page.Value) {
		out = append(out, page.Quote{Text: page.Text(text), Pos: v.Pos})
	}, func(v page.Value) bool {
		q := page.Quote{Text: textAt(v, "text", "quote"), Who: textAt(v, "who", "name", "by"), Role: textAt(v, "role"), Staff: v.SaysStaff(), Pos: v.Pos}
		q.Consent = r.oneOf(v, "consent", "granted", "public", "anonymised")
		out = append(out, q)
		return q.Text != ""
	})
	for _, q := range out {
		switch {
		case q.Who == "":
			r.report(RuleQuote, 0, q.Pos, 0, "A quotation names nobody.", "Write who: below it; a customer is an answer.")
		case q.Consent == "":
			r.report(RuleQuote, 0, q.Pos, 0, "A quotation does not say whether "+string(q.Who)+" agreed to it.",
				"Write consent: granted, public or anonymised below it.")
		}
	}
	return out
}

func (r *reader) debate(d *page.Debate) {
	f, ok := r.get("debate")
	if !ok {
		return
	}
	d.Staff = f.Value.SaysStaff()
	if d.Question = page.Text(strings.TrimSpace(f.Value.Text)); f.Value.Kind == page.Map {
		d.Question = textAt(f.Value, "question")
		d.For, d.Against = textsAt(f.Value, "for"), textsAt(f.Value, "against")
	}
}

// sources reads what the page leans on: texts, addresses, or maps.
func (r *reader) sources() []page.Source {
	var out []page.Source
	r.scalars("sources", false, func(text string, v page.Value) {
		s := page.Source{Title: page.Text(text)}
		if strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://") {
			s.URL = refTo(v)
		}
		out = append(out, s)
	}, func(v page.Value) bool {
		s := page.Source{Title: textAt(v, "title", "name"), Publisher: textAt(v, "publisher", "by"), URL: refAt(v, "url", "page", "link"), Staff: v.SaysStaff()}
		if at, ok := valueAt(v, "accessed"); ok {
			s.Accessed, _ = readDate(at)
		}
		if s.Title == "" {
			s.Title = page.Text(s.URL.Text)
		}
		out = append(out, s)
		return s.Title != ""
	})
	return out
}

// claims reads statements: texts alone are uncited.
func (r *reader) claims() []page.Claim {
	var out []page.Claim
	r.scalars("claims", false, func(text string, v page.Value) {
		out = append(out, page.Claim{Text: page.Text(text), Status: "uncited", Pos: v.Pos})
	}, func(v page.Value) bool {
		c := page.Claim{Text: textAt(v, "text", "claim"), Source: textAt(v, "source"), Status: "uncited", Staff: v.SaysStaff(), Pos: v.Pos}
		if c.Source != "" {
			c.Status = "cited"
		}
		if said := r.oneOf(v, "status", "cited", "uncited", "opinion"); said != "" {
			c.Status = said
		}
		out = append(out, c)
		return c.Text != ""
	})
	return out
}

// oneOf is the value of a map under the key when it is one of those known.
func (r *reader) oneOf(v page.Value, key string, known ...string) string {
	said, ok := valueAt(v, key)
	if !ok || said.Kind == page.Null {
		return ""
	}
	for _, k := range known {
		if fold(k) == fold(said.Text) {
			return k
		}
	}
	r.wrong(RuleValue, said, fmt.Sprintf("%q is no value of %s.", diag.Shorten(said.Text), key), "Known are "+strings.Join(known, ", ")+".")
	return ""
}

// valueAt is the first value of a map under one of the keys.
func valueAt(v page.Value, keys ...string) (page.Value, bool) {
	for _, key := range keys {
		for _, f := range v.Fields {
			if fold(f.Key) == fold(key) {
				return f.Value, true
			}
		}
	}
	return page.Value{}, false
}

func textAt(v page.Value, keys ...string) page.Text {
	at, _ := valueAt(v, keys...)
	return page.Text(strings.TrimSpace(at.Text))
}

func textsAt(v page.Value, key string) []page.Text {
	at, _ := valueAt(v, key)
	if at.Kind == page.Scalar {
		return []page.Text{page.Text(strings.TrimSpace(at.Text))}
	}
	var out []page.Text
	for _, item := range at.Items {
		if text := strings.TrimSpace(item.Text); text != "" {
			out = append(out, page.Text(text))
		}
	}
	return out
}

func refAt(v page.Value, keys ...string) page.Ref {
	at, _ := valueAt(v, keys...)
	return refTo(at)
}

func refTo(v page.Value) page.Ref {
	return page.Ref{Text: strings.TrimSpace(v.Text), Pos: v.Pos, Width: v.Width}
}
