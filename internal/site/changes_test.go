package site

import (
	"fmt"
	"testing"
	"time"

	"peppermill/internal/config"
	"peppermill/internal/page"
)

// TestChanges holds which logs count, in which order, and for whom; and that a
// page knows those that it has replaced.
func TestChanges(t *testing.T) {
	day := func(d int) page.Date { return page.Date{Time: time.Date(2026, 1, d, 0, 0, 0, 0, time.UTC)} }
	src := func(path string, m page.Meta) *page.Page {
		return &page.Page{Path: path, Title: page.Text(path), Lang: "en", Meta: m}
	}
	log := func(changes ...page.Change) page.Control { return page.Control{Changes: changes} }
	in := Input{Config: &config.Config{Values: map[string]string{"who": "Ann"}}, Now: day(31).Time, Pages: []*page.Page{
		src("a.md", page.Meta{Control: log(page.Change{Version: "1.0", Date: day(1)}, page.Change{Version: "2.0", Date: day(5), Summary: "Free", Because: "%{who} asked", Material: true})}),
		src("b.md", page.Meta{Control: log(page.Change{Version: "7", Date: day(5)}, page.Change{Version: "6", Said: true}, page.Change{Version: "limits", Date: day(6), Staff: true})}),
		src("a-1.0.md", page.Meta{Status: page.Superseded, Control: page.Control{Version: "1.0", SupersededBy: page.Ref{Text: "a.md"}, Changes: []page.Change{{Version: "old", Date: day(9)}}}}),
		src("draft.md", page.Meta{Draft: true, Control: log(page.Change{Version: "draft", Date: day(9)})}),
		src("broken.md", page.Meta{Control: log(page.Change{Version: "broken", Date: day(9)})}),
		src("staff.md", page.Meta{Visible: page.Staff, Control: log(page.Change{Version: "9", Date: day(2)})}),
	}}
	in.Pages[4].Broken = true
	for edition, want := range map[page.Visibility]string{
		page.Public: "2.0 a.md true true Ann asked;7 b.md true true ;9 staff.md false true ;1.0 a.md true true ;6 b.md true false ;",
		page.Staff:  "limits b.md true true ;2.0 a.md true true Ann asked;7 b.md true true ;9 staff.md true true ;1.0 a.md true true ;6 b.md true false ;",
	} {
		in.Config.Edition = edition
		s, _ := Link(in)
		got := ""
		for _, c := range s.Changes() {
			got += fmt.Sprintln(c.Version, c.Title, c.Page != nil, c.Material, c.Because)
			got = got[:len(got)-1] + ";"
		}
		if got != want {
			t.Errorf("%v: %s\nwant %s", edition, got, want)
		}
		for _, p := range s.Pages {
			if p.Source != nil && p.Source.Path == "a.md" && (len(p.Earlier) != 1 || p.Earlier[0].Source.Path != "a-1.0.md") {
				t.Error("a.md does not know what it replaced")
			}
		}
	}
}
