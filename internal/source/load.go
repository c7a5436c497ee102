package source

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"unicode/utf8"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// MaxText is the size in bytes up to which a text file is read. A page of it
// would print as some four thousand sheets.
const MaxText = 8 << 20

// FS gives the tree as a file system: for the theme folder and for copying.
func (t *Tree) FS() fs.FS { return t.fsys }

// Raw returns a file's bytes as they are.
func (t *Tree) Raw(name string) ([]byte, error) { return fs.ReadFile(t.fsys, name) }

// Loaded is a text file with the stamps of everything that went into it: the
// file itself first, then its includes.
type Loaded struct {
	File  File
	Parts []Entry
	Diags diag.List
}

// Load reads one text file, mends its encoding and expands its includes. A
// file that cannot be used at all has a finding and nil Data.
func (t *Tree) Load(e Entry) Loaded {
	l := loader{tree: t}
	text, ok := l.text(e.Path)
	out := Loaded{File: File{Path: e.Path}, Parts: []Entry{e}}
	if ok {
		out.File.Data = text
		if mayInclude(text) {
			l.lines = make([]Origin, 0, bytes.Count(text, []byte{'\n'})+1)
			out.File.Data = l.expand(e.Path, text, 1, nil)
			out.File.Lines = l.lines
			out.Parts = append(out.Parts, l.parts...)
		}
		out.File.Sum = sum(out.File)
	}
	out.Diags = l.diags
	return out
}

// Same reports whether every stamp that went into a loaded file still stands.
func (t *Tree) Same(parts []Entry) bool {
	for _, p := range parts {
		info, err := fs.Stat(t.fsys, p.Path)
		if err != nil || StampOf(info) != p.Stamp {
			return false
		}
	}
	return true
}

func sum(f File) page.Sum {
	h := sha256.New()
	h.Write(f.Data)
	for _, o := range f.Lines {
		var n [8]byte
		binary.LittleEndian.PutUint64(n[:], uint64(o.Line))
		h.Write(n[:])
		io.WriteString(h, o.Path)
		h.Write(n[:1])
	}
	return page.Sum(h.Sum(nil))
}

type loader struct {
	tree  *Tree
	lines []Origin
	parts []Entry
	diags diag.List
}

// text reads a file and returns it as UTF-8 without a byte-order mark.
func (l *loader) text(name string) ([]byte, bool) {
	data, err := l.read(name)
	if err != nil {
		l.report(ruleUnreadable, diag.Pos{Path: name}, "this file cannot be read: "+Reason(err), "check its permissions")
		return nil, false
	}
	if len(data) > MaxText {
		l.report(ruleSize, diag.Pos{Path: name}, fmt.Sprintf("this file is larger than %d MiB, more than a page can be", MaxText>>20), "split it, or name it without .md if it is no page")
		return nil, false
	}
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		l.report(ruleEncoding, diag.Pos{Path: name, Line: 1, Column: 1}, "this file is saved as UTF-16", `save it as "UTF-8" in your editor`)
		return nil, false
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(data) {
		line, column := badPlace(data)
		l.report(ruleEncoding, diag.Pos{Path: name, Line: line, Column: column}, "here stands a byte that is not UTF-8; it is shown as \ufffd", `save the file as "UTF-8" in your editor`)
		data = bytes.ToValidUTF8(data, []byte("\ufffd"))
	}
	return data, true
}

// read reads at most one byte more than MaxText.
func (l *loader) read(name string) ([]byte, error) {
	f, err := l.tree.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("is a folder")}
	}
	var buf bytes.Buffer
	buf.Grow(int(min(info.Size(), MaxText)) + bytes.MinRead)
	_, err = io.Copy(&buf, io.LimitReader(f, MaxText+1))
	return buf.Bytes(), err
}

// badPlace finds the first byte that is not UTF-8.
func badPlace(data []byte) (line, column int) {
	line, column = 1, 1
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		if r == utf8.RuneError && n == 1 {
			return line, column
		}
		if column++; r == '\n' {
			line, column = line+1, 1
		}
		data = data[n:]
	}
	return line, column
}

func (l *loader) report(rule string, at diag.Pos, message, hint string) {
	l.diags = append(l.diags, diag.Diagnostic{Rule: rule, Pos: at, Message: message, Hint: hint})
}

// Lines returns a file's lines for the excerpts of findings, or nil.
func (t *Tree) Lines(name string) []string {
	l := loader{tree: t}
	data, ok := l.text(name)
	if !ok {
		return nil
	}
	lines := strings.Split(string(data), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSuffix(line, "\r")
	}
	return lines
}
