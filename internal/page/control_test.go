package page

import (
	"strings"
	"testing"
	"time"
)

func TestNextReview(t *testing.T) {
	day := func(s string) Date {
		if s == "" {
			return Date{}
		}
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return Date{Time: d}
	}
	for _, c := range []struct {
		effective, reviewed string
		every               Interval
		want                string
	}{
		{"2026-03-02", "", Interval{Months: 12}, "2027-03-02"},
		{"2026-03-02", "2026-09-01", Interval{Months: 12}, "2027-09-01"},
		{"2025-08-31", "", Interval{Months: 6}, "2026-02-28"},
		{"2024-02-29", "", Interval{Months: 12}, "2025-02-28"},
		{"2025-12-31", "", Interval{Months: 2, Days: 1}, "2026-03-01"},
		{"2026-03-02", "", Interval{Days: 14}, "2026-03-16"},
		{"2026-03-02", "", Interval{}, ""},
		{"", "", Interval{Months: 1}, ""},
	} {
		got := Control{Effective: day(c.effective), LastReviewed: day(c.reviewed), ReviewEvery: c.every}.NextReview()
		if want := day(c.want); !got.Time.Equal(want.Time) {
			t.Errorf("%+v: %s", c, got.Time.Format(time.DateOnly))
		}
	}
}

// TestLog holds the order of a log, and which version is signed for.
func TestLog(t *testing.T) {
	day := func(d int) Date { return Date{Time: time.Date(2026, 1, d, 0, 0, 0, 0, time.UTC)} }
	for _, c := range []struct {
		version       string
		changes       []Change
		order, signed string
	}{
		{"", nil, "", ""},
		{"1.2", nil, "", "1.2"},
		{"1.1", []Change{{Version: "1.1", Date: day(2)}, {Version: "1.0", Date: day(1)}}, "1.1 1.0", "1.0"},
		{"1.1", []Change{{Version: "1.0", Date: day(1)}, {Version: "1.1", Date: day(2)}}, "1.1 1.0", "1.0"},
		{"2.1", []Change{{Version: "1.0", Date: day(1), Material: true}, {Version: "2.0", Date: day(2), Material: true}, {Version: "2.1", Date: day(2)}}, "2.1 2.0 1.0", "2.0"},
		{"2.0", []Change{{Version: "2.0", Date: day(3), Material: true}, {Version: "1.0", Date: day(1)}, {Version: "1.1", Date: day(2)}}, "2.0 1.1 1.0", "2.0"},
		{"1.1", []Change{{Version: "1.1"}, {Version: "1.0", Date: day(1)}}, "1.1 1.0", "1.0"},
		{"2.0", []Change{{Version: "2.0", Date: day(3)}, {Version: "1.0", Date: day(1)}}, "2.0 1.0", "2.0"},
		{"2.0", []Change{{Version: "2.0", Date: day(3), Said: true}, {Version: "1.0", Date: day(1)}}, "2.0 1.0", "1.0"},
		{"v1.2.3", []Change{{Version: "v1.2.3", Date: day(3)}, {Version: "v1.2", Date: day(1)}}, "v1.2.3 v1.2", "v1.2"},
		{"2026-03", []Change{{Version: "2026-03", Date: day(3)}, {Version: "2026-02", Date: day(1)}}, "2026-03 2026-02", "2026-03"},
		{"2026.3", []Change{{Version: "2026.3", Date: day(3)}, {Version: "2026.2", Date: day(1)}}, "2026.3 2026.2", "2026.3"},
		{"3.0", []Change{{Version: "1.1", Date: day(2)}, {Version: "1.0", Date: day(1), Material: true}}, "1.1 1.0", "3.0"},
	} {
		control := Control{Version: c.version, Changes: c.changes}
		var got []string
		for _, change := range control.Log() {
			got = append(got, change.Version)
		}
		if s := strings.Join(got, " "); s != c.order || control.Signed() != c.signed {
			t.Errorf("%+v: %s, signed %s", c, s, control.Signed())
		}
	}
}
