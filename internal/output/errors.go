package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"syscall"
	"unicode"
)

// ErrDestination is what errors.Is finds in the error of a [Sync] that refuses
// its destination as dangerous or impossible. Nothing has been touched.
var ErrDestination = errors.New("not a place for a site")

var (
	errLink     = errors.New("it is a symbolic link")
	errNotFile  = errors.New("it is not a regular file")
	errNoFolder = errors.New("it is not a folder")
	errOccupied = errors.New("something took its place during the build")
	errTooLarge = errors.New("the list of written files would be too large")
	errRestless = errors.New("it keeps being replaced by something else")
)

// What was being done when something failed. They complete "cannot …".
const (
	opUse     = "use"
	opLock    = "lock"
	opRender  = "render"
	opRead    = "read"
	opInspect = "look at"
	opWrite   = "write"
	opPublish = "put in place"
	opFolder  = "create the folder"
	opRemove  = "remove"
	opSync    = "flush to disk"
)

// Error is a failure with its place and a next step. It unwraps to the cause.
type Error struct {
	Op   string // completes "cannot …"
	Path string // as the user would write it, the output folder included
	Hint string // a next step in plain words, or empty
	// Partial is set when publishing had begun: each file is old or new, and
	// the next run finishes the work. Otherwise the previous site is untouched.
	Partial bool
	Err     error
}

// Error returns one line without control characters, whatever the path.
func (e *Error) Error() string {
	return "cannot " + e.Op + " " + printable(e.Path) + ": " + printable(cause(e.Err).Error())
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// fail wraps err, unless it is nil or already says its place.
func fail(op, path string, err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	return &Error{Op: op, Path: path, Err: err, Hint: hint(err)}
}

// cause drops the wrapping of package os, which names only the last element of a
// path and an internal operation such as "openat".
func cause(err error) error {
	switch e := err.(type) {
	case *fs.PathError:
		return e.Err
	case *os.LinkError:
		return e.Err
	}
	return err
}

func hint(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return "The disk is full. Free some space and build again."
	case errors.Is(err, fs.ErrPermission):
		return "You may not write there. Check who owns the folder, or choose another with --destination."
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return "Too many files are open at once. Close other programs, or raise the limit (ulimit -n)."
	case errors.Is(err, syscall.EROFS):
		return "This disk can only be read. Choose another folder with --destination."
	case errors.Is(err, syscall.EIO):
		return "The disk reports a fault. Check it before you build again."
	case errors.Is(err, errLink):
		return "Peppermill never writes through a link. Remove the link, or choose another folder."
	case errors.Is(err, errOccupied):
		return "Let no other program write there during a build, then build again."
	case errors.Is(err, ErrDestination):
		return chooseFolder
	case errors.Is(err, errNotFile), errors.Is(err, errNoFolder):
		return "Move it away, then build again."
	}
	return ""
}

// TreeError says why a tree cannot be a folder. Nothing has been touched.
type TreeError struct {
	Problems []Problem // at least one
}

// Error names the first problem and counts the others.
func (e *TreeError) Error() string {
	return summary("the site cannot be written", e.Problems, len(e.Problems))
}

// ConflictError says that files of somebody else stand where files of the site
// must go. Nothing has been published.
type ConflictError struct {
	Dir       string    // the output folder, as the caller named it
	Conflicts []Problem // the first ten, by path
	Total     int
	Hint      string
}

// Error names the first conflict and counts the others.
func (e *ConflictError) Error() string {
	return summary("the site cannot be written to "+printable(e.Dir), e.Conflicts, e.Total)
}

func summary(what string, problems []Problem, total int) string {
	text := what
	if len(problems) > 0 {
		text += ": " + problems[0].String()
	}
	if total > 1 {
		text += fmt.Sprintf(" (and %d more)", total-1)
	}
	return text
}

// printable makes text safe for a terminal: a name with control characters or
// broken UTF-8 is shown quoted.
func printable(s string) string {
	odd := func(r rune) bool { return r == unicode.ReplacementChar || !unicode.IsPrint(r) }
	if strings.ContainsFunc(s, odd) {
		return strconv.Quote(s)
	}
	return s
}

// firstOf returns the first error, as for the checked close of a file whose
// writing may have failed before.
func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
