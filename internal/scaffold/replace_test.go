package scaffold_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"peppermill/internal/scaffold"
)

func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// holds fails unless the folder has these files and no others.
func holds(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	n := 0
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		n++
		rel, _ := filepath.Rel(dir, name)
		if text, _ := os.ReadFile(name); want[filepath.ToSlash(rel)] != string(text) {
			t.Errorf("%s holds %q, not %q", rel, text, want[filepath.ToSlash(rel)])
		}
		return nil
	})
	if err != nil || n != len(want) {
		t.Errorf("there are %d files, not %d: %v", n, len(want), err)
	}
}

func change(path, before, after string) scaffold.Change {
	return scaffold.Change{Path: path, Old: []byte(before), New: []byte(after)}
}

func TestReplace(t *testing.T) {
	dir := folder(t, map[string]string{"a/x.md": "1", "b.md": "2"})
	if err := scaffold.Replace(dir, []scaffold.Change{change("a/x.md", "1", "one"), change("b.md", "2", "two")}); err != nil {
		t.Fatal(err)
	}
	holds(t, dir, map[string]string{"a/x.md": "one", "b.md": "two"})
	if info, err := os.Stat(filepath.Join(dir, "b.md")); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the permissions are %v: %v", info.Mode(), err)
	}
}

// TestReplaceAllOrNone holds that a file which somebody has saved meanwhile
// stays as it is, and that the one before it is put back.
func TestReplaceAllOrNone(t *testing.T) {
	dir := folder(t, map[string]string{"a.md": "1", "b.md": "saved meanwhile"})
	err := scaffold.Replace(dir, []scaffold.Change{change("a.md", "1", "one"), change("b.md", "2", "two")})
	if e, ok := errors.AsType[*scaffold.Error](err); !ok || !strings.Contains(e.Text, "meanwhile") {
		t.Error(err)
	}
	holds(t, dir, map[string]string{"a.md": "1", "b.md": "saved meanwhile"})
	if err := scaffold.Replace(dir, []scaffold.Change{change("a.md", "1", "one"), change("gone.md", "2", "two")}); err == nil {
		t.Error("a file that is not there was replaced")
	}
	holds(t, dir, map[string]string{"a.md": "1", "b.md": "saved meanwhile"})
}

// TestReplaceLinks holds that no link is followed, inside the folder neither.
func TestReplaceLinks(t *testing.T) {
	outside := folder(t, map[string]string{"x.md": "1"})
	dir := folder(t, map[string]string{"real/x.md": "1"})
	for name, to := range map[string]string{"link.md": "real/x.md", "out.md": filepath.Join(outside, "x.md"), "folder": "real", "outside": outside} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Skip("no links here:", err)
		}
	}
	for _, name := range []string{"link.md", "out.md", "folder/x.md", "outside/x.md", "../x.md", "real", "/x.md", ""} {
		if _, err := scaffold.ReadPage(dir, name); err == nil {
			t.Errorf("%q was read", name)
		}
		if err := scaffold.Replace(dir, []scaffold.Change{change(name, "1", "2")}); err == nil {
			t.Errorf("%q was replaced", name)
		}
	}
	holds(t, dir, map[string]string{"real/x.md": "1"})
	holds(t, outside, map[string]string{"x.md": "1"})
}

// TestReplaceMakes holds that new files come with the others, or none do; and
// that a file which is there already is not written over.
func TestReplaceMakes(t *testing.T) {
	made := func(path, text string) scaffold.Change {
		return scaffold.Change{Path: path, New: []byte(text), Made: true}
	}
	dir := folder(t, map[string]string{"a.md": "1"})
	if err := scaffold.Replace(dir, []scaffold.Change{change("a.md", "1", "2"), made("_versions/a-1.md", "1"), made("a-1.md", "1")}); err != nil {
		t.Fatal(err)
	}
	whole := map[string]string{"a.md": "2", "_versions/a-1.md": "1", "a-1.md": "1"}
	holds(t, dir, whole)
	for name, changes := range map[string][]scaffold.Change{
		"a file is there":              {change("a.md", "2", "3"), made("b/x.md", "x"), made("A-1.md", "x")},
		"the page has been saved":      {change("a.md", "1", "3"), made("b/x.md", "x")},
		"a later one cannot be read":   {change("a.md", "2", "3"), made("b/x.md", "x"), change("none.md", "2", "3")},
		"a link leads out":             {change("a.md", "2", "3"), made("../x.md", "x")},
		"a file is where a folder was": {change("a.md", "2", "3"), made("a.md/x.md", "x")},
	} {
		if err := scaffold.Replace(dir, changes); err == nil {
			t.Errorf("%s, and it was written", name)
		}
		holds(t, dir, whole)
		if _, err := os.Stat(filepath.Join(dir, "b")); err == nil {
			t.Errorf("%s: the folder was left", name)
		}
	}
}
