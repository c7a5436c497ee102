package site

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"peppermill/internal/config"
	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// A case is a txtar archive. The file "site" holds settings, "want" the facts
// that are expected, every .md file a tiny page and every other one a file that
// is copied. A tiny page is lines "key: value", an empty line, then a line for
// each thing that matters here:
//
//	# id                 a heading ("# id staff" for one that only staff see)
//	@ id                 another anchor
//	[text](dest)         a link; ![alt](dest), [[page#part]] likewise
//	staff [text](dest)   the same in a staff-only part
//	%{name}              a blank; "staff %{name}" likewise
func readCase(t *testing.T, data []byte) (in Input, want string) {
	t.Helper()
	in = Input{
		Config: &config.Config{Title: "Our playbook", Lang: "en"},
		Words: config.Words{"en": {"home": "Home", "tags": "Tags", "authors": "Authors", "archive": "Archive",
			"series": "Series", "not-found": "Page not found"}, "es": {"tags": "Etiquetas"}},
		Now: day(t, "2026-06-01"),
	}
	for _, f := range txtar.Parse(data).Files {
		switch {
		case f.Name == "site":
			readSettings(t, &in, string(f.Data))
		case f.Name == "want":
			want = string(f.Data)
		case strings.HasSuffix(strings.ToLower(f.Name), ".md"):
			in.Pages = append(in.Pages, readPage(t, f.Name, string(f.Data)))
		default:
			in.Files = append(in.Files, f.Name)
		}
	}
	for _, p := range in.Pages {
		p.Lang = in.Config.Lang
		for _, lang := range in.Config.Languages {
			if strings.HasPrefix(p.Path, lang.Folder+"/") {
				p.Lang = lang.Code
			}
		}
		if p.Meta.Lang != "" {
			p.Lang = p.Meta.Lang
		}
	}
	return in, want
}

func readSettings(t *testing.T, in *Input, text string) {
	t.Helper()
	c := in.Config
	for line := range strings.Lines(text) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		first, rest, _ := strings.Cut(value, " ")
		switch key {
		case "":
		case "base":
			c.BaseURL = value
		case "lang":
			c.Lang = value
		case "listed":
			fmt.Sscan(value, &c.Listed)
		case "print":
			fmt.Sscan(value, &c.PrintPages)
		case "word":
			fmt.Sscan(value, &c.WordPages)
		case "language":
			c.Languages = append(c.Languages, config.Language{Code: first, Folder: rest})
		case "edition":
			if value == "staff" {
				c.Edition = page.Staff
			}
		case "include":
			in.Drafts = strings.Contains(value, "drafts")
			in.Future = strings.Contains(value, "future")
			in.Expired = strings.Contains(value, "expired")
		case "value":
			c.Values, c.Profiled = put(c.Values, first, rest), put(c.Profiled, first, true)
		case "default":
			c.Facts = put(c.Facts, first, page.Fact{Default: rest})
		case "label":
			c.Facts = put(c.Facts, first, page.Fact{Label: rest})
		case "phrase":
			f := c.Facts[first]
			f.Phrases = append(f.Phrases, rest)
			c.Facts = put(c.Facts, first, f)
		case "tag":
			name, aliases, _ := strings.Cut(rest, " = ")
			c.TagInfo = put(c.TagInfo, config.Fold(first), config.Term{Name: name, Description: "About " + name + ".", Aliases: list(aliases)})
		case "comments":
			c.Comments.State = map[string]page.Comments{"open": page.CommentsOpen, "closed": page.CommentsClosed}[first]
			c.Comments.Mail, c.Comments.Pos = rest, diag.Pos{Path: "site.yaml", Line: 1, Column: 11}
		case "thread":
			c.Threads = put(c.Threads, first, config.Thread{Comments: []config.Comment{{Author: rest}}, Pos: diag.Pos{Path: "_data/comments/" + first + ".yaml"}})
		case "picture":
			in.Pictures = put(in.Pictures, first, readPicture(t, rest))
		case "unusable":
			in.Unusable = append(in.Unusable, value)
		case "reserved":
			in.Reserved = append(in.Reserved, value)
		default:
			t.Fatalf("unknown setting %q", line)
		}
	}
}

// readPicture reads "3000x2000 480=till.480.jpg 800=till.800.jpg".
func readPicture(t *testing.T, text string) (p Picture) {
	t.Helper()
	size, copies, _ := strings.Cut(text, " ")
	if _, err := fmt.Sscanf(size, "%dx%d", &p.Width, &p.Height); err != nil {
		t.Fatal(err)
	}
	for c := range strings.FieldsSeq(copies) {
		width, address, _ := strings.Cut(c, "=")
		n, err := strconv.Atoi(width)
		if err != nil {
			t.Fatal(err)
		}
		p.Copies = append(p.Copies, SizedCopy{n, address})
	}
	return p
}

func put[V any](m map[string]V, key string, value V) map[string]V {
	if m == nil {
		m = map[string]V{}
	}
	m[key] = value
	return m
}

func readPage(t *testing.T, path, text string) *page.Page {
	t.Helper()
	p := &page.Page{Path: path}
	body := false
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		at := diag.Pos{Path: path, Line: number, Column: 1}
		switch {
		case line == "":
			body = true
		case body:
			readBody(t, p, line, at)
		default:
			key, value, ok := strings.Cut(line, ": ")
			if !ok {
				t.Fatalf("%s:%d: no key: %q", path, number, line)
			}
			readMeta(t, p, key, value, at)
		}
	}
	if p.Title == "" {
		p.Title = page.Text(readable(baseOf(stem(path))))
	}
	readGraph(p)
	return p
}

func readMeta(t *testing.T, p *page.Page, key, value string, at diag.Pos) {
	t.Helper()
	m := &p.Meta
	ref := page.Ref{Text: value, Pos: at, Width: len(value)}
	ref.Pos.Column = len(key) + 3
	m.Tree.Kind = page.Map
	m.Tree.Fields = append(m.Tree.Fields, page.Field{Key: key, Pos: at,
		Value: page.Value{Kind: page.Scalar, Text: value, Pos: ref.Pos, Width: len(value)}})
	switch key {
	case "title":
		p.Title = page.Text(value)
	case "summary":
		p.Summary = page.Text(value)
	case "linktitle":
		m.LinkTitle = page.Text(value)
	case "type":
		m.Type = value
	case "kind":
		m.Kind = value
	case "id":
		m.ID = value
	case "slug":
		m.Slug = value
	case "url":
		m.URL = value
	case "alias":
		m.Aliases = append(m.Aliases, ref)
	case "related":
		m.Related = append(m.Related, ref)
	case "translation_of":
		m.TranslationOf = ref
	case "lang":
		m.Lang = value
	case "owner":
		m.Owner = value
	case "approver":
		m.Control.Approver = value
	case "comments":
		m.Comments = map[string]page.Comments{"open": page.CommentsOpen, "closed": page.CommentsClosed, "off": page.CommentsOff}[value]
	case "comment_url":
		m.CommentURL = value
	case "comments_data":
		m.CommentsData = value
	case "supersedes":
		m.Control.Supersedes = append(m.Control.Supersedes, ref)
	case "superseded_by":
		m.Control.SupersededBy = ref
	case "outputs":
		m.HasOutputs = true
		if value != "[]" {
			m.Outputs = list(value)
		}
	case "tags":
		m.Tags = list(value)
	case "authors":
		m.Authors = list(value)
	case "series":
		m.Series = value
	case "part":
		m.Part = number(t, value)
	case "weight":
		m.Weight, m.HasWeight = number(t, value), true
	case "date":
		m.Date = page.Date{Time: day(t, value)}
	case "publish":
		m.Publish = page.Date{Time: day(t, value)}
	case "expires":
		m.Expires = page.Date{Time: day(t, value)}
	case "draft":
		m.Draft = true
	case "broken":
		p.Broken = true
	case "visibility":
		m.Visible = map[string]page.Visibility{"public": page.Public, "staff": page.Staff}[value]
	case "status":
		for s := page.Current; s <= page.Retired; s++ {
			if s.String() == value {
				m.Status = s
			}
		}
	default:
		if !readControl(t, p, key, value, at) {
			t.Fatalf("unknown key %q", key)
		}
	}
}

func readBody(t *testing.T, p *page.Page, line string, at diag.Pos) {
	t.Helper()
	line, staff := strings.CutPrefix(line, "staff ")
	k := page.Link{Staff: staff, Pos: at}
	switch {
	case strings.HasPrefix(line, "# "):
		id, staff := strings.CutSuffix(line[2:], " staff")
		p.Headings = append(p.Headings, page.Heading{Level: 2, ID: id, Staff: staff})
		return
	case strings.HasPrefix(line, "= "):
		readFigure(p, line[2:], at)
		return
	case strings.HasPrefix(line, "@ "):
		id, staff := strings.CutSuffix(line[2:], " staff")
		p.Anchors = append(p.Anchors, page.Anchor{ID: id, Staff: staff})
		return
	case strings.HasPrefix(line, "%{"):
		p.Blanks = append(p.Blanks, page.Blank{Name: strings.Trim(line, "%{}"), Staff: staff, Pos: at})
		return
	case strings.HasPrefix(line, "[["):
		k.Kind, k.Dest = page.Wiki, strings.Trim(line, "[]")
		k.Pos.Column = 3
	default:
		if strings.HasPrefix(line, "!") {
			k.Kind = page.Image
		}
		i := strings.Index(line, "](")
		if i < 0 {
			t.Fatalf("what is %q?", line)
		}
		k.Dest, k.Pos.Column = strings.TrimSuffix(line[i+2:], ")"), i+3
		if from, dest, ok := strings.Cut(k.Dest, " from "); ok { // an included file
			k.Dest, k.Pos.Path = from, dest
		}
	}
	k.Width = len(k.Dest)
	for _, name := range page.Text(k.Dest).Blanks() {
		p.Blanks = append(p.Blanks, page.Blank{Name: name, Staff: staff, Pos: k.Pos})
	}
	p.Links = append(p.Links, k)
}

func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ", ")
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func day(t *testing.T, s string) time.Time {
	t.Helper()
	d, err := time.Parse("2006-01-02", s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// facts prints what is known of a site, one page after the other, leaving out
// what goes without saying.
func facts(s *Site, found diag.List) string {
	var b strings.Builder
	kinds := [...]string{"single", "section", "home", "tags", "tag", "authors", "author", "archive", "year", "series-index", "series", "letters", "letter", "not-found", "print"}
	say := func(key string, pages []*Page) {
		if len(pages) == 0 {
			return
		}
		fmt.Fprintf(&b, "\t%s:", key)
		for _, p := range pages {
			fmt.Fprintf(&b, " %s", short(p))
		}
		b.WriteByte('\n')
	}
	for _, p := range s.Pages {
		if p.Kind == Letters && p.Source == nil && p.Items[0].Kind != Letter {
			continue // every site has it; only a long one is worth showing
		}
		fmt.Fprintf(&b, "%s %s %q", p.Address, kinds[p.Kind], p.Title)
		if p.Pager != nil {
			fmt.Fprintf(&b, " page %d of %d", p.Number, len(p.Pager.Pages))
		}
		if p.Name != p.Title {
			fmt.Fprintf(&b, " called %q", p.Name)
		}
		if p.Lang != s.Config.Lang {
			fmt.Fprintf(&b, " in %s", p.Lang)
		}
		if p.Source != nil {
			fmt.Fprintf(&b, " from %s", p.Source.Path)
		}
		if len(p.Marks) > 0 {
			fmt.Fprintf(&b, " marked %s", strings.Join(p.Marks, ", "))
		}
		b.WriteByte('\n')
		if p.Word != "" {
			fmt.Fprintf(&b, "\tword: %s\n", p.Word)
		}
		if p.Summary != "" {
			fmt.Fprintf(&b, "\tsummary: %s\n", p.Summary)
		}
		for _, one := range []struct {
			key  string
			page *Page
		}{{"parent", p.Parent}, {"prev", p.Prev}, {"next", p.Next}, {"series", p.Series},
			{"owner", p.Owner}, {"approver", p.Approver}, {"replaced by", p.Successor}} {
			if one.page != nil && (one.key != "parent" || one.page.Kind != Home) {
				say(one.key, []*Page{one.page})
			}
		}
		if p.Parts > 0 {
			fmt.Fprintf(&b, "\tpart: %d of %d\n", p.Part, p.Parts)
		}
		say("children", p.Children)
		if !samePages(p.Items, p.Children) {
			say("items", p.Items)
		}
		if p.Print != nil {
			say("print", []*Page{p.Print})
		}
		say("tags", p.Tags)
		say("authors", p.Authors)
		say("replaces", p.Replaces)
		say("backlinks", p.Backlinks)
		say("related", p.Related)
		say("translations", p.Translations)
		b.WriteString(edgeFacts(p))
		if c := p.Comments; c != nil {
			fmt.Fprintf(&b, "\tcomments: open %v, by mail %v, at %s", c.Open, c.Mail, describe(c.Link))
			for _, one := range c.Thread {
				fmt.Fprintf(&b, ", from %s", one.Author)
			}
			b.WriteByte('\n')
		}
		if p.Source != nil {
			for i, target := range p.Targets {
				fmt.Fprintf(&b, "\t%s -> %s\n", p.Source.Links[i].Dest, describe(target))
			}
		}
	}
	otherFacts(&b, s, found)
	return b.String()
}

func otherFacts(b *strings.Builder, s *Site, found diag.List) {
	for _, m := range s.Moved {
		fmt.Fprintf(b, "moved %s -> %s\n", m.Address, m.Page.Address)
	}
	for _, f := range s.Files {
		fmt.Fprintf(b, "file %s\n", f.Address)
		if f.Picture != nil {
			fmt.Fprintf(b, "\tpicture %dx%d %v\n", f.Picture.Width, f.Picture.Height, f.Picture.Copies)
		}
	}
	for _, p := range s.Promised {
		fmt.Fprintf(b, "promised %s\n", p.Address)
	}
	for _, w := range s.Withheld {
		fmt.Fprintf(b, "withheld %s: %s\n", w.Page.Path, w.Reason)
	}
	for _, d := range found.Classify(Rules(), nil) {
		fmt.Fprintf(b, "%s %s %s:%d:%d: %s\n", d.Class, d.Rule, d.Pos.Path, d.Pos.Line, d.Pos.Column, d.Message)
		if d.Hint != "" {
			fmt.Fprintf(b, "\t%s\n", d.Hint)
		}
	}
}

func samePages(a, b []*Page) bool {
	return fmt.Sprint(a) == fmt.Sprint(b)
}

func short(p *Page) string {
	if s := addressStem(p.Address); s != "" {
		return s
	}
	return "/"
}

func describe(t Target) string {
	var s string
	switch t.Kind {
	case Nowhere:
		return "nowhere"
	case External:
		return "external " + t.URL
	case ToPage:
		s = "page " + t.Page.Address
		if t.Address != t.Page.Address {
			s += " BUT " + t.Address
		}
	case ToFile:
		s = "file " + t.Address
	}
	s += t.Query
	if t.Fragment != "" {
		s += "#" + t.Fragment
	}
	return s
}
