package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"peppermill/internal/build"
	"peppermill/internal/diag"
	"peppermill/internal/schema"
)

func (a *app) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of front matter, for editors",
		Long: `Print the JSON Schema of front matter, so that an editor can offer keys and
values and say what each is for.

In VS Code, with an extension that knows YAML, save it as front-matter.json and
name it in the extension's settings for *.md files.`,
		Example: "  peppermill schema > front-matter.json",
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			text, err := schema.JSON()
			if err == nil {
				_, err = a.stdout.Write(text)
			}
			return err
		},
	}
}

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "explain <rule|key|type>",
		Short:   "Say what a rule, a front matter key or a page type means",
		Example: "  peppermill explain link-missing\n  peppermill explain review_every\n  peppermill explain policy",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage{"explain takes one word", "write the name of a rule, which stands in brackets at the end of a finding, of a key or of a type"}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.explain(args[0]) },
	}
}

// explanation is what is known of one word, and one object of the JSON.
type explanation struct {
	Name   string   `json:"name"`
	Sort   string   `json:"sort"` // rule, key or type
	About  string   `json:"about"`
	Class  string   `json:"class,omitempty"`  // of a rule
	Also   []string `json:"also,omitempty"`   // synonyms
	Values []string `json:"values,omitempty"` // that a key takes; kinds of a type
	Folder []string `json:"folders,omitempty"`
	Of     []string `json:"of,omitempty"`       // types of pages that have the key
	To     []string `json:"leads_to,omitempty"` // types that it may lead to
	Asks   []string `json:"asks,omitempty"`     // what the rules of a type, or a rule about types, ask
}

// explain says what a word means. One that is a key and a type, or both and a
// rule, is explained as each.
func (a *app) explain(word string) error {
	all := explanations()
	found := slices.DeleteFunc(slices.Clone(all), func(e explanation) bool {
		return !strings.EqualFold(e.Name, word) && !slices.Contains(e.Also, word)
	})
	if len(found) == 0 {
		var names []string
		for _, e := range all {
			names = append(append(names, e.Name), e.Also...)
		}
		u := usage{fmt.Sprintf("there is no rule, key or type %q", word), "a finding ends with the name of its rule, in brackets"}
		if near := diag.Near(word, names); near != "" {
			u.hint = fmt.Sprintf("did you mean %q?", near)
		}
		return u
	}
	if a.json {
		return jsonLines(a.stdout, found)
	}
	for _, e := range found {
		if err := a.print(e); err != nil {
			return err
		}
	}
	return nil
}

func explanations() []explanation {
	var all []explanation
	for _, r := range build.Rules() {
		all = append(all, explanation{Name: r.Name, Sort: "rule", About: r.About, Class: r.Class.String(),
			Asks: asked(func(a schema.Ask) bool { return a.Rule == r.Name })})
	}
	for _, f := range schema.Fields() {
		e := explanation{Name: f.Name, Sort: "key", About: f.About, Also: f.Synonyms, Values: f.Values, Of: f.Of, To: f.To}
		if f.Name == "status" {
			e.Values = schema.Statuses()
		}
		all = append(all, e)
	}
	for _, t := range schema.Types() {
		all = append(all, explanation{Name: t.Name, Sort: "type", About: t.About, Also: t.Synonyms, Values: t.Kinds, Folder: t.Folders,
			Asks: asked(func(a schema.Ask) bool { return a.Type == t.Name })})
	}
	return all
}

// asked lists what the rules of types say where it is missing, with the rule
// and the kinds of pages that it is about.
func asked(which func(schema.Ask) bool) []string {
	var out []string
	for _, a := range schema.Asks() {
		if a.Message == "" || !which(a) {
			continue
		}
		line := a.Message
		if kinds := slices.DeleteFunc(slices.Clone(a.Kinds), func(k string) bool { return k == "" }); len(kinds) > 0 {
			line += " (" + strings.Join(kinds, ", ") + ")"
		}
		out = append(out, line+": "+a.Hint+" ["+a.Rule+"]")
	}
	return out
}

func (a *app) print(e explanation) error {
	text := e.Name + ": " + map[string]string{"rule": "a rule", "key": "a key in front matter", "type": "a type of page"}[e.Sort] + "\n" + e.About + "\n"
	for _, row := range []struct {
		label string
		words []string
	}{
		{"Also written", e.Also},
		{map[string]string{"key": "Values", "type": "Kinds"}[e.Sort], e.Values},
		{"Folders that imply it", e.Folder},
		{"For pages of type", e.Of},
		{"Leads to", e.To},
	} {
		if len(row.words) > 0 {
			text += row.label + ": " + strings.Join(row.words, ", ") + "\n"
		}
	}
	for i, line := range e.Asks {
		if i == 0 {
			text += "Findings:\n"
		}
		text += "- " + line + "\n"
	}
	if e.Class != "" {
		text += "Class: " + e.Class + ". Change it in site.yaml under rules:, or once with --rule " + e.Name + "=off (or tip, fix, stop).\n"
	}
	_, err := a.stdout.Write([]byte(text))
	return err
}
