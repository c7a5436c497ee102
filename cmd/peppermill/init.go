package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"peppermill/internal/diag"
	"peppermill/internal/scaffold"
)

// question is one thing that init has to know.
type question struct {
	flag, usage string
	ask         string // on a terminal
	choices     func() []scaffold.Trade
	otherwise   string // taken when there is no answer; "" where one is needed
	answer      *string
}

func questions(a *scaffold.Answers) []question {
	return []question{
		{"name", "the business's name", "What is the business called?", nil, "", &a.Name},
		{"trade", "what it does: a number of --list, or words such as café or plumber", "What does it do? A number, or your own words", scaffold.Trades, "small business", &a.Trade},
		{"contact", "how customers reach it: telephone, e-mail, address", "How do customers reach you?", nil, "", &a.Contact},
		{"complaints", "who takes complaints: a name or a role", "Who takes complaints?", nil, "the owner", &a.Complaints},
	}
}

func (a *app) initCommand() *cobra.Command {
	var answers scaffold.Answers
	asked := questions(&answers)
	list := false
	cmd := &cobra.Command{
		Use:   "init [folder]",
		Short: "Begin a playbook: a small starter in your business's name",
		Long: `Begin a playbook: a plan on a page, a service promise, policies for complaints
and refunds, steps for a complaint, words to say, a self-check, roles and
contact, in your business's name and ready to build.

The trade says which starter it is: one for cafés and food, for shops and
repairs, for trades and home services, for salons and care, for professional
services, or else one for any business. --list shows them.

It asks what the flags do not say. It never overwrites a file.`,
		Example: "  peppermill init\n  peppermill init --name \"Hill Street Cycles\" --trade \"bicycle shop\" --contact 01632960123",
		Args:    initArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if list {
				return a.listTrades()
			}
			dir := "content"
			if len(args) == 1 {
				dir = filepath.Clean(args[0])
			}
			return a.init(cmd, dir, &answers, asked)
		},
	}
	cmd.Flags().SortFlags = false
	for _, q := range asked {
		text := q.usage
		if q.otherwise != "" {
			text += fmt.Sprintf(" (default %q)", q.otherwise)
		}
		cmd.Flags().StringVar(q.answer, q.flag, "", text)
	}
	cmd.Flags().BoolVar(&list, "list", false, "show the starters, and write nothing")
	return cmd
}

// listTrades shows which starters there are: for programs as JSON.
func (a *app) listTrades() error {
	for i, t := range scaffold.Trades() {
		line := []byte(choice(i, t))
		if a.json {
			var err error
			if line, err = diag.JSONLine(struct {
				Number   int    `json:"number"`
				Trade    string `json:"trade"`
				Examples string `json:"examples"`
			}{i + 1, t.Name, t.Examples}); err != nil {
				return err
			}
		}
		if _, err := a.stdout.Write(line); err != nil {
			return err
		}
	}
	return nil
}

// choice is a line of the list of trades.
func choice(i int, t scaffold.Trade) string {
	return fmt.Sprintf("  %d  %-24s  %s\n", i+1, t.Name, t.Examples)
}

func initArgs(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usage{fmt.Sprintf("init takes one folder, but there is %q too", args[1]), `put quotes around a name with spaces: --name "Hill Street Cycles"`}
	}
	if len(args) == 1 && strings.TrimSpace(args[0]) == "" {
		return usage{"the folder has an empty name", "leave it out for a folder called content"}
	}
	return nil
}

func (a *app) init(cmd *cobra.Command, dir string, answers *scaffold.Answers, asked []question) error {
	ctx := cmd.Context()
	if err := a.answers(ctx, cmd, asked); err != nil {
		return err
	}
	files, err := scaffold.Starter(*answers)
	if err != nil {
		return plainly(err)
	}
	if err := scaffold.Create(ctx, dir, files); err != nil {
		return plainly(err)
	}
	pages := 0
	for _, f := range files {
		if strings.HasSuffix(f.Path, ".md") {
			pages++
		}
		if err := a.created(dir, f); err != nil {
			return err
		}
	}
	build := "peppermill build"
	if dir != "content" {
		build += " -s " + shellWord(dir)
	}
	a.sayln("Wrote %s and the settings, site.yaml, into %s.", plural(pages, "page"), diag.Clean(dir))
	a.sayln("Next: read them and change what is not true of you, then run: %s", diag.Clean(build))
	return nil
}

// answers fills what the flags left open: by asking on a terminal, else with
// what can be taken for granted.
func (a *app) answers(ctx context.Context, cmd *cobra.Command, asked []question) error {
	var missing []string
	ask := a.attended()
	in := bufio.NewReader(a.stdin)
	for _, q := range asked {
		set := cmd.Flags().Changed(q.flag)
		switch {
		case set && strings.TrimSpace(*q.answer) != "":
			if why := scaffold.CheckAnswer(*q.answer); why != "" {
				return usage{fmt.Sprintf("--%s cannot be used: %s", q.flag, why), "write it as one line of ordinary text"}
			}
		case set && q.otherwise == "":
			return usage{fmt.Sprintf("--%s is empty", q.flag), "it is " + q.usage}
		case !set && ask:
			var err error
			if *q.answer, err = a.ask(ctx, in, q); err != nil {
				return err
			}
		case q.otherwise == "":
			missing = append(missing, "--"+q.flag)
		default:
			*q.answer = q.otherwise
		}
	}
	if len(missing) > 0 {
		return usage{"init needs to know " + strings.Join(missing, " and ") + ", and there is nobody to ask",
			`write for example: peppermill init --name "Hill Street Cycles" --contact "01632 960123"`}
	}
	return nil
}

// attended reports whether somebody sits at the other end of stdin.
func (a *app) attended() bool {
	f, ok := a.stdin.(*os.File)
	return ok && console(f)
}

const patienceOfAsking = 3 // answers that cannot be used before init gives up

func (a *app) ask(ctx context.Context, in *bufio.Reader, q question) (string, error) {
	prompt := q.ask
	if q.otherwise != "" {
		prompt += " [" + q.otherwise + "]"
	}
	if q.choices != nil {
		for i, t := range q.choices() {
			fmt.Fprint(a.stderr, choice(i, t))
		}
	}
	for range patienceOfAsking {
		fmt.Fprint(a.stderr, prompt+" ")
		text, err := readLine(ctx, in)
		if err != nil && ctx.Err() == nil && strings.TrimSpace(text) == "" {
			fmt.Fprintln(a.stderr)
			return "", usage{"there was no answer; nothing was written", "--" + q.flag + " answers it too"}
		}
		if ctx.Err() != nil {
			fmt.Fprintln(a.stderr)
			return "", ctx.Err()
		}
		if strings.TrimSpace(text) == "" {
			text = q.otherwise
		}
		why := scaffold.CheckAnswer(text)
		if why == "" {
			return text, nil
		}
		fmt.Fprintf(a.stderr, "That cannot be used: %s.\n", why)
	}
	return "", usage{"there was no answer that can be used; nothing was written", "--" + q.flag + " answers it too"}
}

// readLine waits for a line or for the end of ctx, whichever is first: a read
// from a terminal cannot be broken off, so it is left behind.
func readLine(ctx context.Context, in *bufio.Reader) (string, error) {
	type line struct {
		text string
		err  error
	}
	got := make(chan line, 1)
	go func() {
		text, err := in.ReadString('\n')
		got <- line{text, err}
	}()
	select {
	case l := <-got:
		return l.text, l.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// created names a new file: for programs as JSON, for people when they asked.
func (a *app) created(dir string, f scaffold.File) error {
	name := filepath.ToSlash(filepath.Join(dir, filepath.FromSlash(f.Path)))
	if a.json {
		line, err := diag.JSONLine(struct {
			Path string `json:"path"`
		}{name})
		if err != nil {
			return err
		}
		_, err = a.stdout.Write(line)
		return err
	}
	a.sayln("  %s", diag.Clean(name))
	return nil
}

// plainly gives a refusal of scaffold's its hint.
func plainly(err error) error {
	if e, ok := errors.AsType[*scaffold.Error](err); ok {
		return usage{e.Error(), e.Hint}
	}
	return err
}

// shellWord quotes a word that a shell would take apart.
func shellWord(s string) string {
	if !strings.ContainsAny(s, " \t'\"\\$`&|;<>()*?[]{}#~!") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
