package schema

import (
	"fmt"
	"strconv"
	"strings"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

const (
	writeInterval = `Write it as "6 months", "1 year" or P6M.`
	maxInterval   = 1200 // of any unit: a hundred years of months
)

// ParseInterval reads how often something is done: a number and a unit ("6
// months", "every 2 weeks", "a year"), one of the words for the usual ones
// (yearly, quarterly), or a duration of ISO 8601 in years, months, weeks and
// days (P1Y6M). Empty text is no interval. A number without a unit is unclear.
func ParseInterval(text string) (page.Interval, *Unclear) {
	words := strings.Fields(strings.ToLower(text))
	if len(words) > 0 && words[0] == "every" {
		words = words[1:]
	}
	var number, unit string
	switch len(words) {
	case 0:
		if strings.TrimSpace(text) == "" {
			return page.Interval{}, nil
		}
	case 1:
		switch w := words[0]; w {
		case "annual", "annually", "yearly":
			return page.Interval{Months: 12}, nil
		case "quarterly":
			return page.Interval{Months: 3}, nil
		case "monthly":
			return page.Interval{Months: 1}, nil
		case "weekly":
			return page.Interval{Days: 7}, nil
		default:
			if strings.HasPrefix(w, "p") && len(w) > 2 {
				return isoInterval(w[1:])
			}
			unit = strings.TrimLeft(w, "0123456789")
			number = w[:len(w)-len(unit)]
			if number == "" {
				number = "1" // "every month"
			}
		}
	case 2:
		number, unit = words[0], words[1]
	}
	if number == "a" || number == "an" || number == "one" {
		number = "1"
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > maxInterval {
		return page.Interval{}, unclear(writeInterval, "%q does not say how often.", diag.Shorten(text))
	}
	return inUnits(n, strings.TrimSuffix(unit, "s"), text)
}

func inUnits(n int, unit, text string) (page.Interval, *Unclear) {
	switch unit {
	case "year", "yr", "y":
		return page.Interval{Months: 12 * n}, nil
	case "month", "mo":
		return page.Interval{Months: n}, nil
	case "week", "wk", "w":
		return page.Interval{Days: 7 * n}, nil
	case "day", "d":
		return page.Interval{Days: n}, nil
	}
	return page.Interval{}, unclear(writeInterval, "%q does not say how often.", diag.Shorten(text))
}

// isoInterval reads what follows the P of an ISO 8601 duration, in lower case.
func isoInterval(s string) (page.Interval, *Unclear) {
	var out page.Interval
	for rest, last := s, ""; rest != ""; {
		unit := strings.TrimLeft(rest, "0123456789")
		n, err := strconv.Atoi(rest[:len(rest)-len(unit)])
		if err != nil || unit == "" || n > maxInterval || strings.IndexByte("ymwd", unit[0]) < strings.Index("ymwd", last)+len(last) {
			return page.Interval{}, unclear(writeInterval, "%q is no interval.", diag.Shorten("P"+strings.ToUpper(s)))
		}
		switch last, rest = unit[:1], unit[1:]; last {
		case "y":
			out.Months += 12 * n
		case "m":
			out.Months += n
		case "w":
			out.Days += 7 * n
		case "d":
			out.Days += n
		}
	}
	if out.IsZero() {
		return page.Interval{}, unclear(writeInterval, "This interval is empty.")
	}
	return out, nil
}

// comments resolves whether readers may answer. Other generators write yes for
// "as the site has it".
func (r *reader) comments() {
	m := &r.meta
	m.CommentURL, m.CommentsData = r.line("comment_url"), r.line("comments_data")
	f, ok := r.get("comments")
	if !ok {
		return
	}
	if asSite, is := yesNo(f.Value); is {
		if !asSite {
			m.Comments = page.CommentsOff
		}
		return
	}
	for _, word := range r.words("comments") {
		m.Comments = map[string]page.Comments{"off": page.CommentsOff, "closed": page.CommentsClosed, "open": page.CommentsOpen}[word]
	}
}

// control resolves what documents under control say about themselves.
func (r *reader) control() {
	c := &r.meta.Control
	c.Approver, c.Version = r.line("approver"), r.line("version")
	c.Effective, c.LastReviewed = r.date("effective"), r.date("last_reviewed")
	c.Department, c.Jurisdiction = r.list("department"), r.list("jurisdiction")
	c.Supersedes = r.refs("supersedes")
	if refs := r.refs("superseded_by"); len(refs) > 0 {
		c.SupersededBy = refs[0]
	}
	r.changes()
	r.acknowledge()
	f, ok := r.get("review_every")
	if !ok || f.Value.Kind == page.Null {
		return
	}
	if f.Value.Kind != page.Scalar {
		r.wrong(RuleValue, f.Value, fmt.Sprintf("%q must be text, and this is a structure.", f.Key), writeInterval)
		return
	}
	interval, problem := ParseInterval(f.Value.Text)
	if problem != nil {
		r.wrong(RuleValue, f.Value, problem.Reason, problem.Hint)
	}
	c.ReviewEvery = interval
}
