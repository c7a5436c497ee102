//go:build unix

package source

import (
	"io/fs"
	"syscall"
)

// StampOf is the stamp of a file that was just asked for its status.
func StampOf(info fs.FileInfo) Stamp {
	s := Stamp{Size: info.Size(), ModTime: info.ModTime()}
	if sys, ok := info.Sys().(*syscall.Stat_t); ok {
		s.Node, s.Changed = uint64(sys.Ino), changed(sys)
	}
	return s
}
