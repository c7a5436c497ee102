package serve

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// heard notes what a stream says, on the bubble's clock.
type heard struct {
	said  []string
	start time.Time
	fail  int // the call that fails, from 1
}

func (h *heard) note(what string) error {
	h.said = append(h.said, fmt.Sprint(what, " at ", time.Since(h.start)))
	if len(h.said) == h.fail {
		return errors.New("the browser has gone")
	}
	return nil
}

func (h *heard) build(number int) error { return h.note(fmt.Sprint("build ", number)) }
func (h *heard) ping() error            { return h.note("ping") }

// TestFollow runs a stream's clock without waiting.
func TestFollow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{})
		ctx, cancel := context.WithCancel(t.Context())
		h := &heard{start: time.Now()}
		done := make(chan error)
		go func() { done <- s.follow(ctx, h) }()
		time.Sleep(20 * time.Second) // the bubble's time, which costs none
		s.Show(site(nil))
		synctest.Wait()
		s.Show(site(nil))
		time.Sleep(15 * time.Second)
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		want := []string{"build 0 at 0s", "ping at 15s", "build 1 at 20s", "build 2 at 20s", "ping at 30s"}
		if !slices.Equal(h.said, want) {
			t.Errorf("%q, want %q", h.said, want)
		}
	})
}

// TestFollowEndsWithTheBrowser: each failing write ends the stream.
func TestFollowEndsWithTheBrowser(t *testing.T) {
	for call := 1; call <= 3; call++ {
		synctest.Test(t, func(t *testing.T) {
			s := New(Options{})
			h := &heard{start: time.Now(), fail: call}
			done := make(chan error)
			go func() { done <- s.follow(t.Context(), h) }()
			time.Sleep(16 * time.Second)
			s.Show(site(nil))
			if err := <-done; err == nil || len(h.said) != call {
				t.Errorf("%q %v", h.said, err)
			}
		})
	}
}

// listenTo opens an event stream and returns its lines.
func (s *started) listenTo(t *testing.T) *bufio.Scanner {
	t.Helper()
	c, err := net.Dial("tcp", s.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	c.SetDeadline(time.Now().Add(time.Minute))
	fmt.Fprintf(c, "GET /_peppermill/events HTTP/1.1\r\nHost: %s\r\n\r\n", s.address)
	r, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil || r.StatusCode != http.StatusOK || r.Header.Get("Content-Type") != "text/event-stream" || r.Header.Get("Cache-Control") != "no-store" {
		t.Fatal(r, err)
	}
	return bufio.NewScanner(r.Body)
}

// until reads lines up to one with the prefix, and returns what follows it.
func until(t *testing.T, lines *bufio.Scanner, prefix string) string {
	t.Helper()
	for lines.Scan() {
		if rest, ok := strings.CutPrefix(lines.Text(), prefix); ok {
			return rest
		}
	}
	t.Fatalf("no %q: %v", prefix, lines.Err())
	return ""
}

func TestEventStream(t *testing.T) {
	s := start(t, Options{Instance: "k3x9"})
	s.Show(site(nil))
	lines := s.listenTo(t)
	for build := 1; build <= 5; build++ {
		if until(t, lines, "event: "); lines.Text() != "event: build" {
			t.Error(lines.Text())
		}
		if id := until(t, lines, "id: "); id != fmt.Sprint(build) {
			t.Errorf("id %s, want %d", id, build)
		}
		var got struct {
			Build  int
			Server string
		}
		if err := json.Unmarshal([]byte(until(t, lines, "data: ")), &got); err != nil || got.Build != build || got.Server != "k3x9" {
			t.Errorf("%+v %v", got, err)
		}
		s.Show(site(nil))
	}
}

// TestStreamOutlivesReadTimeout: the time that a request may take to arrive is
// not the time that its answer may go on.
func TestStreamOutlivesReadTimeout(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := New(Options{})
	var open connections
	h := s.listening(t.Context(), &open)
	h.ReadTimeout = 50 * time.Millisecond
	go h.Serve(l)
	defer h.Close()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, "GET /_peppermill/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
	c.SetReadDeadline(time.Now().Add(300 * time.Millisecond))
	if _, err := io.Copy(io.Discard, c); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error("the stream ended by itself:", err)
	}
}

func TestMostStreams(t *testing.T) {
	s := New(Options{})
	s.streams.Store(mostStreams)
	if r := get(t, s, own+"events"); r.StatusCode != http.StatusServiceUnavailable || r.Header.Get("Retry-After") == "" {
		t.Error(r.StatusCode)
	}
	s.streams.Store(mostStreams - 1)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, own+"events", nil)
	r.Host = "localhost"
	if w := recorded(s, r); w.Code != http.StatusOK || s.streams.Load() != mostStreams-1 {
		t.Error(w.Code, s.streams.Load())
	}
	r = httptest.NewRequest(http.MethodHead, own+"events", nil)
	r.Host = "localhost"
	if w := recorded(s, r); w.Code != http.StatusOK {
		t.Error(w.Code)
	}
}

func TestMostConnections(t *testing.T) {
	var c connections
	c.open.Store(mostOpen)
	a, b := net.Pipe()
	c.changed(a, http.StateNew)
	if _, err := b.Read(make([]byte, 1)); err != io.EOF {
		t.Error("one connection too many is kept:", err)
	}
	c.changed(a, http.StateClosed)
	c.wait.Wait()
	if c.open.Load() != mostOpen {
		t.Error(c.open.Load())
	}
}

func TestTimeouts(t *testing.T) {
	var c connections
	h := New(Options{}).listening(t.Context(), &c)
	for name, d := range map[string]time.Duration{"head": h.ReadHeaderTimeout, "read": h.ReadTimeout, "write": h.WriteTimeout, "idle": h.IdleTimeout} {
		if d <= 0 || d > time.Minute {
			t.Errorf("%s: %v", name, d)
		}
	}
	if h.MaxHeaderBytes == 0 || h.MaxHeaderBytes > 64<<10 {
		t.Error(h.MaxHeaderBytes)
	}
}

// TestSlowClients: half-sent requests and open event streams are nobody else's
// loss, and nothing of them is left when the server has ended.
// PEPPERMILL_CLIENTS sets how many slow clients there are, with two event
// streams to five of them; the true bound on time holds only then, on a machine
// that does nothing else.
func TestSlowClients(t *testing.T) {
	clients, bound := 50, time.Second
	if n, err := strconv.Atoi(os.Getenv("PEPPERMILL_CLIENTS")); err == nil {
		clients, bound = n, 50*time.Millisecond
	}
	s := start(t, Options{})
	s.Show(site(map[string]string{"index.html": "home"}))
	for i := range clients {
		c, err := net.Dial("tcp", s.address)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		io.WriteString(c, "GET / HTTP/1.1\r\nHost: localhost\r\nX: "[:5+i%30])
	}
	var streams []*bufio.Scanner
	for range clients * 2 / 5 {
		streams = append(streams, s.listenTo(t))
	}
	var took []time.Duration
	for range 100 {
		began := time.Now()
		if r, body := s.raw(t, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"); r.StatusCode != 200 || string(Bare([]byte(body))) != whole("home") {
			t.Fatal(r.StatusCode, body)
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	if took[95] > bound {
		t.Errorf("other requests take %v", took[95])
	}
	s.Show(site(nil))
	for _, lines := range streams {
		until(t, lines, "id: 2")
	}
	s.stop()
	err := <-s.ended
	s.ended <- err
	if s.streams.Load() != 0 {
		t.Error(s.streams.Load(), "streams are left")
	}
	noneLeft(t)
}

// noneLeft waits until no goroutine of the server or its connections is left.
func noneLeft(t *testing.T) {
	t.Helper()
	stacks := make([]byte, 4<<20)
	deadline := time.Now().Add(time.Minute)
	for {
		all := string(stacks[:runtime.Stack(stacks, true)])
		left := 0
		for one := range strings.SplitSeq(all, "\n\n") {
			if strings.Contains(one, "net/http.(*con") || strings.Contains(one, "serve.(*Server)") {
				left++
			}
		}
		if left == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines are left:\n%s", left, all)
		}
		runtime.Gosched()
	}
}

// TestWholePages: readers only ever see whole pages of one build, however
// quickly builds follow each other.
func TestWholePages(t *testing.T) {
	s := start(t, Options{})
	page := func(build int) string { return strings.Repeat(fmt.Sprintf("<p>build %d</p>\n", build), 3000) }
	show := func(build int) { s.Show(site(map[string]string{"index.html": page(build)})) }
	show(1)
	over, read := make(chan struct{}), make(chan struct{})
	var readers sync.WaitGroup
	var pages atomic.Int64
	for range 4 {
		client := &http.Client{Transport: &http.Transport{}}
		readers.Go(func() {
			defer client.CloseIdleConnections()
			for {
				select {
				case <-over:
					return
				default:
				}
				if err := readWhole(client, s.address); err != nil {
					t.Error(err)
				}
				pages.Add(1)
				select {
				case read <- struct{}{}:
				case <-over:
				}
			}
		})
	}
	for build := 2; build <= 101; build++ {
		<-read
		show(build)
	}
	close(over)
	readers.Wait()
	if pages.Load() < 99 {
		t.Error("only", pages.Load(), "pages were read")
	}
}

func readWhole(client *http.Client, address string) error {
	r, err := client.Get("http://" + address + "/")
	if err != nil {
		return err
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	_, rest, _ := strings.Cut(string(body), `data-build="`)
	build, _, _ := strings.Cut(rest, `"`)
	line := "<p>build " + build + "</p>\n"
	if string(Bare(body)) != whole(strings.Repeat(line, 3000)) {
		return fmt.Errorf("a page of build %s is not whole: %d bytes", build, len(body))
	}
	return nil
}

// TestServeTwice: a listener that fails is an error, not a silence.
func TestServeFails(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if err := New(Options{}).Serve(t.Context(), l); err == nil {
		t.Error("a closed listener is served")
	}
}
