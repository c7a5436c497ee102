package schema

import (
	"fmt"
	"strings"
	"testing"

	"peppermill/internal/page"
)

func TestMinutes(t *testing.T) {
	for text, want := range map[string]int{
		"90": 90, "90 minutes": 90, "90m": 90, "90min": 90, "2 h": 120, "2 hours": 120, "1 h 10": 70, "1 hour 30 minutes": 90, "2 Stunden": 120, "20 Minuten": 20,
		"": -1, "an afternoon": -1, "1.5 hours": -1, "2 days": -1,
	} {
		n, ok := minutes(text)
		if !ok {
			n = -1
		}
		if n != want {
			t.Errorf("%q: %d, want %d", text, n, want)
		}
	}
}

// TestBands holds which bands follow on each other: "from to", a row each.
func TestBands(t *testing.T) {
	for rows, want := range map[string]string{
		"0 to 1|2 to 4|5 to 9": "",
		"9 to 10|5 to 8|0-4":   "",
		"0|1|2":                "",
		"none|some":            "", // words are nobody's business
		"0 to 1|3 to 4":        "the bands go from 1 to 3",
		"0 to 2|2 to 4":        "the bands go from 2 to 2",
		"9 to 10|5 to 7":       "the bands go from 9 to 7",
	} {
		s := page.Structure{Kind: "bands", Columns: []string{"range", "from", "to", "meaning", "next"}}
		for row := range strings.SplitSeq(rows, "|") {
			s.Rows = append(s.Rows, page.Row{Cells: []page.Cell{{Text: page.Text(row)}, {}, {}, {}, {Text: "a page"}}})
		}
		got := ""
		for _, f := range badBands(&page.Page{Structures: []page.Structure{s}}) {
			got += f.message
		}
		if got != want {
			t.Errorf("%s: %s, want %s", rows, got, want)
		}
	}
}

// TestModelled holds what shows that an author means the type.
func TestModelled(t *testing.T) {
	for fields, want := range map[string]bool{
		"policies/a.md": false, "policies/a.md title=x": false, "policies/a.md status=Completed": false, "policies/a.md kind=Pod": false,
		"policies/a.md date=2026-01-01": false, "policies/a.md tags=x": false, "notes/a.md owner=Sam": false, "notes/a.md type=guide": false, "notes/a.md type=page": false,
		"policies/a.md owner=Sam": true, "policies/a.md kind=refund": true, "notes/a.md type=policy": true, "notes/a.md type=story": true,
		"policies/a.md status=approved": true, "policies/a.md status=template": true, "policies/a.md version=1.0": true, "policies/a.md review_in=1year": true,
	} {
		path, rest, _ := strings.Cut(fields, " ")
		tree := page.Value{Kind: page.Map}
		if key, value, ok := strings.Cut(rest, "="); ok {
			tree.Fields = []page.Field{{Key: key, Value: scalar(value)}}
		}
		if m, _ := Envelope(tree, path); m.Modelled != want {
			t.Errorf("%s: %v", fields, m.Modelled)
		}
	}
}

// TestCheckWaits holds which pages hear of their type: those of a status that
// asks for it, and, as a duty, approved ones that say their type themselves.
func TestCheckWaits(t *testing.T) {
	for status, want := range map[page.Status]string{page.Current: "tip tip", page.Template: "tip tip", page.Approved: "fix tip", page.Draft: " ", page.InReview: " ", page.Superseded: " ", page.Retired: " "} {
		got := [2]string{}
		for i, implied := range []bool{false, true} {
			p := &page.Page{Path: "a.md", Surveyed: true, Meta: page.Meta{Type: "policy", Status: status, TypeImplied: implied}}
			for _, d := range Check(p).Classify(Rules(), nil) {
				got[i] = fmt.Sprint(d.Class)
			}
			if p.Surveyed = false; len(Check(p)) > 0 {
				t.Error("a page that nobody looked at hears of its type")
			}
		}
		if s := got[0] + " " + got[1]; s != want {
			t.Errorf("%v: %s, want %s", status, s, want)
		}
	}
}
