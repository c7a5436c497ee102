// Package themes holds the theme that comes with the program: layouts, assets
// and the words of the interface, embedded as files.
//
// Out: [Default], a read-only file system with layouts/, assets/, ui/ and
// custom.css at its top, which the theme room loads and a site's own theme
// overrides by the same path. It holds no logic and never changes: whatever
// understands the files is in the theme room.
package themes

import (
	"embed"
	"io/fs"
)

//go:embed default
var files embed.FS

// Default returns the built-in theme's files.
func Default() fs.FS {
	sub, err := fs.Sub(files, "default")
	if err != nil {
		return files // cannot happen: the name is a valid path
	}
	return sub
}
