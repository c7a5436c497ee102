package schema

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"peppermill/internal/page"
)

// Unclear says why a text is no certain date, and what to write instead.
type Unclear struct{ Reason, Hint string }

const writeDate = "Write it as 2025-01-31, or 2025-01-31 17:00 with a time."

func unclear(hint, reason string, args ...any) *Unclear {
	return &Unclear{Reason: fmt.Sprintf(reason, args...), Hint: hint}
}

// ParseDate reads a date in any of the ways that real files write one, as long
// as it can mean one day only: 2025-01-31 with or without a time and a zone
// (RFC 3339 and looser), 2025/1/31, 20250131, 31 January 2025, January 31st,
// 2025, Friday, January 31, 2025, and 31/01/2025 where no month is meant by
// 31. A time without a zone is UTC. Empty text is no date. 05/09/2017 is May
// or September and so unclear, as are two-digit years, impossible days, a
// weekday that does not fit, and zones that are only letters.
func ParseDate(text string) (page.Date, *Unclear) {
	text = strings.TrimSpace(text)
	if text == "" {
		return page.Date{}, nil
	}
	if d, ok := isoDay(text); ok {
		return d, nil
	}
	if len(text) > 80 {
		return page.Date{}, unclear(writeDate, "This is too long for a date.")
	}
	day, clock := splitClock(text)
	year, month, monthday, weekday, problem := parseDay(day, text)
	if problem != nil {
		return page.Date{}, problem
	}
	t := time.Date(year, month, monthday, 0, 0, 0, 0, time.UTC)
	if t.Day() != monthday || year < 1 || month < 1 || month > 12 {
		return page.Date{}, unclear(writeDate, "There is no such day as %s.", strconv.Quote(day))
	}
	if weekday != "" && !strings.HasPrefix(strings.ToLower(t.Weekday().String()), weekday) {
		return page.Date{}, unclear(fmt.Sprintf("Write %s if the day is right.", t.Format(time.DateOnly)),
			"%s was a %s: the weekday and the date do not fit together.", t.Format("2 January 2006"), t.Weekday())
	}
	d := page.Date{Time: t}
	if clock != "" {
		if d.Time, problem = parseClock(t, clock); problem != nil {
			return page.Date{}, problem
		}
		d.HasTime = true
	}
	return d, nil
}

// isoDay reads exactly 2025-01-31, which nearly every page has.
func isoDay(s string) (page.Date, bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return page.Date{}, false
	}
	year, ok1 := digits(s[:4])
	month, ok2 := digits(s[5:7])
	day, ok3 := digits(s[8:])
	if !ok1 || !ok2 || !ok3 || month < 1 || month > 12 || day < 1 || day > 31 || year < 1 {
		return page.Date{}, false
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return page.Date{Time: t}, t.Day() == day
}

// digits reads a number of digits only, as Atoi does not: it takes signs.
func digits(s string) (n int, ok bool) {
	if s == "" || len(s) > 9 {
		return 0, false
	}
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// splitClock cuts a text before the digits in front of its first colon.
func splitClock(s string) (day, clock string) {
	at := strings.IndexByte(s, ':')
	if at < 0 {
		return s, ""
	}
	for at > 0 && s[at-1] >= '0' && s[at-1] <= '9' {
		at--
	}
	day = strings.TrimRight(s[:at], " ,")
	if n := len(day); n > 1 && (day[n-1] == 'T' || day[n-1] == 't') && day[n-2] >= '0' && day[n-2] <= '9' {
		day = day[:n-1]
	}
	return day, s[at:]
}

// parseDay reads the day of a date. weekday is its first three letters when
// one was written. whole is the text, for messages.
func parseDay(day, whole string) (year int, month time.Month, monthday int, weekday string, problem *Unclear) {
	words := strings.FieldsFunc(day, func(r rune) bool { return strings.ContainsRune(" \t,./-", r) })
	if len(words) > 0 {
		if weekday = weekdayOf(words[0]); weekday != "" {
			words = words[1:]
		}
	}
	if len(words) == 1 && len(words[0]) == 8 {
		if n, ok := digits(words[0]); ok { // 20250131
			return n / 10000, time.Month(n / 100 % 100), n % 100, weekday, nil
		}
	}
	if len(words) != 3 {
		return 0, 0, 0, "", unclear(writeDate, "%s is not a whole date that can be read.", strconv.Quote(whole))
	}
	numbers := make([]int, 0, 3)
	width := make([]int, 0, 3)
	for _, w := range words {
		if m := monthOf(w); m != 0 && month == 0 {
			month = m
			continue
		}
		n, ok := digits(plainNumber(w))
		if !ok {
			return 0, 0, 0, "", unclear(writeDate, "%s is not a date that can be read.", strconv.Quote(whole))
		}
		numbers = append(numbers, n)
		width = append(width, len(w))
	}
	if month != 0 {
		return withMonth(numbers, width, month, weekday, whole)
	}
	return numeric(numbers, width, weekday, whole)
}

// plainNumber takes the ending off 1st, 2nd, 3rd and 4th.
func plainNumber(w string) string {
	if n := len(w) - 2; n > 0 {
		switch strings.ToLower(w[n:]) {
		case "st", "nd", "rd", "th":
			return w[:n]
		}
	}
	return w
}

// withMonth settles which of two numbers beside a month's name is the year.
func withMonth(numbers, width []int, month time.Month, weekday, whole string) (int, time.Month, int, string, *Unclear) {
	switch {
	case len(numbers) == 2 && width[1] == 4 && width[0] < 5:
		return numbers[1], month, numbers[0], weekday, nil
	case len(numbers) == 2 && width[0] == 4 && width[1] < 5:
		return numbers[0], month, numbers[1], weekday, nil
	}
	return 0, 0, 0, "", unclear(writeDate, "The year in %s must have four digits.", strconv.Quote(whole))
}

// numeric settles what three numbers mean.
func numeric(n, width []int, weekday, whole string) (int, time.Month, int, string, *Unclear) {
	switch {
	case width[0] == 4 && width[1] <= 2 && width[2] <= 2:
		return n[0], time.Month(n[1]), n[2], weekday, nil
	case width[2] != 4 || width[0] > 2 || width[1] > 2:
		return 0, 0, 0, "", unclear(writeDate, "The year in %s must have four digits.", strconv.Quote(whole))
	case n[0] > 12 || n[0] == n[1]:
		return n[2], time.Month(n[1]), n[0], weekday, nil
	case n[1] > 12:
		return n[2], time.Month(n[0]), n[1], weekday, nil
	}
	a := time.Date(n[2], time.Month(n[0]), n[1], 0, 0, 0, 0, time.UTC)
	b := time.Date(n[2], time.Month(n[1]), n[0], 0, 0, 0, 0, time.UTC)
	return 0, 0, 0, "", unclear(
		fmt.Sprintf("Write %s for %s, or %s for %s.", a.Format(time.DateOnly), a.Format("2 January"), b.Format(time.DateOnly), b.Format("2 January")),
		"%s can be read as two different days.", strconv.Quote(whole))
}

// weekdayOf returns the first three letters of an English weekday, or "".
func weekdayOf(word string) string {
	word = strings.ToLower(word)
	for d := time.Sunday; d <= time.Saturday; d++ {
		full := strings.ToLower(d.String())
		if word == full || len(word) >= 3 && len(word) <= 5 && strings.HasPrefix(full, word) {
			return full[:3]
		}
	}
	return ""
}

// monthOf returns an English month by its name or its first letters.
func monthOf(word string) time.Month {
	word = strings.ToLower(word)
	for m := time.January; m <= time.December; m++ {
		full := strings.ToLower(m.String())
		if word == full || len(word) >= 3 && len(word) <= 4 && strings.HasPrefix(full, word) {
			return m
		}
	}
	return 0
}

// parseClock reads hours, minutes, perhaps seconds and their parts, perhaps am
// or pm, and perhaps a zone, and returns that time on the day of t.
func parseClock(t time.Time, s string) (time.Time, *Unclear) {
	number := func() (int, bool) {
		end := 0
		for end < len(s) && end < 9 && s[end] >= '0' && s[end] <= '9' {
			end++
		}
		n, ok := digits(s[:end])
		ok = ok && end <= 2
		s = s[end:]
		return n, ok
	}
	bad := unclear(writeDate, "%s is not a time that can be read.", strconv.Quote(s))
	hour, ok := number()
	if !ok || s == "" || s[0] != ':' {
		return t, bad
	}
	s = s[1:]
	minute, ok := number()
	second, nanos := 0, 0
	if ok && strings.HasPrefix(s, ":") {
		s = s[1:]
		second, ok = number()
		if ok && s != "" && (s[0] == '.' || s[0] == ',') {
			rest := strings.TrimLeft(s[1:], "0123456789")
			fraction := s[1 : len(s)-len(rest)]
			nanos, ok = digits((fraction + "000000000")[:9])
			ok = ok && fraction != ""
			s = rest
		}
	}
	s = strings.TrimSpace(s)
	if half := strings.ToLower(s); strings.HasPrefix(half, "am") || strings.HasPrefix(half, "pm") {
		ok = ok && hour >= 1 && hour <= 12
		hour = hour%12 + 12*strings.Count(half[:1], "p")
		s = strings.TrimSpace(s[2:])
	}
	if !ok || hour > 23 || minute > 59 || second > 59 {
		return t, bad
	}
	zone, problem := parseZone(s)
	if problem != nil {
		return t, problem
	}
	return time.Date(t.Year(), t.Month(), t.Day(), hour, minute, second, nanos, zone), nil
}

// parseZone reads a distance from UTC: Z, UTC, GMT, +02:00, -0400, +02, and
// the doubled form that Go prints (+0000 UTC).
func parseZone(s string) (*time.Location, *Unclear) {
	switch strings.ToUpper(s) {
	case "", "Z", "UTC", "GMT":
		return time.UTC, nil
	}
	bad := unclear("Write the distance from UTC, such as +01:00, or Z for UTC.", "%s is no time zone that has one meaning.", strconv.Quote(s))
	number, rest, _ := strings.Cut(s[1:], " ")
	if s[0] != '+' && s[0] != '-' || rest != "" && strings.ToUpper(rest) != "UTC" && strings.ToUpper(rest) != "GMT" {
		return nil, bad
	}
	hours, minutes, colon := strings.Cut(number, ":")
	if !colon && len(number) == 4 {
		hours, minutes = number[:2], number[2:]
	}
	h, ok := digits(hours)
	m, ok2 := 0, true
	if minutes != "" || colon {
		m, ok2 = digits(minutes)
	}
	if !ok || !ok2 || len(hours) > 2 || h > 14 || m > 59 || colon && len(minutes) != 2 {
		return nil, bad
	}
	seconds := h*3600 + m*60
	if s[0] == '-' {
		seconds = -seconds
	}
	if seconds == 0 {
		return time.UTC, nil
	}
	return time.FixedZone("", seconds), nil
}
