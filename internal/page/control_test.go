package page

import (
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
