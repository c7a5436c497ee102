package scaffold

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"peppermill/internal/source"
)

// Change is one file of an author's and what is to stand in it.
type Change struct {
	Path     string // slash-separated, relative to the content folder
	Old, New []byte // the text that was read, and the one that takes its place
	Made     bool   // there is no such file yet; Old is nothing
}

// ReadPage reads a page that is to be changed. A link, and a page that a link
// is the way to, is refused: the text would be written to another place than
// the author sees. The error is an [*Error].
func ReadPage(dir, name string) ([]byte, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, failed("open the folder", dir, err)
	}
	defer root.Close()
	p := pen{root: root, dir: dir}
	info, err := p.own(name)
	if err != nil {
		return nil, err
	}
	if info.Size() > source.MaxText {
		return nil, &Error{Text: p.shown(name) + " is larger than a page can be", Hint: "split it"}
	}
	text, err := root.ReadFile(name)
	if err != nil {
		return nil, failed("read", p.shown(name), err)
	}
	return text, nil
}

// own makes sure that a file lies in the folder itself, with no link on the
// way, and returns what there is to know of it.
func (p *pen) own(name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, &Error{Text: p.shown(name) + " lies outside the content folder", Hint: "name a page of this site"}
	}
	for at := name; at != "."; at = path.Dir(at) {
		info, err := p.root.Lstat(at)
		if err != nil {
			return nil, failed("look at", p.shown(at), err)
		}
		if info.Mode()&fs.ModeSymlink != 0 {
			return nil, &Error{Text: p.shown(at) + " is a link to another place", Hint: "name the file that it leads to, in the folder that it is in"}
		}
		if at == name && !info.Mode().IsRegular() {
			return nil, &Error{Text: p.shown(at) + " is no file", Hint: "name a page, such as policies/refunds.md"}
		}
	}
	return p.root.Lstat(name)
}

// Replace puts new texts in the place of those that were read, and makes the
// files that are not there yet: all of them, or none. Each file is old or new
// at any moment, and keeps its permissions. A file that is no longer as it was
// read is left alone, and so are the others. New files come first, so whoever
// is stopped in between has a file too many and no page that lacks one.
// The error is an [*Error].
func Replace(dir string, changes []Change) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return failed("open the folder", dir, err)
	}
	defer root.Close()
	p := pen{root: root, dir: dir}
	defer func() { p.undo() }() // what was staged and has not been given its name
	changes = slices.Clone(changes)
	slices.SortStableFunc(changes, func(a, b Change) int { return rankOf(a) - rankOf(b) })
	staged := make([]string, len(changes))
	for i, c := range changes {
		if c.Made {
			staged[i], err = p.anew(File{c.Path, c.New})
		} else {
			staged[i], err = p.beside(c.Path, c.New)
		}
		if err != nil {
			return err
		}
	}
	for i, c := range changes {
		if c.Made {
			if err = p.publish(staged[i], c.Path); err != nil {
				err = failed("write", p.shown(c.Path), err)
			}
		} else {
			err = p.put(staged[i], c)
		}
		if err != nil {
			return errors.Join(err, p.back(changes[:i]))
		}
	}
	p.made = staged // a new file has kept its second name
	return nil
}

func rankOf(c Change) int {
	if c.Made {
		return 0
	}
	return 1
}

// anew stages a file that is not there yet, with its folder, safe on the disk.
func (p *pen) anew(f File) (string, error) {
	if err := p.check([]File{f}); err != nil {
		return "", err
	}
	if err := p.folders(path.Dir(f.Path)); err != nil {
		return "", err
	}
	staged, err := p.stage(f)
	if err == nil {
		err = p.settle(staged)
	}
	if err != nil {
		return "", failed("write", p.shown(f.Path), err)
	}
	return staged, nil
}

// beside writes a text under a temporary name in the file's folder, with the
// file's permissions, safe on the disk.
func (p *pen) beside(name string, text []byte) (string, error) {
	info, err := p.own(name)
	if err != nil {
		return "", err
	}
	staged, err := p.stage(File{name, text})
	if err == nil {
		err = p.root.Chmod(staged, info.Mode().Perm())
	}
	if err == nil {
		err = p.settle(staged)
	}
	if err != nil {
		return "", failed("write beside", p.shown(name), err)
	}
	return staged, nil
}

// settle waits until a file is on the disk: nobody has another copy of it.
func (p *pen) settle(name string) error {
	f, err := p.root.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		if errors.Is(err, fs.ErrPermission) {
			return nil // the author's own file is write-protected too
		}
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// put gives a staged text the name of the file, if that still is what was read.
func (p *pen) put(staged string, c Change) error {
	if _, err := p.own(c.Path); err != nil {
		return err
	}
	now, err := p.root.ReadFile(c.Path)
	if err != nil {
		return failed("read", p.shown(c.Path), err)
	}
	if !bytes.Equal(now, c.Old) {
		return &Error{Text: p.shown(c.Path) + " has been changed meanwhile; nothing was written", Hint: "save it in your editor, then try again"}
	}
	if err := p.root.Rename(staged, c.Path); err != nil {
		return failed("replace", p.shown(c.Path), err)
	}
	return nil
}

// back puts the old texts back after a later file could not be written.
func (p *pen) back(done []Change) error {
	var all []string
	for _, c := range done {
		if c.Made {
			continue // taken away again by undo
		}
		staged, err := p.beside(c.Path, c.Old)
		if err == nil {
			err = p.put(staged, Change{Path: c.Path, Old: c.New, New: c.Old})
		}
		if err != nil {
			all = append(all, p.shown(c.Path))
		}
	}
	if len(all) == 0 {
		return nil
	}
	return fmt.Errorf("%s has its new text already", strings.Join(all, ", "))
}
