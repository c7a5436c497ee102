package main

import (
	"context"

	"github.com/spf13/cobra"

	"peppermill/internal/diag"
)

type checkFlags struct {
	siteFlags
	strictness
}

func (a *app) checkCommand() *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Show every finding, and write nothing",
		Args:  noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.check(cmd.Context(), &f) },
	}
	f.siteFlags.add(cmd)
	f.strictness.add(cmd, "exit 1 for any finding, tips too")
	return cmd
}

func (a *app) check(ctx context.Context, f *checkFlags) error {
	o, err := f.strictness.open(&f.siteFlags)
	if err != nil {
		return err
	}
	defer o.close()
	r, err := a.result(ctx, o, -1)
	if err != nil {
		return err
	}
	errors := r.Diags.Count(diag.Stop) + r.Diags.Count(diag.Fix)
	a.sayln("%s: %s, %s.", plural(r.Tree.Facts["pages"], "page"), plural(errors, "error"), plural(r.Diags.Count(diag.Tip), "tip"))
	if text := withheld(r.Site); text != "" {
		a.sayln("%s", text)
	}
	if r.Diags.Count(diag.Stop) > 0 || !r.Sound() && !f.lenient {
		return verdict(unsound)
	}
	return nil
}
