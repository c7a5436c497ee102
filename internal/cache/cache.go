// Package cache is the pantry: a folder of the user's in which results of slow
// work lie between runs of the program, each under a name that says what it
// was made from.
//
// In: names and bytes. Out: the bytes of a name, or that they are not there.
// Everything may be deleted at any time, by anybody; it is then made again. A
// folder that cannot be written, or is full, is no error for the same reason.
//
// It never looks into what it keeps: callers prove that it is whole. It never
// grows beyond its bounds for longer than a run, never makes a folder before
// there is something to put into it, and never deletes what it would not have
// written.
//
// Start at [Folder].
package cache

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// The bounds of the folder, held when a run that added something closes it.
const (
	mostBytes = 1 << 30
	mostIdle  = 90 * 24 * time.Hour
	// touched is how old the time of a last use may be before it is written
	// anew: a write for every use would cost more than the order is worth.
	touched = 24 * time.Hour
	// abandoned is the age at which a file that is still being written counts
	// as left behind by a program that was killed.
	abandoned = 24 * time.Hour
)

const unfinished = "new-" // begins names of files that are being written

// Folder keeps results below a folder. It may be used by many goroutines, and
// the folder by many programs, at once.
type Folder struct {
	dir    string
	now    time.Time
	most   int64
	added  atomic.Bool
	broken atomic.Bool // a write has failed; more of them would fail too
}

// New returns the cache below dir, which need not exist. now is the time by
// which age is told.
func New(dir string, now time.Time) *Folder {
	return &Folder{dir: dir, now: now, most: mostBytes}
}

// Get returns what was put under the name. The caller must not change it.
func (f *Folder) Get(name string) ([]byte, bool) {
	if !valid(name) {
		return nil, false
	}
	file, err := os.Open(f.path(name))
	if err != nil {
		return nil, false
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, false
	}
	data, err := io.ReadAll(file)
	if err != nil {
		return nil, false
	}
	if f.now.Sub(info.ModTime()) > touched {
		os.Chtimes(f.path(name), f.now, f.now) // if it fails, the file is forgotten sooner
	}
	return data, true
}

// Put keeps data under a name of lower-case letters, digits and dots. Whoever
// gets the name at the same time gets the old bytes or the new ones, whole.
func (f *Folder) Put(name string, data []byte) {
	if !valid(name) || f.broken.Load() {
		return
	}
	if err := f.write(name, data); err != nil {
		f.broken.Store(true)
		return
	}
	f.added.Store(true)
}

func (f *Folder) write(name string, data []byte) error {
	folder := filepath.Dir(f.path(name))
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(folder, unfinished+"*")
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if e := file.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(file.Name(), f.path(name))
	}
	if err != nil {
		os.Remove(file.Name())
	}
	return err
}

// path spreads the names over folders by their first two characters.
func (f *Folder) path(name string) string { return filepath.Join(f.dir, name[:2], name) }

// valid reports whether a name may become one of a file.
func valid(name string) bool {
	if len(name) < 3 || len(name) > 200 || strings.Contains(name[:2], ".") {
		return false
	}
	for i := range len(name) {
		if c := name[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '.' {
			return false
		}
	}
	return true
}

// Close holds the folder to its bounds, if this run has added to it: what
// nobody has used for ninety days is deleted, then what has lain unused
// longest until a gigabyte is left.
func (f *Folder) Close() {
	if !f.added.Load() {
		return
	}
	kept := f.list()
	slices.SortFunc(kept, func(a, b item) int { return b.used.Compare(a.used) })
	var size int64
	for _, k := range kept {
		if size += k.size; size > f.most || f.now.Sub(k.used) > mostIdle {
			os.Remove(k.path)
		}
	}
}

type item struct {
	path string
	used time.Time
	size int64
}

// list returns what the folder keeps, and sweeps out what was never finished.
func (f *Folder) list() []item {
	var all []item
	folders, _ := os.ReadDir(f.dir) // what cannot be listed cannot be tidied
	for _, folder := range folders {
		files, _ := os.ReadDir(filepath.Join(f.dir, folder.Name()))
		for _, file := range files {
			info, err := file.Info()
			if err != nil || !info.Mode().IsRegular() {
				continue
			}
			path, name := filepath.Join(f.dir, folder.Name(), file.Name()), file.Name()
			switch {
			case valid(name) && name[:2] == folder.Name():
				all = append(all, item{path, info.ModTime(), info.Size()})
			case strings.HasPrefix(name, unfinished) && f.now.Sub(info.ModTime()) > abandoned:
				os.Remove(path)
			}
		}
	}
	return all
}
