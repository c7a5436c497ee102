package watch

import (
	"context"
	"encoding/binary"
	"hash"
	"hash/fnv"
	"os"
	"path/filepath"
	"slices"

	"peppermill/internal/source"
)

// picture is what a look at the tree saw: for each folder a sum over the
// names and stamps of its entries. Two pictures differ where something
// changed.
type picture map[string]uint64

const (
	absent     = 0 // the sums of a root that does not exist,
	unreadable = 1 // of a folder that cannot be listed,
	built      = 2 // and of one that holds a site
)

// look lists every folder below the roots and reads the stamp of every file.
// When ctx ends it returns early, with a part.
func look(ctx context.Context, roots []string, skip skips) picture {
	seen := picture{}
	for _, root := range roots {
		info, err := os.Stat(root)
		switch {
		case err != nil:
			seen[root] = absent
		case info.IsDir():
			seen.folder(ctx, root, true, skip)
		default:
			sum := fnv.New64a()
			add(sum, info)
			seen[root] = sum.Sum64()
		}
	}
	return seen
}

func (seen picture) folder(ctx context.Context, dir string, root bool, skip skips) {
	if _, ok := seen[dir]; ok || ctx.Err() != nil {
		return
	}
	items, err := os.ReadDir(dir)
	if err != nil {
		seen[dir] = unreadable
		return
	}
	if !root && holdsSite(items) {
		seen[dir] = built
		return
	}
	seen[dir] = absent
	sum := fnv.New64a()
	for _, item := range items {
		path := filepath.Join(dir, item.Name())
		info, err := item.Info()
		if err != nil || item.IsDir() && skip.folder(path, info) || !item.IsDir() && temporary(item.Name()) {
			continue
		}
		add(sum, info)
		if item.IsDir() {
			seen.folder(ctx, path, false, skip)
		}
	}
	seen[dir] = sum.Sum64()
}

// add takes in an entry's name, kind and permissions and, but for a folder,
// its stamp: a folder's own changes with every temporary file in it.
func add(sum hash.Hash64, info os.FileInfo) {
	b := append([]byte(info.Name()), 0)
	b = binary.BigEndian.AppendUint32(b, uint32(info.Mode()))
	if !info.IsDir() {
		s := source.StampOf(info)
		for _, n := range []int64{s.Size, s.ModTime.UnixNano(), int64(s.Node), s.Changed} {
			b = binary.BigEndian.AppendUint64(b, uint64(n))
		}
	}
	sum.Write(b)
}

// holdsSite reports whether a folder is the output of a build, which is never
// content and can have a folder for every page.
func holdsSite(items []os.DirEntry) bool {
	return slices.ContainsFunc(items, func(i os.DirEntry) bool { return i.Name() == source.Manifest })
}

// unheard reports whether the pictures differ in a folder in which nothing was
// heard.
func unheard(old, seen picture, heard ...map[string]bool) bool {
	silent := func(dir string) bool {
		return !slices.ContainsFunc(heard, func(h map[string]bool) bool { return h[dir] })
	}
	for dir, sum := range seen {
		if before, ok := old[dir]; (!ok || before != sum) && silent(dir) {
			return true
		}
	}
	for dir := range old {
		if _, ok := seen[dir]; !ok && silent(dir) {
			return true
		}
	}
	return false
}
