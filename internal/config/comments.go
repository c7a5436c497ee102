package config

import (
	"fmt"
	"net/url"
	"path"
	"strings"
	"time"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// Comments is how readers may answer, on pages that do not say otherwise.
type Comments struct {
	State  page.Comments
	Mail   string    // an e-mail address; "" for none
	Link   string    // http or https; "" for none
	Notice page.Text // what becomes of what one sends
	Pos    diag.Pos  // of the setting
}

// Thread is what was said about a page, as a file in _data/comments keeps it.
type Thread struct {
	Comments []Comment
	Pos      diag.Pos // the file
}

// Comment is one contribution. All of it is plain text.
type Comment struct {
	Author  string
	Date    page.Date
	Text    string // paragraphs are parted by empty lines
	Replies []Comment
}

// comments reads the setting: a state, or a map of state, mail, link and notice.
func (r *reader) comments(c *Config, v page.Value) {
	c.Comments.Pos = v.Pos
	if v.Kind == page.Scalar {
		r.commentState(v, &c.Comments.State)
		return
	}
	r.keys(v, []key{
		{"state", func(v page.Value) { r.commentState(v, &c.Comments.State) }},
		{"mail", func(v page.Value) { r.mail(v, &c.Comments.Mail) }},
		{"link", func(v page.Value) { r.webLink(v, &c.Comments.Link) }},
		{"notice", func(v page.Value) { r.title(v, &c.Comments.Notice) }},
	})
}

func (r *reader) commentState(v page.Value, into *page.Comments) {
	switch strings.ToLower(v.Text) {
	case "open":
		*into = page.CommentsOpen
	case "closed":
		*into = page.CommentsClosed
	case "off", "":
		*into = page.CommentsOff
	default:
		r.report(ruleShape, v, fmt.Sprintf("comments cannot be %q", v.Text), "write open, closed or off")
	}
}

// mail reads one plain address, the part of RFC 5322 that needs no quoting.
func (r *reader) mail(v page.Value, into *string) {
	if v.Kind == page.Null {
		return
	}
	name, host, _ := strings.Cut(v.Text, "@")
	plain := func(s string) bool {
		return s != "" && strings.Trim(s, ".") == s && !strings.ContainsFunc(s, func(c rune) bool {
			return c <= ' ' || c == 0x7f || strings.ContainsRune(`@"(),:;<>[\]?&%/#`, c)
		})
	}
	if v.Kind != page.Scalar || !plain(name) || !plain(host) {
		r.report(ruleShape, v, fmt.Sprintf("%q is not an e-mail address", v.Text), "write it plainly, such as hello@example.com")
		return
	}
	*into = v.Text
}

// contact reads an e-mail address, or that of a page elsewhere.
func (r *reader) contact(v page.Value, into *string) {
	if strings.Contains(v.Text, "://") || v.Kind == page.Scalar && !strings.Contains(v.Text, "@") {
		r.webLink(v, into)
		return
	}
	if r.mail(v, into); *into != "" {
		*into = "mailto:" + *into
	}
}

// webLink reads the whole address of a page elsewhere.
func (r *reader) webLink(v page.Value, into *string) {
	if v.Kind == page.Null {
		return
	}
	u, err := url.Parse(v.Text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		r.report(ruleShape, v, fmt.Sprintf("%q is not an address on the web", v.Text), "write it whole, such as https://example.com/talk")
		return
	}
	*into = u.String()
}

// thread reads _data/comments/<page>.yaml: a list of comments.
func (r *reader) thread(c *Config, name string, v page.Value) {
	if v.Kind == page.Null {
		return
	}
	if c.Threads == nil {
		c.Threads = map[string]Thread{}
	}
	c.Threads[name] = Thread{Comments: r.said(v), Pos: diag.Pos{Path: v.Pos.Path}}
}

func (r *reader) said(v page.Value) []Comment {
	if v.Kind != page.List {
		r.report(ruleShape, v, "here should stand a list of comments", `begin each with "- author: …", and put date and text below it`)
		return nil
	}
	var out []Comment
	for _, item := range v.Items {
		if item.Kind != page.Map {
			r.report(ruleShape, item, "here should stand a comment", "write author, date and text on lines of their own")
			continue
		}
		var c Comment
		r.keys(item, []key{
			{"author", func(v page.Value) { r.text(v, &c.Author) }},
			{"date", func(v page.Value) { c.Date = r.moment(v) }},
			{"text", func(v page.Value) { r.text(v, &c.Text) }},
			{"replies", func(v page.Value) {
				if v.Kind != page.Null {
					c.Replies = r.said(v)
				}
			}},
		})
		out = append(out, c)
	}
	return out
}

// moment reads a day, or a time of day with it: what exporters write.
func (r *reader) moment(v page.Value) page.Date {
	if v.Kind == page.Null {
		return page.Date{}
	}
	for _, layout := range [...]string{time.DateOnly, time.RFC3339, time.DateTime, "2006-01-02 15:04"} {
		if at, err := time.Parse(layout, v.Text); err == nil {
			return page.Date{Time: at, HasTime: layout != time.DateOnly, Pos: v.Pos}
		}
	}
	r.report(ruleShape, v, fmt.Sprintf("%q is not a date", v.Text), "write it as 2025-01-31, or 2025-01-31 17:00 with a time")
	return page.Date{}
}

// ThreadName is the name of the thread that a page or a person means: without
// the folder that all of them lie in, and without an ending.
func ThreadName(s string) string {
	s = strings.Trim(strings.TrimSpace(s), "/")
	s = strings.TrimPrefix(strings.TrimPrefix(s, "_data/"), "comments/")
	switch path.Ext(s) {
	case ".yaml", ".yml", ".toml", ".json":
		s = strings.TrimSuffix(s, path.Ext(s))
	}
	return s
}
