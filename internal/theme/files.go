package theme

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"peppermill/internal/diag"
)

// file is one file of the theme in force.
type file struct {
	data  []byte
	shown string // the path that findings name
	own   bool   // the site's, not the built-in one
}

// tree is the theme in force: the built-in files with the site's over them.
type tree struct {
	files    map[string]file // by path inside the theme
	fallback map[string]file // the built-in file that an own one hides
}

// maxFile is what one file of a theme may weigh, in bytes.
const maxFile = 32 << 20

func readTree(in Input) (*tree, diag.List) {
	t := &tree{files: map[string]file{}, fallback: map[string]file{}}
	findings := t.add(in.Embedded, in.EmbeddedName, false)
	if in.Override != nil {
		findings = append(findings, t.add(in.Override, in.OverrideName, true)...)
	}
	return t, findings
}

// add lays the files of fsys over the tree.
func (t *tree) add(fsys fs.FS, name string, own bool) diag.List {
	var findings diag.List
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			if p == "." && errors.Is(err, fs.ErrNotExist) {
				return fs.SkipAll
			}
			findings = append(findings, unreadable(path.Join(name, p), err))
			return skipUnread(d)
		}
		if p == "." {
			return nil
		}
		if strings.HasPrefix(d.Name(), ".") || own && !strings.Contains(p, "/") && d.IsDir() && !isPart(p) {
			findings = append(findings, strangePart(path.Join(name, p), p)...)
			return skipUnread(d)
		}
		if !d.Type().IsRegular() {
			return nil
		}
		data, err := fs.ReadFile(fsys, p)
		if err == nil && len(data) > maxFile {
			err = errors.New("it is larger than 32 MB")
		}
		if err != nil {
			findings = append(findings, unreadable(path.Join(name, p), err))
			return nil
		}
		if old, ok := t.files[p]; ok && own {
			t.fallback[p] = old
		}
		t.files[p] = file{data, path.Join(name, p), own}
		return nil
	})
	if err != nil {
		findings = append(findings, unreadable(name, err))
	}
	return findings
}

func skipUnread(d fs.DirEntry) error {
	if d != nil && d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

func parts() []string { return []string{"layouts", "assets", "ui"} }

func isPart(p string) bool { return slices.Contains(parts(), p) }

func strangePart(shown, p string) diag.List {
	near := diag.Near(p, parts())
	if near == "" || strings.HasPrefix(p, ".") {
		return nil
	}
	return diag.List{{
		Rule: ruleFolder, Class: diag.Tip, Pos: diag.Pos{Path: shown},
		Message: "the folder " + quote(p) + " is not part of a theme, so nothing in it is used",
		Hint:    "did you mean " + quote(near) + "?",
	}}
}

func unreadable(shown string, err error) diag.Diagnostic {
	reason := err
	if pe := (*fs.PathError)(nil); errors.As(err, &pe) {
		reason = pe.Err
	}
	return diag.Diagnostic{
		Rule: ruleRead, Class: diag.Fix, Pos: diag.Pos{Path: shown},
		Message: "this file of the theme cannot be read: " + reason.Error(),
		Hint:    "the built-in theme is used in its place; check that the file can be opened",
	}
}

// drop takes an own file away again; the built-in one, if any, comes back.
func (t *tree) drop(p string) {
	if old, ok := t.fallback[p]; ok {
		t.files[p] = old
		return
	}
	delete(t.files, p)
}

// under lists the paths below a folder, sorted.
func (t *tree) under(dir string) []string {
	var out []string
	for _, p := range slices.Sorted(maps.Keys(t.files)) {
		if strings.HasPrefix(p, dir) {
			out = append(out, p)
		}
	}
	return out
}

// lines returns the lines of the file that findings call shown.
func (t *tree) lines(shown string) []string {
	for _, set := range []map[string]file{t.files, t.fallback} {
		for _, f := range set {
			if f.shown == shown {
				return strings.Split(strings.ReplaceAll(string(f.data), "\r\n", "\n"), "\n")
			}
		}
	}
	return nil
}

// sumInput is a hash of all that Load sees.
func (t *tree) sumInput(in Input) [32]byte {
	h := sha256.New()
	put := func(parts ...string) {
		for _, s := range parts {
			var n [8]byte
			binary.BigEndian.PutUint64(n[:], uint64(len(s)))
			h.Write(n[:])
			h.Write([]byte(s))
		}
	}
	for _, set := range []map[string]file{t.files, t.fallback} {
		for _, p := range slices.Sorted(maps.Keys(set)) {
			put("file", p, set[p].shown, string(set[p].data))
		}
	}
	for _, p := range slices.Sorted(maps.Keys(in.Generated)) {
		put("generated", p, string(in.Generated[p]))
	}
	put("brand", in.Brand.Color, in.Brand.Accent, in.Brand.Font, string(in.Font), fmt.Sprint(in.Brand.ColorPos, in.Brand.AccentPos))
	return [32]byte(h.Sum(nil))
}
