package output

import (
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"runtime"
	"strings"
	"syscall"
)

// directory is an open folder. Names are single elements, except in Rename, which
// takes paths below it. It is an interface so that tests can make any operation
// fail; the program has rootDirectory only.
type directory interface {
	Lstat(name string) (fs.FileInfo, error) // "." is the folder itself
	List() ([]string, error)
	Open(name string) (file, error)   // to read
	Create(name string) (file, error) // to write; fails if name exists
	Edit(name string) (file, error)   // to read and write; fails if name is absent
	Enter(name string) (directory, error)
	Mkdir(name string, perm fs.FileMode) error
	Remove(name string) error    // a file or an empty folder
	RemoveAll(name string) error // with everything below, following no links
	Rename(from, to string) error
	Sync() error
	Close()
}

// file is an open file.
type file interface {
	io.Reader
	io.Writer
	io.WriterAt
	Truncate(size int64) error
	Stat() (fs.FileInfo, error)
	Sync() error
	Close() error
}

const (
	filePerm   = 0o644 // both as given to the kernel, which takes the umask off
	folderPerm = 0o755
)

// rootDirectory never leaves the folder that it was opened on: os.Root resolves
// each path against open handles and refuses links that lead out.
type rootDirectory struct{ root *os.Root }

func openDirectory(name string) (directory, error) {
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return rootDirectory{root}, nil
}

func (d rootDirectory) Lstat(name string) (fs.FileInfo, error)    { return d.root.Lstat(name) }
func (d rootDirectory) Mkdir(name string, perm fs.FileMode) error { return d.root.Mkdir(name, perm) }
func (d rootDirectory) Remove(name string) error                  { return d.root.Remove(name) }
func (d rootDirectory) RemoveAll(name string) error               { return d.root.RemoveAll(name) }
func (d rootDirectory) Rename(from, to string) error              { return d.root.Rename(from, to) }
func (d rootDirectory) Close()                                    { d.root.Close() }

// Open does not wait for the other end of a named pipe that somebody put there.
func (d rootDirectory) Open(name string) (file, error) {
	return asFile(d.root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0))
}

func (d rootDirectory) Create(name string) (file, error) {
	return asFile(d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, filePerm))
}

func (d rootDirectory) Edit(name string) (file, error) {
	return asFile(d.root.OpenFile(name, os.O_RDWR|syscall.O_NONBLOCK, 0))
}

// asFile avoids an interface that holds a nil *os.File.
func asFile(f *os.File, err error) (file, error) {
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Enter opens name as a folder. The final "." makes the system insist on a folder
// before it opens anything, so a named pipe cannot block us.
func (d rootDirectory) Enter(name string) (directory, error) {
	root, err := d.root.OpenRoot(name + "/.")
	if err != nil {
		return nil, err
	}
	return rootDirectory{root}, nil
}

func (d rootDirectory) List() ([]string, error) {
	f, err := d.root.Open(".")
	if err != nil {
		return nil, err
	}
	names, err := f.Readdirnames(-1)
	return names, firstOf(err, f.Close())
}

func (d rootDirectory) Sync() error {
	if runtime.GOOS == "windows" { // which cannot flush a folder
		return nil
	}
	f, err := d.root.Open(".")
	if err != nil {
		return err
	}
	return firstOf(f.Sync(), f.Close())
}

// openRegular opens the regular file that Lstat described. It follows no link: a
// file that is not the very one described is refused, so a swap between the two
// calls is noticed.
func openRegular(d directory, name string, described fs.FileInfo) (file, error) {
	if !described.Mode().IsRegular() {
		return nil, errNotFile
	}
	f, err := d.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !os.SameFile(info, described) {
		err = errOccupied
	}
	if err != nil {
		return nil, firstOf(err, f.Close())
	}
	return f, nil
}

// hasher sums files with one buffer. It is not safe for concurrent use.
type hasher struct {
	hash hash.Hash
	buf  []byte
}

func newHasher() *hasher { return &hasher{hash: sha256.New(), buf: make([]byte, 64<<10)} }

func (h *hasher) file(d directory, name string, described fs.FileInfo) (Sum, error) {
	f, err := openRegular(d, name, described)
	if err != nil {
		return Sum{}, err
	}
	h.hash.Reset()
	// The bare Reader and Writer keep io from choosing buffers of its own.
	_, err = io.CopyBuffer(struct{ io.Writer }{h.hash}, struct{ io.Reader }{f}, h.buf)
	if err := firstOf(err, f.Close()); err != nil {
		return Sum{}, err
	}
	return h.sum(), nil
}

func (h *hasher) sum() (s Sum) {
	h.hash.Sum(s[:0])
	return s
}

// walker opens folders below top one element at a time, and never through a link.
// It keeps the chain of folders it is in, so paths asked in their order cost about
// one open a folder. It is not safe for concurrent use.
type walker struct {
	top   directory
	names []string
	chain []directory
	// entered, if set, is told the path of each folder that exists.
	entered func(dir string)
}

// blockedError says that something that is no folder stands where one is needed.
type blockedError struct {
	at   string // path of the thing
	link bool
}

func (e *blockedError) Error() string { return e.Unwrap().Error() }

func (e *blockedError) Unwrap() error {
	if e.link {
		return errLink
	}
	return errOccupied
}

// to returns the open folder dir ("." is top), which stays open until another is
// asked for. It returns a *blockedError or fs.ErrNotExist as the case may be.
func (w *walker) to(dir string) (directory, error) { return w.walk(dir, false) }

// ensure is like to, but makes the folders that are missing.
func (w *walker) ensure(dir string) (directory, error) { return w.walk(dir, true) }

func (w *walker) walk(dir string, mk bool) (directory, error) {
	if dir == "." {
		return w.top, nil
	}
	parts := strings.Split(dir, "/")
	common := 0
	for common < min(len(parts), len(w.names)) && parts[common] == w.names[common] {
		common++
	}
	w.leave(common)
	for i := common; i < len(parts); i++ {
		child, err := w.step(parts[i], path.Join(parts[:i+1]...), mk)
		if err != nil {
			return nil, err
		}
		w.names = append(w.names, parts[i])
		w.chain = append(w.chain, child)
	}
	return w.here(), nil
}

func (w *walker) here() directory {
	if len(w.chain) == 0 {
		return w.top
	}
	return w.chain[len(w.chain)-1]
}

// step opens a folder of the current one.
func (w *walker) step(name, full string, mk bool) (directory, error) {
	d := w.here()
	info, err := d.Lstat(name)
	if mk && errors.Is(err, fs.ErrNotExist) {
		// Another worker may make the same folder at the same time.
		if err := d.Mkdir(name, folderPerm); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		info, err = d.Lstat(name)
	}
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, &blockedError{at: full, link: info.Mode()&fs.ModeSymlink != 0}
	}
	child, err := d.Enter(name)
	if err != nil {
		return nil, err
	}
	// What we opened must be what we looked at: it could be a link by now.
	opened, err := child.Lstat(".")
	if err == nil && !os.SameFile(info, opened) {
		err = &blockedError{at: full, link: true}
	}
	if err != nil {
		child.Close()
		return nil, err
	}
	if w.entered != nil {
		w.entered(full)
	}
	return child, nil
}

// leave closes all folders of the chain but the first n.
func (w *walker) leave(n int) {
	for _, d := range w.chain[n:] {
		d.Close()
	}
	w.names, w.chain = w.names[:n], w.chain[:n]
}

// lstat looks at a file without following links. The folder is the file's, and
// nil if that is not there; then and if the file is absent, info is nil.
func (w *walker) lstat(p string) (d directory, info fs.FileInfo, err error) {
	d, err = w.to(path.Dir(p))
	if err == nil {
		info, err = d.Lstat(path.Base(p))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return d, nil, nil
	}
	return d, info, err
}
