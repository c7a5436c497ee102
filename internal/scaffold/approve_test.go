package scaffold_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"peppermill/internal/frontmatter"
	"peppermill/internal/page"
	"peppermill/internal/scaffold"
	"peppermill/internal/schema"
	"peppermill/internal/source"
)

var approved = scaffold.Approval{Day: time.Date(2026, 2, 3, 0, 0, 0, 0, time.UTC), By: "Sam Whitfield", Summary: "28 days: \"more\" time", Material: true}

// TestEdits holds what becomes of pages line by line: testdata/edits has pairs
// of files, NAME and NAME.approved, or NAME.refused with the words of the refusal.
func TestEdits(t *testing.T) {
	archives, _ := filepath.Glob("testdata/edits/*.txtar")
	if len(archives) == 0 {
		t.Fatal("there are no cases")
	}
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(archive.Files); i += 2 {
			before, after := archive.Files[i], archive.Files[i+1]
			for _, eol := range []string{"\n", "\r\n", "\r"} {
				for _, mark := range []string{"", "\ufeff"} {
					text := mark + strings.ReplaceAll(string(before.Data), "\n", eol)
					got, _, err := scaffold.Approve(before.Name, []byte(text), approved)
					if strings.HasSuffix(after.Name, ".refused") {
						e, ok := errors.AsType[*scaffold.Error](err)
						if !ok || e.Hint == "" || e.At.Line == 0 || !strings.Contains(e.Text+" "+e.Hint, strings.TrimSpace(string(after.Data))) {
							t.Errorf("%s %s: %#v\n%s", name, before.Name, err, got)
						}
						continue
					}
					if want := mark + strings.ReplaceAll(string(after.Data), "\n", eol); err != nil || string(got) != want {
						t.Errorf("%s %s %q: %v\n%s\nwant\n%s", name, before.Name, eol, err, got, want)
					}
				}
			}
		}
	}
}

// mine are the lines that an approval may change.
var mine = regexp.MustCompile(`(?i)^\s*"?'?(status|draft|is_?draft|approver|version|effective|last_?reviewed(_?on|_?at)?)\b`)

// untouched reports the first line of a page that an approval changed though
// it must not, or "".
func untouched(before, after []byte) string {
	lines, rest := bytes.SplitAfter(before, []byte("\n")), bytes.SplitAfter(after, []byte("\n"))
	for _, line := range lines {
		if mine.Match(bytes.TrimPrefix(line, []byte("\ufeff"))) {
			continue // a later line may be the same
		}
		i := 0
		for i < len(rest) && !bytes.Equal(rest[i], line) {
			i++
		}
		if i == len(rest) {
			return "changed: " + string(line)
		}
		rest = rest[i+1:]
	}
	return ""
}

// sound holds that an approval says what was meant and nothing else.
func sound(t *testing.T, name string, before, after []byte, version string) {
	t.Helper()
	old, _ := frontmatter.Read(source.File{Path: name, Data: bytes.TrimPrefix(before, []byte("\ufeff"))})
	now, _ := frontmatter.Read(source.File{Path: name, Data: bytes.TrimPrefix(after, []byte("\ufeff"))})
	meta, _ := schema.Envelope(now.Tree, name)
	if now.Broken || meta.Status != page.Approved || meta.Draft || meta.Control.Version != version || meta.Control.Approver != approved.By ||
		!meta.Control.Effective.Time.Equal(approved.Day) || !meta.Control.LastReviewed.Time.Equal(approved.Day) {
		t.Errorf("%s: not approved:\n%.600s", name, after)
	}
	if !bytes.Equal(old.Body, now.Body) || !bytes.HasSuffix(after, old.Body) {
		t.Errorf("%s: the body changed", name)
	}
	if version == "" {
		t.Errorf("%s: no version", name)
	}
}

// TestRealPages approves every page of real handbooks: whatever their settings
// look like, only the lines of the approval change, and few are refused.
func TestRealPages(t *testing.T) {
	dir := os.Getenv("PEPPERMILL_DATA")
	if dir == "" {
		dir = "../../../shared"
	}
	dir = filepath.Join(dir, "corpora")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no real data: ", err)
	}
	pages, refused, every := 0, map[string]int{}, 0
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !source.IsMarkdown(name) {
			return err
		}
		if every++; testing.Short() && every%10 > 0 {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		pages++
		after, version, err := scaffold.Approve("x.md", text, approved)
		if err != nil {
			refused[err.Error()]++
			return nil
		}
		sound(t, name, text, after, version)
		if line := untouched(text, after); line != "" {
			t.Errorf("%s: %s", name, line)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, count := range refused {
		n += count
	}
	t.Logf("%d pages, %d refused: %v", pages, n, refused)
	if pages == 0 || n*50 > pages {
		t.Errorf("%d of %d pages were refused", n, pages)
	}
}

func FuzzApprove(f *testing.F) {
	archives, _ := filepath.Glob("testdata/edits/*.txtar")
	for _, name := range archives {
		if archive, err := txtar.ParseFile(name); err == nil {
			for _, file := range archive.Files {
				f.Add(string(file.Data))
				f.Add(strings.ReplaceAll(string(file.Data), "\n", "\r\n"))
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if after, version, err := scaffold.Approve("x.md", []byte(text), approved); err == nil {
			sound(t, "x.md", []byte(text), after, version)
		} else if e, ok := errors.AsType[*scaffold.Error](err); !ok || e.Hint == "" {
			t.Errorf("a refusal without a next step: %#v", err)
		}
		if after, err := scaffold.Verify("x.md", []byte(text), approved.Day); err == nil {
			again, err := scaffold.Verify("x.md", after, approved.Day)
			if err != nil || !bytes.Equal(after, again) {
				t.Errorf("verified twice is not verified once: %v\n%s\n%s", err, after, again)
			}
		}
		before, after, err := scaffold.Supersede("a/x.md", []byte(text), "b/y.md", []byte(text))
		if (err == nil) != (before != nil && after != nil) {
			t.Errorf("half a change: %v", err)
		}
	})
}

func TestVersions(t *testing.T) {
	for _, tt := range []struct{ old, minor, material string }{
		{"", "1.0", "1.0"}, {"1.0", "1.1", "2.0"}, {"1.9", "1.10", "2.0"}, {"2", "2.1", "3"}, {"v1.4", "v1.5", "v2.0"},
		{"1.4.2", "1.5.0", "2.0.0"}, {"0.3", "1.0", "1.0"}, {"0", "1.0", "1.0"}, {"2026-03", "", ""}, {"Rev. C", "", ""},
	} {
		text := "---\nversion: \"" + tt.old + "\"\n---\n"
		for material, want := range map[bool]string{false: tt.minor, true: tt.material} {
			_, got, err := scaffold.Approve("x.md", []byte(text), scaffold.Approval{Day: approved.Day, Material: material})
			if got != want || (err == nil) != (want != "") {
				t.Errorf("after %q (material: %v) comes %q, not %q: %v", tt.old, material, want, got, err)
			}
		}
	}
}
