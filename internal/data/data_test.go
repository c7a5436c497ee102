package data_test

import (
	"flag"
	"fmt"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"peppermill/internal/data"
	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/source"
)

var update = flag.Bool("update", false, "write the results into testdata")

// TestDecode runs testdata/decode.txtar: each text is followed by a file of
// the same name and ".want" that holds its tree and its findings.
func TestDecode(t *testing.T) {
	const name = "testdata/decode.txtar"
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out []txtar.File
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, ".want") {
			continue
		}
		got := describe(data.DecodeFile(source.File{Path: f.Name, Data: unescape(t, f.Data)}))
		out = append(out, f, txtar.File{Name: f.Name + ".want", Data: []byte(got)})
		if want := find(archive, f.Name+".want"); got != want && !*update {
			t.Errorf("%s:\n%s\nwant:\n%s", f.Name, got, want)
		}
	}
	if *update {
		archive.Files = out
		if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func find(a *txtar.Archive, name string) string {
	for _, f := range a.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return "(no such file)"
}

// unescape resolves ‹XX…›, hexadecimal bytes that an archive cannot hold, and
// ‹EOF›, which ends the text without a line end.
func unescape(t *testing.T, b []byte) []byte {
	t.Helper()
	s, _, _ := strings.Cut(string(b), "‹EOF›")
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(s, "‹")
		out.WriteString(before)
		if !found {
			return []byte(out.String())
		}
		hex, after, _ := strings.Cut(rest, "›")
		for ; len(hex) >= 2; hex = hex[2:] {
			n, err := strconv.ParseUint(hex[:2], 16, 8)
			if err != nil {
				t.Fatalf("bad escape %q", hex)
			}
			out.WriteByte(byte(n))
		}
		s = after
	}
}

// describe writes a tree and its findings as text.
func describe(v page.Value, findings diag.List, ok bool) string {
	var b strings.Builder
	if ok {
		write(&b, v, "")
	} else {
		b.WriteString("unreadable\n")
	}
	for _, f := range findings {
		fmt.Fprintf(&b, "%d:%d+%d %s: %s\n  > %s\n", f.Pos.Line, f.Pos.Column, f.Width, f.Rule, f.Message, f.Hint)
	}
	return b.String()
}

func write(b *strings.Builder, v page.Value, indent string) {
	place := fmt.Sprintf("%d:%d+%d", v.Pos.Line, v.Pos.Column, v.Width)
	switch v.Kind {
	case page.Null:
		fmt.Fprintf(b, "null %s\n", place)
	case page.Scalar:
		quoted := ""
		if v.Quoted {
			quoted = " quoted"
		}
		fmt.Fprintf(b, "%q %s%s\n", v.Text, place, quoted)
	case page.List:
		fmt.Fprintf(b, "list %s\n", place)
		for _, item := range v.Items {
			b.WriteString(indent + "  - ")
			write(b, item, indent+"    ")
		}
	case page.Map:
		fmt.Fprintf(b, "map %s\n", place)
		for _, f := range v.Fields {
			fmt.Fprintf(b, "%s  %s@%d:%d = ", indent, f.Key, f.Pos.Line, f.Pos.Column)
			write(b, f.Value, indent+"  ")
		}
	}
}

func TestMergeChoosesAtTheTopOnly(t *testing.T) {
	first := func(_ string, a, _ page.Value) page.Value { return a }
	for _, c := range []struct{ name, text string }{
		{"a.yaml", "draft: true\nin:\n  draft: 1\n  draft: 2\ndraft: false\n"},
		{"a.json", "{\"draft\": true,\n\"in\": {\"draft\": 1,\n\"draft\": 2},\n\"draft\": false}"},
		{"a.toml", "draft = true\ndraft = false\n[in]\ndraft = 1\ndraft = 2\n"},
	} {
		format, _ := data.FormatOf(c.name)
		v, findings, ok := data.Decode(data.Input{Text: []byte(c.text), Format: format, Merge: first})
		draft, _ := v.Get("draft")
		in, _ := v.Get("in")
		inner, _ := in.Get("draft")
		if !ok || draft.Text != "true" || inner.Text != "2" || len(findings) != 2 {
			t.Errorf("%s: %v %q %q\n%v", c.name, ok, draft.Text, inner.Text, findings)
		}
	}
}

// TestBombs gives texts that would grow without bound to a careless reader.
func TestBombs(t *testing.T) {
	laugh := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c <= 'z'; c++ {
		laugh += fmt.Sprintf("%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n", c, c, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1)
	}
	chain := "a0: &a0 [x]\n"
	for i := 1; i < 2000; i++ {
		chain += fmt.Sprintf("a%d: &a%d [*a%d]\n", i, i, i-1)
	}
	deep := strings.Repeat("[", 10_000)
	var many strings.Builder
	for i := range 30_000 {
		fmt.Fprintf(&many, "k%d = %d\n", i, i)
	}
	for _, c := range []struct {
		name, text, rule string
	}{
		{"laugh.yaml", laugh, data.RuleLimit},
		{"chain.yaml", chain, data.RuleLimit},
		{"flow.yaml", deep, data.RuleLimit},
		{"block.yaml", strings.Repeat("- ", 10_000) + "x", data.RuleLimit},
		{"maps.yaml", strings.Repeat("{a: ", 10_000), data.RuleLimit},
		{"deep.json", deep, data.RuleLimit},
		{"maps.json", strings.Repeat(`{"a":`, 10_000), data.RuleLimit},
		{"deep.toml", "a = " + deep + strings.Repeat("]", 10_000), data.RuleLimit},
		{"dots.toml", strings.Repeat("a.", 10_000) + "a = 1", data.RuleLimit},
		{"table.toml", "[" + strings.Repeat("a.", 10_000) + "a]", data.RuleLimit},
		{"inline.toml", "a = " + strings.Repeat("{a=", 10_000) + "1" + strings.Repeat("}", 10_000), data.RuleLimit},
		{"commas.yaml", "a: [" + strings.Repeat("x,", 600_000) + "]", data.RuleLimit},
		{"size.json", `"` + strings.Repeat("x", data.MaxFile) + `"`, data.RuleLimit},
		{"line.yaml", "a: " + strings.Repeat("x", 1<<20), ""},
		{"prose.yaml", "a: |\n" + strings.Repeat("  Much text, and more of it.\n", 40_000), ""},
		{"keys.toml", many.String(), data.RuleLimit},
		{"keys.yaml", strings.ReplaceAll(many.String(), " = ", ": "), ""},
		{"same.yaml", strings.Repeat("a: 1\n", 5_000), data.RuleRepeated},
		{"same.toml", strings.Repeat("a = 1\n", 5_000), data.RuleRepeated},
	} {
		_, findings, ok := data.DecodeFile(source.File{Path: c.name, Data: []byte(c.text)})
		rule := ""
		if len(findings) > 0 {
			rule = findings[0].Rule
		}
		if rule != c.rule || ok != (rule == "" || rule == data.RuleRepeated) || len(findings) > 20 {
			t.Errorf("%s: ok %v, %d findings, the first %q, want %q", c.name, ok, len(findings), rule, c.rule)
		}
	}
}

func TestFormatOf(t *testing.T) {
	for name, want := range map[string]data.Format{"a.yaml": data.YAML, "b/c.YML": data.YAML, "x.toml": data.TOML, "x.json": data.JSON, "x.md": 0, "yaml": 0} {
		if got, ok := data.FormatOf(name); got != want || ok != (want != 0) {
			t.Errorf("FormatOf(%q) = %v, %v", name, got, ok)
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	if _, findings, ok := data.DecodeFile(source.File{Path: "x.csv", Data: []byte("a")}); ok || len(findings) != 1 {
		t.Errorf("ok %v, findings %v", ok, findings)
	}
}

// FuzzDecode checks that any text gives a tree or a reason, with every place
// inside the text.
func FuzzDecode(f *testing.F) {
	archive, err := txtar.ParseFile("testdata/decode.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range archive.Files {
		if format, ok := data.FormatOf(path.Base(file.Name)); ok {
			f.Add(file.Data, uint8(format)-1)
		}
	}
	f.Fuzz(func(t *testing.T, text []byte, format uint8) {
		format = format%3 + 1
		lines := strings.Split(strings.ReplaceAll(strings.ReplaceAll(string(text), "\r\n", "\n"), "\r", "\n"), "\n")
		inside := func(what string, p diag.Pos, width int) {
			if p.Line < 1 || p.Line > len(lines) || p.Column < 1 || p.Column > len([]rune(lines[p.Line-1]))+1 {
				t.Errorf("%s at %d:%d is outside of %q", what, p.Line, p.Column, text)
			} else if p.Column+width > len([]rune(lines[p.Line-1]))+1 {
				t.Errorf("%s at %d:%d, %d wide, runs out of its line in %q", what, p.Line, p.Column, width, text)
			}
		}
		v, findings, ok := data.Decode(data.Input{Text: text, Format: data.Format(format)})
		for _, d := range findings {
			inside(d.Rule, d.Pos, d.Width)
			if strings.Contains(d.Message, "gave up") {
				t.Errorf("a parser panicked: %s", d.Message)
			}
		}
		if !ok && len(findings) == 0 {
			t.Error("unreadable without a reason")
		}
		if !ok {
			return
		}
		walk(v, func(v page.Value) {
			inside("value", v.Pos, v.Width)
			for _, field := range v.Fields {
				inside("key", field.Pos, 0)
			}
		})
	})
}

func walk(v page.Value, visit func(page.Value)) {
	visit(v)
	for _, item := range v.Items {
		walk(item, visit)
	}
	for _, f := range v.Fields {
		walk(f.Value, visit)
	}
}
