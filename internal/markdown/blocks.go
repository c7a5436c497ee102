package markdown

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"peppermill/internal/config"
	"peppermill/internal/page"
)

// blocks writes the children of n.
func (w *work) blocks(n ast.Node) {
	w.stretch(n.FirstChild(), 0)
}

// stretch writes c and what follows it, up to a heading of the level or above;
// level 0 is up to the end. It returns where it stopped. Once a staff block was
// found that is never closed, all that follows it is staff's, in every block
// that is still open.
func (w *work) stretch(c ast.Node, level int) ast.Node {
	outer := w.openScope()
	for first := true; c != nil; first = false {
		h, isHeading := c.(*ast.Heading)
		if isHeading && !first && h.Level <= level {
			break
		}
		switch {
		case w.rest && w.staff == 0:
			w.here = c
			w.openStaffPart()
			c = w.stretch(c, 0)
			w.closeStaffPart()
		case isHeading && w.startsStaff(h):
			w.here = h
			w.openStaffPart()
			c = w.stretch(c, h.Level)
			w.closeStaffPart()
		default:
			w.block(c)
			c = c.NextSibling()
		}
	}
	w.closeScope(outer)
	return c
}

func (w *work) block(n ast.Node) {
	if n == w.skip {
		return
	}
	w.here = n
	switch n := n.(type) {
	case *ast.Paragraph:
		w.paragraph(n)
	case *ast.TextBlock:
		w.textBlock(n)
	case *ast.Heading:
		w.heading(n)
	case *ast.List:
		w.list(n)
	case *ast.Blockquote:
		w.quote(n)
	case *ast.FencedCodeBlock:
		w.fenced(n)
	case *ast.CodeBlock:
		w.indented(n)
	case *ast.HTMLBlock:
		w.htmlBlock(n)
	case *ast.ThematicBreak:
		w.open("hr", attrsOf(n), "")
		w.out.markup("\n")
	case *east.Table:
		w.table(n)
	case *east.DefinitionList:
		w.definitions(n)
	case *blockNode:
		w.container(n)
	}
}

// open writes a start tag with allowed attributes; class comes before the
// author's own classes.
func (w *work) open(tag string, attrs []page.Attr, class string) {
	b := &w.out
	b.begin(page.Markup)
	b.buf = append(append(b.buf, '<'), tag...)
	b.end()
	w.attributes(attrs, class)
	b.markup(">")
}

func (w *work) attributes(attrs []page.Attr, class string) {
	if len(attrs) == 0 {
		if class != "" {
			w.out.attr("class", class)
		}
		return
	}
	for _, a := range attrs {
		switch {
		case a.Name == "class" && class != "":
			class += " " + a.Value
			continue
		case a.Name == "id":
			w.anchor(a.Value)
		}
		w.out.attr(a.Name, a.Value)
	}
	if class != "" {
		w.out.attr("class", class)
	}
}

func (w *work) paragraph(n *ast.Paragraph) {
	if n.FirstChild() == nil || w.isContents(n) || w.figure(n) {
		return
	}
	if w.lead == "" && w.staff == 0 && n.Parent().Kind() == ast.KindDocument {
		w.lead, w.codeLead = page.Text(bytes.TrimSpace(w.appendPlain(nil, n))), holdsCode(n)
	}
	if w.p.opt.RawHTML == config.SafeHTML && attrsOf(n) == nil && w.onlyAnchors(n) { // an anchor on a line of its own is no paragraph
		w.leaf(n)
		w.out.markup("\n")
		return
	}
	w.open("p", attrsOf(n), "")
	w.leaf(n)
	w.out.markup("</p>\n")
}

// onlyAnchors reports whether a paragraph holds nothing but <a id="…"></a>.
func (w *work) onlyAnchors(n ast.Node) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		raw, ok := c.(*ast.RawHTML)
		if !ok || tagName(raw.Segments.Value(w.src)) != "a" {
			return false
		}
	}
	return true
}

func (w *work) textBlock(n *ast.TextBlock) {
	w.leaf(n)
	if n.NextSibling() != nil && n.FirstChild() != nil {
		w.out.markup("\n")
	}
}

// leaf writes the inline content of a block. The words of a task are the
// label of its box.
func (w *work) leaf(n ast.Node) {
	w.quotes = openQuotes{}
	task := false
	if c := n.FirstChild(); c != nil {
		_, task = c.(*east.TaskCheckBox)
	}
	if task {
		w.out.markup("<label>")
	}
	w.inlines(n)
	if task {
		w.out.markup("</label>")
	}
}

func (w *work) list(n *ast.List) {
	tag := "ul"
	if n.IsOrdered() {
		tag = "ol"
	}
	w.out.markup("<" + tag)
	if n.IsOrdered() && n.Start != 1 {
		w.out.attr("start", strconv.Itoa(n.Start))
	}
	shape := w.listShape(n)
	w.attributes(attrsOf(n), shape.class())
	w.out.markup(">\n")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if w.rest && w.staff == 0 { // see blocks
			w.openStaffPart()
			defer w.closeListPart(tag)
			for ; c != nil; c = c.NextSibling() {
				w.item(c, &shape)
			}
			return
		}
		w.item(c, &shape)
	}
	w.out.markup("</" + tag + ">\n")
	w.afterList(n, &shape)
}

func (w *work) closeListPart(tag string) {
	w.shapes.unticked = false
	w.closeStaffPart()
	w.out.markup("</" + tag + ">\n")
}

func (w *work) item(n ast.Node, shape *listShape) {
	class := w.readItem(n, shape)
	first := n.FirstChild()
	if first != nil && first.FirstChild() != nil && first.FirstChild().Kind() == east.KindTaskCheckBox {
		class = strings.TrimPrefix(class+" task", " ")
	}
	w.open("li", attrsOf(n), class)
	if _, tight := first.(*ast.TextBlock); first != nil && !tight {
		w.out.markup("\n")
	}
	w.blocks(n)
	w.out.markup("</li>\n")
}

func (w *work) quote(n *ast.Blockquote) {
	if v, ok := n.AttributeString(alertName); ok {
		a := v.(*blockNode)
		w.alert(n, a, attrsOf(n))
		return
	}
	w.open("blockquote", attrsOf(n), "")
	w.out.markup("\n")
	w.blocks(n)
	w.out.markup("</blockquote>\n")
}

func (w *work) definitions(n *east.DefinitionList) {
	terms := w.termsIn(n)
	w.open("dl", attrsOf(n), kindClass(terms))
	w.out.markup("\n")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		wrap := w.rest && w.staff == 0
		if wrap {
			w.openStaffPart()
		}
		switch c := c.(type) {
		case *east.DefinitionTerm:
			w.out.markup("<dt")
			if terms >= 0 {
				w.term(c)
			}
			w.out.markup(">")
			w.leaf(c)
			w.out.markup("</dt>\n")
		case *east.DefinitionDescription:
			w.out.markup("<dd>")
			if !c.IsTight {
				w.out.markup("\n")
			}
			w.blocks(c)
			w.out.markup("</dd>\n")
		}
		if wrap {
			w.closeStaffPart()
		}
	}
	w.out.markup("</dl>\n")
}

// table writes a table in a box that scrolls. The box can be reached by
// keyboard, so it has a role and a name; a group and not a region, because
// many landmarks of one name are noise.
func (w *work) table(n *east.Table) {
	shape, known := w.tables[n]
	if !known {
		shape.kind = -1
	}
	if w.startsStaff(n) {
		w.openStaffPart()
		defer w.closeStaffPart()
	}
	w.readTable(n, &shape)
	w.out.markup(`<div class="table" tabindex="0" role="group" aria-label="`)
	w.out.word("table")
	w.out.markup(`">`)
	w.open("table", attrsOf(n), kindClass(shape.kind))
	w.out.markup("\n")
	w.inCell = true
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		_, head := row.(*east.TableHeader)
		switch {
		case head:
			w.out.markup("<thead>\n")
		case row.PreviousSibling() == n.FirstChild():
			w.out.markup("<tbody>\n")
		}
		w.row(row, head, &shape)
		if head {
			w.out.markup("</thead>\n")
		} else if row.NextSibling() == nil {
			w.out.markup("</tbody>\n")
		}
	}
	w.inCell = false
	w.out.markup("</table></div>\n")
}

func (w *work) row(row ast.Node, isHead bool, shape *tableShape) {
	w.out.markup("<tr")
	if !isHead {
		w.writeEnds(shape)
	}
	w.out.markup(">\n")
	at := -1
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		cell, ok := c.(*east.TableCell)
		if !ok {
			continue
		}
		at++
		hidden := w.startsStaff(cell)
		if hidden {
			w.openBarePart()
		}
		tag := "td"
		if isHead && cell.HasChildren() { // an empty th would be a heading without words
			tag = "th"
		}
		w.out.markup("<" + tag)
		if tag == "th" {
			w.out.markup(` scope="col"`)
		}
		if head := shape.label(at); head != "" && !isHead {
			w.out.attr("data-head", head)
		}
		class := alignment(cell.Alignment)
		if !isHead && shape.isLevel(at) {
			class = strings.TrimSpace("level " + class)
		}
		if class != "" {
			w.out.attr("class", class)
		}
		w.out.markup(">")
		w.leaf(cell)
		w.out.markup("</" + tag + ">\n")
		if hidden {
			w.closeStaffPart()
		}
	}
	w.out.markup("</tr>\n")
}

// alignment is a class: a style attribute would break a strict content
// security policy.
func alignment(a east.Alignment) string {
	switch a {
	case east.AlignLeft:
		return "align-left"
	case east.AlignRight:
		return "align-right"
	case east.AlignCenter:
		return "align-center"
	}
	return ""
}
