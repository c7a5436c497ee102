package build

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"peppermill/internal/output"
	"peppermill/internal/serve"
)

// TestIncrementalEqualsClean is the law of the house: after every step of a
// random sequence of edits, what a Builder makes that has seen all steps is,
// byte for byte and finding for finding, what a new Builder makes; and a
// folder kept up to date step by step is what a new folder would be.
//
// PEPPERMILL_SEQUENCES sets how many sequences run; each has its number as
// seed, so a failure can be run again.
func TestIncrementalEqualsClean(t *testing.T) {
	sequences := 30
	if n, err := strconv.Atoi(os.Getenv("PEPPERMILL_SEQUENCES")); err == nil {
		sequences = n
	}
	for seed := range sequences {
		t.Run(strconv.Itoa(seed), func(t *testing.T) {
			t.Parallel()
			follow(t, newWorld(uint64(seed)), 20)
		})
	}
}

// dressed are the edits that change what the theme is made of.
var dressed = regexp.MustCompile(`sheet|template|theme`)

func follow(t *testing.T, w *world, steps int) {
	b := fresh()
	var last *Result
	look := wardrobe()
	dir := t.TempDir()
	window := serve.New(serve.Options{Port: 1313})
	for step := range steps + 1 {
		what := "the beginning"
		if step > 0 {
			what = w.edit()
		}
		got, err := b.Run(context.Background(), w.input())
		if err != nil {
			t.Fatalf("step %d (%s): %v", step, what, err)
		}
		clean := new(Builder)
		if step%10 < 9 && !dressed.MatchString(what) {
			clean.theme = look // making it again is half of the time; theme's own tests hold when it may be kept
		}
		want, err := clean.Run(context.Background(), w.input())
		if err != nil {
			t.Fatal(err)
		}
		look = clean.theme
		if g, w := fmt.Sprint(got.Diags), fmt.Sprint(want.Diags); g != w {
			t.Fatalf("step %d (%s): findings differ\nincremental %s\nclean       %s", step, what, g, w)
		}
		if got.Tree.Fingerprint != want.Tree.Fingerprint || !maps.Equal(got.Tree.Facts, want.Tree.Facts) {
			t.Fatalf("step %d (%s): fingerprint or facts differ", step, what)
		}
		if got != last { // as the loop does it: what has not changed is not shown again
			window.Show(serve.Build{Tree: got.Tree, Findings: got.Diags})
			last = got
		}
		if !want.Publishable() {
			continue
		}
		files, err := want.Tree.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if asked := os.Getenv("PEPPERMILL_SEQUENCES") != ""; asked || step%3 == 0 { // it renders everything once more
			served(t, fmt.Sprintf("step %d (%s)", step, what), window, files)
		}
		if _, err := output.Sync(context.Background(), dir, got.Tree, output.Options{}); err != nil {
			t.Fatalf("step %d (%s): %v", step, what, err)
		}
		same(t, fmt.Sprintf("step %d (%s)", step, what), folder(t, dir), files)
	}
}

// served holds that a preview shows just what a clean build would write, and
// nothing at an address that was given up.
func served(t *testing.T, what string, window *serve.Server, clean map[string][]byte) {
	t.Helper()
	get := func(address string) (int, []byte) {
		q := httptest.NewRequest("GET", (&url.URL{Path: "/" + address}).EscapedPath(), nil)
		q.Host = "localhost:1313"
		a := httptest.NewRecorder()
		window.Handler().ServeHTTP(a, q)
		return a.Code, serve.Bare(a.Body.Bytes())
	}
	for address, bytes := range clean {
		if code, body := get(address); code != 200 || string(body) != string(bytes) {
			t.Fatalf("%s: the preview of %s is %d, not what a build writes: %s", what, address, code, firstDifference(body, bytes))
		}
	}
	for _, address := range []string{"policies/refunds/index.html", "policies/late/index.html", "stories/one/index.html", "policies/till.png"} {
		if code, _ := get(address); clean[address] == nil && code != 404 {
			t.Fatalf("%s: %s is gone, and the preview answers %d", what, address, code)
		}
	}
}

// TestAnotherProgramWritesAnew holds that keys name the program too: what an
// older one rendered from the same values may look different.
func TestAnotherProgramWritesAnew(t *testing.T) {
	w, dir := newWorld(1), t.TempDir()
	for tool := range byte(2) {
		in := w.input()
		in.Options.Tool = [32]byte{1 + tool}
		r, err := fresh().Run(context.Background(), in)
		if err != nil {
			t.Fatal(err)
		}
		changes, err := output.Sync(context.Background(), dir, r.Tree, output.Options{})
		if err != nil {
			t.Fatal(err)
		}
		copies := 0
		for _, f := range r.Site.Files {
			copies++
			if f.Picture != nil {
				copies += len(f.Picture.Copies)
			}
		}
		if changes.Skipped > copies {
			t.Errorf("%d files skipped, though only %d are copies", changes.Skipped, copies)
		}
	}
}

// folder reads what a site folder holds, less the program's own files.
func folder(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".peppermill") {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		out[filepath.ToSlash(rel)], err = os.ReadFile(name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func same(t *testing.T, what string, got, want map[string][]byte) {
	t.Helper()
	for name, text := range want {
		if other, ok := got[name]; !ok {
			t.Fatalf("%s: %s is missing", what, name)
		} else if !bytes.Equal(other, text) {
			t.Fatalf("%s: %s differs\n%s", what, name, firstDifference(other, text))
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Fatalf("%s: %s should not be there", what, name)
		}
	}
}

func firstDifference(a, b []byte) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	cut := func(s []byte) string { return string(s[max(0, i-60):min(len(s), i+60)]) }
	return fmt.Sprintf("got  …%s…\nwant …%s…", cut(a), cut(b))
}

// world is a small site that lives in memory and changes at random. Its clock
// stands in the past, so that the stamps of its files may be trusted, and
// moves with every edit.
type world struct {
	files fstest.MapFS
	rnd   *rand.Rand
	clock time.Time
	count int
}

func newWorld(seed uint64) *world {
	w := &world{files: fstest.MapFS{}, rnd: rand.New(rand.NewPCG(seed, 7)), clock: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}
	w.put("site.yaml", "title: The Good Counter\nbase_url: https://example.com/book/\n")
	w.put("index.md", "# Welcome\n\nSee [policies](policies/).\n")
	w.put("policies/refunds.md", "---\ntitle: Refunds\ntags: [money, Counter]\ndate: 2020-05-01\n---\nWe give it back. See [late](late.md#why).\n\n![Till](till.png)\n")
	w.put("policies/late.md", "---\ntitle: Late deliveries\ntags: [counter]\nauthors: Sam\n---\nWe ring first.\n\n## Why\n\n```go\nfunc main() {}\n```\n")
	w.put("policies/till.png", string(drawn(40, 30, 1)))
	w.put("stories/shop.jpg", string(photo(500, 20, 1)))
	w.put("stories/one.md", "---\ntitle: One\nseries: Summer\npart: 1\ndate: 2021-02-03\n---\n{{#include ../_shared/note.md}}\n")
	w.put("stories/two.md", "---\ntitle: Two\nseries: Summer\npart: 2\ndate: 2021-02-04\nrelated: [one.md]\nimage: shop.jpg\n---\n![Shop](shop.jpg)\n")
	w.put("words/index.md", "---\ntype: term\n---\n# Words\n\nNote\n: What stands in the book.\n\nEdit\n: A change.\n")
	w.put("words/new.md", "---\ntype: term\nother_names: [ring first]\n---\nNot there before.\n")
	w.put("_shared/note.md", "A shared note about [refunds](/policies/refunds.md).\n")
	w.put("_data/tags.yaml", "money:\n  aliases: [cash]\n")
	return w
}

func (w *world) put(name, text string) {
	w.clock = w.clock.Add(time.Minute)
	w.files[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644, ModTime: w.clock}
}

func (w *world) input() Input {
	return Input{Content: maps.Clone(w.files), Options: Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}}
}

// pick returns one of the files whose name has the ending.
func (w *world) pick(ending string) string {
	var names []string
	for name := range w.files {
		if strings.HasSuffix(name, ending) && !strings.HasPrefix(name, "_") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if len(names) == 0 {
		w.put("again.md", "# Again\n")
		return "again.md"
	}
	return names[w.rnd.IntN(len(names))]
}

// edit makes one random change and says which.
func (w *world) edit() string {
	w.count++
	name := w.pick(".md")
	text := string(w.files[name].Data)
	other := []string{"policies/till.png", "stories/shop.jpg", "stories/shop.480.jpg", "policies/mark.svg"}[w.rnd.IntN(4)]
	edits := []struct {
		what string
		do   func()
	}{
		{"create", func() {
			w.put(fmt.Sprintf("policies/new-%d.md", w.count), fmt.Sprintf("# New %d\n\nSee [refunds](refunds.md) and [two](../stories/two.md).\n", w.count))
		}},
		{"create in a new folder", func() { w.put(fmt.Sprintf("folder-%d/deep/x.md", w.count), "---\ntags: [cash]\n---\nDeep.\n") }},
		{"edit " + name, func() {
			w.put(name, text+fmt.Sprintf("\nEdit %d with [a link](%s).\n", w.count, path.Base(w.pick(".md"))))
		}},
		{"new heading in " + name, func() { w.put(name, text+fmt.Sprintf("\n## Why %d\n", w.count)) }},
		{"delete " + name, func() { delete(w.files, name) }},
		{"rename " + name, func() { w.move(name, path.Join(path.Dir(name), fmt.Sprintf("renamed-%d.md", w.count))) }},
		{"rename the folder of " + name, func() { w.moveFolder(path.Dir(name), fmt.Sprintf("moved-%d", w.count)) }},
		{"slug", func() { w.field(name, "slug: slug-"+strconv.Itoa(w.rnd.IntN(3))) }},
		{"tag", func() { w.field(name, "tags: [money, tag-"+strconv.Itoa(w.rnd.IntN(3))+"]") }},
		{"title", func() { w.field(name, "title: Title "+strconv.Itoa(w.count)) }},
		{"draft", func() { w.field(name, "draft: true") }},
		{"weight", func() { w.field(name, "weight: "+strconv.Itoa(w.rnd.IntN(5))) }},
		{"alias", func() { w.field(name, "aliases: [/old/"+strconv.Itoa(w.rnd.IntN(2))+"/]") }},
		{"date", func() { w.field(name, "date: 20"+strconv.Itoa(20+w.rnd.IntN(9))+"-03-04") }},
		{"syntax error in " + name, func() { w.put(name, "---\ntitle: [never closed\n---\n"+text) }},
		{"never closed " + name, func() { w.put(name, "---\ndraft: true\n") }},
		{"repair " + name, func() { w.put(name, "---\ntitle: Mended\n---\nMended.\n") }},
		{"word", func() {
			w.put("words/index.md", fmt.Sprintf("---\ntype: term\n---\n# Words\n\n%s\n: What it means.\n", []string{"Edit", "We", "Shared note", "Mended", "Deep"}[w.rnd.IntN(5)]))
		}},
		{"no words", func() { w.field(name, "glossary_links: no") }},
		{"settings", func() {
			w.put("site.yaml", fmt.Sprintf("title: Title %d\nbacklinks: %v\nlogo: policies/till.png\nraw_html: %v\nglossary_links: %v\n", w.count, w.rnd.IntN(2) == 0, w.rnd.IntN(2) == 0, w.rnd.IntN(3) > 0))
		}},
		{"settings error", func() { w.put("site.yaml", "titel: X\n") }},
		{"no settings", func() { delete(w.files, "site.yaml") }},
		{"data", func() { w.put("_data/ui/en.yaml", fmt.Sprintf("tags: Topics %d\n", w.count)) }},
		{"shared text", func() { w.put("_shared/note.md", fmt.Sprintf("Note %d.\n", w.count)) }},
		{"shared text gone", func() { delete(w.files, "_shared/note.md") }},
		{"picture", func() { w.put("policies/till.png", string(drawn(40+w.rnd.IntN(3), 30, w.rnd.IntN(9)))) }},
		{"wide picture", func() { w.put("stories/shop.jpg", string(photo(470+30*w.rnd.IntN(3), 20, uint64(w.rnd.IntN(3))))) }},
		{"another picture " + other, func() { w.put(other, string(drawn(500, 20, 3))) }},
		{"picture of nothing", func() { w.put("policies/till.png", fmt.Sprint("picture ", w.count)) }},
		{"picture gone " + other, func() { delete(w.files, other) }},
		{"drawing with a script", func() { w.put("policies/mark.svg", `<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`) }},
		{"sheet", func() { w.put("_theme/custom.css", fmt.Sprintf("main { --n: %d }\n", w.count)) }},
		{"template", func() {
			w.put("_theme/layouts/404.html", fmt.Sprintf(`{{define "main"}}<h1>Gone %d</h1>{{end}}`, w.count))
		}},
		{"broken template", func() { w.put("_theme/layouts/404.html", `{{define "main"}}{{.Nope}}{{end}}`) }},
		{"own theme gone", func() { delete(w.files, "_theme/layouts/404.html"); delete(w.files, "_theme/custom.css") }},
		{"touch " + name, func() { w.put(name, text) }},
	}
	e := edits[w.rnd.IntN(len(edits))]
	e.do()
	return e.what
}

// field adds a line to a page's front matter.
func (w *world) field(name, line string) {
	text := string(w.files[name].Data)
	if rest, ok := strings.CutPrefix(text, "---\n"); ok {
		w.put(name, "---\n"+line+"\n"+rest)
		return
	}
	w.put(name, "---\n"+line+"\n---\n"+text)
}

// move keeps the time stamp, as renaming does.
func (w *world) move(from, to string) {
	w.files[to] = w.files[from]
	delete(w.files, from)
}

func (w *world) moveFolder(from, to string) {
	if from == "." {
		return
	}
	for name := range maps.Clone(w.files) {
		if rest, ok := strings.CutPrefix(name, from+"/"); ok {
			w.move(name, to+"/"+rest)
		}
	}
}
