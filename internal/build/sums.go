package build

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"peppermill/internal/output"
	"peppermill/internal/source"
)

// sums knows the contents of the tree's files, by path; a page's with that of
// its includes. A file is read again only when its stamp does not prove that it
// is what it was (see source.Stamp.Settled); what is not in the tree any more is
// forgotten.
type sums map[string]summed

type summed struct {
	stamp   source.Stamp
	settled bool
	sum     output.Sum // zero when the file could not be read
}

// next sums the files of another tree, using again what is known, and what was
// just found out about pages and pictures.
func (s sums) next(tree *source.Tree, pages memo, seen album) sums {
	known := make(sums, len(tree.Entries))
	var files []source.Entry
	for _, e := range tree.Entries {
		if p, ok := pages[e.Path]; ok {
			known[e.Path] = summed{sum: output.Sum(p.text)}
		} else {
			files = append(files, e)
		}
	}
	out := make([]summed, len(files))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(files); i = int(next.Add(1)) - 1 {
				out[i] = s.one(tree, files[i], seen)
			}
		})
	}
	wg.Wait()
	for i, e := range files {
		known[e.Path] = out[i]
	}
	return known
}

func (s sums) one(tree *source.Tree, e source.Entry, seen album) summed {
	// What has a problem may be longer than what was read of it.
	if p, ok := seen[e.Path]; ok && p.problem == nil {
		return summed{stamp: e.Stamp, settled: p.settled, sum: output.Sum(p.sum)}
	}
	if old, ok := s[e.Path]; ok && old.settled && old.stamp == e.Stamp {
		return old
	}
	if e.Role == source.Page { // one that no build has parsed: its stamp does not prove what it includes
		l := tree.Load(e)
		if len(l.Diags) > 0 {
			return summed{}
		}
		return summed{sum: output.Sum(l.File.Sum)}
	}
	out := summed{stamp: e.Stamp, settled: e.Stamp.Settled(time.Now())}
	if c, err := openCopy(tree.FS(), e.Path); err == nil {
		out.sum = c.Key()
	}
	return out
}

// changed lists the paths whose contents differ between two trees, in no order.
func (s sums) changed(old sums) []string {
	var out []string
	for path, now := range s {
		if before, ok := old[path]; !ok || before.sum != now.sum {
			out = append(out, path)
		}
	}
	for path := range old {
		if _, ok := s[path]; !ok {
			out = append(out, path)
		}
	}
	return out
}
