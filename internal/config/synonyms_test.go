package config

import (
	"fmt"
	"testing"

	"peppermill/internal/source"
)

func TestSynonyms(t *testing.T) {
	file := func(name, text string) source.File { return source.File{Path: name, Data: []byte(text)} }
	c, diags := Load(Input{Data: []source.File{
		file("_data/synonyms.yaml", "money back: refund\npram: [pushchair, stroller]\nlate:\n"),
		file("_data/synonyms/de.yaml", "- [Umtausch, Rückgabe, Tausch]\n"),
	}})
	if len(diags) > 0 {
		t.Error(diags)
	}
	want := "map[:[{money back [refund]} {pram [pushchair stroller]} {late []}] de:[{Umtausch [Rückgabe Tausch]} {Rückgabe [Umtausch Tausch]} {Tausch [Umtausch Rückgabe]}]]"
	if got := fmt.Sprint(c.Synonyms); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for _, text := range []string{"refund", "- refund\n", "late: {a: b}\n"} {
		if _, diags := Load(Input{Data: []source.File{file("_data/synonyms.yaml", text)}}); len(diags) != 1 || diags[0].Rule != ruleShape || diags[0].Hint == "" {
			t.Errorf("%q: %v", text, diags)
		}
	}
}
