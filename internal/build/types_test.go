package build

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"peppermill/internal/schema"
)

var update = flag.Bool("update", false, "write the findings into testdata/types.txtar")

// TestRulesOfTypes builds a site in which each rule of types finds something on
// one page and nothing on another: place, class and words of each finding. Every
// row of the table speaks at least once.
func TestRulesOfTypes(t *testing.T) {
	const name = "testdata/types.txtar"
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	content, want, at := fstest.MapFS{}, "", len(archive.Files)
	for i, f := range archive.Files {
		if f.Name == "want" {
			want, at = string(f.Data), i
			continue
		}
		content[f.Name] = &fstest.MapFile{Data: f.Data, Mode: 0o644}
	}
	r, err := fresh().Run(context.Background(), Input{Content: content, Options: Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, d := range r.Diags {
		fmt.Fprintf(&b, "%s+%d %s %s: %s | %s\n", place(d), d.Width, d.Rule, d.Class, d.Message, d.Hint)
	}
	if *update {
		archive.Files = append(archive.Files[:at], txtar.File{Name: "want", Data: []byte(b.String())})
		if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if b.String() != want {
		t.Errorf("findings:\n%swant:\n%s(run with -update to accept)", b.String(), want)
	}
	rules := map[string]bool{}
	for _, a := range schema.Asks() {
		rules[a.Rule] = true
		if !strings.Contains(b.String(), a.Rule) || a.Message != "" && !strings.Contains(b.String(), a.Message) {
			t.Errorf("no page has %s: %s", a.Rule, a.Message)
		}
	}
	for _, f := range schema.Fields() {
		for _, key := range []string{"edge." + f.Name, "edge." + f.Name + ".back"} {
			if f.Kind == schema.Edges && (r.Site.Words["en"][key] == "" || r.Site.Words["de"][key] == "") {
				t.Errorf("no words for %s", key)
			}
		}
	}
	for _, d := range r.Diags {
		if rules[d.Rule] && (strings.HasPrefix(d.Pos.Path, "policies/seven") || strings.HasPrefix(d.Pos.Path, "policies/foreign")) {
			t.Errorf("%s hears of %s", d.Pos.Path, d.Rule)
		}
	}
}
