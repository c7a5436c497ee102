package schema

import (
	"strings"
	"testing"

	"peppermill/internal/page"
)

func TestParseInterval(t *testing.T) {
	for text, want := range map[string]page.Interval{
		"": {}, " ": {}, "6 months": {Months: 6}, "1 year": {Months: 12}, "a year": {Months: 12}, "every 2 weeks": {Days: 14},
		"Every Month": {Months: 1}, "12months": {Months: 12}, "annually": {Months: 12}, "Quarterly": {Months: 3}, "weekly": {Days: 7},
		"P6M": {Months: 6}, "P1Y": {Months: 12}, "p1y6m10d": {Months: 18, Days: 10}, "P2W": {Days: 14}, "90 days": {Days: 90},
	} {
		got, problem := ParseInterval(text)
		if problem != nil || got != want {
			t.Errorf("%q: %v %v, want %v", text, got, problem, want)
		}
	}
	for _, text := range []string{"6", "soon", "every", "0 months", "-1 year", "P", "PM", "P6", "P1D1Y", "P1M1M", "PT5H", "P0D", "99999 years", "P99999Y", "1.5 years", "6 months or so", strings.Repeat("9", 400)} {
		got, problem := ParseInterval(text)
		if problem == nil || problem.Hint == "" || !got.IsZero() {
			t.Errorf("%q: %v %v", text, got, problem)
		}
	}
}

// TestCommentStates holds the states, and that other generators' yes is as the site
// has it.
func TestCommentStates(t *testing.T) {
	for text, want := range map[string]page.Comments{
		"open": page.CommentsOpen, "Closed": page.CommentsClosed, "off": page.CommentsOff, "no": page.CommentsOff, "false": page.CommentsOff, "true": page.CommentsUnsaid, "": page.CommentsUnsaid,
	} {
		tree := page.Value{Kind: page.Map, Fields: []page.Field{{Key: "Comments", Value: page.Value{Kind: page.Scalar, Text: text}}}}
		if m, findings := Envelope(tree, "a.md"); m.Comments != want || len(findings) > 0 {
			t.Errorf("%q: %v %v", text, m.Comments, findings)
		}
	}
	tree := page.Value{Kind: page.Map, Fields: []page.Field{{Key: "comments", Value: page.Value{Kind: page.Scalar, Text: "opne"}}}}
	if m, findings := Envelope(tree, "a.md"); m.Comments != page.CommentsUnsaid || len(findings) != 1 || findings[0].Hint != `Did you mean "open"?` {
		t.Error(m.Comments, findings)
	}
}

func FuzzParseInterval(f *testing.F) {
	for _, s := range []string{"6 months", "P1Y6M", "every year", "P", "9999999999999999999 days"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, problem := ParseInterval(text)
		if problem != nil && (problem.Reason == "" || problem.Hint == "" || !got.IsZero()) {
			t.Errorf("%+v %+v", got, problem)
		}
		if got.Months < 0 || got.Days < 0 || got.Months > 13*maxInterval || got.Days > 8*maxInterval {
			t.Errorf("%+v", got)
		}
	})
}

// TestOutputs holds that an empty list is an answer, and that nothing is none.
func TestOutputs(t *testing.T) {
	text := func(s string) page.Value { return page.Value{Kind: page.Scalar, Text: s} }
	for name, c := range map[string]struct {
		value page.Value
		want  string
		said  bool
	}{
		"nothing":    {page.Value{}, "", false},
		"a word":     {text("word"), "word", true},
		"with comma": {text("word, html"), "word html", true},
		"a list":     {page.Value{Kind: page.List, Items: []page.Value{text("html"), text("Word")}}, "html Word", true},
		"empty":      {page.Value{Kind: page.List}, "", true},
	} {
		tree := page.Value{Kind: page.Map, Fields: []page.Field{{Key: "outputs", Value: c.value}}}
		if m, findings := Envelope(tree, "a.md"); strings.Join(m.Outputs, " ") != c.want || m.HasOutputs != c.said || len(findings) > 0 {
			t.Errorf("%s: %q %v %v", name, m.Outputs, m.HasOutputs, findings)
		}
	}
}
