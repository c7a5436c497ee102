package theme

import (
	"path"
	"strings"

	"peppermill/internal/config"
	"peppermill/internal/data"
	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// loadWords reads ui/<language>.yaml: the built-in words and, over them, the
// words that the site's theme has for the same language. Names add up.
func loadWords(t *tree) (config.Words, diag.List) {
	words := config.Words{}
	var findings diag.List
	for _, p := range t.under("ui/") {
		lang, ok := strings.CutSuffix(path.Base(p), ".yaml")
		if !ok {
			continue
		}
		all := map[string]string{}
		for _, f := range t.layers(p) {
			findings = append(findings, decodeWords(f, all)...)
		}
		words[lang] = all
	}
	return words, findings
}

// layers are the built-in file and the site's own of the same path, in the
// order in which the later one's words win.
func (t *tree) layers(p string) []file {
	if below, ok := t.fallback[p]; ok {
		return []file{below, t.files[p]}
	}
	return []file{t.files[p]}
}

// decodeWords adds the file's words to all: key and text, where a map within
// the map joins its keys with a dot.
func decodeWords(f file, all map[string]string) diag.List {
	tree, findings, ok := data.Decode(data.Input{
		Text:   f.data,
		Format: data.YAML,
		Pos:    func(line, column int) diag.Pos { return diag.Pos{Path: f.shown, Line: line, Column: column} },
	})
	if !ok {
		return findings
	}
	return append(findings, flatten("", tree, all)...)
}

func flatten(prefix string, v page.Value, all map[string]string) diag.List {
	var findings diag.List
	switch v.Kind {
	case page.Scalar:
		all[prefix] = config.Over(prefix, v.Text, all[prefix])
	case page.Map:
		for _, f := range v.Fields {
			key := f.Key
			if prefix != "" {
				key = prefix + "." + key
			}
			findings = append(findings, flatten(key, f.Value, all)...)
		}
	case page.List:
		findings = append(findings, diag.Diagnostic{
			Rule: ruleWords, Class: diag.Fix, Pos: v.Pos, Width: v.Width,
			Message: "a list is no word of the interface",
			Hint:    "write one word a line: key: text",
		})
	}
	return findings
}
