package serve

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Time-outs and bounds. Everything that a client could do slowly, or never
// finish, has an end.
const (
	headTime  = 5 * time.Second  // for a request's header
	readTime  = 10 * time.Second // for a whole request; it has no body
	writeTime = 30 * time.Second // for an answer; for each piece of a long one
	idleTime  = 60 * time.Second // between two requests of a connection
	grace     = 500 * time.Millisecond
	headBytes = 16 << 10
	mostOpen  = 2000 // connections
)

// Serve answers the connections of l until ctx ends, then closes l, ends the
// event streams, lets other answers finish for half a second, and returns nil
// when no goroutine of a connection is left. Another end is an error. Call it
// once.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var open connections
	h := s.listening(ctx, &open)
	failed := make(chan error, 1)
	go func() { failed <- h.Serve(l) }()
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	cancel()
	end, stop := context.WithTimeout(context.Background(), grace)
	defer stop()
	if h.Shutdown(end) != nil {
		h.Close()
	}
	if err == nil {
		err = <-failed
	}
	open.wait.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func (s *Server) listening(ctx context.Context, open *connections) *http.Server {
	return &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: headTime,
		ReadTimeout:       readTime,
		WriteTimeout:      writeTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    headBytes,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ConnState:         open.changed,
		ErrorLog:          log.New(io.Discard, "", 0), // what clients do wrong is not this terminal's matter

		DisableGeneralOptionsHandler: true, // "OPTIONS *" is for the guards too
	}
}

// connections counts the open ones and closes those that are too many.
type connections struct {
	open atomic.Int64
	wait sync.WaitGroup
}

func (c *connections) changed(conn net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		c.wait.Add(1)
		if c.open.Add(1) > mostOpen {
			conn.Close()
		}
	case http.StateClosed, http.StateHijacked:
		c.open.Add(-1)
		c.wait.Done()
	}
}

// rolling gives each piece of a long answer the time that a short one has as a
// whole. It hides the connection's own way of copying, which would take a film
// in one piece.
type rolling struct {
	http.ResponseWriter
	control *http.ResponseController
}

func (r rolling) Write(p []byte) (int, error) {
	// A recorder in a test has no deadlines; a connection always does.
	if err := r.control.SetWriteDeadline(time.Now().Add(writeTime)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	return r.ResponseWriter.Write(p)
}
