package markdown

import (
	"bytes"
	"sort"
)

// lineIndex turns byte offsets into lines and columns in constant time, so
// that a page of one megabyte line with many links stays linear.
type lineIndex struct {
	src    []byte
	starts []int32 // offset of each line
	runes  []int32 // characters before every 512th byte; nil for pure ASCII
}

const runeStep = 512

func newLineIndex(src []byte) lineIndex {
	ix := lineIndex{src: src, starts: make([]int32, 1, 1+bytes.Count(src, []byte{'\n'}))}
	for from := 0; ; {
		i := bytes.IndexByte(src[from:], '\n')
		if i < 0 {
			break
		}
		from += i + 1
		ix.starts = append(ix.starts, int32(from))
	}
	if isASCII(src) {
		return ix
	}
	ix.runes = make([]int32, 0, len(src)/runeStep+1)
	n := 0
	for at := 0; at <= len(src); at += runeStep {
		ix.runes = append(ix.runes, int32(n))
		n += leadBytes(src[at:min(at+runeStep, len(src))])
	}
	return ix
}

// at returns the line and the column, both from 1, of the byte at off.
func (ix *lineIndex) at(off int) (line, column int) {
	off = max(0, min(off, len(ix.src)))
	line = sort.Search(len(ix.starts), func(i int) bool { return int(ix.starts[i]) > off })
	return line, ix.characters(int(ix.starts[line-1]), off) + 1
}

// characters counts the characters of src[from:to].
func (ix *lineIndex) characters(from, to int) int {
	if ix.runes == nil {
		return to - from
	}
	return ix.before(to) - ix.before(from)
}

func (ix *lineIndex) before(off int) int {
	step := off / runeStep
	return int(ix.runes[step]) + leadBytes(ix.src[step*runeStep:off])
}

// leadBytes counts the bytes that begin a character of valid UTF-8.
func leadBytes(b []byte) int {
	n := 0
	for _, c := range b {
		if c&0xC0 != 0x80 {
			n++
		}
	}
	return n
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// unixLines returns the text with every line ended by one '\n'. Lines and
// columns stay what they were.
func unixLines(b []byte) []byte {
	if bytes.IndexByte(b, '\r') < 0 {
		return b
	}
	out := make([]byte, 0, len(b))
	for i, c := range b {
		switch {
		case c != '\r':
			out = append(out, c)
		case i+1 >= len(b) || b[i+1] != '\n':
			out = append(out, '\n')
		}
	}
	return out
}
