package feed

import (
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"peppermill/internal/config"
	"peppermill/internal/page"
	"peppermill/internal/site"
)

// calling is a site with one procedure that asks for things again and again.
func calling(t *testing.T, edition page.Visibility, date string, calls ...page.Call) map[string]string {
	p := &page.Page{Path: "procedures/ring.md", Title: "Ringing, and after", Calls: calls}
	if date != "" {
		p.Meta.Date = when(t, date)
	}
	s := link1(t, site.Input{Config: &config.Config{Title: "The Good Counter", Lang: "en", Edition: edition}, Pages: []*page.Page{p},
		Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	f := New(s)
	files, _ := f.Files()
	valid(t, files)
	return filesOf(t, f)
}

// TestCalls has somebody else's reader tell what comes again, from when, and how.
func TestCalls(t *testing.T) {
	every := func(n int, unit string, days ...int) page.Cadence {
		return page.Cadence{Every: n, Unit: unit, Days: days}
	}
	text := calling(t, page.Public, "2025-01-31",
		page.Call{Text: "Look; then ring, at once", Who: "Noor", When: "every Friday", Cadence: every(1, "week", 4)},
		page.Call{When: "monthly", Cadence: every(1, "month")},
		page.Call{Text: "Read", When: "every 2 weeks", Cadence: every(2, "week")},
		page.Call{Text: "SENTINEL", Cadence: every(1, "day"), Staff: true},
	)["procedures/ring/ring.ics"]
	c, err := ics.ParseCalendar(strings.NewReader(text))
	if err != nil {
		t.Fatal(err, text)
	}
	var got []string
	for _, e := range c.Events() {
		start, _ := e.GetAllDayStartAt()
		about := ""
		if p := e.GetProperty(ics.ComponentPropertyDescription); p != nil {
			about = p.Value
		}
		got = append(got, start.Format(time.DateOnly)+" "+e.GetProperty(ics.ComponentPropertyRrule).Value+" "+ics.FromText(e.GetProperty(ics.ComponentPropertySummary).Value)+": "+about)
	}
	if got, want := strings.Join(got, "\n"), `2025-01-31 FREQ=WEEKLY;BYDAY=FR Look; then ring, at once: Noor · every Friday
2025-02-01 FREQ=MONTHLY Ringing, and after: monthly
2025-01-31 FREQ=WEEKLY;INTERVAL=2 Read: every 2 weeks`; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if strings.Contains(text, "SENTINEL") {
		t.Error("the public edition tells what is for staff")
	}
	if text := calling(t, page.Staff, "", page.Call{Text: "SENTINEL", Cadence: every(1, "week", 2, 6), Staff: true})["procedures/ring/ring.ics"]; !strings.Contains(text, "SENTINEL") || !strings.Contains(text, "20240103") {
		t.Errorf("the staff edition has\n%s", text)
	}
	if files := calling(t, page.Public, "", page.Call{Text: "SENTINEL", Cadence: every(1, "day"), Staff: true}); files["procedures/ring/ring.ics"] != "" {
		t.Error("there is a calendar of nothing")
	}
}
