package markdown

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"

	"peppermill/internal/page"
)

// codeInfo is what stands behind the opening fence of a code block.
type codeInfo struct {
	lang    string
	title   page.Text
	marked  [][2]int // highlighted lines, from and to, counted from 1
	numbers bool
	attrs   []page.Attr
}

// fenced writes a fenced code block.
func (w *work) fenced(n *ast.FencedCodeBlock) {
	info := codeInfo{}
	at := max(0, n.Pos())
	if n.Info != nil {
		info = w.readInfo(n.Info.Segment.Value(w.src), n.Info.Segment.Start)
	}
	end := len(w.src)
	if k := n.Lines().Len(); k > 0 {
		end = n.Lines().At(k - 1).Stop
	} else if i := bytes.IndexByte(w.src[at:], '\n'); i >= 0 {
		end = at + i + 1
	}
	if unclosedFence(w.src, end) {
		w.finding(RuleFence, at, 3, "this code block is never closed and takes all that follows", "add a line of ``` where the code ends")
		for i := range n.Lines().Len() {
			s := n.Lines().At(i)
			w.staffInText(bytes.TrimLeft(s.Value(w.src), " "), s.Start, "a code block that is never closed")
		}
	}
	w.codeBlock(info, n)
}

// indented writes a code block made by indentation.
func (w *work) indented(n *ast.CodeBlock) {
	for i := range n.Lines().Len() {
		s := n.Lines().At(i)
		w.staffInText(bytes.TrimLeft(s.Value(w.src), " "), s.Start, "an indented line, which is code,")
	}
	w.codeBlock(codeInfo{attrs: attrsOf(n)}, n)
}

// codeBlock writes the code in its figure.
func (w *work) codeBlock(info codeInfo, n ast.Node) {
	text, starts := w.codeText(n)
	switch info.lang {
	case "mermaid", "math":
		w.open("pre", info.attrs, info.lang)
		w.verbatimLines(text, starts)
		w.out.markup("</pre>\n")
		return
	}
	w.open("figure", info.attrs, "code")
	if info.title != "" {
		w.out.markup("<figcaption>")
		w.text(page.Prose, info.title, w.pos(max(0, n.Pos())))
		w.out.markup("</figcaption>")
	}
	w.out.markup(`<pre class="chroma" tabindex="0"><code`)
	if isPlainWord(info.lang) {
		w.out.attr("class", "language-"+info.lang)
	}
	w.out.markup(">")
	if !w.highlighted(info, text, starts, n) {
		w.verbatimLines(text, starts)
	}
	w.out.markup("</code></pre></figure>\n")
}

// codeText joins the lines of a code block. starts holds where each line
// stands in the source.
func (w *work) codeText(n ast.Node) (text string, starts []int) {
	var b strings.Builder
	lines := n.Lines()
	if k := lines.Len(); k > 0 {
		b.Grow(lines.At(k-1).Stop - lines.At(0).Start + 1)
	}
	starts = make([]int, lines.Len())
	for i := range lines.Len() {
		s := lines.At(i)
		starts[i] = s.Start
		b.Write(s.Value(w.src))
	}
	return b.String(), starts
}

// verbatimLines writes code as plain text.
func (w *work) verbatimLines(text string, starts []int) {
	if !strings.Contains(text, "%{") {
		w.out.plain(page.Verbatim, text)
		return
	}
	words := w.page.Words
	for _, start := range starts {
		end := strings.IndexByte(text, '\n') + 1
		if end == 0 {
			end = len(text)
		}
		w.verbatim(page.Verbatim, text[:end], start)
		text = text[end:]
	}
	w.page.Words = words // code is not read like text
}

// readInfo reads a fence's info string: a language, {2,4-6}, hl_lines="2 4-6",
// title="…", linenums, {#id .class}. Pandoc's {.lang …} is read too.
func (w *work) readInfo(s []byte, off int) codeInfo {
	var c codeInfo
	full := s
	if !bytes.HasPrefix(s, []byte("{")) {
		n := bytes.IndexAny(s, " \t{")
		if n < 0 {
			n = len(s)
		}
		c.lang = strings.ToLower(strings.TrimRight(unescape(s[:n]), ":,"))
		s = s[n:]
	}
	for len(s) > 0 {
		s = bytes.TrimLeft(s, " \t,{}:")
		if len(s) == 0 {
			break
		}
		if n := c.readLines(s); n > 0 {
			s = s[n:]
			continue
		}
		a, n := readAttr(s)
		if n == 0 {
			if n = bytes.IndexAny(s, " \t,}"); n < 0 {
				n = len(s)
			}
			c.word(string(s[:n]))
			s = s[n:]
			continue
		}
		w.infoAttr(&c, a, off+len(full)-len(s))
		s = s[n:]
	}
	return c
}

func (c *codeInfo) word(s string) {
	switch strings.ToLower(s) {
	case "linenums", "linenos", "showlinenumbers", "numberlines":
		c.numbers = true
	default:
		if c.lang == "" && isPlainWord(s) {
			c.lang = strings.ToLower(s)
		}
	}
}

func (w *work) infoAttr(c *codeInfo, a page.Attr, off int) {
	switch {
	case a.Name == "title", a.Name == "caption", a.Name == "filename":
		c.title = textOf([]byte(a.Value))
	case a.Name == "hl_lines", a.Name == "hl-lines", a.Name == "mark":
		c.readLines([]byte(strings.Trim(a.Value, "{}[]")))
	case a.Name == "linenums", a.Name == "linenos", a.Name == "linenumbers":
		c.numbers = a.Value != "false"
	case a.Name == "class" && c.lang == "" && isPlainWord(a.Value):
		c.lang = strings.ToLower(a.Value)
	case a.Name == "class" && strings.EqualFold(a.Value, "numberLines"):
		c.numbers = true
	default:
		attrs := w.allowed([]page.Attr{a}, off)
		w.claim(attrs, off)
		c.attrs = append(c.attrs, attrs...)
	}
}

// readLines reads "2,4-6" or "2 4-6" and returns the bytes used, 0 when s does
// not begin with a number.
func (c *codeInfo) readLines(s []byte) int {
	i := 0
	for i < len(s) {
		from, n := number(s[i:])
		if n == 0 {
			break
		}
		i += n
		to := from
		if i < len(s) && s[i] == '-' {
			if v, n := number(s[i+1:]); n > 0 {
				to, i = v, i+1+n
			}
		}
		c.marked = append(c.marked, [2]int{from, to})
		for i < len(s) && (s[i] == ',' || s[i] == ' ') {
			i++
		}
	}
	return i
}

func number(s []byte) (v, n int) {
	for n < len(s) && n < 6 && isDigit(s[n]) {
		n++
	}
	v, _ = strconv.Atoi(string(s[:n]))
	return v, n
}

func (c *codeInfo) isMarked(line int) bool {
	for _, m := range c.marked {
		if line >= m[0] && line <= m[1] {
			return true
		}
	}
	return false
}

// isPlainWord reports whether s can be part of a class as it is.
func isPlainWord(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isLetter(c) && !isDigit(c) && strings.IndexByte("+-_.#/", c) < 0 {
			return false
		}
	}
	return s != "" && len(s) <= 40
}
