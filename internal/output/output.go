package output

import (
	"bytes"
	"cmp"
	"context"
	"encoding/hex"
	"io"
	"slices"
)

// Sum is a SHA-256 sum. The zero Sum stands for "not known".
type Sum [32]byte

// IsZero reports whether s is the zero Sum.
func (s Sum) IsZero() bool { return s == Sum{} }

// String returns s as 64 hexadecimal digits, as sha256sum prints it.
func (s Sum) String() string { return hex.EncodeToString(s[:]) }

// Content is one output file, ready to be written.
type Content interface {
	// Key names everything that WriteTo depends on: equal keys mean equal
	// bytes. A file whose key and bytes on disk are those of the last run is
	// not written at all. The zero Sum stands for "always write".
	Key() Sum
	io.WriterTo
}

// Entry is one file of a [Tree].
type Entry struct {
	// Path is slash-separated and relative to the output folder.
	Path string
	// Open is called at most once per Sync, from any goroutine. The Content is
	// released when it has been written.
	Open func() (Content, error)
}

// Tree is a whole site, ready to be written.
type Tree struct {
	Entries []Entry // in any order
	// More, if set, gives further entries: those whose very names take work. It is
	// called when the whole tree is needed, from any goroutine, and always
	// gives the same.
	More func() []Entry
	// Fingerprint is the sum of all inputs; zero means "do not remember it".
	Fingerprint Sum
	// Facts are counts that a build wants to repeat when nothing has changed:
	// pages. They lie in the folder. Names are short printable text.
	Facts map[string]int
}

// Options are the settings of [Sync].
type Options struct {
	// Source is the folder of the content, or empty. It and what holds it are
	// refused as destinations.
	Source string
	// Home is the user's home folder; empty means the system's answer.
	Home string
	// Overwrite allows replacing regular files that Peppermill did not write,
	// where the tree has a file of the same path.
	Overwrite bool
	// Durable adds an fsync of every file and folder that was written.
	Durable bool
	// OnWait, if set, is called once when another process holds the lock, with
	// a short description of it, before the wait.
	OnWait func(holder string)

	// open stands in for openDirectory in tests that make operations fail.
	open func(dir string) (directory, error)
}

// Changes says what a [Sync] did. Paths are slash-separated, relative to the
// output folder, and sorted.
type Changes struct {
	Written []string // new or with new bytes
	Deleted []string // written by an earlier run and no longer wanted
	// Kept are files that an earlier run wrote, that are no longer wanted, and
	// that somebody has changed since. They are left alone from now on.
	Kept      []string
	Adopted   []string // stood there with just the right bytes, though not ours
	Unchanged int      // rendered, and equal to what was there
	Skipped   int      // not rendered, because the key was equal
	Notes     []string // remarks for the user, in plain words
}

// Bytes renders the whole tree into memory, for tests and the preview. It returns
// a [*TreeError] for a tree that could not be written to a folder either.
func (t Tree) Bytes() (map[string][]byte, error) {
	if problems := t.Check(); len(problems) > 0 {
		return nil, &TreeError{Problems: problems}
	}
	entries := t.sorted()
	out := make([][]byte, len(entries))
	err := spread(context.Background(), len(entries), func() worker {
		return &memoryWorker{entries: entries, out: out}
	})
	if err != nil {
		return nil, err
	}
	files := make(map[string][]byte, len(entries))
	for i, e := range entries {
		files[e.Path] = out[i]
	}
	return files, nil
}

type memoryWorker struct {
	entries []Entry
	out     [][]byte
}

func (w *memoryWorker) do(i int) error {
	var buf bytes.Buffer
	content, err := w.entries[i].Open()
	if err == nil {
		_, err = content.WriteTo(&buf)
	}
	w.out[i] = buf.Bytes()
	return fail(opRender, w.entries[i].Path, err)
}

func (w *memoryWorker) done() {}

// All returns all entries, those of More too, in a list of the caller's own.
func (t Tree) All() []Entry {
	if t.More == nil {
		return slices.Clone(t.Entries)
	}
	return slices.Concat(t.Entries, t.More())
}

// sorted returns the entries by path. Neighbours in a folder then follow each
// other, so a worker opens each folder about once.
func (t Tree) sorted() []Entry {
	entries := t.All()
	slices.SortStableFunc(entries, func(a, b Entry) int { return cmp.Compare(a.Path, b.Path) })
	return entries
}
