package feed

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"golang.org/x/tools/txtar"
)

// validCalendar holds a calendar to RFC 5545 with somebody else's reader:
// every event has an identifier of its own, a stamp and one whole day.
func validCalendar(t *testing.T, text string) {
	t.Helper()
	for line := range strings.SplitAfterSeq(text, "\n") {
		if line != "" && !strings.HasSuffix(line, "\r\n") || len(line) > 77 || !utf8.ValidString(line) {
			t.Errorf("a line that is no line of a calendar: %q", line)
		}
	}
	c, err := ics.ParseCalendar(strings.NewReader(text))
	if err != nil {
		t.Errorf("%v in\n%s", err, text)
		return
	}
	seen := map[string]bool{}
	for _, e := range c.Events() {
		start, err := e.GetAllDayStartAt()
		end, also := e.GetAllDayEndAt()
		stamp, third := e.GetDtStampTime()
		if err != nil || also != nil || third != nil || end.Sub(start) != 24*time.Hour || stamp.After(start) {
			t.Errorf("an event from %v to %v, of %v: %v %v %v", start, end, stamp, err, also, third)
		}
		if id := e.Id(); id == "" || seen[id] {
			t.Errorf("the identifier %q stands twice", id)
		}
		seen[e.Id()] = true
	}
	if len(seen) == 0 {
		t.Error("a calendar without events")
	}
}

func validReviews(t *testing.T, text string) {
	t.Helper()
	var list struct {
		Title   string `json:"title"`
		Reviews []struct {
			Day   string `json:"next_review"`
			Title string `json:"title"`
			URL   string `json:"url"`
		} `json:"reviews"`
	}
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		t.Fatal(err)
	}
	last := ""
	for _, r := range list.Reviews {
		if _, err := time.Parse(time.DateOnly, r.Day); err != nil || r.Day < last || r.Title == "" || r.URL == "" {
			t.Errorf("%+v", r)
		}
		last = r.Day
	}
}

// TestReviewText holds that whatever a title is, somebody else reads the same.
func TestReviewText(t *testing.T) {
	for _, title := range []string{
		`a; b, c \ d \n e: "f"`, strings.Repeat("ü", 200), strings.Repeat("a", 73) + "€" + strings.Repeat("b", 80), "END:VEVENT", "🧑‍🍳 <b>&amp;</b>",
	} {
		s := linked(t, txtar.Parse([]byte("-- site --\nstaff: yes\n-- a.md --\ntitle: "+title+"\nreviewed: 2025-01-31\nmonths: 1\n")))
		files, _ := New(s).Files()
		found := false
		for _, f := range files {
			if f.Address != calendarName {
				continue
			}
			text := bytesOf(t, f)
			validCalendar(t, text)
			c, err := ics.ParseCalendar(strings.NewReader(text))
			if err != nil || len(c.Events()) != 1 {
				t.Fatal(err, text)
			}
			e := c.Events()[0]
			found = ics.FromText(e.GetProperty(ics.ComponentPropertySummary).Value) == "Next review: "+title || e.GetProperty(ics.ComponentPropertySummary).Value == "Next review: "+title
			if day, _ := e.GetAllDayStartAt(); day.Format(time.DateOnly) != "2025-02-28" {
				t.Errorf("the day is %v", day)
			}
		}
		if !found {
			t.Errorf("%q is not read as it was written", title)
		}
	}
}
