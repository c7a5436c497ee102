package config

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/source"
)

func input(text string) Input {
	var in Input
	for _, f := range txtar.Parse([]byte(text)).Files {
		file := source.File{Path: f.Name, Data: f.Data}
		switch {
		case f.Name == "site.yaml":
			in.Settings = file
		case strings.HasPrefix(f.Name, "_data/"):
			in.Data = append(in.Data, file)
		default:
			in.Profiles = append(in.Profiles, file)
		}
	}
	return in
}

func TestDefaults(t *testing.T) {
	c, diags := Load(Input{})
	if len(diags) > 0 || c.Title != "Playbook" || c.Lang != "en" || c.Edition != page.Public || !c.Related || c.Backlinks || c.Listed != 50 || c.PrintPages != 300 || c.RawHTML != SafeHTML {
		t.Errorf("%+v %v", c, diags)
	}
}

func TestSettings(t *testing.T) {
	in := input(`-- site.yaml --
title: no
Tagline: "1.10"
baseURL: https://example.com/a
lang: pt-br
languages:
  es: Español
  zh: {name: 中文, code: zh-Hant}
edition: staff
profile: cafe
brand: {color: "#ABC", accent: "#123456", font: Inter}
raw_html: on
typography: off
list-length: 20
ignore: "*.psd"
rules:
  link-missing: tip
  nonsense: off
params: {phone: 0123}
-- _data/tags.yaml --
Money: {aliases: [cash, Refund Money], description: About money.}
late: Things that come late.
-- _data/a/b.json --
{"c": ["d"]}
-- _data/a.toml --
x = 1
-- _data/ui/en.yaml --
tags: Topics
-- _data/facts.yaml --
opening: 09:00
phone: {label: Phone, kind: phone, aliases: [tel]}
-- _profiles/cafe.yaml --
window: 30 days
-- _profiles/shop.yaml --
window: 14 days
`)
	c, diags := Load(in)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	got := fmt.Sprint(c.Title, "|", c.Tagline, "|", c.BaseURL, "|", c.Lang, "|", c.Languages, "|", c.Edition, "|", c.Brand, "|", c.RawHTML, c.PlainMarks, c.Listed, c.Ignore)
	want := "no|1.10|https://example.com/a/|pt-BR|[{es es Español} {zh-Hant zh 中文}]|2|{#aabbcc #123456 Inter {site.yaml 10 16} {site.yaml 10 32}}|2 true 20 [*.psd]"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if tag := c.TagInfo["money"]; len(tag.Aliases) != 2 || c.TagInfo["late"].Description != "Things that come late." {
		t.Error(c.TagInfo)
	}
	a, _ := c.Data.Get("a")
	if x, ok := a.Get("x"); !ok || x.Text != "1" {
		t.Errorf("%+v", a)
	}
	if b, ok := a.Get("b"); !ok || len(b.Fields) != 1 {
		t.Errorf("%+v", a)
	}
	if c.Words.Word("en-GB", "tags") != "Topics" || c.Facts["opening"].Default != "09:00" || c.Facts["phone"].Label != "Phone" || c.Facts["tel"].Name != "phone" || !c.Profiled["window"] || c.Values["window"] != "30 days" {
		t.Error(c.Words, c.Facts, c.Values)
	}
	if found := c.CheckRules([]diag.Rule{{Name: "link-missing"}}); len(found) != 1 || found[0].Pos.Line != 17 {
		t.Error(found)
	}
}

// TestWrong holds that each mistake has one finding, at its place, with a next
// step, and that nothing else is lost.
func TestWrong(t *testing.T) {
	for _, tt := range []struct{ line, at, rule, says string }{
		{"titel: X", "1:1", "config-unknown", `did you mean "title"?`},
		{"wholly: X", "1:1", "config-unknown", "known here: title"},
		{"title: [a]", "1:8", "config-value", "one text"},
		{"base_url: example.com", "1:11", "config-value", "https://"},
		{"base_url: javascript:alert(1)", "1:11", "config-value", "https://"},
		{"lang: klingonisch-x-y-z-ü", "1:7", "config-value", "en, de"},
		{"edition: secret", "1:10", "config-value", "public or staff"},
		{"backlinks: perhaps", "1:12", "config-value", "yes or no"},
		{"list_length: -3", "1:14", "config-value", "5 to 1000"},
		{"word_pages: all", "1:13", "config-value", "0 to 1000000"},
		{"print_pages: all", "1:14", "config-value", "0 to 2000"},
		{"brand: {color: red}", "1:16", "config-value", "hexadecimal"},
		{"brand: {colour: red}", "1:9", "config-unknown", `did you mean "color"?`},
		{"raw_html: perhaps", "1:11", "config-value", "off, safe or on"},
		{"rules: {x: warn}", "1:12", "config-value", "tip, fix, stop or off"},
		{"rules: x", "1:8", "config-value", "link-missing"},
		{"ignore: {a: b}", "1:9", "config-value", "list"},
		{"languages: es", "1:12", "config-value", "Español"},
		{"languages: {schwyzer-duetsch-x: x}", "1:13", "config-value", "code"},
		{"comments: maybe", "1:11", "config-value", "open, closed or off"},
		{"comments: [open]", "1:11", "config-value", "state"},
		{"comments: {state: opne}", "1:19", "config-value", "open, closed or off"},
		{"comments: {mail: sam at example}", "1:18", "config-value", "hello@example.com"},
		{"comments: {mail: 'a@b?bcc=c@d'}", "1:18", "config-value", "hello@example.com"},
		{"comments: {mail: \"a@b\\nBcc: c\"}", "1:18", "config-value", "hello@example.com"},
		{"comments: {link: 'javascript:alert(1)'}", "1:18", "config-value", "https://example.com/talk"},
		{"comments: {link: //example.com}", "1:18", "config-value", "https://example.com/talk"},
		{"comments: {notce: x}", "1:12", "config-unknown", `did you mean "notice"?`},
		{"contact: ask Sam", "1:10", "config-value", "https://example.com"},
		{"contact: 'javascript:alert(1)'", "1:10", "config-value", "https://example.com"},
		{"contact: sam at@ example", "1:10", "config-value", "hello@example.com"},
		{"contact: [a]", "1:10", "config-value", "hello@example.com"},
		{"just text", "1:1", "config-value", "keys with values"},
		{"- a list", "1:1", "config-value", "keys with values"},
		{"title: [", "", "data-syntax", ""},
	} {
		c, diags := Load(input("-- site.yaml --\n" + tt.line + "\n"))
		if len(diags) != 1 || c == nil {
			t.Errorf("%s: %d findings: %v", tt.line, len(diags), diags)
			continue
		}
		d := diags[0]
		at := fmt.Sprintf("%d:%d", d.Pos.Line, d.Pos.Column)
		if tt.at != "" && at != tt.at || d.Rule != tt.rule || !strings.Contains(d.Message+" "+d.Hint, tt.says) {
			t.Errorf("%s: %s %s %s (%s)", tt.line, at, d.Rule, d.Message, d.Hint)
		}
	}
}

func TestUnreadableSettingsStop(t *testing.T) {
	_, diags := Load(input("-- site.yaml --\nedition: \"staff\n"))
	if diags = diags.Classify(Rules(), nil); diags.Count(diag.Stop) == 0 {
		t.Error(diags)
	}
}

func TestProfile(t *testing.T) {
	in := input("-- _profiles/cafe.yaml --\na: b\n")
	in.Profile = "caef"
	_, diags := Load(in)
	if len(diags) != 1 || diags[0].Rule != ruleProfile || diags[0].Hint != `did you mean "cafe"?` {
		t.Error(diags)
	}
}

func TestWords(t *testing.T) {
	w := Words{"en": {"a": "A", "b": "B"}, "pt": {"a": "Á"}, "pt-BR": {"c": "Ç"}}
	for _, tt := range [][3]string{{"pt-BR", "a", "Á"}, {"pt-BR", "b", "B"}, {"pt-BR", "c", "Ç"}, {"de", "a", "A"}, {"", "a", "A"}, {"en", "none", "none"}} {
		if got := w.Word(tt[0], tt[1]); got != tt[2] {
			t.Errorf("%v: %q", tt, got)
		}
	}
}

func FuzzLoad(f *testing.F) {
	for _, s := range []string{"title: x", "languages: {es: 1}", "brand: [", "rules: {a: tip}", "a: &a [*a]", "base_url: http://[::1", "comments: {mail: a@b}", "- {author: a, date: 2019-01-01, replies: [{text: b}]}"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, settings, facts string) {
		c, diags := Load(Input{Settings: source.File{Path: "site.yaml", Data: []byte(settings)}, Data: []source.File{
			{Path: "_data/facts.yaml", Data: []byte(facts)}, {Path: "_data/tags.yaml", Data: []byte(facts)}, {Path: "_data/ui/x.yaml", Data: []byte(facts)}, {Path: "_data/comments/x.yaml", Data: []byte(facts)},
		}})
		if c == nil || c.Lang == "" || c.Edition == page.Unsaid {
			t.Error("not a usable configuration")
		}
		for _, d := range diags {
			if d.Rule == "" || d.Message == "" {
				t.Errorf("%+v", d)
			}
		}
	})
}

func TestNames(t *testing.T) {
	w := Words{"en": {"skip": "a | b", "structure.steps": "Steps | What we do", "clock.day": "day | days"}}
	if got := Over("structure.steps", "Moves", w["en"]["structure.steps"]) + "; " + Over("skip", "Jump", "Skip"); got != "Moves | Steps | What we do; Jump" {
		t.Error(got)
	}
	labels, names := w.Labels(), w.Names()
	if len(labels["en"]) != 2 || labels["en"]["skip"] != "a | b" || labels["en"]["structure.steps"] != "Steps" {
		t.Error(labels)
	}
	if len(names["en"]) != 2 || names["en"]["clock.day"] != "day | days" {
		t.Error(names)
	}
}
