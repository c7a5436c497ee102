package output

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"sync"
)

// plan is what a run is going to do. Making it renders and stages the files, and
// changes nothing that a reader of the site can see.
type plan struct {
	top     directory
	stage   *stage
	old     *memory
	tree    Tree
	options Options

	entries []Entry   // sorted by path
	stale   []record  // listed by the old manifest, not in the tree
	results []outcome // one an entry
	// twins holds, for file systems without case, the stale file that is the
	// same file as an entry of another spelling.
	twins map[string]string

	ours map[string]bool // folders with files of the old manifest

	mu      sync.Mutex
	foreign map[string]bool // folders in use that stood there before us
}

type action int

const (
	actSkip  action = iota // key equal, file intact: not rendered
	actSame                // rendered, and equal to what is there
	actAdopt               // the same, though we had not written it
	actWrite               // staged
	actClash               // something foreign is in the way
)

type outcome struct {
	action   action
	record   record
	staged   string      // name in the stage folder
	there    fs.FileInfo // what the file will replace, or nil
	conflict Problem
	// blockers are stale files that stand in the way: where a file needs a
	// folder, or in a folder where a file goes. They are removed first, and then
	// the folders that held them.
	blockers []string
	folders  []string
}

func newPlan(top directory, s *stage, old *memory, t Tree, o Options) *plan {
	p := &plan{top: top, stage: s, old: old, tree: t, options: o, entries: t.sorted(), foreign: make(map[string]bool)}
	wanted := make(map[string]bool, len(p.entries))
	for _, e := range p.entries {
		wanted[e.Path] = true
	}
	for _, r := range old.files {
		if !wanted[r.path] {
			p.stale = append(p.stale, r)
		}
	}
	p.results = make([]outcome, len(p.entries))
	p.ours = parents(old.files)
	return p
}

func (p *plan) make(ctx context.Context) error {
	if err := p.findTwins(); err != nil {
		return err
	}
	return spread(ctx, len(p.entries), func() worker {
		w := &planWorker{plan: p, hasher: newHasher(), stager: newStager(p.stage, p.options.Durable)}
		w.walker = walker{top: p.top, entered: w.enter}
		return w
	})
}

// findTwins finds entries that differ from a stale file only in case or accents
// and that are the same file on this file system.
func (p *plan) findTwins() error {
	if len(p.stale) == 0 {
		return nil
	}
	f := newFolding()
	stale := make(map[string]string, len(p.stale))
	for _, r := range p.stale {
		stale[f.fold(r.path)] = r.path
	}
	w := &walker{top: p.top}
	defer w.leave(0)
	p.twins = make(map[string]string)
	for _, e := range p.entries {
		other, ok := stale[f.fold(e.Path)]
		if !ok {
			continue
		}
		_, a, errA := w.lstat(e.Path)
		_, b, errB := w.lstat(other)
		var blocked *blockedError
		if err := firstOf(errA, errB); err != nil && !errors.As(err, &blocked) {
			return fail(opInspect, e.Path, err)
		}
		if a != nil && b != nil && os.SameFile(a, b) {
			p.twins[e.Path] = other
		}
	}
	return nil
}

// conflicts returns what is in the way, once each, sorted.
func (p *plan) conflicts() []Problem {
	var all []Problem
	for _, r := range p.results {
		if r.action == actClash {
			all = append(all, r.conflict)
		}
	}
	slices.SortStableFunc(all, func(a, b Problem) int { return cmp.Compare(a.Path, b.Path) })
	return slices.CompactFunc(all, func(a, b Problem) bool { return a.Path == b.Path })
}

// changes counts what is known before publishing.
func (p *plan) changes() Changes {
	var c Changes
	for i, r := range p.results {
		switch r.action {
		case actSkip:
			c.Skipped++
		case actWrite:
			c.Written = append(c.Written, p.entries[i].Path)
		case actAdopt:
			c.Adopted = append(c.Adopted, p.entries[i].Path)
			c.Unchanged++
		default:
			c.Unchanged++
		}
	}
	return c
}

// manifest returns what is ours when all is done.
func (p *plan) manifest() *manifest {
	m := &manifest{fingerprint: p.tree.Fingerprint, facts: p.tree.Facts}
	for _, r := range p.results {
		m.files = append(m.files, r.record)
	}
	used := parents(m.files)
	folders := maps.Clone(p.foreign)
	for _, f := range p.old.folders {
		folders[f] = true
	}
	maps.DeleteFunc(folders, func(f string, _ bool) bool { return !used[f] })
	m.folders = slices.Sorted(maps.Keys(folders))
	return m
}

// planWorker decides what to do with one entry after the other.
type planWorker struct {
	plan   *plan
	walker walker
	hasher *hasher
	stager *stager
}

func (w *planWorker) done() { w.walker.leave(0) }

// enter notes folders that somebody else has made; we shall not remove them.
func (w *planWorker) enter(dir string) {
	if !w.plan.ours[dir] {
		w.plan.mu.Lock()
		w.plan.foreign[dir] = true
		w.plan.mu.Unlock()
	}
}

func (w *planWorker) do(i int) error {
	e, out := w.plan.entries[i], &w.plan.results[i]
	dir, there, err := w.look(e.Path, out)
	if err != nil || out.action == actClash {
		return fail(opInspect, e.Path, err)
	}
	content, err := e.Open()
	if err != nil {
		return fail(opRender, e.Path, err)
	}
	out.record = record{path: e.Path, key: content.Key()}
	old, owned := w.plan.old.record(e.Path)
	intact := false
	if owned {
		if intact, err = w.plan.old.intact(w.hasher, dir, there, old); err != nil {
			return fail(opRead, e.Path, err)
		}
	}
	if intact && old.key == out.record.key && !old.key.IsZero() {
		out.action, out.record = actSkip, old
		return nil
	}
	out.staged = strconv.Itoa(i)
	w.stager.begin(out.staged)
	if _, err := content.WriteTo(w.stager); err != nil {
		w.stager.err = firstOf(w.stager.err, fail(opRender, e.Path, err))
		return fail(opWrite, e.Path, w.stager.close())
	}
	out.record.size, out.record.sum = w.stager.size, w.stager.sum()
	return w.settle(out, dir, there, owned, intact && old.sum == out.record.sum)
}

// settle compares a rendered file with what is there. known says that they are
// already known to be equal.
func (w *planWorker) settle(out *outcome, dir directory, there fs.FileInfo, owned, known bool) error {
	name := out.record.path
	if w.stager.err == nil && there != nil && there.Size() == out.record.size && !known {
		sum, err := w.hasher.file(dir, path.Base(name), there)
		if err != nil {
			w.stager.close()
			return fail(opRead, name, err)
		}
		known = sum == out.record.sum
	}
	switch {
	case known && owned:
		out.action = actSame
	case known:
		out.action = actAdopt
	case there != nil && !owned && !w.plan.options.Overwrite:
		out.action = actClash
		out.conflict = Problem{Path: name, Reason: ForeignFile}
	default:
		out.action, out.there = actWrite, there
		return fail(opWrite, name, w.stager.keep())
	}
	return fail(opWrite, name, w.stager.discard())
}
