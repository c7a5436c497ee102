package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"peppermill/internal/build"
	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/site"
)

// reasons are those of pages that are kept back, in the order of a summary:
// what one and several are called, and the flag that includes them.
var reasons = []struct{ name, one, many, flag string }{
	{"staff", "staff page", "staff pages", "--edition staff"},
	{"draft", "draft", "drafts", "-D"},
	{"in-review", "page in review", "pages in review", "-D"},
	{"future", "page to come", "pages to come", "-F"},
	{"expired", "expired page", "expired pages", "-E"},
	{"broken", "page that cannot be read", "pages that cannot be read", ""},
}

// withheld says in a line how much was kept back, and how to see it; "" for
// nothing.
func withheld(s *site.Site) string {
	var parts, publish []string
	add := func(n int, one, many string) {
		if n == 1 {
			parts = append(parts, "1 "+one)
		} else if n > 1 {
			parts = append(parts, strconv.Itoa(n)+" "+many)
		}
	}
	include := func(flag string) {
		if flag != "" && !slices.Contains(publish, flag) {
			publish = append(publish, flag)
		}
	}
	count := map[string]int{}
	for _, w := range s.Withheld {
		count[w.Reason]++
	}
	for _, r := range reasons {
		if add(count[r.name], r.one, r.many); count[r.name] > 0 {
			include(r.flag)
		}
	}
	held := s.HeldParts()
	if add(len(held), "staff part", "staff parts"); len(held) > 0 {
		include("--edition staff")
	}
	add(len(s.HeldFiles), "file", "files")
	if len(parts) == 0 {
		return ""
	}
	text := "Withheld: " + strings.Join(parts, ", ")
	switch n := len(s.Unlinked); {
	case n == 1:
		text += "; 1 link to them is plain text"
	case n > 1:
		text += fmt.Sprintf("; %d links to them are plain text", n)
	}
	text += ". peppermill list withheld shows which"
	if len(publish) > 0 {
		text += "; " + strings.Join(publish, " ") + " includes them"
	}
	return text + "."
}

// heldRow is something other than a page that is withheld, or shown as plain
// text for it, and one object of the list's JSON.
type heldRow struct {
	What   string `json:"what"` // part, file or link
	Source string `json:"source"`
	Line   int    `json:"line,omitempty"`
	Reason string `json:"reason"`
}

// heldRows lists parts, files and links, each by source.
func heldRows(s *site.Site) []heldRow {
	var rows []heldRow
	for _, p := range s.HeldParts() {
		rows = append(rows, heldRow{"part", p.Path, p.Line, "a part for staff"})
	}
	for _, f := range s.HeldFiles {
		rows = append(rows, heldRow{"file", f.Path, 0, f.Why()})
	}
	for _, u := range s.Unlinked {
		rows = append(rows, heldRow{"link", u.Pos.Path, u.Pos.Line, "shown as plain text: it leads to " + u.To})
	}
	return rows
}

// listWithheld lists the pages, parts and files that are kept back, and the
// links that are plain text because of that.
func (a *app) listWithheld(r *build.Result, pages []row) error {
	rows := heldRows(r.Site)
	if a.json {
		if err := jsonLines(a.stdout, pages); err != nil {
			return err
		}
		return jsonLines(a.stdout, rows)
	}
	if err := a.listTable(pages); err != nil {
		return err
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s\t%s\n", r.What, r.place(), diag.Clean(r.Reason))
	}
	return w.Flush()
}

func (r heldRow) place() string {
	if r.Line > 0 {
		return diag.Clean(r.Source) + ":" + strconv.Itoa(r.Line)
	}
	return diag.Clean(r.Source)
}

// sayWithheld says each thing that is kept back, with its reason and place.
func (a *app) sayWithheld(s *site.Site) {
	for _, w := range s.Withheld {
		a.sayln("  %s: %s%s", diag.Clean(w.Page.Path), w.Reason, byKind(w))
	}
	for _, r := range heldRows(s) {
		a.sayln("  %s: %s", r.place(), diag.Clean(r.Reason))
	}
}

// byKind names the kind of a page that is for staff though it does not say so.
func byKind(w site.Withheld) string {
	if m := &w.Page.Meta; w.Reason == "staff" && m.Visible != page.Staff {
		return " (kind: " + diag.Clean(m.Kind) + ")"
	}
	return ""
}
