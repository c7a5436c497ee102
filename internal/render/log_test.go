package render

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

func on(y, m, d int) page.Date {
	return page.Date{Time: time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)}
}

// logged is a document with a log of three versions, the oldest first, and the
// text of its first.
func logged(t *testing.T) (*world, *site.Page) {
	w := newWorld(t)
	w.Config.Values["boss"] = "Bo"
	p, old := w.single("late", "Late & free", "<p>x</p>"), w.single("late-1.0", "Late (1.0)", "")
	p.Source.Meta = page.Meta{Type: "policy", Status: page.Approved, Control: page.Control{
		Version: "2.1", Effective: on(2026, 5, 1), Acknowledge: "agree",
		Changes: []page.Change{
			{Version: "1.0", Date: on(2024, 1, 9)},
			{Version: "2.0", Date: on(2026, 3, 1), Summary: "Free, says %{boss}", Because: "Ann <waited>", By: "%{boss}", Material: true},
			{Version: "2.0-b", Date: on(2026, 4, 1), Summary: "Limits", Staff: true, Said: true},
			{Version: "2.1", Date: on(2026, 5, 1), Summary: "A comma", Said: true},
		}}}
	old.Source.Meta.Control.Version, old.Successor = "1.0", p
	p.Earlier = []*site.Page{old}
	return w, p
}

func texts(nodes []*html.Node) string {
	var all []string
	for _, n := range nodes {
		all = append(all, text(n))
	}
	return strings.Join(all, "|")
}

// TestLog holds that a document shows what changed, the newest first, and that
// the element of a version holds what came after it and nothing else.
func TestLog(t *testing.T) {
	w, p := logged(t)
	doc := parse(t, paint(t, New(w.Site, builtIn(t)), p))
	if got := texts(find(doc, classed("change-facts"))); got != "2.1 1 May 2026|2.0 1 March 2026 Important change Bo|1.0 9 January 2024" {
		t.Error(got)
	}
	for version, want := range map[string]string{"2.0": "A comma", "1.0": "A comma|Free, says Bo"} {
		since := find(doc, func(n *html.Node) bool { id, _ := attr(n, "id"); return id == "since-"+version })
		if len(since) != 1 {
			t.Fatalf("%s: %d", version, len(since))
		}
		if got := texts(find(since[0], classed("change-what"))); got != want {
			t.Errorf("since %s: %s", version, got)
		}
	}
	if got := texts(find(doc, classed("change-why"))); got != "Because: Ann <waited>" {
		t.Error(got)
	}
	if got := find(find(doc, classed("change-text"))[0], named("a")); len(got) != 1 {
		t.Error("the text of 1.0 is not linked to")
	} else if href, _ := attr(got[0], "href"); href != "../late-1.0/index.html" {
		t.Error(href)
	}
	if got := texts(find(doc, classed("log-sign"))); got != "Staff sign that they have read version 2.0 and will keep to it. Signatures given for 2.0 still hold: the change to 2.1 was not material." {
		t.Error(got)
	}
	if len(find(doc, classed("sheet"))) != 0 || strings.Contains(text(doc), "Limits") {
		t.Error("the public edition has what is for staff")
	}
}

// TestSheet holds what is signed, and that only the staff edition has it, for
// what is in force.
func TestSheet(t *testing.T) {
	for name, c := range map[string]struct {
		edit        func(*page.Meta)
		marks       []string
		sign, sheet string
	}{
		"a small change": {sign: "2.0 and will keep to it. Signatures given for 2.0 still hold: the change to 2.1 was not material. A sheet for it is at the end of this page when you print it.",
			sheet: "Late & free · Version 2.1 · In force from 1 May 2026"},
		"receipt": {edit: func(m *page.Meta) { m.Control.Acknowledge, m.Control.Version = "receipt", "2.0-b" },
			sign: "Staff sign that they have received version 2.0-b. A sheet", sheet: "not that I agree with it."},
		"nobody signs":  {edit: func(m *page.Meta) { m.Control.Acknowledge = "" }},
		"no version":    {edit: func(m *page.Meta) { m.Control.Version = "" }},
		"replaced":      {edit: func(m *page.Meta) { m.Status = page.Superseded }},
		"a template":    {edit: func(m *page.Meta) { m.Status = page.Template }},
		"a draft":       {marks: []string{"staff", "draft"}},
		"a staff page":  {marks: []string{"staff"}, sign: "Signatures", sheet: "Version 2.1"},
		"without a log": {edit: func(m *page.Meta) { m.Control.Changes = nil }, sign: "Staff sign that they have read version 2.1 and will keep to it. A sheet", sheet: "Version 2.1"},
	} {
		w, p := logged(t)
		w.Config.Edition = page.Staff
		if c.edit != nil {
			c.edit(&p.Source.Meta)
		}
		p.Marks = c.marks
		doc := parse(t, paint(t, New(w.Site, builtIn(t)), p))
		sign, sheet := texts(find(doc, classed("log-sign"))), texts(find(doc, classed("sheet")))
		if !strings.Contains(sign, c.sign) || c.sign == "" && sign != "" {
			t.Errorf("%s: %s", name, sign)
		}
		if !strings.Contains(sheet, c.sheet) || c.sheet == "" && sheet != "" {
			t.Errorf("%s: %s", name, sheet)
		}
	}
}

// TestLogIDs holds that the ids of a log keep off those of the text.
func TestLogIDs(t *testing.T) {
	w, p := logged(t)
	p.Source.Headings = []page.Heading{{Level: 2, ID: "changes"}, {Level: 2, ID: "since-1.0"}}
	p.Source.Meta.Control.Changes[1].Version = "v 2/0 ü"
	doc := parse(t, paint(t, New(w.Site, builtIn(t)), p))
	var got []string
	for _, n := range find(doc, classed("since")) {
		id, _ := attr(n, "id")
		got = append(got, id)
	}
	if s := strings.Join(got, " "); s != "since-1.0-2 since-v-2-0-ü" {
		t.Error(s)
	}
	if len(find(doc, func(n *html.Node) bool { id, _ := attr(n, "id"); return id == "changes-2" })) != 1 {
		t.Error("the heading's id is that of another")
	}
}

// TestLogInText holds that what the author's own table says is folded, and
// still there for a link that leads to it.
func TestLogInText(t *testing.T) {
	w, p := logged(t)
	p.Source.Meta.Control.InText = true
	log := find(parse(t, paint(t, New(w.Site, builtIn(t)), p)), classed("log"))[0]
	folded := find(log, func(n *html.Node) bool { return n.Data == "details" && n.Type == html.ElementNode })
	if len(folded) != 1 || len(find(folded[0], classed("since"))) != 2 || len(find(folded[0], classed("log-sign"))) != 0 {
		t.Error("it is not folded, or more than that is")
	}
	p.Source.Meta.Control.Changes = p.Source.Meta.Control.Changes[3:]
	if doc := parse(t, paint(t, New(w.Site, builtIn(t)), p)); len(find(doc, classed("change"))) != 0 || len(find(doc, classed("log-sign"))) != 1 {
		t.Error("one change is folded, though there is nothing since")
	}
	p.Source.Meta.Status = page.Superseded
	if len(find(parse(t, paint(t, New(w.Site, builtIn(t)), p)), classed("log"))) != 0 {
		t.Error("a page that was replaced says what is new")
	}
}
