package main

import (
	"io"
	"os"
	"time"

	"peppermill/internal/diag"
)

// The rules of the terminal: colour where somebody looks at it, never because
// of a file's content; a bar only for work that takes over half a second; one
// line for what is done, one for what to do next; results alone on stdout.

// isTerminal reports whether w is a terminal that understands more than text.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && console(f) && os.Getenv("TERM") != "dumb"
}

// console reports whether somebody sits at the other end of f. A console is a
// character device; so is the null device, which programs get in its place
// where nobody does.
func console(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

// colour follows no-color.org and CLICOLOR_FORCE.
func colour(w io.Writer) bool {
	if os.Getenv("NO_COLOR") != "" {
		return false
	}
	if force := os.Getenv("CLICOLOR_FORCE"); force != "" && force != "0" {
		return true
	}
	return isTerminal(w)
}

func (a *app) printer() diag.Printer {
	return diag.Printer{W: a.stderr, Color: colour(a.stderr), Tips: -1}
}

const patience = 500 * time.Millisecond

// progress returns a function that draws how far the work is, once it has
// taken longer than anyone's patience, and one that wipes the bar away.
func (a *app) progress(what string) (step func(done, total int), end func()) {
	if a.quiet || !isTerminal(a.stderr) {
		return nil, func() {}
	}
	b := &bar{w: a.stderr, what: what}
	start := time.Now()
	step = func(done, total int) {
		if now := time.Now(); now.Sub(start) >= patience {
			b.step(now, done, total)
		}
	}
	return step, b.wipe
}
