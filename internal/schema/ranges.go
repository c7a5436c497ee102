package schema

import (
	"strconv"
	"strings"
)

// Ends are the two ends of a band: numbers, or "" where it is open.
type Ends struct{ From, To string }

// Range reads the two ends of "0 to 4", "5–9", "10" or "10+".
func Range(text string) Ends {
	numbers := figures(text)
	switch {
	case len(numbers) == 0:
		return Ends{}
	case len(numbers) == 1 && strings.Contains(text, "+"):
		return Ends{From: numbers[0]}
	case len(numbers) == 1:
		return Ends{numbers[0], numbers[0]}
	}
	return Ends{numbers[0], numbers[1]}
}

// Ranges reads the bands of one table. "7 or more" and "up to 3" are told from
// each other in any language: one number with words beside it leaves the
// highest band open, and lets the lowest begin with nothing.
func Ranges(texts []string) []Ends {
	out := make([]Ends, len(texts))
	low, high := -1, -1
	for i, text := range texts {
		out[i] = Range(text)
		if out[i].From == "" {
			continue
		}
		if low < 0 || numberOf(out[i].From) < numberOf(out[low].From) {
			low = i
		}
		if high < 0 || numberOf(out[i].From) > numberOf(out[high].From) {
			high = i
		}
	}
	for i, text := range texts {
		if len(figures(text)) != 1 || strings.Contains(text, "+") || strings.TrimSpace(text) == out[i].From {
			continue
		}
		switch i {
		case high:
			out[i].To = ""
		case low:
			out[i].From = "0"
		}
	}
	return out
}

func figures(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}

func numberOf(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
