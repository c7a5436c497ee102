package output

import (
	"archive/zip"
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// zipComment stands at the end of every archive that Zip writes, so that a
// later Zip knows the file as one it may replace.
const zipComment = "A site built by Peppermill"

// ErrZipForeign is what errors.Is finds when something stands at an archive's
// path that Zip did not write. Nothing has been touched.
var ErrZipForeign = errors.New("is there already, and Peppermill did not write it")

// Zip writes the whole tree into one archive, for handing over or for a host
// that takes uploads. The files stand in a folder of the archive's own name, in
// the order of their paths and without times, so the same tree gives the same
// bytes. The archive appears whole or not at all: it is written beside its place
// and renamed. An archive that Zip wrote before is replaced; anything else only
// with Options.Overwrite. Among the content it is refused: the next build would
// publish it.
func Zip(ctx context.Context, name string, t Tree, o Options) error {
	if problems := t.Check(); len(problems) > 0 {
		return &TreeError{Problems: problems}
	}
	if err := outsideSource(name, o.Source); err != nil {
		return err
	}
	if err := mayReplace(name, o.Overwrite); err != nil {
		return &Error{Op: opWrite, Path: name, Err: err, Hint: "Move it away, name another file, or replace it with --overwrite."}
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".peppermill-*.zip")
	if err != nil {
		return fail(opWrite, name, err)
	}
	staged := f.Name()
	w := bufio.NewWriterSize(f, stageBuffer)
	folder := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	err = firstOf(pack(ctx, w, folder, t), w.Flush(), f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(staged, name)
	}
	if err != nil {
		os.Remove(staged)
		return fail(opWrite, name, err)
	}
	return nil
}

// outsideSource refuses a place that the next build would read. Folders whose
// names begin with "_" or "." are not read.
func outsideSource(name, source string) error {
	if source == "" {
		return nil
	}
	below, inside := lineage(filepath.Dir(name), source)
	if !inside || strings.HasPrefix(below, "_") || strings.HasPrefix(below, ".") {
		return nil
	}
	return refuse(name, "it lies among the content, so the next build would publish it", "Choose a place beside the content, such as ../site.zip.")
}

// mayReplace reports why the path may not be written, or nil.
func mayReplace(name string, overwrite bool) error {
	info, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return errNotFile
	case overwrite:
		return nil
	}
	old, err := zip.OpenReader(name)
	if err != nil {
		return ErrZipForeign
	}
	defer old.Close()
	if old.Comment != zipComment {
		return ErrZipForeign
	}
	return nil
}

// pack renders one entry after the other: an archive is one stream.
func pack(ctx context.Context, w io.Writer, folder string, t Tree) error {
	z := zip.NewWriter(w)
	if err := z.SetComment(zipComment); err != nil {
		return err
	}
	for _, e := range t.sorted() {
		if err := ctx.Err(); err != nil {
			return err
		}
		header := &zip.FileHeader{Name: folder + "/" + e.Path, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}
		header.SetMode(0o644)
		file, err := z.CreateHeader(header)
		if err != nil {
			return err
		}
		content, err := e.Open()
		if err == nil {
			_, err = content.WriteTo(file)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", printable(e.Path), err)
		}
	}
	return z.Close()
}
