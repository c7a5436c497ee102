package search

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// invert turns the documents' records into postings by group, once. Within a
// group they are in order of the documents' numbers.
func (ix *index) invert() {
	ix.places = make([]uint32, len(ix.df)+1)
	for g, n := range ix.df {
		ix.places[g+1] = ix.places[g] + n
	}
	ix.posts = make([]uint32, ix.places[len(ix.df)])
	next := slices.Clone(ix.places)
	last := make([]uint32, len(ix.df))
	for n, d := range ix.docs {
		d.record.each(func(id uint32, level byte) {
			g := ix.words[id].group
			if last[g] == uint32(n)+1 {
				return
			}
			last[g] = uint32(n) + 1
			ix.posts[next[g]] = uint32(level)<<28 | d.number
			next[g]++
		})
	}
}

// best returns a group's postings, best first.
func (ix *index) best(g uint32) []uint32 {
	posts := ix.posts[ix.places[g]:ix.places[g+1]]
	var at [levels + 1]int
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
func (ix *index) shardBytes(s shard) []byte {
	ix.once.Do(ix.invert)
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
		posts := ix.best(w.group)
		d = binary.AppendUvarint(d, uint64(len(posts)-1))
		r.add(posts[:min(len(posts), first)])
	}
	head := binary.AppendUvarint(nil, uint64(len(s.words)))
	head = binary.AppendUvarint(head, uint64(len(groups)))
	return streams(head, a, b, c, d, r.e, r.f, r.g)
}

// moreBytes is the content of an m- file.
func (ix *index) moreBytes(s shard) []byte {
	ix.once.Do(ix.invert)
	var r runs
	seen := map[uint32]bool{}
	for _, id := range s.words {
		if g := ix.words[id].group; !seen[g] {
			seen[g] = true
			if ix.df[g] > first {
				r.add(ix.best(g)[first:])
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
