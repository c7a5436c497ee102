package serve

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

const (
	mostStreams = 300              // event streams at once; a browser has one for each tab
	quiet       = 15 * time.Second // after which a stream shows that it is alive
)

// listener is the far end of an event stream.
type listener interface {
	build(number int) error // there is a build with this number
	ping() error
}

// follow tells l of the current build, of each later one, and, when nothing
// happens, that it is still there. Builds that follow each other faster than l
// takes them are told as one. It ends with ctx or with l's first error.
func (s *Server) follow(ctx context.Context, l listener) error {
	tick := time.NewTicker(quiet)
	defer tick.Stop()
	n := s.now.Load()
	if err := l.build(n.number); err != nil {
		return err
	}
	for {
		var err error
		select {
		case <-ctx.Done():
			return nil
		case <-n.next:
			n = s.now.Load()
			err = l.build(n.number)
		case <-tick.C:
			err = l.ping()
		}
		if err != nil {
			return err
		}
	}
}

// serveEvents answers a text/event-stream (HTML standard, section 9.2).
func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request) {
	if s.streams.Add(1) > mostStreams {
		s.streams.Add(-1)
		w.Header().Set("Retry-After", "10")
		plainText(w, http.StatusServiceUnavailable, "Too many pages of this preview are open.")
		return
	}
	defer s.streams.Add(-1)
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	s.follow(r.Context(), &stream{rolling{w, http.NewResponseController(w)}, s.options.Instance})
}

// stream writes events.
type stream struct {
	rolling
	instance string
}

func (s *stream) build(number int) error {
	data := toJSON(struct {
		Build  int    `json:"build"`
		Server string `json:"server"`
	}{number, s.instance})
	return s.say(fmt.Sprintf("event: build\nid: %d\ndata: %s\n\n", number, data))
}

func (s *stream) ping() error { return s.say(": still here\n\n") }

func (s *stream) say(text string) error {
	if _, err := s.Write([]byte(text)); err != nil {
		return err
	}
	return s.control.Flush()
}
