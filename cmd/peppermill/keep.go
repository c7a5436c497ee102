package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"peppermill/internal/diag"
	"peppermill/internal/scaffold"
	"peppermill/internal/site"
	"peppermill/internal/source"
)

// keeping says what becomes of the text that was in force until now.
type keeping struct {
	wanted bool // it becomes a page
	asked  bool // somebody asked for it, so that it is no small thing when it cannot be
}

// keep are the files that go with an approval: the new text, put away for the
// day on which it is no longer in force, and as a page the one for which that
// day is today.
func (d *desk) keep(c scaffold.Change, version string, after *site.Site, keep keeping) ([]scaffold.Change, error) {
	src := sourceAt(after, c.Path)
	facts := scaffold.Facts{Value: func(name string) (string, bool) { return after.Value(src, name) }, Blanks: src.Blanks}
	if !src.HideH1 { // else the text begins with it
		facts.Title = src.Title.Fill(func(name string) string { value, _ := after.Value(src, name); return value })
	}
	text, err := scaffold.Keep(c.Path, c.New, version, facts)
	if err != nil {
		return nil, err
	}
	away, _ := scaffold.KeptPaths(c.Path, version)
	put, err := d.put(away, text)
	if err != nil {
		return nil, err
	}
	before := scaffold.Approved(c.Path, c.Old)
	if !keep.wanted || before == "" || before == version {
		return put, nil
	}
	away, shown := scaffold.KeptPaths(c.Path, before)
	old, known, err := d.read(away)
	switch {
	case err != nil:
		return nil, err
	case !known && keep.asked:
		return nil, &scaffold.Error{Text: fmt.Sprintf("the text of version %s was not put away when it was approved", diag.Clean(before)),
			Hint: "if you have it, put it into " + d.shown(away) + ", or leave --keep out"}
	case !known:
		d.app.sayln("The text of version %s was not put away when it was approved, so it does not become a page.", diag.Clean(before))
		return put, nil
	case scaffold.SameText(old, text):
		return put, nil // only settings are different
	}
	there, taken, err := d.read(shown)
	switch {
	case err != nil:
		return nil, err
	case taken && bytes.Equal(there, old):
		return put, nil // an earlier run was stopped after this
	case taken:
		return nil, &scaffold.Error{Text: d.shown(shown) + " exists already; nothing was written", Hint: "move it away first, or leave the old text out with --keep=false"}
	}
	return append(put, scaffold.Change{Path: shown, New: old, Made: true}), nil
}

// put writes a text that is put away. Where an earlier run was stopped, or a
// version has been approved twice under one name, the last one counts.
func (d *desk) put(name string, text []byte) ([]scaffold.Change, error) {
	there, known, err := d.read(name)
	if err != nil {
		return nil, err
	}
	return []scaffold.Change{{Path: name, Old: there, New: text, Made: !known}}, nil
}

// read reads a file that may not be there.
func (d *desk) read(name string) (text []byte, there bool, err error) {
	if _, err := fs.Lstat(d.site.in.Content, name); err != nil {
		return nil, false, nil
	}
	text, err = scaffold.ReadPage(d.site.dir, name)
	return text, true, err
}

// pagesOf are those of the changes that make a page.
func pagesOf(changes []scaffold.Change) []scaffold.Change {
	return slices.DeleteFunc(slices.Clone(changes), func(c scaffold.Change) bool { return source.Ignored(path.Dir(c.Path), true) })
}
