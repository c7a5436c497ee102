package output

import (
	"context"
	"errors"
	"io/fs"
	"os"
)

// Fresh answers whether the folder dir already is the result of the inputs with
// this fingerprint: its manifest says so, and every listed file is still there as
// we wrote it. If so, it returns the facts of that run. The fingerprint is only
// asked for when the folder remembers one, for it costs reading every input. Fresh
// writes nothing and takes no lock. An error says why there is no answer; Sync may
// still succeed.
func Fresh(dir string, fingerprint func() (Sum, error)) (facts map[string]int, ok bool, err error) {
	info, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return nil, false, nil
	}
	var top directory
	if err == nil {
		top, err = openDirectory(dir)
	}
	if err != nil {
		return nil, false, fail(opInspect, dir, err)
	}
	defer top.Close()
	facts, ok, err = fresh(top, fingerprint)
	return facts, ok, placed(dir, err)
}

var errStale = errors.New("not as written")

func fresh(top directory, fingerprint func() (Sum, error)) (map[string]int, bool, error) {
	// Leftovers of a killed run want a Sync, which sweeps them.
	if _, err := top.Lstat(stageName); !errors.Is(err, fs.ErrNotExist) {
		return nil, false, fail(opInspect, stageName, err)
	}
	mem, err := load(top)
	if err != nil {
		return nil, false, fail(opRead, manifestName, err)
	}
	if mem.pending || mem.fingerprint.IsZero() {
		return nil, false, nil
	}
	if now, err := fingerprint(); err != nil || now != mem.fingerprint {
		return nil, false, err
	}
	err = spread(context.Background(), len(mem.files), func() worker {
		return &freshWorker{memory: mem, walker: walker{top: top}}
	})
	var blocked *blockedError
	switch {
	case err == nil:
		return mem.facts, true, nil
	case errors.Is(err, errStale), errors.As(err, &blocked):
		return nil, false, nil
	}
	return nil, false, err
}

// freshWorker returns errStale for a file that is not as we wrote it.
type freshWorker struct {
	memory *memory
	walker walker
	hasher *hasher
}

func (w *freshWorker) done() { w.walker.leave(0) }

func (w *freshWorker) do(i int) error {
	r := w.memory.files[i]
	d, info, err := w.walker.lstat(r.path)
	if err != nil {
		return fail(opInspect, r.path, err)
	}
	if w.hasher == nil {
		w.hasher = newHasher()
	}
	intact, err := w.memory.intact(w.hasher, d, info, r)
	if err == nil && !intact {
		err = errStale
	}
	return fail(opRead, r.path, err)
}
