package output

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
)

// Names in the stage folder. The files of entries have numbers for names.
const (
	stagedManifest = "manifest"
	stagedJournal  = "journal"
)

// publication is one passage from the old site to the new one.
type publication struct {
	plan    *plan
	changes *Changes
	// begun is set when the journal is in place. From there on an error leaves
	// a folder that the next run must finish.
	begun bool
	// touched are the folders to flush, if Options.Durable asks for it.
	touched map[string]bool
}

// publish puts a plan into effect and completes c. Until the journal is in place
// an error leaves everything as it was; afterwards each file is old or new, and
// the manifest on disk covers both.
func publish(ctx context.Context, p *plan, c *Changes) error {
	pub := &publication{plan: p, changes: c, touched: map[string]bool{".": true}}
	next := p.manifest()
	final, err := next.encode()
	if err != nil {
		return fail(opWrite, manifestName, err)
	}
	moves := len(c.Written) > 0 || len(p.stale) > 0
	if !moves && bytes.Equal(final, p.old.raw) {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := pub.all(next, final, moves); err != nil {
		var e *Error
		if errors.As(err, &e) {
			e.Partial = pub.begun
		}
		return err
	}
	return nil
}

func (p *publication) all(next *manifest, final []byte, moves bool) error {
	// All data is written before the first rename, so that a full disk cannot
	// stop us halfway. memory.trusts relies on this order too.
	replace := !bytes.Equal(final, p.plan.old.raw)
	if replace {
		if err := p.write(stagedManifest, final); err != nil {
			return err
		}
	}
	if moves {
		if err := p.journal(next); err != nil {
			return err
		}
		if err := p.move(); err != nil {
			return err
		}
	}
	if !replace {
		return nil
	}
	if err := p.install(stagedManifest); err != nil {
		return err
	}
	return p.flush(".")
}

// write stages a manifest.
func (p *publication) write(name string, b []byte) error {
	s := newStager(p.plan.stage, p.plan.options.Durable)
	s.begin(name)
	s.Write(b) // keep returns its error
	return fail(opWrite, manifestName, s.keep())
}

// install makes a staged manifest the manifest.
func (p *publication) install(name string) error {
	info, err := p.plan.top.Lstat(manifestName)
	if err == nil {
		err = onlyRegular(info)
	} else if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err == nil {
		err = p.plan.top.Rename(path.Join(stageName, name), manifestName)
	}
	if err != nil {
		return fail(opPublish, manifestName, err)
	}
	return nil
}

// journal puts the pending manifest in place, which covers every file that the
// run may leave behind when it is killed. If the old one does so, it stays.
func (p *publication) journal(next *manifest) error {
	pending := merge(&p.plan.old.manifest, next)
	if !p.plan.old.pending && len(pending.files) == len(p.plan.old.files) {
		p.begun = true
		return nil
	}
	b, err := pending.encode()
	if err != nil {
		return fail(opWrite, manifestName, err)
	}
	if err := p.write(stagedJournal, b); err != nil {
		return err
	}
	if err := p.install(stagedJournal); err != nil {
		return err
	}
	p.begun = true
	return p.flush(".")
}

// move does the passage itself. It minds no context: it takes a moment, and to
// stop in the middle would help nobody.
func (p *publication) move() error {
	cleared, err := p.clear()
	if err != nil {
		return err
	}
	var writes []int
	for i := range p.plan.results {
		if p.plan.results[i].action == actWrite {
			writes = append(writes, i)
		}
	}
	err = spread(context.Background(), len(writes), func() worker {
		return &renameWorker{plan: p.plan, writes: writes, walker: walker{top: p.plan.top}}
	})
	if err != nil {
		return err
	}
	if err := p.removeStale(cleared); err != nil {
		return err
	}
	if err := p.removeFolders(p.emptied()); err != nil {
		return err
	}
	for _, i := range writes {
		p.touch(p.plan.entries[i].Path)
	}
	return p.flushTouched()
}

// clear removes what stands in the way of the renames: stale files of ours, and
// the folders that held them.
func (p *publication) clear() (map[string]bool, error) {
	cleared := make(map[string]bool)
	var folders []string
	for _, r := range p.plan.results {
		folders = append(folders, r.folders...)
		for _, b := range r.blockers {
			cleared[b] = true
		}
	}
	w := &walker{top: p.plan.top}
	defer w.leave(0)
	h := newHasher()
	for _, b := range slices.Sorted(maps.Keys(cleared)) {
		gone, err := p.removeFile(w, h, b)
		if err == nil && !gone {
			err = errOccupied
		}
		if err != nil {
			return nil, fail(opRemove, b, err)
		}
	}
	return cleared, p.removeFolders(folders)
}

func (p *publication) removeStale(cleared map[string]bool) error {
	w := &walker{top: p.plan.top}
	defer w.leave(0)
	h := newHasher()
	for _, r := range p.plan.stale {
		if cleared[r.path] {
			continue
		}
		if _, err := p.removeFile(w, h, r.path); err != nil {
			return fail(opRemove, r.path, err)
		}
	}
	return nil
}

// removeFile removes a stale file, if its bytes still are what the old manifest
// says. It looks again, however sure the plan was: this is the one place where
// something is lost for good.
func (p *publication) removeFile(w *walker, h *hasher, name string) (gone bool, err error) {
	d, info, err := w.lstat(name)
	var blocked *blockedError
	switch {
	case errors.As(err, &blocked):
		return true, nil // its folder is no folder, so it is gone
	case err != nil:
		return false, err
	case info == nil || info.IsDir():
		return true, nil
	}
	r, _ := p.plan.old.record(name)
	same := info.Mode().IsRegular() && info.Size() == r.size
	if same {
		sum, err := h.file(d, path.Base(name), info)
		if err != nil {
			return false, err
		}
		same = sum == r.sum
	}
	if !same {
		p.changes.Kept = append(p.changes.Kept, name)
		return false, nil
	}
	if err := d.Remove(path.Base(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	p.touch(name)
	p.changes.Deleted = append(p.changes.Deleted, name)
	return true, nil
}

// emptied returns the folders that a stale file may have left empty: those above
// it, if they are ours.
func (p *publication) emptied() []string {
	foreign := make(map[string]bool)
	for _, f := range p.plan.old.folders {
		foreign[f] = true
	}
	var folders []string
	for dir := range parents(p.plan.stale) {
		if !foreign[dir] && !p.plan.foreign[dir] {
			folders = append(folders, dir)
		}
	}
	return folders
}

// removeFolders removes those of the folders that are empty, inner ones first.
func (p *publication) removeFolders(folders []string) error {
	slices.SortFunc(folders, func(a, b string) int { return cmp.Compare(b, a) })
	w := &walker{top: p.plan.top}
	defer w.leave(0)
	for _, dir := range slices.Compact(folders) {
		d, info, err := w.lstat(dir)
		var blocked *blockedError
		if errors.As(err, &blocked) || err == nil && (info == nil || !info.IsDir()) {
			continue
		}
		if err == nil {
			err = d.Remove(path.Base(dir))
		}
		switch {
		case err == nil:
			p.touch(dir)
		case !errors.Is(err, fs.ErrExist) && !errors.Is(err, fs.ErrNotExist): // ErrExist: not empty
			return fail(opRemove, dir, err)
		}
	}
	return nil
}

// touch notes that the folder of a path, and those above, have changed.
func (p *publication) touch(name string) {
	for dir := path.Dir(name); !p.touched[dir]; dir = path.Dir(dir) {
		p.touched[dir] = true
	}
}

func (p *publication) flushTouched() error {
	if !p.plan.options.Durable {
		return nil
	}
	for _, dir := range slices.Sorted(maps.Keys(p.touched)) {
		if err := p.flush(dir); err != nil {
			return err
		}
	}
	return nil
}

func (p *publication) flush(dir string) error {
	if !p.plan.options.Durable {
		return nil
	}
	w := &walker{top: p.plan.top}
	defer w.leave(0)
	d, err := w.to(dir)
	var blocked *blockedError
	if errors.Is(err, fs.ErrNotExist) || errors.As(err, &blocked) {
		return nil // removed or replaced by us; the folder above is flushed
	}
	if err == nil {
		err = d.Sync()
	}
	return fail(opSync, dir, err)
}

// renameWorker puts staged files in place.
type renameWorker struct {
	plan   *plan
	writes []int
	walker walker
}

func (w *renameWorker) done() { w.walker.leave(0) }

func (w *renameWorker) do(n int) error {
	r := &w.plan.results[w.writes[n]]
	name := r.record.path
	d, err := w.walker.ensure(path.Dir(name))
	if err != nil {
		return fail(opFolder, path.Dir(name), err)
	}
	// Rename would replace a link rather than follow it, but neither a link nor
	// a file that has turned up since the plan was made is ours to replace.
	info, err := d.Lstat(path.Base(name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = nil
	case err != nil:
	case info.Mode()&fs.ModeSymlink != 0:
		err = errLink
	case r.there == nil && len(r.blockers) == 0:
		err = errOccupied
	}
	if err == nil {
		err = w.plan.top.Rename(path.Join(stageName, r.staged), name)
	}
	return fail(opPublish, name, err)
}
