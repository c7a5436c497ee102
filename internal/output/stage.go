package output

import (
	"crypto/sha256"
	"errors"
	"hash"
	"io/fs"
	"sync"
)

const (
	stageName = ".peppermill-stage"
	stagePerm = 0o700 // the folder's own; files in it carry their final mode
	// stageBuffer is held by each worker. A file that fits is written by a
	// single call, and not at all if it turns out to be unchanged.
	stageBuffer = 256 << 10
)

// stage is the hidden folder of temporary files. It is made when the first file
// needs it, so a run that changes nothing leaves no trace.
type stage struct {
	top directory

	mu     sync.Mutex
	folder directory
	err    error // of the first try; a second would only fail for another reason
}

// open returns the stage's folder and makes it if need be.
func (s *stage) open() (directory, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.folder == nil && s.err == nil {
		s.err = s.top.Mkdir(stageName, stagePerm)
		if s.err == nil {
			w := walker{top: s.top}
			s.folder, s.err = w.to(stageName)
		}
	}
	return s.folder, s.err
}

// sweep removes what is there, of this run or of one that was killed.
func (s *stage) sweep() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.folder != nil {
		s.folder.Close()
		s.folder = nil
	}
	info, err := s.top.Lstat(stageName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && !info.IsDir() {
		if err = onlyRegular(info); err == nil {
			err = errNoFolder
		}
	}
	if err == nil {
		err = s.top.RemoveAll(stageName)
	}
	return fail(opRemove, stageName, err)
}

// stager writes one staged file after the other. It sums what is written, and
// creates the file only when it must: when the buffer is full, or to keep it.
// After an error it takes nothing more; keep returns that error, even if the
// writer of the content has swallowed it.
type stager struct {
	stage   *stage
	durable bool
	hash    hash.Hash
	buf     []byte

	name string
	file file
	size int64
	err  error
}

func newStager(s *stage, durable bool) *stager {
	return &stager{stage: s, durable: durable, hash: sha256.New(), buf: make([]byte, 0, stageBuffer)}
}

// begin starts the file name of the stage folder.
func (s *stager) begin(name string) {
	s.hash.Reset()
	s.buf = s.buf[:0]
	s.name, s.file, s.size, s.err = name, nil, 0, nil
}

// Write takes part of the content.
func (s *stager) Write(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	s.hash.Write(p)
	s.size += int64(len(p))
	if len(s.buf)+len(p) > cap(s.buf) {
		s.flush()
	}
	if len(p) > cap(s.buf) {
		s.put(p)
	} else {
		s.buf = append(s.buf, p...)
	}
	if s.err != nil {
		return 0, s.err
	}
	return len(p), nil
}

func (s *stager) flush() {
	s.put(s.buf)
	s.buf = s.buf[:0]
}

func (s *stager) put(p []byte) {
	if s.file == nil && s.err == nil {
		folder, err := s.stage.open()
		if err == nil {
			s.file, err = folder.Create(s.name)
		}
		s.err = err
	}
	if s.err == nil && len(p) > 0 {
		_, s.err = s.file.Write(p)
	}
}

// sum returns the sum of what has been written since begin.
func (s *stager) sum() (sum Sum) {
	s.hash.Sum(sum[:0])
	return sum
}

// keep finishes the file.
func (s *stager) keep() error {
	s.flush()
	if s.durable && s.err == nil {
		s.err = s.file.Sync()
	}
	return s.close()
}

// discard forgets the file.
func (s *stager) discard() error {
	created := s.file != nil
	err := s.close()
	if created && err == nil {
		var folder directory
		if folder, err = s.stage.open(); err == nil {
			err = folder.Remove(s.name)
		}
	}
	return err
}

func (s *stager) close() error {
	if s.file != nil {
		s.err = firstOf(s.err, s.file.Close())
		s.file = nil
	}
	return s.err
}
