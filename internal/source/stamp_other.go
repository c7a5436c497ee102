//go:build !unix

package source

import "io/fs"

// StampOf is the stamp of a file that was just asked for its status.
func StampOf(info fs.FileInfo) Stamp {
	return Stamp{Size: info.Size(), ModTime: info.ModTime()}
}
