package output

import (
	"errors"
	"io/fs"
	"path"
	"slices"
)

// look says what stands at an entry's path: a regular file, or nil for nothing
// that would have to be replaced. Anything else is a conflict, which it notes in
// out, unless it consists of stale files of ours; those become out's blockers and folders.
func (w *planWorker) look(p string, out *outcome) (directory, fs.FileInfo, error) {
	if twin, ok := w.plan.twins[p]; ok {
		return nil, nil, w.clearFile(twin, p, out)
	}
	dir, info, err := w.walker.lstat(p)
	var blocked *blockedError
	switch {
	case errors.As(err, &blocked) && blocked.link:
		clash(out, Problem{Path: blocked.at, Other: p, Reason: LinkThere})
		return nil, nil, nil
	case errors.As(err, &blocked):
		return nil, nil, w.clearFile(blocked.at, p, out)
	case err != nil || info == nil || info.Mode().IsRegular():
		return dir, info, err
	case info.Mode()&fs.ModeSymlink != 0:
		clash(out, Problem{Path: p, Reason: LinkThere})
	case info.IsDir():
		return nil, nil, w.clearFolder(p, out)
	default:
		clash(out, Problem{Path: p, Reason: NotAFile})
	}
	return nil, nil, nil
}

func clash(out *outcome, p Problem) {
	out.action, out.conflict = actClash, p
}

// clearFile plans the removal of a file that stands where a folder must go for
// needs, if it is a stale one of ours and nobody has changed it.
func (w *planWorker) clearFile(p, needs string, out *outcome) error {
	// A walker of its own: the caller's folders must stay open.
	walker := walker{top: w.plan.top}
	defer walker.leave(0)
	dir, info, err := walker.lstat(p)
	if err != nil {
		return fail(opInspect, p, err)
	}
	ours, err := w.isStale(dir, info, p)
	switch {
	case err != nil:
		return fail(opRead, p, err)
	case ours:
		out.blockers = append(out.blockers, p)
	default:
		clash(out, Problem{Path: p, Other: needs, Reason: ForeignFile})
	}
	return nil
}

func (w *planWorker) isStale(dir directory, info fs.FileInfo, p string) (bool, error) {
	r, owned := w.plan.old.record(p)
	if !owned || info == nil {
		return false, nil
	}
	return w.plan.old.intact(w.hasher, dir, info, r)
}

// clearFolder plans the removal of a folder that stands where a file must go, if
// it holds nothing but stale files of ours that nobody has changed. Such files
// are stale without further ado: the tree cannot have both p and files below it.
func (w *planWorker) clearFolder(p string, out *outcome) error {
	walker := walker{top: w.plan.top}
	defer walker.leave(0)
	if !w.plan.ours[p] {
		clash(out, Problem{Path: p, Reason: ForeignFolder})
		return nil
	}
	return w.clearBelow(&walker, p, p, out)
}

func (w *planWorker) clearBelow(walker *walker, folder, dir string, out *outcome) error {
	out.folders = append(out.folders, dir)
	d, err := walker.to(dir)
	var names []string
	if err == nil {
		names, err = d.List()
	}
	if err != nil {
		return fail(opInspect, dir, err)
	}
	slices.Sort(names)
	for _, name := range names {
		full := path.Join(dir, name)
		d, info, err := walker.lstat(full)
		if err != nil {
			return fail(opInspect, full, err)
		}
		if info != nil && info.IsDir() && w.plan.ours[full] {
			if err := w.clearBelow(walker, folder, full, out); err != nil {
				return err
			}
			continue
		}
		ours, err := w.isStale(d, info, full)
		if err != nil {
			return fail(opRead, full, err)
		}
		if !ours {
			clash(out, Problem{Path: folder, Other: full, Reason: ForeignFolder})
			return nil
		}
		out.blockers = append(out.blockers, full)
	}
	return nil
}
