package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/site"
)

func (a *app) listCommand() *cobra.Command {
	var f siteFlags
	var within string
	var strict bool
	cmd := &cobra.Command{
		Use:       "list [drafts|future|expired|withheld|due|changes]",
		Short:     "List the pages: source, address, type, status and dates",
		ValidArgs: []string{"drafts", "future", "expired", "withheld", "due", "changes"},
		Args:      listArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			switch strings.Join(args, "") {
			case "due":
				return a.due(cmd.Context(), &f, within, strict)
			case "changes":
				return a.changes(cmd.Context(), &f)
			}
			return a.list(cmd.Context(), &f, args)
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&within, "within", "30 days", "with due: how far ahead to look")
	cmd.Flags().BoolVar(&strict, "strict", false, "with due: exit 1 when a review is overdue")
	return cmd
}

func listArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usage{"list takes one word at most", "write one of: " + strings.Join(cmd.ValidArgs, ", ")}
	}
	if len(args) == 1 && !slices.Contains(cmd.ValidArgs, args[0]) {
		u := usage{fmt.Sprintf("there is no list of %q", args[0]), "write one of: " + strings.Join(cmd.ValidArgs, ", ")}
		if near := diag.Near(args[0], cmd.ValidArgs); near != "" {
			u.hint = fmt.Sprintf("did you mean %q?", near)
		}
		return u
	}
	return nil
}

// row is one page as list shows it, and one object of its JSON.
type row struct {
	Source   string `json:"source"`
	Address  string `json:"address,omitempty"` // none when the page is withheld
	Title    string `json:"title"`
	Type     string `json:"type"`
	Status   string `json:"status"`
	Lang     string `json:"lang"`
	Date     string `json:"date,omitempty"`
	Updated  string `json:"updated,omitempty"`
	Publish  string `json:"publish,omitempty"`
	Expires  string `json:"expires,omitempty"`
	Withheld string `json:"withheld,omitempty"` // why

	byKind string // what makes it for staff, where it does not say so itself
}

func (a *app) list(ctx context.Context, f *siteFlags, args []string) error {
	r, _, err := f.look(ctx)
	if err != nil {
		return err
	}
	rows := rowsOf(r.Site)
	if len(args) == 1 {
		rows = slices.DeleteFunc(rows, func(r row) bool { return !listed(r, args[0]) })
	}
	if n := r.Diags.Count(diag.Stop) + r.Diags.Count(diag.Fix); n > 0 {
		defer a.sayln("%s; peppermill check shows them", plural(n, "error"))
	}
	switch {
	case len(args) == 1 && args[0] == "withheld":
		return a.listWithheld(r, rows)
	case a.json:
		return jsonLines(a.stdout, rows)
	}
	return a.listTable(rows)
}

func listed(r row, which string) bool {
	switch which {
	case "drafts":
		return r.Withheld == "draft" || r.Withheld == "in-review"
	case "withheld":
		return r.Withheld != ""
	}
	return r.Withheld == which
}

// rowsOf lists every source file, published or not, by path.
func rowsOf(s *site.Site) []row {
	var rows []row
	for _, p := range s.Pages {
		if p.Source != nil {
			r := rowOf(p.Source)
			r.Address, r.Title = p.Address, p.Title
			rows = append(rows, r)
		}
	}
	for _, w := range s.Withheld {
		r := rowOf(w.Page)
		r.Withheld, r.byKind = w.Reason, byKind(w)
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.Source, b.Source) })
	return rows
}

func rowOf(p *page.Page) row {
	return row{
		Source: p.Path, Title: string(p.Title), Type: cmp.Or(p.Meta.Type, "page"), Status: p.Meta.Status.String(), Lang: p.Lang,
		Date: day(p.Meta.Date), Updated: day(p.Meta.Updated), Publish: day(p.Meta.Publish), Expires: day(p.Meta.Expires),
	}
}

func day(d page.Date) string {
	switch {
	case d.IsZero():
		return ""
	case d.HasTime:
		return d.Time.Format(time.RFC3339)
	}
	return d.Time.Format(time.DateOnly)
}

// jsonLines writes one object a line and row.
func jsonLines[T any](w io.Writer, rows []T) error {
	b := bufio.NewWriter(w)
	for _, r := range rows {
		line, err := diag.JSONLine(r)
		if err != nil {
			return err
		}
		b.Write(line)
	}
	return b.Flush()
}

func (a *app) listTable(rows []row) error {
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		where := r.Address
		if r.Withheld != "" {
			where = "(withheld: " + r.Withheld + r.byKind + ")"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", diag.Clean(r.Source), diag.Clean(where), diag.Clean(r.Type), r.Status, cmp.Or(r.Date, "-"))
	}
	return w.Flush()
}
