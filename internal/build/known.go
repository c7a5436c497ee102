package build

import (
	"maps"
	"strings"

	"peppermill/internal/config"
	"peppermill/internal/page"
)

// avoided adds the site's own words to avoid to the names that the parser knows
// pages by.
func avoided(cfg *config.Config, names config.Words) config.Words {
	words, ok := cfg.Data.Get("words-to-avoid")
	if !ok {
		return names
	}
	out := make(config.Words, len(names))
	for lang, texts := range names {
		out[lang] = maps.Clone(texts)
		avoid(out[lang], words, lang)
	}
	return out
}

// avoid adds _data/words-to-avoid.yaml and _data/words-to-avoid/de.yaml: maps
// from what nobody should say to what to say instead, or lists.
func avoid(texts map[string]string, words page.Value, lang string) {
	add := func(text, instead string) {
		if instead != "" {
			text += " = " + instead
		}
		texts["phrase.cold"] += " | " + strings.ReplaceAll(text, "|", " ")
	}
	for _, f := range words.Fields {
		switch f.Value.Kind {
		case page.Scalar, page.Null:
			add(f.Key, f.Value.Text)
		default:
			if f.Key == lang {
				avoid(texts, f.Value, "")
			}
		}
	}
	for _, item := range words.Items {
		if item.Kind == page.Scalar {
			add(item.Text, "")
		}
	}
}
