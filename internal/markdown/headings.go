package markdown

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"

	"peppermill/internal/page"
	"peppermill/internal/schema"
)

// reservedIDs are the theme's own.
var reservedIDs = []string{"main", "content", "search", "menu", "nav", "navigation", "toc", "top", "header", "footer", "sidebar", "theme", "skip", "results"}

func isReserved(id string) bool {
	return slices.Contains(reservedIDs, id) || strings.HasPrefix(id, "fn:") || strings.HasPrefix(id, "fnref:") || strings.HasPrefix(id, "comment:") || strings.HasPrefix(id, "comments:") || strings.HasPrefix(id, "blanks:") || strings.HasPrefix(id, "sum:") || strings.HasPrefix(id, "run:") || strings.HasPrefix(id, "question:")
}

// identifiers are the ids of one page.
type identifiers struct {
	used  map[string]bool
	count map[string]int // by wished id: the last suffix given
}

// claim takes the ids that the author chose, so that no heading gets one of
// them by chance. Those that are taken, or the theme's, get a suffix.
func (w *work) claim(attrs []page.Attr, off int) {
	for i, a := range attrs {
		if a.Name != "id" {
			continue
		}
		if w.claimed == nil {
			w.claimed = map[string]bool{}
		}
		id := a.Value
		for n := 1; w.claimed[id] || isReserved(id); n++ {
			id = strings.TrimLeft(strings.ReplaceAll(a.Value, ":", "-"), "-") + "-" + strconv.Itoa(n)
		}
		if id != a.Value {
			w.finding(RuleID, off, 0, "the identifier "+quoted(a.Value)+" is taken; this place has "+quoted(id), "choose another one")
			attrs[i].Value = id
		}
		w.claimed[id] = true
	}
}

// heading writes a heading and its entry in the outline. The permalink is
// empty and hidden from assistive technology: with words it would be read as
// part of every heading, and the same places can be reached by the outline.
func (w *work) heading(n *ast.Heading) {
	text := page.Text(bytes.TrimSpace(w.appendPlain(nil, n)))
	attrs := attrsOf(n)
	id := ""
	for i, a := range attrs {
		if a.Name == "id" {
			id = a.Value
			attrs = append(slices.Clone(attrs[:i]), attrs[i+1:]...)
			break
		}
	}
	own := id
	if w.from.on && n.Level == 2 {
		own = schema.Structures()[w.from.structure].Kind
	}
	w.shapes.enter(n.Level, own, string(text), isPublic(n))
	if id == "" {
		id = w.named[n]
	}
	if id == "" {
		id = w.newID(slug(text))
	}
	w.shapes.reached(id)
	first := len(w.out.parts) == 0
	part := w.out.split()
	level := string('0' + byte(n.Level))
	w.out.markup("<h" + level)
	w.out.attr("id", id)
	w.attributes(attrs, "")
	w.out.markup(">")
	shown := text
	if !holdsCode(n) {
		shown = w.curl(text)
	}
	w.page.Headings = append(w.page.Headings, page.Heading{Level: n.Level, ID: id, Text: shown, Part: part,
		Staff: w.staff > 0, Pos: w.pos(n.Pos())})
	w.leaf(n)
	if n.Level > 1 {
		w.out.markup(`<a class="permalink" href="#`)
		w.out.plain(page.Markup, id)
		w.out.markup(`" aria-hidden="true" tabindex="-1"></a>`)
	}
	w.out.markup("</h" + level + ">\n")
	if n.Level == 1 && w.staff == 0 && !w.hasH1 && text != "" {
		w.hasH1, w.firstH1, w.h1Leads, w.codeH1 = true, text, first, holdsCode(n)
	}
}

// headingSlug is the identifier that a heading asks for.
func (w *work) headingSlug(n *ast.Heading) string {
	return slug(page.Text(bytes.TrimSpace(w.appendPlain(nil, n))))
}

// newID makes an id unique in the page the way GitHub does: -1, -2, ….
func (w *work) newID(wish string) string {
	ids := &w.ids
	if ids.used == nil {
		ids.used, ids.count = map[string]bool{}, map[string]int{}
	}
	id := wish
	for ids.used[id] || w.claimed[id] || isReserved(id) {
		ids.count[wish]++
		id = wish + "-" + strconv.Itoa(ids.count[wish])
	}
	ids.used[id] = true
	return id
}

// slug is GitHub's algorithm: lower case; letters, marks, numbers, '_' and '-'
// of all scripts stay, a space becomes '-', all else goes. A blank is its name.
func slug(t page.Text) string {
	s := t.Fill(func(name string) string { return name })
	b := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-', r == '_':
			b = append(b, byte(r))
		case r >= 'A' && r <= 'Z':
			b = append(b, byte(r)|0x20)
		case r == ' ':
			b = append(b, '-')
		case r < 0x80:
		case unicode.IsLetter(r), unicode.IsMark(r) && !isSelector(r), unicode.IsNumber(r), unicode.Is(unicode.Pc, r):
			b = append(b, string(unicode.ToLower(r))...)
		}
	}
	if len(b) == 0 {
		return "section"
	}
	return string(b)
}

// isSelector reports variation selectors, which only choose how an emoji looks.
func isSelector(r rune) bool { return r >= 0xFE00 && r <= 0xFE0F }
