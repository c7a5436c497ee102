package render

import (
	"strings"
	"testing"
	"time"

	"peppermill/internal/config"
	"peppermill/internal/page"
	"peppermill/internal/site"
)

// TestComments holds what a thread looks like: text and nothing else, each
// reply after what it answers and leading back to it.
func TestComments(t *testing.T) {
	w := newWorld(t)
	w.Config.Comments = config.Comments{Mail: "talk+us@example.com", Notice: "Kept for %{days}."}
	w.Config.Values["days"] = "30 days"
	p := w.single("late", "Late & 100 % free?", "<p>x</p>")
	thread := []config.Comment{
		{Author: "Ann", Date: page.Date{Time: time.Date(2019, 5, 2, 0, 0, 0, 0, time.UTC)}, Text: "One <b>line</b>\r\n& more\n\n \n\nTwo\n", Replies: []config.Comment{
			{Author: "Bo", Text: "b", Replies: []config.Comment{{Text: "c", Replies: []config.Comment{{Author: "Di", Text: "d", Replies: []config.Comment{{Author: "Ed", Text: "e"}}}}}}}}},
		{Author: "Flo"},
	}
	p.Comments = &site.Comments{Thread: thread}
	section := func() string {
		found := find(parse(t, paint(t, New(w.Site, builtIn(t)), p)), classed("comments"))
		if len(found) == 0 {
			return ""
		}
		var lines []string
		for _, c := range find(found[0], named("article")) {
			class, _ := attr(c, "class")
			id, _ := attr(c, "id")
			line := id + " " + strings.TrimPrefix(class, "comment")
			for _, n := range find(c, named("p", "a", "time")) {
				href, _ := attr(n, "href")
				line += " | " + href + text(n)
			}
			lines = append(lines, line)
		}
		for _, n := range find(found[0], named("ul", "p")) {
			if class, _ := attr(n, "class"); strings.HasPrefix(class, "comments-") {
				line := text(n)
				for _, a := range find(n, named("a")) {
					href, _ := attr(a, "href")
					line += " " + href
				}
				lines = append(lines, line)
			}
		}
		return strings.Join(lines, "\n")
	}
	archive := `comment:1  | Ann 2 May 2019 | 2 May 2019 | One <b>line</b> & more | Two
comment:2  deep-1 | Bo Reply to Ann | #comment:1Reply to Ann | b
comment:3  deep-2 | Without a name Reply to Bo | #comment:2Reply to Bo | c
comment:4  deep-3 | Di Reply to Without a name | #comment:3Reply to Without a name | d
comment:5  deep-3 | Ed Reply to Di | #comment:4Reply to Di | e
comment:6  | Flo
`
	if got := section(); got != archive+"Comments are closed." {
		t.Errorf("closed:\n%s", got)
	}
	p.Comments = &site.Comments{Open: true, Mail: true, Thread: thread[1:], Link: site.Target{Kind: site.External, URL: "https://talk.example.org/x?y=1"}}
	want := `comment:1  | Flo
Comment by e-mail Comment at talk.example.org mailto:talk+us@example.com?subject=Late%20%26%20100%20%25%20free%3F https://talk.example.org/x?y=1
Kept for 30 days.`
	if got := section(); got != want {
		t.Errorf("open:\n%s", got)
	}
	p.Comments = &site.Comments{Open: true, Link: site.Target{Kind: site.ToPage, Page: w.Home, Address: "index.html"}}
	if got := section(); got != "Comment on this page ../../index.html\nKept for 30 days." {
		t.Errorf("on a page of the site:\n%s", got)
	}
	for _, p.Comments = range []*site.Comments{nil, {Open: true}, {Open: true, Link: site.Target{Kind: site.External, URL: "javascript:alert(1)"}}} {
		if got := section(); got != "" {
			t.Errorf("nothing to say, and yet:\n%s", got)
		}
	}
}
