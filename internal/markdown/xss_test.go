package markdown

import (
	"os"
	"strings"
	"testing"

	"peppermill/internal/config"
	"peppermill/internal/source"
)

// places are where a payload may stand in a page.
var places = []string{
	"X",
	"text X text",
	"# X",
	"## head {#X}",
	"## head {.X id=\"X\" class=\"X\" lang=\"X\" X=\"X\"}",
	"[X](page.md)",
	"[a](X)",
	"[a](<X>)",
	"[a](page.md \"X\")",
	"[a](page.md 'X')",
	"[a][r]\n\n[r]: X \"X\"",
	"[X]: http://x\n\n[X]",
	"![X](a.png)",
	"![a](X)",
	"![a](<X> \"X\")",
	"![a](a.png \"X\"){width=X class=X}",
	"<X>",
	"[[X]]",
	"[[a|X]]",
	"![[X.png|X]]",
	"`X`",
	"```X\nX\n```",
	"```js title=\"X\" {X}\nX\n```",
	"```html hl_lines=\"1\"\nX\n```",
	"    X",
	":::X\nX\n:::",
	":::say X\nX\n:::",
	":::say{.X #X}\nX\n:::",
	":::tabs\n:::tab X\nX\n:::\n:::",
	"!!! X \"X\"\n    X",
	"??? note \"X\"\n    X",
	"> [!X] X\n> X",
	"> [!NOTE]- X\n> X",
	"*[X]: X\n\nX",
	"a[^X]\n\n[^X]: X",
	"| X |\n|---|\n| X |",
	"- [ ] X",
	"term X\n: X",
	"%{X}",
	"[TOC]\n\n## X",
	"---\ntitle: X\ndescription: X\nlang: X\n---\nX",
	"para\n{X}",
	"<kbd title=\"X\" lang=\"X\" X>X</kbd>",
	"<abbr title=\"X\">X</abbr>",
	"<details X>\n<summary X>X</summary>\nX\n</details>",
	"<a id=\"X\">X</a>",
	"<a name='X'></a>",
	"<div>X</div>",
	"<!-- X -->",
	":X:",
	"X\n===",
	"~~X~~ **X** *X*{.X}",
}

// TestXSS puts each payload into each place, under both modes that do not
// trust the author, and looks at the page as a browser would.
func TestXSS(t *testing.T) {
	data, err := os.ReadFile("testdata/xss.txt")
	if err != nil {
		t.Fatal(err)
	}
	payloads := strings.Split(strings.TrimSpace(string(data)), "\n")
	if len(payloads) < 100 {
		t.Fatalf("only %d payloads", len(payloads))
	}
	for _, mode := range []config.RawHTML{config.SafeHTML, config.NoHTML} {
		p := New(Options{RawHTML: mode})
		for _, payload := range payloads {
			payload = strings.NewReplacer(`\t`, "\t", `\n`, "\n", `\0`, "\x00", `\x01`, "\x01").Replace(payload)
			for _, place := range places {
				pg, _ := p.Parse(source.File{Path: "page.md", Data: []byte(strings.ReplaceAll(place, "X", payload))})
				checkParts(t, pg)
				checkDOM(t, fill(pg))
			}
		}
	}
}
