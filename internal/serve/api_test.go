package serve

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"peppermill/internal/diag"
)

func TestFacts(t *testing.T) {
	b := site(map[string]string{"index.html": "home", late: "late", "a/index.html": "a"})
	p := b.Pages[late]
	p.Marks = []string{"draft"}
	b.Pages[late] = p
	b.Changed, b.Parsed, b.Took, b.Assets = []string{"content/a.md"}, 1, 23_412*time.Microsecond, true
	at := func(path string, line int) diag.Pos { return diag.Pos{Path: path, Line: line, Column: 2} }
	b.Findings = diag.List{
		{Rule: "tip-there", Class: diag.Tip, Pos: at("content/README.md", 1)},
		{Rule: "fresh", Class: diag.Tip, Pos: at("content/a.md", 1)},
		{Rule: "there", Class: diag.Fix, Pos: at("content/README.md", 2)},
		{Rule: "stop", Class: diag.Stop, Pos: at("content/site.yaml", 3)},
		{Rule: "here", Class: diag.Fix, Pos: at("content/late.md", 4), Width: 3, Message: "m", Hint: "h", Excerpt: "e"},
	}
	s := New(Options{Instance: "k3x9", Editor: "vscode://file/{path}:{line}:{column}",
		Absolute: func(path string) string { return "/home/me/" + path }})
	s.Show(b)
	got := about(t, s, "/late/")
	if len(got.Findings) != 3 {
		t.Fatalf("%+v", got.Findings)
	}
	want := finding{Path: "content/late.md", Line: 4, Column: 2, Width: 3, Class: "fix", Rule: "here", Message: "m", Hint: "h", Excerpt: "e", Here: true,
		Open: "vscode://file/home/me/content/late.md:4:2"}
	if got.Findings[0] != want || got.Findings[1].Rule != "stop" || got.Findings[2].Rule != "fresh" || !got.Findings[2].Fresh || got.Findings[2].Here {
		t.Errorf("%+v", got.Findings)
	}
	got.Findings = nil
	if rest := (facts{Build: 1, Server: "k3x9", Source: "content/late.md", Title: "Title of late/index.html", Marks: []string{"draft"},
		Elsewhere: counts{1, 1}, Changed: []string{"content/a.md"}, Parsed: 1, Took: 23.4, Assets: true,
		Edited: &place{"/a/", "Title of a/index.html"}}); !reflect.DeepEqual(got, rest) {
		t.Errorf("%+v\n%+v", got, rest)
	}
	if got := about(t, s, "/absent/"); got.Source != "" || len(got.Findings) != 2 || got.Elsewhere != (counts{2, 1}) {
		t.Errorf("%+v", got)
	}
	// Lists are lists, though they are empty.
	s.Show(site(nil))
	if body := text(t, get(t, s, own+"page?at=/")); strings.Contains(body, "null") || !strings.Contains(body, `"findings":[]`) {
		t.Error(body)
	}
	for _, at := range []string{"", "?at=", "?at=late", "?at=//x", "?at=/%2e%2e/", "?at=%25", "?at=/%00"} {
		if r := get(t, s, own+"page"+at); r.StatusCode != 400 {
			t.Errorf("%s: %d", at, r.StatusCode)
		}
	}
}

func TestManyFindings(t *testing.T) {
	b := site(map[string]string{late: "late"})
	for i := range 700 {
		b.Findings = append(b.Findings, diag.Diagnostic{Rule: "r", Class: diag.Class(1 + i%2), Pos: diag.Pos{Path: "content/late.md", Line: i + 1}})
	}
	s := New(Options{})
	s.Show(b)
	if f := about(t, s, "/late/"); len(f.Findings) != mostOnPage || f.Elsewhere != (counts{325, 325}) {
		t.Errorf("%d %+v", len(f.Findings), f.Elsewhere)
	}
	var all struct {
		Findings     []finding
		Errors, Tips int
	}
	if err := json.Unmarshal([]byte(text(t, get(t, s, own+"findings"))), &all); err != nil || len(all.Findings) != mostAtAll || all.Errors != 350 || all.Tips != 350 {
		t.Errorf("%v %d %d %d", err, len(all.Findings), all.Errors, all.Tips)
	}
}

// TestFindingsAreData: whatever a file says, the answer is JSON without a
// character that begins HTML, and comes back as it was.
func TestFindingsAreData(t *testing.T) {
	evil := "</script><img src=x onerror=alert(1)>\x00\x1b[2J\u2028\u202e&amp;" + "\xff"
	b := site(map[string]string{late: "late"})
	b.Findings = diag.List{{Rule: evil, Class: diag.Fix, Pos: diag.Pos{Path: sourceOf(late), Line: 1}, Message: evil, Hint: evil, Excerpt: evil}}
	b.Changed = []string{evil}
	p := b.Pages[late]
	p.Title, p.Marks = evil, []string{evil}
	b.Pages[late] = p
	s := New(Options{Instance: `"><img src=x>`, Explain: func(error) diag.Diagnostic { return diag.Diagnostic{Message: evil, Pos: diag.Pos{Path: evil}} }})
	b.Tree.Entries = append(b.Tree.Entries, entry("bad/index.html", file{fail: errLayout}))
	s.Show(b)
	for _, address := range []string{own + "page?at=/late/", own + "page?at=/bad/", own + "findings"} {
		r := get(t, s, address)
		body := text(t, r)
		if strings.ContainsAny(body, "<>&\u2028\x00\x1b") || r.Header.Get("Content-Type") != "application/json" || r.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %s", address, body)
		}
		var back any
		if err := json.Unmarshal([]byte(body), &back); err != nil || !strings.Contains(fmt.Sprint(back), "</script><img") {
			t.Errorf("%s: %v %v", address, err, back)
		}
	}
	if body := text(t, get(t, s, "/bad/")); strings.Contains(body, "<img") || strings.Contains(body, "\x1b") {
		t.Error(body)
	}
}

func TestLongExcerpts(t *testing.T) {
	s := New(Options{})
	long := strings.Repeat("ä", 1<<20)
	for column, want := range map[int]int{5: excerptRunes*2 + len("…"), 900_000: 0} {
		if f := s.finding(diag.Diagnostic{Pos: diag.Pos{Line: 1, Column: column}, Excerpt: long}); len(f.Excerpt) != want {
			t.Errorf("column %d: %d bytes", column, len(f.Excerpt))
		}
	}
}

func TestCheckEditor(t *testing.T) {
	for template, ok := range map[string]bool{
		"":                                     true,
		"vscode://file/{path}:{line}:{column}": true,
		"vscode://file/{path}":                 true,
		"vscode://vscode-remote/wsl+Debian{path}:{line}":            true,
		"idea://open?file={path}&line={line}":                       true,
		"txmt://open?url=file://{path}&line={line}&column={column}": true,
		"vscode://file/x":                                           false,
		"vscode://file/{path}{path}":                                false,
		"vscode://file/{path}:{row}":                                false,
		"vscode://ms-python.python/run?{path}":                      false,
		"vscode:extension/{path}":                                   false,
		"VSCODE://file/{path}":                                      false,
		"http://localhost/{path}":                                   false,
		"https://evil.example/{path}":                               false,
		"javascript:alert('{path}')":                                false,
		"file://{path}":                                             false,
		"data:text/html,{path}":                                     false,
		"//evil/{path}":                                             false,
		" vscode://file/{path}":                                     false,
		"vscode://file/{path}\"><script>":                           false,
		"vscode://file/{path} --x":                                  false,
		"jetbrains://idea/navigate/reference?project=x&path={path}": false,
		"emacs://open?url=file://{path}&line={line}\x00":            false,
	} {
		if err := CheckEditor(template); (err == nil) != ok {
			t.Errorf("%q: %v", template, err)
		}
	}
}

func TestEditorLinks(t *testing.T) {
	const code = "vscode://file/{path}:{line}:{column}"
	rows := []struct {
		editor, file string
		line, column int
		want         string
	}{
		{code, "/home/me/a b/ü&#?%\".md", 3, 7, "vscode://file/home/me/a%20b/%C3%BC%26%23%3F%25%22.md:3:7"},
		{code, "/x.md", 0, 0, "vscode://file/x.md:1:1"},
		{code, `C:\site\a.md`, 2, 1, "vscode://file/C:/site/a.md:2:1"},
		{code, "/a/{line}:{column}.md", 2, 1, "vscode://file/a/%7Bline%7D%3A%7Bcolumn%7D.md:2:1"},
		{"idea://open?file={path}&line={line}", "/a&b=c.md", 9, 1, "idea://open?file=/a%26b%3Dc.md&line=9"},
		{"txmt://open?url=file://{path}&line={line}", "/a.md", 9, 1, "txmt://open?url=file:///a.md&line=9"},
		{code, "", 1, 1, ""},
		{"javascript:{path}", "/a.md", 1, 1, ""},
		{"", "/a.md", 1, 1, ""},
	}
	for _, row := range rows {
		s := New(Options{Editor: row.editor, Absolute: func(string) string { return row.file }})
		if got := s.editorLink("content/a.md", row.line, row.column); got != row.want {
			t.Errorf("%s: %s, want %s", row.file, got, row.want)
		}
	}
	if got := New(Options{Editor: code}).editorLink("a.md", 1, 1); got != "" {
		t.Error(got)
	}
}
