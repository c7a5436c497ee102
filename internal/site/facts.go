package site

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"peppermill/internal/page"
)

// fact is a named fact of the site whose value is a number with a unit.
type fact struct {
	name, value  string
	number, unit string
	phrases      []string   // by which a sentence speaks of it
	words        [][]string // or by all words of one of these
}

// telling are the types of pages that say what is so. Stories and articles tell
// what was, or what others do.
var telling = []string{"policy", "procedure", "standard", "checklist", "playbook", "module", "course", "role", "worksheet"}

// checkFacts reports sentences that speak of one of the site's facts and give
// another number for it. It is careful: the unit must be the same, and the
// sentence must name the fact by one of its phrases, by its whole label or by
// all words of one of its names. A log of changes may name what was.
func (l *linker) checkFacts() {
	facts := l.figures()
	if len(facts) == 0 {
		return
	}
	for _, p := range l.pages[:l.sources] {
		src := p.Source
		if len(src.Figures) == 0 || !p.listed || !slices.Contains(telling, src.Meta.Type) {
			continue
		}
		logged := logLines(src)
		for i := range src.Figures {
			if f := &src.Figures[i]; !logged[f.Pos.Line] {
				l.checkFigure(src, f, facts)
			}
		}
	}
}

func (l *linker) checkFigure(src *page.Page, f *page.Figure, facts []fact) {
	for i := range facts {
		known := &facts[i]
		if known.number == f.Number || !strings.HasPrefix(known.unit, f.Unit) || !known.spokenOf(f.Near) {
			continue
		}
		if value, _ := l.site.Value(src, known.name); value != known.value {
			continue // the page has a value of its own
		}
		l.report(ruleFactDiffers, f.Pos, f.Width, "the page gives "+f.Number+" for "+quote(known.name)+", which is "+quote(known.value),
			"write %{"+known.name+"}, so that the fact stands in one place")
		return
	}
}

// figures are the facts that have a number and a unit, by name.
func (l *linker) figures() []fact {
	if len(l.cfg.Facts)+len(l.cfg.Values) == 0 {
		return nil
	}
	names := slices.AppendSeq(slices.Collect(maps.Keys(l.cfg.Facts)), maps.Keys(l.cfg.Values))
	slices.Sort(names)
	var out []fact
	for _, name := range slices.Compact(names) {
		about, known := l.cfg.Facts[name]
		if known && about.Name != "" && about.Name != name {
			continue // an alias
		}
		value, filled := l.site.Value(nil, name)
		number, unit, ok := strings.Cut(plainText(value), " ")
		if !filled || !ok || strings.Trim(number, "0123456789") != "" {
			continue
		}
		f := fact{name: name, value: value, number: number, unit: unit}
		for _, phrase := range append(slices.Clone(about.Phrases), about.Label) {
			if phrase = plainText(phrase); phrase != "" {
				f.phrases = append(f.phrases, " "+phrase+" ")
			}
		}
		for _, known := range append(slices.Clone(about.Aliases), name) {
			if words := strings.Fields(plainText(known)); len(words) > 1 {
				f.words = append(f.words, words)
			}
		}
		out = append(out, f)
	}
	return out
}

func (f *fact) spokenOf(sentence string) bool {
	s := " " + plainText(sentence) + " "
	if slices.ContainsFunc(f.phrases, func(p string) bool { return strings.Contains(s, p) }) {
		return true
	}
	return slices.ContainsFunc(f.words, func(words []string) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(s, " "+w+" ") })
	})
}

// plainText is words in lower case with one space between them.
func plainText(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// logLines are the lines of the page on which its log of changes stands.
func logLines(src *page.Page) map[int]bool {
	lines := map[int]bool{}
	for _, c := range src.Meta.Control.Changes {
		lines[c.Pos.Line] = true
	}
	for _, s := range src.Structures {
		if s.Kind != "changes" {
			continue
		}
		for _, row := range s.Rows {
			for _, c := range row.Cells {
				lines[c.Pos.Line] = true
			}
		}
	}
	return lines
}
