package serve

import (
	"container/list"
	"sync"
)

// shelf keeps answers, the most recently used ones, up to a number of bytes.
// It is safe for concurrent use.
type shelf struct {
	mu    sync.Mutex
	cells map[string]*list.Element // → *cell
	order *list.List               // front: used last
	bytes int
	limit int
}

// cell is one place on the shelf. Its size is 0 until there is an answer.
type cell struct {
	key    string
	once   sync.Once
	answer *answer
	size   int
}

// cellBytes is about what a cell costs beside its body.
const cellBytes = 300

func newShelf(limit int) *shelf {
	return &shelf{cells: map[string]*list.Element{}, order: list.New(), limit: limit}
}

// make returns the answer under key, made by from when there is none. Of
// several callers at once, one makes it and the others wait. Failures are
// handed out and not kept.
func (s *shelf) make(key string, from func() *answer) *answer {
	c := s.place(key)
	c.once.Do(func() { s.settle(c, from()) })
	return c.answer
}

// put keeps a under key.
func (s *shelf) put(key string, a *answer) {
	s.mu.Lock()
	if at, ok := s.cells[key]; ok && at.Value.(*cell).answer == a {
		s.order.MoveToFront(at)
		s.mu.Unlock()
		return
	} else if ok {
		s.drop(at)
	}
	s.mu.Unlock()
	s.make(key, func() *answer { return a })
}

// get returns the answer under key, or nil when there is none yet.
func (s *shelf) get(key string) *answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, ok := s.cells[key]
	if !ok {
		return nil
	}
	s.order.MoveToFront(at)
	return at.Value.(*cell).answer
}

func (s *shelf) place(key string) *cell {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at, ok := s.cells[key]; ok {
		s.order.MoveToFront(at)
		return at.Value.(*cell)
	}
	c := &cell{key: key}
	s.cells[key] = s.order.PushFront(c)
	return c
}

// settle gives a cell its answer, counts it and makes room for it.
func (s *shelf) settle(c *cell, a *answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.answer = a
	at := s.cells[c.key]
	if at == nil || at.Value != c {
		return // dropped in the meantime
	}
	if a.err != nil {
		s.drop(at)
		return
	}
	c.size = len(a.body) + cellBytes
	s.bytes += c.size
	for s.bytes > s.limit {
		s.drop(s.order.Back())
	}
}

// drop takes a cell off the shelf. The caller holds the lock.
func (s *shelf) drop(at *list.Element) {
	c := s.order.Remove(at).(*cell)
	delete(s.cells, c.key)
	s.bytes -= c.size
}
