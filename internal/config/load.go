package config

import (
	"fmt"
	"path"
	"strings"

	"peppermill/internal/data"
	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/schema"
	"peppermill/internal/source"
)

// Input is the files that settings are made from, and what the command line
// says over them.
type Input struct {
	Settings source.File   // site.yaml; without Data where there is none
	Data     []source.File // files below _data
	Profiles []source.File // files in _profiles

	Profile string          // --profile; "" leaves it to site.yaml
	BaseURL string          // --base-url; "" leaves it to site.yaml
	Edition page.Visibility // --edition; Unsaid leaves it to site.yaml
}

// Load makes the settings. It always returns a usable Config; whether its
// findings stop the build is the caller's to decide by their class.
func Load(in Input) (*Config, diag.List) {
	r := &reader{}
	c := &Config{Title: "Playbook", Lang: "en", Edition: page.Public, Related: true, Listed: 50, PrintPages: 300, WordPages: 500, CardPages: 500, Overview: true, GlossaryLinks: true}
	if in.Settings.Data != nil {
		r.settings(c, r.decode(in.Settings))
	}
	if in.BaseURL != "" {
		r.baseURL(c, page.Value{Kind: page.Scalar, Text: in.BaseURL})
	}
	if in.Edition != page.Unsaid {
		c.Edition = in.Edition
	}
	if in.Profile != "" {
		c.Profile = in.Profile
	}
	r.data(c, in.Data)
	r.profile(c, in.Profiles)
	return c, r.diags
}

// reader collects findings while values are read.
type reader struct{ diags diag.List }

func (r *reader) report(rule string, v page.Value, message, hint string) {
	r.diags = append(r.diags, diag.Diagnostic{Rule: rule, Pos: v.Pos, Width: v.Width, Message: message, Hint: hint})
}

// decode reads a file that decides what is published. Its top level must be a
// map. When it cannot be read its findings stop the build, for nobody knows
// what it would have kept back.
func (r *reader) decode(f source.File) page.Value {
	v, diags, ok := data.DecodeFile(f)
	for _, d := range diags {
		if !ok {
			d.Class = diag.Stop
		}
		r.diags = append(r.diags, d)
	}
	if v.Kind == page.Map {
		return v
	}
	if ok && v.Kind != page.Null {
		r.report(ruleShape, v, "this file must hold keys with values, such as \"title: The Good Counter\"", "")
	}
	return page.Value{Kind: page.Map}
}

// data puts _data/a/b.yaml at Data.a.b, and reads the files that have a
// meaning of their own.
func (r *reader) data(c *Config, files []source.File) {
	c.Data = page.Value{Kind: page.Map}
	for _, f := range files {
		name := strings.TrimPrefix(f.Path, "_data/")
		if _, ok := data.FormatOf(name); !ok {
			r.report(ruleFormat, page.Value{Pos: diag.Pos{Path: f.Path}}, "data is read from .yaml, .toml and .json files; this one is not used", "")
			continue
		}
		v, diags, _ := data.DecodeFile(f)
		r.diags = append(r.diags, diags...)
		name = strings.TrimSuffix(name, path.Ext(name))
		switch {
		case name == "tags":
			c.TagInfo = r.terms(v)
		case name == "authors":
			c.People = r.terms(v)
		case name == "facts":
			c.Facts = r.facts(v)
		case name == "synonyms":
			r.synonyms(c, "", v)
		case path.Dir(name) == "synonyms":
			r.synonyms(c, path.Base(name), v)
		case path.Dir(name) == "ui":
			r.words(c, path.Base(name), v)
		case strings.HasPrefix(name, "comments/"):
			r.thread(c, ThreadName(name), v)
		}
		insert(&c.Data, strings.Split(name, "/"), v)
	}
}

// insert puts v at the end of a path of keys, making maps on the way. Where
// a.yaml and a/b.yaml both exist, the folder adds its keys to the file's.
func insert(at *page.Value, keys []string, v page.Value) {
	if at.Kind != page.Map {
		*at = page.Value{Kind: page.Map, Pos: at.Pos}
	}
	for i := range at.Fields {
		if at.Fields[i].Key != keys[0] {
			continue
		}
		if len(keys) > 1 {
			insert(&at.Fields[i].Value, keys[1:], v)
		} else if old := at.Fields[i].Value; old.Kind == page.Map && v.Kind == page.Map {
			v.Fields = append(v.Fields, old.Fields...)
			at.Fields[i].Value = v
		}
		return
	}
	f := page.Field{Key: keys[0], Value: v}
	if len(keys) > 1 {
		f.Value = page.Value{Kind: page.Map}
		insert(&f.Value, keys[1:], v)
	}
	at.Fields = append(at.Fields, f)
}

// terms reads _data/tags.yaml and _data/authors.yaml: a map from a name to its
// description, or to a map of name, description, url and aliases.
func (r *reader) terms(v page.Value) map[string]Term {
	out := map[string]Term{}
	for _, f := range v.Fields {
		t := Term{Name: f.Key}
		switch f.Value.Kind {
		case page.Scalar:
			t.Description = f.Value.Text
		case page.Map:
			r.keys(f.Value, []key{
				{"name", func(v page.Value) { r.text(v, &t.Name) }},
				{"description", func(v page.Value) { r.text(v, &t.Description) }},
				{"url", func(v page.Value) { r.text(v, &t.URL) }},
				{"aliases", func(v page.Value) { t.Aliases = r.texts(v) }},
			})
		case page.List:
			t.Aliases = r.texts(f.Value)
		}
		out[Fold(f.Key)] = t
	}
	return out
}

// facts reads _data/facts.yaml: a map from a blank's name to its value for
// everybody, or to a map that describes it. Each of its names leads to it.
func (r *reader) facts(v page.Value) map[string]page.Fact {
	facts, found := schema.Blanks(v, true)
	r.diags = append(r.diags, found...)
	out := make(map[string]page.Fact, len(facts))
	for _, f := range facts {
		for _, name := range f.Aliases {
			out[name] = f
		}
	}
	for _, f := range facts {
		out[f.Name] = f
	}
	return out
}

// words reads _data/ui/<lang>.yaml.
func (r *reader) words(c *Config, lang string, v page.Value) {
	if c.Words == nil {
		c.Words = Words{}
	}
	words := make(map[string]string, len(v.Fields))
	for _, f := range v.Fields {
		var text string
		r.text(f.Value, &text)
		words[f.Key] = text
	}
	c.Words[lang] = words
}

// profile chooses the values that blanks are filled with. Of the other profiles
// only the names count: they are no mistakes when no profile is chosen.
func (r *reader) profile(c *Config, files []source.File) {
	c.Profiled = map[string]bool{}
	var names []string
	for _, f := range files {
		name := strings.TrimSuffix(path.Base(f.Path), path.Ext(f.Path))
		names = append(names, name)
		if name != c.Profile || c.Values != nil {
			v, _, _ := data.DecodeFile(f)
			for _, field := range v.Fields {
				c.Profiled[field.Key] = true
			}
			continue
		}
		c.Values = map[string]string{}
		for _, field := range r.decode(f).Fields {
			var text string
			r.text(field.Value, &text)
			c.Values[field.Key], c.Profiled[field.Key] = text, true
		}
	}
	if c.Profile == "" || c.Values != nil {
		return
	}
	hint := "write _profiles/" + c.Profile + ".yaml, or choose another profile"
	if near := diag.Near(c.Profile, names); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	} else if len(names) > 0 {
		hint = "there are: " + strings.Join(names, ", ")
	}
	r.report(ruleProfile, page.Value{}, fmt.Sprintf("there is no profile %q", c.Profile), hint)
}
