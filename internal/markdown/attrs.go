package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"peppermill/internal/page"
)

// attrsName is the goldmark attribute under which a node keeps its []page.Attr.
const attrsName = "attrs"

func attrsOf(n ast.Node) []page.Attr {
	v, _ := n.AttributeString(attrsName)
	attrs, _ := v.([]page.Attr)
	return attrs
}

func setAttrs(n ast.Node, attrs []page.Attr) {
	if len(attrs) > 0 {
		n.SetAttributeString(attrsName, append(attrsOf(n), attrs...))
	}
}

func copyAttributes(to, from ast.Node) { setAttrs(to, attrsOf(from)) }

// readBraces reads {#id .class name=value …}, also with kramdown's colon, at
// the start of s. It returns the attributes as written, classes joined, and
// the bytes read; 0 when s does not begin with attributes.
func readBraces(s []byte) (attrs []page.Attr, n int) {
	if len(s) < 3 || s[0] != '{' {
		return nil, 0
	}
	i := 1
	if s[i] == ':' {
		i++
	}
	for {
		for i < len(s) && (s[i] == ' ' || s[i] == '\t') {
			i++
		}
		if i >= len(s) {
			return nil, 0
		}
		if s[i] == '}' {
			if len(attrs) == 0 {
				return nil, 0
			}
			return attrs, i + 1
		}
		a, used := readAttr(s[i:])
		if used == 0 {
			return nil, 0
		}
		attrs, i = joinAttr(attrs, a), i+used
	}
}

func joinAttr(attrs []page.Attr, a page.Attr) []page.Attr {
	for i := range attrs {
		if attrs[i].Name == a.Name && a.Name == "class" {
			attrs[i].Value += " " + a.Value
			return attrs
		}
	}
	return append(attrs, a)
}

// readAttr reads one #id, .class or name=value and returns its length, or 0.
func readAttr(s []byte) (page.Attr, int) {
	if s[0] == '#' || s[0] == '.' {
		n := bareLength(s[1:])
		if n == 0 {
			return page.Attr{}, 0
		}
		name := "id"
		if s[0] == '.' {
			name = "class"
		}
		return page.Attr{Name: name, Value: string(s[1 : 1+n])}, 1 + n
	}
	n := 0
	for n < len(s) && (isLetter(s[n]) || n > 0 && (isDigit(s[n]) || s[n] == '-' || s[n] == '_' || s[n] == ':')) {
		n++
	}
	if n == 0 || n+1 >= len(s) || s[n] != '=' {
		return page.Attr{}, 0
	}
	name, rest := strings.ToLower(string(s[:n])), s[n+1:]
	if q := rest[0]; q == '"' || q == '\'' {
		end := bytes.IndexByte(rest[1:], q)
		if end < 0 || bytes.IndexByte(rest[1:1+end], '\n') >= 0 {
			return page.Attr{}, 0
		}
		return page.Attr{Name: name, Value: string(rest[1 : 1+end])}, n + 1 + end + 2
	}
	v := bareLength(rest)
	if v == 0 {
		return page.Attr{}, 0
	}
	return page.Attr{Name: name, Value: string(rest[:v])}, n + 1 + v
}

// bareLength measures a value without quotes.
func bareLength(s []byte) int {
	for i, c := range s {
		if c <= ' ' || strings.IndexByte("{}\"'<>=`#", c) >= 0 {
			return i
		}
	}
	return len(s)
}

// allowed keeps the attributes that pages may set, in order, and reports the
// others once a page and name.
func (w *work) allowed(attrs []page.Attr, off int) []page.Attr {
	keep := attrs[:0]
	for _, a := range attrs {
		v, ok := cleanAttr(a)
		if ok {
			keep = append(keep, page.Attr{Name: a.Name, Value: v})
			continue
		}
		hint := "pages may set id, class, lang, dir, width and height"
		if a.Name == "target" {
			hint = "remove it: links open where the reader wants them to"
		}
		w.once(RuleAttribute, a.Name, off, 1, "the attribute "+quoted(a.Name+"="+a.Value)+" is left out", hint)
	}
	return keep
}

// cleanAttr checks an attribute against the allow-list. Only the names here
// ever reach the output, so no value can become script or style.
func cleanAttr(a page.Attr) (value string, ok bool) {
	v := strings.TrimSpace(a.Value)
	switch a.Name {
	case "id":
		return v, v != "" && !strings.ContainsFunc(v, spaceOrControl)
	case "class":
		v = strings.Join(strings.Fields(v), " ")
		return v, v != "" && !strings.ContainsFunc(v, isControl)
	case "lang":
		return v, v != "" && strings.Trim(v, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == ""
	case "dir":
		v = strings.ToLower(v)
		return v, v == "ltr" || v == "rtl" || v == "auto"
	case "width", "height":
		v = strings.TrimSuffix(v, "px")
		number := strings.TrimSuffix(v, "%")
		return v, number != "" && len(number) <= 5 && strings.Trim(number, "0123456789") == ""
	}
	return "", false
}

// headingParser takes the {attributes} off the end of a heading.
type headingParser struct{ parser.BlockParser }

func (h headingParser) Close(node ast.Node, r text.Reader, pc parser.Context) {
	h.BlockParser.Close(node, r, pc)
	lines := node.Lines()
	if node.Parent() == nil || lines.Len() == 0 {
		return
	}
	last := lines.At(lines.Len() - 1)
	line := bytes.TrimRight(last.Value(r.Source()), " \t\n")
	if len(line) == 0 || line[len(line)-1] != '}' {
		return
	}
	open := bytes.LastIndexByte(line, '{')
	if open < 0 || open > 0 && (line[open-1] == '%' || line[open-1] == '\\') {
		return
	}
	attrs, n := readBraces(line[open:])
	if n != len(line)-open {
		return
	}
	w := workOf(pc)
	attrs = w.allowed(attrs, last.Start+open)
	w.claim(attrs, last.Start+open)
	setAttrs(node, attrs)
	rest := bytes.TrimRight(line[:open], " \t")
	if h := bytes.TrimRight(rest, "#"); len(h) < len(rest) && (len(h) == 0 || h[len(h)-1] == ' ') {
		rest = bytes.TrimRight(h, " \t")
	}
	last.Stop = last.Start + len(rest) - last.Padding
	lines.Set(lines.Len()-1, last)
}

// asides takes lines out of paragraphs that are no text: abbreviations
// (*[HTML]: …) and attributes on a line of their own, which belong to the
// paragraph or, when they stand alone, to the block before it.
type asides struct{}

func (asides) Transform(node *ast.Paragraph, r text.Reader, pc parser.Context) {
	src, lines := r.Source(), node.Lines()
	if lines.Len() == 0 {
		return
	}
	first := lines.At(0)
	if s := bytes.TrimLeft(src[first.Start:first.Stop], " "); len(s) > 1 && s[0] == '*' && s[1] == '[' {
		workOf(pc).takeAbbreviations(node, src)
	}
	for i := range lines.Len() {
		s := lines.At(i)
		if line := bytes.TrimLeft(src[s.Start:s.Stop], " \t"); len(line) > 3 && line[0] == ':' {
			workOf(pc).staffInText(line, s.Stop-len(line), "the middle of a paragraph")
		}
	}
	if n := lines.Len(); n > 0 {
		last := lines.At(n - 1)
		if s := bytes.TrimSpace(src[last.Start:last.Stop]); len(s) > 2 && s[0] == '{' && s[len(s)-1] == '}' {
			takeBraces(node, s, last.Start+bytes.IndexByte(src[last.Start:], '{'), workOf(pc))
		}
	}
	if lines.Len() == 0 && node.Parent() != nil {
		node.Parent().RemoveChild(node.Parent(), node)
	}
}

func takeBraces(node *ast.Paragraph, s []byte, off int, w *work) {
	attrs, n := readBraces(s)
	if n != len(s) {
		return
	}
	lines := node.Lines()
	var target ast.Node = node
	if lines.Len() == 1 {
		target = node.PreviousSibling()
		if target == nil || node.HasBlankPreviousLines() {
			return
		}
	} else if item, ok := node.Parent().(*ast.ListItem); ok && item.FirstChild() == node {
		target = item
	}
	lines.SetSliced(0, lines.Len()-1)
	attrs = w.allowed(attrs, off)
	w.claim(attrs, off)
	setAttrs(target, attrs)
}
