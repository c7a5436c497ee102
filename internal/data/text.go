package data

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// text knows where the lines of its bytes begin. A line ends with LF, CR LF or
// a lone CR.
type text struct {
	bytes  []byte
	starts []int // offset of each line's first byte
}

func newText(b []byte) text {
	starts := make([]int, 1, 16)
	hasCR := bytes.IndexByte(b, '\r') >= 0
	for i := 0; i < len(b); {
		if !hasCR {
			n := bytes.IndexByte(b[i:], '\n')
			if n < 0 {
				break
			}
			i += n + 1
			starts = append(starts, i)
			continue
		}
		if b[i] == '\n' || b[i] == '\r' && (i+1 == len(b) || b[i+1] != '\n') {
			starts = append(starts, i+1)
		}
		i++
	}
	return text{bytes: b, starts: starts}
}

// place returns the line and the column in characters, both from 1, of the
// byte at offset. An offset beyond the end is the end.
func (t text) place(offset int) (line, column int) {
	offset = max(0, min(offset, len(t.bytes)))
	line = sort.SearchInts(t.starts, offset+1)
	return line, utf8.RuneCount(t.bytes[t.starts[line-1]:offset]) + 1
}

// line returns the bytes of a line without its end, nil beyond the last.
func (t text) line(n int) []byte {
	if n < 1 || n > len(t.starts) {
		return nil
	}
	end := len(t.bytes)
	if n < len(t.starts) {
		end = t.starts[n]
	}
	return bytes.TrimRight(t.bytes[t.starts[n-1]:end], "\r\n")
}

// from returns what stands in a line from a column on.
func (t text) from(line, column int) []byte {
	b := t.line(line)
	for ; column > 1 && len(b) > 0; column-- {
		_, n := utf8.DecodeRune(b)
		b = b[n:]
	}
	return b
}

// yamlBreaks maps the lines that YAML counts to offsets: YAML also breaks
// lines at NEL, LS and PS, which editors do not count. It is nil when the text
// has none of these, and both counts are the same.
func (t text) yamlBreaks() []int {
	if !bytes.Contains(t.bytes, []byte("\u0085")) && !bytes.Contains(t.bytes, []byte("\u2028")) && !bytes.Contains(t.bytes, []byte("\u2029")) {
		return nil
	}
	starts := []int{0}
	for i, r := range string(t.bytes) {
		switch {
		case r == '\n', r == '\r' && (i+1 == len(t.bytes) || t.bytes[i+1] != '\n'):
			starts = append(starts, i+1)
		case r == 0x85, r == 0x2028, r == 0x2029:
			starts = append(starts, i+utf8.RuneLen(r))
		}
	}
	return starts
}

// offset returns the byte offset of a character in the line that begins at
// start.
func (t text) offset(start, column int) int {
	for ; column > 1 && start < len(t.bytes); column-- {
		_, n := utf8.DecodeRune(t.bytes[start:])
		start += n
	}
	return start
}
