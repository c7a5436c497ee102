package page

import "time"

// Control is what a document that somebody approves and reviews says of itself.
type Control struct {
	Approver     string
	Version      string
	Effective    Date // in force from
	LastReviewed Date
	ReviewEvery  Interval
	Department   []string
	Jurisdiction []string
	Supersedes   []Ref // what it replaces
	SupersededBy Ref   // what replaces it
}

// Interval is a span of the calendar. Zero means not given.
type Interval struct{ Months, Days int }

// IsZero reports whether no interval was given.
func (i Interval) IsZero() bool { return i == Interval{} }

// NextReview is the day on which the document is to be read again: one interval
// after it was last reviewed, or came into force. It is zero when one of the
// two is not known. A month that is too short gives its last day: half a year
// after 31 August is 28 February.
func (c Control) NextReview() Date {
	last := c.LastReviewed
	if last.IsZero() {
		last = c.Effective
	}
	if last.IsZero() || c.ReviewEvery.IsZero() {
		return Date{}
	}
	y, m, d := last.Time.Date()
	m += time.Month(c.ReviewEvery.Months)
	next := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	if next.Day() != d {
		next = time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC)
	}
	return Date{Time: next.AddDate(0, 0, c.ReviewEvery.Days)}
}
