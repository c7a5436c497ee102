package search

import (
	"bytes"
	"encoding/binary"
	"slices"
	"sync"
)

// span is how many shards' postings are gathered at once: all at once would
// take as much memory as all records together.
const span = 24

// gathered are the postings of the groups of some shards, which lie next to
// each other in the list of shards.
type gathered struct {
	once   sync.Once
	part   int
	local  []uint32 // by group, its number among these, from 1
	places []uint32 // by that number, less one, where its postings begin
	posts  []uint32 // level and number of the document, in order of these
}

// postings returns those of the shards around the one with the index. Of the
// parts that have been asked for, the last two are kept.
func (ix *index) postings(shard int) *gathered {
	part := shard / span
	ix.mu.Lock()
	i := slices.IndexFunc(ix.recent, func(g *gathered) bool { return g.part == part })
	if i < 0 {
		if len(ix.recent) > 1 {
			ix.recent = ix.recent[1:]
		}
		ix.recent = append(ix.recent, &gathered{part: part})
		i = len(ix.recent) - 1
	}
	g := ix.recent[i]
	ix.mu.Unlock()
	g.once.Do(func() { ix.gather(g) })
	return g
}

// gather turns the documents' records into postings by group.
func (ix *index) gather(g *gathered) {
	g.local = make([]uint32, len(ix.df))
	g.places = []uint32{0}
	for _, s := range ix.shards[g.part*span : min((g.part+1)*span, len(ix.shards))] {
		for _, id := range s.words {
			if group := ix.words[id].group; g.local[group] == 0 {
				g.local[group] = uint32(len(g.places))
				g.places = append(g.places, g.places[len(g.places)-1]+ix.df[group])
			}
		}
	}
	g.posts = make([]uint32, g.places[len(g.places)-1])
	next := slices.Clone(g.places)
	for _, d := range ix.docs {
		d.record.each(func(id uint32, level byte) {
			n := g.local[ix.words[id].group]
			if n == 0 {
				return
			}
			at := next[n-1]
			if at > g.places[n-1] && g.posts[at-1]&(1<<28-1) == d.number {
				return // another word of the group
			}
			g.posts[at] = uint32(level)<<28 | d.number
			next[n-1]++
		})
	}
}

// best returns a group's postings, best first.
func (g *gathered) best(group uint32) []uint32 {
	n := g.local[group]
	posts := g.posts[g.places[n-1]:g.places[n]]
	var at [levels]int
	for _, p := range posts {
		at[levels-1-p>>28]++
	}
	sum := 0
	for i, n := range at {
		at[i], sum = sum, sum+n
	}
	out := make([]uint32, len(posts))
	for _, p := range posts {
		i := levels - 1 - p>>28
		out[at[i]] = p
		at[i]++
	}
	return out
}

// runs writes postings of one group, best first, to the streams E, F and G.
type runs struct{ e, f, g []byte }

func (r *runs) add(posts []uint32) {
	for len(posts) > 0 {
		n := 1
		for n < len(posts) && posts[n]>>28 == posts[0]>>28 {
			n++
		}
		r.e = append(r.e, byte(posts[0]>>28))
		if len(posts) > 1 {
			r.f = binary.AppendUvarint(r.f, uint64(n-1))
		}
		before := int64(-1)
		for _, p := range posts[:n] {
			number := int64(p & (1<<28 - 1))
			r.g = binary.AppendUvarint(r.g, uint64(number-before-1))
			before = number
		}
		posts = posts[n:]
	}
}

// shardBytes is the content of a d- file.
func (ix *index) shardBytes(n int) []byte {
	s, found := ix.shards[n], ix.postings(n)
	var a, b, c, d []byte
	var r runs
	before := ""
	groups := map[uint32]int{}
	for _, id := range s.words {
		w := ix.words[id]
		same := shared(before, w.word)
		a = append(a, byte(same), byte(len(w.word)-same))
		b = append(b, w.word[same:]...)
		before = w.word
		if n, ok := groups[w.group]; ok {
			c = binary.AppendUvarint(c, uint64(len(groups)-n))
			continue
		}
		groups[w.group] = len(groups)
		c = append(c, 0)
		posts := found.best(w.group)
		d = binary.AppendUvarint(d, uint64(len(posts)-1))
		r.add(posts[:min(len(posts), first)])
	}
	head := binary.AppendUvarint(nil, uint64(len(s.words)))
	head = binary.AppendUvarint(head, uint64(len(groups)))
	return streams(head, a, b, c, d, r.e, r.f, r.g)
}

// moreBytes is the content of an m- file.
func (ix *index) moreBytes(n int) []byte {
	s, found := ix.shards[n], ix.postings(n)
	var r runs
	seen := map[uint32]bool{}
	for _, id := range s.words {
		if g := ix.words[id].group; !seen[g] {
			seen[g] = true
			if ix.df[g] > first {
				r.add(found.best(g)[first:])
			}
		}
	}
	return streams(nil, r.e, r.f, r.g)
}

// streams writes the lengths of all before their bytes.
func streams(head []byte, all ...[]byte) []byte {
	for _, s := range all {
		head = binary.AppendUvarint(head, uint64(len(s)))
	}
	return append(head, bytes.Join(all, nil)...)
}

// shared is how many bytes two words begin with in common. Words are short
// enough for a byte to hold it.
func shared(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
