package main

import (
	"cmp"
	"context"
	"fmt"
	"text/tabwriter"
	"time"

	"peppermill/internal/diag"
	"peppermill/internal/schema"
	"peppermill/internal/site"
)

// dueRow is one review as list due shows it, and one object of its JSON.
type dueRow struct {
	Day      string `json:"next_review"`
	Overdue  bool   `json:"overdue"`
	Source   string `json:"source"`
	Address  string `json:"address,omitempty"` // none when the page is withheld
	Title    string `json:"title"`
	Owner    string `json:"owner,omitempty"`
	Reviewed string `json:"last_reviewed,omitempty"`
}

// due lists the pages whose next review is over or near, the oldest first.
// With strict, one that is over is a failure.
func (a *app) due(ctx context.Context, f *siteFlags, within string, strict bool) error {
	interval, problem := schema.ParseInterval(within)
	if problem != nil || interval.IsZero() {
		return usage{fmt.Sprintf("--within cannot be %q", within), `write it as "30 days", 2w or P3M`}
	}
	r, now, err := f.look(ctx)
	if err != nil {
		return err
	}
	until := now.AddDate(0, interval.Months, interval.Days)
	var rows []dueRow
	late := 0
	for _, review := range r.Site.Reviews() {
		if review.Day.Time.After(until) {
			break
		}
		row := dueRowOf(review, now)
		rows = append(rows, row)
		if row.Overdue {
			late++
		}
	}
	if err := a.dueShow(rows, late, until); err != nil {
		return err
	}
	if strict && late > 0 {
		return verdict(unsound)
	}
	return nil
}

func (a *app) dueShow(rows []dueRow, late int, until time.Time) error {
	if a.json {
		return jsonLines(a.stdout, rows)
	}
	if err := a.dueTable(rows); err != nil {
		return err
	}
	if len(rows) == 0 {
		a.sayln("Nothing is due until %s.", until.Format(time.DateOnly))
		return nil
	}
	a.sayln("%s until %s, %d of them overdue. When you have read one and it is right: peppermill verify FILE",
		plural(len(rows), "review"), until.Format(time.DateOnly), late)
	return nil
}

func dueRowOf(r site.Review, now time.Time) dueRow {
	row := dueRow{Day: day(r.Day), Overdue: r.Overdue(now), Source: r.Source.Path, Title: r.Title, Owner: r.Owner, Reviewed: day(r.Source.Meta.Control.LastReviewed)}
	if r.Page != nil {
		row.Address = r.Page.Address
	}
	return row
}

func (a *app) dueTable(rows []dueRow) error {
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		state := "due"
		if r.Overdue {
			state = "overdue"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.Day, state, diag.Clean(r.Source), diag.Clean(cmp.Or(r.Owner, "-")))
	}
	return w.Flush()
}
