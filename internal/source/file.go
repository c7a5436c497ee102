package source

import (
	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// File is one text file of the content tree, with its includes expanded.
type File struct {
	Path string
	Data []byte   // valid UTF-8 without a byte-order mark; line ends as written
	Sum  page.Sum // of Data and Lines
	// Lines says where each line of Data came from when includes were
	// expanded; nil when line i of Data is line i of Path.
	Lines []Origin
}

// Origin is where a line of an expanded file stands.
type Origin struct {
	Path string
	Line int
}

// Pos returns the place of a line and column of Data, both counted from 1, in
// the file that they were written in.
func (f File) Pos(line, column int) diag.Pos {
	if line >= 1 && line <= len(f.Lines) {
		o := f.Lines[line-1]
		return diag.Pos{Path: o.Path, Line: o.Line, Column: column}
	}
	return diag.Pos{Path: f.Path, Line: line, Column: column}
}
