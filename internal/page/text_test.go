package page

import (
	"strings"
	"testing"
)

func TestFill(t *testing.T) {
	for in, want := range map[Text]string{
		"":                               "",
		"plain":                          "plain",
		"Refunds at %{business}":         "Refunds at <business>",
		"%{a}%{b-c.d_2}":                 "<a><b-c.d_2>",
		`\%{a} %{a}`:                     "%{a} <a>",
		"100 %{":                         "100 %{",
		"%{} %{2a} %{a b} %{é} %{a":      "%{} %{2a} %{a b} %{é} %{a",
		"50 %{x y} then %{z}":            "50 %{x y} then <z>",
		Text(strings.Repeat("%{", 1000)): strings.Repeat("%{", 1000),
	} {
		if got := in.Fill(func(n string) string { return "<" + n + ">" }); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := Text(`%{a} \%{b} %{a}`).Blanks(); strings.Join(got, " ") != "a a" {
		t.Error(got)
	}
}

func TestPlain(t *testing.T) {
	v := Value{Kind: Map, Fields: []Field{{Key: "a", Value: Value{Kind: List, Items: []Value{{Kind: Scalar, Text: "no"}, {}}}}}}
	m := v.Plain().(map[string]any)
	if l := m["a"].([]any); l[0] != "no" || l[1] != nil {
		t.Error(m)
	}
	if _, ok := v.Get("b"); ok {
		t.Error("b is there")
	}
}
