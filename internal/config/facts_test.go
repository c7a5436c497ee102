package config

import (
	"fmt"
	"strings"
	"testing"

	"peppermill/internal/source"
)

// TestFacts holds what may be said of a blank, and that what cannot be so is
// named with its place and what to do.
func TestFacts(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"town: Lindlow", ""},
		{"town: {label: Where you are, kind: text, default: Lindlow, help: The town., example: Lindlow, aliases: place}", ""},
		{"mail: {kind: Email}\nwindow: {options: [14 days, 30 days], default: 30 days, example: 14 days}", ""},
		{"opened: {kind: date, default: 2019-03-04}\nempty:\nnothing: {}", ""},
		{"town:\n  lable: Where", `2:3+5 "lable" says nothing of a blank. | Did you mean "label"?`},
		{"town:\n  colour: red", `2:3+6 "colour" says nothing of a blank. | Known are label, kind, default, help, example, options, aliases, phrases.`},
		{"town:\n  label: [a, b]", `2:10+6 "label" must be text, and this is a structure. | Write it on the same line as its key.`},
		{"town:\n  kind: phnoe", `2:9+5 "phnoe" is no kind of blank, so it is taken for text. | Did you mean "phone"?`},
		{"town:\n  kind: colour", `2:9+6 "colour" is no kind of blank, so it is taken for text. | Known are text, long, number, money, date, phone, e-mail, choice.`},
		{"town:\n  kind: choice", `2:9+6 A choice needs options. | Add options: [one, another], or delete the kind.`},
		{"town:\n  kind: phone\n  options: [a, b]", `3:12+6 Options are for a choice, and this is "phone". | Write kind: choice, or delete the options.`},
		{"town:\n  options: [a, b]\n  default: c", `3:12+1 "c" is not among the options. | The options are a, b.`},
		{"town:\n  options: [a, b]\n  example: c", `3:12+1 "c" is not among the options. | The options are a, b.`},
		{"opened:\n  kind: date\n  default: soon", `3:12+4 "soon" is not a whole date that can be read. | Write it as 2025-01-31, or 2025-01-31 17:00 with a time.`},
		{"our town: Lindlow", `1:1+8 "our town" cannot be the name of a blank. | A name begins with a letter and holds letters, digits, hyphens, underscores and dots.`},
		{"town: [a, b]", `1:7+6 Here should stand what is said of the blank. | Known are label, kind, default, help, example, options, aliases, phrases.`},
		{"town: {aliases: [city]}\nplace: {aliases: [city]}", `1:18+4 "city" is the name of more than one blank. | Delete it in all places but one.` + "\n" + `2:19+4 "city" is the name of more than one blank. | Delete it in all places but one.`},
		{"town: {aliases: a b}", `1:17+3 "a b" cannot be the name of a blank. | A name begins with a letter and holds letters, digits, hyphens, underscores and dots.`},
		{"- name: town\n  label: Where", ""},
		{"- label: Where", `1:3+12 This blank has no name. | Write name: and the name that stands between %{ and }.`},
		{"just words", `1:1+10 Here should stand blanks and what is said of them. | Write each name on a line of its own, indented, as in "telephone: your telephone number".`},
	} {
		_, diags := Load(Input{Data: []source.File{{Path: "_data/facts.yaml", Data: []byte(c.text + "\n")}}})
		var got []string
		for _, d := range diags.Sort() {
			got = append(got, fmt.Sprintf("%d:%d+%d %s | %s", d.Pos.Line, d.Pos.Column, d.Width, d.Message, d.Hint))
			if d.Rule != "blank-about" {
				t.Errorf("%s: %s", c.text, d.Rule)
			}
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, strings.Join(got, "\n"), c.want)
		}
	}
}

// TestSavedAnswers holds that the file in which a reader's answers are saved is
// a profile, and that of other profiles only the names count.
func TestSavedAnswers(t *testing.T) {
	files := []source.File{
		{Path: "_profiles/broken.yaml", Data: []byte("town: [\n")},
		{Path: "_profiles/client.json", Data: []byte("{\n  \"shop\": \"Sam's\",\n  \"story\": \"One.\\nTwo.\"\n}\n")},
		{Path: "_profiles/other.yaml", Data: []byte("town: Lindlow\n")},
	}
	c, diags := Load(Input{Profiles: files, Profile: "client"})
	if len(diags) > 0 || len(c.Values) != 2 || c.Values["shop"] != "Sam's" || c.Values["story"] != "One.\nTwo." {
		t.Error(c.Values, diags)
	}
	if !c.Profiled["shop"] || !c.Profiled["town"] || c.Profiled["x"] {
		t.Error(c.Profiled)
	}
	if c, diags := Load(Input{Profiles: files}); c.Values != nil || !c.Profiled["town"] || len(diags) > 0 {
		t.Error(c.Values, c.Profiled, diags)
	}
}
