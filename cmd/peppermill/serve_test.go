package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// previewed is the program's serve, running on a folder of its own.
type previewed struct {
	t      *testing.T
	dir    string // with content/ in it
	base   string // "http://localhost:40123"
	log    *lines
	stop   context.CancelFunc
	code   chan int
	builds chan int // numbers of the builds that the event stream tells of
	last   int
}

// lines is a writer that somebody waits for a line of.
type lines struct {
	sync.Mutex
	text  strings.Builder
	grown chan struct{}
}

func (l *lines) Write(p []byte) (int, error) {
	l.Lock()
	defer l.Unlock()
	select {
	case l.grown <- struct{}{}:
	default:
	}
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.Lock()
	defer l.Unlock()
	return l.text.String()
}

const patient = time.Minute // only a failure takes that long

// find waits until the text matches.
func (l *lines) find(t *testing.T, pattern string) []string {
	t.Helper()
	re, end := regexp.MustCompile(pattern), time.After(patient)
	for {
		if m := re.FindStringSubmatch(l.String()); m != nil {
			return m
		}
		select {
		case <-l.grown:
		case <-end:
			t.Fatalf("%s is not said:\n%s", pattern, l)
		}
	}
}

// app is the program as the test runs it.
func (p *previewed) app() *app {
	return &app{stdin: strings.NewReader(""), stdout: io.Discard, stderr: p.log}
}

// preview starts serve on the files and waits until it shows them.
func preview(t *testing.T, files map[string]string, args ...string) *previewed {
	t.Helper()
	p := &previewed{t: t, dir: t.TempDir(), log: &lines{grown: make(chan struct{}, 1)}, code: make(chan int, 1), builds: make(chan int, 100)}
	for name, text := range files {
		p.put(name, text)
	}
	var ctx context.Context
	ctx, p.stop = context.WithCancel(context.Background())
	go func() {
		p.code <- p.app().run(ctx, append([]string{"serve", "-s", filepath.Join(p.dir, "content"), "-p", "0", "--clock", "2026-01-01"}, args...))
	}()
	p.base = p.log.find(t, `at (http://\S+)/`)[1]
	p.listen(ctx)
	t.Cleanup(func() {
		p.stop()
		if code, ok := <-p.code; ok && code != fine {
			t.Errorf("exit code %d\n%s", code, p.log)
		}
	})
	p.next()
	return p
}

// listen reads the event stream.
func (p *previewed) listen(ctx context.Context) {
	p.t.Helper()
	q, err := http.NewRequestWithContext(ctx, "GET", p.base+"/_peppermill/events", nil)
	if err != nil {
		p.t.Fatal(err)
	}
	a, err := http.DefaultClient.Do(q)
	if err != nil {
		p.t.Fatal(err)
	}
	go func() {
		defer a.Body.Close()
		for s := bufio.NewScanner(a.Body); s.Scan(); {
			if id, ok := strings.CutPrefix(s.Text(), "id: "); ok {
				n, _ := strconv.Atoi(id)
				p.builds <- n
			}
		}
	}()
}

// next waits for the next build and returns its number.
func (p *previewed) next() int {
	p.t.Helper()
	for {
		select {
		case n := <-p.builds:
			if n > p.last {
				p.last = n
				return n
			}
		case <-time.After(patient):
			p.t.Fatalf("no build after number %d\n%s", p.last, p.log)
		}
	}
}

// put saves a file as careful editors do: whole, under another name, then moved.
func (p *previewed) put(name, text string) {
	p.t.Helper()
	file := filepath.Join(p.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(file+"~", []byte(text), 0o644); err != nil {
		p.t.Fatal(err)
	}
	if err := os.Rename(file+"~", file); err != nil {
		p.t.Fatal(err)
	}
}

func (p *previewed) remove(name string) {
	p.t.Helper()
	if err := os.RemoveAll(filepath.Join(p.dir, filepath.FromSlash(name))); err != nil {
		p.t.Fatal(err)
	}
}

func (p *previewed) move(from, to string) {
	p.t.Helper()
	if err := os.Rename(filepath.Join(p.dir, filepath.FromSlash(from)), filepath.Join(p.dir, filepath.FromSlash(to))); err != nil {
		p.t.Fatal(err)
	}
}

// get returns the status and text at an address.
func (p *previewed) get(address string) (int, string) {
	p.t.Helper()
	a, err := http.Get(p.base + address)
	if err != nil {
		p.t.Fatal(err)
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return a.StatusCode, string(text)
}

// shows holds that the page at the address is there and contains the text.
func (p *previewed) shows(address, text string) {
	p.t.Helper()
	if code, body := p.get(address); code != 200 || !strings.Contains(body, text) {
		p.t.Errorf("%s is %d without %q:\n%.2000s", address, code, text, body)
	}
}

func (p *previewed) missing(address string) {
	p.t.Helper()
	if code, _ := p.get(address); code != 404 {
		p.t.Errorf("%s is %d, not 404", address, code)
	}
}

// report is what the page's own script asks for.
type report struct {
	Build    int
	Stale    bool
	Marks    []string
	Changed  []string
	Findings []finding
}

type finding struct {
	Path, Rule, Class, Message, Hint, Excerpt string
	Line, Column                              int
}

func (p *previewed) report(address string) report {
	p.t.Helper()
	_, text := p.get("/_peppermill/page?at=" + address)
	var r report
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		p.t.Fatalf("%v in %s", err, text)
	}
	return r
}

func shop() map[string]string {
	return map[string]string{
		"content/site.yaml":           "title: The Good Counter\n",
		"content/index.md":            "# Welcome\n\nSee [refunds](policies/refunds.md).\n",
		"content/policies/refunds.md": "---\ntitle: Refunds\n---\nWe give it back.\n",
		"content/policies/late.md":    "---\ntitle: Late\ndraft: true\n---\nWe ring first.\n",
		"content/policies/note.txt":   "one",
		"public/index.html":           "somebody's",
	}
}

// TestServe is the story of an hour of writing.
func TestServe(t *testing.T) {
	p := preview(t, shop())
	p.shows("/policies/refunds/", "We give it back.")
	p.shows("/policies/late/", "We ring first.")
	if r := p.report("/policies/late/"); !slices.Equal(r.Marks, []string{"draft"}) {
		t.Errorf("marks of a draft: %q", r.Marks)
	}
	steps := []struct {
		name  string
		do    func()
		check func()
	}{
		{"edit", func() { p.put("content/policies/refunds.md", "---\ntitle: Refunds\n---\nWithin a week.\n") },
			func() { p.shows("/policies/refunds/", "Within a week.") }},
		{"new page in a new folder", func() { p.put("content/stories/deep/one.md", "# One\n\nOnce.\n") },
			func() { p.shows("/stories/deep/one/", "Once.") }},
		{"rename", func() { p.move("content/stories/deep/one.md", "content/stories/deep/two.md") },
			func() { p.missing("/stories/deep/one/"); p.shows("/stories/deep/two/", "Once.") }},
		{"rename a folder", func() { p.move("content/stories", "content/tales") },
			func() { p.missing("/stories/deep/two/"); p.shows("/tales/deep/two/", "Once.") }},
		{"edit in the renamed folder", func() { p.put("content/tales/deep/two.md", "# Two\n\nTwice.\n") },
			func() { p.shows("/tales/deep/two/", "Twice.") }},
		{"delete", func() { p.remove("content/tales") }, func() { p.missing("/tales/deep/two/") }},
		{"a tag", func() {
			p.put("content/policies/refunds.md", "---\ntitle: Refunds\ntags: [money]\n---\nWithin a week.\n")
		},
			func() { p.shows("/tags/money/", "Refunds") }},
		{"the last page of a tag", func() { p.put("content/policies/refunds.md", "---\ntitle: Refunds\n---\nWithin a week.\n") },
			func() { p.missing("/tags/money/") }},
		{"settings", func() { p.put("content/site.yaml", "title: Corner shop\n") }, func() { p.shows("/", "Corner shop") }},
		{"words", func() { p.put("content/_data/ui/en.yaml", "skip: Straight to the text\n") }, func() { p.shows("/", "Straight to the text") }},
		{"layout", func() {
			p.put("content/_theme/layouts/404.html", `{{define "main"}}<h1 id="title">Nothing here</h1>{{end}}`)
		}, func() {
			if _, text := p.get("/nowhere/"); !strings.Contains(text, "Nothing here") {
				t.Errorf("the site's own 404 page is not shown: %.500s", text)
			}
		}},
		{"file", func() { p.put("content/policies/note.txt", "two") }, func() { p.shows("/policies/note.txt", "two") }},
		{"the content away", func() { p.move("content", "away"); p.move("away", "content"); p.put("content/index.md", "# Back\n") },
			func() { p.shows("/", "Back") }},
	}
	for _, s := range steps {
		s.do()
		p.next()
		s.check()
		if t.Failed() {
			t.Fatalf("after: %s\n%s", s.name, p.log)
		}
	}
	p.stop()
	if code := <-p.code; code != fine {
		t.Errorf("exit code %d", code)
	}
	close(p.code)
	if got, err := os.ReadDir(filepath.Join(p.dir, "public")); err != nil || len(got) != 1 {
		t.Errorf("the publishable output was touched: %v %v", got, err)
	}
}

// TestServeNothingChanged holds that a ring without a change is no build: same
// bytes, new stamps, an editor's temporary files.
func TestServeNothingChanged(t *testing.T) {
	p := preview(t, shop())
	p.put("content/policies/refunds.md", shop()["content/policies/refunds.md"])
	now := time.Now()
	if err := os.Chtimes(filepath.Join(p.dir, "content/index.md"), now, now); err != nil {
		t.Fatal(err)
	}
	p.put("content/.index.md.swp", "half a thought")
	p.put("content/policies/4913", "")
	p.remove("content/policies/4913")
	first := p.last
	p.put("content/index.md", "# Changed\n")
	if n := p.next(); n != first+1 {
		t.Errorf("build %d follows build %d", n, first)
	}
	if r := p.report("/"); !slices.Equal(r.Changed, []string{filepath.Join(p.dir, "content/index.md")}) {
		t.Errorf("changed: %q", r.Changed)
	}
}

// TestServeKeepsTheLastGoodPage breaks things in many ways. Each time the page
// stays as it was, the finding says where, and mending it needs no restart.
func TestServeKeepsTheLastGoodPage(t *testing.T) {
	const page = "content/policies/refunds.md"
	whole := map[string]string{
		page:                                 "---\ntitle: Refunds\n---\nWe give it back.\n",
		"content/site.yaml":                  "title: The Good Counter\n",
		"content/_data/x.yaml":               "a: 1\n",
		"content/_data/ui/en.yaml":           "skip: Straight on\n",
		"content/_theme/layouts/404.html":    `{{define "main"}}<h1 id="title">Nothing</h1>{{end}}`,
		"content/_theme/custom.css":          "main { --x: 1 }\n",
		"content/_theme/layouts/single.html": "",
	}
	delete(whole, "content/_theme/layouts/single.html")
	cases := []struct{ file, text string }{
		{page, "---\ntitle: [Refunds\n---\nText.\n"},
		{page, "---\ntitle: Refunds\n"},
		{page, "---\ntitle: Refunds\ntitle: Again\n---\nText.\n"},
		{page, "---\ntitle: \"Refunds\n---\nText.\n"},
		{page, "---\n\ttitle: Refunds\n---\nText.\n"},
		{page, "---\n- a\n- b\n---\nText.\n"},
		{page, "---\ntitle: &a [*a]\n---\nText.\n"},
		{page, "---\ntitle: {a: b\n---\nText.\n"},
		{page, "---\ntitle: Refunds\ndate: [1, 2\n---\nText.\n"},
		{page, "---\ntitle: Refunds\ndraft: perhaps\n---\nText.\n"},
		{page, "---\ntitle: Refunds\ndate: the day after\n---\nText.\n"},
		{page, "---\ntitle: Refunds\npublish: soon\n---\nText.\n"},
		{page, "---\ntitle: Refunds\nvisibility: friends\n---\nText.\n"},
		{page, "+++\ntitle = \"Refunds\n+++\nText.\n"},
		{page, "+++\ntitle = \"Refunds\"\ntitle = \"Twice\"\n+++\nText.\n"},
		{page, "+++\ntitle = Refunds\n+++\nText.\n"},
		{page, "\xff\xfeR\x00e\x00"},
		{page, "---\ntitle: Refunds\nslug: ../../etc\n---\nWe give it back.\n"},
		{page, "We give it back. [Lost](lost.md)\n"},
		{page, "We give it back. ![Lost](lost.png)\n"},
		{page, "We give it back. [Lost](../index.md#lost)\n"},
		{page, "We give it back. [Bad](javascript:alert(1))\n"},
		{page, "{{#include lost.md}}\n\nWe give it back.\n"},
		{page, "---\naliases: [/]\n---\nWe give it back.\n"},
		{"content/site.yaml", "title: [The\n"},
		{"content/site.yaml", "titel: The Good Counter\n"},
		{"content/site.yaml", "title: A\ntitle: B\n"},
		{"content/site.yaml", "base_url: not an address\n"},
		{"content/site.yaml", "rules:\n  no-such-rule: tip\n"},
		{"content/_data/x.yaml", "a: [1\n"},
		{"content/_data/ui/en.yaml", "skip: [1\n"},
		{"content/_theme/layouts/404.html", `{{define "main"}}{{if}}{{end}}`},
		{"content/_theme/layouts/404.html", `{{define "main"}}{{.Nope}}{{end}}`},
		{"content/_theme/custom.css", "main { --x: \"1\n"},
	}
	p := preview(t, whole)
	for _, c := range cases {
		p.shows("/policies/refunds/", "We give it back.")
		p.put(c.file, c.text)
		p.next()
		name := fmt.Sprintf("%s with %q", filepath.Base(c.file), c.text)
		r, file := p.report("/policies/refunds/"), filepath.Join(p.dir, filepath.FromSlash(c.file))
		text := "We give it back."
		if !r.Stale && strings.HasSuffix(c.text, "Text.\n") {
			text = "Text." // not broken enough to be kept back
		}
		p.shows("/policies/refunds/", text)
		if !slices.ContainsFunc(r.Findings, func(f finding) bool {
			return f.Path == file && f.Rule != "" && f.Message != "" && f.Line > 0
		}) {
			t.Errorf("%s: no finding with its place: %+v", name, r.Findings)
		}
		p.put(c.file, whole[c.file])
		p.next()
		if r := p.report("/policies/refunds/"); len(r.Findings) > 0 || r.Stale {
			t.Errorf("%s: mended, but: %+v", name, r)
		}
		if t.Failed() {
			t.Fatal(p.log)
		}
	}
}

// halfway is a page that shows which save it is of, at both ends.
func halfway(n int) string {
	return fmt.Sprintf("---\ntitle: Save\n---\nbegin %d.\n\n%s\nend %d.\n", n, strings.Repeat("We ring before the hour that we promised.\n\n", 200), n)
}

// neverHalf saves a page again and again under the eyes of four readers: what
// they get begins and ends with the same save. PEPPERMILL_READING sets how
// many saves; it is a hundred in `make torture`, over a minute.
func neverHalf(t *testing.T, p *previewed, read func() (string, error)) {
	t.Helper()
	saves, between := 30, time.Duration(0)
	if n, err := strconv.Atoi(os.Getenv("PEPPERMILL_READING")); err == nil {
		saves, between = n, 600*time.Millisecond
	}
	re := regexp.MustCompile(`(?s)^<!DOCTYPE html>.*begin (\d+)\..*end (\d+)\..*</html>\s*$`)
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				text, err := read()
				if m := re.FindStringSubmatch(text); err != nil || m == nil || m[1] != m[2] {
					t.Errorf("%v, %d bytes, %.2v", err, len(text), m)
					return
				}
			}
		})
	}
	for n := range saves {
		p.put("content/save.md", halfway(n+1))
		time.Sleep(between)
	}
	for end, last := time.Now().Add(patient), fmt.Sprintf("end %d.", saves); ; {
		if text, err := read(); err == nil && strings.Contains(text, last) {
			break
		}
		if time.Now().After(end) {
			t.Errorf("the last save is never shown\n%s", p.log)
			break
		}
	}
	close(done)
	readers.Wait()
}

func TestServeIsNeverHalf(t *testing.T) {
	files := shop()
	files["content/save.md"] = halfway(0)
	p := preview(t, files)
	neverHalf(t, p, func() (string, error) {
		code, text := p.get("/save/")
		if code != 200 {
			return text, fmt.Errorf("status %d", code)
		}
		return text, nil
	})
}

// TestWatchIsNeverHalf is the same of a folder that build --watch writes.
func TestWatchIsNeverHalf(t *testing.T) {
	p := &previewed{t: t, dir: t.TempDir(), log: &lines{grown: make(chan struct{}, 1)}}
	p.put("content/save.md", halfway(0))
	out := filepath.Join(p.dir, "site")
	ctx, stop := context.WithCancel(context.Background())
	code := make(chan int, 1)
	go func() {
		code <- p.app().run(ctx, []string{"build", "--watch", "-s", filepath.Join(p.dir, "content"), "-d", out})
	}()
	p.log.find(t, `Watching .*; Ctrl-C ends it`)
	neverHalf(t, p, func() (string, error) {
		data, err := os.ReadFile(filepath.Join(out, "save", "index.html"))
		return string(data), err
	})
	stop()
	if c := <-code; c != fine {
		t.Errorf("exit code %d\n%s", c, p.log)
	}
	if text, err := os.ReadFile(filepath.Join(out, "save", "index.html")); err != nil || strings.Contains(string(text), "_peppermill") || strings.Contains(string(text), "localhost") {
		t.Errorf("a page on disk knows of the preview: %v", err)
	}
}

// TestServePort holds what happens when a port is taken.
func TestServePort(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := l.Addr().(*net.TCPAddr).Port
	if _, err := listen("127.0.0.1", port, true); err == nil || !strings.Contains(err.Error(), "is taken") || hintOf(err) == "" {
		t.Errorf("asked for a taken port: %v", err)
	}
	other, err := listen("localhost", port, false)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if got := other.Addr().(*net.TCPAddr); got.Port == port || !got.IP.IsLoopback() {
		t.Errorf("the next free port is %v", got)
	}
	if r := reachOf(other); len(r.network) > 0 || !strings.HasPrefix(r.here, "http://localhost:") {
		t.Errorf("a loopback listener is found at %+v", r)
	}
	if _, err := listen("192.0.2.1", 0, false); err == nil || hintOf(err) == "" {
		t.Errorf("an address of somebody else: %v", err)
	}
}

// TestServeWrites holds that a preview writes nothing anywhere near the
// content, and that no page on disk knows of it.
func TestServeWrites(t *testing.T) {
	p := preview(t, shop())
	p.get("/")
	p.put("content/index.md", "# Again\n")
	p.next()
	p.get("/")
	got := map[string]bool{}
	err := filepath.WalkDir(p.dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(p.dir, name)
			got[filepath.ToSlash(rel)] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range shop() {
		delete(got, name)
	}
	if len(got) > 0 {
		t.Errorf("it wrote %v", slices.Sorted(maps.Keys(got)))
	}
}
