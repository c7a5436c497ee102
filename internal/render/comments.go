package render

import (
	"net/url"
	"strings"

	"peppermill/internal/config"
	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// deepest is how far replies to replies are set in; there is no room for more.
const deepest = 3

// comments is what readers said, as text, and how they may say more.
func (r *Renderer) comments(p *site.Page, at place, l *tongue) theme.Comments {
	c := p.Comments
	if c == nil {
		return theme.Comments{}
	}
	out := theme.Comments{State: "closed", Items: appendComments(nil, c.Thread, l, 0, 0)}
	if !c.Open {
		return out
	}
	set := &r.site.Config.Comments
	out.State, out.Notice = "open", r.fill(p.Source, set.Notice)
	if c.Mail {
		out.Mail = mailto(set.Mail, p.Title)
	}
	f := filler{asking: &asking{r: r}, p: p, at: at}
	if href := f.href(c.Link); href != "" {
		out.Link = theme.Link{Href: href, Name: l.words.Get("comment.link")}
		if u, err := url.Parse(href); err == nil && u.Host != "" {
			out.Link.Name = strings.ReplaceAll(l.words.Get("comment.at"), "{place}", u.Host)
		}
	}
	if out.Mail == "" && out.Link.Href == "" && len(out.Items) == 0 {
		return theme.Comments{}
	}
	return out
}

// mailto is an address that begins a letter (RFC 6068).
func mailto(address, subject string) string {
	var b strings.Builder
	b.WriteString("mailto:")
	escape(&b, address, "-._~@+")
	b.WriteString("?subject=")
	escape(&b, strings.Join(strings.Fields(subject), " "), "-._~")
	return b.String()
}

// appendComments lays a thread out as one list: each reply after what it
// answers, with a link back to it. to is that one's number, 0 for none.
func appendComments(out []theme.Comment, thread []config.Comment, l *tongue, depth, to int) []theme.Comment {
	for _, c := range thread {
		one := theme.Comment{
			Number: len(out) + 1,
			Depth:  min(depth, deepest),
			Author: orText(strings.TrimSpace(c.Author), l.words.Get("comment.nobody")),
			Date:   l.date(c.Date),
			Text:   paragraphs(c.Text),
		}
		if to > 0 {
			one.To, one.ToText = to, strings.ReplaceAll(l.words.Get("comment.reply"), "{name}", out[to-1].Author)
		}
		out = append(out, one)
		out = appendComments(out, c.Replies, l, depth+1, one.Number)
	}
	return out
}

// paragraphs cuts a text at its empty lines.
func paragraphs(text string) []string {
	var out []string
	var lines []string
	end := func() {
		if len(lines) > 0 {
			out = append(out, strings.Join(lines, "\n"))
		}
		lines = nil
	}
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		if line = strings.TrimSpace(line); line == "" {
			end()
		} else {
			lines = append(lines, line)
		}
	}
	end()
	return out
}
