package main

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"peppermill/internal/diag"
	"peppermill/internal/scaffold"
)

func (a *app) newCommand() *cobra.Command {
	var f newFlags
	var kinds []string
	var about strings.Builder
	for i, k := range scaffold.Kinds() {
		kinds = append(kinds, k.Name)
		if i < scaffold.Usual {
			fmt.Fprintf(&about, "\n  %-10s %s", k.Name, k.About)
		}
	}
	cmd := &cobra.Command{
		Use:   "new <" + strings.Join(kinds[:scaffold.Usual], "|") + "> <name>",
		Short: "Begin a page: a policy, how-to, checklist, story, article or plain page",
		Long: `Begin a page in the right folder, with its shape in place. The name becomes the
file's name and the title; a path with a slash is kept as it is.
` + about.String() + `

new --all lists every sort of page.

With --from a page is begun from another: new course --from a policy makes a
course with modules, whose goals, practice and quiz are taken from what the
policy says; new policy --from a worksheet that somebody has filled in, or from
a file of answers (JSON: name and text), makes a draft of the policy.

All but the plain page begin as drafts, as what they hold are prompts and not
yet your words. It never overwrites a file.`,
		Example:   "  peppermill new policy late-deliveries\n  peppermill new story \"The lost umbrella\"\n  peppermill new how-to kitchen/closing.md --title \"Closing the kitchen\"\n  peppermill new course --from policies/refunds.md\n  peppermill new policy --from worksheets/refunds.md refunds",
		ValidArgs: kinds,
		Args:      f.args,
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case f.all:
				return a.kinds()
			case f.from != "":
				return a.newFrom(cmd.Context(), &f, args)
			}
			return a.new(cmd.Context(), &f, args)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.title, "title", "", "the page's title (default made from the name)")
	flags.StringVar(&f.from, "from", "", "begin a course from a policy, or a policy from a worksheet or a file of answers")
	flags.BoolVar(&f.all, "all", false, "list every sort of page, and begin none")
	flags.StringVarP(&f.source, "source", "s", "", `folder of the content (default "content", or this folder where there is none)`)
	flags.StringVar(&f.clock, "clock", "", "date an article or story by this day, such as 2026-01-31")
	return cmd
}

// newFlags are those of new.
type newFlags struct {
	siteFlags
	title string
	from  string // what it is made from; "" for prompts
	all   bool
}

func (f *newFlags) args(cmd *cobra.Command, args []string) error {
	list := "write one of: " + strings.Join(cmd.ValidArgs[:scaffold.Usual], ", ")
	switch {
	case f.all && len(args) > 0:
		return usage{"--all lists every sort of page, and begins none", "leave out --all, or " + args[0]}
	case f.all:
		return nil
	case len(args) == 0:
		return usage{"new needs to know what to begin, and a name", list + ", then a name: peppermill new policy late-deliveries"}
	case len(args) > 2:
		return usage{fmt.Sprintf("new takes one name, but there is %q too", args[2]), "put quotes around a name with spaces, or hyphens between its words"}
	}
	if _, ok := scaffold.FindKind(args[0]); !ok {
		u := usage{fmt.Sprintf("there is no %q to begin", args[0]), list}
		if near := diag.Near(args[0], cmd.ValidArgs); near != "" {
			u.hint = fmt.Sprintf("did you mean %q? Otherwise %s", near, list)
		}
		return u
	}
	if f.from != "" && len(args) == 1 {
		return nil
	}
	if len(args) == 1 || strings.TrimSpace(args[1]) == "" {
		return usage{"new needs a name for the " + args[0], "such as: peppermill new " + args[0] + " late-deliveries"}
	}
	return nil
}

// kinds lists every sort of page that can be begun.
func (a *app) kinds() error {
	if a.json {
		return jsonLines(a.stdout, scaffold.Kinds())
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, k := range scaffold.Kinds() {
		fmt.Fprintf(w, "%s\t%s\t%s\n", k.Name, cmp.Or(k.Folder, "."), k.About)
	}
	return w.Flush()
}

func (a *app) new(ctx context.Context, f *newFlags, args []string) error {
	day, err := now(f.clock, os.Getenv("SOURCE_DATE_EPOCH"))
	if err != nil {
		return err
	}
	dir := f.folder()
	folders, err := topFolders(dir)
	if err != nil {
		return err
	}
	kind, _ := scaffold.FindKind(args[0])
	file, err := scaffold.NewPage(kind, args[1], f.title, folders, day)
	if err != nil {
		return plainly(err)
	}
	if err := scaffold.Create(ctx, dir, []scaffold.File{file}); err != nil {
		return plainly(err)
	}
	if err := a.created(dir, file); err != nil {
		return err
	}
	if kind.Draft {
		a.sayln(`Next: write it, then take out the line "draft: true". Until then builds leave it out; build -D includes it.`)
	} else {
		a.sayln("Next: write it.")
	}
	return nil
}

// topFolders names the folders at the top of the content.
func topFolders(dir string) ([]string, error) {
	root, err := openFolder(dir, "--source")
	if err != nil {
		return nil, err
	}
	defer root.Close()
	items, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return nil, fmt.Errorf("cannot look into %s: %w", filepath.ToSlash(diag.Clean(dir)), err)
	}
	var names []string
	for _, item := range items {
		if item.IsDir() {
			names = append(names, item.Name())
		}
	}
	return names, nil
}
