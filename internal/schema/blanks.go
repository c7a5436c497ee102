package schema

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// BlankKinds are the kinds of blanks: what sort of answer one takes.
func BlankKinds() []string { return blankKinds }

var (
	blankKinds = []string{"text", "long", "number", "money", "date", "phone", "e-mail", "choice"}
	blankKeys  = []string{"label", "kind", "default", "help", "example", "options", "aliases", "phrases"}
)

// Blanks reads what is said of blanks: a map from a name to a map of label,
// kind, default, help, example, options, aliases and phrases, or a list of such maps
// with a name. A text alone is the blank's label; where values says so, it is
// the blank's value for everybody.
func Blanks(v page.Value, values bool) ([]page.Fact, diag.List) {
	r := blankReader{values: values}
	switch v.Kind {
	case page.Map:
		for _, f := range v.Fields {
			r.one(page.Value{Kind: page.Scalar, Text: f.Key, Pos: f.Pos, Width: utf8.RuneCountInString(f.Key)}, f.Value)
		}
	case page.List:
		for _, item := range v.Items {
			if name, ok := item.Get("name"); ok && name.Kind == page.Scalar {
				r.one(name, item)
			} else {
				r.report(item, "This blank has no name.", `Write name: and the name that stands between %{ and }.`)
			}
		}
	case page.Scalar:
		r.report(v, "Here should stand blanks and what is said of them.", `Write each name on a line of its own, indented, as in "telephone: your telephone number".`)
	}
	r.names()
	return r.facts, r.findings
}

type blankReader struct {
	values   bool
	facts    []page.Fact
	aliases  []page.Value
	findings diag.List
}

func (r *blankReader) report(v page.Value, message, hint string) {
	r.findings = append(r.findings, diag.Diagnostic{Rule: RuleBlank, Pos: v.Pos, Width: v.Width, Message: message, Hint: hint})
}

// one reads what is said of the blank of that name.
func (r *blankReader) one(name, about page.Value) {
	if !isBlankName(name.Text) {
		r.report(name, fmt.Sprintf("%q cannot be the name of a blank.", diag.Shorten(name.Text)), "A name begins with a letter and holds letters, digits, hyphens, underscores and dots.")
		return
	}
	f := page.Fact{Name: name.Text, Pos: name.Pos}
	switch {
	case about.Kind == page.Scalar && r.values:
		f.Default, f.Fixed = about.Text, true
	case about.Kind == page.Scalar:
		f.Label = strings.TrimSpace(about.Text)
	case about.Kind == page.List:
		r.report(about, "Here should stand what is said of the blank.", "Known are "+strings.Join(blankKeys, ", ")+".")
	}
	for _, field := range about.Fields {
		r.key(&f, field)
	}
	r.check(&f, about)
	r.facts = append(r.facts, f)
}

// key takes in one thing that is said of a blank.
func (r *blankReader) key(f *page.Fact, field page.Field) {
	into := map[string]*string{"label": &f.Label, "kind": &f.Kind, "default": &f.Default, "help": &f.Help, "example": &f.Example}
	switch key := fold(field.Key); key {
	case "name":
	case "options":
		f.Options = r.list(field.Value, nil)
	case "phrases":
		f.Phrases = r.list(field.Value, nil)
	case "aliases":
		f.Aliases = r.list(field.Value, &r.aliases)
	case "label", "kind", "default", "help", "example":
		if field.Value.Kind == page.List || field.Value.Kind == page.Map {
			r.report(field.Value, fmt.Sprintf("%q must be text, and this is a structure.", field.Key), "Write it on the same line as its key.")
			return
		}
		*into[key] = strings.TrimSpace(field.Value.Text)
	default:
		hint := "Known are " + strings.Join(blankKeys, ", ") + "."
		if near := diag.Near(field.Key, blankKeys); near != "" {
			hint = fmt.Sprintf("Did you mean %q?", near)
		}
		r.report(page.Value{Pos: field.Pos, Width: utf8.RuneCountInString(field.Key)}, fmt.Sprintf("%q says nothing of a blank.", diag.Shorten(field.Key)), hint)
	}
}

// list reads one text or several, and keeps their values where wanted.
func (r *blankReader) list(v page.Value, keep *[]page.Value) []string {
	items := v.Items
	if v.Kind == page.Scalar {
		items = []page.Value{v}
	}
	var out []string
	for _, item := range items {
		text := strings.TrimSpace(item.Text)
		if item.Kind != page.Scalar || text == "" || slices.Contains(out, text) {
			continue
		}
		out = append(out, text)
		if keep != nil {
			*keep = append(*keep, item)
		}
	}
	return out
}

// check holds what is said of a blank against itself.
func (r *blankReader) check(f *page.Fact, about page.Value) {
	at := func(key string) page.Value {
		for _, field := range about.Fields {
			if fold(field.Key) == key {
				return field.Value
			}
		}
		return about
	}
	if f.Kind != "" {
		i := slices.IndexFunc(blankKinds, func(k string) bool { return fold(k) == fold(f.Kind) })
		if i < 0 {
			hint := "Known are " + strings.Join(blankKinds, ", ") + "."
			if near := diag.Near(f.Kind, blankKinds); near != "" {
				hint = fmt.Sprintf("Did you mean %q?", near)
			}
			r.report(at("kind"), fmt.Sprintf("%q is no kind of blank, so it is taken for text.", diag.Shorten(f.Kind)), hint)
			f.Kind = ""
		} else {
			f.Kind = blankKinds[i]
		}
	} else if len(f.Options) > 0 {
		f.Kind = "choice"
	}
	switch {
	case f.Kind == "choice" && len(f.Options) == 0:
		r.report(at("kind"), "A choice needs options.", "Add options: [one, another], or delete the kind.")
		f.Kind = ""
	case f.Kind != "choice" && len(f.Options) > 0:
		r.report(at("options"), fmt.Sprintf("Options are for a choice, and this is %q.", f.Kind), "Write kind: choice, or delete the options.")
		f.Options = nil
	case f.Kind == "choice":
		for _, key := range []string{"default", "example"} {
			if v := at(key); v.Kind == page.Scalar && strings.TrimSpace(v.Text) != "" && !slices.Contains(f.Options, strings.TrimSpace(v.Text)) {
				r.report(v, fmt.Sprintf("%q is not among the options.", diag.Shorten(v.Text)), "The options are "+strings.Join(f.Options, ", ")+".")
			}
		}
	case f.Kind == "date" && f.Default != "":
		if _, problem := ParseDate(f.Default); problem != nil {
			r.report(at("default"), problem.Reason, problem.Hint)
		}
	}
}

// names looks at the other names of blanks: each must be one, and mean one
// blank only.
func (r *blankReader) names() {
	for _, v := range r.aliases {
		name := strings.TrimSpace(v.Text)
		users := 0
		for _, f := range r.facts {
			if f.Name == name || slices.Contains(f.Aliases, name) {
				users++
			}
		}
		switch {
		case !isBlankName(name):
			r.report(v, fmt.Sprintf("%q cannot be the name of a blank.", diag.Shorten(name)), "A name begins with a letter and holds letters, digits, hyphens, underscores and dots.")
		case users > 1:
			r.report(v, fmt.Sprintf("%q is the name of more than one blank.", name), "Delete it in all places but one.")
		}
	}
}

func isBlankName(s string) bool {
	before, name, rest, _, ok := page.CutBlank("%{" + s + "}")
	return ok && before == "" && rest == "" && name == s
}

// blanks reads what the page says of its blanks. On an approved page it must
// be right.
func (r *reader) blanks() {
	f, ok := r.get("blanks")
	if !ok {
		return
	}
	facts, findings := Blanks(f.Value, false)
	r.meta.Blanks = facts
	for _, d := range findings {
		if r.approved {
			d.Class = diag.Fix
		}
		r.findings = append(r.findings, d)
	}
}
