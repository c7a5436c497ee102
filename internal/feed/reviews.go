package feed

import (
	"encoding/json"
	"io"
	"time"

	"peppermill/internal/page"
)

const (
	calendarName = "reviews.ics"
	reviewsName  = "reviews.json"
)

// review is a day on which somebody is to read a page again.
type review struct {
	address  string
	day      string // 2006-01-02
	reviewed string // the day it was last read or came into force, likewise
	title    string
	owner    string
	summary  string // the title, with a word before it that says what is to be done
	about    string // the owner, likewise
}

// reviews lists the calendar and the list of reviews. Who looks after what,
// and what is overdue, is the business of the staff: no other edition has them.
func (f *Feeds) reviews(t *taken) {
	if !f.staff {
		return
	}
	var all []review
	for _, r := range f.site.Reviews() {
		if r.Page == nil || r.Day.Time.Year() > 9999 {
			continue
		}
		c := r.Source.Meta.Control
		last := c.LastReviewed
		if last.IsZero() {
			last = c.Effective
		}
		word := func(key string) string { return f.site.Words.Word(r.Page.Lang, key) }
		one := review{address: r.Page.Address, day: dayOf(r.Day), reviewed: dayOf(last), title: clean(r.Title), owner: clean(r.Owner)}
		one.summary = word("review") + ": " + one.title
		if one.owner != "" {
			one.about = word("owner") + ": " + one.owner
		}
		all = append(all, one)
	}
	if len(all) == 0 {
		return
	}
	base := f.base()
	f.add(t, calendarName, func() document { return calendar{f.title, base, all} })
	f.add(t, reviewsName, func() document { return reviewList{f.title, base, all} })
}

func dayOf(d page.Date) string { return d.Time.Format(time.DateOnly) }

// calendar is the reviews as iCalendar (RFC 5545), an event of a whole day
// each. An event is known by its page's address alone, so that it moves in a
// calendar when the page has been read, and does not appear twice. Its stamp is
// the day of the last review, as that is what its day was made from: a
// calendar does not change because a day has gone by.
type calendar struct {
	title, base string
	reviews     []review
}

func (d calendar) encode(w io.Writer) error {
	events := make([]event, len(d.reviews))
	for i, r := range d.reviews {
		next, _ := time.Parse(time.DateOnly, r.day)
		events[i] = event{id: eventID("review of " + r.address), stamp: r.reviewed, day: next, summary: r.summary, about: r.about}
		if d.base != "" {
			events[i].url = link(d.base, calendarName, r.address)
		}
	}
	return writeCalendar(w, d.title, "Reviews", events)
}

// reviewList is the reviews for other programs, the first due first.
type reviewList calendar

type jsonReviews struct {
	Title   string       `json:"title"`
	Reviews []jsonReview `json:"reviews"`
}

type jsonReview struct {
	Day      string `json:"next_review"`
	Reviewed string `json:"last_reviewed"`
	Title    string `json:"title"`
	Owner    string `json:"owner,omitempty"`
	URL      string `json:"url"`
}

func (d reviewList) encode(w io.Writer) error {
	out := jsonReviews{Title: d.title}
	for _, r := range d.reviews {
		out.Reviews = append(out.Reviews, jsonReview{r.day, r.reviewed, r.title, r.owner, link(d.base, reviewsName, r.address)})
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
