package build

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"io/fs"

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
	var none sums
	all := none.next(tree, nil, nil)
	if ctx.Err() != nil {
		return output.Sum{}, ctx.Err()
	}
	return fingerprint(tree, in, all), nil
}

// fingerprint sums the sums of the tree's files with their paths, the theme
// folder beside it and the options; zero where one of them is not known.
func fingerprint(tree *source.Tree, in Input, all sums) output.Sum {
	h := sha256.New()
	options := optionsSum(in.Options)
	h.Write(options[:])
	for _, e := range tree.Entries {
		known := all[e.Path]
		if known.sum.IsZero() {
			return output.Sum{}
		}
		field(h, e.Path)
		h.Write(known.sum[:])
	}
	if in.Theme != nil {
		if err := sumFolder(h, in.Theme); err != nil {
			return output.Sum{}
		}
	}
	return output.Sum(h.Sum(nil))
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
