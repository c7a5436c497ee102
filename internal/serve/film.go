package serve

import (
	"errors"
	"io"
	"iter"

	"peppermill/internal/output"
)

// film reads a content that only knows how to write itself whole, from any
// place in it, and so gives byte ranges (which Safari needs to play a video at
// all) without holding it. To begin in the middle it reads and drops what is
// before, which costs a pass over a file that the system has in its cache.
type film struct {
	content output.Content
	size    int64
	at      int64 // where Read goes on
	chunk   []byte
	next    func() ([]byte, bool)
	stop    func()
	failed  error
}

var errEnough = errors.New("the reader has enough")

func newFilm(content output.Content, size int64) *film {
	return &film{content: content, size: size, stop: func() {}}
}

// Seek sets where Read goes on.
func (f *film) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += f.at
	case io.SeekEnd:
		offset += f.size
	}
	if offset < 0 {
		return 0, errors.New("a place before the beginning")
	}
	if offset != f.at {
		f.Close()
		f.at = offset
	}
	return offset, nil
}

// Read gives what follows. A file that has become shorter ends with
// io.ErrUnexpectedEOF.
func (f *film) Read(p []byte) (int, error) {
	if f.at >= f.size {
		return 0, io.EOF
	}
	if f.next == nil {
		f.next, f.stop = iter.Pull(f.from(f.at))
	}
	if len(f.chunk) == 0 {
		var ok bool
		if f.chunk, ok = f.next(); !ok {
			return 0, errors.Join(io.ErrUnexpectedEOF, f.failed)
		}
	}
	n := copy(p, f.chunk)
	f.chunk = f.chunk[n:]
	f.at += int64(n)
	return n, nil
}

// Close ends the reading; Read may begin again.
func (f *film) Close() error {
	f.stop()
	f.next, f.chunk, f.stop = nil, nil, func() {}
	return nil
}

// from yields the content's chunks from a place on. A chunk holds until the
// next one is asked for.
func (f *film) from(skip int64) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		_, err := f.content.WriteTo(writer(func(p []byte) error {
			drop := min(skip, int64(len(p)))
			skip -= drop
			if rest := p[drop:]; len(rest) > 0 && !yield(rest) {
				return errEnough
			}
			return nil
		}))
		if !errors.Is(err, errEnough) {
			f.failed = err
		}
	}
}

// writer is a function as an io.Writer.
type writer func(p []byte) error

func (w writer) Write(p []byte) (int, error) {
	if err := w(p); err != nil {
		return 0, err
	}
	return len(p), nil
}
