package source

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"peppermill/internal/diag"
)

// Includes are written the two ways that people's fingers know, each alone on
// its line:
//
//	{{#include path/to/file.md:3:10}}      as in mdBook
//	--8<-- "path/to/file.md:3:10"          as in MkDocs (snippets)
//
// A path is relative to the file that includes, or begins with "/" at the
// content folder. The range is optional, in lines, both ends included; either
// end may be left out. A backslash before the mark shows it as it is. Without
// a range, the front matter of the included file is left out.

// maxDepth and maxIncludes bound what one page can pull in: eight levels of
// ten includes each would otherwise be a hundred million.
const (
	maxDepth    = 8
	maxIncludes = 500
)

// include is one include line, taken apart.
type include struct {
	path        string
	first, last int // 0: open
	column      int // of the path, in characters
	indent      string
}

func mayInclude(text []byte) bool {
	return bytes.Contains(text, []byte("{{#include ")) || bytes.Contains(text, []byte("--8<-- "))
}

// expand returns text with its includes put in place, and records the origin
// of every line. first is the line number of text's first line in its file.
func (l *loader) expand(name string, text []byte, first int, stack []string) []byte {
	var out []byte
	stack = append(stack, name)
	for i, line := range bytes.SplitAfter(text, []byte("\n")) {
		if len(line) == 0 {
			break
		}
		at := Origin{Path: name, Line: first + i}
		inc, escaped, ok := parseInclude(string(line))
		if !ok {
			out, l.lines = append(out, line...), append(l.lines, at)
			continue
		}
		if escaped {
			mark := bytes.IndexByte(line, '\\')
			out, l.lines = append(append(out, line[:mark]...), line[mark+1:]...), append(l.lines, at)
			continue
		}
		body := l.include(inc, at, stack)
		if len(body) > 0 && body[len(body)-1] != '\n' {
			body = append(body, '\n')
		}
		if len(out)+len(body) > MaxText {
			l.report(ruleSize, diag.Pos{Path: name, Line: at.Line, Column: inc.column}, "with this file the page would become too large", "include less of it")
			return out
		}
		out = append(out, body...)
	}
	return out
}

// include returns the lines that an include line stands for; nothing, with a
// finding, when they cannot be had.
func (l *loader) include(inc include, at Origin, stack []string) []byte {
	place := diag.Pos{Path: at.Path, Line: at.Line, Column: inc.column}
	target := path.Join(path.Dir(at.Path), inc.path)
	if rest, ok := strings.CutPrefix(inc.path, "/"); ok {
		target = path.Clean(rest)
	}
	if !fs.ValidPath(target) {
		l.report(ruleInclude, place, fmt.Sprintf("%q lies outside the content folder", inc.path), "move the file into the content folder")
		return nil
	}
	if slices.Contains(stack, target) || len(stack) >= maxDepth {
		l.report(ruleLoop, place, fmt.Sprintf("%q includes itself, by way of %s", target, strings.Join(stack, " → ")), "take one of these includes out")
		return nil
	}
	if len(l.parts) >= maxIncludes {
		l.report(ruleLoop, place, fmt.Sprintf("this page includes more than %d files", maxIncludes), "include fewer, or split the page")
		return nil
	}
	info, err := fs.Stat(l.tree.fsys, target)
	if err != nil || info.IsDir() {
		// The stamp of a missing file is recorded too: its appearance changes the page.
		l.parts = append(l.parts, Entry{Path: target})
		l.report(ruleInclude, place, fmt.Sprintf("there is no file %q to include", target), l.similar(target))
		return nil
	}
	l.parts = append(l.parts, Entry{Path: target, Role: RoleOf(target), Stamp: StampOf(info)})
	text, ok := l.text(target)
	if !ok {
		return nil
	}
	text, first := cut(text, inc, IsMarkdown(target))
	if text == nil && inc.first > 0 {
		l.report(ruleInclude, place, fmt.Sprintf("%q has no line %d", target, inc.first), "correct the range")
	}
	return indent(l.expand(target, text, first, stack), inc.indent)
}

// similar suggests a file of the same folder with nearly the same name.
func (l *loader) similar(target string) string {
	items, err := fs.ReadDir(l.tree.fsys, path.Dir(target))
	if err != nil {
		return "check the path; it is relative to this file"
	}
	var names []string
	for _, item := range items {
		names = append(names, item.Name())
	}
	if near := diag.Near(path.Base(target), names); near != "" {
		return fmt.Sprintf("did you mean %q?", path.Join(path.Dir(target), near))
	}
	return "check the path; it is relative to this file"
}

// cut returns the wanted lines and the number of the first of them.
func cut(text []byte, inc include, markdown bool) ([]byte, int) {
	if inc.first == 0 && inc.last == 0 {
		if markdown {
			return afterFrontMatter(text)
		}
		return text, 1
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	from, to := max(inc.first, 1), len(lines)
	if inc.last > 0 {
		to = min(inc.last, to)
	}
	if from > to || from == len(lines) && len(lines[from-1]) == 0 {
		return nil, from
	}
	return bytes.Join(lines[from-1:to], nil), from
}

// afterFrontMatter leaves out a block between two "---" or "+++" lines.
func afterFrontMatter(text []byte) ([]byte, int) {
	lines := bytes.SplitAfter(text, []byte("\n"))
	mark := strings.TrimRight(string(lines[0]), " \t\r\n")
	if mark != "---" && mark != "+++" {
		return text, 1
	}
	for i, line := range lines[1:] {
		if end := strings.TrimRight(string(line), " \t\r\n"); end == mark || mark == "---" && end == "..." {
			return bytes.Join(lines[i+2:], nil), i + 3
		}
	}
	return text, 1
}

// indent puts the include line's own indentation before every line, so that an
// include inside a list item or a block stays there.
func indent(text []byte, by string) []byte {
	if by == "" || len(text) == 0 {
		return text
	}
	var out []byte
	for _, line := range bytes.SplitAfter(text, []byte("\n")) {
		if len(bytes.TrimSpace(line)) > 0 {
			out = append(out, by...)
		}
		out = append(out, line...)
	}
	return out
}

// parseInclude takes an include line apart. ok is false for any other line.
func parseInclude(line string) (inc include, escaped, ok bool) {
	trimmed := strings.TrimSpace(line)
	inc.indent = line[:strings.Index(line, trimmed)]
	trimmed, escaped = strings.CutPrefix(trimmed, `\`)
	arg, ok := between(trimmed, "{{#include ", "}}")
	if !ok {
		if arg, ok = between(trimmed, `--8<-- "`, `"`); !ok {
			return inc, false, false
		}
	}
	arg = strings.TrimSpace(arg)
	inc.column = len([]rune(line[:strings.Index(line, arg)])) + 1
	name, span, ranged := strings.Cut(arg, ":")
	inc.path = name
	if !ranged {
		return inc, escaped, name != ""
	}
	first, last, two := strings.Cut(span, ":")
	if !two {
		last = first
	}
	var good [2]bool
	inc.first, good[0] = lineNumber(first)
	inc.last, good[1] = lineNumber(last)
	return inc, escaped, name != "" && good[0] && good[1]
}

func between(s, before, after string) (string, bool) {
	s, ok := strings.CutPrefix(s, before)
	if !ok {
		return "", false
	}
	return strings.CutSuffix(s, after)
}

func lineNumber(s string) (int, bool) {
	if s == "" {
		return 0, true
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n > 0
}
