package diag

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

func TestClassify(t *testing.T) {
	table := []Rule{{Name: "a", Class: Tip}, {Name: "b", Class: Stop}}
	in := List{{Rule: "a"}, {Rule: "b"}, {Rule: "b", Class: Tip}, {Rule: "gone"}, {Rule: "unknown"}}
	out := in.Classify(table, map[string]Class{"a": Fix, "gone": Off})
	want := []Class{Fix, Stop, Tip, Fix}
	if len(out) != len(want) {
		t.Fatalf("%d findings, want %d", len(out), len(want))
	}
	for i, d := range out {
		if d.Class != want[i] {
			t.Errorf("%d: %v, want %v", i, d.Class, want[i])
		}
	}
	if out.Count(Fix) != 2 {
		t.Error("count")
	}
}

func TestSortDropsRepeats(t *testing.T) {
	a := Diagnostic{Rule: "r", Pos: Pos{Path: "a.md", Line: 9}}
	b := Diagnostic{Rule: "r", Pos: Pos{Path: "a.md", Line: 10}}
	c := Diagnostic{Rule: "r", Pos: Pos{Path: "a-b.md", Line: 1}}
	got := List{b, a, c, a}.Sort()
	if len(got) != 3 || got[0] != c || got[1] != a || got[2] != b {
		t.Error(got)
	}
}

func TestNear(t *testing.T) {
	names := []string{"title", "tagline", "base_url", "lang", "日本語の方針"}
	for word, want := range map[string]string{
		"titel": "title", "Title": "title", "tagine": "tagline", "baseurl": "base_url", "base-url": "base_url",
		"x": "", "completely": "", "日本語の方斜": "日本語の方針", "": "",
	} {
		if got := Near(word, names); got != want {
			t.Errorf("Near(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestPrint(t *testing.T) {
	long := strings.Repeat("x", 150) + "HERE" + strings.Repeat("y", 150)
	tests := []struct {
		name string
		d    Diagnostic
		want string
	}{
		{"all", Diagnostic{Rule: "link-missing", Class: Fix, Pos: Pos{"a.md", 18, 7}, Width: 4, Message: "no page", Hint: "write b", Excerpt: "see [x](y.md)"},
			"content/a.md:18:7: error: no page [link-missing]\n  18 | see [x](y.md)\n     |       ^~~~\n  hint: write b\n"},
		{"tab and wide", Diagnostic{Rule: "r", Class: Tip, Pos: Pos{"a.md", 1, 4}, Message: "m", Excerpt: "\t返x!"},
			"content/a.md:1:4: tip: m [r]\n  1 |  返x!\n    |  \u3000 ^\n"},
		{"no place", Diagnostic{Rule: "r", Class: Stop, Message: "m"}, "error: m [r]\n"},
		{"hostile", Diagnostic{Rule: "r", Class: Fix, Pos: Pos{Path: "a\x1b]0;x\a.md"}, Message: "\x1b[2J\nb", Hint: "\u202eevil", Excerpt: ""},
			"content/a\\u{1b}]0;x\\u{7}.md: error: \\u{1b}[2J b [r]\n  hint: \\u{202e}evil\n"},
		{"past the end", Diagnostic{Rule: "r", Class: Fix, Pos: Pos{"a", 1, 99}, Message: "m", Excerpt: "abc"}, "content/a:1:99: error: m [r]\n  1 | abc\n"},
		{"long", Diagnostic{Rule: "r", Class: Fix, Pos: Pos{"a", 1, 151}, Width: 4, Message: "m", Excerpt: long},
			"content/a:1:151: error: m [r]\n  1 | " + strings.Repeat("x", 33) + "HERE" + strings.Repeat("y", 63) + "\n    | " + strings.Repeat(" ", 33) + "^~~~\n"},
	}
	for _, tt := range tests {
		var b bytes.Buffer
		p := Printer{W: &b, Tips: -1, Show: func(path string) string { return "content/" + path }}
		if err := p.Print(List{tt.d}); err != nil || b.String() != tt.want {
			t.Errorf("%s: %v\n%q\n%q", tt.name, err, b.String(), tt.want)
		}
	}
}

func TestPrintCountsTips(t *testing.T) {
	var b bytes.Buffer
	l := List{{Class: Tip, Message: "<1>"}, {Class: Tip, Message: "<2>"}, {Class: Fix, Message: "<3>"}, {Class: Tip, Message: "<4>"}}
	if err := (Printer{W: &b, Tips: 1, Color: true}).Print(l); err != nil {
		t.Fatal(err)
	}
	if s := b.String(); !strings.Contains(s, "2 more tips") || strings.Contains(s, "<4>") || !strings.Contains(s, "<3>") {
		t.Error(s)
	}
}

func TestJSON(t *testing.T) {
	var b bytes.Buffer
	if err := (Printer{W: &b}).JSON(List{{Rule: "r", Class: Fix, Pos: Pos{"a.md", 1, 2}, Message: "\x1b<b>\u009b\u202e"}}); err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(b.Bytes(), &got); err != nil || got["class"] != "fix" || got["line"] != 1.0 || got["message"] != "\x1b<b>\u009b\u202e" {
		t.Error(err, got)
	}
	if strings.ContainsAny(b.String(), "\x1b\u009b\u202e") {
		t.Error("a control byte reaches the terminal")
	}
}
