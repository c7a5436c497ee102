package config

import (
	"slices"

	"peppermill/internal/page"
)

// Synonym is a search that finds other words as well.
type Synonym struct {
	From string
	To   []string // empty where the site takes back what the program would look for
}

// synonyms reads _data/synonyms.yaml, for all languages, or
// _data/synonyms/de.yaml, for one: a map from what people type to what is
// looked for beside it, or a list of lists whose words stand for each other.
func (r *reader) synonyms(c *Config, lang string, v page.Value) {
	if c.Synonyms == nil {
		c.Synonyms = map[string][]Synonym{}
	}
	for _, f := range v.Fields {
		s := Synonym{From: f.Key}
		if f.Value.Kind != page.Null {
			s.To = r.texts(f.Value)
		}
		c.Synonyms[lang] = append(c.Synonyms[lang], s)
	}
	for _, item := range v.Items {
		if item.Kind != page.List {
			r.report(ruleShape, item, "one word alone is no synonym", "write the words that mean the same in one line, as - [refund, money back]")
			continue
		}
		words := r.texts(item)
		for i, from := range words {
			c.Synonyms[lang] = append(c.Synonyms[lang], Synonym{From: from, To: slices.Concat(words[:i], words[i+1:])})
		}
	}
	if v.Kind == page.Scalar {
		r.report(ruleShape, v, "here should stand what people type and what it finds as well", "write it as money back: refund")
	}
}
