package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"peppermill/internal/build"
	"peppermill/internal/diag"
	"peppermill/internal/output"
	"peppermill/internal/watch"
)

const tipsShown = 10 // tips that a build shows before it counts the rest

type buildFlags struct {
	siteFlags
	destination, zip string
	strictness
	overwrite bool
	durable   bool
	watch     bool
	poll      time.Duration
}

func (a *app) buildCommand() *cobra.Command {
	var f buildFlags
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Build the site into a folder",
		Long: `Build the site into a folder that any web host, or a double-click, can show.

The build stops only for what could do harm. Pages that cannot be published are
left out and named; everything else is written, and the exit code says 1 when
something needs mending.`,
		Example: "  peppermill build\n  peppermill build -s docs -d site --base-url https://example.com/book/",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.build(cmd.Context(), &f) },
	}
	f.siteFlags.add(cmd)
	flags := cmd.Flags()
	flags.StringVarP(&f.destination, "destination", "d", "", `folder to write to (default "public", or "_site" when the content is this folder)`)
	flags.StringVar(&f.zip, "zip", "", "write the site into one archive, to hand over; a folder too only with --destination")
	f.strictness.add(cmd, "write nothing if there is any finding at all")
	flags.BoolVar(&f.overwrite, "overwrite", false, "replace files in the destination that Peppermill did not write")
	flags.BoolVar(&f.durable, "durable", false, "flush every file to disk, against power cuts; slower")
	flags.BoolVarP(&f.watch, "watch", "w", false, "build again after every change, until Ctrl-C")
	addPoll(cmd, &f.poll)
	return cmd
}

// build writes the site, unless it is already there.
func (a *app) build(ctx context.Context, f *buildFlags) error {
	start := time.Now()
	o, err := f.strictness.open(&f.siteFlags)
	if err != nil {
		return err
	}
	defer o.close()
	dest := f.into(o.dir)
	if f.watch {
		return a.rebuild(ctx, o, dest, f)
	}
	if f.zip == "" {
		if fresh, err := a.fresh(ctx, o, dest); err != nil || fresh {
			return err
		}
	}
	r, err := a.result(ctx, o, tipsShown)
	if err != nil {
		return err
	}
	if !r.Publishable() {
		a.sayln("Nothing was written: %s.", blame(r, f.strict))
		return verdict(unsound)
	}
	if err := a.deliver(ctx, o, dest, r, f, start); err != nil {
		return err
	}
	if !r.Sound() && !f.lenient {
		return verdict(unsound)
	}
	return nil
}

// rebuild builds again and again. What cannot be written now is said, and
// tried again after the next change.
func (a *app) rebuild(ctx context.Context, o *opened, dest string, f *buildFlags) error {
	bell := watch.Start(ctx, o.folders(), watch.Options{Poll: f.poll, Skip: []string{dest}})
	defer bell.Close()
	return a.loop(ctx, o, bell, func(r round) error {
		if !r.Publishable() {
			a.sayln("Nothing was written: %s.", blame(r.Result, f.strict))
		} else if err := a.deliver(ctx, o, dest, r.Result, f, time.Now().Add(-r.took)); err != nil {
			a.fail(err)
		}
		if r.first {
			a.sayln("Watching %s; Ctrl-C ends it.", diag.Clean(o.dir))
		}
		return nil
	})
}

// into is the destination: the flag's, else public beside a content folder,
// else _site in it, as folders that begin with "_" hold no pages.
func (f *buildFlags) into(dir string) string {
	switch {
	case f.destination != "":
		return f.destination
	case dir == ".":
		return "_site"
	}
	return "public"
}

// fresh reports whether the destination is already what would be built, and
// says so.
func (a *app) fresh(ctx context.Context, o *opened, dest string) (bool, error) {
	if a.json {
		return false, nil
	}
	facts, ok, err := output.Fresh(dest, func() (output.Sum, error) { return build.Fingerprint(ctx, o.in) })
	if err != nil || !ok {
		return false, ctx.Err() // whatever else is wrong there, a build will heal or report it
	}
	a.sayln("%s in %s; nothing has changed. peppermill list withheld shows what is kept back.", plural(facts["pages"], "page"), diag.Clean(dest))
	return true, nil
}

// deliver writes the folder, the archive or both, and says so.
func (a *app) deliver(ctx context.Context, o *opened, dest string, r *build.Result, f *buildFlags, start time.Time) error {
	src, err := filepath.Abs(o.dir)
	if err != nil {
		return err
	}
	home, _ := os.UserHomeDir() // without one there is none to protect
	options := output.Options{
		Source: src, Home: home, Overwrite: f.overwrite, Durable: f.durable,
		OnWait: func(holder string) { a.sayln("waiting for another build: %s", diag.Clean(holder)) },
	}
	if f.zip == "" || f.destination != "" {
		changes, err := output.Sync(ctx, dest, r.Tree, options)
		if err != nil {
			return err
		}
		a.summary(r, changes, dest, time.Since(start))
	}
	if f.zip == "" {
		return nil
	}
	if err := output.Zip(ctx, f.zip, r.Tree, options); err != nil {
		return err
	}
	a.sayln("Packed %s into %s.", plural(r.Tree.Facts["pages"], "page"), diag.Clean(f.zip))
	return nil
}

// blame says what kept the site from being written.
func blame(r *build.Result, strict bool) string {
	if n := r.Diags.Count(diag.Stop); n > 0 || !strict {
		return plural(n, "error") + " above must be mended first"
	}
	return "--strict lets no finding through"
}

// summary is the last word: what was written, what was kept back and why, and
// what to do next.
func (a *app) summary(r *build.Result, c output.Changes, dest string, took time.Duration) {
	for _, note := range c.Notes {
		a.sayln("%s", diag.Clean(note))
	}
	for _, kept := range c.Kept {
		a.sayln("kept %s: it is no longer part of the site, but somebody has changed it", diag.Clean(filepath.Join(dest, kept)))
	}
	a.sayln("Built %s into %s in %s; %s written, %s removed.", plural(r.Tree.Facts["pages"], "page"), diag.Clean(dest),
		took.Round(time.Millisecond), plural(len(c.Written), "file"), plural(len(c.Deleted), "file"))
	if text := withheld(r.Site); text != "" {
		a.sayln("%s", text)
	}
	if a.verbose {
		a.sayWithheld(r.Site)
	}
	switch {
	case r.Diags.Count(diag.Fix) > 0:
		a.sayln("Next: mend %s above; everything else is published.", plural(r.Diags.Count(diag.Fix), "error"))
	case r.Tree.Facts["pages"] == 0:
		a.sayln("Next: write a page, such as index.md; peppermill init writes a playbook to begin with.")
	case len(r.Tree.Entries) > 0:
		a.sayln("Next: open %s in a browser.", diag.Clean(filepath.Join(dest, "index.html")))
	}
}

// plural says "1 page", "2 pages".
func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// noArgs refuses arguments in words that help.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	u := usage{fmt.Sprintf("%s takes no argument, but there is %q", cmd.Name(), args[0]), "peppermill " + cmd.Name() + " --help shows its flags"}
	if info, err := os.Stat(args[0]); err == nil && info.IsDir() {
		u.hint = "name the folder of the content with --source " + args[0]
	}
	return u
}
