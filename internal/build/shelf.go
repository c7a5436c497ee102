package build

import (
	"sync"

	"peppermill/internal/picture"
)

// tray is a store for the copies of one picture.
type tray map[string][]byte

// Get finds what was put.
func (t tray) Get(name string) ([]byte, bool) { data, ok := t[name]; return data, ok }

// Put keeps data under the name.
func (t tray) Put(name string, data []byte) { t[name] = data }

// shelf keeps what was made of pictures: the latest in memory, so that a build
// without a store, or with one that has failed, makes nothing twice in a row,
// and all of it in the store.
type shelf struct {
	mu    sync.Mutex
	held  map[string][]byte
	order []string // oldest first
	size  int      // bytes held
	store picture.Store
}

const mostHeld = 32 << 20 // bytes

// Get looks into memory, then into the store.
func (s *shelf) Get(name string) ([]byte, bool) {
	s.mu.Lock()
	data, ok := s.held[name]
	s.mu.Unlock()
	if ok || s.store == nil {
		return data, ok
	}
	return s.store.Get(name)
}

// Put keeps data in the store, and in memory in the place of what is oldest.
func (s *shelf) Put(name string, data []byte) {
	if s.store != nil {
		s.store.Put(name, data)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, held := s.held[name]; held || len(data) > mostHeld {
		return
	}
	if s.held == nil {
		s.held = map[string][]byte{}
	}
	s.held[name], s.order, s.size = data, append(s.order, name), s.size+len(data)
	for s.size > mostHeld {
		s.size -= len(s.held[s.order[0]])
		delete(s.held, s.order[0])
		s.order = s.order[1:]
	}
}

// workbench bounds the memory in which pictures lie open at one time.
type workbench struct {
	mu    sync.Mutex
	taken int64
	room  chan struct{} // closed when some is given back; nil when nobody waits
}

const mostOpen = 256 << 20 // bytes

// take waits for room and returns what gives it back. What needs more than
// there is gets all of it.
func (b *workbench) take(n int64) (giveBack func()) {
	n = min(n, mostOpen)
	b.mu.Lock()
	for b.taken+n > mostOpen {
		if b.room == nil {
			b.room = make(chan struct{})
		}
		wait := b.room
		b.mu.Unlock()
		<-wait
		b.mu.Lock()
	}
	b.taken += n
	b.mu.Unlock()
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		if b.taken -= n; b.room != nil {
			close(b.room)
			b.room = nil
		}
	}
}
