package site

import (
	"slices"
	"strings"
	"time"

	"peppermill/internal/config"
	"peppermill/internal/page"
)

// taught compares lessons with the policies that they were made from, and, on
// a site that has lessons, looks for approved policies that nobody is taught
// or that hang on one person.
func (l *linker) taught() {
	lessons := false
	for _, p := range l.pages[:l.sources] {
		m := &p.Source.Meta
		lessons = lessons || (m.Type == "module" || m.Type == "course") && p.Source.Surveyed
		if len(p.Edges) > 0 && p.listed {
			l.outdated(p)
		}
	}
	if !lessons {
		return
	}
	for _, p := range l.pages[:l.sources] {
		if m := &p.Source.Meta; m.Type == "policy" && m.Status == page.Approved && p.Source.Surveyed {
			l.covered(p)
		}
	}
}

// outdated reports a page that was made from a version of a policy which has
// changed materially since, or from a policy that has been replaced.
func (l *linker) outdated(p *Page) {
	var policies []Edge
	for _, e := range p.Edges {
		if e.Page != nil && e.Page.Source != nil && slices.Contains(e.Field.To, "policy") && e.Field.Name != "policies" {
			policies = append(policies, e)
		}
	}
	m := &p.Source.Meta
	for _, e := range policies {
		if s := e.Page.Successor; s != nil && !e.Page.listed {
			at, width := fieldPlace(p.Source, e.Field.Name)
			l.reportIn(p, ruleOutdated, at, width, quote(e.Field.Name)+" leads to "+quote(e.Page.Name)+", which "+quote(s.Name)+" has replaced", "name that page")
			return
		}
	}
	if len(policies) != 1 || m.Taught.Text == "" {
		return // of several policies nobody knows whose version is meant
	}
	q := policies[0].Page
	version, day, moved := movedOn(q.Source.Meta.Control, m.Taught.Text)
	if !moved {
		return
	}
	since := ""
	if !day.IsZero() {
		since = " on " + day.Time.Format(time.DateOnly)
	}
	l.reportIn(p, ruleOutdated, m.Taught.Pos, m.Taught.Width,
		"the page goes by version "+m.Taught.Text+" of "+quote(q.Name)+", which changed materially with version "+version+since,
		`bring the page up to date, then write policy_version: "`+q.Source.Meta.Control.Version+`"`)
}

// movedOn reports the newest material change of a document since the version.
// A document without a log says nothing, so that another version counts.
func movedOn(c page.Control, since string) (version string, day page.Date, moved bool) {
	if c.Version == since || c.Version == "" {
		return "", page.Date{}, false
	}
	log := c.Log()
	if len(log) == 0 {
		return c.Version, c.Effective, true
	}
	for _, change := range log {
		if change.Version == since {
			return "", page.Date{}, false
		}
		if change.Material && change.Version != "" {
			return change.Version, change.Date, true
		}
	}
	return "", page.Date{}, false
}

// covered reports an approved policy without a lesson, or without anybody
// besides the owner.
func (l *linker) covered(p *Page) {
	at, width := fieldPlace(p.Source, "status")
	teaches := func(e Edge) bool { return e.Field.Name == "teaches" || e.Field.Name == "derived_from" }
	if !slices.ContainsFunc(p.Back, teaches) {
		l.report(ruleUntaught, at, width, "no lesson teaches "+quote(p.Name), "write one, with teaches: "+p.Source.Path)
	}
	owner := config.Fold(string(p.Source.Meta.Owner))
	if owner == "" || l.others(p, owner) {
		return
	}
	l.report(ruleOnePerson, at, width, "nobody besides "+p.Source.Meta.Owner+" carries out "+quote(p.Name), "name somebody in its steps, as in (counter, same day)")
}

// others reports whether a policy, or what carries it out, names anybody but
// the owner: in a step, as the last word, or from the page of a role.
func (l *linker) others(p *Page, owner string) bool {
	if named(p.Source, owner) || slices.ContainsFunc(p.Edges, func(e Edge) bool { return e.Field.Names }) {
		return true
	}
	for _, e := range p.Back {
		if e.Field.Name == "implements" && (named(e.Page.Source, owner) || config.Fold(e.Page.Source.Meta.Owner) != owner) {
			return true
		}
	}
	return slices.ContainsFunc(p.Backlinks, func(q *Page) bool { return q.Source != nil && q.Source.Meta.Type == "role" && q != p.Owner })
}

// named reports whether a step or a promise of the page names somebody whose
// name is not in the owner's.
func named(src *page.Page, owner string) bool {
	for i := range src.Structures {
		s := &src.Structures[i]
		for _, row := range s.Rows {
			if who := config.Fold(string(s.Cell(row, "who").Text)); who != "" && !strings.Contains(owner, who) {
				return true
			}
		}
	}
	return false
}

// hat is somebody who holds more than one role.
type hat struct {
	name  string
	roles []*Page // in order of their sources
}

// hatsOf lists who holds several of the roles, by name.
func hatsOf(pages []*Page) []hat {
	var all []hat
	at := map[string]int{}
	for _, p := range pages {
		for _, e := range edges(p.Edges, "holder") {
			key := config.Fold(e.Name)
			if _, ok := at[key]; !ok {
				at[key] = len(all)
				all = append(all, hat{name: e.Name})
			}
			all[at[key]].roles = append(all[at[key]].roles, p)
		}
	}
	all = slices.DeleteFunc(all, func(h hat) bool { return len(h.roles) < 2 })
	slices.SortFunc(all, func(a, b hat) int { return strings.Compare(a.name, b.name) })
	return all
}
