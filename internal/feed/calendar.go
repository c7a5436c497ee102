package feed

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// event is a whole day in a calendar.
type event struct {
	id      string
	stamp   string    // the day that it was made from, 2006-01-02
	day     time.Time // the first of them, where there is a rule
	rule    string    // how it comes again (RFC 5545, 3.3.10); "" for once
	summary string
	about   string
	url     string
}

// writeCalendar writes iCalendar (RFC 5545).
func writeCalendar(w io.Writer, title, product string, events []event) error {
	b := bufio.NewWriter(w)
	line := func(name, value string) {
		if value != "" {
			fold75(b, name+":"+value)
		}
	}
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//Peppermill//"+product+"//EN")
	line("X-WR-CALNAME", escapeText(title))
	for _, e := range events {
		line("BEGIN", "VEVENT")
		line("UID", e.id)
		line("DTSTAMP", strings.ReplaceAll(e.stamp, "-", "")+"T000000Z")
		line("DTSTART;VALUE=DATE", e.day.Format("20060102"))
		line("DTEND;VALUE=DATE", e.day.AddDate(0, 0, 1).Format("20060102"))
		line("RRULE", e.rule)
		line("SUMMARY", escapeText(e.summary))
		line("DESCRIPTION", escapeText(e.about))
		line("URL", e.url)
		line("TRANSP", "TRANSPARENT")
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	return b.Flush()
}

// eventID is the same for what an event is about wherever the site lies.
func eventID(about string) string {
	sum := sha256.Sum256([]byte(about))
	return hex.EncodeToString(sum[:16]) + "@peppermill"
}

// escapeText writes a TEXT value (RFC 5545, 3.3.11). There are no line ends in
// it: see clean.
func escapeText(s string) string {
	return strings.NewReplacer(`\`, `\\`, `;`, `\;`, `,`, `\,`).Replace(s)
}

// fold75 writes a line of at most 75 bytes and goes on with a space in the
// next (RFC 5545, 3.1), never inside a character.
func fold75(w *bufio.Writer, s string) {
	for most := 75; len(s) > most; most = 74 {
		n := most
		for n > 0 && !utf8.RuneStart(s[n]) {
			n--
		}
		w.WriteString(s[:n])
		w.WriteString("\r\n ")
		s = s[n:]
	}
	w.WriteString(s)
	w.WriteString("\r\n")
}
