package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// eachRow calls use with every row of the structures of a kind.
func eachRow(p *page.Page, kind string, use func(s *page.Structure, r page.Row)) {
	for i := range p.Structures {
		if s := &p.Structures[i]; s.Kind == kind {
			for _, r := range s.Rows {
				use(s, r)
			}
		}
	}
}

// timed reports whether a row of the structures of a kind has something in
// the column.
func timed(p *page.Page, kind, column string) bool {
	found := false
	eachRow(p, kind, func(s *page.Structure, r page.Row) {
		found = found || s.Cell(r, column).Text != ""
	})
	return found
}

// noMeasure wants one time or number that somebody could hold the page to.
func noMeasure(p *page.Page) []flaw {
	if len(p.Figures) > 0 || timed(p, "promises", "within") || timed(p, "steps", "clock") || says(p, "period") > 0 || says(p, "metrics") > 0 {
		return nil
	}
	return []flaw{{}}
}

func noPeriod(p *page.Page) []flaw {
	if len(p.Figures) > 0 || says(p, "period") > 0 {
		return nil
	}
	return []flaw{{}}
}

func noClock(p *page.Page) []flaw {
	if len(p.Figures) > 0 || timed(p, "steps", "clock") || timed(p, "promises", "within") || timed(p, "channels", "first_reply") {
		return nil
	}
	return []flaw{{}}
}

// phrasesOf are the uses of the phrases of a list. A phrase is listed as
// "words" or as "words = what to say instead".
func phrasesOf(p *page.Page, key, message string) []flaw {
	var out []flaw
	for _, f := range p.Phrases {
		if f.Key != key {
			continue
		}
		words, instead, _ := strings.Cut(f.Text, "=")
		one := flaw{at: spot{f.Pos, f.Width}, message: fmt.Sprintf(message, "“"+strings.TrimSpace(words)+"”")}
		if instead = strings.TrimSpace(instead); instead != "" {
			one.hint = "say instead: " + instead
		}
		out = append(out, one)
	}
	return out
}

func unfair(p *page.Page) []flaw {
	return phrasesOf(p, "unfair", "%s may not hold in law, and says that you decide alone")
}

func cold(p *page.Page) []flaw {
	out := phrasesOf(p, "cold", "%s keeps people at a distance")
	for i := range out {
		if out[i].hint == "" {
			out[i].hint = "say it as you would across a counter"
		}
	}
	return out
}

// unbounded wants conditions where much is promised. Guarantees have rules of
// their own.
func unbounded(p *page.Page) []flaw {
	if slices.Contains(refunds, p.Meta.Kind) || says(p, "conditions") > 0 || says(p, "coverage") > 0 {
		return nil
	}
	for _, f := range p.Phrases {
		if f.Key == "unbounded" && !f.Beside {
			return []flaw{{at: spot{f.Pos, f.Width}, message: "the page promises “" + f.Text + "” and names no condition"}}
		}
	}
	return nil
}

// emptyLevels wants each criterion to say what each level looks like.
func emptyLevels(p *page.Page) []flaw {
	var out []flaw
	eachRow(p, "criteria", func(s *page.Structure, r page.Row) {
		name := s.Cell(r, "name")
		for _, level := range []string{"below", "acceptable", "excellent"} {
			if strings.Trim(string(s.Cell(r, level).Text), " -–—") == "" {
				out = append(out, flaw{at: cellPlace(s, r), message: fmt.Sprintf("“%s” says nothing under “%s”", diag.Shorten(string(name.Text)), level)})
			}
		}
	})
	return out
}

// cellPlace is the first cell of a row that has a place.
func cellPlace(s *page.Structure, r page.Row) spot {
	for _, c := range r.Cells {
		if c.Pos.Line > 0 {
			return spot{pos: c.Pos}
		}
	}
	return spot{pos: s.Pos}
}

// noGroups wants questions in groups where there are enough of them to lose
// one's way.
func noGroups(p *page.Page) []flaw {
	if len(rowsOf(p, "items")) < 6 || timed(p, "items", "group") {
		return nil
	}
	return []flaw{{}}
}

// badBands wants bands that follow on each other, from none to all, and lead
// somewhere.
func badBands(p *page.Page) []flaw {
	var out []flaw
	last, first := -1, true
	down := false
	eachRow(p, "bands", func(s *page.Structure, r page.Row) {
		at := cellPlace(s, r)
		if strings.Trim(string(s.Cell(r, "next").Text), " -–—") == "" {
			out = append(out, flaw{at: at, message: "this band does not say what to do next", hint: "link to a page in the column Next"})
		}
		from, to, ok := band(s, r)
		if !ok {
			return
		}
		switch {
		case first:
			down = from > 0 // from the best score down
		case down && to != last-1, !down && from != last+1:
			out = append(out, flaw{at: at, message: fmt.Sprintf("the bands go from %d to %d", last, map[bool]int{true: to, false: from}[down])})
		}
		first = false
		if last = to; down {
			last = from
		}
	})
	return out
}

// band reads the ends of a row of bands: two columns, or two numbers in one.
func band(s *page.Structure, r page.Row) (from, to int, ok bool) {
	numbers := numbersIn(string(s.Cell(r, "range").Text))
	if len(numbers) == 0 {
		numbers = append(numbersIn(string(s.Cell(r, "from").Text)), numbersIn(string(s.Cell(r, "to").Text))...)
	}
	switch len(numbers) {
	case 1:
		return numbers[0], numbers[0], true
	case 2:
		return numbers[0], numbers[1], numbers[0] <= numbers[1]
	}
	return 0, 0, false
}

func numbersIn(text string) []int {
	var out []int
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' }) {
		if n, err := strconv.Atoi(word); err == nil && n < 1_000_000 {
			out = append(out, n)
		}
	}
	return out
}

func noMeaning(p *page.Page) []flaw {
	if p.Summary != "" || says(p, "terms") > 0 {
		return nil
	}
	return []flaw{{}}
}

// tooLong adds up the minutes of a session.
func tooLong(p *page.Page) []flaw {
	v, ok := Lookup(p.Meta.Tree, "duration")
	limit, readable := minutes(v.Text)
	if !ok || !readable {
		return nil
	}
	sum := 0
	eachRow(p, "session", func(s *page.Structure, r page.Row) {
		if n := numbersIn(string(s.Cell(r, "minutes").Text)); len(n) == 1 {
			sum += n[0]
		}
	})
	if sum <= limit {
		return nil
	}
	return []flaw{{at: spot{v.Pos, v.Width}, message: fmt.Sprintf("the steps take %d minutes together, and the session has %d", sum, limit)}}
}

// minutes reads a length of time such as 90, 90m, 90 minutes, 2 h or 1 hour 30.
func minutes(text string) (n int, ok bool) {
	for i, word := range strings.FieldsFunc(spaced(text), unicode.IsSpace) {
		number, err := strconv.Atoi(word)
		switch {
		case err == nil && number < 10_000:
			n, ok = n+number, true
		case i > 0 && (word[0] == 'h' || strings.HasPrefix(word, "st")):
			n *= 60
		case i > 0 && word[0] == 'm':
		default:
			return 0, false
		}
	}
	return n, ok
}

// spaced is lower case with a space between numbers and letters.
func spaced(text string) string {
	var b strings.Builder
	last := ' '
	for _, r := range strings.ToLower(text) {
		if unicode.IsDigit(last) != unicode.IsDigit(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// bareTargets wants a unit with each number of a target.
func bareTargets(p *page.Page) []flaw {
	var out []flaw
	eachRow(p, "metrics", func(s *page.Structure, r page.Row) {
		c := s.Cell(r, "target")
		text := strings.TrimSpace(string(c.Text))
		if text != "" && strings.Trim(text, "0123456789.,' <>≤≥=+-–") == "" && len(numbersIn(text)) > 0 {
			at := spot{pos: c.Pos, width: len([]rune(text))}
			out = append(out, flaw{at: at, message: "the target “" + text + "” has no unit"})
		}
	})
	return out
}

// noEvidence wants to know how results are known.
func noEvidence(p *page.Page) []flaw {
	if says(p, "results") == 0 || says(p, "evidence") > 0 {
		return nil
	}
	return []flaw{{}}
}
