package markdown

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"peppermill/internal/config"
)

// known are the words of one language that rules know pages by. They come from
// the files of interface words, as rows of names with | between them:
//
//	topic.KEY    what a heading, a column or a term is called that speaks of KEY
//	phrase.KEY   turns of phrase; what to say instead may follow a =
//	clock.KEY    units of time
type known struct {
	topics  map[string]string // by folded name
	phrases []phrase
	units   map[string]string // folded name → the first of its names
}

type phrase struct{ key, text, folded string }

// allKnown makes the words of each language that has any topics.
func allKnown(words config.Words) map[string]*known {
	out := map[string]*known{}
	for lang, texts := range words {
		k := &known{topics: map[string]string{}, units: map[string]string{}}
		for _, key := range slices.Sorted(maps.Keys(texts)) {
			text := texts[key]
			group, name, _ := strings.Cut(key, ".")
			if group == "topic" {
				k.topics[foldTopic(name)] = name // as an identifier
			}
			for _, one := range rowOf(text) {
				switch group {
				case "topic":
					if folded := foldTopic(one); k.topics[folded] == "" {
						k.topics[folded] = name
					}
				case "phrase":
					plain, _, _ := strings.Cut(one, "=")
					k.phrases = append(k.phrases, phrase{name, one, foldPhrase(plain)})
				case "clock":
					if slices.Contains([]string{"minute", "hour", "day", "workday", "week", "month", "year"}, name) {
						k.units[foldPhrase(one)] = foldPhrase(rowOf(text)[0])
					}
				}
			}
		}
		if len(k.topics) == 0 {
			continue
		}
		slices.SortFunc(k.phrases, func(a, b phrase) int { // the longer first
			return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(len(b.folded), len(a.folded)), cmp.Compare(a.text, b.text))
		})
		k.phrases = slices.CompactFunc(k.phrases, func(a, b phrase) bool { return a.key == b.key && a.folded == b.folded })
		out[lang] = k
	}
	return out
}

// rowOf splits a row of names.
func rowOf(text string) []string {
	var out []string
	for one := range strings.SplitSeq(text, "|") {
		if one = strings.TrimSpace(one); one != "" {
			out = append(out, one)
		}
	}
	return out
}

// knownIn returns the words of a language, or of its base language, or nil.
func (p *Parser) knownIn(lang string) *known {
	for {
		if k := p.known[lang]; k != nil {
			return k
		}
		i := strings.LastIndexByte(lang, '-')
		if i < 0 {
			return nil
		}
		lang = lang[:i]
	}
}

// foldTopic brings a heading to the form that names are compared in: lower
// case, without what follows a comma, and without marks at its ends.
func foldTopic(s string) string {
	if i := strings.IndexAny(s, ",:;("); i > 0 {
		s = s[:i]
	}
	return strings.TrimFunc(foldPhrase(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// foldPhrase is lower case with single spaces and straight marks. Text of pages
// is folded by fold, which keeps places.
func foldPhrase(s string) string {
	return strings.Join(strings.Fields(strings.Map(plainLetter, s)), " ")
}

// plainLetter folds one character: case, spaces of any width, and the marks
// that typography makes of typed ones. A hyphen may be written or not.
func plainLetter(r rune) rune {
	switch {
	case r == '’' || r == '‘':
		return '\''
	case r == '-' || r == '‑' || unicode.IsSpace(r):
		return ' '
	}
	return unicode.ToLower(r)
}
