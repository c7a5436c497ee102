package scaffold

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	longestName = 200 // bytes; file systems take 255, and endings must fit
	longestPath = 1000
)

// place turns a name or path that somebody typed into the path of a Markdown
// file. A bare name becomes lower-case with hyphens; a path is kept.
func place(where string) (string, error) {
	name := bare(where)
	refuse := func(why, hint string) (string, error) {
		return "", &Error{Text: "the name " + quote(tidy(where)) + " cannot be used: " + why, Hint: hint}
	}
	if strings.HasPrefix(name, "/") || strings.ContainsRune(name, '\\') || strings.Contains(name, ":") {
		return refuse("it is no path within the content", "write a name such as "+suggest(name)+", or folder/"+suggest(name))
	}
	for element := range strings.SplitSeq(name, "/") {
		if why := elementProblem(element); why != "" {
			return refuse(why, "use letters, digits and hyphens, such as "+suggest(name))
		}
	}
	folders, isPath := strings.CutSuffix(name, path.Base(name))
	for folder := range strings.SplitSeq(strings.TrimSuffix(folders, "/"), "/") {
		if isPath && folder != "" && (folder[0] == '_' || folder == "node_modules") {
			return refuse("pages in the folder "+quote(folder)+" are no part of the site", "choose a folder whose name begins with a letter")
		}
	}
	if len(name) > longestPath {
		return refuse("it is too long", "choose a shorter one")
	}
	if !strings.Contains(name, "/") {
		name = strings.ReplaceAll(strings.ToLower(name), " ", "-")
	}
	return name + ".md", nil
}

// bare is what somebody typed without the ending of a Markdown file.
func bare(where string) string {
	where = tidy(where)
	if markdown(where) {
		return strings.TrimSuffix(where, path.Ext(where))
	}
	return where
}

// elementProblem says why one element of a path cannot be a file's name on
// every computer, or "".
func elementProblem(e string) string {
	switch {
	case e == "":
		return "it is empty, or a part of it is"
	case strings.Trim(e, ".") == "":
		return "it leads out of its folder"
	case !utf8.ValidString(e):
		return "it is no valid UTF-8 text"
	case strings.ContainsFunc(e, func(r rune) bool { return !nameRune(r) }):
		return "it has characters that do not belong in a file's name"
	case !strings.ContainsFunc(e, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }):
		return "it has no letter or digit"
	case e[0] == '.' || e[0] == '-' || strings.HasSuffix(e, "."):
		return "it begins with a dot or hyphen, or ends with a dot"
	case len(e) > longestName:
		return "it is longer than 200 bytes"
	case strings.HasPrefix(e, " ") || strings.HasSuffix(e, " "):
		return "a part of it begins or ends with a space"
	}
	if stem, _, _ := strings.Cut(strings.ToLower(e), "."); device(strings.TrimSpace(stem)) {
		return "Windows keeps that name for a device"
	}
	return ""
}

func nameRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || strings.ContainsRune("-_. ", r)
}

// device knows the names that Windows gives to devices.
func device(stem string) bool {
	switch stem {
	case "con", "prn", "aux", "nul":
		return true
	}
	number, ok := strings.CutPrefix(stem, "com")
	if !ok {
		number, ok = strings.CutPrefix(stem, "lpt")
	}
	return ok && len(number) == 1 && number[0] >= '0' && number[0] <= '9'
}

// suggest makes a name that can be used out of one that cannot.
func suggest(name string) string {
	name = strings.ToLower(name[strings.LastIndexAny(name, `/\:`)+1:])
	parts := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) })
	out := strings.Join(parts, "-")
	if elementProblem(out) != "" {
		return "late-deliveries"
	}
	return out
}

func quote(s string) string { return "“" + s + "”" }
