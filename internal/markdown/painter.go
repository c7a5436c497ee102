package markdown

import (
	"strings"

	"github.com/alecthomas/chroma/v2"

	"peppermill/internal/page"
)

// painter writes tokens as spans. Neighbours of one look share a span, and a
// span never crosses a line when lines have spans of their own.
type painter struct {
	out    builder
	styled map[chroma.TokenType]string
	info   codeInfo
	blanks [][2]int // in the text, still to come
	at     int      // in the text
	nth    int      // blanks written
	span   string   // start tag of the open span, or ""
	lines  bool     // lines have spans
	line   int
	inLine bool
}

func (p *painter) token(t chroma.Token) {
	tag := p.tag(t.Type)
	for s := t.Value; s != ""; {
		if len(p.blanks) > 0 && p.at == p.blanks[0][0] {
			p.ensure(tag)
			p.out.hole(page.BlankHole, p.nth)
			p.nth++
		}
		if len(p.blanks) > 0 && p.at >= p.blanks[0][0] {
			n := min(len(s), p.blanks[0][1]-p.at)
			s, p.at = s[n:], p.at+n
			if p.at == p.blanks[0][1] {
				p.blanks = p.blanks[1:]
			}
			continue
		}
		n := len(s)
		if len(p.blanks) > 0 {
			n = min(n, p.blanks[0][0]-p.at)
		}
		p.text(tag, s[:n])
		s, p.at = s[n:], p.at+n
	}
}

// tag is the start tag for a token: that of its type, sub-category or category.
func (p *painter) tag(t chroma.TokenType) string {
	for _, t := range [...]chroma.TokenType{t, t.SubCategory(), t.Category()} {
		if tag, ok := p.styled[t]; ok {
			return tag
		}
	}
	return ""
}

func (p *painter) text(tag, s string) {
	for p.lines && s != "" {
		i := strings.IndexByte(s, '\n')
		if i < 0 {
			break
		}
		p.ensure(tag)
		p.write(s[:i])
		p.endSpan()
		p.write("\n")
		p.endLine()
		s = s[i+1:]
	}
	if s == "" {
		return
	}
	if strings.TrimLeft(s, " \n\t") == "" && !p.lines {
		p.write(s) // white space looks the same in any span
		return
	}
	p.ensure(tag)
	p.write(s)
}

func (p *painter) write(s string) { p.out.plain(page.Markup, s) }

// ensure opens the line and the span that the next text needs.
func (p *painter) ensure(tag string) {
	if p.lines && !p.inLine {
		p.line++
		p.inLine = true
		if p.info.isMarked(p.line) {
			p.out.markup(`<span class="line hl">`)
		} else {
			p.out.markup(`<span class="line">`)
		}
	}
	if p.span == tag {
		return
	}
	p.endSpan()
	if p.span = tag; tag != "" {
		p.out.markup(tag)
	}
}

func (p *painter) endSpan() {
	if p.span != "" {
		p.out.markup("</span>")
		p.span = ""
	}
}

func (p *painter) endLine() {
	if p.inLine {
		p.out.markup("</span>")
		p.inLine = false
	}
}
