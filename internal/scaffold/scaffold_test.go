package scaffold_test

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"peppermill/internal/build"
	"peppermill/internal/markdown"
	"peppermill/internal/page"
	"peppermill/internal/scaffold"
	"peppermill/internal/schema"
	"peppermill/internal/source"
)

var (
	trades = []string{"café", "Coffee shop", "Plumbing & heating", "hair salons", "Chartered accountants", "book shop", "veterans' museum", "x"}
	names  = []string{
		"Hill Street Cycles", "Tom's \"Best\" #1: Café [x](javascript:y) %{z}", `back\slash \%{z} \\%{y} \| |`, "*bold* _it_ __x__ ~~no~~ `code`",
		"<script>alert(1)</script> &amp; &#35; <!-- x -->", "![p](q.png) [[index]] [^1] [ref] {#id .x} 100%{#id}", ":coffee: www.evil.example http://evil.example a@evil.example",
		"# heading", "- item", "1. one", "---", ": def", ":::staff", "yes", "null", "{{.Words}} {{#include site.yaml}} {{ end", "名前 👩‍👩‍👧 \u00e9", "Ends with \\", "$x$ ^y^ ==z== (c) -> @me",
	}
)

// made builds the files and returns the site's pages, failing on any finding.
func made(t *testing.T, b *build.Builder, files []scaffold.File, o build.Options) map[string][]byte {
	t.Helper()
	content := fstest.MapFS{}
	for _, f := range files {
		content[f.Path] = &fstest.MapFile{Data: f.Data, Mode: 0o644}
	}
	o.Now, o.Strict = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), true
	r, err := b.Run(context.Background(), build.Input{Content: content, Options: o})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range r.Diags {
		t.Errorf("%s:%d: %s [%s]\n%s", d.Pos.Path, d.Pos.Line, d.Message, d.Rule, d.Excerpt)
	}
	tree, err := r.Tree.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

var (
	tags   = regexp.MustCompile(`<[^>]*>`)
	spaces = regexp.MustCompile(`\s+`)
	// straight undoes typographic marks, which are no markup.
	straight = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "—", "---", "–", "--", "…", "...", "\u00a0", " ")
)

func text(page []byte) string {
	return straight.Replace(html.UnescapeString(spaces.ReplaceAllString(tags.ReplaceAllString(string(page), ""), " ")))
}

func TestStarterBuilds(t *testing.T) {
	var b build.Builder
	for i, trade := range trades {
		for j, name := range names {
			if i > 0 && j > 1 {
				continue // what a name looks like does not depend on every trade
			}
			shownAsText(t, &b, scaffold.Answers{Name: name, Trade: trade, Contact: "01632 960123", Complaints: name})
		}
	}
}

func shownAsText(t *testing.T, b *build.Builder, a scaffold.Answers) {
	t.Helper()
	files, err := scaffold.Starter(a)
	if err != nil {
		t.Fatalf("%q: %v", a.Name, err)
	}
	tree := made(t, b, files, build.Options{})
	if t.Failed() {
		t.Fatalf("with the name %q and the trade %q", a.Name, a.Trade)
	}
	want := straight.Replace(a.Name)
	for path, before := range map[string]string{
		"index.html": "What we do", "contact/index.html": "Our name", "policies/complaints/index.html": "ask for ", "roles/index.html": "lead",
	} {
		body := string(tree[path])
		if !strings.Contains(text([]byte(body)), want) {
			t.Fatalf("%s does not show %q as it is: %s", path, a.Name, around(text([]byte(body)), before))
		}
		_, main, _ := strings.Cut(body, "<main")
		for _, bad := range []string{"<script>", "javascript:y\"", "evil.example\"", "<em>", "<strong>bold", "<del>", "<code>", `id="id"`, "☕"} {
			if strings.Contains(main, bad) {
				t.Fatalf("%s: %q has become markup: %s", path, a.Name, around(main, bad))
			}
		}
	}
	if title := string(tree["index.html"]); !strings.Contains(text([]byte(title[strings.Index(title, "<title>"):strings.Index(title, "</title>")])), want) {
		t.Fatalf("the title does not show %q", a.Name)
	}
}

func around(s, what string) string {
	i := max(strings.Index(s, what), 0)
	return s[i:min(len(s), i+150)]
}

func TestContactIsLinked(t *testing.T) {
	files, err := scaffold.Starter(scaffold.Answers{Name: "n", Trade: "t", Complaints: "c",
		Contact: "first_last@shop.example, https://shop.example/a_b_c or <b> [x](y) %{z} :coffee:"})
	if err != nil {
		t.Fatal(err)
	}
	page := string(made(t, new(build.Builder), files, build.Options{})["contact/index.html"])
	for _, want := range []string{`href="mailto:first_last@shop.example"`, `href="https://shop.example/a_b_c"`} {
		if !strings.Contains(page, want) {
			t.Errorf("%s is missing", want)
		}
	}
	if !strings.Contains(text([]byte(page)), "or <b> [x](y) %{z} :coffee:") {
		t.Error(around(text([]byte(page)), "reach"))
	}
}

func TestAnswersRefused(t *testing.T) {
	for _, bad := range []string{"", "  ", "a\x1b[2Jb", "a\x00", "\xff", "a\u202eb", strings.Repeat("x", 201), "\ufffe"} {
		_, err := scaffold.Starter(scaffold.Answers{Name: bad, Trade: "t", Contact: "c", Complaints: "c"})
		if e, ok := errors.AsType[*scaffold.Error](err); !ok || e.Hint == "" {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := scaffold.Starter(scaffold.Answers{Name: " two\n lines\u2028\t", Trade: "t", Contact: "c", Complaints: "c"}); err != nil {
		t.Error("white space is no reason to refuse:", err)
	}
}

// TestLaw holds what a refunds policy must say, in every trade.
func TestLaw(t *testing.T) {
	for _, trade := range trades {
		files, err := scaffold.Starter(scaffold.Answers{Name: "n", Trade: trade, Contact: "c", Complaints: "c"})
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(files, func(f scaffold.File) bool { return f.Path == "policies/refunds.md" })
		for _, want := range []string{"jurisdiction: United Kingdom", "our legal rights are unaffected", "not legal advice"} {
			if i < 0 || !strings.Contains(string(spaces.ReplaceAll(files[i].Data, []byte(" "))), want) {
				t.Errorf("%s: the refunds policy does not say %q", trade, want)
			}
		}
	}
}

// TestOwnWords holds that a starter shares no sentence with the sample site
// and the manual: whoever begins with it begins with words of their own.
func TestOwnWords(t *testing.T) {
	sample := map[string]string{}
	err := filepath.WalkDir("../../content", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".md") {
			return err
		}
		data, err := os.ReadFile(path)
		for _, s := range sentences(string(data)) {
			sample[s] = path
		}
		return err
	})
	if err != nil || len(sample) < 50 {
		t.Fatal("the sample site was not read:", err, len(sample))
	}
	for _, trade := range trades {
		files, err := scaffold.Starter(scaffold.Answers{Name: "n", Trade: trade, Contact: "c", Complaints: "c"})
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range scaffold.Kinds() {
			f, err := scaffold.NewPage(k, "x", "", nil, time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
		for _, f := range files {
			for _, s := range sentences(string(f.Data)) {
				if path := sample[s]; path != "" {
					t.Errorf("%s and %s both say %q", f.Path, path, s)
				}
			}
		}
	}
}

var ends = regexp.MustCompile(`[.!?:;|"()]+|\n\n|\n *[-0-9#]|:::`)

// clocks are the people and times at the end of steps, which are no sentences.
var clocks = regexp.MustCompile(`\([^()]*\)\n`)

// sentences are the runs of six or more words between marks.
func sentences(s string) []string {
	s = clocks.ReplaceAllString(s, "\n")
	var out []string
	for _, part := range ends.Split(strings.ToLower(s), -1) {
		if words := strings.FieldsFunc(part, func(r rune) bool { return r <= ' ' || strings.ContainsRune("*_,`[]>", r) }); len(words) >= 6 {
			out = append(out, strings.Join(words, " "))
		}
	}
	return out
}

func TestPagesBuild(t *testing.T) {
	day := time.Date(2025, 12, 24, 9, 0, 0, 0, time.UTC)
	var b build.Builder
	for _, title := range append(slices.Clone(names), "") {
		var files []scaffold.File
		for _, k := range scaffold.Kinds() {
			for _, where := range []string{"the-" + k.Name, "elsewhere/the-" + k.Name + ".md"} {
				f, err := scaffold.NewPage(k, where, title, nil, day)
				if err != nil {
					t.Fatal(err)
				}
				files = append(files, f)
			}
		}
		tree := made(t, &b, files, build.Options{Drafts: true})
		if t.Failed() {
			t.Fatalf("with the title %q", title)
		}
		if got := text(tree["the-page/index.html"]); title != "" && !strings.Contains(got, straight.Replace(title)) {
			t.Errorf("%q is not shown as it is", title)
		}
	}
}

func TestNewPage(t *testing.T) {
	for _, tt := range []struct{ kind, where, folders, path, title, front string }{
		{"policy", "late-deliveries", "", "policies/late-deliveries.md", "Late deliveries", ""},
		{"policy", "Late Deliveries", "", "policies/late-deliveries.md", "Late Deliveries", ""},
		{"policy", "a.MD", "02-policies", "02-policies/a.md", "A", ""},
		{"policy", "Shop/Über uns", "", "Shop/Über uns.md", "Über uns", "type: policy"},
		{"story", "x", "case-studies stories", "stories/x.md", "X", ""},
		{"story", "x", "case-studies", "case-studies/x.md", "X", "date: 2025-12-24"},
		{"post", "x", "blog", "blog/x.md", "X", "draft: true"},
		{"procedure", "x", "", "procedures/x.md", "X", ""},
		{"page", "x_y.z", "policies", "x_y.z.md", "X y.z", ""},
		{"page", "policies/x", "", "policies/x.md", "X", "type: page"},
		{"page", "policies/index", "", "policies/index.md", "Policies", ""},
		{"page", "日本", "", "日本.md", "日本", ""},
	} {
		k, ok := scaffold.FindKind(tt.kind)
		if !ok {
			t.Errorf("there is no %s", tt.kind)
			continue
		}
		f, err := scaffold.NewPage(k, tt.where, "", strings.Fields(tt.folders), time.Date(2025, 12, 24, 0, 0, 0, 0, time.UTC))
		if err != nil || f.Path != tt.path || !strings.Contains(string(f.Data), fmt.Sprintf("title: %q\n", tt.title)) || !strings.Contains(string(f.Data), tt.front) {
			t.Errorf("%s %s: %s %v\n%s", tt.kind, tt.where, f.Path, err, f.Data)
		}
		if tt.front == "" && strings.Contains(string(f.Data), "type:") {
			t.Errorf("%s %s: says the type that its folder implies", tt.kind, tt.where)
		}
	}
}

func TestNamesRefused(t *testing.T) {
	k, _ := scaffold.FindKind("page")
	for _, bad := range []string{
		"", " ", ".", "..", "../x", "a/../b", "/etc/x", "a//b", "a/", `a\b`, `C:\x`, "c:x", "a\x00b", "a\x1bb", "\xff", "a\u202eb", ".hidden", ".git/x", "_data/x", "_theme/x",
		"con", "aux.md", "a/com1.txt", "nul", "---", "-x", "a.", "a /b", "what?", "a*b", "x<y", "node_modules/x", strings.Repeat("x", 201), strings.Repeat("x/", 600) + "x", ".md",
	} {
		f, err := scaffold.NewPage(k, bad, "", nil, time.Time{})
		if e, ok := errors.AsType[*scaffold.Error](err); !ok || e.Hint == "" {
			t.Errorf("%q gives %q, %v", bad, f.Path, err)
		}
	}
}

// TestKinds holds that the plain names agree with the rule book.
func TestKinds(t *testing.T) {
	for _, k := range scaffold.Kinds() {
		i := slices.IndexFunc(schema.Types(), func(s schema.Type) bool { return s.Name == k.Type })
		if i < 0 || k.Folder != "" && !slices.Contains(schema.Types()[i].Folders, k.Folder) {
			t.Errorf("%s: schema does not know %s in %s", k.Name, k.Type, k.Folder)
		}
	}
	if _, ok := scaffold.FindKind("novel"); ok {
		t.Error("novel")
	}
}

// FuzzStarter holds that whatever can be an answer is shown as it was typed,
// and changes nothing else on any page.
func FuzzStarter(f *testing.F) {
	for _, name := range names {
		f.Add(name)
	}
	parser := markdown.New(markdown.Options{PlainMarks: true})
	parse := func(t *testing.T, trade, name, contact string) []*page.Page {
		files, err := scaffold.Starter(scaffold.Answers{Name: name, Trade: trade, Contact: contact, Complaints: name})
		if err != nil {
			return nil
		}
		var pages []*page.Page
		for _, f := range files {
			if !strings.HasSuffix(f.Path, ".md") {
				continue
			}
			p, diags := parser.Parse(source.File{Path: f.Path, Data: f.Data})
			if len(diags) > 0 {
				t.Fatalf("%s: %v", f.Path, diags)
			}
			pages = append(pages, p)
		}
		return pages
	}
	starters := []string{"café ", "2", "3", "4", "5", "museum"}
	plain := map[string][]*page.Page{}
	for _, trade := range starters {
		plain[trade] = parse(&testing.T{}, trade, "x", "c")
	}
	f.Add("https://x.example/a_b?c=d&amp;e=f_ http://_x_.example :tea: mail@x.example.")
	f.Fuzz(func(t *testing.T, name string) {
		want := strings.Join(strings.Fields(name), " ")
		for _, trade := range starters {
			for i, p := range parse(t, trade, "x", name) {
				contactShown(t, p, plain[trade][i], want)
			}
			typed := trade
			if trade == starters[0] { // the first on the list stays it, whatever other trades the rest may name
				typed += name
			}
			for i, p := range parse(t, typed, name, "c") {
				nameShown(t, p, plain[trade][i], want)
			}
		}
	})
}

// contactShown holds that p, made with a hostile contact, differs from q, made
// with a plain one, in nothing but the text.
func contactShown(t *testing.T, p, q *page.Page, want string) {
	t.Helper()
	written := slices.DeleteFunc(slices.Clone(p.Links), func(l page.Link) bool { return l.Kind == page.Autolink })
	if len(written) != len(q.Links) {
		t.Fatalf("%s: the contact %q has become a link", p.Path, want)
	}
	if len(p.Headings) != len(q.Headings) || len(p.Blanks) != len(q.Blanks) || p.Path == "contact.md" && !strings.Contains(prose(p), want) {
		t.Fatalf("%s does not show the contact %q: %q", p.Path, want, prose(p))
	}
}

// nameShown holds the same of the name, the trade and the person.
func nameShown(t *testing.T, p, q *page.Page, want string) {
	t.Helper()
	if len(p.Links) != len(q.Links) || len(p.Headings) != len(q.Headings) || len(p.Blanks) != len(q.Blanks) || len(p.Body.Words) != len(q.Body.Words) {
		t.Fatalf("%s: %q has become markup", p.Path, want)
	}
	switch p.Path {
	case "index.md", "contact.md", "roles.md":
		if !strings.Contains(prose(p), want) {
			t.Fatalf("%s does not show %q: %q", p.Path, want, prose(p))
		}
	}
	if p.Path == "index.md" && p.Title.Fill(nil) != want {
		t.Fatalf("title %q, want %q", p.Title, want)
	}
}

// prose is the text of a page's body.
func prose(p *page.Page) string {
	var b strings.Builder
	for _, part := range p.Body.Parts.All() {
		if part.Kind == page.Prose || part.Kind == page.Verbatim {
			b.WriteString(p.Body.Markup[part.Start:part.End])
		}
	}
	return html.UnescapeString(b.String())
}
