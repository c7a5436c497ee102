package data

import (
	"bytes"
	"fmt"
	"strings"

	"peppermill/internal/diag"
)

// explain reports a parser's error in the words of someone who writes a page.
func (y *yamlReader) explain(err error) {
	e, ok := loadError(err)
	if !ok {
		y.fail(RuleSyntax, 1, 1, "This YAML cannot be read ("+err.Error()+").", "")
		return
	}
	line, column := y.place(e.Mark.Line, e.Mark.Column)
	if strings.Contains(e.Message, "max depth") {
		y.fail(RuleLimit, line, column, fmt.Sprintf("Here are more than %d levels of lists and groups inside each other.", MaxDepth), "Make the structure flatter.")
		return
	}
	if at, ok := y.tab(line, e.Message); ok {
		y.fail(RuleSyntax, at, 1+leading(y.text.line(at), ' '), "This line begins with a tab; YAML counts spaces only.", "Replace the tab with spaces.")
		return
	}
	p := problem{text: y.text, line: line, column: column}
	p.fromLine, p.fromColumn = y.place(e.ContextMark.Line, e.ContextMark.Column)
	for _, c := range complaints {
		if !strings.Contains(e.Message, c.message) || !strings.Contains(e.ContextMsg, c.context) {
			continue
		}
		if message, hint, ok := c.words(&p); ok {
			y.fail(RuleSyntax, p.line, p.column, message, hint)
			return
		}
	}
	y.fail(RuleSyntax, line, column, fmt.Sprintf("This is not YAML (%s).", e.Message), "Look for a missing quote, colon or space here or in the line above.")
}

// tab finds the tab that a message is about: in the line itself or in the last
// line with text before it, because the parser often only notices later.
func (y *yamlReader) tab(line int, message string) (int, bool) {
	blames := strings.Contains(message, "tab character") || strings.Contains(message, "cannot start any token")
	for n := line; n >= 1 && n >= line-1; n-- {
		b := y.text.line(n)
		indent := b[:len(b)-len(bytes.TrimLeft(b, " \t"))]
		if bytes.IndexByte(indent, '\t') >= 0 && (blames || len(indent) < len(b)) {
			return n, true
		}
	}
	return 0, false
}

func leading(b []byte, c byte) int { return len(b) - len(bytes.TrimLeft(b, string(c))) }

// problem is where a parser stopped, and where what it was reading began.
type problem struct {
	text                 text
	line, column         int
	fromLine, fromColumn int
}

// fromStart moves the finding to where the unfinished thing began.
func (p *problem) fromStart() { p.line, p.column = p.fromLine, p.fromColumn }

// value splits the problem's line into its key and its value. ok is false when
// the line has no "key: value", or when the problem stands in the key.
func (p *problem) value() (key, value string, column int, ok bool) {
	all := p.text.line(p.line)
	key, value, ok = strings.Cut(string(all), ": ")
	trimmed := strings.TrimLeft(value, " ")
	column = len([]rune(key)) + 2 + len(value) - len(trimmed) + 1
	value = strings.TrimSpace(value)
	return strings.TrimLeft(key, " -"), value, column, ok && p.column >= column-1 && value != ""
}

// quoted writes text as YAML would have it.
func quoted(s string) string {
	if !strings.ContainsAny(s, `"\`) {
		return `"` + s + `"`
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

// complaint is a kind of error: words of the parser's message and its context,
// and what to tell the author. words may move the place, and declines with
// false when its explanation does not fit.
type complaint struct {
	message, context string
	words            func(p *problem) (message, hint string, ok bool)
}

var complaints = []complaint{
	{"mapping values are not allowed", "", colonInside},
	{"mapping values are not allowed", "", deeperThanAbove},
	{"unexpected end of stream", "quoted scalar", openQuote},
	{"unexpected document indicator", "quoted scalar", openQuote},
	{"unknown escape character", "", escape},
	{"cannot start any token", "", badStart},
	{"unknown anchor", "", badStart},
	{"alphabetic or numeric character", "", badStart},
	{"undefined tag handle", "", badStart},
	{"expected whitespace", "", badStart},
	{"did not find expected key", "block mapping", afterEnd},
	{"did not find expected key", "", uneven},
	{"could not find expected ':'", "", noColon},
	{"expected ',' or", "", openBracket},
	{"did not find expected node content", "while parsing a flow", neverClosed},
	{"block sequence entries are not allowed", "", dashInside},
	{"expected '-' indicator", "", mixedList},
}

func colonInside(p *problem) (string, string, bool) {
	key, value, column, ok := p.value()
	if !ok || p.column < column {
		return "", "", false
	}
	return "A colon followed by a space inside a value makes YAML look for a second key.",
		"Put the text in quotes: " + diag.Shorten(key) + ": " + quoted(value), true
}

func deeperThanAbove(p *problem) (string, string, bool) {
	if leading(p.text.line(p.line), ' ') > 0 {
		p.column = 1 + leading(p.text.line(p.line), ' ')
		return "This line is indented, but the line above holds a finished value.", "Begin the line in the same column as the key above.", true
	}
	return "The text above this line is no key and value.", "Write every line as name: value.", true
}

func openQuote(p *problem) (string, string, bool) {
	p.fromStart()
	return "This quote is opened and never closed.", "Add the same quote at the end of the text.", true
}

func escape(p *problem) (string, string, bool) {
	return `Inside double quotes a backslash begins a special character, and this is none.`, `Use single quotes, or write \\ for a backslash.`, true
}

// badStart is about values that begin with a character that YAML keeps for
// itself: blanks (%{name}), Markdown (*, >), mentions (@), code (`).
func badStart(p *problem) (string, string, bool) {
	_, value, column, ok := p.value()
	if !ok {
		rest := string(p.text.from(p.line, p.column))
		if rest == "" {
			return "", "", false
		}
		return fmt.Sprintf("Text cannot begin with %c here.", []rune(rest)[0]), "Put the text in quotes.", true
	}
	p.column = column
	return fmt.Sprintf("A value cannot begin with %c unless it is in quotes.", []rune(value)[0]), "Write " + quoted(value), true
}

// afterEnd is about text after a closing quote or bracket.
func afterEnd(p *problem) (string, string, bool) {
	_, value, _, ok := p.value()
	if !ok {
		return "", "", false
	}
	switch value[0] {
	case '"', '\'':
		if len(value) > 1 && value[len(value)-1] == value[0] {
			value = value[1 : len(value)-1]
		}
		return "The quoted text ends before this place, but the line goes on.", "Put the whole value in one pair of quotes: " + quoted(value), true
	case '[', '{':
		return "The bracket at the beginning makes this a list, and there is text after its end.", "Put the text in quotes: " + quoted(value), true
	}
	return "", "", false
}

func uneven(p *problem) (string, string, bool) {
	return "This line does not stand in the same column as the keys before it, or is no key.", "Write name: value, and begin all keys of a group in the same column.", true
}

func noColon(p *problem) (string, string, bool) {
	p.fromStart()
	rest := string(p.text.from(p.line, p.column))
	if key, value, ok := strings.Cut(rest, ":"); ok && value != "" {
		return "There must be a space after the colon.", fmt.Sprintf("Write %s: %s", diag.Shorten(key), diag.Shorten(value)), true
	}
	return "This line is no key and value: it has no colon.", "Write name: value. Indent the line if it continues the text above.", true
}

func openBracket(p *problem) (string, string, bool) {
	p.fromStart()
	return "This list or group in brackets is not closed, or a comma is missing in it.", "Close the bracket, or put the value in quotes if it is text.", true
}

// neverClosed is for a text that ends inside brackets: the parser only knows
// the end, so the bracket is looked for.
func neverClosed(p *problem) (string, string, bool) {
	var open [][2]int
	for n := 1; n <= p.line; n++ {
		for i, r := range []rune(string(p.text.line(n))) {
			switch {
			case r == '[' || r == '{':
				open = append(open, [2]int{n, i + 1})
			case (r == ']' || r == '}') && len(open) > 0:
				open = open[:len(open)-1]
			}
		}
	}
	if len(open) == 0 {
		return "", "", false
	}
	p.fromLine, p.fromColumn = open[len(open)-1][0], open[len(open)-1][1]
	return openBracket(p)
}

func dashInside(p *problem) (string, string, bool) {
	return "A list cannot begin in the line of its key.", "Put each item in a line of its own below the key, or put the value in quotes if it is text.", true
}

func mixedList(p *problem) (string, string, bool) {
	return "The lines above are a list, and this line is no item of it.", "Begin the line with a dash and a space, or give the list a key of its own.", true
}
