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

// split returns a group's best postings and the others, each in order of their
// documents.
func (g *gathered) split(group uint32) (best, others []uint32) {
	n := g.local[group]
	posts := g.posts[g.places[n-1]:g.places[n]]
	if len(posts) <= first {
		return posts, nil
	}
	var have [levels]int
	for _, p := range posts {
		have[p>>28]++
	}
	lowest, room := levels-1, first // the level of which only room are among the best
	for have[lowest] <= room {
		room -= have[lowest]
		lowest--
	}
	for _, p := range posts {
		level := int(p >> 28)
		if level > lowest || level == lowest && room > 0 {
			if level == lowest {
				room--
			}
			best = append(best, p)
		} else {
			others = append(others, p)
		}
	}
	return best, others
}

// list writes postings: their levels, and their gaps in bits.
type list struct {
	levels []byte
	gaps   bitWriter
	all    int // numbers that there are, with their gaps
}

func (l *list) add(posts []uint32) {
	if len(posts) == 0 {
		return
	}
	k := rice(len(posts), l.all)
	before := -1
	for _, p := range posts {
		l.levels = append(l.levels, byte(p>>28))
		number := int(p & (1<<28 - 1))
		l.gaps.rice(number-before-1, k)
		before = number
	}
}

// rice is how many low bits of a gap are written as they are where n of all
// numbers are listed (Rice and Plaunt, 1971, with the mean rounded down).
func rice(n, all int) int {
	k := 0
	for n<<(k+1) <= all {
		k++
	}
	return k
}

// bitWriter writes bits, the highest of each byte first.
type bitWriter struct {
	data []byte
	free int // bits of the last byte that are not yet taken
}

func (w *bitWriter) bit(b int) {
	if w.free == 0 {
		w.data = append(w.data, 0)
		w.free = 8
	}
	w.free--
	w.data[len(w.data)-1] |= byte(b << w.free)
}

func (w *bitWriter) rice(gap, k int) {
	for range gap >> k {
		w.bit(1)
	}
	w.bit(0)
	for k--; k >= 0; k-- {
		w.bit(gap >> k & 1)
	}
}

// shardContent is that of a d- file.
func (ix *index) shardContent(n int) (data, bits []byte) {
	s, found := ix.shards[n], ix.postings(n)
	var a, b, c, d []byte
	l := list{all: bucketSize << ix.bits}
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
		d = binary.AppendUvarint(d, uint64(ix.df[w.group]-1))
		best, _ := found.split(w.group)
		l.add(best)
	}
	head := binary.AppendUvarint(nil, uint64(len(s.words)))
	head = binary.AppendUvarint(head, uint64(len(groups)))
	return streams(head, a, b, c, d, l.levels), l.gaps.data
}

// moreContent is that of an m- file.
func (ix *index) moreContent(n int) (data, bits []byte) {
	s, found := ix.shards[n], ix.postings(n)
	l := list{all: bucketSize << ix.bits}
	seen := map[uint32]bool{}
	for _, id := range s.words {
		if g := ix.words[id].group; !seen[g] {
			seen[g] = true
			_, others := found.split(g)
			l.add(others)
		}
	}
	return l.levels, l.gaps.data
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
