package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"peppermill/internal/page"
)

// container writes a ::: block or an indented note.
func (w *work) container(n *blockNode) {
	switch {
	case n.staff:
		w.openStaffPart()
		w.plainBlock(n, "div", "staff")
		w.closeStaffPart()
		w.rest = w.rest || !n.closed
	case n.fence == 0, alertLook(n.kind) != "" && n.kind != "details":
		w.alert(n, n, n.attrs)
	case n.kind == "details":
		w.details(n)
	case n.kind == "tabs":
		w.tabs(n)
	case n.kind == "tab":
		w.openTab(n)
		w.closeTab()
	case n.kind == "say":
		w.readScript(n, false)
		w.plainBlock(n, "div", n.kind)
	case n.kind == "avoid":
		w.avoid(n)
	default:
		w.plainBlock(n, "div", "")
	}
}

// plainBlock writes a block of the kind. word is the interface word that is
// the title when the author gave none, or "".
func (w *work) plainBlock(n *blockNode, tag, word string) {
	w.open(tag, n.attrs, "block block-"+n.kind)
	w.out.markup("\n")
	w.blockTitle(n, `<p class="block-title">`, "</p>\n", word, "")
	w.blocks(n)
	w.out.markup("</" + tag + ">\n")
}

// blockTitle writes the title of a block: the author's, else the interface's
// word, else plain text; nothing when there is none.
func (w *work) blockTitle(n ast.Node, open, shut, word, text string) {
	title, own := n.FirstChild().(*titleNode)
	if !own && word == "" && text == "" {
		return
	}
	w.out.markup(open)
	switch {
	case own:
		w.leaf(title)
	case word != "":
		w.out.word(word)
	default:
		w.out.plain(page.Prose, text)
	}
	w.out.markup(shut)
}

// alert writes a note in one of five looks. A kind that is none of the five
// keeps its own word as title. Folding ones are <details>.
func (w *work) alert(n ast.Node, a *blockNode, attrs []page.Attr) {
	look, word, text := alertLook(a.kind), "", ""
	switch {
	case look == a.kind:
		word = "alert." + look
	case !a.untitled:
		text = capitalised(strings.NewReplacer("-", " ", "_", " ").Replace(a.kind))
	}
	if look == "" {
		look = a.kind
	}
	if a.untitled {
		word = ""
	}
	class := "alert alert-" + look
	if a.fold == 0 {
		w.out.markup(`<div role="note"`)
		w.attributes(attrs, class)
		w.out.markup(">\n")
		w.blockTitle(n, `<p class="alert-title">`, "</p>\n", word, text)
		w.blocks(n)
		w.out.markup("</div>\n")
		return
	}
	if a.untitled { // what folds needs something to click on
		text = capitalised(a.kind)
	}
	w.out.markup("<details")
	w.attributes(attrs, class)
	if a.fold == '+' {
		w.out.markup(" open")
	}
	w.out.markup(">\n")
	w.blockTitle(n, "<summary>", "</summary>\n", word, text)
	w.blocks(n)
	w.out.markup("</details>\n")
}

func (w *work) details(n *blockNode) {
	w.open("details", n.attrs, "block block-details")
	w.out.markup("\n")
	w.blockTitle(n, "<summary>", "</summary>\n", "details", "")
	w.blocks(n)
	w.out.markup("</details>\n")
}

// tabs writes its tabs one below the other, which is how they read without a
// script. Without :::tab blocks each heading begins a tab.
func (w *work) tabs(n *blockNode) {
	w.open("div", n.attrs, "block block-tabs")
	w.out.markup("\n")
	w.blockTitle(n, `<p class="block-title">`, "</p>\n", "", "")
	if !hasTab(n) && hasHeading(n) {
		w.headedTabs(n)
	} else {
		w.blocks(n)
	}
	w.out.markup("</div>\n")
}

func hasTab(n ast.Node) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if b, ok := c.(*blockNode); ok && b.kind == "tab" {
			return true
		}
	}
	return false
}

func hasHeading(n ast.Node) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == ast.KindHeading {
			return true
		}
	}
	return false
}

// headedTabs begins a tab at each heading of the first one's level or above.
func (w *work) headedTabs(n ast.Node) {
	level := 0
	var scope int
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if h, ok := c.(*ast.Heading); ok && (level == 0 || h.Level <= level) {
			if level > 0 {
				w.closeScope(scope)
				w.closeTab()
			}
			level = h.Level
			w.out.markup("<div class=\"tab\">\n")
			scope = w.openScope()
		}
		wrap := w.rest && w.staff == 0 || w.startsStaff(c)
		if wrap {
			w.openStaffPart()
		}
		w.block(c)
		if wrap {
			w.closeStaffPart()
		}
	}
	w.closeScope(scope)
	w.closeTab()
}

func (w *work) openTab(n *blockNode) {
	w.open("div", n.attrs, "tab")
	w.out.markup("\n")
	w.blockTitle(n, `<p class="tab-title">`, "</p>\n", "tab", "")
	w.blocks(n)
}

func (w *work) closeTab() { w.out.markup("</div>\n") }

// figure writes a paragraph that is one image with a title, or one image and
// below it a line in emphasis, as a figure with a caption.
func (w *work) figure(n *ast.Paragraph) bool {
	first := n.FirstChild()
	img, ok := first.(*ast.Image)
	if !ok {
		return false
	}
	next := first.NextSibling()
	if b, ok := next.(*bracesNode); ok {
		next = b.NextSibling()
	}
	caption := captionAfter(next)
	if next != nil && caption == nil || caption == nil && len(img.Title) == 0 || !w.isSafe(img.Destination) {
		return false
	}
	w.open("figure", attrsOf(n), "")
	if caption != nil {
		w.image(img, true)
		w.out.markup("<figcaption>")
		w.quotes = openQuotes{}
		w.inlines(caption)
	} else {
		w.image(img, false)
		w.out.markup("<figcaption>")
		w.text(page.Prose, textOf(img.Title), w.pos(img.Pos()))
	}
	w.out.markup("</figcaption></figure>\n")
	return true
}

// captionAfter finds a line that is all emphasis, after a line break.
func captionAfter(n ast.Node) ast.Node {
	br, ok := n.(*ast.Text)
	if !ok || !br.SoftLineBreak() && !br.HardLineBreak() || br.Segment.Len() > 0 {
		return nil
	}
	if em, ok := br.NextSibling().(*ast.Emphasis); ok && em.NextSibling() == nil {
		return em
	}
	return nil
}
