// Command peppermill turns a folder of Markdown into a checked, portable site.
//
// This package is the front door: flags, signals, exit codes and what is said
// to people. In: arguments, the environment and the terminal. Out: results on
// stdout, everything else on stderr, and an exit code: 0 fine, 1 the content
// needs mending, 2 wrong usage or a failure of the machine. It never decides
// anything about content; that is package build's. One file a verb.
//
// Start at app.run.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"peppermill/internal/diag"
)

// The exit codes.
const (
	fine    = 0
	unsound = 1 // the content needs mending
	failed  = 2 // wrong usage, or the machine failed
)

func main() {
	a := &app{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, heap: newHeap()}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := a.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// run is the whole program but for the process around it.
func (a *app) run(ctx context.Context, args []string) int {
	root := a.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var said verdict
	switch {
	case err == nil:
		return fine
	case errors.As(err, &said):
		return int(said)
	case ctx.Err() != nil:
		a.sayln("stopped; nothing was changed")
		return failed
	}
	a.fail(err)
	return failed
}

// verdict ends a verb that has said all there is to say.
type verdict int

// Error is only seen if somebody prints what run handles.
func (v verdict) Error() string { return fmt.Sprintf("exit code %d", int(v)) }

// app is one run of the program.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	heap           *heap // nil where a process is shared with others
	quiet, verbose bool
	json           bool
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "peppermill",
		Short: "Turns a folder of Markdown into a checked, portable site",
		Long: `Peppermill turns Markdown articles, case studies and policies into a site that
works on any web host, in a subfolder, and opened by double-click.

In a folder of content, peppermill alone shows a preview in your browser.
Without content yet, start with:  peppermill init`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          knownCommand,
		RunE:          a.bare,
	}
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetFlagErrorFunc(flagError)
	flags := root.PersistentFlags()
	flags.SortFlags = false
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "say nothing but findings and failures")
	flags.BoolVarP(&a.verbose, "verbose", "v", false, "say more")
	flags.BoolVar(&a.json, "json", false, "results as JSON, one object a line, on stdout")
	root.SetGlobalNormalizationFunc(synonyms)
	root.AddCommand(a.serveCommand(), a.buildCommand(), a.checkCommand(), a.listCommand(), a.versionCommand())
	root.AddCommand(a.initCommand(), a.newCommand(), a.approveCommand(), a.verifyCommand(), a.supersedeCommand(), a.explainCommand(), a.schemaCommand())
	root.InitDefaultCompletionCmd()
	return root
}

// bare is the command without a word: in a folder of content a preview, else
// help.
func (a *app) bare(cmd *cobra.Command, _ []string) error {
	if !holdsContent() {
		return cmd.Help()
	}
	f := serveFlags{port: usualPort, bind: "127.0.0.1", editor: os.Getenv("PEPPERMILL_EDITOR"), open: isTerminal(a.stderr)}
	f.drafts, f.future, f.expired = true, true, true
	return a.serve(cmd.Context(), &f, false)
}

// fail says what went wrong and what to do about it.
func (a *app) fail(err error) {
	a.printer().One(diag.Diagnostic{Class: diag.Stop, Message: err.Error(), Hint: hintOf(err)})
}

func (a *app) sayln(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintf(a.stderr, format+"\n", args...)
	}
}
