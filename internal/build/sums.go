package build

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"peppermill/internal/output"
	"peppermill/internal/source"
)

// sums knows the contents of the tree's files that are no pages, by path. A
// file is read again only when its stamp does not prove that it is what it was
// (see source.Stamp.Settled); what is not in the tree any more is forgotten.
type sums map[string]summed

type summed struct {
	stamp   source.Stamp
	settled bool
	sum     output.Sum // zero when the file could not be read
}

// next sums the files of another tree, using again what is known, and what the
// album has just found out about pictures.
func (s sums) next(tree *source.Tree, seen album) sums {
	var files []source.Entry
	for _, e := range tree.Entries {
		if e.Role != source.Page {
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
	known := make(sums, len(files))
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
