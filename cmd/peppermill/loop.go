package main

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"time"

	"peppermill/internal/build"
	"peppermill/internal/diag"
	"peppermill/internal/watch"
)

// round is one turn of the loop.
type round struct {
	*build.Result
	took  time.Duration
	first bool
}

// loop builds, hands the result to deliver and waits for the bell, until ctx
// ends. It never ends because of content: what is wrong is said, and mended content is
// built again. deliver gets only what differs from the turn before.
func (a *app) loop(ctx context.Context, o *opened, bell *watch.Bell, deliver func(round) error) error {
	var b build.Builder
	var last *build.Result
	for {
		r, took, err := a.turn(ctx, o, &b)
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, fs.ErrNotExist):
			a.sayln("%s is gone; waiting for it to come back", diag.Clean(o.dir))
		case err != nil:
			a.fail(err)
		case r != last:
			a.news(o, last, r)
			if err := deliver(round{r, took, last == nil}); err != nil {
				return err
			}
			last = r
		}
		if !a.wait(ctx, bell) {
			return nil
		}
	}
}

// turn is one build of what lies there now.
func (a *app) turn(ctx context.Context, o *opened, b *build.Builder) (*build.Result, time.Duration, error) {
	start := time.Now()
	if err := o.renew(); err != nil {
		return nil, 0, err
	}
	step, end := a.progress("reading")
	o.in.Progress = step
	r, err := b.Run(ctx, o.in)
	end()
	return r, time.Since(start), err
}

// wait returns true when it is time to build again: something has changed, or
// a new day has begun, which publishes some pages and makes others overdue.
func (a *app) wait(ctx context.Context, bell *watch.Bell) bool {
	day := time.NewTimer(time.Until(time.Now().UTC().Truncate(24 * time.Hour).Add(24*time.Hour + time.Second)))
	defer day.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-bell.Rings():
			return true
		case <-day.C:
			return true
		case n := <-bell.Notes():
			a.printer().One(diag.Diagnostic{Class: diag.Tip, Message: n.Message, Hint: n.Hint})
		}
	}
}

// news prints the errors that were not there in the turn before, and the tips
// on what was changed; it counts the findings that are gone.
func (a *app) news(o *opened, last, r *build.Result) {
	p := a.printer()
	p.Show, p.Tips = o.shown, tipsShown
	if a.verbose {
		p.Tips = -1
	}
	if last == nil {
		p.Print(r.Diags)
		return
	}
	fresh, mended := difference(r.Diags, last.Diags), difference(last.Diags, r.Diags)
	p.Print(slices.DeleteFunc(fresh, func(d diag.Diagnostic) bool {
		// A mistake in one page makes tips in all that link to it.
		return d.Class == diag.Tip && !slices.Contains(r.Changed, d.Pos.Path)
	}))
	if len(mended) > 0 {
		a.sayln("Mended: %s; left: %s.", plural(len(mended), "finding"), plural(len(r.Diags), "finding"))
	}
}

// difference is what the first list has and the second has not. Places shift
// when lines are added above them, so only file, rule and words count.
func difference(l, from diag.List) diag.List {
	type same struct{ path, rule, message string }
	have := map[same]int{}
	for _, d := range from {
		have[same{d.Pos.Path, d.Rule, d.Message}]++
	}
	var out diag.List
	for _, d := range l {
		k := same{d.Pos.Path, d.Rule, d.Message}
		if have[k]--; have[k] < 0 {
			out = append(out, d)
		}
	}
	return out
}

// changes names what changed: "late.md" or "late.md and 3 more".
func (o *opened) changes(r round) string {
	if len(r.Changed) == 0 {
		return "a new day or setting"
	}
	text := diag.Clean(o.shown(r.Changed[0]))
	if n := len(r.Changed) - 1; n > 0 {
		text += " and " + plural(n, "more file")
	}
	return text
}
