package serve

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"peppermill/internal/output"
)

// answer is one file of the site as it is sent.
type answer struct {
	body []byte
	tag  string // entity tag without quotes: a hash of the bytes
	kind string // Content-Type
	// stream and size stand for body when a file is too large for memory.
	stream output.Content
	size   int64
	err    error
}

// memoryBytes is the size up to which a file is kept in memory. What is larger
// (films) is read again from its source for each request.
const memoryBytes = 8 << 20

// errAbsent is the error of an output path that is not in the tree.
var errAbsent = errors.New("there is no such file in the site")

// look gives what is to be shown at an output path: the file as it is now, or,
// for a page whose source or layout is broken, its last good bytes (stale).
func (s *Server) look(n *snapshot, path string) (a *answer, stale bool) {
	a = n.made(path)
	if !isHTML(a.kind) {
		return a, false
	}
	key := path + "\x00" + n.pages[path].Source
	switch {
	case a.err == nil && n.alive(path):
		if a.stream == nil && n == s.now.Load() { // not what a late answer of an earlier build finds
			s.good.put(key, a)
		}
		return a, n.build.Stopped
	case a.err == nil:
		return a, true
	case errors.Is(a.err, errAbsent):
		return a, false // no page any more: a list that nothing is left in has no source to be broken
	}
	if last := s.good.get(key); last != nil {
		return last, true
	}
	return a, false
}

// made renders or reads the file at an output path, or finds it on the shelf.
func (n *snapshot) made(path string) *answer {
	if e, ok := n.entry(path); ok {
		return n.fresh.make(path, func() *answer { return open(e) })
	}
	if h, ok := n.held[path]; ok {
		return h.bytes
	}
	return &answer{kind: typeOf(path), err: errAbsent}
}

// open makes the answer of an entry. A panic in a layout's function is an error
// like any other: the preview goes on.
func open(e output.Entry) (a *answer) {
	a = &answer{kind: typeOf(e.Path)}
	defer func() {
		if p := recover(); p != nil {
			a.err = fmt.Errorf("rendering ended with %v", p)
		}
	}()
	content, err := e.Open()
	if err != nil {
		a.err = err
		return a
	}
	b := limited{left: memoryBytes}
	if _, err = content.WriteTo(&b); b.over {
		return measured(a, content)
	}
	a.err, a.body = err, b.buffer.Bytes()
	sum := sha256.Sum256(a.body)
	a.tag = hex.EncodeToString(sum[:16])
	return a
}

// measured counts a large content, for Content-Length and ranges.
func measured(a *answer, content output.Content) *answer {
	var n counter
	_, a.err = content.WriteTo(&n)
	a.stream, a.size, a.tag = content, int64(n), content.Key().String()[:32]
	return a
}

// limited is a buffer that fails when it would hold more than left bytes. It has
// no other way in than Write.
type limited struct {
	buffer bytes.Buffer
	left   int
	over   bool
}

func (l *limited) Write(p []byte) (int, error) {
	if l.left -= len(p); l.left < 0 {
		l.over = true
		return 0, errors.New("too large for memory")
	}
	return l.buffer.Write(p)
}

type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

var _ io.Writer = (*counter)(nil)
