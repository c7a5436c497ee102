package output

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
)

var errFacts = errors.New("the tree's facts are too many or have odd names")

// Sync makes the folder dir hold the tree. It creates dir if need be, waits for
// other builds into it, and returns when all is in place. ctx ends the wait and
// the staging; once publishing has begun, which takes a moment, it is finished.
//
// The error is a [*TreeError], a [*ConflictError], an [*Error], or the one of ctx.
// Unless it is an Error with Partial set, the previous site is as it was.
func Sync(ctx context.Context, dir string, t Tree, o Options) (Changes, error) {
	if problems := t.Check(); len(problems) > 0 {
		return Changes{}, &TreeError{Problems: problems}
	}
	if !validFacts(t.Facts) {
		return Changes{}, fail(opUse, dir, errFacts)
	}
	real, err := destination(dir, o)
	if err != nil {
		return Changes{}, err
	}
	changes, err := syncAt(ctx, dir, real, t, o)
	return changes, placed(dir, err)
}

// placed puts the folder before the path of an error, which is relative to it.
func placed(dir string, err error) error {
	var e *Error
	if errors.As(err, &e) {
		e.Path = filepath.Join(dir, filepath.FromSlash(e.Path))
	}
	return err
}

// syncAt gives errors with paths relative to the folder.
func syncAt(ctx context.Context, dir, real string, t Tree, o Options) (c Changes, err error) {
	if err := os.MkdirAll(real, folderPerm); err != nil {
		return c, fail(opFolder, ".", err)
	}
	open := openDirectory
	if o.open != nil {
		open = o.open
	}
	top, err := open(real)
	if err != nil {
		return c, fail(opInspect, ".", err)
	}
	defer top.Close()
	lock, err := acquire(ctx, top, real, o.OnWait)
	if err != nil {
		if ctx.Err() != nil {
			return c, ctx.Err()
		}
		return c, fail(opLock, lockName, err)
	}
	defer func() {
		if unlock := lock.release(); err == nil {
			err = fail(opLock, lockName, unlock)
		}
	}()
	return locked(ctx, dir, top, t, o)
}

// locked is Sync under the lock.
func locked(ctx context.Context, dir string, top directory, t Tree, o Options) (c Changes, err error) {
	stage := &stage{top: top}
	if err := stage.sweep(); err != nil {
		return c, err
	}
	old, err := load(top)
	if err != nil {
		return c, fail(opRead, manifestName, err)
	}
	if err := old.settle(top); err != nil {
		return c, err
	}
	defer func() {
		if sweep := stage.sweep(); err == nil {
			err = sweep
		}
	}()
	p := newPlan(top, stage, old, t, o)
	if err := p.make(ctx); err != nil {
		return c, err
	}
	if conflicts := p.conflicts(); len(conflicts) > 0 {
		return c, &ConflictError{
			Dir: dir, Conflicts: conflicts[:min(10, len(conflicts))], Total: len(conflicts), Hint: conflictHint(conflicts),
		}
	}
	c = p.changes()
	if old.note != "" {
		c.Notes = append(c.Notes, old.note)
	}
	if err := publish(ctx, p, &c); err != nil {
		return Changes{}, err
	}
	slices.Sort(c.Deleted)
	slices.Sort(c.Kept)
	return c, nil
}

func conflictHint(conflicts []Problem) string {
	overwritable := func(p Problem) bool { return p.Reason == ForeignFile && p.Other == "" }
	if slices.ContainsFunc(conflicts, overwritable) {
		return "Move these files away, choose another folder, or replace them with --overwrite if you no longer need them."
	}
	return "Move these away, or choose another folder."
}
