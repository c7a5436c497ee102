package search

import (
	"bytes"
	"html"
	"strings"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

// section is a stretch of a page's text below one heading.
type section struct {
	heading, anchor string
	from, to        int // bytes of reader.text
}

// reader takes the plain text out of pages. It is used for one page after the other.
type reader struct {
	site     *site.Site
	page     *site.Page
	text     []byte
	pictures []byte // what pictures say in place of themselves
	sections []section
	out      []byte // room for excerpts

	tag    bool   // inside a tag of the markup
	quote  byte   // inside an attribute's value
	hush   string // the element whose text is none: script or style
	name   []byte // of the tag, as far as it has been read
	titled bool   // inside a heading's own element
	depth  int    // staff-only parts that are left out
}

// read fills text and sections. Staff parts of a public edition are left out by
// the same rule as in the page.
func (r *reader) read(p *site.Page) {
	*r = reader{site: r.site, page: p, text: r.text[:0], pictures: r.pictures[:0], sections: append(r.sections[:0], section{}), name: r.name[:0], out: r.out}
	src := p.Source
	next := 0
	for i, part := range src.Body.Parts.All() {
		for next < len(src.Headings) && src.Headings[next].Part <= i {
			r.begin(src.Headings[next])
			next++
		}
		if part.Kind == page.Hole {
			r.hole(part)
			continue
		}
		if r.depth > 0 {
			continue
		}
		text := src.Body.Markup[part.Start:part.End]
		switch {
		case part.Kind == page.Markup:
			r.markup(text)
		case !r.titled:
			r.escaped(text)
		}
	}
	r.sections[len(r.sections)-1].to = len(r.text)
}

// begin starts the section of a heading. The page's own title begins none.
func (r *reader) begin(h page.Heading) {
	if r.depth > 0 {
		return
	}
	r.titled = true
	if h.Level == 1 && r.page.Source.HideH1 && len(r.sections) == 1 && len(bytes.TrimSpace(r.text)) == 0 {
		return
	}
	r.sections[len(r.sections)-1].to = len(r.text)
	r.sections = append(r.sections, section{heading: r.fill(h.Text), anchor: h.ID, from: len(r.text)})
}

func (r *reader) fill(t page.Text) string {
	if !strings.Contains(string(t), "%{") {
		return string(t)
	}
	return t.Fill(func(name string) string { text, _ := r.site.Value(r.page.Source, name); return text })
}

func (r *reader) escaped(s string) {
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	r.text = append(r.text, s...)
}

// markup skips tags and takes the text between them, which highlighted code
// has. A tag may begin in one part and end in another, around a hole.
func (r *reader) markup(s string) {
	for len(s) > 0 {
		if r.tag {
			s = r.inTag(s)
			continue
		}
		i := strings.IndexByte(s, '<')
		if i < 0 {
			i = len(s)
		}
		if i > 0 && r.hush == "" && !r.titled {
			r.escaped(s[:i])
		}
		if s = s[i:]; s != "" {
			r.tag, r.name, s = true, r.name[:0], s[1:]
		}
	}
}

// inTag reads on to the tag's end and returns what follows.
func (r *reader) inTag(s string) string {
	for i := range len(s) {
		c := s[i]
		switch {
		case r.quote != 0:
			if c == r.quote {
				r.quote = 0
			}
		case c == '>':
			if comment(r.name) && !bytes.HasSuffix(r.name, []byte("--")) {
				r.name = append(r.name, c)
				continue
			}
			r.tag = false
			r.element()
			return s[i+1:]
		case (c == '"' || c == '\'') && !comment(r.name):
			r.quote = c
		case comment(r.name) || len(r.name) < longTag:
			r.name = append(r.name, c)
		}
	}
	return ""
}

// longTag is how much of a tag is kept; names that mean something are shorter.
const longTag = 12

func comment(tag []byte) bool { return len(tag) >= 3 && string(tag[:3]) == "!--" }

// element notes what a tag that has been read means for the text around it.
func (r *reader) element() {
	name := r.name
	for i, c := range name {
		if c <= ' ' || c == '/' && i > 0 {
			name = name[:i]
			break
		}
		if c >= 'A' && c <= 'Z' {
			name[i] = c + 'a' - 'A'
		}
	}
	if r.hush != "" {
		if len(name) > 0 && name[0] == '/' && string(name[1:]) == r.hush {
			r.hush = ""
		}
		return
	}
	switch string(name) {
	case "script", "style":
		r.hush = string(name)
	case "/h1", "/h2", "/h3", "/h4", "/h5", "/h6":
		r.titled = false
		r.space()
	case "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var", "wbr",
		"/a", "/abbr", "/b", "/bdi", "/bdo", "/cite", "/code", "/del", "/dfn", "/em", "/i", "/ins", "/kbd", "/mark", "/q", "/s", "/samp", "/small", "/span", "/strong", "/sub", "/sup", "/u", "/var":
	default:
		r.space()
	}
}

func (r *reader) space() {
	if n := len(r.text); n > 0 && r.text[n-1] != ' ' && r.text[n-1] != '\n' {
		r.text = append(r.text, ' ')
	}
}

func (r *reader) hole(part page.Part) {
	src, ref := r.page.Source, int(part.Ref)
	switch part.Hole {
	case page.StaffOpen, page.StaffClose:
		r.staff(part.Hole)
		return
	}
	if r.depth > 0 || r.tag || r.titled || r.hush != "" {
		return
	}
	switch part.Hole {
	case page.BlankHole:
		if ref < len(src.Blanks) {
			text, _ := r.site.Value(src, src.Blanks[ref].Name)
			r.text = append(r.text, text...)
		}
	case page.LinkTitle:
		if ref < len(r.page.Targets) {
			if t := r.page.Targets[ref]; t.Kind == site.ToPage && t.Page != nil {
				r.text = append(r.text, t.Page.Title...)
			} else {
				r.text = append(r.text, src.Links[ref].Dest...)
			}
		}
	case page.Picture:
		if ref < len(src.Links) && src.Links[ref].Alt != "" {
			r.pictures = append(append(r.pictures, r.fill(src.Links[ref].Alt)...), ' ')
		}
		r.space()
	}
}

func (r *reader) staff(hole page.HoleKind) {
	switch {
	case r.site.Config.Edition == page.Staff:
		r.space()
	case hole == page.StaffOpen:
		r.depth++
	case r.depth > 0:
		r.depth--
	}
}

// limit is how many bytes of a page's text an excerpt may be taken from.
const limit = 4000

// excerpts writes the sections in JSON, each text on one line. Where all
// together are too long, the longest are cut to the same length.
func (r *reader) excerpts(out []byte) []byte {
	sizes := make([]int, len(r.sections))
	for i := range r.sections {
		s := &r.sections[i]
		sizes[i] = oneLine(r.text[s.from:s.to])
		s.to = s.from + sizes[i]
	}
	most, first := share(sizes, limit), true
	for _, s := range r.sections {
		if s.heading == "" && s.from == s.to {
			continue
		}
		if !first {
			out = append(out, ',')
		}
		first = false
		out = append(appendText(append(out, '['), s.heading), ',')
		out = append(appendText(out, s.anchor), ',')
		text, rest := shorten(r.text[s.from:s.to], most)
		out = append(appendText(out, text), ']')
		if rest {
			out = append(out[:len(out)-2], "…\"]"...)
		}
	}
	return out
}

// oneLine makes each run of space in a text one space, in place, and none at
// its ends, and returns the new length.
func oneLine(text []byte) int {
	n := 0
	gap := false
	for _, c := range text {
		if c == ' ' || c >= '\t' && c <= '\r' {
			gap = n > 0
			continue
		}
		if gap {
			text[n] = ' '
			n++
			gap = false
		}
		text[n] = c
		n++
	}
	return n
}

// share returns the greatest length to which sizes must be cut for their sum
// to be at most total.
func share(sizes []int, total int) int {
	left, n := total, len(sizes)
	done := make([]bool, len(sizes))
	for n > 0 {
		each, again := left/n, false
		for i, size := range sizes {
			if !done[i] && size <= each {
				done[i], again = true, true
				left -= size
				n--
			}
		}
		if !again {
			return max(each, 1)
		}
	}
	return total
}

// shorten cuts a text at a space before most bytes, and says whether it did.
func shorten(s []byte, most int) ([]byte, bool) {
	if len(s) <= most {
		return s, false
	}
	at := bytes.LastIndexByte(s[:most], ' ')
	if at < most/2 {
		for at = most; at > 0 && s[at]&0xC0 == 0x80; at-- { // not within a character
		}
	}
	return s[:at], true
}
