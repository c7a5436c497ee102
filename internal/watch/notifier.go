package watch

import (
	"errors"
	"io/fs"
	"syscall"

	"github.com/fsnotify/fsnotify"
)

// notifier is what the system offers: events of the entries of single folders.
type notifier interface {
	Add(folder string) error
	Remove(folder string) error
	Events() <-chan fsnotify.Event
	// Errors gives an error after which events may have been lost.
	Errors() <-chan error
	Close() error
}

// library is fsnotify behind notifier.
type library struct {
	*fsnotify.Watcher
	errors chan error
	ended  chan struct{}
}

func system() (notifier, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	l := &library{Watcher: w, errors: make(chan error, 1), ended: make(chan struct{})}
	go l.drain()
	return l, nil
}

// drain takes errors at once. fsnotify can send one while it holds the lock
// that Add and Remove need, so whoever reads errors must not be the one who
// calls these. One error stands for all that follow it: each means the same.
func (l *library) drain() {
	defer close(l.ended)
	for err := range l.Watcher.Errors {
		select {
		case l.errors <- err:
		default:
		}
	}
}

func (l *library) Events() <-chan fsnotify.Event { return l.Watcher.Events }
func (l *library) Errors() <-chan error          { return l.errors }

func (l *library) Close() error {
	err := l.Watcher.Close()
	if err == nil {
		<-l.ended
	}
	return err
}

// gone reports whether a folder could not be watched because it is not there
// any more, or not to be read by us: the build says so, if it matters, and an
// event of the folder above tells when that changes.
func gone(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.ENOTDIR)
}

// limit reports whether the system lets nothing more be watched.
func limit(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE) || errors.Is(err, syscall.ENOMEM)
}
