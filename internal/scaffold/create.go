package scaffold

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// manifest is the file that marks a folder as a built site: nothing in such a
// folder is content.
const manifest = ".peppermill.json"

// Create puts the files into dir, making it and folders in it as needed: all
// of them, or none. It refuses when one exists, or something that would be the
// same page. Whatever fails, and when ctx ends, what was made is removed
// again. The error is an [*Error], or ctx's.
func Create(ctx context.Context, dir string, files []File) error {
	made, err := makeFolder(dir)
	if err == nil {
		err = createIn(ctx, dir, files)
	}
	if err != nil {
		for _, d := range made {
			os.Remove(d) // fails where somebody has put something there, as it should
		}
	}
	return err
}

// makeFolder creates dir and reports the folders that it made, inner first.
func makeFolder(dir string) (made []string, err error) {
	info, err := os.Stat(dir)
	switch {
	case err == nil && info.IsDir():
		return nil, nil
	case err == nil:
		return nil, &Error{Text: dir + " is a file", Hint: "name a folder"}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, failed("look at", dir, err)
	}
	if parent := filepath.Dir(dir); parent != dir {
		if made, err = makeFolder(parent); err != nil {
			return made, err
		}
	}
	if err := os.Mkdir(dir, 0o777); err != nil {
		return made, failed("create the folder", dir, err)
	}
	return append([]string{dir}, made...), nil
}

func createIn(ctx context.Context, dir string, files []File) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return failed("open the folder", dir, err)
	}
	defer root.Close()
	p := pen{root: root, dir: dir}
	if err := p.check(files); err != nil {
		return err
	}
	if err := p.write(ctx, files); err != nil {
		p.undo()
		return err
	}
	return nil
}

// pen is one Create: what it has made so far, in order.
type pen struct {
	root *os.Root
	dir  string   // as the user named it, for messages
	made []string // files and folders, relative to root
}

// check looks for everything that stands in the way before anything is made.
func (p *pen) check(files []File) error {
	if _, err := p.root.Lstat(manifest); err == nil {
		return &Error{Text: p.dir + " holds a built site, which the next build replaces", Hint: "name another folder for the content"}
	}
	var taken []string
	for _, f := range files {
		rival, err := p.rival(f.Path)
		if err != nil {
			return err
		}
		if rival != "" {
			taken = append(taken, p.shown(rival))
		}
	}
	switch len(taken) {
	case 0:
		return nil
	case 1:
		return &Error{Text: taken[0] + " exists already; nothing was written", Hint: "choose another name or folder, or move it away first"}
	}
	return &Error{Text: strings.Join(taken, ", ") + " exist already; nothing was written", Hint: "choose another folder, or move them away first"}
}

// rival finds what would be the same file or page as name: equal but for
// capitals or the ending, or another name for a folder's own page.
func (p *pen) rival(name string) (string, error) {
	if _, err := p.root.Lstat(name); err == nil {
		return name, nil
	}
	dir, err := p.root.Open(path.Dir(name))
	if err != nil {
		if blocked := p.blocked(path.Dir(name)); blocked != nil || errors.Is(err, fs.ErrNotExist) {
			return "", blocked
		}
		return "", failed("look into", p.shown(path.Dir(name)), err)
	}
	defer dir.Close()
	names, err := dir.Readdirnames(-1)
	if err != nil {
		return "", failed("look into", p.shown(path.Dir(name)), err)
	}
	found := ""
	for _, n := range names {
		if same(n, path.Base(name)) && (found == "" || n < found) {
			found = n
		}
	}
	if found == "" {
		return "", nil
	}
	return path.Join(path.Dir(name), found), nil
}

// blocked reports a file, or a link that leads nowhere, where a folder must be.
func (p *pen) blocked(folder string) error {
	for ; folder != "."; folder = path.Dir(folder) {
		info, err := p.root.Lstat(folder)
		if err != nil {
			continue // what it is in will say why
		}
		if !info.IsDir() {
			return &Error{Text: p.shown(folder) + " is not a folder of its own; nothing was written", Hint: "move it away first"}
		}
		return nil
	}
	return nil
}

// same reports whether two names in one folder make one file or one page.
func same(a, b string) bool {
	return strings.EqualFold(a, b) || markdown(a) && markdown(b) && stem(a) == stem(b)
}

func markdown(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".md" || ext == ".markdown"
}

func stem(name string) string {
	s := strings.ToLower(strings.TrimSuffix(name, path.Ext(name)))
	if s == "readme" || s == "_index" {
		return "index"
	}
	return s
}

// write stages every file under a temporary name, then gives them theirs.
func (p *pen) write(ctx context.Context, files []File) error {
	staged := make([]string, len(files))
	for i, f := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := p.folders(path.Dir(f.Path)); err != nil {
			return err
		}
		var err error
		if staged[i], err = p.stage(f); err != nil {
			return failed("write", p.shown(f.Path), err)
		}
	}
	for i, f := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := p.publish(staged[i], f.Path); err != nil {
			return failed("write", p.shown(f.Path), err)
		}
	}
	for _, name := range staged {
		p.root.Remove(name) // the second name of a linked file; gone if it was renamed
	}
	return nil
}

// folders makes a folder and those that it is in.
func (p *pen) folders(name string) error {
	if name == "." {
		return nil
	}
	if info, err := p.root.Stat(name); err == nil && info.IsDir() {
		return nil
	}
	if err := p.folders(path.Dir(name)); err != nil {
		return err
	}
	if err := p.root.Mkdir(name, 0o777); err != nil {
		return failed("create the folder", p.shown(name), err)
	}
	p.made = append(p.made, name)
	return nil
}

// stage writes the file under a name that begins with a dot, which no build
// looks at, and returns that name.
func (p *pen) stage(f File) (string, error) {
	for n := range 100 { // names left over by runs that were killed
		name := path.Join(path.Dir(f.Path), fmt.Sprintf(".%d.peppermill-new", len(p.made)+n))
		w, err := p.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		p.made = append(p.made, name)
		_, err = w.Write(f.Data)
		return name, errors.Join(err, w.Close())
	}
	return "", errors.New("too many temporary files of interrupted runs, .*.peppermill-new, lie beside it")
}

// publish gives a staged file its name. A hard link fails if the name has been
// taken meanwhile, which a rename would overwrite; where there are no links,
// as on most USB sticks, the name is looked at once more instead.
func (p *pen) publish(staged, name string) error {
	err := p.root.Link(staged, name)
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	if err != nil {
		if _, err := p.root.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			return errors.Join(err, fs.ErrExist)
		}
		if err := p.root.Rename(staged, name); err != nil {
			return err
		}
	}
	p.made = append(p.made, name)
	return nil
}

// undo removes what was made, last first.
func (p *pen) undo() {
	for i := len(p.made) - 1; i >= 0; i-- {
		p.root.Remove(p.made[i])
	}
}

func (p *pen) shown(name string) string { return filepath.Join(p.dir, filepath.FromSlash(name)) }

func failed(op, name string, err error) error {
	return &Error{Text: "cannot " + op + " " + name, Hint: hint(err), Err: err}
}

func hint(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "you may not write there; choose a folder of your own"
	case errors.Is(err, fs.ErrExist):
		return "choose another name, or move it away first"
	}
	return "look at what stands there, and whether the disk is full or write-protected"
}

// cause is the innermost error's text, without the path that is said already.
func cause(err error) string {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Err.Error()
	case errors.As(err, &l):
		return l.Err.Error()
	}
	return err.Error()
}
