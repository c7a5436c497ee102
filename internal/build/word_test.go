package build

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// unpack adds the parts of files for Word, so that what must not be anywhere
// is looked for in them too. A script holds the very bytes of its file.
func unpack(t *testing.T, files map[string][]byte) {
	t.Helper()
	for name, data := range files {
		if script, ok := strings.CutSuffix(name, ".docx.js"); ok {
			quoted := regexp.MustCompile(`^peppermillWordFile\("[^"]*","([^"]*)"\)\n$`).FindSubmatch(data)
			if quoted == nil {
				t.Errorf("%s is no such script: %s", name, data)
				continue
			}
			if content, err := base64.StdEncoding.DecodeString(string(quoted[1])); err != nil || !bytes.Equal(content, files[script+".docx"]) {
				t.Errorf("%s does not hold the file: %v", name, err)
			}
		}
		if strings.HasSuffix(name, ".docx") && bytes.HasPrefix(data, []byte("PK")) {
			z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for _, f := range z.File {
				r, err := f.Open()
				if err != nil {
					t.Fatal(err)
				}
				if files[name+"/"+f.Name], err = io.ReadAll(r); err != nil {
					t.Fatalf("%s: %s: %v", name, f.Name, err)
				}
			}
		}
	}
}

// TestWordKeys holds that a build that writes nothing new makes no
// file for Word again, and that one picture is enough to make its own anew.
func TestWordKeys(t *testing.T) {
	content := fstest.MapFS{
		"policies/a.md":     {Data: []byte("# A\n\n![Till](till.jpg)\n")},
		"policies/b.md":     {Data: []byte("# B\n\nOf %{business-name}.\n")},
		"policies/till.jpg": {Data: photo(40, 30, 1)},
	}
	b := fresh()
	run := func() map[string]string {
		r, err := b.Run(context.Background(), Input{Content: content, Options: Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}})
		if err != nil || len(r.Diags) > 0 {
			t.Fatal(err, r.Diags)
		}
		keys := map[string]string{}
		for _, e := range r.Tree.Entries {
			c, err := e.Open()
			if err != nil {
				t.Fatal(err)
			}
			keys[e.Path] = c.Key().String()
		}
		return keys
	}
	before := run()
	content["policies/till.jpg"] = &fstest.MapFile{Data: photo(40, 30, 2)}
	content["policies/c.md"] = &fstest.MapFile{Data: []byte("# C\n")}
	after := run()
	var changed []string
	for path, key := range after {
		if before[path] != key && strings.Contains(path, ".docx") {
			changed = append(changed, path)
		}
	}
	slices.Sort(changed)
	if want := "policies/a/a.docx policies/c/c.docx"; strings.Join(changed, " ") != want {
		t.Errorf("made anew: %v, want %s", changed, want)
	}
	if before["policies/b/b.docx"] == "" || before["policies/b/b.docx"] == before["policies/b/b.docx.js"] {
		t.Error("a file and its script have one key")
	}
}

// TestInLibreOffice has every Word file of the sample opened by a program that is
// not ours, and holds that it shows the pages' headings, in order. LibreOffice is
// large to fetch and slow to start: make word gets it and runs this.
func TestInLibreOffice(t *testing.T) {
	if os.Getenv("PEPPERMILL_WORD") == "" {
		t.Skip("make word runs it")
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Fatal(err)
	}
	r, err := fresh().Run(context.Background(), Input{Content: os.DirFS("../../content"), Options: Options{
		Now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), BaseURL: "https://example.com/"}})
	if err != nil {
		t.Fatal(err)
	}
	files, err := r.Tree.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	args := []string{"--headless", "-env:UserInstallation=file://" + filepath.Join(dir, "office"), "--convert-to", "txt:Text (encoded):UTF8", "--outdir", dir}
	for _, p := range r.Site.Pages {
		if p.Word != "" {
			name := filepath.Join(dir, filepath.Base(p.Word))
			if err := os.WriteFile(name, files[p.Word], 0o600); err != nil {
				t.Fatal(err)
			}
			args = append(args, name)
		}
	}
	if out, err := exec.Command(office, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	seen := 0
	for _, p := range r.Site.Pages {
		if p.Word == "" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, strings.TrimSuffix(filepath.Base(p.Word), ".docx")+".txt"))
		if err != nil {
			t.Errorf("%s was not opened: %v", p.Word, err)
			continue
		}
		at := 0
		for _, h := range p.Source.Headings {
			if h.Staff || strings.Contains(string(h.Text), "%{") {
				continue
			}
			i := bytes.Index(text[at:], []byte(h.Text))
			if i < 0 {
				t.Errorf("%s does not show %q", p.Word, h.Text)
				break
			}
			at += i
			seen++
		}
	}
	if seen < 20 {
		t.Errorf("only %d headings seen", seen)
	}
}
