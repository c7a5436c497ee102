package build

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// TestSites builds every archive in testdata/sites. An archive is a whole site
// and a file "want", whose lines say what must hold:
//
//   - a/index.html: text     the file contains the text
//   - a/index.html: text     it does not; "*" stands for every file
//     ! a/index.html           there is no such file
//   - a/a.docx/word/document.xml: text   a part of a file for Word; *.docx.js too
//     ? a.md:3:7 rule class    exactly these findings, in this order
//     options: drafts staff profile=cafe
//
// In every site, every local link and anchor must lead somewhere.
func TestSites(t *testing.T) {
	names, err := filepath.Glob("testdata/sites/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no sites", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			holdsAll(t, archive)
		})
	}
}

func holdsAll(t *testing.T, archive *txtar.Archive) {
	content := fstest.MapFS{}
	var want string
	for _, f := range archive.Files {
		if f.Name == "want" {
			want = string(f.Data)
			continue
		}
		content[f.Name] = &fstest.MapFile{Data: f.Data, Mode: 0o644}
	}
	r, err := fresh().Run(context.Background(), Input{Content: content, Options: wanted(want)})
	if err != nil {
		t.Fatal(err)
	}
	var got, expected strings.Builder
	for _, d := range r.Diags {
		fmt.Fprintf(&got, "%s %s %s\n", place(d), d.Rule, d.Class)
	}
	files := map[string][]byte{}
	if r.Publishable() {
		if files, err = r.Tree.Bytes(); err != nil {
			t.Fatal(err)
		}
		unpack(t, files)
	}
	for line := range strings.Lines(want) {
		line = strings.TrimSpace(line)
		if finding, ok := strings.CutPrefix(line, "? "); ok {
			expected.WriteString(finding + "\n")
		} else if line != "" && !strings.HasPrefix(line, "options:") {
			holds(t, files, line)
		}
	}
	if got.String() != expected.String() {
		t.Errorf("findings:\n%swant:\n%s%v", got.String(), expected.String(), r.Diags)
	}
	for _, broken := range checkLinks(t, files) {
		t.Error(broken)
	}
}

func place(d diag.Diagnostic) string {
	return fmt.Sprintf("%s:%d:%d", d.Pos.Path, d.Pos.Line, d.Pos.Column)
}

func wanted(want string) Options {
	o := Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	for line := range strings.Lines(want) {
		rest, ok := strings.CutPrefix(line, "options:")
		if !ok {
			continue
		}
		for _, word := range strings.Fields(rest) {
			name, value, _ := strings.Cut(word, "=")
			switch name {
			case "drafts":
				o.Drafts = true
			case "future":
				o.Future = true
			case "expired":
				o.Expired = true
			case "staff":
				o.Edition = page.Staff
			case "profile":
				o.Profile = value
			default:
				panic("unknown option " + word)
			}
		}
	}
	return o
}

func holds(t *testing.T, files map[string][]byte, line string) {
	t.Helper()
	sign, rest, _ := strings.Cut(line, " ")
	name, text, _ := strings.Cut(rest, ": ")
	data, exists := files[name]
	switch {
	case sign == "!":
		if exists {
			t.Errorf("%s exists", name)
		}
	case sign == "+" && !bytes.Contains(data, []byte(text)):
		t.Errorf("%s lacks %q; it is\n%s", name, text, data)
	case sign == "-" && name == "*":
		for name, data := range files {
			if bytes.Contains(data, []byte(text)) {
				t.Errorf("%s contains %q", name, text)
			}
		}
	case sign == "-" && (!exists || bytes.Contains(data, []byte(text))):
		t.Errorf("%s contains %q or does not exist", name, text)
	case sign != "+" && sign != "-":
		t.Errorf("what is %q?", line)
	}
}

// TestSample holds our own content to its own rules.
func TestSample(t *testing.T) {
	r, files := sample(t, "public")
	for _, d := range r.Diags {
		t.Errorf("%s: %s (%s)", place(d), d.Message, d.Hint)
	}
	if len(files) < 20 {
		t.Errorf("only %d files", len(files))
	}
	for _, broken := range checkLinks(t, files) {
		t.Error(broken)
	}
}
