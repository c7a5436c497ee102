package schema

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// TestTables checks that the tables contradict neither themselves nor page.
func TestTables(t *testing.T) {
	seen := make(map[string]string)
	for _, f := range Fields() {
		for _, s := range append([]string{f.Name}, f.Synonyms...) {
			if other, twice := seen[fold(s)]; twice {
				t.Errorf("%q belongs to %s and %s", s, other, f.Name)
			}
			seen[fold(s)] = f.Name
		}
		if (f.Kind == Enum || f.Kind == Enums) != (len(f.Values) > 0) {
			t.Errorf("%s: values %v do not fit the kind", f.Name, f.Values)
		}
	}
	folders := make(map[string]bool)
	for _, ty := range Types() {
		if _, ok := typeOf(ty.Within); ty.Within != "" && !ok {
			t.Errorf("%s: no type %q", ty.Name, ty.Within)
		}
		for _, f := range ty.Folders {
			if folders[f] {
				t.Errorf("folder %q stands twice", f)
			}
			folders[f] = true
		}
	}
	for i, s := range Statuses() {
		if page.Status(i).String() != s {
			t.Errorf("status %d is %s in page and %s here", i, page.Status(i), s)
		}
	}
}

func TestParseDate(t *testing.T) {
	for text, want := range map[string]string{
		"":                                "",
		"  ":                              "",
		"2020-10-30":                      "2020-10-30",
		"2020-1-5":                        "2020-01-05",
		"2020/10/30":                      "2020-10-30",
		"2020.10.30":                      "2020-10-30",
		"20201030":                        "2020-10-30",
		"2020-10-30T17:00:00Z":            "2020-10-30T17:00:00Z",
		"2020-10-30t17:00:00.123+02:00":   "2020-10-30T17:00:00.123+02:00",
		"2020-10-30 17:00":                "2020-10-30T17:00:00Z",
		"2013-12-02 7:37:00 -0400":        "2013-12-02T07:37:00-04:00",
		"2013-12-02 7:37:00 +0000 UTC":    "2013-12-02T07:37:00Z",
		"2020-10-30 5:00 pm":              "2020-10-30T17:00:00Z",
		"2020-10-30 12:00am":              "2020-10-30T00:00:00Z",
		"2020-10-30 17:00 +02":            "2020-10-30T17:00:00+02:00",
		"October 30, 2020":                "2020-10-30",
		"Oct. 30th 2020":                  "2020-10-30",
		"30 October 2020":                 "2020-10-30",
		"2020 October 30":                 "2020-10-30",
		"30-Oct-2020":                     "2020-10-30",
		"Thursday, June 29, 2006":         "2006-06-29",
		"Thu, 29 Jun 2006 10:00:00 +0000": "2006-06-29T10:00:00Z",
		"September 1st, 2020":             "2020-09-01",
		"09/25/2017":                      "2017-09-25",
		"25/09/2017":                      "2017-09-25",
		"25.9.2017":                       "2017-09-25",
		"05/05/2017":                      "2017-05-05",
		"2020-02-29":                      "2020-02-29",
		"0001-01-01T00:00:00Z":            "", // how Go writes no date at all
		"09/05/2017":                      "! Write 2017-09-05 for 5 September, or 2017-05-09 for 9 May.",
		"9/25/17":                         "! " + writeDate,
		"Oct 30, 20":                      "! " + writeDate,
		"2023-02-30":                      "! " + writeDate,
		"2023-13-01":                      "! " + writeDate,
		"0000-01-01":                      "! " + writeDate,
		"31 June 2020":                    "! " + writeDate,
		"October 2020":                    "! " + writeDate,
		"2020":                            "! " + writeDate,
		"2020-10":                         "! " + writeDate,
		"soon":                            "! " + writeDate,
		"1600000000":                      "! " + writeDate,
		"2020-10-30 25:00":                "! " + writeDate,
		"2020-10-30 10:60":                "! " + writeDate,
		"2020-10-30 10":                   "! " + writeDate,
		"2020-10-30 (draft)":              "! " + writeDate,
		"2020-10-30 13:00 pm":             "! " + writeDate,
		"10:00":                           "! " + writeDate,
		"2020-10-30 10:00 EST":            "! Write the distance from UTC, such as +01:00, or Z for UTC.",
		"2020-10-30 10:00 +25:00":         "! Write the distance from UTC, such as +01:00, or Z for UTC.",
		"Friday, June 29, 2006":           "! Write 2006-06-29 if the day is right.",
		"-020-10-30":                      "! " + writeDate,
		"+020-10-30":                      "! " + writeDate,
		strings.Repeat("1 ", 100):         "! " + writeDate,
	} {
		d, problem := ParseDate(text)
		got := ""
		switch {
		case problem != nil:
			got = "! " + problem.Hint
		case d.IsZero():
		case d.HasTime:
			got = d.Time.Format(time.RFC3339Nano)
		default:
			got = d.Time.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%q: got %s (%+v), want %s", text, got, problem, want)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2020-10-30", "2013-12-02 7:37:00 -0400", "Thursday, June 29, 2006 5:00 pm", "09/05/2017", "20201030T10:00Z", "2020-10-30t1:2:3,4+0:"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, problem := ParseDate(s)
		if problem != nil {
			if !d.IsZero() || problem.Reason == "" || problem.Hint == "" {
				t.Errorf("%q: %+v %+v", s, d, problem)
			}
			return
		}
		if y := d.Time.Year(); y < 1 || y > 9999 {
			t.Errorf("%q: year %d", s, y)
		}
		again, problem := ParseDate(d.Time.Format(time.RFC3339Nano))
		if problem != nil || !again.Time.Equal(d.Time) {
			t.Errorf("%q became %v and then %v (%+v)", s, d.Time, again.Time, problem)
		}
	})
}

func TestImpliedType(t *testing.T) {
	for path, want := range map[string]string{
		"policies/late.md":               "policy",
		"Policies/fees/late.md":          "policy",
		"02-policies/late.md":            "policy",
		"policies/README.md":             "",
		"policies/late/index.md":         "policy",
		"policies.md":                    "",
		"README.md":                      "",
		"fr/plays/x.md":                  "procedure",
		"handbook/procedures/x.md":       "procedure",
		"playbooks/repair.md":            "playbook",
		"playbooks/repair/README.md":     "playbook",
		"playbooks/repair/intro.md":      "",
		"playbooks/repair/policies/x.md": "policy",
		"courses/start/README.md":        "course",
		"courses/start/one.md":           "module",
		"glossary/a/term.md":             "term",
		"case-studies/shop.md":           "case-study",
		"stories/shop.md":                "case-study",
		"blog/2020/hello.md":             "article",
		"notes/x.md":                     "",
	} {
		meta, _ := Envelope(page.Value{}, path)
		if meta.Type != want || meta.TypeImplied != (want != "") {
			t.Errorf("%s: %q, want %q", path, meta.Type, want)
		}
	}
}

func TestNear(t *testing.T) {
	for key, want := range map[string]string{
		"drfat": "draft", "Drafts": "draft", "darft": "draft", "tilte": "title", "titel": "title", "tag": "tags", "authr": "author",
		"expire": "expires", "visibilty": "visibility", "lastmdo": "lastmod",
		"data": "", "state": "", "publisher": "", "layout": "", "nav": "", "x": "", "toc": "", "color": "", "menu": "", "cover": "", "sidebar": "", "folder": "", "module": "", "playz": "",
	} {
		if _, got := near(key); got != want {
			t.Errorf("near(%q) = %q, want %q", key, got, want)
		}
	}
}

func scalar(s string) page.Value { return page.Value{Kind: page.Scalar, Text: s} }

func TestMorePrivate(t *testing.T) {
	for _, c := range []struct{ key, a, b, want string }{
		{"draft", "true", "false", "true"},
		{"draft", "false", "true", "true"},
		{"draft", "maybe", "false", "maybe"},
		{"Draft", "yes", "no", "yes"},
		{"drfat", "yes", "no", "yes"},
		{"status", "draft", "approved", "draft"},
		{"status", "in-review", "draft", "draft"},
		{"status", "retired", "approved", "retired"},
		{"status", "template", "approved", "approved"},
		{"visibility", "staff", "public", "staff"},
		{"visibility", "secret", "public", "secret"},
		{"kind", "decline", "sop", "decline"},
		{"Kind", "sop", "fit", "fit"},
		{"kind", "sop", "play", "play"},
		{"published", "false", "2020-01-01", "false"},
		{"title", "a", "b", "b"},
		{"other", "a", "b", "b"},
	} {
		if got := MorePrivate(c.key, scalar(c.a), scalar(c.b)); got.Text != c.want {
			t.Errorf("%s: %s of %s and %s, want %s", c.key, got.Text, c.a, c.b, c.want)
		}
	}
}

// TestEveryFieldTakesAnything gives each field a value of each shape: nothing
// panics, and what cannot be used is reported at its place.
func TestEveryFieldTakesAnything(t *testing.T) {
	pos := diag.Pos{Path: "a.md", Line: 2, Column: 8}
	odd := map[string]page.Value{
		"null":   {Pos: pos},
		"empty":  {Kind: page.Scalar, Pos: pos},
		"text":   {Kind: page.Scalar, Text: "%%% odd, text", Pos: pos},
		"list":   {Kind: page.List, Items: []page.Value{{Pos: pos}, {Kind: page.Map, Pos: pos}, {Kind: page.List, Pos: pos}}, Pos: pos},
		"map":    {Kind: page.Map, Fields: []page.Field{{Key: "x", Value: page.Value{Kind: page.List, Pos: pos}, Pos: pos}}, Pos: pos},
		"number": {Kind: page.Scalar, Text: "99999999999999999999", Pos: pos},
	}
	for _, f := range Fields() {
		for shape, v := range odd {
			v.Width = 3
			tree := page.Value{Kind: page.Map, Fields: []page.Field{{Key: f.Name, Value: v, Pos: pos}}}
			if len(f.Of) > 0 {
				tree.Fields = append(tree.Fields, page.Field{Key: "type", Value: scalar(f.Of[0])})
			}
			_, findings := Envelope(tree, "a.md")
			for _, d := range findings {
				if d.Pos != pos || d.Message == "" || d.Hint == "" {
					t.Errorf("%s, %s: %+v", f.Name, shape, d)
				}
			}
			wants := f.Kind == Text || f.Kind == Date || f.Kind == YesNo || f.Kind == Number || f.Kind == Enum || f.Kind == Enums
			if shape == "map" && wants && len(findings) == 0 {
				t.Errorf("%s: a map is taken without a word", f.Name)
			}
			if shape == "null" && len(findings) > 0 && !f.Decides {
				t.Errorf("%s: no value at all gives %v", f.Name, findings)
			}
		}
	}
}

func TestLookup(t *testing.T) {
	tree := page.Value{Kind: page.Map, Fields: []page.Field{
		{Key: "review_in", Value: scalar("1 year")},
		{Key: "Review-Every", Value: scalar("6 months")},
		{Key: "pubDate", Value: scalar("2020-01-01")},
		{Key: "my_own", Value: scalar("x")},
	}}
	for field, want := range map[string]string{"review_every": "6 months", "publish": "2020-01-01", "my_own": "x", "title": ""} {
		if v, ok := Lookup(tree, field); v.Text != want || ok != (want != "") {
			t.Errorf("%s: %q, %v", field, v.Text, ok)
		}
	}
}

func TestEnvelopeOfSmallThings(t *testing.T) {
	pos := diag.Pos{Path: "a.md", Line: 3, Column: 9}
	get := func(key string, v page.Value) (page.Meta, string) {
		v.Pos = pos
		meta, findings := Envelope(page.Value{Kind: page.Map, Fields: []page.Field{{Key: key, Value: v, Pos: pos}}}, "a.md")
		var words []string
		for _, d := range findings {
			words = append(words, fmt.Sprintf("%s %v", d.Rule, d.Class))
		}
		return meta, strings.Join(words, ", ")
	}
	m, f := get("search", page.Value{Kind: page.Map, Fields: []page.Field{{Key: "boost", Value: scalar("2.5")}, {Key: "exclude", Value: scalar("yes")}}})
	if m.Search.Boost != 2.5 || !m.Search.Exclude || f != "" {
		t.Errorf("search: %+v %s", m.Search, f)
	}
	in := func(scope string) page.Value {
		return page.Value{Kind: page.Map, Fields: []page.Field{{Key: "scope", Value: scalar(scope)}}}
	}
	if m, f = get("search", in("own")); !m.Search.Apart || f != "" {
		t.Errorf("scope: own: %+v %s", m.Search, f)
	}
	if m, f = get("search", in("mine")); m.Search.Apart || f != "value-wrong unclassified" {
		t.Errorf("scope: mine: %+v %s", m.Search, f)
	}
	if _, findings := Envelope(page.Value{Kind: page.Map, Fields: []page.Field{{Key: "search", Value: in("mine")}}}, "a.md"); findings[0].Message != `"mine" is no scope of the search.` ||
		findings[0].Hint != "Write scope: own on a folder's own page, or take the line out." {
		t.Errorf("scope: mine: %+v", findings[0])
	}
	if m, f = get("search", scalar("false")); !m.Search.Exclude || f != "" {
		t.Errorf("search: false: %+v %s", m.Search, f)
	}
	if m, f = get("lang", scalar("en_US")); m.Lang != "en-US" || f != "" {
		t.Errorf("lang: %q %s", m.Lang, f)
	}
	if m, f = get("lang", scalar("English please")); m.Lang != "" || f != "value-wrong unclassified" {
		t.Errorf("lang: %q %s", m.Lang, f)
	}
	if m, f = get("audience", scalar("Owner, fronline")); !slices.Equal(m.Audience, []string{"owner"}) || f != "value-wrong unclassified" {
		t.Errorf("audience: %q %s", m.Audience, f)
	}
	if m, f = get("owner", page.Value{Kind: page.Map, Fields: []page.Field{{Key: "name", Value: scalar("Sam")}}}); m.Owner != "Sam" || f != "" {
		t.Errorf("owner: %q %s", m.Owner, f)
	}
	if m, f = get("date", scalar("2020-01-02")); m.Date.Pos != pos || f != "" {
		t.Errorf("date: %+v %s", m.Date, f)
	}
	if m, f = get("publish", scalar("2020-01-02")); m.Date != m.Publish || m.Date.IsZero() || f != "" {
		t.Errorf("publish: %+v %s", m, f)
	}
	if m, f = get("status", page.Value{Kind: page.Map, Fields: []page.Field{{Key: "draft", Value: scalar("true")}}}); !m.Draft || f != "publication-unclear fix" {
		t.Errorf("status map: %v %s", m.Draft, f)
	}
	for key, want := range map[string]string{"kind": "value-wrong unclassified", "knid": "publication-unclear fix"} {
		v := scalar("decline")
		if key == "kind" {
			v = page.Value{Kind: page.List, Items: []page.Value{scalar("sop"), v}}
		}
		if m, f = get(key, v); !m.ForStaff() || f != want {
			t.Errorf("%s: %q %s", key, m.Kind, f)
		}
	}
	if m, f = get("knid", scalar("sop")); m.Kind != "" || f != "key-unknown unclassified" {
		t.Errorf("knid: %q %s", m.Kind, f)
	}
	if m, _ = Envelope(page.Value{}, "a.md"); m.Search.Boost != 1 || m.Draft || m.Status != page.Current {
		t.Errorf("nothing: %+v", m)
	}
}
