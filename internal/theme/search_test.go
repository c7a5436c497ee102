package theme

import (
	"regexp"
	"strings"
	"testing"
)

// TestSearch holds that the search's script is a classic one that is given the
// language's words and nothing else, as data: whatever a text holds, it stays
// one text of the script.
func TestSearch(t *testing.T) {
	th := load(t, with(nil))
	words := Words(th.Words["en"])
	a := th.Search(words, Link{})
	if b := th.Search(words, Link{}); a.Address != b.Address || string(a.Data) != string(b.Data) {
		t.Error("the same words give two scripts")
	}
	if !regexp.MustCompile(`^assets/search\.[0-9a-f]{8}\.js$`).MatchString(a.Address) {
		t.Error(a.Address)
	}
	text := string(a.Data)
	if !strings.Contains(text, `peppermillSearch.start({"words":{`) || !strings.Contains(text, `"none":"Nothing was found for {query}"`) || strings.Contains(text, "contact\":") || strings.Contains(text, "Skip to content") {
		t.Errorf("…%s", text[strings.LastIndex(text, "start("):])
	}
	for _, never := range []string{"import ", "export ", "eval(", "innerHTML", "new Function", "WebAssembly"} {
		if strings.Contains(text, never) {
			t.Errorf("the script says %q", never)
		}
	}
	mean := th.Search(Words{"find.none": "</script><!-- \u2028\"'`"}, Link{Href: "mailto:a@b.example", Name: "a@b.example"})
	end := string(mean.Data)[strings.LastIndex(string(mean.Data), "start("):]
	if mean.Address == a.Address || strings.ContainsAny(end, "<>\u2028") || !strings.Contains(end, `"contact":{"href":"mailto:a@b.example","name":"a@b.example"}`) {
		t.Error(end)
	}
	blanks := string(th.Blanks(words, true).Data)
	if !strings.Contains(blanks, `"days":["{day} {month} {year}","January",`) || !strings.Contains(blanks, `"title":"Make it yours"`) || strings.Contains(string(th.Blanks(words, false).Data), "January") {
		t.Errorf("the script of blanks is given …%s", blanks[strings.LastIndex(blanks, "start("):])
	}
	for _, never := range []string{"import ", "export ", "eval(", "innerHTML", "new Function", "fetch(", "XMLHttpRequest", "sendBeacon", "WebSocket"} {
		if strings.Contains(blanks, never) {
			t.Errorf("the script of blanks says %q", never)
		}
	}
	for _, asset := range th.Assets {
		if strings.Contains(asset.Address, "search") && strings.HasSuffix(asset.Address, ".js") || strings.Contains(asset.Address, "blanks") {
			t.Errorf("%s is among the assets of every language", asset.Address)
		}
	}
}

// TestBrokenSearch holds that a mistake in a site's own part of the search is
// told, and the built-in search stays.
func TestBrokenSearch(t *testing.T) {
	whole := load(t, with(nil)).Search(nil, Link{})
	th, findings := Load(with(map[string]string{"assets/js/search/recent.js": "export function makeRecent( {"}))
	if len(findings) != 1 || findings[0].Pos.Path != "_theme/assets/js/search/recent.js" || findings[0].Rule != ruleAsset {
		t.Errorf("%+v", findings)
	}
	if got := th.Search(nil, Link{}); string(got.Data) != string(whole.Data) {
		t.Error("the built-in search is not back")
	}
}
