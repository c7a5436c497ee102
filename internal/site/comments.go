package site

import (
	"strings"

	"peppermill/internal/config"
	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// Comments is what readers said about a page, and how they may say more.
type Comments struct {
	Open   bool
	Thread []config.Comment
	Mail   bool   // by mail, to the address in the settings
	Link   Target // elsewhere; Nowhere for none
}

// comments gives each page its thread and its way to answer. Threads of pages
// that are withheld are nobody's business and no finding.
func (l *linker) comments() {
	used := map[string]bool{}
	for _, w := range l.site.Withheld {
		for _, name := range threadNames(w.Page) {
			used[name] = true
		}
	}
	for _, p := range l.pages[:l.sources] {
		l.ownComments(p, used)
	}
	for _, name := range sortedKeys(l.cfg.Threads) {
		if !used[name] {
			l.report(ruleCommentsUnused, l.cfg.Threads[name].Pos, 0, "no page has these comments",
				"name the file as the page is named, in the same folders, or write comments_data: "+name+" on the page")
		}
	}
}

// threadNames are the names that a page's thread may have, the surest first.
func threadNames(p *page.Page) []string {
	if own := p.Meta.CommentsData; own != "" {
		return []string{config.ThreadName(own)}
	}
	path := stem(p.Path)
	names := []string{path}
	if dir, base := split(path); dir != "" && (base == "index" || base == "_index" || base == "README") {
		names = append(names, strings.TrimSuffix(dir, "/"))
	}
	if p.Meta.ID != "" {
		names = append(names, p.Meta.ID)
	}
	return names
}

func (l *linker) ownComments(p *Page, used map[string]bool) {
	var c Comments
	for _, name := range threadNames(p.Source) {
		if t, ok := l.cfg.Threads[name]; ok && c.Thread == nil {
			c.Thread, used[name] = t.Comments, true
		}
	}
	m := &p.Source.Meta
	if m.CommentsData != "" && c.Thread == nil && !used[config.ThreadName(m.CommentsData)] {
		at, width := fieldPlace(p.Source, "comments_data", "comments-data")
		l.report(ruleCommentsMissing, at, width, "there are no comments at "+quote(m.CommentsData),
			"write them into _data/comments/"+config.ThreadName(m.CommentsData)+".yaml, or correct the name")
	}
	state := m.Comments
	if state == page.CommentsUnsaid {
		state = l.cfg.Comments.State
		if c.Thread == nil && (p.Kind != Single || state == page.CommentsClosed) {
			return // a page that never had any has none to close
		}
		l.adviseHidden(p, &c)
	}
	switch {
	case p.Kind == NotFound, state == page.CommentsUnsaid, state == page.CommentsOff:
		return
	case state == page.CommentsOpen:
		c.Open = true
		l.waysToAnswer(p, &c)
	}
	p.Comments = &c
}

// adviseHidden tells whoever brought comments and never said what is to become
// of them.
func (l *linker) adviseHidden(p *Page, c *Comments) {
	if l.cfg.Comments.State != page.CommentsUnsaid || c.Thread == nil {
		return
	}
	for _, name := range threadNames(p.Source) {
		if t, ok := l.cfg.Threads[name]; ok {
			l.report(ruleCommentsUnused, t.Pos, 0, "these comments are not shown, because comments are off",
				"write comments: closed in site.yaml to show them, or comments: off to keep them back")
			return
		}
	}
}

// waysToAnswer finds where a reader sends a comment to: the page's own address
// counts before the site's.
func (l *linker) waysToAnswer(p *Page, c *Comments) {
	set := &l.cfg.Comments
	if own := p.Source.Meta.CommentURL; own != "" {
		at, width := fieldPlace(p.Source, "comment_url", "comment-url")
		c.Link = l.target(p, &page.Link{Dest: own, Pos: at, Width: width})
		return
	}
	c.Mail = set.Mail != ""
	if set.Link != "" {
		c.Link = Target{Kind: External, URL: set.Link}
	}
	if c.Mail || set.Link != "" {
		return
	}
	at, width := fieldPlace(p.Source, "comments")
	if p.Source.Meta.Comments == page.CommentsUnsaid {
		if at, width = set.Pos, 0; l.nowhere {
			return // once is enough for a setting
		}
		l.nowhere = true
	}
	if at == (diag.Pos{}) {
		at.Path = p.Source.Path
	}
	l.report(ruleCommentsNowhere, at, width, "comments are open, but nobody is told where to send one",
		"give comments in site.yaml a mail or a link, or the page a comment_url")
}
