package render

import (
	"html/template"
	"strings"
	"unicode/utf8"

	"peppermill/internal/page"
	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// teller reads a page's structures as the edition shows them.
type teller struct {
	*asking
	src  *page.Page
	lang string
}

// rows calls yield for each row of a kind that the edition shows, with a way to
// read its cells; it stops when yield says no.
func (t teller) rows(kind string, yield func(cell func(string) template.HTML, under []page.Row, s page.Structure) bool) {
	for _, s := range page.Find(t.src.Structures, kind) {
		if s.Staff && !t.r.staff {
			continue
		}
		for _, r := range s.Rows {
			if r.Staff && !t.r.staff {
				continue
			}
			if !yield(func(column string) template.HTML { return t.cell(s, r, column) }, r.Under, s) {
				return
			}
		}
	}
}

func (t teller) cell(s page.Structure, r page.Row, column string) template.HTML {
	c := s.Cell(r, column)
	if c.Staff && !t.r.staff {
		return ""
	}
	return template.HTML(strings.TrimSpace(string(t.orWords(t.src, c.Text, t.lang))))
}

func (t teller) steps() []theme.CardStep {
	var out []theme.CardStep
	t.rows("steps", func(cell func(string) template.HTML, under []page.Row, s page.Structure) bool {
		step := theme.CardStep{Text: cell("step"), Who: cell("who"), Clock: cell("clock")}
		if then := cell("if"); then != "" {
			step.Under = append(step.Under, then)
		}
		for _, u := range under {
			if text := t.cell(s, u, "step"); text != "" && (t.r.staff || !u.Staff) {
				step.Under = append(step.Under, text)
			}
		}
		out = append(out, step)
		return true
	})
	return out
}

// give is who may give how much. Only a table that says so for this edition
// is there.
func (t teller) give() []theme.CardLine {
	var out []theme.CardLine
	t.rows("authority", func(cell func(string) template.HTML, _ []page.Row, _ page.Structure) bool {
		line := theme.CardLine{For: cell("who"), Text: cell("may"), Then: cell("then")}
		if most := cell("up_to"); line.Text == "" {
			line.Text = most
		} else if most != "" {
			line.Text += ", " + most
		}
		if line.Text != "" {
			out = append(out, line)
		}
		return true
	})
	return out
}

func (t teller) say() []theme.CardLine {
	var out []theme.CardLine
	t.rows("scripts", func(cell func(string) template.HTML, _ []page.Row, _ page.Structure) bool {
		if say := cell("say"); say != "" {
			out = append(out, theme.CardLine{For: cell("when"), Text: say})
		}
		return true
	})
	return out
}

// fetch is who comes next.
func fetch(p *site.Page, at place) theme.Links {
	var out theme.Links
	for _, e := range p.Edges {
		if e.Field.Name != "escalate_to" {
			continue
		}
		one := theme.Link{Name: e.Name}
		if e.Page != nil {
			one.Href = at.to(e.Page.Address)
		}
		out = append(out, one)
	}
	return out
}

// side is what a page has on one side of paper.
func (r *Renderer) side(p *site.Page, at place, l *tongue, a *asking) theme.Card {
	if p.Report != nil {
		return r.poster(p, at, l)
	}
	return r.card(p, at, l, a)
}

// card is a page on one side of paper.
func (r *Renderer) card(p *site.Page, at place, l *tongue, a *asking) theme.Card {
	t := teller{a, p.Source, l.code}
	c := theme.Card{
		Page:  theme.Link{Href: at.to(p.Address), Name: p.Name},
		Title: a.orWords(p.Source, p.Source.Title, l.code),
		Lead:  a.orWords(p.Source, p.Source.Summary, l.code),
		Steps: t.steps(), Give: t.give(), Say: t.say(), Fetch: fetch(p, at),
		More: l.words.Get("card.more"),
	}
	c.Held = strings.Join(held(r.control(p, at, l, a), l), " · ")
	return fit(c)
}

// paper is the room of a card in millimetres: the width of A4 and the height of
// Letter, less the margins that the sheet has for cards and some for fonts that
// run wide.
const paperWidth, paperHeight = 182.0, 240.0

// cardSizes are the sizes of a card's words in points, as the theme's sheet has them.
var cardSizes = [...]struct {
	name   string
	points float64
}{{"large", 15}, {"medium", 13}, {"small", 11.5}, {"least", 10.5}}

// fit leaves out of a card what its side of paper has no room for: first what
// to say, then what lies below steps, then what one may give, and at last the
// steps at the end. What is left is set as large as it can be.
func fit(c theme.Card) theme.Card {
	whole := c
	whole.More = ""
	if fits(&whole) {
		return whole
	}
	for _, less := range []func(){
		func() { c.Say = c.Say[:min(2, len(c.Say))] },
		func() { c.Say = nil },
		func() { c.Steps = flat(c.Steps) },
		func() { c.Give = nil },
	} {
		if less(); fits(&c) {
			return c
		}
	}
	for len(c.Steps) > 1 {
		if c.Steps = c.Steps[:len(c.Steps)-1]; fits(&c) {
			break
		}
	}
	return c
}

// flat are the steps without what lies below them.
func flat(steps []theme.CardStep) []theme.CardStep {
	out := make([]theme.CardStep, len(steps))
	for i, s := range steps {
		s.Under = nil
		out[i] = s
	}
	return out
}

// fits chooses the largest size in which the card is no longer than its paper.
func fits(c *theme.Card) bool {
	for _, size := range cardSizes {
		if c.Size = size.name; height(c, size.points) <= paperHeight {
			return true
		}
	}
	return false
}

// height guesses how long a card is, in millimetres, from above: no text is
// measured here, so letters count as wide ones.
func height(c *theme.Card, points float64) float64 {
	line := points * 0.3528 * 1.4
	lines := func(text template.HTML, width, scale float64) float64 {
		return tall(letters(text), width, points*scale)
	}
	sum := lines(c.Title, paperWidth, 1.8) + lines(c.Lead, paperWidth, 1.15) + 3*line
	for _, s := range c.Steps {
		sum += lines(s.Text, paperWidth-points*0.85, 1) + line*0.5
		if s.Who+s.Clock != "" {
			sum += lines(s.Who+" "+s.Clock, paperWidth-points*0.85, 1)
		}
		for _, u := range s.Under {
			sum += lines(u, paperWidth-points*1.4, 0.9)
		}
	}
	half := paperWidth
	if len(c.Give) > 0 && len(c.Say) > 0 {
		half = paperWidth/2 - 4
	}
	sum += said(c.Said, points, line)
	give, say := 0.0, 0.0
	for _, g := range c.Give {
		give += lines(g.For+" "+g.Text+" "+g.Then, half, 0.9) + line*0.8
	}
	for _, s := range c.Say {
		say += lines(s.For, half, 0.8) + lines(s.Text, half, 0.9) + line*0.5
	}
	if half < paperWidth {
		sum += max(give, say)
	} else {
		sum += give + say
	}
	if len(c.Give)+len(c.Say) > 0 {
		sum += 2 * line
	}
	if len(c.Fetch) > 0 {
		sum += 2 * line
	}
	if c.More+c.Held != "" {
		sum += 2 * line
	}
	return sum
}

// tall is the height of so many letters, set in a width.
func tall(letters int, width, points float64) float64 {
	return float64(1+int(float64(letters)*points*0.3528*0.54/(width*0.95))) * points * 0.3528 * 1.4
}

// letters counts what one reads of a text: a place to fill in is longer than
// its label.
func letters(text template.HTML) int {
	n, s := 0, string(text)
	for {
		before, rest, tag := strings.Cut(s, "<")
		n += utf8.RuneCountInString(before)
		if !tag {
			return n
		}
		if strings.HasPrefix(rest, "span class=\"blank") {
			n += 12
		}
		_, s, _ = strings.Cut(rest, ">")
	}
}
