package main

import (
	"context"
	"fmt"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"peppermill/internal/build"
	"peppermill/internal/diag"
	"peppermill/internal/serve"
	"peppermill/internal/watch"
)

// pollEvery is how often --poll looks when it does not say.
const pollEvery = 500 * time.Millisecond

type serveFlags struct {
	siteFlags
	port         int
	bind, editor string
	poll         time.Duration
	open         bool
}

func (a *app) serveCommand() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Preview the site while you write",
		Long: `Preview the site in a browser while you write.

Every save is on the page at once, without losing your place. Drafts, future and
expired pages are shown with a mark. What needs mending is shown over the page
and goes away when it is mended. Nothing is written to disk.`,
		Example: "  peppermill serve\n  peppermill serve -s docs --open --editor vscode",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.serve(cmd.Context(), &f, cmd.Flags().Changed("port"))
		},
	}
	f.siteFlags.add(cmd)
	flags := cmd.Flags()
	for _, name := range []string{"drafts", "future", "expired"} {
		flags.Lookup(name).DefValue = "true"
		flags.Set(name, "true")
	}
	flags.IntVarP(&f.port, "port", "p", usualPort, "port to listen on; without this flag, the next free one from there")
	flags.StringVar(&f.bind, "bind", "127.0.0.1", "address to listen on; 0.0.0.0 lets others in your network look")
	flags.BoolVarP(&f.open, "open", "O", false, "open the browser")
	flags.StringVar(&f.editor, "editor", os.Getenv("PEPPERMILL_EDITOR"), "link that opens your editor: vscode, cursor, zed, idea, or an address with {path}, {line} and {column}")
	addPoll(cmd, &f.poll)
	return cmd
}

func addPoll(cmd *cobra.Command, poll *time.Duration) {
	cmd.Flags().DurationVar(poll, "poll", 0, "look for changes at this interval, for network drives that report none")
	cmd.Flags().Lookup("poll").NoOptDefVal = pollEvery.String()
}

// serve builds into memory and shows it until ctx ends.
func (a *app) serve(ctx context.Context, f *serveFlags, portAsked bool) error {
	a.heap.grow(previewGrowth)
	o, err := f.siteFlags.open()
	if err != nil {
		return err
	}
	defer o.close()
	root, err := filepath.Abs(o.dir)
	if err != nil {
		return err
	}
	editor, err := editorLink(f.editor)
	if err != nil {
		return err
	}
	l, err := listen(f.bind, f.port, portAsked)
	if err != nil {
		return err
	}
	at := reachOf(l)
	if f.baseURL == "" {
		o.in.Options.BaseURL = at.here
	}
	s := serve.New(serve.Options{Hosts: at.hosts, Port: at.port, Editor: editor, Explain: o.explain,
		Absolute: func(shown string) string { return absolute(root, o.dir, shown) }})
	return a.preview(ctx, f, o, s, l, at)
}

// editors are the addresses behind the usual names.
func editors() map[string]string {
	place := "file/{path}:{line}:{column}"
	other := "{path}&line={line}&column={column}"
	return map[string]string{
		"vscode": "vscode://" + place, "vscode-insiders": "vscode-insiders://" + place, "vscodium": "vscodium://" + place,
		"cursor": "cursor://" + place, "windsurf": "windsurf://" + place, "zed": "zed://" + place,
		"idea": "idea://open?file=" + other, "sublime": "subl://open?url=file://" + other,
		"textmate": "txmt://open?url=file://" + other, "emacs": "emacs://open?url=file://" + other,
	}
}

// editorLink is the address that opens an editor, by its name or as it is.
func editorLink(name string) (string, error) {
	link := name
	if known, ok := editors()[name]; ok {
		link = known
	}
	if err := serve.CheckEditor(link); err != nil {
		return "", usage{fmt.Sprintf("--editor cannot be %q", name),
			"write one of " + strings.Join(slices.Sorted(maps.Keys(editors())), ", ") + "; " + err.Error()}
	}
	return link, nil
}

// explain makes a finding of a page that could not be painted.
func (o *opened) explain(err error) diag.Diagnostic {
	d := build.Fault(err)
	if d.Pos.Path != "" {
		d.Pos.Path = o.shown(d.Pos.Path)
	}
	return d
}

// preview runs the server and the loop side by side; the first to end ends the
// other.
func (a *app) preview(ctx context.Context, f *serveFlags, o *opened, s *serve.Server, l net.Listener, at reach) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	served := make(chan error, 1)
	go func() {
		served <- s.Serve(ctx, l)
		stop()
	}()
	bell := watch.Start(ctx, o.folders(), watch.Options{Poll: f.poll})
	defer bell.Close()
	err := a.loop(ctx, o, bell, func(r round) error {
		s.Show(o.shownBuild(r))
		a.sayRound(o, r, at)
		if r.first && f.open {
			if err := browse(at.here); err != nil {
				a.sayln("The browser could not be opened; go to %s", at.here)
			}
		}
		return nil
	})
	stop()
	if e := <-served; err == nil {
		err = e
	}
	return err
}

// sayRound says where the preview is, then one line for every build.
func (a *app) sayRound(o *opened, r round, at reach) {
	took := r.took.Round(time.Millisecond)
	if !r.first {
		a.sayln("%s: %s parsed, %v", o.changes(r), plural(r.Stats.Parsed, "page"), took)
		return
	}
	a.sayln("Previewing %s in %v at %s", plural(r.Tree.Facts["pages"], "page"), took, at.here)
	for _, n := range at.network {
		a.sayln("In your network: %s (anyone there can read it, drafts included)", n)
	}
	a.sayln("Save a file and look; Ctrl-C ends it.")
}

// shownBuild is a build as the window shows it.
func (o *opened) shownBuild(r round) serve.Build {
	out := serve.Build{
		Tree: r.Tree, Parsed: r.Stats.Parsed, Took: r.took, Stopped: !r.Usable(),
		Findings: make(diag.List, len(r.Diags)), Pages: make(map[string]serve.Page, len(r.Site.Pages)),
	}
	for i, d := range r.Diags {
		if d.Pos.Path != "" {
			d.Pos.Path = o.shown(d.Pos.Path)
		}
		out.Findings[i] = d
	}
	for _, path := range r.Changed {
		out.Changed = append(out.Changed, o.shown(path))
		out.Assets = out.Assets || !strings.HasSuffix(path, ".md")
	}
	for _, path := range r.Broken {
		out.Broken = append(out.Broken, o.shown(path))
	}
	for _, p := range r.Site.Pages {
		if p.Source != nil {
			out.Pages[p.Address] = serve.Page{Source: o.shown(p.Source.Path), Title: p.Title, Marks: p.Marks}
		}
	}
	return out
}

// absolute is the file that a path stands for which is shown to people.
func absolute(root, dir, shown string) string {
	if rel, err := filepath.Rel(dir, filepath.FromSlash(shown)); err == nil && filepath.IsLocal(rel) {
		return filepath.Join(root, rel)
	}
	return ""
}
