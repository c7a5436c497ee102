package markdown

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// Bounds of code that is coloured. What is larger is shown plain.
const (
	maxCode     = 32 << 10 // bytes of a block
	maxCodeLine = 2 << 10  // bytes of a line
	maxMemo     = 16 << 20 // bytes of code and markup that are remembered
)

// chroma gives up on a rule after 250 ms by the clock and then colours the rest
// otherwise, so its output could depend on how busy the machine is. Within the
// bounds above a rule takes microseconds; a step as slow as this means that the
// machine stalled or that the code is a trap for the rule.
const (
	slowStep = 100 * time.Millisecond
	trapStep = time.Second // few machines stall that long: try once more, no oftener
	attempts = 8
	maxTraps = 3 // blocks of a page that may be tried in vain
)

// isTrap reports chroma's lexers that take half a minute for five ordinary
// lines. They are left out; TestLexers looks whether there are others.
func isTrap(name string) bool { return name == "Jungle" || name == "JSONata" }

// highlighter colours code. Equal blocks are coloured once; without the memo
// the same comes out, later.
type highlighter struct {
	styled map[chroma.TokenType]string // start tags of the tokens that a style colours

	mu       sync.Mutex
	byName   map[string]chroma.Lexer
	names    []string
	memo     map[string]*coloured
	memoised int
}

// coloured is a block of code as parts. Blank holes refer to the block's own
// blanks by number.
type coloured struct {
	markup string
	parts  []page.Part
	failed bool // too tangled: show it plain
}

func newHighlighter() *highlighter {
	return &highlighter{styled: tokenTags(), byName: map[string]chroma.Lexer{}, memo: map[string]*coloured{}}
}

// lexer finds a language by name or alias, not by file pattern, which would
// try thousands. chroma's lexers compile once under a lock and keep no state
// between texts, so all goroutines share them.
func (h *highlighter) lexer(lang string) chroma.Lexer {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.byName) == 0 {
		for _, l := range lexers.GlobalLexerRegistry.Lexers {
			c := l.Config()
			if isTrap(c.Name) {
				continue
			}
			// The aliases are chroma's own slice, with room behind them: they are
			// copied, as two parsers may come here at once.
			for _, name := range append(slices.Clone(c.Aliases), c.Name) {
				name = strings.ToLower(name)
				if _, taken := h.byName[name]; !taken {
					h.byName[name] = l
					h.names = append(h.names, name)
				}
			}
		}
	}
	return h.byName[lang]
}

// isPlain reports names of no language.
func isPlain(lang string) bool {
	switch lang {
	case "", "text", "txt", "plain", "plaintext", "none", "no-highlight", "nohighlight", "output", "ascii":
		return true
	}
	return false
}

// synonym maps names that chroma lacks.
func synonym(lang string) string {
	switch lang {
	case "shell-session", "terminal":
		return "console"
	case "jsonc", "json5", "geojson":
		return "json"
	case "psql":
		return "postgresql"
	case "env", "dotenv":
		return "bash"
	case "tf":
		return "terraform"
	case "shell script":
		return "sh"
	}
	return lang
}

// highlighted writes the code in colours and reports whether it could.
func (w *work) highlighted(info codeInfo, text string, starts []int, n ast.Node) bool {
	lang := synonym(info.lang)
	plain := isPlain(lang)
	if plain && len(info.marked) == 0 && !info.numbers {
		return false
	}
	var lexer chroma.Lexer
	if !plain {
		if lexer = w.p.code.lexer(lang); lexer == nil {
			w.unknownLanguage(info.lang, n)
		} else if w.traps >= maxTraps {
			return false
		} else if !fits(text) {
			w.once(RuleSlowCode, "size", max(0, n.Pos()), 3, "this code block is too long to be coloured", "blocks up to 32 kB with lines up to 2 kB are")
			lexer = nil
		}
	}
	if lexer == nil && len(info.marked) == 0 && !info.numbers {
		return false
	}
	c := w.p.code.colour(lexer, lang, info, text)
	if c.failed {
		w.traps++
		w.finding(RuleSlowCode, max(0, n.Pos()), 3, "this code block is too tangled to be coloured as "+quoted(info.lang), "shorten it, or call it ```text")
		return false
	}
	w.page.HasCode = w.page.HasCode || lexer != nil
	w.splice(c, text, starts)
	return true
}

func fits(text string) bool {
	if len(text) > maxCode {
		return false
	}
	for len(text) > maxCodeLine {
		i := strings.IndexByte(text[:maxCodeLine], '\n')
		if i < 0 {
			return false
		}
		text = text[i+1:]
	}
	return true
}

func (w *work) unknownLanguage(lang string, n ast.Node) {
	w.p.code.mu.Lock()
	names := w.p.code.names
	w.p.code.mu.Unlock()
	if near := diag.Near(lang, names); near != "" && len(lang) > 3 {
		w.finding(RuleLanguage, max(0, n.Pos()), 3+len(lang), "no language is called "+quoted(lang), "did you mean "+quoted(near)+"?")
	}
}

// splice copies coloured code into the page, with the page's own blanks.
func (w *work) splice(c *coloured, text string, starts []int) {
	var refs []int
	if strings.Contains(text, "%{") {
		refs = w.codeBlanks(text, starts)
	}
	b := &w.out
	offset := uint32(len(b.buf))
	b.buf = append(b.buf, c.markup...)
	for i, p := range c.parts {
		p.Start, p.End = p.Start+offset, p.End+offset
		if p.Kind == page.Hole {
			p.Ref = uint32(refs[p.Ref])
		} else if k := len(b.parts); i == 0 && !b.fresh && k > 0 && b.parts[k-1].Kind == p.Kind {
			b.parts[k-1].End = p.End
			continue
		}
		b.parts = append(b.parts, p)
	}
	b.fresh = false
}

// codeBlanks records the blanks of a code block with their places.
func (w *work) codeBlanks(text string, starts []int) (refs []int) {
	line, lineAt := 0, 0
	at := 0
	for {
		before, name, rest, escaped, ok := page.CutBlank(text[at:])
		if !ok {
			return refs
		}
		here := at + len(before)
		for line+1 < len(starts) {
			i := strings.IndexByte(text[lineAt:here], '\n')
			if i < 0 {
				break
			}
			line, lineAt = line+1, lineAt+i+1
		}
		if !escaped {
			refs = append(refs, w.blank(name, w.pos(starts[line]+here-lineAt)))
		}
		at = len(text) - len(rest)
	}
}

// colour returns the block's parts, from the memo if it was met before.
func (h *highlighter) colour(lexer chroma.Lexer, lang string, info codeInfo, text string) *coloured {
	var key strings.Builder
	if lexer != nil {
		key.WriteString(lang)
	}
	if len(info.marked) > 0 || info.numbers {
		key.WriteString(strconv.FormatBool(info.numbers))
		for _, m := range info.marked {
			key.WriteString(" " + strconv.Itoa(m[0]) + "-" + strconv.Itoa(m[1]))
		}
	}
	key.WriteByte(0)
	key.WriteString(text)
	h.mu.Lock()
	c := h.memo[key.String()]
	h.mu.Unlock()
	if c != nil {
		return c
	}
	c = h.paint(lexer, info, text)
	size := key.Len() + len(c.markup)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.memoised += size; h.memoised > maxMemo {
		clear(h.memo)
		h.memoised = size
	}
	h.memo[key.String()] = c
	return c
}

// paint colours a block. Blanks are cut out after the lexer has seen them, so
// that one in a string is part of the string.
func (h *highlighter) paint(lexer chroma.Lexer, info codeInfo, text string) *coloured {
	text, blanks := cutBlanks(text)
	tokens := []chroma.Token{{Type: chroma.Text, Value: text}}
	if lexer != nil {
		var ok bool
		if tokens, ok = tokenise(lexer, text); !ok {
			return &coloured{failed: true}
		}
	}
	p := painter{styled: h.styled, info: info, blanks: blanks, lines: len(info.marked) > 0 || info.numbers}
	p.out.buf = make([]byte, 0, 3*len(text))
	for _, t := range tokens {
		p.token(t)
	}
	p.endSpan()
	p.endLine()
	return &coloured{markup: string(p.out.buf), parts: p.out.parts}
}

// cutBlanks takes the backslashes off escaped blanks and returns where the
// real ones stand.
func cutBlanks(text string) (string, [][2]int) {
	if !strings.Contains(text, "%{") {
		return text, nil
	}
	var b strings.Builder
	var blanks [][2]int
	for {
		before, name, rest, escaped, ok := page.CutBlank(text)
		b.WriteString(before)
		if !ok {
			return b.String(), blanks
		}
		if escaped {
			b.WriteString("%{")
		} else {
			from := b.Len()
			b.WriteString("%{" + name + "}")
			blanks = append(blanks, [2]int{from, b.Len()})
		}
		text = rest
	}
}

// tokenise runs the lexer, again when a step took so long that chroma may have
// given up on a rule. A lexer that panics or changes the text is not believed.
func tokenise(lexer chroma.Lexer, text string) (tokens []chroma.Token, ok bool) {
	for left := attempts; left > 0; left-- {
		tokens, stalled := tokeniseOnce(lexer, text)
		if stalled > trapStep {
			left -= attempts/2 - 1
		}
		if stalled == 0 {
			n := 0
			for _, t := range tokens {
				n += len(t.Value)
			}
			return tokens, n == len(text)
		}
	}
	return nil, false
}

// tokeniseOnce returns the tokens, or how long the step took that was too slow.
func tokeniseOnce(lexer chroma.Lexer, text string) (tokens []chroma.Token, stalled time.Duration) {
	defer func() {
		if recover() != nil { // chroma reports a broken rule so; no tokens, no colours
			tokens, stalled = nil, 0
		}
	}()
	last := time.Now()
	next, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root"}, text)
	if err != nil {
		return nil, 0
	}
	for {
		t := next()
		now := time.Now()
		if step := now.Sub(last); step > slowStep {
			return nil, step
		}
		last = now
		if t == chroma.EOF {
			return tokens, 0
		}
		tokens = append(tokens, t)
	}
}
