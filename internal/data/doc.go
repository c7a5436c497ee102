// Package data is the decoder: the bytes of YAML, TOML or JSON become a tree
// of [page.Value] that knows where each key and value stands.
//
// In: text and its format, as front matter, site.yaml or a file of _data has
// it. Out: the tree, findings in plain words at the right line and column, and
// whether the text could be read at all. Scalars stay as written (no, 1.10 and
// 0x1F are text; only quotes, escapes and block scalars are resolved), so that
// each reader resolves a field by the field's own type. Text from anywhere is
// safe to give: size, depth and the growth through YAML aliases are bounded.
//
// It never reads a file, never knows what a key means, and never panics.
//
// Start at [Input], then [Decode]; yaml.go, toml.go and json.go are the three
// adapters to the parsers.
package data

import (
	"fmt"
	"path"
	"strings"

	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/source"
)

// Format is the language that a text is written in.
type Format uint8

// The formats. The zero Format is none that this package reads.
const (
	YAML Format = iota + 1
	TOML
	JSON
)

// String gives the name that people use.
func (f Format) String() string {
	return [...]string{"unknown", "YAML", "TOML", "JSON"}[f]
}

// FormatOf returns the format that a file's name promises.
func FormatOf(name string) (Format, bool) {
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml":
		return YAML, true
	case ".toml":
		return TOML, true
	case ".json":
		return JSON, true
	}
	return 0, false
}

// Limits that no honest file comes near.
const (
	MaxFrontMatter = 1 << 20  // bytes of one page's front matter
	MaxFile        = 16 << 20 // bytes of a configuration or data file
	MaxDepth       = 100      // values inside values
	maxMarks       = 500_000  // separators: bounds the number of values before any is made
	maxAliased     = 10_000   // values that YAML aliases may add by repeating others
	maxRepeats     = 20       // findings about repeated keys in one text
)

// Names of the rules.
const (
	RuleSyntax   = "data-syntax"
	RuleEncoding = "data-encoding"
	RuleLimit    = "data-limit"
	RuleRepeated = "key-repeated"
	RuleCutOff   = "value-cut-off"
)

// Rules are the findings that Decode can give. The text could not be read when
// one of the first three is among them.
func Rules() []diag.Rule {
	return []diag.Rule{
		{Name: RuleSyntax, Class: diag.Fix, About: "A data file or a setting does not follow the grammar of its format, so nothing in it can be used."},
		{Name: RuleEncoding, Class: diag.Fix, About: "A text holds bytes that are no UTF-8, or invisible control characters."},
		{Name: RuleLimit, Class: diag.Fix, About: "A text is too large or nested too deeply to be read safely."},
		{Name: RuleRepeated, Class: diag.Tip, About: "The same key stands twice in one place, and only one of its values can count."},
		{Name: RuleCutOff, Class: diag.Tip, About: "A # that follows a space begins a comment in YAML, so the words after it are not part of the value."},
	}
}

// Input is a text to decode.
type Input struct {
	Text   []byte
	Format Format

	// Pos says where a line and column of Text, both counted from 1 and the
	// column in characters, stand in the author's file.
	Pos func(line, column int) diag.Pos

	// MaxBytes bounds len(Text); 0 means MaxFile.
	MaxBytes int

	// Merge chooses between two values of a key that stands twice at the top
	// of Text. Without it the last one counts.
	Merge func(key string, first, last page.Value) page.Value
}

// Decode reads a text. ok is false when it could not be read; the tree is then
// empty and the findings say why. An empty text gives a Null tree and is ok.
func Decode(in Input) (tree page.Value, findings diag.List, ok bool) {
	d := &decoder{in: in}
	defer func() {
		// The parsers are other people's code and the input is anybody's: a
		// page that cannot be read must not take the whole build with it.
		if fault := recover(); fault != nil {
			d.fail(RuleSyntax, 1, 1, fmt.Sprintf("This %s cannot be read: the reader for it gave up (%v).", in.Format, fault),
				"Shorten the text until it is accepted, and please report what had to go.")
			tree, findings, ok = page.Value{}, d.findings, false
		}
	}()
	if d.acceptable() {
		switch in.Format {
		case YAML:
			tree = d.yaml()
		case TOML:
			tree = d.toml()
		case JSON:
			tree = d.json()
		default:
			d.fail(RuleSyntax, 1, 1, "This file is neither YAML, TOML nor JSON.", "Give it a name that ends in .yaml, .toml or .json.")
		}
	}
	if d.failed {
		return page.Value{}, d.findings, false
	}
	return tree, d.findings, true
}

// DecodeFile decodes a whole file, in the format that its name promises.
func DecodeFile(f source.File) (page.Value, diag.List, bool) {
	format, _ := FormatOf(f.Path)
	return Decode(Input{Text: f.Data, Format: format, Pos: f.Pos})
}
