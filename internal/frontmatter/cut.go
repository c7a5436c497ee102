package frontmatter

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"peppermill/internal/data"
)

var bom = []byte("\ufeff")

// cutting is where a block lies in a file. Lines count from 1, the others are
// offsets in bytes.
type cutting struct {
	format    data.Format
	mark      string // as it should be written
	line      int    // of the opening mark
	text, end int    // between the marks
	body      int    // behind the closing line
	bodyLine  int
	closed    bool
	loose     bool // the mark is not the first line, or has a wrong number of dashes
}

// nextLine returns the line of b that begins at offset i, without its end, and
// the offset of the line after it.
func nextLine(b []byte, i int) (line []byte, next int) {
	rest := b[i:]
	end := bytes.IndexByte(rest, '\n')
	if end < 0 {
		end = len(rest)
	}
	if cr := bytes.IndexByte(rest[:end], '\r'); cr >= 0 {
		if cr+1 == end && end < len(rest) {
			return rest[:cr], i + end + 1
		}
		return rest[:cr], i + cr + 1
	}
	return rest[:end], min(i+end+1, len(b))
}

// cut finds the block at the top of a file; ok is false when nothing there
// looks like its opening mark.
func cut(b []byte) (c cutting, ok bool) {
	i := len(b) - len(bytes.TrimPrefix(b, bom))
	line, next := nextLine(b, i)
	c.line = 1
	c.format, c.mark, ok = opening(line)
	if !ok {
		c.loose = true
		c.line, i = firstContent(b, i)
		line, next = nextLine(b, i)
		if c.format, c.mark, ok = looseOpening(line); !ok {
			return cutting{}, false
		}
	}
	c.text = next
	n := c.line
	for at := next; at < len(b); {
		line, next = nextLine(b, at)
		n++
		if c.closes(line) {
			c.end, c.body, c.bodyLine, c.closed = at, next, n+1, true
			return c, true
		}
		at = next
	}
	c.end, c.body, c.bodyLine = len(b), len(b), n+1
	return c, true
}

// opening reads the usual opening line.
func opening(line []byte) (data.Format, string, bool) {
	if len(line) < 3 || line[0] != '-' && line[0] != '+' {
		return 0, "", false
	}
	line = bytes.TrimRight(line, " \t")
	switch {
	case string(line) == "---":
		return data.YAML, "---", true
	case string(line) == "+++":
		return data.TOML, "+++", true
	case !bytes.HasPrefix(line, []byte("---")):
		return 0, "", false
	}
	switch strings.ToLower(string(bytes.TrimSpace(line[3:]))) {
	case "yaml", "yml":
		return data.YAML, "---", true
	case "toml":
		return data.TOML, "---", true
	}
	return 0, "", false
}

// looseOpening reads a line that may be meant as an opening mark: indented,
// with more or fewer dashes, with the long dashes that word processors make of
// them, or with a comment.
func looseOpening(line []byte) (data.Format, string, bool) {
	s := trimInvisible(string(line))
	if format, mark, ok := opening([]byte(s)); ok {
		return format, mark, true
	}
	if len(s) > 1 && strings.Trim(s, "-‐‑‒–—―−") == "" {
		return data.YAML, "---", true
	}
	if before, _, ok := strings.Cut(s, " #"); ok && strings.TrimSpace(before) == "---" {
		return data.YAML, "---", true
	}
	if len(s) > 1 && strings.Trim(s, "+") == "" {
		return data.TOML, "+++", true
	}
	return 0, "", false
}

// trimInvisible removes what an author cannot see around a mark.
func trimInvisible(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
}

// closes reports whether a line ends the block. Only the first column counts:
// an indented --- belongs to a value.
func (c *cutting) closes(line []byte) bool {
	if len(line) < 3 || line[0] != '-' && line[0] != '.' && line[0] != '+' {
		return false
	}
	s := string(bytes.TrimRight(line, " \t"))
	if s == c.mark || s == "..." && c.format == data.YAML {
		return true
	}
	// A block that was opened with too many dashes is closed with as many.
	return c.loose && len(s) >= 3 && strings.Trim(s, c.mark[:1]) == ""
}

// firstContent returns the number and the offset of the first line that is
// neither empty nor an HTML comment; the offset is len(b) when there is none.
func firstContent(b []byte, i int) (n, start int) {
	comment := false
	for n = 1; i < len(b); n++ {
		line, next := nextLine(b, i)
		s := trimInvisible(string(line))
		switch {
		case comment:
			comment = !strings.Contains(s, "-->")
		case s == "":
		case strings.HasPrefix(s, "<!--"):
			comment = !strings.Contains(s, "-->")
		default:
			return n, i
		}
		i = next
	}
	return n, len(b)
}

// firstLineEmpty reports whether a block begins with an empty line, as the text
// after a thematic break does and settings seldom do.
func firstLineEmpty(text []byte) bool {
	line, _ := nextLine(text, 0)
	return len(text) > 0 && len(bytes.TrimSpace(line)) == 0
}

func nthLine(b []byte, n int) []byte {
	var line []byte
	for i := 0; n > 0 && i < len(b); n-- {
		line, i = nextLine(b, i)
	}
	return line
}

// oddMark finds the first line that looks like a closing mark but is none:
// indented, or with a wrong number of dashes.
func oddMark(text []byte) (n int, s string) {
	line := 0
	for i := 0; i < len(text); {
		var b []byte
		b, i = nextLine(text, i)
		line++
		if s = trimInvisible(string(b)); len(s) > 1 && strings.Trim(s, "-+—–") == "" {
			return line, s
		}
	}
	return 0, ""
}

// keyOf reads the key that a line seems to give: a word before a colon or an
// equals sign, perhaps in quotes, perhaps behind the dash of a list. indent is
// the number of bytes before it.
func keyOf(line []byte) (key string, indent int, ok bool) {
	rest := bytes.TrimLeft(line, " \t")
	rest = bytes.TrimLeft(bytes.TrimPrefix(rest, []byte("- ")), " \t")
	indent = len(line) - len(rest)
	end := bytes.IndexAny(rest, ":=")
	if end < 1 || end > 60 || bytes.HasPrefix(rest[end:], []byte("://")) {
		return "", indent, false
	}
	key = strings.Trim(strings.TrimSpace(string(rest[:end])), `"'“”‘’`)
	r, _ := utf8.DecodeRuneInString(key)
	return key, indent, unicode.IsLetter(r)
}
