package output

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"time"
)

// memory is what the folder tells about earlier runs.
type memory struct {
	manifest
	raw   []byte         // the manifest's bytes, nil if there is none
	index map[string]int // path → number in files
	// written is when publishing began: see trusts. The zero time trusts nothing.
	written time.Time
	note    string // why there is no memory, for the user; or empty
}

// load reads the manifest. What cannot be understood counts as no manifest: then
// nothing is ours, so nothing can be deleted or overwritten because of it.
func load(top directory) (*memory, error) {
	b, info, err := readManifest(top)
	if err != nil || info == nil {
		return &memory{}, err
	}
	var m *manifest
	if err = errBroken; len(b) <= maxManifest {
		m, err = decode(b)
	}
	if err != nil {
		return &memory{raw: b, note: "The list of written files (" + manifestName + ") is not used: " + err.Error() +
			". Files of an earlier build that are no longer wanted stay where they are."}, nil
	}
	mem := &memory{manifest: *m, raw: b}
	if !m.pending {
		mem.written = info.ModTime()
	}
	mem.number()
	return mem, nil
}

// readManifest returns a nil FileInfo if there is no manifest.
func readManifest(top directory) ([]byte, fs.FileInfo, error) {
	info, err := top.Lstat(manifestName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err == nil {
		err = onlyRegular(info)
	}
	if err != nil {
		return nil, nil, err
	}
	f, err := openRegular(top, manifestName, info)
	if err != nil {
		return nil, nil, err
	}
	var b bytes.Buffer
	b.Grow(int(min(info.Size(), maxManifest)) + bytes.MinRead)
	_, err = b.ReadFrom(io.LimitReader(f, maxManifest+1))
	return b.Bytes(), info, firstOf(err, f.Close())
}

func (m *memory) number() {
	m.index = make(map[string]int, len(m.files))
	for i := range m.files {
		m.index[m.files[i].path] = i
	}
}

func (m *memory) record(p string) (record, bool) {
	i, ok := m.index[p]
	if !ok {
		return record{}, false
	}
	return m.files[i], true
}

// trusts reports whether a file of the recorded size needs no reading to be known
// as ours. It is git's guard for its index: a file changed after us carries a time
// at or after the manifest's, on any file system however coarse its clock, if both
// have the same clock. The manifest is staged just before the first rename, so its
// time is later than that of all files that went with it, and no allowance has to
// be made for files changed while publishing. Not seen is a change that keeps the
// size and either puts an old time back or falls between the check of a file and
// the next manifest.
func (m *memory) trusts(info fs.FileInfo) bool {
	return info.ModTime().Before(m.written)
}

// intact reports whether a file still is as we wrote it.
func (m *memory) intact(h *hasher, d directory, info fs.FileInfo, r record) (bool, error) {
	if info == nil || !info.Mode().IsRegular() || info.Size() != r.size {
		return false, nil
	}
	if m.trusts(info) {
		return true, nil
	}
	sum, err := h.file(d, path.Base(r.path), info)
	return sum == r.sum, err
}

// settle turns the memory of an interrupted run into one with a single record a
// path: the one that is on disk, or else any of them.
func (m *memory) settle(top directory) error {
	if !m.pending {
		return nil
	}
	w := &walker{top: top}
	defer w.leave(0)
	h := newHasher()
	var files []record
	for rest := m.files; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].path == rest[0].path {
			n++
		}
		r, err := m.present(w, h, rest[:n])
		if err != nil {
			return err
		}
		files, rest = append(files, r), rest[n:]
	}
	m.files = files
	m.number()
	return nil
}

// present returns the candidate, of the same path, that is on disk.
func (m *memory) present(w *walker, h *hasher, candidates []record) (record, error) {
	first := candidates[0]
	if len(candidates) == 1 {
		return first, nil
	}
	d, info, err := w.lstat(first.path)
	var blocked *blockedError
	if errors.As(err, &blocked) {
		return first, nil
	}
	if err != nil {
		return first, fail(opInspect, first.path, err)
	}
	for _, r := range candidates {
		same, err := m.intact(h, d, info, r)
		if err != nil {
			return first, fail(opRead, r.path, err)
		}
		if same {
			return r, nil
		}
	}
	return first, nil
}

// parents returns the folders that hold the files, at any depth.
func parents(files []record) map[string]bool {
	set := make(map[string]bool)
	for i := range files {
		for dir := path.Dir(files[i].path); dir != "." && !set[dir]; dir = path.Dir(dir) {
			set[dir] = true
		}
	}
	return set
}
