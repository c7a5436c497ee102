package serve

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"peppermill/internal/output"
)

// file is an output.Content for tests.
type file struct {
	text    string
	fail    error
	panics  bool
	renders *atomic.Int64
}

func (f file) Key() output.Sum { return sha256.Sum256([]byte(f.text)) }

func (f file) WriteTo(w io.Writer) (int64, error) {
	if f.renders != nil {
		f.renders.Add(1)
	}
	if f.panics {
		panic("a bug")
	}
	if f.fail != nil {
		return 0, f.fail
	}
	return io.Copy(w, struct{ io.Reader }{strings.NewReader(f.text)}) // in pieces
}

var errLayout = errors.New("layout <b>broken</b>")

// whole is a small whole page.
func whole(text string) string {
	return "<!doctype html><html><head><title>t</title></head><body>" + text + "</body></html>"
}

// site makes a build: paths to texts, HTML ones as whole pages made of a source
// "content/…md".
func site(texts map[string]string) Build {
	b := Build{Pages: map[string]Page{}}
	for path, text := range texts {
		if strings.HasSuffix(path, ".html") {
			b.Pages[path] = Page{Source: sourceOf(path), Title: "Title of " + path}
			text = whole(text)
		}
		b.Tree.Entries = append(b.Tree.Entries, entry(path, file{text: text}))
	}
	return b
}

func sourceOf(path string) string {
	name := strings.TrimSuffix(strings.TrimSuffix(path, "index.html"), "/")
	if name == "" {
		name = "README"
	}
	return "content/" + name + ".md"
}

func entry(path string, f file) output.Entry {
	return output.Entry{Path: path, Open: func() (output.Content, error) { return f, nil }}
}

// get asks the handler for an address; each header is "Name: value".
func get(t *testing.T, s *Server, address string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	r.Host = "localhost"
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Add(name, value)
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w.Result()
}

func text(t *testing.T, r *http.Response) string {
	t.Helper()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// expect asks for an address and compares status and, for 200, the bytes
// without the script element.
func expect(t *testing.T, s *Server, address string, status int, body string) {
	t.Helper()
	r := get(t, s, address)
	got := text(t, r)
	if r.StatusCode != status || status == http.StatusOK && string(Bare([]byte(got))) != body {
		t.Errorf("%s: %d %.300q, want %d %q", address, r.StatusCode, got, status, body)
	}
}

// about asks for the facts of a page.
func about(t *testing.T, s *Server, address string) facts {
	t.Helper()
	r := get(t, s, own+"page?at="+address)
	var f facts
	if err := json.NewDecoder(r.Body).Decode(&f); err != nil || r.StatusCode != http.StatusOK {
		t.Fatal(address, r.StatusCode, err)
	}
	return f
}

// started is a server on a port of its own.
type started struct {
	*Server
	address string // 127.0.0.1:port
	port    string
	stop    func()
	ended   chan error
}

// start serves until the test ends; then Serve must return nil in time.
func start(t *testing.T, o Options) *started {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o.Port = l.Addr().(*net.TCPAddr).Port
	ctx, cancel := context.WithCancel(context.Background())
	s := &started{New(o), l.Addr().String(), fmt.Sprint(o.Port), cancel, make(chan error, 1)}
	go func() { s.ended <- s.Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-s.ended:
			if err != nil {
				t.Error(err)
			}
			s.ended <- nil
		case <-time.After(time.Minute):
			t.Error("Serve does not end")
		}
	})
	return s
}

// raw sends bytes as they are, with {port} filled in, and reads the answer.
func (s *started) raw(t *testing.T, request string) (*http.Response, string) {
	t.Helper()
	c, err := net.DialTimeout("tcp", s.address, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(time.Minute))
	if _, err := io.WriteString(c, strings.ReplaceAll(request, "{port}", s.port)); err != nil {
		t.Fatal(err)
	}
	method, _, _ := strings.Cut(request, " ")
	r, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%.80q: %v", request, err)
	}
	defer r.Body.Close()
	return r, text(t, r)
}

func recorded(s *Server, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w
}
