package theme

import (
	"cmp"
	"errors"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"unicode/utf8"

	"peppermill/internal/diag"
)

// place is what an error text of the template packages says, taken apart.
type place struct {
	file string // "single.html", relative to layouts/
	line int
	byte int // within the line, from 0; -1 unknown
	said string
}

var (
	rePlace   = regexp.MustCompile(`(?s)^(?:html/)?template: ?([^:]+)(?::(\d+))?(?::(\d+))?: (.*)$`)
	reExec    = regexp.MustCompile(`(?s)^executing "[^"]*" at <(.*?)>: (.*)$`)
	reField   = regexp.MustCompile(`can't evaluate field (\S+) in type (\S+)`)
	reFunc    = regexp.MustCompile(`^function "([^"]+)" not defined`)
	reNamed   = regexp.MustCompile(`(?:no such template|template) "([^"]+)"(?: not defined)?`)
	reVar     = regexp.MustCompile(`^undefined variable "([^"]+)"`)
	reQuoted  = regexp.MustCompile(`"((?:[^"\\]|\\.)+)"`)
	reContext = regexp.MustCompile(`ends in a non-text context|end in different contexts|ambiguous context`)
)

// certain reports whether an error says something of the layout itself, and
// not merely of the value that it was tried on: nobody knows what a site's own
// parameters hold before there is a page.
func certain(err error) bool {
	if exec := (template.ExecError{}); errors.As(err, &exec) {
		m := reField.FindStringSubmatch(err.Error())
		return m != nil && viewTypes()[m[2]] != nil || strings.Contains(err.Error(), "wrong number of args") ||
			strings.Contains(err.Error(), `" not defined`)
	}
	return true
}

// Error is what Execute returns when a layout meets a value that it cannot
// show. Finding says so in plain words, with the place in the layout.
type Error struct{ Finding diag.Diagnostic }

// Error is the place and the message in one line.
func (e *Error) Error() string {
	p := e.Finding.Pos
	return p.Path + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column) + ": " + e.Finding.Message
}

func parseError(err error) place {
	text := err.Error()
	m := rePlace.FindStringSubmatch(text)
	if m == nil {
		return place{said: text, byte: -1}
	}
	line, _ := strconv.Atoi(m[2])
	at := place{file: m[1], line: line, byte: -1, said: m[4]}
	if m[3] != "" {
		at.byte, _ = strconv.Atoi(m[3])
	}
	return at
}

// explain puts an error of the template packages into plain words and finds
// the column that it means.
func explain(at place, text string, defined []string) diag.Diagnostic {
	d := diag.Diagnostic{Rule: ruleTemplate, Class: diag.Fix}
	// Without a line it is the end that is wrong: something stays open.
	d.Pos.Line = at.line
	if at.line == 0 {
		d.Pos.Line = max(1, strings.Count(strings.TrimRight(text, "\n"), "\n")+1)
	}
	said, expr := at.said, ""
	if m := reExec.FindStringSubmatch(said); m != nil {
		expr, said = m[1], m[2]
	}
	var word string
	d.Message, d.Hint, word = inPlainWords(said, expr, defined)
	line := lineOf(text, d.Pos.Line)
	d.Pos.Column, d.Width = columnOf(line, at.byte, word)
	return d
}

// inPlainWords translates one error. word is the text in the line to point at.
func inPlainWords(said, expr string, defined []string) (message, hint, word string) {
	if m := reField.FindStringSubmatch(said); m != nil {
		return unknownField(m[1], m[2])
	}
	if m := reFunc.FindStringSubmatch(said); m != nil {
		return "there is no function " + quote(m[1]), meant(m[1], functionNames(), "the functions that layouts can call are listed in the manual"), m[1]
	}
	if m := reVar.FindStringSubmatch(said); m != nil {
		return "the variable " + m[1] + " is not set here", "set it first, such as {{" + m[1] + " := .Page.Title}}, in the same block or an outer one", m[1]
	}
	if strings.Contains(said, "template") && (strings.Contains(said, "not defined") || strings.Contains(said, "no such template")) {
		if m := reNamed.FindStringSubmatch(said); m != nil {
			return "there is no template " + quote(m[1]) + " to put here", meant(m[1], defined, "a partial is called by its path: partials/name.html"), m[1]
		}
	}
	for _, known := range syntaxErrors() {
		if strings.Contains(said, known.has) {
			return known.message, known.hint, quotedWord(said, known.point)
		}
	}
	if reContext.MatchString(said) {
		return "the HTML around this place is not complete: a tag, a quote or a comment stays open", "close it in every branch of if, else and range", ""
	}
	return "this part of the layout does not work: " + said, "compare it with the built-in layout of the same name", cmp.Or(expr, quotedWord(said, true))
}

// syntaxError is one thing that text/template says, and how we say it.
type syntaxError struct {
	has, message, hint string
	point              bool // the text in quotes is what to point at
}

func syntaxErrors() []syntaxError {
	return []syntaxError{
		{"unexpected EOF", "the layout ends before something is closed", "every if, range, with, define and block needs its {{end}}", false},
		{"unexpected {{end}}", "this {{end}} closes nothing", "remove it, or add the if, range or with that it should close", false},
		{"unexpected {{else}}", "this {{else}} belongs to nothing", "it stands between {{if}}, {{with}} or {{range}} and its {{end}}", false},
		{"unclosed action", "a {{ is not closed on its line", "close it with }}", false},
		{"unterminated quoted string", "a text in quotes is not closed", "add the missing quotation mark", false},
		{"unterminated raw quoted string", "a text in backquotes is not closed", "add the missing backquote", false},
		{"unterminated character constant", "single quotes hold one character only", "write texts in double quotes", false},
		{"comment ends before closing delimiter", "the comment does not end with */}}", "write {{/* like this */}}", false},
		{"unclosed comment", "a comment is not closed", "write {{/* like this */}}", false},
		{"missing value for", "the value is missing here", "write what to test or to repeat, such as {{if .Page.Tags}}", false},
		{"empty command", "there is nothing between the brackets here", "write a value, such as {{.Page.Title}}", false},
		{"unclosed left paren", "a bracket ( is not closed", "add the missing )", false},
		{"unexpected right paren", "a bracket ) is closed that was never opened", "remove it or add the missing (", false},
		{"bad character", "this character means nothing here", "names are letters and digits after a dot, such as .Page.Title", true},
		{"unexpected", "something here is not understood", "compare it with the built-in layout of the same name", true},
	}
}

func quotedWord(said string, want bool) string {
	if !want {
		return ""
	}
	m := reQuoted.FindStringSubmatch(said)
	if m == nil {
		return ""
	}
	if s, err := strconv.Unquote(`"` + m[1] + `"`); err == nil {
		return s
	}
	return m[1]
}

func unknownField(name, typeName string) (message, hint, word string) {
	where, fields := "this value", []string(nil)
	if t := viewTypes()[typeName]; t != nil && t.PkgPath() != "" {
		where = t.Name()
		fields = fieldNames(t)
	}
	all := "it has: " + strings.Join(fields, ", ")
	if len(fields) == 0 {
		all = "a text, a number or a list has no fields"
	}
	return where + " has no field " + quote(name), meant(name, fields, all), "." + name
}

func meant(word string, candidates []string, otherwise string) string {
	if near := diag.Near(word, candidates); near != "" {
		return "did you mean " + quote(near) + "?"
	}
	return otherwise
}

// viewTypes are the types that layouts see, by the name that reflect gives.
func viewTypes() map[string]reflect.Type {
	out := map[string]reflect.Type{}
	for _, kind := range Contract() {
		gather(reflect.TypeOf(kind), out)
	}
	return out
}

func gather(t reflect.Type, out map[string]reflect.Type) {
	switch t.Kind() {
	case reflect.Slice:
		gather(t.Elem(), out)
	case reflect.Struct, reflect.Map, reflect.String, reflect.Int, reflect.Bool:
		out[t.String()] = t
		if t.Kind() == reflect.Struct {
			for i := range t.NumField() {
				gather(t.Field(i).Type, out)
			}
		}
	}
}

func fieldNames(t reflect.Type) []string {
	var out []string
	if t.Kind() == reflect.Struct {
		for i := range t.NumField() {
			out = append(out, t.Field(i).Name)
		}
	}
	for i := range t.NumMethod() {
		out = append(out, t.Method(i).Name)
	}
	return out
}

func functionNames() []string {
	names := slices.Collect(maps.Keys(Functions()))
	names = append(names, "and", "call", "html", "index", "slice", "js", "len", "not", "or", "print", "printf",
		"println", "urlquery", "eq", "ge", "gt", "le", "lt", "ne", "if", "else", "end", "range", "with", "template",
		"define", "block", "break", "continue", "nil", "true", "false")
	slices.Sort(names)
	return names
}

func lineOf(text string, n int) string {
	for range n - 1 {
		_, rest, ok := strings.Cut(text, "\n")
		if !ok {
			return ""
		}
		text = rest
	}
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimSuffix(line, "\r")
}

// columnOf returns where word stands in the line, counted in characters from
// 1, and its width: the occurrence nearest to byte at, or at itself.
func columnOf(line string, at int, word string) (column, width int) {
	best := -1
	for from := 0; word != "" && from <= len(line); {
		i := strings.Index(line[from:], word)
		if i < 0 {
			break
		}
		i += from
		if best < 0 || abs(i-at) < abs(best-at) {
			best = i
		}
		from = i + 1
	}
	switch {
	case best >= 0:
		word = strings.TrimRight(word, " ")
		return utf8.RuneCountInString(line[:best]) + 1, utf8.RuneCountInString(word)
	case at >= 0 && at <= len(line):
		return utf8.RuneCountInString(line[:at]) + 1, 1
	}
	trimmed := strings.TrimLeft(line, " \t")
	return utf8.RuneCountInString(line[:len(line)-len(trimmed)]) + 1, 1
}

func abs(n int) int { return max(n, -n) }

func quote(s string) string { return "“" + s + "”" }
