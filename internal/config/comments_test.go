package config

import (
	"fmt"
	"strings"
	"testing"

	"peppermill/internal/page"
)

func TestComments(t *testing.T) {
	c, diags := Load(input(`-- site.yaml --
comments: {state: Open, mail: sam+talk@example.com, link: "https://example.com/talk?a=b", notice: "We keep %{days}."}
-- _data/comments/posts/one.yaml --
- author: Ann
  date: 2019-05-02
  text: |
    First.

    Second.
  replies:
    - {author: Bo, date: "2019-05-03 08:30", text: <b>no</b>}
- text: no
-- _data/comments/two.json --
[{"author": "Cy", "date": "2019-05-02T10:00:00+02:00"}]
-- _data/comments/none.yaml --
`))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if got := fmt.Sprint(c.Comments.State, c.Comments.Mail, c.Comments.Link, c.Comments.Notice); got != fmt.Sprint(page.CommentsOpen, "sam+talk@example.com", "https://example.com/talk?a=b", "We keep %{days}.") {
		t.Error(got)
	}
	one := c.Threads["posts/one"].Comments
	if len(c.Threads) != 2 || len(one) != 2 || one[0].Text != "First.\n\nSecond.\n" || one[0].Date.HasTime || len(one[0].Replies) != 1 || !one[0].Replies[0].Date.HasTime || one[0].Replies[0].Text != "<b>no</b>" || one[1].Text != "no" {
		t.Errorf("%+v", c.Threads)
	}
	if at := c.Threads["two"].Pos.Path; at != "_data/comments/two.json" {
		t.Error(at)
	}
	for text, want := range map[string]page.Comments{"open": page.CommentsOpen, "CLOSED": page.CommentsClosed, "off": page.CommentsOff, "{}": page.CommentsUnsaid} {
		if c, diags := Load(input("-- site.yaml --\ncomments: " + text + "\n")); len(diags) > 0 || c.Comments.State != want {
			t.Errorf("%s: %v %v", text, c.Comments, diags)
		}
	}
}

// TestWrongComments holds that each mistake in a thread has a finding at its
// place, and that the other comments are kept.
func TestWrongComments(t *testing.T) {
	for _, tt := range []struct{ text, at, says string }{
		{"- author: Ann\n  email: a@b\n", "2:3", "known here: author, date, text, replies"},
		{"- author: [Ann]\n", "1:11", "one text"},
		{"- date: 05/09/2017\n", "1:9", "2025-01-31"},
		{"- just text\n", "1:3", "author, date and text"},
		{"author: Ann\n", "1:1", "list of comments"},
		{"- author: Ann\n  replies: Bo\n", "2:12", "list of comments"},
	} {
		c, diags := Load(input("-- _data/comments/one.yaml --\n" + tt.text))
		if len(diags) != 1 {
			t.Errorf("%q: %v", tt.text, diags)
			continue
		}
		d := diags[0]
		if at := fmt.Sprintf("%d:%d", d.Pos.Line, d.Pos.Column); at != tt.at || d.Pos.Path != "_data/comments/one.yaml" || !strings.Contains(d.Message+" "+d.Hint, tt.says) {
			t.Errorf("%q: %s %s (%s)", tt.text, at, d.Message, d.Hint)
		}
		if _, ok := c.Threads["one"]; !ok {
			t.Errorf("%q: the thread is gone", tt.text)
		}
	}
}

func TestThreadName(t *testing.T) {
	for in, want := range map[string]string{
		"posts/one": "posts/one", "/_data/comments/posts/one.yaml": "posts/one", "comments/one.json": "one", " one.yml ": "one", "v1.2": "v1.2", "": "",
	} {
		if got := ThreadName(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}

// TestContact holds what a reader is led to: a letter, or a place.
func TestContact(t *testing.T) {
	for text, want := range map[string]string{"sam@example.com": "mailto:sam@example.com", "https://example.com/@sam": "https://example.com/@sam", "": ""} {
		if c, diags := Load(input("-- site.yaml --\ncontact: " + text + "\n")); len(diags) > 0 || c.Contact != want {
			t.Errorf("%q: %q, %v", text, c.Contact, diags)
		}
	}
}
