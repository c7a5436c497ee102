package site

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"peppermill/internal/config"
	"peppermill/internal/page"
)

// TestReports holds what each report says, for whom, and that a site without
// documents of a playbook has none.
func TestReports(t *testing.T) {
	day := func(m time.Month, d int) page.Date {
		return page.Date{Time: time.Date(2026, m, d, 0, 0, 0, 0, time.UTC)}
	}
	rows := func(kind string, staff bool, columns string, cells ...string) page.Structure {
		s := page.Structure{Kind: kind, Columns: strings.Fields(columns), Heading: "here", Staff: staff}
		for _, line := range cells {
			r := page.Row{}
			for c := range strings.SplitSeq(line, "|") {
				r.Cells = append(r.Cells, page.Cell{Text: page.Text(c)})
			}
			s.Rows = append(s.Rows, r)
		}
		return s
	}
	src := func(path, title, typ string, m page.Meta, has ...page.Structure) *page.Page {
		m.Type = typ
		return &page.Page{Path: path, Title: page.Text(title), Summary: page.Text("About " + title), Lang: "en", Meta: m, Structures: has}
	}
	control := page.Control{Version: "2.0", Effective: day(1, 5), ReviewEvery: page.Interval{Months: 3}, Acknowledge: "agree",
		Changes: []page.Change{
			{Version: "2.0", Date: day(1, 5), Summary: "Free when late", Because: "nine %{people} asked", Material: true},
			{Version: "1.5", Date: day(1, 3), Summary: "Limits", Because: "secret", Staff: true},
			{Version: "1.0", Date: day(1, 1), Summary: "First version"}}}
	in := Input{Now: day(6, 1).Time, Words: config.Words{"en": {"owner.names": "owner | the owner", "nobody": "nobody"}}, Pages: []*page.Page{
		src("late.md", "Late", "policy", page.Meta{Kind: "service", Control: control, Stage: []string{"during"}},
			rows("channels", false, "name hours first_reply human", "Telephone|9 to 5|at once|yes"),
			rows("authority", true, "may who up_to then", "Money back|counter|£20|Noor"),
			rows("steps", false, "step who clock if", "Ring|Sam|same day|", "Write|counter||")),
		src("ring.md", "Ring", "procedure", page.Meta{
			Asides: page.Asides{Claims: []page.Claim{{Text: "It pays", Status: "opinion"}, {Text: "3 %", Status: "uncited"}, {Text: "Half", Source: "A book", Status: "cited"}}}},
			rows("discussion", false, "question", "Who rings at %{people}?"),
			rows("steps", false, "step who clock if", "Decide|the owner||"),
			rows("metrics", false, "name last target cadence source", "Late vans|9|2|monthly|the book")),
		src("people/owner.md", "The owner", "role", page.Meta{}),
		src("old.md", "Old", "policy", page.Meta{Status: page.Superseded, Control: control, Stage: []string{"after"}}),
	}}
	for _, c := range []struct {
		edition page.Visibility
		want    string
	}{
		{page.Public, `
plan: [report.plan.promises] Late, About Late / [report.plan.plays] Ring, About Ring
stages: [find.stage.before] / [find.stage.during] Late, type.policy / [find.stage.after]
channels: Telephone, 9 to 5, at once, yes, Late#here
questions: (Ring) Who rings at customers?
said: nine customers asked, Free when late, 2026-01-05, Late
readiness: kind.service→Late; kind.complaints; kind.refund; kind.guarantee; kind.communication; kind.conduct; kind.privacy; kind.feedback; kind.recognition
`},
		{page.Staff, `
plan: [report.plan.promises] Late, About Late / [report.plan.plays] Ring, About Ring
stages: [find.stage.before] / [find.stage.during] Late, type.policy / [find.stage.after]
channels: Telephone, 9 to 5, at once, yes, Late#here
questions: (Ring) Who rings at customers?
said: nine customers asked, Free when late, 2026-01-05, Late; secret, Limits, 2026-01-03, Late
readiness: kind.service→Late; kind.complaints; kind.refund; kind.guarantee; kind.communication; kind.conduct; kind.privacy; kind.feedback; kind.recognition
hats: !missing The owner, , , 0
authority: counter, Money back, £20, Noor, Late#here
owner-only: Decide, the owner, , Ring#here
coverage: !missing Late, , , , acknowledge.agree
reviews: !late Late, , 2026-01-05, 2026-04-05
sign-off: Late, 2.0, 2026-01-05, acknowledge.agree
measures: Late vans, 9, 2, monthly, the book, Ring#here
claims: !missing 3 %, claim.uncited, , Ring; It pays, claim.opinion, , Ring; Half, claim.cited, A book, Ring
`},
	} {
		in.Config = &config.Config{Overview: true, Edition: c.edition, Values: map[string]string{"people": "customers"}}
		s, found := Link(in)
		if len(found) > 0 {
			t.Error(found)
		}
		if got := shownReports(s); got != c.want {
			t.Errorf("%v:%s\nwant:%s", c.edition, got, c.want)
		}
		if p := s.At("overview/index.html"); p == nil || p.Kind != Overview || len(p.Items) != strings.Count(c.want, "\n")-1 {
			t.Errorf("%v: no overview", c.edition)
		}
	}
	in.Pages = []*page.Page{src("a.md", "A", "article", page.Meta{Stage: []string{"before"}}), src("policies/b.md", "B", "policy", page.Meta{TypeImplied: true})}
	if s, _ := Link(in); shownReports(s) != "\n" {
		t.Error("a handbook of somebody else's has reports:", shownReports(s))
	}
}

// TestReportsByName holds pages by department and stories by trade: two ways of
// writing a name are one, and a single story is no list.
func TestReportsByName(t *testing.T) {
	src := func(path, title string, m page.Meta) *page.Page {
		return &page.Page{Path: path, Title: page.Text(title), Lang: "en", Meta: m}
	}
	told := func(kind, business, evidence string, trades ...string) page.Meta {
		return page.Meta{Type: "case-study", Kind: kind, Asides: page.Asides{Story: page.Story{Business: page.Text(business), Evidence: evidence, Industry: trades}}}
	}
	it := src("d.md", "Till", told("opinion", "", "", "IT"))
	it.Meta.Type = "article"
	in := Input{Config: &config.Config{Overview: true, Values: map[string]string{"trade": "bakeries"}}, Words: config.Words{"en": {"report.stories.other": "Other"}}, Pages: []*page.Page{
		src("a.md", "Late", page.Meta{Type: "policy", Owner: "Sam", Control: page.Control{Department: []string{"Counter", "van", "counter", " "}}}),
		src("b.md", "Cake", told("model", "Whitfield", "fictional", "Bakeries", "%{trade}")),
		src("c.md", "Maze", told("", "", "", "")), it,
		src("e.md", "Old", page.Meta{Type: "policy", Status: page.Retired, Control: page.Control{Department: []string{"van"}}}),
	}}
	for _, want := range []string{
		"[Counter] Late, type.policy; [van] Late, type.policy; [Bakeries] Cake, Whitfield, kind.model, evidence.fictional; [Other] Maze, type.case-study; [IT] Till, type.article; ",
		"[Counter] Late, type.policy; [van] Late, type.policy; ",
	} {
		s, found := Link(in)
		if len(found) > 0 {
			t.Error(found)
		}
		got := ""
		for _, name := range []string{"departments", "stories"} {
			p := s.At("overview/" + name + "/index.html")
			if p == nil {
				continue
			}
			for _, g := range p.Report.Groups {
				got += "[" + g.Title + "] "
				for _, line := range g.Lines {
					got += shownLine(line) + "; "
				}
			}
		}
		if got != want {
			t.Errorf("%s\nwant\n%s", got, want)
		}
		in.Pages = in.Pages[:2]
	}
}

// TestReportsGiveWay holds that a page of an author's keeps its address.
func TestReportsGiveWay(t *testing.T) {
	in := Input{Config: &config.Config{Overview: true}, Pages: []*page.Page{
		{Path: "overview/plan.md", Title: "Mine", Lang: "en", Meta: page.Meta{Type: "policy"}},
		{Path: "ring.md", Title: "Ring", Lang: "en", Meta: page.Meta{Type: "procedure"}, Links: []page.Link{{Dest: "overview/plan-2/"}, {Dest: "overview/plan.md"}}},
	}}
	s, found := Link(in)
	if len(found) > 0 {
		t.Error(found)
	}
	for address, title := range map[string]string{"overview/plan/index.html": "Mine", "overview/plan-2/index.html": ""} {
		if p := s.At(address); p == nil || p.Title != title && p.Report == nil {
			t.Error(address, "is another page")
		}
	}
}

// shownReports writes the reports as text, one a line.
func shownReports(s *Site) string {
	out := "\n"
	above := s.At("overview/index.html")
	if above == nil {
		return out
	}
	for _, p := range above.Items {
		var groups []string
		for _, g := range p.Report.Groups {
			name := ""
			if g.Word != "" {
				name = "[" + g.Word + "] "
			}
			if g.Page != nil {
				name = "(" + g.Page.Title + ") "
			}
			var lines []string
			for _, line := range g.Lines {
				lines = append(lines, shownLine(line))
			}
			groups = append(groups, strings.TrimSpace(name+strings.Join(lines, "; ")))
		}
		out += p.Report.Name + ": " + strings.Join(groups, " / ") + "\n"
	}
	return out
}

func shownLine(line Line) string {
	var cells []string
	for _, e := range line.Entries {
		cell := e.Text + e.Word
		switch {
		case e.Page != nil && e.Fragment != "":
			cell += e.Page.Title + "#" + e.Fragment
		case e.Page != nil && cell == "":
			cell = e.Page.Title
		case e.Page != nil:
			cell += "→" + e.Page.Title
		}
		if !e.Day.IsZero() {
			cell += e.Day.Time.Format(time.DateOnly)
		}
		cells = append(cells, cell)
	}
	out := strings.Join(cells, ", ")
	if line.Mark != "" {
		out = fmt.Sprintf("!%s %s", line.Mark, out)
	}
	return out
}
