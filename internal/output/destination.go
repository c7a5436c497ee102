package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// destination returns the real, absolute path of the output folder, which need
// not exist yet, or an *Error that says why nothing should be written there.
func destination(dir string, o Options) (string, error) {
	if dir == "" {
		return "", refuse(dir, "no folder is named", "Name the folder for the site with --destination.")
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", fail(opUse, dir, err)
	}
	real, err := resolve(abs)
	if err != nil {
		return "", fail(opUse, dir, err)
	}
	info, err := os.Stat(real)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return "", fail(opUse, dir, err)
	case !info.IsDir():
		return "", refuse(dir, "it is a file", "Choose another name for the folder, or move the file away.")
	}
	if filepath.Dir(real) == real {
		return "", refuse(dir, "it is the root of the whole file system", chooseFolder)
	}
	if err := nearHome(dir, real, o.Home); err != nil {
		return "", err
	}
	return real, nearSource(dir, real, o.Source)
}

const chooseFolder = "Choose a folder that holds nothing but the site, such as public."

func refuse(dir, why, hint string) error {
	return &Error{Op: opUse, Path: dir, Hint: hint, Err: fmt.Errorf("%w: %s", ErrDestination, why)}
}

// resolve follows all links of a path whose last elements may not exist yet.
func resolve(abs string) (string, error) {
	rest := ""
	for p := abs; ; p = filepath.Dir(p) {
		real, err := filepath.EvalSymlinks(p)
		if err == nil {
			return filepath.Join(real, rest), nil
		}
		if !errors.Is(err, fs.ErrNotExist) || filepath.Dir(p) == p {
			return "", err
		}
		if _, err := os.Lstat(p); err == nil {
			return "", fmt.Errorf("%w: %s is a link that leads nowhere", ErrDestination, printable(p))
		}
		rest = filepath.Join(filepath.Base(p), rest)
	}
}

func nearHome(dir, real, home string) error {
	if home == "" {
		var err error
		if home, err = os.UserHomeDir(); err != nil {
			return nil // a system without home folders has none to protect
		}
	}
	below, ok := lineage(home, real)
	switch {
	case !ok:
		return nil
	case below == "":
		return refuse(dir, "it is your home folder", chooseFolder)
	}
	return refuse(dir, "your home folder lies in it", chooseFolder)
}

func nearSource(dir, real, source string) error {
	if source == "" {
		return nil
	}
	if below, ok := lineage(source, real); ok {
		if below == "" {
			return refuse(dir, "it is the folder of the content", chooseFolder)
		}
		return refuse(dir, "the folder of the content lies in it", chooseFolder)
	}
	below, ok := lineage(real, source)
	if !ok || strings.HasPrefix(below, "_") || strings.HasPrefix(below, ".") {
		return nil
	}
	return refuse(dir, "it lies among the content, so the site would become content of the next build",
		"Choose a folder beside the content, or one whose name begins with _ or . such as _site.")
}

// lineage reports whether inner is outer or lies in it, and the first element of
// the way from outer to inner. It compares what the names stand for rather than
// the names, so links, mounts and file systems without case do not deceive it.
func lineage(inner, outer string) (below string, ok bool) {
	if abs, err := filepath.Abs(inner); err == nil {
		inner = abs
	}
	if real, err := resolve(inner); err == nil {
		inner = real
	}
	there, err := os.Stat(outer)
	if err != nil {
		return "", false // what does not exist holds nothing
	}
	for p := inner; ; p = filepath.Dir(p) {
		if info, err := os.Stat(p); err == nil && os.SameFile(info, there) {
			return below, true
		}
		if filepath.Dir(p) == p {
			return "", false
		}
		below = filepath.Base(p)
	}
}
