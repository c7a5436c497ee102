package site

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// FoldKey makes strings equal that file systems which ignore case or Unicode
// form would take for the same name.
func FoldKey(s string) string {
	ascii, lower := true, true
	for i := range len(s) {
		ascii = ascii && s[i] < utf8.RuneSelf
		lower = lower && (s[i] < 'A' || s[i] > 'Z')
	}
	switch {
	case ascii && lower:
		return s
	case ascii:
		return strings.ToLower(s)
	}
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(s)))
}

// letters is what is left of a name when only its letters and digits count.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
			return r
		}
		return -1
	}, FoldKey(s))
}

func equalFold(a, b string) bool { return strings.EqualFold(a, b) }

// pageEndings are the endings of files that are pages.
var pageEndings = [...]string{".md", ".markdown", ".mdx", ".mdown", ".mkd"}

// cutPageEnding returns the path without the ending of a page's file.
func cutPageEnding(path string) (string, bool) {
	for _, e := range pageEndings {
		if n := len(path) - len(e); n > 0 && path[n] == '.' && strings.EqualFold(path[n:], e) {
			return path[:n], true
		}
	}
	return path, false
}

// stem is a source path without its ending.
func stem(path string) string {
	s, _ := cutPageEnding(path)
	return s
}

// split returns the folder, "" for the root, and the last element of a path.
func split(path string) (folder, base string) {
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		return path[:i], path[i+1:]
	}
	return "", path
}

func folderOf(path string) string {
	folder, _ := split(path)
	return folder
}

// under joins a folder, "" for the root, and a name.
func under(folder, name string) string {
	if folder == "" {
		return name
	}
	if name == "" {
		return folder
	}
	return folder + "/" + name
}

// readable makes a title out of a file's or folder's name: "01-getting_started"
// is "Getting started".
func readable(name string) string {
	digits := 0
	for digits < len(name) && name[digits] >= '0' && name[digits] <= '9' {
		digits++
	}
	if digits > 0 && digits < 4 && digits+1 < len(name) && strings.IndexByte("-_. ", name[digits]) >= 0 {
		name = name[digits+1:]
	}
	words := strings.Join(strings.FieldsFunc(name, func(r rune) bool {
		return r == '-' || r == '_' || unicode.IsSpace(r)
	}), " ")
	if words == "" {
		return name
	}
	r, n := utf8.DecodeRuneInString(words)
	return string(unicode.ToTitle(r)) + words[n:]
}
