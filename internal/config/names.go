package config

import (
	"maps"
	"strings"
)

// Some words of the interface are also what headings, columns, answers and
// times are known by. Their text is a row of names with | between them: the
// first is shown, each of them is understood.
var named = []string{"structure.", "column.", "answer.", "clock.", "topic.", "phrase."}

func isNamed(key string) bool {
	for _, prefix := range named {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

// Over lays the text of a key over the one below it. Names add up: what a site
// calls a thing is understood beside what everybody calls it.
func Over(key, text, below string) string {
	if below == "" || !isNamed(key) {
		return text
	}
	return text + " | " + below
}

// Labels are the words as they are shown: of names, the first.
func (w Words) Labels() Words {
	out := make(Words, len(w))
	for lang, texts := range w {
		labels := maps.Clone(texts)
		for key, text := range labels {
			if !isNamed(key) {
				continue
			}
			switch group, _, _ := strings.Cut(key, "."); group {
			case "clock", "topic", "phrase": // understood, never shown
				delete(labels, key)
				continue
			}
			first, _, _ := strings.Cut(text, "|")
			labels[key] = strings.TrimSpace(first)
		}
		out[lang] = labels
	}
	return out
}

// Names are the words that have names, with all of them.
func (w Words) Names() Words {
	out := make(Words, len(w))
	for lang, texts := range w {
		names := map[string]string{}
		for key, text := range texts {
			if isNamed(key) {
				names[key] = text
			}
		}
		out[lang] = names
	}
	return out
}
