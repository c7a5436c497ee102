package serve

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"peppermill/internal/output"
)

func TestAddresses(t *testing.T) {
	b := site(map[string]string{"index.html": "home", "a/b/index.html": "b", "404.html": "none", "page.html": "flat",
		"x.css": "css", "both": "a file", "both.d/index.html": "d", "data.json": "{}", "CNAME": "example.org", "odd.xyz": "?"})
	b.Tree.Entries = append(b.Tree.Entries, entry("x.css", file{text: "second of a name"}),
		entry("gone.png", file{fail: &fs.PathError{Op: "open", Path: "gone.png", Err: fs.ErrNotExist}}))
	s := New(Options{})
	s.Show(b)
	rows := []struct {
		address string
		status  int
		kind    string
		body    string // or, of a 302, where it leads
	}{
		{"/", 200, "text/html; charset=utf-8", whole("home")},
		{"/index.html", 200, "text/html; charset=utf-8", whole("home")},
		{"/a/b/", 200, "text/html; charset=utf-8", whole("b")},
		{"/a/b/index.html", 200, "text/html; charset=utf-8", whole("b")},
		{"/a/b", 302, "", "/a/b/"},
		{"/a/b?q=x%20y", 302, "", "/a/b/?q=x%20y"},
		{"/a/b/?q=x", 200, "text/html; charset=utf-8", whole("b")},
		{"/a/", 404, "text/html; charset=utf-8", whole("none")},
		{"/a", 404, "text/html; charset=utf-8", whole("none")},
		{"/x.css/", 404, "text/html; charset=utf-8", whole("none")},
		{"/404.html", 200, "text/html; charset=utf-8", whole("none")},
		{"/page.html", 200, "text/html; charset=utf-8", whole("flat")},
		{"/x.css", 200, "text/css; charset=utf-8", "css"},
		{"/both", 200, "text/plain; charset=utf-8", "a file"},
		{"/data.json", 200, "application/json", "{}"},
		{"/CNAME", 200, "text/plain; charset=utf-8", "example.org"},
		{"/odd.xyz", 200, "application/octet-stream", "?"},
		{"/gone.png", 404, "text/html; charset=utf-8", whole("none")},
	}
	for _, row := range rows {
		r := get(t, s, row.address)
		body := string(Bare([]byte(text(t, r))))
		if r.StatusCode == http.StatusFound {
			body = r.Header.Get("Location")
		}
		if r.StatusCode != row.status || body != row.body || r.Header.Get("Content-Type") != row.kind {
			t.Errorf("%s: %d %s %q", row.address, r.StatusCode, r.Header.Get("Content-Type"), body)
		}
		if csp := r.Header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'self';") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: %s", row.address, csp)
		}
	}
}

// TestPlainMissing: a site without a 404 page, and before the first build.
func TestPlainPages(t *testing.T) {
	s := New(Options{})
	s.patience = 0
	r := get(t, s, "/any/")
	if body := text(t, r); r.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "Building") || !strings.Contains(body, `data-build="0"`) {
		t.Errorf("%d %s", r.StatusCode, body)
	}
	s.Show(site(map[string]string{"x.txt": "x"}))
	r = get(t, s, "/<b>/")
	if body := text(t, r); r.StatusCode != http.StatusNotFound || !strings.Contains(body, elementStart) || strings.Contains(body, "<b>") {
		t.Errorf("%d %s", r.StatusCode, body)
	}
}

// TestFirstRequestWaits: whoever is early gets the page, not a promise.
func TestFirstRequestWaits(t *testing.T) {
	s := New(Options{})
	s.patience = time.Minute
	got := make(chan *http.Response)
	go func() { got <- get(t, s, "/") }()
	s.Show(site(map[string]string{"index.html": "home"}))
	if r := <-got; r.StatusCode != http.StatusOK {
		t.Error(r.StatusCode)
	}
}

func TestConditional(t *testing.T) {
	s := New(Options{})
	s.Show(site(map[string]string{"index.html": "home", "404.html": "none", "x.css": "css"}))
	for _, address := range []string{"/", "/x.css", "/_peppermill/client.js"} {
		first := get(t, s, address)
		tag := first.Header.Get("ETag")
		if len(tag) < 10 || tag[0] != '"' || first.Header.Get("Cache-Control") != "no-cache" {
			t.Fatalf("%s: %v", address, first.Header)
		}
		for value, want := range map[string]int{tag: 304, "W/" + tag: 304, `"x", ` + tag: 304, strings.Trim(tag, `"`): 304, "*": 304, `"x"`: 200, "": 200} {
			r := get(t, s, address, "If-None-Match: "+value)
			if body := text(t, r); r.StatusCode != want || want == 304 && body != "" || r.Header.Get("ETag") != tag {
				t.Errorf("%s %s: %d, want %d", address, value, r.StatusCode, want)
			}
		}
		// A build that changes nothing here changes no tag.
		s.Show(site(map[string]string{"index.html": "home", "404.html": "other", "x.css": "css"}))
		if r := get(t, s, address, "If-None-Match: "+tag); r.StatusCode != http.StatusNotModified {
			t.Errorf("%s: %d after a build that left it alone", address, r.StatusCode)
		}
	}
	if r := get(t, s, "/none", "If-None-Match: *"); r.StatusCode != http.StatusNotFound || r.Header.Get("ETag") != "" {
		t.Error(r.StatusCode, r.Header)
	}
	if r := get(t, s, own+"page?at=/"); r.Header.Get("Cache-Control") != "no-store" {
		t.Error(r.Header)
	}
}

func TestRanges(t *testing.T) {
	small := strings.Repeat("0123456789", 100)
	large := strings.Repeat("0123456789", memoryBytes/10+7)
	s := New(Options{})
	s.Show(site(map[string]string{"small.mp4": small, "large.mp4": large, "index.html": "home"}))
	for address, whole := range map[string]string{"/small.mp4": small, "/large.mp4": large} {
		n := len(whole)
		for value, want := range map[string]string{"": whole, "bytes=0-1": "01", "bytes=13-17": whole[13:18], "bytes=-5": whole[n-5:], "bytes=991-": whole[991:]} {
			r := get(t, s, address, "Range: "+value)
			got := text(t, r)
			if status := map[bool]int{true: 200, false: 206}[value == ""]; r.StatusCode != status || got != want || r.Header.Get("Content-Type") != "video/mp4" {
				t.Errorf("%s %s: %d, %d bytes, want %d", address, value, r.StatusCode, len(got), len(want))
			}
		}
		if r := get(t, s, address, "Range: bytes=999999999-"); r.StatusCode != http.StatusRequestedRangeNotSatisfiable {
			t.Errorf("%s: %d", address, r.StatusCode)
		}
		tag := get(t, s, address).Header.Get("ETag")
		if r := get(t, s, address, "Range: bytes=0-1", "If-Range: "+tag); r.StatusCode != http.StatusPartialContent {
			t.Errorf("%s: %d", address, r.StatusCode)
		}
		if r := get(t, s, address, "Range: bytes=0-1", `If-Range: "other"`); r.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", address, r.StatusCode)
		}
	}
	if r := get(t, s, "/large.mp4", "Range: bytes=0-0,5-5"); r.StatusCode != http.StatusOK {
		t.Errorf("many ranges of a film: %d", r.StatusCode)
	}
	if r := get(t, s, "/", "Range: bytes=0-1"); r.StatusCode != http.StatusOK {
		t.Errorf("a part of a page: %d", r.StatusCode)
	}
	if a := s.now.Load().made("large.mp4"); a.stream == nil || a.body != nil {
		t.Error("a film is held in memory")
	}
}

// TestFilmThatShrinks ends with an error and not with wrong bytes.
func TestFilmThatShrinks(t *testing.T) {
	f := newFilm(file{text: "0123456789"}, 20)
	if _, err := f.Seek(4, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(f)
	if string(got) != "456789" || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%q %v", got, err)
	}
	if _, err := f.Seek(-1, io.SeekStart); err == nil {
		t.Error("there is something before the beginning")
	}
	f = newFilm(file{fail: errLayout}, 20)
	if _, err := f.Read(make([]byte, 1)); !errors.Is(err, errLayout) {
		t.Error(err)
	}
	f.Close()
}

// TestRenderedOnce: a page is rendered when it is asked for, and once.
func TestRenderedOnce(t *testing.T) {
	var renders atomic.Int64
	b := Build{Tree: output.Tree{Entries: []output.Entry{entry("index.html", file{text: whole("x"), renders: &renders})}}}
	s := New(Options{})
	s.Show(b)
	if renders.Load() != 0 {
		t.Error("rendered before it was asked for")
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { expect(t, s, "/", 200, whole("x")) })
	}
	all.Wait()
	if n := renders.Load(); n != 1 {
		t.Errorf("rendered %d times", n)
	}
}

func TestShelfIsBounded(t *testing.T) {
	s := newShelf(10 * (1000 + cellBytes))
	made := 0
	ask := func(key string) {
		s.make(key, func() *answer { made++; return &answer{body: make([]byte, 1000)} })
	}
	for i := range 100 {
		ask("first")
		ask(string(rune('a' + i)))
	}
	if made != 101 || len(s.cells) != 10 || s.order.Len() != 10 || s.bytes > s.limit {
		t.Errorf("made %d, kept %d, %d bytes", made, len(s.cells), s.bytes)
	}
	s.make("huge", func() *answer { return &answer{body: make([]byte, 20_000)} })
	if s.bytes > s.limit || s.get("huge") != nil {
		t.Error("the limit is exceeded")
	}
	s.make("bad", func() *answer { return &answer{err: errLayout} })
	if s.get("bad") != nil {
		t.Error("a failure is kept")
	}
	a, b := &answer{body: []byte("1")}, &answer{body: []byte("2")}
	s.put("x", a)
	s.put("x", b)
	s.put("x", b)
	if s.get("x") != b || s.bytes != 1+cellBytes {
		t.Error("put", s.bytes)
	}
}

func TestInject(t *testing.T) {
	element := New(Options{Instance: `a"b`}).element(&snapshot{number: 7}, "t")
	if strings.Contains(string(element), `a"b`) {
		t.Errorf("%s", element)
	}
	for page, at := range map[string]string{
		"<html><head></head><body>":           "</head><body>",
		"<HTML><HEAD></HEAD>":                 "</HEAD>",
		"<!DOCTYPE html><p>x":                 "<p>x",
		"\ufeff\n<!doctype html>\n<p>":        "\n<p>",
		"<p>fragment":                         "<p>fragment",
		"":                                    "",
		"<!doctype":                           "<!doctype",
		"<title>a</title></head></head><body": "</head></head><body",
	} {
		got := inject([]byte(page), element)
		if want := strings.TrimSuffix(page, at) + string(element) + at; string(got) != want {
			t.Errorf("%q: %q", page, got)
		}
	}
}

// FuzzInject holds that Bare gives back the page, whatever it is.
func FuzzInject(f *testing.F) {
	for _, seed := range []string{"", "<html><head></head>", "<!doctype", "<", "</HEAD", "<p></head", elementEnd} {
		f.Add([]byte(seed))
	}
	element := New(Options{}).element(&snapshot{number: 7}, "t")
	f.Fuzz(func(t *testing.T, page []byte) {
		if bytes.Contains(page, []byte(elementStart)) {
			t.Skip()
		}
		if got := Bare(inject(page, element)); !bytes.Equal(got, page) {
			t.Errorf("%q became %q", page, got)
		}
	})
}
