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
	topics  map[string]string   // by folded name
	phrases map[string][]phrase // by first word, the longer first
	units   map[string]string   // folded name → the first of its names
}

// phrase is a turn of phrase; at is where its first word begins.
type phrase struct {
	key, text, folded string
	at                int
}

// allKnown makes the words of each language that has any topics.
func allKnown(words config.Words) map[string]*known {
	out := map[string]*known{}
	for lang, texts := range words {
		k := &known{topics: map[string]string{}, phrases: map[string][]phrase{}, units: map[string]string{}}
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
					k.add(phrase{key: name, text: one, folded: foldPhrase(plain)})
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
		for _, list := range k.phrases {
			slices.SortStableFunc(list, func(a, b phrase) int { return cmp.Compare(len(b.folded), len(a.folded)) })
		}
		out[lang] = k
	}
	return out
}

// add takes in a phrase, unless its list has it. One without a word is none.
func (k *known) add(p phrase) {
	for p.at < len(p.folded) && !isWordByte(p.folded[p.at]) {
		p.at++
	}
	word := p.folded[p.at : p.at+wordLength(p.folded[p.at:])]
	same := func(o phrase) bool { return o.key == p.key && o.folded == p.folded }
	if word != "" && !slices.ContainsFunc(k.phrases[word], same) {
		k.phrases[word] = append(k.phrases[word], p)
	}
}

// wordLength is the length of the word that s begins with.
func wordLength[T string | []byte](s T) int {
	n := 0
	for n < len(s) && isWordByte(s[n]) {
		n++
	}
	return n
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
