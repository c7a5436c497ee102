package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"peppermill/internal/page"
)

// blankParser reads %{name} before emphasis can take the name apart.
type blankParser struct{}

func (blankParser) Trigger() []byte { return []byte{'%'} }

func (blankParser) Parse(_ ast.Node, r text.Reader, _ parser.Context) ast.Node {
	line, at := r.PeekLine()
	if len(line) < 4 || line[1] != '{' || r.PrecendingCharacter() == '\\' {
		return nil
	}
	end := 2
	for end < len(line) && (isLetter(line[end]) || isDigit(line[end]) || line[end] == '-' || line[end] == '_' || line[end] == '.') {
		end++
	}
	if end == len(line) || line[end] != '}' {
		return nil
	}
	_, name, _, _, _ := page.CutBlank(string(line[:end+1]))
	if name == "" {
		return nil
	}
	r.Advance(end + 1)
	return &blankNode{inlineNode{start: at.Start, stop: at.Start + end + 1}, name}
}

// noteRefParser reads [^label] where such a footnote exists.
type noteRefParser struct{}

func (noteRefParser) Trigger() []byte { return []byte{'['} }

func (noteRefParser) Parse(parent ast.Node, r text.Reader, pc parser.Context) ast.Node {
	line, at := r.PeekLine()
	label, n := noteLabel(line)
	if n == 0 {
		return nil
	}
	w := workOf(pc)
	note := w.noteFor(util.ToLinkReference([]byte(label)), secret(parent))
	if note == nil {
		if len(w.notes)+len(w.staffNotes) > 0 {
			w.finding(RuleFootnote, at.Start, n, "there is no footnote "+quoted(label), "add a line that begins with "+quoted("[^"+label+"]:"))
		}
		return nil
	}
	r.Advance(n)
	return &noteRef{inlineNode{start: at.Start, stop: at.Start + n}, note}
}

// wikiParser reads [[page]], [[page#anchor|text]] and ![[file.png]]. What is
// ordinary Markdown, such as [[1]](url), is left to the link parser.
type wikiParser struct{}

const maxWiki = 500 // bytes between the brackets

func (wikiParser) Trigger() []byte { return []byte{'[', '!'} }

func (wikiParser) Parse(parent ast.Node, r text.Reader, pc parser.Context) ast.Node {
	line, at := r.PeekLine()
	open := 2
	if line[0] == '!' {
		open = 3
	}
	if len(line) < open+3 || !bytes.HasPrefix(line[open-2:], []byte("[[")) {
		return nil
	}
	inner := line[open:min(len(line), open+maxWiki)]
	end := bytes.IndexAny(inner, "[]\n")
	if end < 1 || !bytes.HasPrefix(inner[end:], []byte("]]")) || inner[0] == ' ' || inner[0] == '^' {
		return nil
	}
	if after := inner[end+2:]; len(after) > 0 && (after[0] == '(' || after[0] == '[') {
		return nil
	}
	inner = inner[:end]
	if _, defined := hush(pc, secret(parent)).Reference(util.ToLinkReference(inner)); defined {
		return nil
	}
	dest, label := cutPipe(inner)
	if len(dest) == 0 {
		return nil
	}
	n := open + end + 2
	r.Advance(n)
	return &wikiNode{inlineNode{start: at.Start, stop: at.Start + n}, string(dest), string(label), at.Start + open, open == 3}
}

// cutPipe splits at | or, as tables need it, \|.
func cutPipe(s []byte) (dest, label []byte) {
	dest, label, _ = bytes.Cut(s, []byte("|"))
	return bytes.TrimSpace(bytes.TrimSuffix(dest, []byte{'\\'})), bytes.TrimSpace(label)
}

// bracesParser reads {#id .class} where it touches the element before it.
type bracesParser struct{}

func (bracesParser) Trigger() []byte { return []byte{'{'} }

func (bracesParser) Parse(_ ast.Node, r text.Reader, pc parser.Context) ast.Node {
	switch r.PrecendingCharacter() {
	case ')', ']', '`', '*', '_', '~', '>':
	default:
		return nil
	}
	line, at := r.PeekLine()
	attrs, n := readBraces(line)
	if n == 0 {
		return nil
	}
	r.Advance(n)
	return &bracesNode{inlineNode: inlineNode{start: at.Start, stop: at.Start + n}, attrs: attrs}
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
