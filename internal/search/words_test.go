package search

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	data, err := os.ReadFile("testdata/words.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		quoted, words, _ := strings.Cut(line, "\t")
		var text string
		if err := json.Unmarshal([]byte(quoted), &text); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if got := strings.Join(Words(text), " "); got != words {
			t.Errorf("%q: got %q, want %q", text, got, words)
		}
	}
}

// FuzzScan holds that counting stretches of text finds the words that
// splitting the whole text finds.
func FuzzScan(f *testing.F) {
	for _, seed := range []string{"Don't — the customer’s ‘plan’", "Grüße\u00a0aus", "返金 x返金", "a\u0301'b", "’'s's", "½²ⁱ\u2071 x\u203fy", "e\u2019\u0301s", "\xff\xe2\x80", "ſ'T"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		x := newLexicon()
		a := analyst{lexicon: x, lang: "en", known: x.known("en")}
		x.mu.RLock()
		a.scan([]byte(text), inBody)
		x.mu.RUnlock()
		var got []string
		for _, id := range a.seen {
			for range a.counts[id][inBody] {
				got = append(got, x.words[id].word)
			}
		}
		want := Words(text)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q: counted %q, split %q", text, got, want)
		}
		for _, w := range want {
			if w == "" || len([]rune(w)) > longest || strings.ContainsAny(w, " \t\n'") {
				t.Errorf("%q has the word %q", text, w)
			}
		}
	})
}
