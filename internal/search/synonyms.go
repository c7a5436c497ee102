package search

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"peppermill/internal/config"
)

// synonym is a sequence of words and what is searched for beside it.
type synonym struct {
	from string
	to   []string
}

// MarshalJSON writes it as the format has it.
func (s synonym) MarshalJSON() ([]byte, error) { return json.Marshal([]any{s.from, s.to}) }

// synonyms lists the site's own and, for what it says nothing of, the usual
// ones, without those that would find nothing here. Sorted.
func (ix *index) synonyms() []synonym {
	to := map[string][]string{}
	add := func(from string, all []string) {
		if from = phrase(from); from == "" {
			return
		}
		for _, t := range all {
			if t = phrase(t); t != "" && t != from && !slices.Contains(to[from], t) {
				to[from] = append(to[from], t)
			}
		}
	}
	own := ix.ownSynonyms()
	said := map[string]bool{}
	for _, s := range own {
		said[phrase(s.From)] = true
		add(s.From, s.To)
	}
	for _, s := range ix.usual() {
		if !said[phrase(s.From)] {
			add(s.From, s.To)
		}
	}
	return ix.spelled(to)
}

// spelled puts each word as the dictionary has it, in whichever ending, and leaves
// out what would find nothing, or only what is found already. What differs in endings
// only is one row. A word on the left that is nowhere stays: it may be typed all the same.
func (ix *index) spelled(to map[string][]string) []synonym {
	here := ix.present(to)
	spell := func(text string) (spelled, key string, all bool) {
		words, all := strings.Fields(text), true
		var groups strings.Builder
		for i, w := range words {
			if form := here[w]; form.word != "" {
				words[i] = form.word
				groups.WriteString(strconv.Itoa(int(form.group)) + " ")
			} else {
				all = false
				groups.WriteString(w + " ")
			}
		}
		return strings.Join(words, " "), groups.String(), all
	}
	out := []synonym{}
	rows := map[string]int{} // by the groups on the left, where in out
	has := map[string]bool{}
	for _, from := range slices.Sorted(maps.Keys(to)) {
		left, key, _ := spell(from)
		for _, t := range to[from] {
			right, other, ok := spell(t)
			if !ok || other == key || has[key+"="+other] {
				continue
			}
			has[key+"="+other] = true
			if _, ok := rows[key]; !ok {
				rows[key] = len(out)
				out = append(out, synonym{from: left})
			}
			out[rows[key]].to = append(out[rows[key]].to, right)
		}
	}
	slices.SortFunc(out, func(a, b synonym) int { return strings.Compare(a.from, b.from) })
	return out
}

// usual are the built-in ones for a site that speaks of customers at all; to any
// other they are noise, and bytes in every first search.
func (ix *index) usual() []config.Synonym {
	for _, s := range ix.shards {
		for _, id := range s.words {
			switch ix.words[id].word {
			case "customer", "customers", "client", "clients", "guest", "guests", "refund", "refunds", "kunde", "kunden", "kundin", "gast", "gaste":
				return usual(ix.lang)
			}
		}
	}
	return nil
}

func (ix *index) ownSynonyms() []config.Synonym {
	all := ix.site.Config.Synonyms
	own := slices.Clone(all[""])
	base, _, _ := strings.Cut(ix.lang, "-")
	own = append(own, all[base]...)
	if base != ix.lang {
		own = append(own, all[ix.lang]...)
	}
	return own
}

// phrase is a text as its words.
func phrase(s string) string { return strings.Join(Words(s), " ") }

// longEnding is how much longer than a word another of its stem may be to stand for it:
// a response is not responsibilities.
const longEnding = 5

// present gives, for the words of both sides that are in the dictionary, themselves,
// and for others the first there of the same stem.
func (ix *index) present(to map[string][]string) map[string]entry {
	here := map[string]entry{}
	groups := map[uint32][]string{}
	ask := func(text string) {
		for _, w := range strings.Fields(text) {
			if _, asked := here[w]; asked {
				continue
			}
			here[w] = entry{}
			if g, ok := ix.lexicon.groupOf(ix.lang, w); ok {
				groups[g] = append(groups[g], w)
			}
		}
	}
	for from, all := range to {
		ask(from)
		for _, t := range all {
			ask(t)
		}
	}
	for _, s := range ix.shards {
		for _, id := range s.words {
			found := ix.words[id]
			if _, asked := here[found.word]; asked {
				here[found.word] = found
			}
			for _, w := range groups[found.group] {
				old := here[w].word
				if len(found.word) < len(w)+longEnding && (old == "" || old != w && found.word < old) {
					here[w] = found
				}
			}
		}
	}
	return here
}
