package main

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"peppermill/internal/scaffold"
)

// changedFS is the content as it would be.
type changedFS struct {
	fs.FS
	changes []scaffold.Change
}

// Open opens a file, with its new text where it has one.
func (c changedFS) Open(name string) (fs.File, error) {
	if made := c.made(name); made != nil {
		return changedFile{made, bytes.NewReader(made.text)}, nil
	}
	f, err := c.FS.Open(name)
	for _, change := range c.changes {
		if err == nil && change.Path == name {
			return changedFile{f, bytes.NewReader(change.New)}, nil
		}
	}
	return f, err
}

// ReadDir lists a folder with the files that are made in it.
func (c changedFS) ReadDir(name string) ([]fs.DirEntry, error) {
	items, err := fs.ReadDir(c.FS, name)
	for _, change := range c.changes {
		if made := c.made(change.Path); err == nil && made != nil && path.Dir(change.Path) == name {
			items = append(items, fs.FileInfoToDirEntry(made))
		}
	}
	slices.SortFunc(items, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return items, err
}

// ReadLink says where a link leads.
func (c changedFS) ReadLink(name string) (string, error) { return fs.ReadLink(c.FS, name) }

// Lstat is the status of a file or link.
func (c changedFS) Lstat(name string) (fs.FileInfo, error) {
	if made := c.made(name); made != nil {
		return made, nil
	}
	return fs.Lstat(c.FS, name)
}

func (c changedFS) made(name string) *madeFile {
	for _, change := range c.changes {
		if change.Made && change.Path == name {
			return &madeFile{path.Base(name), change.New}
		}
	}
	return nil
}

// changedFile is a file with another text.
type changedFile struct {
	fs.File
	text *bytes.Reader
}

// Read reads the new text.
func (f changedFile) Read(b []byte) (int, error) { return f.text.Read(b) }

// madeFile is a file that is not there yet, and all that one may know of it.
type madeFile struct {
	name string
	text []byte
}

func (f *madeFile) Name() string               { return f.name }
func (f *madeFile) Size() int64                { return int64(len(f.text)) }
func (f *madeFile) Mode() fs.FileMode          { return 0o666 }
func (f *madeFile) ModTime() time.Time         { return time.Time{} }
func (f *madeFile) IsDir() bool                { return false }
func (f *madeFile) Sys() any                   { return nil }
func (f *madeFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *madeFile) Read([]byte) (int, error)   { return 0, nil }
func (f *madeFile) Close() error               { return nil }
