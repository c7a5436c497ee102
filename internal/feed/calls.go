package feed

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

// calls lists a calendar for each page that has something to do again and
// again. A reader takes it into a calendar once, and is reminded.
func (f *Feeds) calls(t *taken) {
	for _, p := range f.site.Pages {
		if p.Calendar == "" {
			continue
		}
		m := &p.Source.Meta
		c := callCalendar{title: cmp.Or(clean(p.Title), f.title), address: p.Calendar, page: p.Address, base: f.base()}
		first := dayFrom(m.Date, m.Control.Effective)
		c.stamp = dayFrom(m.Updated, page.Date{Time: first}).Format(time.DateOnly)
		for _, call := range f.site.Calls(p) {
			c.calls = append(c.calls, callOf(call, first))
		}
		f.add(t, p.Calendar, func() document { return c })
	}
}

// dayFrom is the first of the dates that there is and that a calendar can say.
// For what comes again for ever any other Monday does as well.
func dayFrom(dates ...page.Date) time.Time {
	for _, d := range dates {
		if y := d.Time.Year(); !d.IsZero() && y > 1900 && y < 9999 {
			return time.Date(y, d.Time.Month(), d.Time.Day(), 0, 0, 0, 0, time.UTC)
		}
	}
	return time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
}

// callCalendar is what one page asks for again and again.
type callCalendar struct {
	title, address, page, base string
	stamp                      string // a day
	calls                      []call
}

// call is one of them; it holds plain values only, as every document does.
type call struct {
	text, about string
	day         string // the first one
	rule        string // how it comes again
}

func callOf(c site.Call, from time.Time) call {
	out := call{text: clean(c.Text), rule: rule(c.Cadence), day: start(c.Cadence, from).Format(time.DateOnly)}
	out.about = strings.Join(strings.FieldsFunc(clean(c.Who)+"\n"+clean(c.When), func(r rune) bool { return r == '\n' }), " · ")
	return out
}

func (d callCalendar) encode(w io.Writer) error {
	var events []event
	for _, c := range d.calls {
		first, _ := time.Parse(time.DateOnly, c.day)
		e := event{id: eventID("call of " + d.page + ": " + c.text), stamp: d.stamp, day: first, rule: c.rule, summary: c.text, about: c.about}
		if d.base != "" {
			e.url = link(d.base, d.address, d.page)
		}
		events = append(events, e)
	}
	return writeCalendar(w, d.title, "Calls", events)
}

// rule is how something comes again, as calendars say it.
func rule(c page.Cadence) string {
	out := "FREQ=" + map[string]string{"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}[c.Unit]
	if c.Every > 1 {
		out += ";INTERVAL=" + strconv.Itoa(c.Every)
	}
	for i, n := range c.Days {
		out += [...]string{";BYDAY=", ","}[min(i, 1)] + [...]string{"MO", "TU", "WE", "TH", "FR", "SA", "SU"}[n%7]
	}
	return out
}

// start is the first day from the given one that the rule allows: one that is
// in every month, and on a day of the week that is named.
func start(c page.Cadence, day time.Time) time.Time {
	if (c.Unit == "month" || c.Unit == "year") && day.Day() > 28 {
		return time.Date(day.Year(), day.Month()+1, 1, 0, 0, 0, 0, time.UTC)
	}
	for len(c.Days) > 0 && !slices.Contains(c.Days, (int(day.Weekday())+6)%7) {
		day = day.AddDate(0, 0, 1)
	}
	return day
}
