package browser

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"peppermill/internal/build"
	"peppermill/internal/diag"
	"peppermill/internal/output"
	"peppermill/internal/page"
)

// built is a site on the disk.
type built struct {
	dir   string
	pages []string        // the HTML files that are looked at, sorted
	moved map[string]bool // which of them only lead on to another
}

// alike are pages of which one of a kind is enough: forty tags on a page make
// forty lists that differ in a name.
var alike = regexp.MustCompile(`^(tags/([a-e]\d|donau.*|delivery)|(search|ar/search)/[b-z]|authors/(ann|wolfe).*|stories/(two|three|four|five|six)|archive/202[234]|ar/(authors.*|tags|rules))/(index.html)?$`)

// write builds content into dir, as the command would.
func write(dir string, content fstest.MapFS, o build.Options) (*built, error) {
	o.Now = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	r, err := new(build.Builder).Run(context.Background(), build.Input{Content: content, Options: o})
	if err != nil {
		return nil, err
	}
	if !r.Publishable() {
		return nil, complaint(r.Diags)
	}
	if _, err := output.Sync(context.Background(), dir, r.Tree, output.Options{}); err != nil {
		return nil, err
	}
	site := &built{dir: dir, moved: map[string]bool{}}
	for _, m := range r.Site.Moved {
		site.moved[m.Address] = true
	}
	for _, e := range r.Tree.Entries {
		if strings.HasSuffix(e.Path, ".html") && !alike.MatchString(e.Path) {
			site.pages = append(site.pages, e.Path)
		}
	}
	slices.Sort(site.pages)
	return site, nil
}

// fixtures are the builds of testdata/site.txtar.
type fixtures struct {
	public *built // without a base address
	below  *built // the same for a subfolder, which 404.html must know
	staff  *built // the pages that are other in the staff edition, with drafts
	err    error
}

var fixture = sync.OnceValue(func() (f fixtures) {
	// The folders lie in the browser's profile, and go with it.
	b, err := started()
	if err != nil {
		return fixtures{err: err}
	}
	archive, err := txtar.ParseFile("testdata/site.txtar")
	if err != nil {
		return fixtures{err: err}
	}
	content := fstest.MapFS{}
	for _, f := range archive.Files {
		content[f.Name] = &fstest.MapFile{Data: f.Data, Mode: 0o644}
	}
	for name, to := range map[string]**built{"public": &f.public, "below": &f.below, "staff": &f.staff} {
		var o build.Options
		switch name {
		case "below":
			o.BaseURL = "https://example.com" + subfolder
		case "staff":
			o.Edition, o.Drafts = page.Staff, true
		}
		if *to, err = write(filepath.Join(b.profile, name), content, o); err != nil {
			return fixtures{err: err}
		}
	}
	f.staff.pages = []string{"index.html", "rules/everything/index.html", "rules/late/index.html",
		"staff-room/index.html", "tags/money/index.html", "unready/index.html"}
	return f
})

// complaint says why a site is not written.
func complaint(found diag.List) error {
	for _, d := range found {
		if d.Class == diag.Stop {
			return errors.New(d.Pos.Path + ": " + d.Message)
		}
	}
	return errors.New("the site is withheld, nobody says why")
}

func site(t *testing.T) fixtures {
	t.Helper()
	_, err := started()
	need(t, err)
	f := fixture()
	if f.err != nil {
		t.Fatal(f.err)
	}
	return f
}

const (
	policy    = "default-src 'self'"
	subfolder = "/handbook/v2"
)

// serve is a web host: it shows index.html for a folder and 404.html for what
// is not there, under the strictest policy that still allows a site.
func serve(t *testing.T, dir, prefix, policy string) string {
	t.Helper()
	files := os.DirFS(dir)
	show := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if policy != "" {
			w.Header().Set("Content-Security-Policy", policy)
		}
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		if _, err := fs.Stat(files, name); err != nil {
			data, _ := fs.ReadFile(files, "404.html")
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(http.StatusNotFound)
			w.Write(data)
			return
		}
		// Not http.FileServer, which would redirect away from index.html.
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return
		}
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
	})
	server := httptest.NewServer(http.StripPrefix(prefix, show))
	t.Cleanup(server.Close)
	return server.URL + prefix + "/"
}

// way is one way to open a site; its base ends in a slash.
type way struct {
	*built
	name, base string
}

func (w way) served() bool { return strings.HasPrefix(w.base, "http") }

// third is every third page from one of the first three on, with those that hold
// most.
func third(pages []string, from int) []string {
	var out []string
	for i, page := range pages {
		if i%3 == from || slices.Contains([]string{"index.html", "404.html", "rules/everything/index.html", "rules/ours/index.html", "search/index.html"}, page) {
			out = append(out, page)
		}
	}
	return out
}

// ways are the three ways in which people open a site.
func ways(t *testing.T, f fixtures) []way {
	root, below, clicked := *f.public, *f.below, *f.public
	if !thorough() { // only addresses differ: each page is opened in one way, those that hold most in all
		root.pages, below.pages, clicked.pages = third(root.pages, 0), third(below.pages, 1), third(clicked.pages, 2)
	}
	// A folder has nobody who would show 404.html.
	clicked.pages = slices.DeleteFunc(slices.Clone(clicked.pages), func(page string) bool { return page == "404.html" })
	return []way{
		{&root, "root", serve(t, f.public.dir, "", policy)},
		{&below, "subfolder", serve(t, f.below.dir, subfolder, policy)},
		{&clicked, "double-click", "file://" + filepath.ToSlash(clicked.dir) + "/"},
		{f.staff, "staff", serve(t, f.staff.dir, "", policy)},
	}
}

// editions are the public site and what is other for staff, on a server.
func editions(t *testing.T, f fixtures) []way {
	return []way{{f.public, "public", serve(t, f.public.dir, "", policy)}, {f.staff, "staff", serve(t, f.staff.dir, "", policy)}}
}

// visit opens a page of the site, and follows it where it leads on to another.
func (t *tab) visit(w way, page string) []message {
	t.Helper()
	from := t.now()
	t.open(w.base + page)
	if w.moved[page] {
		t.await(from, "being sent on by "+page, func(m message) bool {
			return m.Method == "Page.frameNavigated" && !strings.Contains(string(m.Params), `"`+w.base+page+`"`)
		})
		t.await(t.arrival(from), "the loading of the page that "+page+" leads to", func(m message) bool { return loaded(m, "") })
	}
	t.settle()
	events, _ := t.since(from)
	return events
}

// arrival is the last navigation since an event.
func (t *tab) arrival(from int) int {
	events, _ := t.since(from)
	at := 0
	for i, m := range events {
		if m.Method == "Page.frameNavigated" {
			at = i
		}
	}
	return from + at
}

// TestFixtureIsWhole fails when the fixture no longer holds what the other
// tests are thought to look at.
func TestFixtureIsWhole(t *testing.T) {
	f := site(t)
	for _, want := range []string{
		"index.html", "404.html", "rules/index.html", "rules/late/index.html", "rules/everything/index.html",
		"tags/index.html", "tags/money/index.html", "authors/index.html", "authors/sam-weller/index.html",
		"archive/index.html", "archive/2025/index.html", "series/index.html", "series/first-things/index.html",
		"older-rule/index.html", "ancient.html", "ar/index.html", "ar/rules/refunds/index.html", "stories/index.html",
		"stories/page/2/index.html", "search/index.html", "search/a/index.html", "print/index.html", "rules/print/index.html",
	} {
		if !slices.Contains(f.public.pages, want) {
			t.Errorf("there is no %s; there are\n%s", want, strings.Join(f.public.pages, "\n"))
		}
	}
	for _, page := range f.staff.pages {
		ours, err := os.ReadFile(filepath.Join(f.staff.dir, page))
		theirs, _ := os.ReadFile(filepath.Join(f.public.dir, page))
		if err != nil || bytes.Equal(ours, theirs) {
			t.Errorf("the staff edition's %s is no other than the public one's (%v)", page, err)
		}
	}
}
