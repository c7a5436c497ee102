// Package frontmatter is the cutter: it parts a page's file into the block of
// settings at its top and the body below it.
//
// In: a [source.File]. Out: a [Block], whose Tree is the settings with their
// places and whose Body is the rest, untouched, and findings. The block is cut
// here, line by line, and decoded by package data; the front-matter library
// only ever sees a block that is already cut (library.go says why).
//
// What counts as front matter:
//
//   - The first line is --- (YAML) or +++ (TOML), and a later line that begins
//     in the first column with the same mark, or ... for YAML, ends it. Spaces
//     after a mark do not matter; ---yaml and ---toml name the format.
//   - What stands between must be keys and values. A list, a sentence or
//     nothing but headings between two --- lines is a page that begins with a
//     thematic break, and is left in the body.
//   - A block that is meant as front matter but cannot be read, is never
//     closed, or is written as JSON makes the page Broken: nobody can say
//     whether it may be published, so it is withheld. A line "key: value" with
//     a known key is enough to tell what was meant.
//   - Blank lines or comments above the block, or a mark with too many dashes,
//     are forgiven with a tip when the block has a known key.
//
// A line ends with LF, CR LF or a lone CR. The package never guesses a value,
// never drops a byte of the body, and never panics.
//
// Start at [Read], then cut.go.
package frontmatter

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"peppermill/internal/data"
	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/schema"
	"peppermill/internal/source"
)

// Names of the rules.
const (
	RuleSyntax    = "frontmatter-syntax"
	RuleUnclosed  = "frontmatter-unclosed"
	RuleFormat    = "frontmatter-format"
	RuleSwallowed = "frontmatter-swallowed"
	RuleMisplaced = "frontmatter-misplaced"
	RuleNone      = "frontmatter-none"
)

// Rules are the findings that Read can give, beside those of package data.
func Rules() []diag.Rule {
	return []diag.Rule{
		{Name: RuleSyntax, Class: diag.Fix, About: "The settings at the top of a page cannot be read, so nobody can say whether it may be published; it is withheld."},
		{Name: RuleUnclosed, Class: diag.Fix, About: "The settings at the top of a page have no closing or no opening line, so the page is withheld."},
		{Name: RuleFormat, Class: diag.Fix, About: "The settings at the top of a page are written as JSON, which is not read there, so the page is withheld."},
		{Name: RuleSwallowed, Class: diag.Fix, About: "A line that decides who sees the page has become a part of another value or of the text, so the page is withheld."},
		{Name: RuleMisplaced, Class: diag.Tip, About: "The settings of a page do not begin in its first line with exactly three dashes; they were understood all the same."},
		{Name: RuleNone, Class: diag.Tip, About: "A page begins with a line of dashes as settings do, but what follows are no settings; it is shown as text."},
	}
}

// Block is a file, parted.
type Block struct {
	Tree     page.Value // a Map, or Null when there are no settings
	Body     []byte     // the rest of the file, as it is
	BodyLine int        // line number of Body's first line in the file
	Broken   bool       // settings were meant and cannot be read: withhold the page

	// For an editor: the settings stand in the lines from First up to the line
	// before BodyLine, which closes them. First is 0 without settings.
	Format data.Format
	First  int
}

// Read parts a file. A Broken block has no tree; an unclosed one has no body
// either, because nobody knows where it would begin.
func Read(f source.File) (Block, diag.List) {
	c, ok := cut(f.Data)
	if !ok {
		r := reader{file: f}
		if line := unopened(f.Data); line > 0 {
			return r.broken(c, RuleUnclosed, line, 1, 0, "The settings of this page end with a line ---, but do not begin with one, so the page is withheld.",
				"Put a line --- above the first setting.")
		}
		if line := jsonLine(f.Data); line > 0 {
			return r.broken(c, RuleFormat, line, 1, 1, "The settings of this page are written as JSON, which is not read here.",
				"Write them as YAML: a line ---, then name: value in each line, then another line ---.")
		}
		return r.whole(), nil
	}
	r := reader{file: f, cut: c, text: f.Data[c.text:c.end]}
	if !c.closed {
		return r.unclosed()
	}
	return r.closed()
}

// reader is the state of reading one file.
type reader struct {
	file     source.File
	cut      cutting
	text     []byte // between the marks
	findings diag.List
}

// whole is a file without settings.
func (r *reader) whole() Block {
	return Block{Body: bytes.TrimPrefix(r.file.Data, bom), BodyLine: 1}
}

func (r *reader) report(rule string, line, column, width int, message, hint string) {
	r.findings = append(r.findings, diag.Diagnostic{Rule: rule, Pos: r.file.Pos(line, column), Width: width, Message: message, Hint: hint})
}

// broken is a file whose settings cannot be read.
func (r *reader) broken(c cutting, rule string, line, column, width int, message, hint string) (Block, diag.List) {
	r.report(rule, line, column, width, message, hint)
	return Block{Body: r.file.Data[c.body:], BodyLine: max(c.bodyLine, 1), Broken: true}, r.findings
}

func (r *reader) unclosed() (Block, diag.List) {
	at := meant(r.text, r.cut.loose || firstLineEmpty(r.text), true)
	if at == 0 {
		return r.whole(), nil
	}
	mark := r.cut.mark
	hint := "Put a line " + mark + " below the last setting."
	if line, odd := oddMark(r.text); line > 0 && line > at {
		hint = fmt.Sprintf("Line %d (%s) may be meant as the end: write %s from the first column on.", r.cut.line+line, odd, mark)
	}
	return r.broken(r.cut, RuleUnclosed, r.cut.line, 1, utf8.RuneCountInString(mark),
		"The settings of this page begin here and are never closed, so the page is withheld.", hint)
}

func (r *reader) closed() (Block, diag.List) {
	tree, findings, ok := decode(r.text, data.Input{
		Format: r.cut.format, MaxBytes: data.MaxFrontMatter, Merge: schema.MorePrivate,
		Pos: func(line, column int) diag.Pos { return r.file.Pos(r.cut.line+line, column) },
	})
	strict := r.cut.loose || firstLineEmpty(r.text)
	switch {
	case ok && tree.Kind == page.Map:
		if strict && !anyKnown(tree) {
			return r.none()
		}
		if line, key := swallowed(r.text, tree, r.cut.format); line > 0 {
			return r.broken(r.cut, RuleSwallowed, r.cut.line+line, 1, utf8.RuneCountInString(key),
				"This line looks like a setting of its own, but is part of the value above it.",
				"Look for a quote or bracket above that is not closed, or indent the line like the text it belongs to.")
		}
		return r.settings(tree, findings), r.findings
	case ok && tree.Kind == page.Null:
		if !onlyComments(r.text) || r.cut.loose {
			return r.none()
		}
		return r.settings(page.Value{Pos: r.file.Pos(r.cut.line, 1)}, findings), r.findings
	}
	line := meant(r.text, strict, false)
	if line == 0 {
		return r.none()
	}
	if ok {
		return r.broken(r.cut, RuleSyntax, r.cut.line+line, 1, 0, "This should be name: value, but is read as plain text.", syntaxHint(r.text, line, r.cut.format))
	}
	for _, d := range findings {
		if d.Rule == data.RuleSyntax {
			d.Rule = RuleSyntax
		}
		r.findings = append(r.findings, d)
	}
	return Block{Body: r.file.Data[r.cut.body:], BodyLine: r.cut.bodyLine, Broken: true}, r.findings
}

// settings is a file with a block that was read. A second block right below it
// would become text; when that one decides who sees the page, nobody can say
// which of the two is meant.
func (r *reader) settings(tree page.Value, findings diag.List) Block {
	line := secondBlock(r.file.Data[r.cut.body:])
	if line == 0 && bytes.HasPrefix(r.file.Data[r.cut.end:], []byte("...")) {
		line = moreSettings(r.file.Data[r.cut.body:])
	}
	if line > 0 {
		block, _ := r.broken(r.cut, RuleSwallowed, r.cut.bodyLine+line-1, 1, 0, "Here are settings once more, below the end of the first ones.",
			"Put all settings between the first two lines of dashes.")
		return block
	}
	if r.cut.loose {
		r.report(RuleMisplaced, r.cut.line, 1, 0, "The settings of this page should begin in its first line with exactly "+r.cut.mark+".",
			"Delete what stands above or around the mark.")
	}
	r.findings = append(r.findings, findings...)
	return Block{Tree: tree, Body: r.file.Data[r.cut.body:], BodyLine: r.cut.bodyLine, Format: r.cut.format, First: r.cut.line + 1}
}

// none is a file that begins like settings but has none.
func (r *reader) none() (Block, diag.List) {
	if !r.cut.loose {
		r.report(RuleNone, r.cut.line, 1, utf8.RuneCountInString(r.cut.mark),
			"What follows this line are no settings, so it is shown as a line across the page.", "Write *** if a line across the page is meant, or name: value if settings are.")
	}
	return r.whole(), r.findings
}

func anyKnown(tree page.Value) bool {
	for _, f := range tree.Fields {
		if schema.Known(f.Key) {
			return true
		}
	}
	return false
}

// syntaxHint says what the most usual mistake would be in a line that became
// part of a plain text.
func syntaxHint(text []byte, line int, format data.Format) string {
	key, value, ok := strings.Cut(strings.TrimSpace(string(nthLine(text, line))), ":")
	if ok && value != "" && value[0] != ' ' {
		return "There must be a space after the colon: " + key + ": " + value
	}
	if key, value, ok := strings.Cut(key, "="); ok && format == data.YAML {
		return "Write " + strings.TrimSpace(key) + ": " + strings.TrimSpace(value) + ", or put +++ lines around the settings."
	}
	return "Write each setting as name: value in a line of its own, without a dash before it."
}
