package output

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"github.com/gofrs/flock"
)

const (
	lockName = ".peppermill.lock"
	// holderAt leaves the first byte alone, because Windows lets nobody else
	// read the byte that is locked.
	holderAt  = 1
	maxHolder = 200 // bytes
	retry     = 20 * time.Millisecond
)

// lock is held on a file in the output folder. The system releases it when its
// holder dies, however that happens, so a dead holder blocks nobody. The file
// stays, since removing it would let two processes lock two different files; its
// text, which names the holder, goes when the lock is released.
type lock struct {
	flock *flock.Flock
	top   directory
}

// acquire waits for the lock of the folder top, whose real path is real.
func acquire(ctx context.Context, top directory, real string, onWait func(string)) (*lock, error) {
	for range 10 {
		if err := makeLock(top); err != nil {
			return nil, err
		}
		// Without O_CREATE: opened by its path, a link put there in this moment
		// could make us create a file elsewhere.
		l := flock.New(filepath.Join(real, lockName), flock.SetFlag(os.O_RDWR))
		held, err := l.TryLock()
		if err == nil && !held {
			if onWait != nil {
				onWait(readHolder(top))
				onWait = nil
			}
			held, err = l.TryLockContext(ctx, retry)
		}
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed in this moment
		}
		if err != nil || !held {
			return nil, firstOf(err, l.Close())
		}
		ours, err := sameLock(top, l)
		if err == nil && ours {
			err = writeHolder(top, holder())
		}
		if err != nil {
			return nil, firstOf(err, l.Close())
		}
		if ours {
			return &lock{flock: l, top: top}, nil
		}
		if err := l.Close(); err != nil {
			return nil, err
		}
	}
	return nil, errRestless
}

// makeLock creates the lock file if need be, and refuses anything else there.
func makeLock(top directory) error {
	info, err := top.Lstat(lockName)
	if errors.Is(err, fs.ErrNotExist) {
		f, err := top.Create(lockName)
		if errors.Is(err, fs.ErrExist) {
			return nil
		}
		if err != nil {
			return err
		}
		_, err = f.Write([]byte("\n"))
		return firstOf(err, f.Close())
	}
	if err != nil {
		return err
	}
	return onlyRegular(info)
}

func onlyRegular(info fs.FileInfo) error {
	switch {
	case info.Mode().IsRegular():
		return nil
	case info.Mode()&fs.ModeSymlink != 0:
		return errLink
	}
	return errNotFile
}

// sameLock reports whether the file that we locked is still the one in the folder.
func sameLock(top directory, l *flock.Flock) (bool, error) {
	there, err := top.Lstat(lockName)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	locked, err := l.Stat()
	return err == nil && os.SameFile(there, locked), err
}

// holder describes this process to those who wait for it.
func holder() string {
	host, err := os.Hostname()
	if err != nil {
		host = "this computer"
	}
	return fmt.Sprintf("process %d on %s since %s\n", os.Getpid(), host, time.Now().UTC().Format(time.RFC3339))
}

func writeHolder(top directory, text string) error {
	f, err := top.Edit(lockName)
	if err != nil {
		return err
	}
	err = f.Truncate(holderAt)
	if err == nil && text != "" {
		_, err = f.WriteAt([]byte(text), holderAt)
	}
	return firstOf(err, f.Close())
}

// readHolder returns the holder's description of itself, made safe to print.
func readHolder(top directory) string {
	const unknown = "another process"
	info, err := top.Lstat(lockName)
	if err != nil {
		return unknown
	}
	f, err := openRegular(top, lockName, info)
	if err != nil {
		return unknown
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxHolder))
	if err != nil {
		return unknown
	}
	text := strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, string(b))
	if text == "" {
		return unknown
	}
	return text
}

// release gives the lock back. The holder's text goes first, so that a folder's
// bytes do not depend on who built it.
func (l *lock) release() error {
	return firstOf(writeHolder(l.top, ""), l.flock.Close())
}
