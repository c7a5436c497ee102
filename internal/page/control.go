package page

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"peppermill/internal/diag"
)

// Control is what a document that somebody approves and reviews says of itself.
type Control struct {
	Approver     string
	Version      string
	Effective    Date // in force from
	LastReviewed Date
	ReviewEvery  Interval
	Department   []string
	Jurisdiction []string
	Supersedes   []Ref    // what it replaces
	SupersededBy Ref      // what replaces it
	Changes      []Change // its log, as it is written
	InText       bool     // the log stands in the text already, as a table
	Acknowledge  string   // what readers sign for: "receipt", "agree" or nothing
}

// Change is one entry of a document's log: a version and what is different in
// it. Texts may hold blanks.
type Change struct {
	Version  string
	Date     Date
	Summary  Text
	Because  Text // what somebody had said or asked for
	By       Text
	Material bool // readers must know of it, and sign again if they sign
	Said     bool // somebody said whether it is; else [Control.Log] goes by the versions
	Staff    bool // for the staff edition only
	Pos      diag.Pos
}

// Log is the document's log with the newest entry first. Entries of one day
// keep their order, turned round where the log runs from old to new. Where a
// day is missing the author's order counts. Where nobody said whether a change
// is material, it is small if its version is the one before with another
// number behind the point.
func (c Control) Log() []Change {
	log := slices.Clone(c.Changes)
	if n := len(log); n > 1 && !log[0].Date.IsZero() && log[0].Date.Time.Before(log[n-1].Date.Time) {
		slices.Reverse(log)
	}
	if !slices.ContainsFunc(log, func(c Change) bool { return c.Date.IsZero() }) {
		slices.SortStableFunc(log, func(a, b Change) int { return b.Date.Time.Compare(a.Date.Time) })
	}
	for i := range log {
		if c := &log[i]; !c.Said {
			c.Material = i+1 == len(log) || whole(c.Version) == "" || whole(c.Version) != whole(log[i+1].Version)
		}
	}
	return log
}

// whole is the part of a version before its first point: 2 of 2.1. It is empty
// where the version is no number of that kind.
func whole(version string) string {
	first, rest, _ := strings.Cut(strings.TrimPrefix(version, "v"), ".")
	if len(first) > 3 || strings.Trim(first+rest, "0123456789.") != "" {
		return ""
	}
	return first
}

// Signed is the version that a reader has signed for, or is to sign: that of
// the newest material change, else the first that the log knows, else the
// document's own. It is the newest change that asks for a new signature, and
// no other.
func (c Control) Signed() string {
	log := c.Log()
	if len(log) == 0 || c.Version != "" && log[0].Version != c.Version {
		return c.Version // a log that says nothing of this version says nothing of signatures
	}
	for _, change := range log {
		if change.Material && change.Version != "" {
			return change.Version
		}
	}
	return cmp.Or(log[len(log)-1].Version, c.Version)
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
