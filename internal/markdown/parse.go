package markdown

import (
	"crypto/sha256"
	"path"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/source"
)

// Lengths of derived texts, in characters.
const (
	titleLength   = 80
	summaryLength = 160
)

// Parse turns a file into a page. The findings are sorted; the page is never
// nil, and what could not be read is marked Broken.
func (p *Parser) Parse(f source.File) (*page.Page, diag.List) {
	pg := &page.Page{Path: f.Path, Sum: p.pageSum(f)}
	if len(f.Data) > maxBytes {
		return p.tooLarge(pg, f, "4 MiB")
	}
	b, diags := readEnvelope(f)
	pg.Broken = b.broken
	pg.Meta = b.meta
	w := &work{p: p, file: f, first: b.line, page: pg, diags: diags}
	w.src = unixLines(b.body)
	w.lines = newLineIndex(w.src)
	if len(w.lines.starts) > maxLines {
		return p.tooLarge(pg, f, "150,000 lines")
	}
	w.run()
	return pg, w.diags.Sort()
}

func (p *Parser) pageSum(f source.File) page.Sum {
	h := sha256.New()
	h.Write(p.sum[:])
	h.Write(f.Sum[:])
	h.Write([]byte(f.Path))
	return page.Sum(h.Sum(nil))
}

func (p *Parser) tooLarge(pg *page.Page, f source.File, limit string) (*page.Page, diag.List) {
	pg.Broken = true
	pg.Lang = p.lang(f.Path, "")
	pg.Title = page.Text(readableName(f.Path))
	return pg, diag.List{{Rule: RuleSize, Pos: f.Pos(1, 1), Message: "the page has more than " + limit + ", so it is withheld",
		Hint: "split it into several pages"}}
}

// buffers are reused between pages: a body is copied out of them at its size.
var buffers = sync.Pool{New: func() any { return new(builder) }}

// run parses and writes the body and fills in the page.
func (w *work) run() {
	pg := w.page
	pg.Lang = w.p.lang(pg.Path, pg.Meta.Lang)
	if !w.p.opt.PlainMarks {
		w.marks = quotesFor(pg.Lang)
	}
	w.metaBlanks()
	w.shapes = w.p.shapesOf(pg)
	b := buffers.Get().(*builder)
	defer buffers.Put(b)
	b.reset()
	w.out = *b
	pc := parser.NewContext()
	pc.Set(workKey, w)
	root := w.p.md.Parse(text.NewReader(w.src), parser.WithContext(pc))
	w.tally = tally{}
	w.hide(root)
	w.publicFirst(root)
	w.included(root)
	w.blocks(root)
	w.here = nil
	w.logged(true)
	w.nestedParts()
	w.logged(false)
	w.footnotes()
	w.asideLinks()
	w.settleAnchors()
	w.contents()
	w.reportShown()
	w.more()
	pg.Body = w.out.body()
	*b = w.out
	w.title()
	w.summary()
	w.derived()
	if w.shapes.lex != nil {
		pg.Calls = w.shapes.lex.Calls(pg)
	}
	w.survey(root)
}

// metaBlanks records the blanks that the front matter uses, however deep; those
// of the body follow. What is said of blanks uses none, and an address may not.
// Those of a map that says so are for staff.
func (w *work) metaBlanks() {
	for _, f := range w.page.Meta.Tree.Fields {
		switch strings.ToLower(f.Key) {
		case "blanks", "slug", "url", "permalink":
		default:
			w.valueBlanks(f.Value)
		}
	}
}

func (w *work) valueBlanks(v page.Value) {
	if v.SaysStaff() {
		w.staff++
		defer func() { w.staff-- }()
	}
	at := v.Pos
	if at.Line == 0 {
		at = w.file.Pos(1, 1)
	}
	quotes := 0
	if v.Quoted {
		quotes = 1
	}
	// Where each character is as it was typed, it is known where a blank stands.
	typed := v.Width == utf8.RuneCountInString(v.Text)+2*quotes
	for s, column := v.Text, at.Column+quotes; ; {
		before, name, rest, escaped, ok := page.CutBlank(s)
		if !ok {
			break
		}
		if !escaped {
			if typed {
				at.Column = column + utf8.RuneCountInString(before)
			}
			w.blank(name, at)
		}
		column += utf8.RuneCountInString(s[:len(s)-len(rest)])
		s = rest
	}
	for _, item := range v.Items {
		w.valueBlanks(item)
	}
	for _, f := range v.Fields {
		w.valueBlanks(f.Value)
	}
}

// title is the front matter's, else the first heading of level 1, the first
// sentence or the file's name.
func (w *work) title() {
	pg := w.page
	switch {
	case strings.TrimSpace(string(pg.Meta.Title)) != "":
		straight := page.Text(strings.TrimSpace(string(pg.Meta.Title)))
		pg.HideH1 = w.h1Leads && sameWords(straight, w.firstH1)
		pg.Title = w.curl(straight)
	case w.hasH1:
		pg.Title, pg.HideH1 = w.curlUnless(w.codeH1, w.firstH1), true
	case w.lead != "":
		pg.Title = w.curlUnless(w.codeLead, cut(firstSentence(w.lead), titleLength))
	}
	pg.Meta.LinkTitle = w.curl(pg.Meta.LinkTitle)
	if pg.Title == "" {
		pg.Title = page.Text(readableName(pg.Path))
	}
}

func (w *work) summary() {
	if d := strings.TrimSpace(string(w.page.Meta.Description)); d != "" {
		w.page.Summary = w.curl(page.Text(d))
		return
	}
	w.page.Summary = w.curlUnless(w.codeLead, cut(w.lead, summaryLength))
}

func sameWords(a, b page.Text) bool {
	return strings.EqualFold(strings.Join(strings.Fields(string(a)), " "), strings.Join(strings.Fields(string(b)), " "))
}

// firstSentence cuts after the first full stop, question or exclamation mark
// that ends a sentence.
func firstSentence(t page.Text) page.Text {
	s := string(t)
	for i, r := range s {
		switch r {
		case '。', '！', '？':
			return page.Text(s[:i+utf8.RuneLen(r)])
		case '.', '!', '?':
			next := strings.TrimLeft(s[i+1:], `"'”’)`)
			if first, _ := utf8.DecodeRuneInString(strings.TrimLeft(next, " ")); (next == "" || next[0] == ' ') && !unicode.IsLower(first) {
				return page.Text(strings.TrimSuffix(s[:len(s)-len(next)], "."))
			}
		}
	}
	return t
}

// cut shortens a text to about limit characters, at a word, never inside a
// blank, and marks the cut.
func cut(t page.Text, limit int) page.Text {
	s := strings.Join(strings.Fields(string(t)), " ")
	if utf8.RuneCountInString(s) <= limit {
		return page.Text(s)
	}
	at, n, word := 0, 0, 0
	for i, r := range s {
		if n++; n > limit {
			break
		}
		at = i + utf8.RuneLen(r)
		if r == ' ' {
			word = i
		}
	}
	if word > at/2 {
		at = word
	}
	if open := strings.LastIndex(s[:at], "%{"); open >= 0 && !strings.Contains(s[open:at], "}") {
		at = open
	}
	head := strings.TrimRightFunc(s[:at], func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`,;:-–—(\`, r) })
	return page.Text(head + "…")
}

// readableName makes a title of a file's name: late-deliveries.md is "Late
// deliveries". A folder's own page has the folder's name.
func readableName(file string) string {
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	switch strings.ToLower(name) {
	case "readme", "index", "_index":
		if dir := path.Base(path.Dir(file)); dir != "." && dir != "/" {
			name = dir
		}
	}
	if len(name) > 11 && name[4] == '-' && name[7] == '-' && name[10] == '-' && strings.Trim(name[:10], "0123456789-") == "" {
		name = name[11:] // 2024-01-31-title.md
	}
	words := strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' || unicode.IsSpace(r) })
	if len(words) == 0 {
		return capitalised(name)
	}
	return strings.ReplaceAll(capitalised(strings.Join(words, " ")), "%{", `\%{`)
}
