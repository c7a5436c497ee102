package render

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// howToStep is one step of a procedure, as schema.org has it.
type howToStep struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Text     string `json:"text"`
}

// question is a question with its answer, likewise.
type question struct {
	Type   string `json:"@type"`
	Name   string `json:"name"`
	Answer answer `json:"acceptedAnswer"`
}

type answer struct {
	Type string `json:"@type"`
	Text string `json:"text"`
}

type organization struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

// addType adds what only a page of its type says: all of it stands on the page.
func (r *Renderer) addType(own *thing, v *theme.Page, p *site.Page) {
	switch own.Type {
	case "HowTo":
		own.Steps = r.howTo(p)
		if len(own.Steps) == 0 {
			own.Type = "WebPage"
		}
	case "FAQPage":
		own.Questions = questions(string(v.Content))
		if len(own.Questions) == 0 {
			own.Type, own.Headline = "BlogPosting", v.Title
		}
	case "Course":
		own.Provider = &organization{"Organization", r.fill(nil, r.site.Config.Title)}
		own.Teaches = r.column(p, "objectives", "objective")
	case "LearningResource":
		own.Teaches = r.column(p, "objectives", "objective")
	}
}

// howTo lists the steps of a procedure that the edition shows.
func (r *Renderer) howTo(p *site.Page) []howToStep {
	var out []howToStep
	for _, text := range r.column(p, "steps", "step") {
		out = append(out, howToStep{"HowToStep", len(out) + 1, text})
	}
	return out
}

// column lists what the rows of the page's structures of a kind say in a column.
func (r *Renderer) column(p *site.Page, kind, column string) []string {
	var out []string
	for _, s := range p.Source.Structures {
		if s.Kind != kind || s.Staff && !r.staff {
			continue
		}
		for _, row := range s.Rows {
			cell := s.Cell(row, column)
			if text := strings.TrimSpace(r.fill(p.Source, cell.Text)); text != "" && (r.staff || !row.Staff && !cell.Staff) {
				out = append(out, text)
			}
		}
	}
	return out
}

// questions reads a page's questions off its markup: headings that end in a
// question mark, each with the words below it.
func questions(content string) []question {
	var out []question
	var heading, below strings.Builder
	inside, asked := false, false
	end := func() {
		name := strings.Join(strings.Fields(heading.String()), " ")
		if text := strings.Join(strings.Fields(below.String()), " "); asked && text != "" && strings.HasSuffix(name, "?") {
			out = append(out, question{"Question", name, answer{"Answer", text}})
		}
		heading.Reset()
		below.Reset()
	}
	z := html.NewTokenizer(strings.NewReader(content))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			end()
			return out
		case html.TextToken:
			if inside {
				heading.Write(z.Text())
			} else {
				below.Write(z.Text())
			}
		case html.StartTagToken, html.EndTagToken:
			name, _ := z.TagName()
			switch atom.Lookup(name) {
			case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
				if inside = kind == html.StartTagToken; inside {
					end()
					asked = true
				}
			case atom.P, atom.Li, atom.Td, atom.Th, atom.Dd, atom.Dt:
				below.WriteByte(' ')
			}
		}
	}
}
