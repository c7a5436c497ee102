package main

import (
	"cmp"
	"context"
	"fmt"
	"text/tabwriter"

	"peppermill/internal/diag"
	"peppermill/internal/site"
)

// changeRow is one change as list changes shows it, and one object of its JSON.
type changeRow struct {
	Day      string `json:"date,omitempty"`
	Version  string `json:"version,omitempty"`
	Material bool   `json:"material"`
	Source   string `json:"source"`
	Address  string `json:"address,omitempty"` // none when the page is withheld
	Title    string `json:"title"`
	Summary  string `json:"summary,omitempty"`
	Because  string `json:"because,omitempty"`
	By       string `json:"by,omitempty"`
}

// changes lists what the logs of all pages say, the newest first.
func (a *app) changes(ctx context.Context, f *siteFlags) error {
	r, _, err := f.look(ctx)
	if err != nil {
		return err
	}
	var rows []changeRow
	heard := 0
	for _, c := range r.Site.Changes() {
		rows = append(rows, changeRowOf(c))
		if c.Because != "" {
			heard++
		}
	}
	if a.json {
		return jsonLines(a.stdout, rows)
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		matters := "minor"
		if row.Material {
			matters = "material"
		}
		text := cmp.Or(row.Summary, "-")
		if row.Because != "" {
			text += " (because: " + row.Because + ")"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", cmp.Or(row.Day, "-"), diag.Clean(cmp.Or(row.Version, "-")), matters, diag.Clean(row.Source), diag.Clean(text))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if len(rows) == 0 {
		a.sayln("No page has a line of changes yet; peppermill approve FILE writes one.")
		return nil
	}
	a.sayln("%s, %d of them because somebody said something.", plural(len(rows), "change"), heard)
	return nil
}

func changeRowOf(c site.Change) changeRow {
	row := changeRow{Day: day(c.Day), Version: c.Version, Material: c.Material, Source: c.Source.Path, Title: c.Title, Summary: c.Summary, Because: c.Because, By: c.By}
	if c.Page != nil {
		row.Address = c.Page.Address
	}
	return row
}
