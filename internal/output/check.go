package output

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Reason says what is wrong with a path, in words that follow "path: ".
type Reason string

// The reasons of [Tree.Check].
const (
	SameAddress  Reason = "has the same address as another file"
	FolderNeeded Reason = "is a file where another file needs a folder"
	EmptyPath    Reason = "is empty, or has an empty part"
	DotPath      Reason = "has a part that is only dots"
	AbsolutePath Reason = "is absolute"
	Backslash    Reason = "has a backslash"
	ControlByte  Reason = "has a control character"
	NotUTF8      Reason = "is not valid UTF-8"
	TrailingDot  Reason = "has a part that ends in a dot or a space, which Windows drops"
	DeviceName   Reason = "has a part that Windows reserves for a device"
	PartTooLong  Reason = "has a part of more than 255 bytes"
	PathTooLong  Reason = "has more than 1024 bytes"
	ReservedName Reason = "is a name that Peppermill keeps for itself"
)

// The reasons of a [ConflictError].
const (
	ForeignFile   Reason = "is a file that Peppermill did not write"
	ForeignFolder Reason = "is a folder with files that Peppermill did not write"
	LinkThere     Reason = "is a symbolic link, and Peppermill never writes through one"
	NotAFile      Reason = "is not a regular file"
)

const (
	maxPart = 255
	maxPath = 1024
)

// Problem is one thing that is wrong with a tree or with its destination.
type Problem struct {
	Path string
	// Other is the second path of SameAddress, the path that needs the folder
	// of FolderNeeded, a file inside a ForeignFolder, or empty.
	Other  string
	Reason Reason
}

// String returns one line without control characters.
func (p Problem) String() string {
	s := printable(p.Path) + ": " + string(p.Reason)
	if p.Other != "" {
		s += " (" + printable(p.Other) + ")"
	}
	return s
}

// Check returns everything that keeps the tree from being a folder on any of the
// usual systems, sorted by path; none if all is well. Addresses are compared as
// the least careful file systems do: without regard to case (Unicode's full case
// folding) and to the form of accents (NFC).
func (t Tree) Check() []Problem {
	var problems []Problem
	f := newFolding()
	entries := t.All()
	good := make([]foldedPath, 0, len(entries))
	for _, e := range entries {
		if reason := checkPath(e.Path); reason != "" {
			problems = append(problems, Problem{Path: e.Path, Reason: reason})
			continue
		}
		good = append(good, foldedPath{f.fold(e.Path), e.Path})
	}
	slices.SortFunc(good, func(a, b foldedPath) int {
		if c := strings.Compare(a.key, b.key); c != 0 {
			return c
		}
		return strings.Compare(a.path, b.path)
	})
	problems = append(problems, needFolders(good)...)
	for i, first := 1, 0; i < len(good); i++ {
		if good[i].key != good[first].key {
			first = i
			continue
		}
		problems = append(problems, Problem{Path: good[first].path, Other: good[i].path, Reason: SameAddress})
	}
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Other, b.Other))
	})
	return problems
}

// foldedPath is a path and what it is compared by.
type foldedPath struct{ key, path string }

// needFolders finds files whose address is a folder of another file. The paths
// are sorted, so a folder that the path before is in has been looked at.
func needFolders(paths []foldedPath) []Problem {
	var problems []Problem
	before := ""
	for _, p := range paths {
		for i := strings.LastIndexByte(p.key, '/'); i > 0; i = strings.LastIndexByte(p.key[:i], '/') {
			if len(before) > i && before[:i+1] == p.key[:i+1] {
				break
			}
			at, found := slices.BinarySearchFunc(paths, p.key[:i], func(p foldedPath, key string) int { return cmp.Compare(p.key, key) })
			if found {
				problems = append(problems, Problem{Path: paths[at].path, Other: p.path, Reason: FolderNeeded})
			}
		}
		before = p.key
	}
	return problems
}

// checkPath returns what is wrong with a path, or "".
func checkPath(p string) Reason {
	if ordinary(p) {
		return ""
	}
	return reasonOf(p)
}

func reasonOf(p string) Reason {
	switch {
	case p == "":
		return EmptyPath
	case len(p) > maxPath:
		return PathTooLong
	case p[0] == '/' || len(p) > 1 && p[1] == ':' && isLetter(p[0]):
		return AbsolutePath
	case !utf8.ValidString(p):
		return NotUTF8
	case strings.ContainsFunc(p, unicode.IsControl):
		return ControlByte
	case strings.IndexByte(p, '\\') >= 0:
		return Backslash
	}
	for rest, more := p, true; more; {
		var part string
		part, rest, more = strings.Cut(rest, "/")
		if reason := checkPart(part); reason != "" {
			return reason
		}
	}
	first, _, _ := strings.Cut(p, "/")
	if isReserved(first) {
		return ReservedName
	}
	return ""
}

// ordinary reports whether a path is one of those that make up nearly every
// site, with which nothing can be wrong: short parts of small letters, digits and
// hyphens, five characters or more each, and one full stop within the last.
func ordinary(p string) bool {
	part := 0 // length of the part so far
	for i := range len(p) {
		switch c := p[i]; {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-':
			part++
		case c == '/' && part > 4: // longer than any name of a device
			part = 0
		case c == '.' && part > 4 && i+1 < len(p) && strings.IndexByte(p[i:], '/') < 0 && strings.IndexByte(p[i+1:], '.') < 0:
			part++
		default:
			return false
		}
	}
	return part > 4 && part < maxPart && len(p) < maxPart
}

func checkPart(part string) Reason {
	if part == "" {
		return EmptyPath
	}
	if strings.Trim(part, ".") == "" {
		return DotPath
	}
	if len(part) > maxPart {
		return PartTooLong
	}
	if last := part[len(part)-1]; last == '.' || last == ' ' {
		return TrailingDot
	}
	if isDevice(part) {
		return DeviceName
	}
	return ""
}

// isDevice reports whether Windows takes a name for a device: con, con.txt,
// "con .txt", com1 to com9 (superscript digits too), conin$.
func isDevice(part string) bool {
	name, _, _ := strings.Cut(part, ".")
	name = strings.TrimRight(name, " ")
	if len(name) < 3 || len(name) > 7 {
		return false
	}
	name = strings.ToLower(name)
	switch name {
	case "con", "prn", "aux", "nul", "conin$", "conout$":
		return true
	}
	digit, ok := strings.CutPrefix(name, "com")
	if !ok {
		digit, ok = strings.CutPrefix(name, "lpt")
	}
	return ok && utf8.RuneCountInString(digit) == 1 && strings.Contains("123456789¹²³", digit)
}

// isReserved compares without case, for the file systems that do so.
func isReserved(first string) bool {
	return strings.HasPrefix(first, ".") &&
		(strings.EqualFold(first, manifestName) || strings.EqualFold(first, lockName) || strings.EqualFold(first, stageName))
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// folding folds paths. It is not safe for concurrent use, because a Caser is not.
type folding struct{ caser cases.Caser }

func newFolding() *folding { return &folding{caser: cases.Fold()} }

// fold returns the form in which two paths are equal when they are one address.
// It composes, folds and composes again, since folding can undo a composition
// (Unicode 16, section 3.13, canonical caseless matching).
func (f *folding) fold(p string) string {
	ascii, lower := true, true
	for i := range len(p) {
		ascii = ascii && p[i] < utf8.RuneSelf
		lower = lower && (p[i] < 'A' || p[i] > 'Z')
	}
	switch {
	case ascii && lower:
		return p
	case ascii:
		return strings.ToLower(p)
	}
	return norm.NFC.String(f.caser.String(norm.NFC.String(p)))
}
