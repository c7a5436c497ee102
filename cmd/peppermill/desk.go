package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"peppermill/internal/build"
	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/scaffold"
	"peppermill/internal/site"
	"peppermill/internal/source"
)

// desk is where pages lie while their settings are changed.
type desk struct {
	app   *app
	site  *opened
	flags *editFlags
	wd    string
}

// page finds a page by what somebody typed, a path from here or from the
// content folder, and reads it.
func (d *desk) page(typed string) (name string, text []byte, err error) {
	name = d.name(typed)
	if name == "" {
		return "", nil, usage{diag.Clean(typed) + " is no file of the content in " + diag.Clean(filepath.ToSlash(d.site.dir)), "name a page, such as policies/refunds.md, or the folder of the content with --source"}
	}
	if source.RoleOf(name) != source.Page {
		return "", nil, usage{diag.Clean(typed) + " is no page", "name a Markdown file, such as policies/refunds.md"}
	}
	text, err = scaffold.ReadPage(d.site.dir, name)
	return name, text, err
}

// name is the path from the content folder of what somebody typed, or "".
func (d *desk) name(typed string) string {
	whole := typed
	if !filepath.IsAbs(whole) {
		whole = filepath.Join(d.wd, whole)
	}
	var tries []string
	if from, err := filepath.Abs(d.site.dir); err == nil {
		if rel, err := filepath.Rel(from, whole); err == nil {
			tries = append(tries, filepath.ToSlash(rel))
		}
	}
	for _, name := range append(tries, path.Clean(filepath.ToSlash(typed))) {
		if _, err := fs.Lstat(d.site.in.Content, name); err == nil && name != "." {
			return name
		}
	}
	return ""
}

// judge builds the site in memory as it would be, and refuses a change that
// brings a mistake with it. With sound, a mistake that the pages had before
// is one too: nobody approves it.
func (d *desk) judge(ctx context.Context, changes []scaffold.Change, sound bool) (*build.Result, error) {
	after, err := d.run(ctx, changes)
	if err != nil {
		return nil, err
	}
	var wrong, others diag.List
	for _, found := range after.Diags {
		own := slices.ContainsFunc(changes, func(c scaffold.Change) bool { return c.Path == found.Pos.Path })
		switch {
		case found.Class == diag.Tip:
		case own && sound:
			wrong = append(wrong, asItIs(found, changes))
		default:
			others = append(others, found)
		}
	}
	if len(others) > 0 {
		before, err := d.run(ctx, nil)
		if err != nil {
			return nil, err
		}
		wrong = append(wrong, fresh(others, before.Diags)...)
	}
	for _, c := range changes {
		if len(wrong) == 0 && sourceAt(after.Site, c.Path) == nil {
			return nil, usage{d.shown(c.Path) + " is no page of the site", "look at ignore in site.yaml, and at names that begin with _ or a dot"}
		}
	}
	if len(wrong) == 0 {
		return after, nil
	}
	if err := d.print(wrong); err != nil {
		return nil, err
	}
	d.app.sayln("Nothing was written: mend this first.")
	return nil, verdict(unsound)
}

// asItIs gives a finding in a new text the line at which the same words stand
// in the file as it is, which is the one that its author sees.
func asItIs(d diag.Diagnostic, changes []scaffold.Change) diag.Diagnostic {
	for _, c := range changes {
		before, after := strings.Split(string(c.Old), "\n"), strings.Split(string(c.New), "\n")
		if c.Path == d.Pos.Path && c.Made {
			d.Pos.Path = strings.TrimSuffix(c.Path, path.Base(c.Path)) + "_versions/" + path.Base(c.Path)
			return d
		}
		if c.Path != d.Pos.Path || d.Pos.Line < 1 || d.Pos.Line > len(after) {
			continue
		}
		// From the end first: the body, which is most of a page, stays as it was.
		line := d.Pos.Line - len(after) + len(before)
		if line < 1 || before[line-1] != after[d.Pos.Line-1] {
			line = slices.Index(before, after[d.Pos.Line-1]) + 1
		}
		d.Pos.Line = line // 0 for a line that is new
	}
	return d
}

// fresh are the findings that were not there before.
func fresh(after, before diag.List) diag.List {
	key := func(d diag.Diagnostic) string { return d.Rule + "\x00" + d.Pos.Path + "\x00" + d.Message }
	known := map[string]bool{}
	for _, d := range before {
		known[key(d)] = true
	}
	return slices.DeleteFunc(after, func(d diag.Diagnostic) bool { return known[key(d)] })
}

// sourceAt is the page that was read from the file, published or not, or nil.
func sourceAt(s *site.Site, name string) *page.Page {
	for _, p := range s.Pages {
		if p.Source != nil && p.Source.Path == name {
			return p.Source
		}
	}
	for _, w := range s.Withheld {
		if w.Page.Path == name {
			return w.Page
		}
	}
	return nil
}

func (d *desk) run(ctx context.Context, changes []scaffold.Change) (*build.Result, error) {
	in := d.site.in
	in.Content = changedFS{in.Content, changes}
	var b build.Builder
	return b.Run(ctx, in)
}

// refused shows a refusal of scaffold's at its place.
func (d *desk) refused(err error) error {
	e, ok := errors.AsType[*scaffold.Error](err)
	if !ok || e.At.Path == "" {
		return plainly(err)
	}
	found := diag.List{{Class: diag.Fix, Pos: e.At, Message: e.Error(), Hint: e.Hint}}
	found.Excerpts(func(name string) []string {
		text, err := scaffold.ReadPage(d.site.dir, name)
		if err != nil {
			return nil
		}
		return strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n")
	})
	if err := d.print(found); err != nil {
		return err
	}
	d.app.sayln("Nothing was written.")
	return verdict(unsound)
}

func (d *desk) print(l diag.List) error {
	p := d.app.printer()
	p.Show, p.Tips = d.site.shown, -1
	if d.app.json {
		p.W = d.app.stdout
		return p.JSON(l)
	}
	return p.Print(l)
}

// write puts the new texts in their place, or shows what they would change.
func (d *desk) write(changes []scaffold.Change) error {
	changes = slices.DeleteFunc(changes, func(c scaffold.Change) bool { return bytes.Equal(c.Old, c.New) })
	if len(changes) == 0 {
		d.app.sayln("It says so already; nothing was written.")
		return nil
	}
	if d.flags.dry {
		return d.preview(changes)
	}
	if err := scaffold.Replace(d.site.dir, changes); err != nil {
		return plainly(err)
	}
	for _, c := range changes {
		if err := d.app.created(d.site.dir, scaffold.File{Path: c.Path}); err != nil {
			return err
		}
	}
	return nil
}

// preview shows what would change: for people as lines, for programs as JSON.
func (d *desk) preview(changes []scaffold.Change) error {
	for _, c := range changes {
		name := d.shown(c.Path)
		if c.Made {
			d.app.sayln("  %s would be written too", name)
			continue
		}
		text := []byte(patch(name, string(c.Old), string(c.New)))
		if d.app.json {
			var err error
			if text, err = diag.JSONLine(struct {
				Path  string `json:"path"`
				Patch string `json:"patch"`
			}{name, string(text)}); err != nil {
				return err
			}
		}
		if _, err := d.app.stdout.Write(text); err != nil {
			return err
		}
	}
	return nil
}

func (d *desk) shown(name string) string {
	return diag.Clean(filepath.ToSlash(filepath.Join(d.site.dir, filepath.FromSlash(name))))
}

func dayOnly(t time.Time) page.Date { return page.Date{Time: t} }
