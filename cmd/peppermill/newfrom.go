package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/scaffold"
	"peppermill/internal/source"
)

// newFrom begins a course from a policy, or a policy from answers.
func (a *app) newFrom(ctx context.Context, f *newFlags, args []string) error {
	kind, _ := scaffold.FindKind(args[0])
	where := strings.Join(args[1:], "")
	switch kind.Name {
	case "course":
		return a.newCourse(ctx, f, where)
	case "policy":
		return a.newPolicy(ctx, f, where)
	}
	return usage{fmt.Sprintf("a %s cannot be made from another page", kind.Name), "--from makes a course from a policy, and a policy from a worksheet or a file of answers"}
}

// newCourse makes a course of what a policy says.
func (a *app) newCourse(ctx context.Context, f *newFlags, where string) error {
	d, err := a.desk(&editFlags{siteFlags: f.siteFlags})
	if err != nil {
		return err
	}
	defer d.site.close()
	name, _, err := d.page(f.from)
	if err != nil {
		return d.refused(err)
	}
	r, err := d.run(ctx, nil)
	if err != nil {
		return err
	}
	src := sourceAt(r.Site, name)
	if src == nil || src.Broken {
		return usage{d.shown(name) + " is no page of the site that can be read", "peppermill check says why"}
	}
	folders, err := topFolders(d.site.dir)
	if err != nil {
		return err
	}
	files, err := scaffold.Course(lessonOf(src), where, f.title, folders)
	if err != nil {
		return plainly(err)
	}
	if err := a.make(ctx, d.site.dir, files); err != nil {
		return err
	}
	a.sayln(`Next: read them, strike out what is not worth teaching, then take out the lines "draft: true".`)
	return nil
}

// lessonOf is what a policy says for everybody, as a course teaches it. What
// only staff read stays there: a course may be public.
func lessonOf(src *page.Page) scaffold.Lesson {
	l := scaffold.Lesson{Path: src.Path, Title: src.Title, Version: src.Meta.Control.Version, Promise: src.Summary}
	held := []string{"why"}
	for _, s := range src.Structures {
		held = append(held, s.Heading)
		for _, row := range s.Rows {
			point := func(what, when string) scaffold.Point {
				return scaffold.Point{What: open(s, row, what), Case: open(s, row, "case"), Who: open(s, row, "who"), When: open(s, row, when)}
			}
			switch {
			case s.Staff || row.Staff:
			case s.Kind == "promises":
				l.Promises = append(l.Promises, point("promise", "within"))
			case s.Kind == "steps":
				l.Steps = append(l.Steps, point("step", "clock"))
			}
		}
	}
	empty := func(p scaffold.Point) bool { return p.What == "" }
	l.Promises, l.Steps = slices.DeleteFunc(l.Promises, empty), slices.DeleteFunc(l.Steps, empty)
	for _, h := range src.Headings {
		if h.Level == 2 && !h.Staff && !slices.Contains(held, h.ID) {
			l.Headings = append(l.Headings, h.Text)
		}
	}
	return l
}

// open is what a cell says, unless it is for staff.
func open(s page.Structure, row page.Row, column string) page.Text {
	if cell := s.Cell(row, column); !cell.Staff {
		return cell.Text
	}
	return ""
}

// newPolicy makes the draft of a policy from answers.
func (a *app) newPolicy(ctx context.Context, f *newFlags, where string) error {
	dir := f.folder()
	text, err := readAnswers(dir, f.from)
	if err != nil {
		return err
	}
	said, err := scaffold.ReadAnswers(filepath.ToSlash(f.from), text)
	if err != nil {
		return plainly(err)
	}
	folders, err := topFolders(dir)
	if err != nil {
		return err
	}
	file, open, err := scaffold.Policy(said, where, f.title, folders)
	if err != nil {
		return plainly(err)
	}
	if err := a.make(ctx, dir, []scaffold.File{file}); err != nil {
		return err
	}
	if len(open) > 0 {
		a.sayln("Still open, and marked as blanks: %s.", diag.Clean(strings.Join(open, " · ")))
	}
	a.sayln(`Next: read it aloud and mend it, then take out the line "draft: true".`)
	return nil
}

// readAnswers reads a file by its path from here, or from the content folder.
func readAnswers(dir, name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		if in, inErr := os.Open(filepath.Join(dir, name)); inErr == nil {
			f, err = in, nil
		}
	}
	if err != nil {
		return nil, usage{"there is no file " + diag.Clean(name), "name a worksheet that somebody has filled in, or a file of answers"}
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, usage{diag.Clean(name) + " is no file", "name a worksheet that somebody has filled in, or a file of answers"}
	}
	text, err := io.ReadAll(io.LimitReader(f, source.MaxText+1))
	if err == nil && len(text) > source.MaxText {
		return nil, usage{diag.Clean(name) + " is too large for answers", "name a worksheet, or a file that a form has exported"}
	}
	return text, err
}

// make creates files, all or none, and names them.
func (a *app) make(ctx context.Context, dir string, files []scaffold.File) error {
	if err := scaffold.Create(ctx, dir, files); err != nil {
		return plainly(err)
	}
	for _, file := range files {
		if err := a.created(dir, file); err != nil {
			return err
		}
	}
	return nil
}
