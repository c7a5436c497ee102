package schema

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lexicon is the words of one language by which structures are known: the
// names of their headings and columns, yes and no, and how times are written.
// It is never changed after it was made.
type Lexicon struct {
	headings map[string][]int8
	columns  map[string][]columnRef
	answers  map[string]string // folded word → "yes" or "no"
	labels   map[string]string // word files' key → its first name
	units    map[string]unit
	numbers  map[string]int
	moments  []moment
	whens    []string
	often    []rhythm
	every    map[string]bool
	weekdays map[string]int
}

// columnRef is one column of one structure.
type columnRef struct{ structure, column int8 }

// NewLexicon makes the lexicon of a language. word returns the text of a key
// of the words files, names separated by |, or "" when there is none.
func NewLexicon(word func(key string) string) *Lexicon {
	l := &Lexicon{headings: map[string][]int8{}, columns: map[string][]columnRef{}, answers: map[string]string{}, labels: map[string]string{}}
	for i, s := range structures {
		key := "structure." + s.Kind
		l.label(key, word(key), s.Kind)
		for _, name := range namesIn(word(key)) {
			l.headings[name] = append(l.headings[name], int8(i))
		}
		for j, c := range s.Columns {
			own := "column." + s.Kind + "." + c.Name
			text := word(own)
			if text == "" {
				text = word("column." + c.Name)
			}
			l.label(own, text, c.Name)
			for _, name := range namesIn(text) {
				l.columns[name] = append(l.columns[name], columnRef{int8(i), int8(j)})
			}
		}
	}
	for _, answer := range []string{"yes", "no"} {
		l.label("answer."+answer, word("answer."+answer), answer)
		for _, name := range namesIn(word("answer." + answer)) {
			l.answers[name] = answer
		}
	}
	l.times(word)
	l.rhythms(word)
	return l
}

func (l *Lexicon) label(key, text, otherwise string) {
	first, _, _ := strings.Cut(text, "|")
	if first = strings.TrimSpace(first); first == "" {
		first = strings.ReplaceAll(otherwise, "_", " ")
		first = strings.ToUpper(first[:1]) + first[1:]
	}
	l.labels[key] = first
}

// namesIn are the names in a text of a words file, folded.
func namesIn(text string) []string {
	var out []string
	for name := range strings.SplitSeq(text, "|") {
		if name = fold(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// Title is what the structure's heading is called in the language.
func (l *Lexicon) Title(structure int) string {
	return l.labels["structure."+structures[structure].Kind]
}

// ColumnTitle is what the column is called in the language.
func (l *Lexicon) ColumnTitle(structure, column int) string {
	s := &structures[structure]
	return l.labels["column."+s.Kind+"."+s.Columns[column].Name]
}

// Heading returns the structure that stands under a heading, or -1. An
// identifier that the author chose comes before the heading's words.
func (l *Lexicon) Heading(id, text string, scope Scope) int {
	if id != "" {
		if i := StructureOf(id); scope.Has(i) {
			return i
		}
	}
	var room [64]byte
	for _, i := range l.headings[string(appendFold(room[:0], text))] {
		if scope.Has(int(i)) {
			return int(i)
		}
	}
	return -1
}

// Answer reads yes or no as the language has them; "" is neither.
func (l *Lexicon) Answer(text string) string {
	var room [16]byte
	return l.answers[string(appendFold(room[:0], text))]
}

// maxColumns bounds the columns of a table that may be a structure.
const maxColumns = 16

// Table says which structure a table with these heads is, and for each head
// which column it names, -1 for none. under is the structure whose heading the
// table stands under, or -1; named says that the author chose its identifier.
func (l *Lexicon) Table(heads []string, scope Scope, under int, named bool) (structure int, at []int8) {
	if len(heads) == 0 || len(heads) > maxColumns || scope == 0 {
		return -1, nil
	}
	var found [maxColumns][]columnRef
	var room [48]byte
	known := false
	for i, h := range heads {
		found[i] = l.columns[string(appendFold(room[:0], h))]
		known = known || len(found[i]) > 0
	}
	if under >= 0 && (structures[under].Shape&Tabular == 0 || !scope.Has(under)) {
		under = -1
	}
	if !known && !(under >= 0 && named) {
		return -1, nil
	}
	best, most, tie := -1, 0, false
	if under >= 0 {
		row := place(found[:len(heads)], under)
		if most = matched(row); named || most > 0 && (!structures[under].Staff || signed(row, under)) {
			best = under
		}
		if named {
			return best, settle(row, heads, best)
		}
	}
	for i := range structures {
		if !scope.Has(i) || len(structures[i].Signs) == 0 || i == under {
			continue
		}
		row := place(found[:len(heads)], i)
		n := matched(row)
		if !signed(row, i) || 2*n < len(heads) || n < 2 || n < most || n == most && best == under && best >= 0 {
			continue // what the heading says counts unless the columns say more
		}
		best, tie, most = i, n == most && best >= 0, n
	}
	if best < 0 || tie {
		return -1, nil
	}
	return best, settle(place(found[:len(heads)], best), heads, best)
}

// place finds for each head the structure's column that it names. A column is
// named once.
func place(found [][]columnRef, structure int) (row [maxColumns]int8) {
	used := uint32(0)
	for i := range row {
		row[i] = -1
	}
	for i, refs := range found {
		for _, r := range refs {
			if int(r.structure) == structure && used>>r.column&1 == 0 {
				row[i] = r.column
				used |= 1 << r.column
				break
			}
		}
	}
	return row
}

func matched(row [maxColumns]int8) (n int) {
	for _, c := range row {
		if c >= 0 {
			n++
		}
	}
	return n
}

// signed reports whether all columns are there by which the structure is known.
func signed(row [maxColumns]int8, structure int) bool {
	s := &structures[structure]
	for _, sign := range s.Signs {
		ok := false
		for _, c := range row {
			ok = ok || c >= 0 && s.Columns[c].Name == sign
		}
		if !ok {
			return false
		}
	}
	return true
}

// settle gives the main column, where no head names it, to the first head that
// names no other: it is often left empty.
func settle(row [maxColumns]int8, heads []string, structure int) []int8 {
	out := make([]int8, len(heads))
	free, main := -1, false
	for i := range heads {
		out[i] = row[i]
		main = main || row[i] == 0
		if row[i] < 0 && free < 0 {
			free = i
		}
	}
	if !main && free >= 0 {
		out[free] = 0
	}
	return out
}

// Field returns the column that a key of nested front matter names, or -1: by
// the column's own name, or as a table's head would.
func (l *Lexicon) Field(key string, structure int) int {
	folded := fold(key)
	for i, c := range structures[structure].Columns {
		if fold(c.Name) == folded {
			return i
		}
	}
	for _, r := range l.columns[folded] {
		if int(r.structure) == structure {
			return int(r.column)
		}
	}
	return -1
}

// appendFold appends text as fold would return it. Short texts so need no
// memory of their own.
func appendFold(dst []byte, text string) []byte {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
				dst = append(dst, c)
			case c >= 'A' && c <= 'Z':
				dst = append(dst, c|0x20)
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		i += n
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			dst = utf8.AppendRune(dst, unicode.ToLower(r))
		}
	}
	return dst
}
