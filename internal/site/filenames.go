package site

import (
	"html"
	"slices"
	"strings"

	"peppermill/internal/page"
)

// fileNames finds the names of files in text.
type fileNames struct {
	byBase  map[string][]int32 // last element, folded: indexes of Site.Files
	paths   map[int32]string   // folded
	endings map[string]bool    // without the dot, folded
	longest int                // bytes of a last element
}

func (n *fileNames) add(i int32, folded string) {
	if n.paths == nil {
		n.paths = map[int32]string{}
	}
	base := baseOf(folded)
	n.paths[i] = folded
	n.byBase[base] = append(n.byBase[base], i)
	n.longest = max(n.longest, len(base))
	if dot := strings.LastIndexByte(base, '.'); dot >= 0 {
		n.endings[base[dot+1:]] = true
	}
}

// in calls f with every path in a text whose last element is the name of a
// file. Text may be markup, and an address in it may be encoded.
func (n *fileNames) in(text string, f func(path string)) {
	if strings.IndexByte(text, '&') >= 0 {
		text = html.UnescapeString(text)
	}
	text = FoldKey(text)
	n.plainly(text, f)
	if strings.IndexByte(text, '%') >= 0 {
		n.plainly(FoldKey(decode(text)), f)
	}
}

func (n *fileNames) plainly(text string, f func(path string)) {
	for at := 0; ; {
		dot := strings.IndexByte(text[at:], '.')
		if dot < 0 {
			return
		}
		dot += at
		at = dot + 1
		end := dot + 1
		for end < len(text) && isNameByte(text[end]) {
			end++
		}
		if !n.endings[text[dot+1:end]] {
			continue
		}
		if from := n.start(text, dot, end); from >= 0 {
			f(pathBefore(text, from) + text[from:end])
		}
	}
}

// start is where the longest name begins that ends at end, or -1.
func (n *fileNames) start(text string, dot, end int) int {
	best := -1
	for from := dot; from >= 0 && end-from <= n.longest; from-- {
		if c := text[from]; c == '/' || c == '\n' || c == '\\' {
			break
		}
		if from > 0 && isNameByte(text[from-1]) {
			continue
		}
		if len(n.byBase[text[from:end]]) > 0 {
			best = from
		}
	}
	return best
}

// isNameByte reports whether a byte goes on with a name rather than ending it.
func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80 || c == '_' || c == '-'
}

// pathBefore is what of a path stands before its last element.
func pathBefore(text string, from int) string {
	start := from
	if start == 0 || text[start-1] != '/' {
		return ""
	}
	for start > 0 && (isNameByte(text[start-1]) || text[start-1] == '/' || text[start-1] == '.') {
		start--
	}
	return text[start:from]
}

// decode reads %41 and the like, and leaves alone what is none.
func decode(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if hi, lo := hex(s[i+1]), hex(s[i+2]); hi >= 0 && lo >= 0 {
				b.WriteByte(byte(hi<<4 | lo))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func hex(c byte) int { return strings.IndexByte("0123456789abcdef", c|0x20) }

// meant lists the files that a path in withheld text may mean, seen from a
// folder: the one that it leads to; else those whose own paths end like it;
// else all of that name. Of an address of the web, the file's whole path must be
// its end.
func (n *fileNames) meant(folder, path string) []int32 {
	named := n.byBase[baseOf(path)]
	if len(named) == 0 {
		return nil
	}
	for _, start := range []string{FoldKey(folder), ""} {
		joined, ok := appendPath(nil, start, strings.TrimLeft(path, "/"))
		if i := slices.IndexFunc(named, func(i int32) bool { return ok && n.paths[i] == string(joined) }); i >= 0 {
			return named[i : i+1]
		}
	}
	tail, elsewhere := "/"+strings.TrimLeft(path, "./"), strings.HasPrefix(path, "//")
	var like []int32
	for _, i := range named {
		if own := "/" + n.paths[i]; strings.HasSuffix(own, tail) || elsewhere && strings.HasSuffix(path, own) {
			like = append(like, i)
		}
	}
	if len(like) > 0 || elsewhere { // what another site has
		return like
	}
	return named
}

// eachAddress calls f with the values of attributes in a page's public markup:
// HTML that a site lets through names files there, and no link of it is known.
func eachAddress(src *page.Page, staff bool, f func(string)) {
	depth := 0
	for _, part := range src.Body.Parts.All() {
		switch {
		case part.Kind == page.Hole && part.Hole == page.StaffOpen:
			depth++
		case part.Kind == page.Hole && part.Hole == page.StaffClose:
			depth = max(depth-1, 0)
		case part.Kind == page.Markup && (staff || depth == 0):
			text := src.Body.Markup[part.Start:part.End]
			for {
				_, rest, found := strings.Cut(text, "=")
				if !found {
					break
				}
				if text = rest; rest == "" || rest[0] != '"' && rest[0] != '\'' {
					continue
				}
				value, after, closed := strings.Cut(rest[1:], rest[:1])
				if !closed {
					break
				}
				if text = after; strings.IndexByte(value, '.') >= 0 {
					f(html.UnescapeString(value))
				}
			}
		}
	}
}
