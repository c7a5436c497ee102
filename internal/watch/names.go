package watch

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"peppermill/internal/source"
)

// temporary reports whether a file of this name is an editor's own, which is
// written beside the real file and does not ring by itself. The rename onto
// the real file does.
func temporary(base string) bool {
	if source.Leftover(base) || base == ".DS_Store" || strings.HasPrefix(base, ".#") || strings.HasPrefix(base, ".goutputstream-") {
		return true
	}
	// vim's .name.swp, then .swo, .swn, …
	ext := filepath.Ext(base)
	return strings.HasPrefix(base, ".") && len(ext) == 4 && strings.HasPrefix(ext, ".sw")
}

// foreign reports whether a folder of this name belongs to another program and
// is large or restless. Other folders that hold no pages are watched all the
// same, since a page may include their files.
func foreign(base string) bool {
	return strings.HasPrefix(base, ".git") || base == ".hg" || base == ".svn" || base == ".jj" || base == "node_modules"
}

// skips knows the folders that are left alone, by path and, where they exist,
// by identity: a folder has more than one path where there are links, or where
// case does not count.
type skips struct {
	paths []string
	infos []os.FileInfo
}

func skipping(paths []string) skips {
	s := skips{paths: paths}
	for _, p := range paths {
		if info, err := os.Stat(p); err == nil {
			s.infos = append(s.infos, info)
		}
	}
	return s
}

// path tells by its name alone.
func (s skips) path(dir string) bool {
	return foreign(filepath.Base(dir)) || slices.Contains(s.paths, dir)
}

func (s skips) folder(dir string, info os.FileInfo) bool {
	return s.path(dir) || slices.ContainsFunc(s.infos, func(i os.FileInfo) bool { return os.SameFile(i, info) })
}
