package markdown

import (
	"bytes"

	emoji "github.com/yuin/goldmark-emoji/ast"
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// inlines writes the inline children of n. HTML elements that the author
// opened in it end with it.
func (w *work) inlines(n ast.Node) {
	outer := w.openScope()
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.inline(c)
	}
	w.closeScope(outer)
}

func (w *work) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.textNode(n)
	case *ast.Emphasis:
		if n.Level == 2 {
			w.span("strong", n)
		} else {
			w.span("em", n)
		}
	case *east.Strikethrough:
		w.span("del", n)
	case *ast.CodeSpan:
		w.codeSpan(n)
	case *ast.Link:
		w.link(n)
	case *ast.Image:
		w.image(n, true)
	case *ast.AutoLink:
		w.autolink(n)
	case *ast.RawHTML:
		w.rawHTML(n)
	case *ast.String:
		w.prose(n.Value, -1)
	case *blankNode:
		w.out.hole(page.BlankHole, w.blank(n.name, w.pos(n.start)))
	case *noteRef:
		w.noteReference(n)
	case *wikiNode:
		w.wiki(n)
	case *bracesNode:
		if !n.used {
			w.prose(w.src[n.start:n.stop], n.start)
		}
	case *emoji.Emoji:
		w.out.plain(page.Prose, string(n.Value.Unicode))
	case *east.TaskCheckBox:
		if n.IsChecked && !w.shapes.unticked {
			w.out.markup(`<input type="checkbox" checked disabled> `)
		} else {
			w.out.markup(`<input type="checkbox" disabled> `)
		}
	}
}

// span writes an element around n's children, with attributes in braces after it.
func (w *work) span(tag string, n ast.Node) {
	w.open(tag, w.braces(n), "")
	w.inlines(n)
	w.out.markup("</" + tag + ">")
}

// braces takes the attributes that follow an inline element.
func (w *work) braces(n ast.Node) []page.Attr {
	b, ok := n.NextSibling().(*bracesNode)
	if !ok {
		return nil
	}
	b.used = true
	attrs := w.allowed(b.attrs, b.start)
	w.claim(attrs, b.start)
	return attrs
}

func (w *work) textNode(n *ast.Text) {
	s := w.source(n)
	off := n.Segment.Start
	if n.Segment.Padding > 0 {
		off = -1
	}
	if next, ok := n.NextSibling().(*ast.Text); ok && next.Segment.IsEmpty() && next.HardLineBreak() {
		s = bytes.TrimRight(s, " ") // spaces that make a line break are no text
	}
	if n.IsRaw() {
		w.verbatim(page.Prose, string(s), n.Segment.Start)
		return
	}
	w.marked(s, off)
	switch {
	case n.HardLineBreak():
		w.out.markup("<br>\n")
	case n.SoftLineBreak():
		w.out.plain(page.Prose, "\n")
	}
}

func (w *work) codeSpan(n *ast.CodeSpan) {
	w.open("code", w.braces(n), "")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			continue
		}
		s := w.source(t)
		if len(s) > 0 && s[len(s)-1] == '\n' {
			s = append(bytes.Clone(s[:len(s)-1]), ' ')
		}
		if w.inCell { // a table cell needs \| even in code
			s = bytes.ReplaceAll(s, []byte(`\|`), []byte("|"))
		}
		w.verbatim(page.Verbatim, string(s), t.Segment.Start)
	}
	w.out.markup("</code>")
}

// verbatim writes text in which only blanks have a meaning. off is where it
// stands in the source.
func (w *work) verbatim(kind page.PartKind, s string, off int) {
	w.filling(kind, s, func(at int) diag.Pos { return w.pos(off + at) })
}

// filling writes text with its blanks as holes. pos tells where the byte at an
// offset of s stands.
func (w *work) filling(kind page.PartKind, s string, pos func(at int) diag.Pos) {
	w.words(s)
	at := 0
	for {
		before, name, rest, escaped, ok := page.CutBlank(s)
		w.out.plain(kind, before)
		if !ok {
			return
		}
		if escaped {
			w.out.plain(kind, "%{")
		} else {
			w.out.hole(page.BlankHole, w.blank(name, pos(at+len(before))))
		}
		at += len(s) - len(rest)
		s = rest
	}
}

// autolink writes <https://…>, bare addresses and mail addresses.
func (w *work) autolink(n *ast.AutoLink) {
	label := n.Label(w.src)
	dest := string(n.URL(w.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !bytes.HasPrefix(bytes.ToLower(label), []byte("mailto:")) {
		dest = "mailto:" + dest
	}
	off := max(0, w.offset(label))
	attrs := w.braces(n)
	if w.inLink > 0 || !safeScheme(dest) {
		if w.inLink == 0 {
			w.unsafe(dest, off, len(label))
		}
		w.words(string(label))
		w.out.plain(page.Prose, string(label))
		return
	}
	i := w.addLink(page.Link{Kind: page.Autolink, Dest: dest, Attrs: attrs, Pos: w.pos(off), Width: w.width(off, off+len(label))})
	w.out.hole(page.LinkOpen, i)
	w.words(string(label))
	w.out.plain(page.Verbatim, string(label))
	w.out.hole(page.LinkClose, i)
}
