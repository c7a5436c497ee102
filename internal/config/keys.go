package config

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

const (
	ruleUnknown = "config-unknown"
	ruleShape   = "config-value"
	ruleFormat  = "data-format"
	ruleProfile = "profile-missing"
	ruleRule    = "rule-unknown"
)

// Rules lists the findings that this room reports.
func Rules() []diag.Rule {
	return []diag.Rule{
		{Name: ruleUnknown, Class: diag.Fix, About: "A key in the settings is not one that Peppermill knows."},
		{Name: ruleShape, Class: diag.Stop, About: "A value in the settings is not of the kind its key needs."},
		{Name: ruleFormat, Class: diag.Tip, About: "A file in _data has an ending that is not read."},
		{Name: ruleProfile, Class: diag.Stop, About: "The chosen profile does not exist."},
		{Name: ruleRule, Class: diag.Fix, About: "The settings change the class of a rule that does not exist."},
	}
}

// key is one key of a map and what becomes of its value.
type key struct {
	name string
	read func(v page.Value)
}

// keys hands each field of a map to the key of its name, however the name is
// cased or joined (baseURL is base_url), and reports the others.
func (r *reader) keys(v page.Value, known []key) {
	if v.Kind != page.Map {
		if v.Kind != page.Null {
			r.report(ruleShape, v, "here should stand keys with values", "write for example \""+known[0].name+": …\" on lines of their own, indented")
		}
		return
	}
	for _, f := range v.Fields {
		if !r.known(f, known) {
			names := make([]string, len(known))
			for i, k := range known {
				names[i] = k.name
			}
			hint := "known here: " + strings.Join(names, ", ")
			if near := diag.Near(f.Key, names); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			r.report(ruleUnknown, page.Value{Pos: f.Pos, Width: len([]rune(f.Key))}, fmt.Sprintf("%q is not a setting", f.Key), hint)
		}
	}
}

func (r *reader) known(f page.Field, known []key) bool {
	for _, k := range known {
		if squash(k.name) == squash(f.Key) {
			k.read(f.Value)
			return true
		}
	}
	return false
}

func squash(s string) string {
	return strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(s))
}

// settings reads the top level of site.yaml.
func (r *reader) settings(c *Config, v page.Value) {
	r.keys(v, []key{
		{"title", func(v page.Value) { r.title(v, &c.Title) }},
		{"tagline", func(v page.Value) { r.title(v, &c.Tagline) }},
		{"base_url", func(v page.Value) { r.baseURL(c, v) }},
		{"lang", func(v page.Value) { r.lang(v, &c.Lang) }},
		{"languages", func(v page.Value) { r.languages(c, v) }},
		{"edition", func(v page.Value) { r.edition(c, v) }},
		{"profile", func(v page.Value) { r.text(v, &c.Profile) }},
		{"brand", func(v page.Value) { r.brand(c, v) }},
		{"logo", func(v page.Value) { r.text(v, &c.Logo) }},
		{"edit_url", func(v page.Value) { r.text(v, &c.EditURL) }},
		{"contact", func(v page.Value) { r.contact(v, &c.Contact) }},
		{"raw_html", func(v page.Value) { r.rawHTML(c, v) }},
		{"typography", func(v page.Value) { c.PlainMarks = !r.yes(v, true) }},
		{"backlinks", func(v page.Value) { c.Backlinks = r.yes(v, false) }},
		{"related", func(v page.Value) { c.Related = r.yes(v, true) }},
		{"comments", func(v page.Value) { r.comments(c, v) }},
		{"list_length", func(v page.Value) { r.number(v, &c.Listed, 5, 1000) }},
		{"print_pages", func(v page.Value) { r.number(v, &c.PrintPages, 0, 2000) }},
		{"overview", func(v page.Value) { c.Overview = r.yes(v, true) }},
		{"glossary_links", func(v page.Value) { c.GlossaryLinks = r.yes(v, true) }},
		{"card_pages", func(v page.Value) { r.number(v, &c.CardPages, 0, 1_000_000) }},
		{"word_pages", func(v page.Value) { r.number(v, &c.WordPages, 0, 1_000_000) }},
		{"ignore", func(v page.Value) { c.Ignore = r.texts(v) }},
		{"rules", func(v page.Value) { r.rules(c, v) }},
		{"params", func(v page.Value) { c.Params = v }},
	})
}

func (r *reader) text(v page.Value, into *string) {
	switch v.Kind {
	case page.Scalar:
		*into = v.Text
	case page.List, page.Map:
		r.report(ruleShape, v, "here should stand one text", "write it on the same line as its key")
	}
}

func (r *reader) title(v page.Value, into *page.Text) {
	s := string(*into)
	r.text(v, &s)
	*into = page.Text(s)
}

func (r *reader) texts(v page.Value) []string {
	if v.Kind == page.Scalar {
		return []string{v.Text}
	}
	var out []string
	for _, item := range v.Items {
		var s string
		if r.text(item, &s); s != "" {
			out = append(out, s)
		}
	}
	if v.Kind == page.Map {
		r.report(ruleShape, v, "here should stand a list", "write each entry on a line of its own, after \"- \"")
	}
	return out
}

func (r *reader) yes(v page.Value, otherwise bool) bool {
	switch strings.ToLower(v.Text) {
	case "true", "yes", "on":
		return true
	case "false", "no", "off":
		return false
	}
	if v.Kind != page.Null {
		r.report(ruleShape, v, "here should stand yes or no", "")
	}
	return otherwise
}

func (r *reader) number(v page.Value, into *int, low, high int) {
	n, err := strconv.Atoi(v.Text)
	if err != nil || n < low || n > high {
		r.report(ruleShape, v, fmt.Sprintf("here should stand a number from %d to %d", low, high), "")
		return
	}
	*into = n
}

func (r *reader) baseURL(c *Config, v page.Value) {
	if v.Kind == page.Null {
		return
	}
	u, err := url.Parse(v.Text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		r.report(ruleShape, v, fmt.Sprintf("%q is not the address of a site", v.Text), "write it whole, such as https://example.com/playbook/")
		return
	}
	c.BaseURL = strings.TrimSuffix(u.String(), "/") + "/"
}

func (r *reader) lang(v page.Value, into *string) {
	if v.Kind == page.Null {
		return
	}
	tag, err := language.Parse(v.Text)
	if err != nil {
		r.report(ruleShape, v, fmt.Sprintf("%q is not the code of a language", v.Text), "write for example en, de or pt-BR")
		return
	}
	*into = tag.String()
}

// languages reads a map from a folder to the language's name, or to a map of
// code and name.
func (r *reader) languages(c *Config, v page.Value) {
	if v.Kind != page.Map && v.Kind != page.Null {
		r.report(ruleShape, v, "here should stand folders and the names of their languages", "write for example \"es: Español\" on a line of its own, indented")
	}
	for _, f := range v.Fields {
		l := Language{Folder: f.Key}
		code := page.Value{Kind: page.Scalar, Text: f.Key, Pos: f.Pos, Width: len([]rune(f.Key))}
		if f.Value.Kind == page.Scalar {
			l.Name = f.Value.Text
		} else {
			r.keys(f.Value, []key{
				{"name", func(v page.Value) { r.text(v, &l.Name) }},
				{"code", func(v page.Value) { code = v }},
			})
		}
		if r.lang(code, &l.Code); l.Code == "" {
			continue
		}
		if l.Name == "" {
			l.Name = l.Code
		}
		c.Languages = append(c.Languages, l)
	}
}

func (r *reader) edition(c *Config, v page.Value) {
	switch v.Text {
	case "public":
		c.Edition = page.Public
	case "staff":
		c.Edition = page.Staff
	default:
		r.report(ruleShape, v, fmt.Sprintf("there is no edition %q", v.Text), "write public or staff")
	}
}

func (r *reader) rawHTML(c *Config, v page.Value) {
	switch strings.ToLower(v.Text) {
	case "safe":
		c.RawHTML = SafeHTML
	case "off", "no", "false":
		c.RawHTML = NoHTML
	case "on", "yes", "true":
		c.RawHTML = AllHTML
	default:
		r.report(ruleShape, v, fmt.Sprintf("raw_html cannot be %q", v.Text), "write off, safe or on")
	}
}

func (r *reader) brand(c *Config, v page.Value) {
	r.keys(v, []key{
		{"color", func(v page.Value) { r.color(v, &c.Brand.Color); c.Brand.ColorPos = v.Pos }},
		{"accent", func(v page.Value) { r.color(v, &c.Brand.Accent); c.Brand.AccentPos = v.Pos }},
		{"font", func(v page.Value) { r.text(v, &c.Brand.Font) }},
	})
}

// color reads #rgb or #rrggbb.
func (r *reader) color(v page.Value, into *string) {
	s := strings.ToLower(v.Text)
	if len(s) == 4 && s[0] == '#' {
		s = "#" + string([]byte{s[1], s[1], s[2], s[2], s[3], s[3]})
	}
	if _, err := strconv.ParseUint(strings.TrimPrefix(s, "#"), 16, 32); err != nil || len(s) != 7 || s[0] != '#' {
		r.report(ruleShape, v, fmt.Sprintf("%q is not a colour", v.Text), `write it in quotes, as six hexadecimal digits: "#0a5c4e"`)
		return
	}
	*into = s
}

func (r *reader) rules(c *Config, v page.Value) {
	if v.Kind != page.Map && v.Kind != page.Null {
		r.report(ruleShape, v, "here should stand names of rules and their classes", "write for example \"link-missing: tip\" on a line of its own, indented")
	}
	for _, f := range v.Fields {
		class, ok := diag.ParseClass(f.Value.Text)
		if !ok {
			r.report(ruleShape, f.Value, fmt.Sprintf("a rule cannot be %q", f.Value.Text), "write tip, fix, stop or off")
			continue
		}
		c.Rules = append(c.Rules, RuleChange{f.Key, class, f.Pos})
	}
}

// CheckRules reports the rules that the settings change and no table has. It
// needs the tables of all rooms, which only the caller knows.
func (c *Config) CheckRules(table []diag.Rule) diag.List {
	names := make([]string, len(table))
	for i, rule := range table {
		names[i] = rule.Name
	}
	var diags diag.List
	for _, change := range c.Rules {
		near := diag.Near(change.Name, names)
		if near == change.Name {
			continue
		}
		d := diag.Diagnostic{Rule: ruleRule, Pos: change.Pos, Width: len([]rune(change.Name)), Message: fmt.Sprintf("there is no rule %q", change.Name)}
		if near != "" {
			d.Hint = fmt.Sprintf("did you mean %q?", near)
		}
		diags = append(diags, d)
	}
	return diags
}

// Fold is the form by which names that people type are compared: without case,
// with composed letters, single spaces and straight quotes and dashes.
func Fold(name string) string {
	return strings.Join(strings.Fields(straight(norm.NFC.String(cases.Fold().String(norm.NFC.String(name))))), " ")
}

// straight takes back what typography makes of a name.
func straight(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return strings.NewReplacer("’", "'", "‘", "'", "‚", "'", "‹", "'", "›", "'", "“", `"`, "”", `"`, "„", `"`,
				"«\u202f", `"`, "\u202f»", `"`, "«", `"`, "»", `"`, "–", "--", "—", "---", "…", "...").Replace(s)
		}
	}
	return s
}
