package config

import (
	"strconv"
	"strings"
	"time"
)

// Calendar writes days in one language. The zero Calendar, of a language that
// nobody has words for, writes them as ISO 8601 does, which everyone can read.
type Calendar struct {
	form   []string // "{day}", " ", "{month}"
	months [12]string
}

// Calendar returns the calendar of a language, never that of another one.
func (w Words) Calendar(lang string) Calendar {
	own := w.own(lang, "date.form")
	if own == nil {
		return Calendar{}
	}
	c := Calendar{form: dateForm(own["date.form"])}
	for i := range c.months {
		c.months[i] = own["month."+strconv.Itoa(i+1)]
	}
	return c
}

// Known reports whether somebody has words for the language's days.
func (c Calendar) Known() bool { return c.form != nil }

// own is the most special set of words of the language that has the key.
func (w Words) own(lang, key string) map[string]string {
	for lang != "" {
		if own := w[lang]; own[key] != "" {
			return own
		}
		lang = lang[:max(0, strings.LastIndexByte(lang, '-'))]
	}
	return nil
}

// Day writes a day.
func (c Calendar) Day(t time.Time) string {
	if c.form == nil {
		return t.Format(time.DateOnly)
	}
	var b strings.Builder
	for _, part := range c.form {
		switch part {
		case "{day}":
			b.WriteString(strconv.Itoa(t.Day()))
		case "{month}":
			b.WriteString(c.months[t.Month()-1])
		case "{year}":
			b.WriteString(strconv.Itoa(t.Year()))
		default:
			b.WriteString(part)
		}
	}
	return b.String()
}

// dateForm cuts "{day} {month} {year}" into its parts.
func dateForm(form string) []string {
	var parts []string
	for form != "" {
		open := strings.IndexByte(form, '{')
		end := strings.IndexByte(form, '}')
		switch {
		case open < 0 || end < open:
			return append(parts, form)
		case open > 0:
			parts = append(parts, form[:open])
		}
		parts = append(parts, form[open:end+1])
		form = form[end+1:]
	}
	return parts
}
