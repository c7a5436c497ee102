//go:build unix

package source

import (
	"io/fs"
	"syscall"
)

func stampOf(info fs.FileInfo) Stamp {
	s := Stamp{Size: info.Size(), ModTime: info.ModTime()}
	if sys, ok := info.Sys().(*syscall.Stat_t); ok {
		s.Node, s.Changed = uint64(sys.Ino), changed(sys)
	}
	return s
}
