package scaffold

import (
	"regexp"
	"strings"
	"unicode"

	"peppermill/internal/data"
)

// scalar is a value to write. Its text is what a reader gets back.
type scalar struct {
	text string
	bare bool // a day or yes and no: needs no quotes in any format
	word bool // a word that YAML needs no quotes for
}

// simple is text that YAML reads as it stands.
var simple = regexp.MustCompile(`^[\p{L}][\p{L}\p{M}]*([ .'-]?[\p{L}\p{M}]+)*$|^[\w-]+(/[\w-]+)*\.(md|markdown)$|^(\.\./)+[\w./-]+$`)

// spoken are words that YAML of one version or another takes for something
// other than text.
var spoken = regexp.MustCompile(`(?i)^(null|true|false|yes|no|on|off|y|n)$`)

func textOf(s string) scalar {
	return scalar{text: s, word: simple.MatchString(s) && !spoken.MatchString(s)}
}

// written is the value as the format has it. It keeps the quotes that the old
// value was written with.
func (v scalar) written(format data.Format, old string) string {
	quote := byte(0)
	if old != "" && (old[0] == '"' || old[0] == '\'') {
		quote = old[0]
	}
	plain := v.bare || v.word && format == data.YAML
	switch {
	case quote == '\'' && strings.IndexFunc(v.text, func(r rune) bool { return r == '\'' || !unicode.IsPrint(r) }) < 0:
		return "'" + v.text + "'"
	case plain && quote == 0:
		return v.text
	}
	return quoted(v.text)
}
