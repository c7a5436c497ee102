// Package source is the eyes: the only room that reads the content tree.
//
// In: a folder, opened as an os.Root so that nothing outside it can ever be
// read, or any fs.FS in tests. Out: a [Tree] of what is there, each entry with
// its role and stamp, and on demand a [File] with its includes expanded. It
// never writes, never looks into what it reads beyond includes, and never
// follows a link to a folder.
//
// Start at [Scan], then [Tree.Load].
package source

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"peppermill/internal/diag"
)

// Role is what a file is for, decided by its path alone.
type Role uint8

const (
	Page     Role = iota + 1 // Markdown
	Asset                    // copied as it is
	Settings                 // site.yaml
	Data                     // below _data
	Profile                  // directly in _profiles
	Theme                    // below _theme
)

// Manifest is the name of the file by which an output folder is known. A
// folder that holds one is a finished site, not content.
const Manifest = ".peppermill.json"

// Entry is one file of the tree.
type Entry struct {
	Path  string // slash-separated, relative to the root
	Role  Role
	Stamp Stamp
}

// Stamp is what a folder listing tells about a file without opening it.
type Stamp struct {
	Size    int64
	ModTime time.Time // zero where the file system keeps none
	Node    uint64    // inode, where there is one
	Changed int64     // status change time in nanoseconds, where there is one
}

// Settled reports whether the stamp proves that the file is still what it was
// when it was read at the moment read: a file that changes within the clock
// tick of its reading keeps its stamp, so a stamp as young as the reading
// proves nothing. This is git's guard for its index.
func (s Stamp) Settled(read time.Time) bool {
	return !s.ModTime.IsZero() && read.Sub(s.ModTime) > tick && read.UnixNano()-s.Changed > int64(tick)
}

// tick is longer than the time stamps of any usual file system are coarse;
// FAT, at two seconds, is the coarsest.
const tick = 2100 * time.Millisecond

// Tree is a content folder as one scan saw it.
type Tree struct {
	Entries []Entry // sorted by path
	fsys    fs.FS
}

// Scan lists the tree, less what is never content: see [Ignored]. What cannot
// be read is a finding; only a root that cannot be listed is an error.
func Scan(fsys fs.FS) (*Tree, diag.List, error) {
	s := scanner{fsys: fsys}
	if _, err := fs.Stat(fsys, "."); err != nil {
		return nil, nil, err
	}
	if err := s.folder("."); err != nil {
		return nil, nil, err
	}
	slices.SortFunc(s.entries, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	return &Tree{Entries: s.entries, fsys: fsys}, s.diags, nil
}

// Without returns the tree less what the patterns of a site name.
func (t *Tree) Without(patterns []string) *Tree {
	if len(patterns) == 0 {
		return t
	}
	kept := slices.DeleteFunc(slices.Clone(t.Entries), func(e Entry) bool { return matchesAny(patterns, e.Path) })
	return &Tree{Entries: kept, fsys: t.fsys}
}

type scanner struct {
	fsys    fs.FS
	entries []Entry
	diags   diag.List
}

func (s *scanner) folder(dir string) error {
	items, err := fs.ReadDir(s.fsys, dir)
	if err != nil {
		if dir == "." {
			return err
		}
		s.report(ruleUnreadable, dir, "this folder cannot be read: "+Reason(err), "check its permissions")
		return nil
	}
	if dir != "." && slices.ContainsFunc(items, func(i fs.DirEntry) bool { return i.Name() == Manifest }) {
		return nil
	}
	var files []listed
	for _, item := range items {
		name := path.Join(dir, item.Name())
		switch {
		case Ignored(name, item.IsDir()), !s.nameable(name):
		case item.IsDir():
			if err := s.folder(name); err != nil {
				return err
			}
		default:
			files = append(files, listed{name: name, item: item})
		}
	}
	s.files(files)
	return nil
}

// listed is a file of a folder, and what a closer look says of it.
type listed struct {
	name  string
	item  fs.DirEntry
	entry *Entry // nil when it is left out
	found diag.List
}

const together = 64 // files that one core looks at before it asks for more

// files looks at every file of a folder, on all cores: at ten thousand pages,
// asking for their stamps is a good part of what an edit costs.
func (s *scanner) files(all []listed) {
	var next atomic.Int64
	look := func() {
		for {
			to := int(next.Add(together))
			if to-together >= len(all) {
				return
			}
			for i := to - together; i < min(to, len(all)); i++ {
				one := scanner{fsys: s.fsys}
				all[i].entry = one.file(all[i].name, all[i].item)
				all[i].found = one.diags
			}
		}
	}
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0)-1, len(all)/together) {
		wg.Go(look)
	}
	look()
	wg.Wait()
	for _, f := range all {
		if f.entry != nil {
			s.entries = append(s.entries, *f.entry)
		}
		s.diags = append(s.diags, f.found...)
	}
}

// nameable refuses names that no address, no finding and no terminal can carry.
func (s *scanner) nameable(name string) bool {
	if fs.ValidPath(name) && !strings.ContainsFunc(name, control) && !strings.Contains(name, "\\") {
		return true
	}
	s.report(ruleName, name, "this file name has characters that no web address can carry", "rename it with letters, digits and hyphens")
	return false
}

func control(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 || r == 0xfffd }

// file looks at one file; nil leaves it out.
func (s *scanner) file(name string, item fs.DirEntry) *Entry {
	info, err := item.Info()
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		info, err = s.follow(name)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		// Deleted while the folder was being listed: as if it had never been seen.
	case err != nil:
		s.report(ruleUnreadable, name, "this file cannot be read: "+Reason(err), "check its permissions")
	case info == nil:
	case !info.Mode().IsRegular():
		s.report(ruleSpecial, name, "this is neither a file nor a folder, so it is left out", "")
	default:
		return &Entry{Path: name, Role: RoleOf(name), Stamp: StampOf(info)}
	}
	return nil
}

// follow returns what a symbolic link inside the tree leads to, or nil with a
// finding. Links out of the tree and to folders are not followed: the first
// could publish anything, the second can loop.
func (s *scanner) follow(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(s.fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		s.report(ruleLink, name, "this symbolic link leads to nothing", "delete it, or restore what it pointed to")
		return nil, nil
	case err != nil:
		s.report(ruleLink, name, "this symbolic link leads out of the content folder, so it is left out", "copy the file into the content folder")
		return nil, nil
	case info.IsDir():
		s.report(ruleLink, name, "this symbolic link leads to a folder, and such links are not followed", "move the folder itself into the content folder")
		return nil, nil
	}
	return info, nil
}

func (s *scanner) report(rule, name, message, hint string) {
	s.diags = append(s.diags, diag.Diagnostic{Rule: rule, Pos: diag.Pos{Path: name}, Message: message, Hint: hint})
}

// Reason is the system's own word for what went wrong, without the path that
// the finding names anyway.
func Reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// Open opens a folder for Scan. Nothing outside it can be reached through the
// result, whatever links it holds or gains. Close it when done.
func Open(dir string) (*os.Root, error) { return os.OpenRoot(dir) }
