package markdown

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"

	"peppermill/internal/config"
	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// openElement is an HTML element that the author opened.
type openElement struct {
	tag, out string // as typed and as written; out "" is a link's hole
	link     int
	at, end  int
}

// shownElement counts the tags of one name that are shown as typed.
type shownElement struct {
	name  string
	count int
	at    int
	width int
}

// anchor is the stretch of the markup that holds an author's <a id="…">.
type anchor struct {
	id       string
	from, to int
}

// openScope begins a block or span: elements opened in it end with it, and
// closing tags in it reach no element outside.
func (w *work) openScope() (outer int) {
	outer, w.floor = w.floor, len(w.html)
	return outer
}

func (w *work) closeScope(outer int) {
	for len(w.html) > w.floor {
		w.unclosed()
	}
	w.floor = outer
}

// unclosed ends the innermost element, whose closing tag is missing.
func (w *work) unclosed() {
	e := w.html[len(w.html)-1]
	w.closeElement()
	w.finding(RuleHTMLOpen, e.at, e.end-e.at, "the element "+quoted("<"+e.tag+">")+" is never closed here; it ends with its paragraph or block",
		"add "+quoted("</"+e.tag+">"))
}

func (w *work) closeElement() {
	e := w.html[len(w.html)-1]
	w.html = w.html[:len(w.html)-1]
	if e.out == "" {
		w.inLink--
		w.out.hole(page.LinkClose, e.link)
		return
	}
	w.out.markup("</" + e.out + ">")
}

// rawHTML writes an inline tag, comment or declaration.
func (w *work) rawHTML(n *ast.RawHTML) {
	s := n.Segments.Value(w.src)
	if n.Segments.Len() == 1 {
		seg := n.Segments.At(0)
		s = seg.Value(w.src)
	}
	f := fragment{work: w, off: n.Segments.At(0).Start}
	f.write(s)
}

// htmlBlock writes lines of HTML between blocks.
func (w *work) htmlBlock(n *ast.HTMLBlock) {
	var s []byte
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		s = append(s, line.Value(w.src)...)
	}
	if n.HasClosure() {
		s = append(s, n.ClosureLine.Value(w.src)...)
	}
	w.quotes = openQuotes{}
	f := fragment{work: w, off: n.Lines().At(0).Start, block: true}
	f.write(s)
	f.endParagraph()
	for len(w.html) > w.floor && w.html[len(w.html)-1].tag == "a" && w.html[len(w.html)-1].out != "" {
		w.unclosed()
	}
}

// fragment writes one stretch of HTML.
type fragment struct {
	*work
	off   int // of the stretch in the source
	at    int // of the current token in the stretch
	block bool
	inP   bool
	outer int  // scope around the paragraph
	raw   bool // inside an element whose content is no HTML
}

func (f *fragment) write(s []byte) {
	mode := f.p.opt.RawHTML
	z := html.NewTokenizer(bytes.NewReader(s))
	for {
		kind := z.Next()
		raw := s[f.at:min(len(s), f.at+len(z.Raw()))]
		if kind == html.ErrorToken {
			break
		}
		switch {
		case kind == html.CommentToken && bytes.HasPrefix(raw, []byte("<!--")):
			if !bytes.HasSuffix(raw, []byte("->")) {
				f.finding(RuleHTMLOpen, f.off+f.at, 4, "this comment is never closed and hides all that follows", "add --> where it ends")
			}
		case mode == config.AllHTML:
			f.trusted(z, kind, raw)
		case kind == html.TextToken && mode == config.SafeHTML:
			f.words(html.UnescapeString(string(raw)))
		case kind == html.TextToken:
			f.words(string(raw))
		case mode == config.SafeHTML && f.safe(z, kind, raw):
		default:
			f.show(z, raw)
		}
		f.at += len(raw)
	}
	if rest := s[min(f.at, len(s)):]; len(rest) > 0 {
		if mode == config.AllHTML {
			f.out.markup(string(rest))
		} else {
			f.words(string(rest))
		}
	}
}

// words writes text; outside of inline text it needs a paragraph.
func (f *fragment) words(s string) {
	if f.block && !f.inP && strings.TrimSpace(s) == "" {
		return
	}
	f.beginParagraph()
	f.verbatim(page.Prose, s, f.off+f.at)
}

// show writes a tag as it was typed and counts it.
func (f *fragment) show(z *html.Tokenizer, raw []byte) {
	name := tagName(raw)
	f.words(string(raw))
	for i := range f.shown {
		if f.shown[i].name == name {
			f.shown[i].count++
			return
		}
	}
	f.shown = append(f.shown, shownElement{name, 1, f.off + f.at, len(raw)})
}

// tagName is the element's name in a tag, or how a declaration begins.
func tagName(raw []byte) string {
	s := bytes.TrimLeft(raw, "</")
	n := 0
	for n < len(s) && n < 40 && (isLetter(s[n]) || isDigit(s[n]) || s[n] == '-' || n == 0 && (s[n] == '!' || s[n] == '?')) {
		n++
	}
	return strings.ToLower(string(s[:n]))
}

// reportShown makes one finding for each element name.
func (w *work) reportShown() {
	for _, e := range w.shown {
		times := ""
		if e.count > 1 {
			times = " (" + strconv.Itoa(e.count) + " tags on this page)"
		}
		w.report(diag.Diagnostic{Rule: RuleHTML, Pos: w.pos(e.at), Width: w.width(e.at, e.at+e.width),
			Message: "the HTML " + quoted("<"+e.name+">") + " is shown as typed" + times,
			Hint:    "write it in Markdown, or let site.yaml allow HTML"})
	}
}

func (f *fragment) beginParagraph() {
	if !f.block || f.inP {
		return
	}
	if n := len(f.html); n > f.floor && f.html[n-1].tag != "details" {
		return // in a summary, or in an anchor
	}
	f.inP = true
	f.out.markup("<p>")
	f.outer = f.openScope()
}

func (f *fragment) endParagraph() {
	if f.inP {
		f.closeScope(f.outer)
		f.out.markup("</p>\n")
		f.inP = false
	}
}

// safe writes a tag of the short list and reports whether it did.
func (f *fragment) safe(z *html.Tokenizer, kind html.TokenType, raw []byte) bool {
	name := tagName(raw)
	if kind == html.EndTagToken {
		return f.safeEnd(name, raw)
	}
	switch name {
	case "br", "wbr":
		f.beginParagraph()
		f.start(z, name, raw)
		return true
	case "kbd", "sub", "sup", "abbr", "mark":
		if kind == html.SelfClosingTagToken {
			return false
		}
		f.beginParagraph()
		f.start(z, name, raw)
		f.push(name, name, raw)
		return true
	case "details", "summary":
		return f.block && kind == html.StartTagToken && f.startDetails(z, name, raw)
	case "a":
		return f.anchor(z, raw)
	}
	return false
}

func (f *fragment) push(tag, out string, raw []byte) {
	f.html = append(f.html, openElement{tag: tag, out: out, at: f.off + f.at, end: f.off + f.at + len(raw)})
}

// start writes a start tag with the attributes that safe HTML may have.
func (f *fragment) start(z *html.Tokenizer, name string, raw []byte) {
	f.out.markup("<" + name)
	z.TagName()
	for more := true; more; {
		var key, value []byte
		key, value, more = z.TagAttr()
		k, v := string(key), string(value)
		switch {
		case k == "":
		case k == "title" && name == "abbr":
			f.textAttr(k, v, f.pos(f.off+f.at))
		case k == "open" && name == "details":
			f.out.attr(k, v)
		case k == "lang", k == "dir":
			for _, a := range f.allowed([]page.Attr{{Name: k, Value: v}}, f.off+f.at) {
				f.out.attr(a.Name, a.Value)
			}
		default:
			f.once(RuleAttribute, "<"+k, f.off+f.at, len(raw), "the attribute "+quoted(k)+" of "+quoted("<"+name+">")+" is left out",
				"in HTML only title on abbr, open on details, lang and dir are kept")
		}
	}
	f.out.markup(">")
}

// startDetails opens <details>, or <summary> right inside it.
func (f *fragment) startDetails(z *html.Tokenizer, name string, raw []byte) bool {
	f.endParagraph()
	inDetails := len(f.html) > f.floor && f.html[len(f.html)-1].tag == "details"
	inSummary := len(f.html) > f.floor && f.html[len(f.html)-1].tag == "summary"
	if name == "summary" && !inDetails || name == "details" && inSummary || len(f.html) >= maxOpen {
		return false
	}
	f.start(z, name, raw)
	f.push(name, name, raw)
	return true
}

// anchor writes <a id="x"> or <a name="x"> as a span that links can lead to.
func (f *fragment) anchor(z *html.Tokenizer, raw []byte) bool {
	id, href := "", false
	z.TagName()
	for more := true; more; {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "id":
			id = string(value)
		case "name":
			if id == "" {
				id = string(value)
			}
		case "href":
			href = true
		}
	}
	id, ok := cleanAttr(page.Attr{Name: "id", Value: id})
	if !ok || href {
		return false
	}
	f.out.markup(`<span class="anchor"`)
	from := len(f.out.buf)
	f.out.attr("id", id)
	f.anchors = append(f.anchors, anchor{id, from, len(f.out.buf)})
	f.work.anchor(id)
	f.out.markup(">")
	f.push("a", "span", raw)
	return true
}

// settleAnchors takes the id off those anchors whose id a heading or another
// place has. An <a name> right above the heading of that name is very common;
// the heading keeps the id. Spaces in a tag mean nothing.
func (w *work) settleAnchors() {
	taken := map[string]bool{}
	for _, a := range w.anchors {
		if taken[a.id] || w.ids.used[a.id] || w.claimed[a.id] || isReserved(a.id) {
			for i := a.from; i < a.to; i++ {
				w.out.buf[i] = ' '
			}
		}
		taken[a.id] = true
	}
}

// safeEnd closes an element that is open in this scope, and those inside it.
func (f *fragment) safeEnd(name string, raw []byte) bool {
	if name == "details" || name == "summary" {
		f.endParagraph()
	}
	at := len(f.html) - 1
	for at >= f.floor && f.html[at].tag != name {
		at--
	}
	if at < f.floor {
		return f.strayEnd(name, raw)
	}
	for len(f.html)-1 > at {
		f.unclosed()
	}
	f.closeElement()
	if f.block && !f.inP {
		f.out.markup("\n")
	}
	return true
}

// strayEnd writes a closing tag that closes nothing, as it was typed. When its
// opening tag is shown as typed too, there is nothing more to say.
func (f *fragment) strayEnd(name string, raw []byte) bool {
	switch name {
	case "kbd", "sub", "sup", "abbr", "mark", "details", "summary":
	default:
		return false
	}
	for _, e := range f.shown {
		if e.name == name {
			return false
		}
	}
	f.finding(RuleHTMLOpen, f.off+f.at, len(raw), "there is no "+quoted("<"+name+">")+" to close here, so the tag is shown as typed", "remove it")
	f.words(string(raw))
	return true
}
