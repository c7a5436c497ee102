package main

import (
	"bytes"
	"context"
	"os"
	"time"

	"github.com/spf13/cobra"

	"peppermill/internal/page"
	"peppermill/internal/scaffold"
)

// editFlags are those of every verb that changes settings of a page.
type editFlags struct {
	siteFlags
	dry bool
}

func (f *editFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVarP(&f.dry, "dry-run", "n", false, "show what would change, and write nothing")
	flags.StringVarP(&f.source, "source", "s", "", `folder of the content (default "content", or this folder where there is none)`)
	flags.StringVar(&f.profile, "profile", "", "fill blanks from _profiles/NAME.yaml, as your builds do")
	flags.StringVar(&f.clock, "clock", "", "take this day as today, such as 2026-01-31")
}

func (a *app) approveCommand() *cobra.Command {
	var f editFlags
	var say scaffold.Approval
	var minor, keep bool
	cmd := &cobra.Command{
		Use:   "approve <file>",
		Short: "Put a page in force: status, version, dates and a line of changes",
		Long: `Put a page in force as it stands: its status becomes approved, its version counts
on, it holds from today, and a line of changes says so. Only the settings at its
top change, line by line; everything else stays as you wrote it.

The first version is 1.0. After that the change is a small one (1.0 becomes 1.1)
unless you say --material, for one that readers must know of, and sign again if
they sign for it: then 1.1 becomes 2.0.

Each text that is approved is put away in the folder _versions beside the page.
After a material change the one before becomes a page of its own, marked as no
longer in force; --keep does so after a small one too, --keep=false never.

Nothing is written when the page would be approved with a mistake in it.`,
		Example: "  peppermill approve policies/late-deliveries.md --by Sam\n  peppermill approve policies/refunds.md --material --summary \"28 days instead of 14\"",
		Args:    oneFile("approve"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if minor && say.Material {
				return usage{"--minor and --material exclude each other", "leave one of them out"}
			}
			if say.Material && say.Summary == "" {
				return usage{"a material change needs a line that says what changed", `add --summary "what is different for the reader"`}
			}
			k := keeping{wanted: keep || say.Material, asked: keep}
			if cmd.Flags().Changed("keep") {
				k.wanted = keep
			}
			return a.approve(cmd.Context(), &f, args[0], say, k)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&say.By, "by", "", "who says yes: a name or a role")
	flags.StringVar(&say.Summary, "summary", "", "what changed, in a line")
	flags.StringVar(&say.Because, "because", "", "what somebody had said or asked for")
	flags.BoolVar(&say.Material, "material", false, "readers must know of the change: the next whole number")
	flags.BoolVar(&minor, "minor", false, "a small change (as without the flag)")
	flags.StringVar(&say.Version, "version", "", "the version's name, where it is not to count on")
	flags.BoolVar(&keep, "keep", false, "keep the text before as a page (default after a material change)")
	f.add(cmd)
	return cmd
}

func (a *app) approve(ctx context.Context, f *editFlags, file string, say scaffold.Approval, keep keeping) error {
	d, name, text, err := a.take(f, file)
	if err != nil {
		return err
	}
	defer d.site.close()
	say.Day = d.site.in.Options.Now
	if say.Table, err = d.table(ctx, name, text); err != nil {
		return err
	}
	approved, version, err := scaffold.Approve(name, text, say)
	if err != nil {
		return d.refused(err)
	}
	changes := []scaffold.Change{{Path: name, Old: text, New: approved}}
	after, err := d.judge(ctx, changes, true)
	if err != nil {
		return err
	}
	more, err := d.keep(changes[0], version, after.Site, keep)
	if err != nil {
		return d.refused(err)
	}
	if shown := pagesOf(more); len(shown) > 0 {
		if _, err := d.judge(ctx, append(changes, shown...), true); err != nil {
			d.app.sayln("It is in the text of the version before; --keep=false leaves that out.")
			return err
		}
	}
	if err := d.write(append(changes, more...)); err != nil {
		return err
	}
	if !f.dry {
		a.sayln("Version %s holds from %s.", version, day(dayOnly(say.Day)))
	}
	return nil
}

// table is the table of changes that stands in a page's text, if it has one.
func (d *desk) table(ctx context.Context, name string, text []byte) (none page.Structure, err error) {
	if !bytes.ContainsRune(text, '|') {
		return none, nil
	}
	r, err := d.run(ctx, nil)
	if err != nil {
		return none, err
	}
	if src := sourceAt(r.Site, name); src != nil && src.Meta.Control.InText {
		return page.Find(src.Structures, "changes")[0], nil
	}
	return none, nil
}

// take lays one page on the desk, which the caller closes.
func (a *app) take(f *editFlags, file string) (d *desk, name string, text []byte, err error) {
	if d, err = a.desk(f); err != nil {
		return nil, "", nil, err
	}
	if name, text, err = d.page(file); err != nil {
		d.site.close()
		return nil, "", nil, d.refused(err)
	}
	return d, name, text, nil
}

// edit changes one page, judges what would come of it and writes it.
func (a *app) edit(ctx context.Context, f *editFlags, file string, change func(name string, text []byte, today time.Time) ([]byte, error)) error {
	d, name, text, err := a.take(f, file)
	if err != nil {
		return err
	}
	defer d.site.close()
	changed, err := change(name, text, d.site.in.Options.Now)
	if err != nil {
		return d.refused(err)
	}
	changes := []scaffold.Change{{Path: name, Old: text, New: changed}}
	if _, err := d.judge(ctx, changes, true); err != nil {
		return err
	}
	return d.write(changes)
}

func (a *app) verifyCommand() *cobra.Command {
	var f editFlags
	cmd := &cobra.Command{
		Use:   "verify <file>",
		Short: "Note that a page was read today from beginning to end, and is right",
		Long: `Note that somebody has read a page today from beginning to end and found it
right: its last_reviewed becomes today. Its version and its signatures stay.`,
		Example: "  peppermill verify policies/refunds.md",
		Args:    oneFile("verify"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.edit(cmd.Context(), &f, args[0], scaffold.Verify)
		},
	}
	cmd.Flags().SortFlags = false
	f.add(cmd)
	return cmd
}

func (a *app) supersedeCommand() *cobra.Command {
	var f editFlags
	cmd := &cobra.Command{
		Use:   "supersede <old> <new>",
		Short: "Put one page in the place of another, which stays readable",
		Long: `Put one page in the place of another. The old one stays at its address with a
line that leads to the new one, and leaves lists, menus and search; the new one
says what it replaces. Both files change, or neither.`,
		Example: "  peppermill supersede policies/late-deliveries-2024.md policies/late-deliveries.md",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usage{"supersede takes two pages", "name the page that is replaced, then the one that replaces it"}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.supersede(cmd.Context(), &f, args[0], args[1]) },
	}
	cmd.Flags().SortFlags = false
	f.add(cmd)
	return cmd
}

func (a *app) supersede(ctx context.Context, f *editFlags, oldFile, newFile string) error {
	d, err := a.desk(f)
	if err != nil {
		return err
	}
	defer d.site.close()
	oldName, oldText, err := d.page(oldFile)
	if err != nil {
		return d.refused(err)
	}
	newName, newText, err := d.page(newFile)
	if err != nil {
		return d.refused(err)
	}
	before, after, err := scaffold.Supersede(oldName, oldText, newName, newText)
	if err != nil {
		return d.refused(err)
	}
	changes := []scaffold.Change{{Path: oldName, Old: oldText, New: before}, {Path: newName, Old: newText, New: after}}
	if _, err := d.judge(ctx, changes, false); err != nil {
		return err
	}
	return d.write(changes)
}

func oneFile(verb string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usage{verb + " takes one page", "name its file: peppermill " + verb + " policies/refunds.md"}
		}
		return nil
	}
}

// desk is where a page lies while it is changed. It is judged as the staff
// sees it, who see all of it.
func (a *app) desk(f *editFlags) (*desk, error) {
	f.drafts, f.future, f.expired, f.edition = true, true, true, "staff"
	o, err := f.open()
	if err != nil {
		return nil, err
	}
	wd, err := os.Getwd()
	if err != nil {
		o.close()
		return nil, err
	}
	return &desk{app: a, site: o, flags: f, wd: wd}, nil
}
