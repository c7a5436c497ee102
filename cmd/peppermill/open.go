package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"peppermill/internal/build"
	"peppermill/internal/cache"
	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/source"
)

// opened is a content folder, ready to be built.
type opened struct {
	in    build.Input
	dir   string // as findings show it
	flags *siteFlags
	ends  []func()    // what is to be closed when all reading is over
	info  fs.FileInfo // of the content folder, at the last renewal
}

// close ends all reading.
func (o *opened) close() {
	for _, end := range o.ends {
		end()
	}
}

// open finds the content folder and everything else that a build needs.
func (s *siteFlags) open() (*opened, error) {
	o := &opened{dir: s.folder(), flags: s}
	var err error
	if o.in.Options, err = s.options(); err != nil {
		return nil, err
	}
	o.in.Options.Tool = toolSum()
	root, err := openFolder(o.dir, "--source")
	if err != nil {
		return nil, err
	}
	o.in.Content, o.ends = root.FS(), []func(){func() { root.Close() }}
	if s.theme != "" {
		if err := o.openTheme(s.theme); err != nil {
			o.close()
			return nil, err
		}
	}
	o.openCache()
	return o, nil
}

func (o *opened) openTheme(dir string) error {
	theme, err := openFolder(dir, "--theme")
	if err != nil {
		return err
	}
	o.in.Theme, o.in.ThemeName = theme.FS(), dir
	o.ends = append(o.ends, func() { theme.Close() })
	return nil
}

// openCache gives the build a place to keep copies of pictures until the next
// run. A machine that has none for its users goes without.
func (o *opened) openCache() {
	dir, err := os.UserCacheDir()
	if err != nil {
		return
	}
	pictures := cache.New(filepath.Join(dir, "peppermill", "pictures"), time.Now())
	o.in.Pictures = pictures
	o.ends = append(o.ends, func() { pictures.Close() })
}

// renew makes what was opened good for another look: the folder that bears the
// name now, which may be another one since a branch was switched, and the day
// that it is. Old folders stay open, as a tree of theirs may still be read.
func (o *opened) renew() error {
	info, err := os.Stat(o.dir)
	if err != nil {
		return err
	}
	if o.info != nil && !os.SameFile(o.info, info) {
		root, err := source.Open(o.dir)
		if err != nil {
			return err
		}
		o.in.Content, o.ends = root.FS(), append(o.ends, func() { root.Close() })
	}
	o.info = info
	o.in.Options.Now, err = now(o.flags.clock, os.Getenv("SOURCE_DATE_EPOCH"))
	return err
}

// folders are those that a build reads.
func (o *opened) folders() []string {
	if o.flags.theme != "" {
		return []string{o.dir, o.flags.theme}
	}
	return []string{o.dir}
}

// folder is the content folder: the flag's, else content, else this one.
func (s *siteFlags) folder() string {
	if s.source != "" {
		return filepath.Clean(s.source)
	}
	if info, err := os.Stat("content"); err == nil && info.IsDir() {
		return "content"
	}
	return "."
}

// holdsContent reports whether this folder is one of content, or has one: a
// folder named content, settings, or a Markdown file.
func holdsContent() bool {
	if info, err := os.Stat("content"); err == nil && info.IsDir() {
		return true
	}
	items, err := os.ReadDir(".")
	return err == nil && slices.ContainsFunc(items, func(i os.DirEntry) bool {
		role := source.RoleOf(i.Name())
		return !i.IsDir() && (role == source.Page || role == source.Settings)
	})
}

func openFolder(dir, flag string) (*os.Root, error) {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, usage{"there is no folder " + diag.Clean(dir), "name the folder of the Markdown files with " + flag + near(dir)}
	case err != nil:
		return nil, err
	case !info.IsDir():
		return nil, usage{diag.Clean(dir) + " is a file", "name the folder that it is in with " + flag}
	}
	return source.Open(dir)
}

// near suggests a folder beside the one that does not exist.
func near(dir string) string {
	items, err := os.ReadDir(filepath.Dir(dir))
	if err != nil {
		return ""
	}
	var names []string
	for _, item := range items {
		if item.IsDir() {
			names = append(names, item.Name())
		}
	}
	if n := diag.Near(filepath.Base(dir), names); n != "" {
		return "; did you mean " + filepath.Join(filepath.Dir(dir), n) + "?"
	}
	return ""
}

// shown is how a finding's path is shown: as the user would type it here.
// Theme files of a folder of their own are named whole already.
func (o *opened) shown(path string) string {
	if o.in.ThemeName != "" && strings.HasPrefix(path, o.in.ThemeName+"/") || strings.HasPrefix(path, "themes/default/") {
		return path
	}
	return filepath.ToSlash(filepath.Join(o.dir, filepath.FromSlash(path)))
}

// toolSum names this program by its bytes, so that a site built by another
// version counts as out of date. Without them it is zero, which costs a build.
func toolSum() page.Sum {
	name, err := os.Executable()
	if err != nil {
		return page.Sum{}
	}
	f, err := os.Open(name)
	if err != nil {
		return page.Sum{}
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return page.Sum{}
	}
	return page.Sum(h.Sum(nil))
}

// look builds once and in silence, for commands that only tell of the site. now
// is the moment that it was built for.
func (f *siteFlags) look(ctx context.Context) (r *build.Result, now time.Time, err error) {
	o, err := f.open()
	if err != nil {
		return nil, now, err
	}
	defer o.close()
	var b build.Builder
	r, err = b.Run(ctx, o.in)
	return r, o.in.Options.Now, err
}

// result builds once and shows the findings. tips limits the tips shown;
// negative shows them all.
func (a *app) result(ctx context.Context, o *opened, tips int) (*build.Result, error) {
	step, end := a.progress("reading")
	o.in.Progress = step
	var b build.Builder
	r, err := b.Run(ctx, o.in)
	end()
	if err != nil {
		return nil, err
	}
	p := a.printer()
	p.Show, p.Tips = o.shown, tips
	if a.verbose {
		p.Tips = -1
	}
	if a.json {
		p.W = a.stdout
		return r, p.JSON(r.Diags)
	}
	return r, p.Print(r.Diags)
}
