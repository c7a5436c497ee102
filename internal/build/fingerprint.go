package build

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"io/fs"
	"runtime"
	"sync"
	"sync/atomic"

	"peppermill/internal/output"
	"peppermill/internal/source"
)

// Fingerprint reads every input of a build without understanding any of it,
// and returns the sum by which an output folder knows what it was made from.
// The zero Sum means that something could not be read: build, and find out.
func Fingerprint(ctx context.Context, in Input) (output.Sum, error) {
	tree, diags, err := source.Scan(in.Content)
	if err != nil || len(diags) > 0 {
		return output.Sum{}, err
	}
	return fingerprint(ctx, tree, in, nil, nil)
}

// fingerprint sums the tree's files with their paths, the theme folder beside
// it and the options. What pages and others know need not be read again.
func fingerprint(ctx context.Context, tree *source.Tree, in Input, pages memo, others sums) (output.Sum, error) {
	sums := make([]output.Sum, len(tree.Entries))
	var next atomic.Int64
	var bad atomic.Bool
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for ctx.Err() == nil && !bad.Load() {
				i := int(next.Add(1)) - 1
				if i >= len(tree.Entries) {
					return
				}
				var ok bool
				if sums[i], ok = sumOf(tree, tree.Entries[i], pages, others); !ok {
					bad.Store(true)
				}
			}
		})
	}
	wg.Wait()
	if ctx.Err() != nil || bad.Load() {
		return output.Sum{}, ctx.Err()
	}
	h := sha256.New()
	options := optionsSum(in.Options)
	h.Write(options[:])
	for i, e := range tree.Entries {
		field(h, e.Path)
		h.Write(sums[i][:])
	}
	if in.Theme != nil {
		if err := sumFolder(h, in.Theme); err != nil {
			return output.Sum{}, nil
		}
	}
	return output.Sum(h.Sum(nil)), nil
}

// sumOf sums a file, with its includes where it is a page.
func sumOf(tree *source.Tree, e source.Entry, pages memo, others sums) (output.Sum, bool) {
	if known, ok := others[e.Path]; ok {
		return known.sum, !known.sum.IsZero()
	}
	if known, ok := pages[e.Path]; ok {
		return output.Sum(known.text), known.page != nil
	}
	if e.Role == source.Page {
		l := tree.Load(e)
		return output.Sum(l.File.Sum), len(l.Diags) == 0
	}
	c, err := openCopy(tree.FS(), e.Path)
	if err != nil {
		return output.Sum{}, false
	}
	return c.Key(), true
}

func sumFolder(w io.Writer, fsys fs.FS) error {
	return fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		c, err := openCopy(fsys, path)
		if err != nil {
			return err
		}
		sum := c.Key()
		field(w, path)
		_, err = w.Write(sum[:])
		return err
	})
}

// field writes a text so that no two lists of texts look alike.
func field(w io.Writer, s string) {
	var n [8]byte
	binary.LittleEndian.PutUint64(n[:], uint64(len(s)))
	w.Write(n[:])
	io.WriteString(w, s)
}
