package search

import (
	"bytes"
	"slices"
	"sync"
)

// gatheredAtOnce is how many postings are gathered at once, of four bytes each: all of a
// large site would take more memory than all records together.
const gatheredAtOnce = 3 << 20

// gathered are the postings of the groups of some shards, which lie next to
// each other in the list of shards.
type gathered struct {
	once   sync.Once
	part   int
	local  []uint32 // by word, the number of its group among these, from 1; 0 where it is not among these
	groups []uint32 // by group, that number
	places []uint32 // by that number, less one, where its postings begin
	posts  []uint32 // level and number of the document, in order of these
}

// share cuts the shards into parts with about so many postings.
func (ix *index) share() {
	from, sum := 0, 0
	for i := range ix.shards {
		ix.shards[i].part = len(ix.parts)
		for _, id := range ix.shards[i].words {
			sum += int(ix.df[ix.words[id].group])
		}
		if sum >= gatheredAtOnce || i == len(ix.shards)-1 {
			ix.parts = append(ix.parts, ix.shards[from:i+1])
			from, sum = i+1, 0
		}
	}
}

// postings returns those of the part that a shard is in. Only the part that was
// asked for last is kept.
func (ix *index) postings(part int) *gathered {
	ix.mu.Lock()
	if ix.recent == nil || ix.recent.part != part {
		ix.recent = &gathered{part: part}
	}
	g := ix.recent
	ix.mu.Unlock()
	g.once.Do(func() { ix.gather(g) })
	return g
}

// gather turns the documents' records into postings by group.
func (ix *index) gather(g *gathered) {
	g.local, g.groups = make([]uint32, len(ix.words)), make([]uint32, len(ix.df))
	g.places = []uint32{0}
	for _, s := range ix.parts[g.part] {
		for _, id := range s.words {
			group := ix.words[id].group
			if g.groups[group] == 0 {
				g.groups[group] = uint32(len(g.places))
				g.places = append(g.places, g.places[len(g.places)-1]+ix.df[group])
			}
		}
	}
	for id := range ix.words {
		g.local[id] = g.groups[ix.words[id].group]
	}
	g.posts = make([]uint32, g.places[len(g.places)-1])
	next := slices.Clone(g.places)
	for _, d := range ix.docs {
		number := d.number
		d.record.each(func(id uint32, level byte) {
			n := g.local[id]
			if n == 0 {
				return
			}
			at := next[n-1]
			if at > g.places[n-1] && g.posts[at-1]&(1<<28-1) == number {
				return // another word of the group
			}
			g.posts[at] = uint32(level)<<28 | number
			next[n-1]++
		})
	}
}

// split returns a group's best postings and the others, each in order of their
// documents.
func (g *gathered) split(group uint32) (best, others []uint32) {
	n := g.groups[group]
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

// list writes the numbers of n documents, in order, as the gaps between them, in
// the way that Rice codes go: high parts as so many yeses and a no, with their
// chances, low bits as they are. also is called behind each.
func (c *coder) list(posts []uint32, all int, also func(post uint32)) {
	if len(posts) == 0 {
		return
	}
	density, low := densityOf(len(posts), all)
	next := 0
	for _, p := range posts {
		number := int(p & (1<<28 - 1))
		high := (number - next) >> low
		for i := range high {
			c.choice(choiceGap+8*density+min(i, 7), true)
		}
		c.choice(choiceGap+8*density+min(high, 7), false)
		c.plain(number-next, low)
		next = number + 1
		also(p)
	}
}

// densityOf says how full a list of n of all is, in steps of a quarter of an octave,
// and how many bits of its gaps have no pattern.
func densityOf(n, all int) (density, low int) {
	quarters := 4 * all / n
	octave := bitsOf(quarters) - 3
	return 4*octave + quarters>>octave - 4, max(0, octave-1)
}

// level writes a posting's level by how far it is from the document's plain one.
func (c *coder) level(level, plain, docs int) {
	c.choice(choicePlain+16*plain+min(bitsOf(docs), 15), level != plain)
	if level == plain {
		return
	}
	away, way := level-plain-1, 0
	c.choice(choiceBelow+plain, level < plain)
	if level < plain {
		away, way = plain-level-1, 1
	}
	context := choiceFarther + 32*plain + 16*way
	for i := range away {
		c.choice(context+i, true)
	}
	c.choice(context+away, false)
}

// shardContent is that of a d- file.
func (ix *index) shardContent(n int) []byte {
	s := ix.shards[n]
	found := ix.postings(s.part)
	c := ix.coders.Get().(*coder)
	defer ix.coders.Put(c)
	c.reset()
	c.number(symbolHead, len(s.words))
	before := s.prefix
	groups := map[uint32]int{}
	for _, id := range s.words {
		w := ix.words[id]
		back := 0
		if n, ok := groups[w.group]; ok {
			back = len(groups) - n
		}
		c.number(symbolRef, back)
		c.word(before, w.word, back > 0)
		before = w.word
		if back > 0 {
			continue
		}
		groups[w.group] = len(groups)
		docs := int(ix.df[w.group])
		c.number(symbolDocs, docs-1)
		best, _ := found.split(w.group)
		c.list(best, ix.numbers, func(p uint32) { c.level(int(p>>28), ix.plainOf(p), docs) })
	}
	return bytes.Clone(c.end())
}

// plainOf is the plain level of a posting's document, 0 where the root lists none.
func (ix *index) plainOf(post uint32) int {
	if !ix.listsPlain() {
		return 0
	}
	return int(ix.docs[post&(1<<28-1)].record.plain)
}

// word writes how many bytes of the word before are dropped, and those that
// follow what is left, up to a zero. known is for words of a group that there was.
func (c *coder) word(before, word string, known bool) {
	same := shared(before, word)
	drop := symbolDrop
	if known {
		drop++
	}
	c.symbol(drop, byte(len(before)-same))
	last := byte(0)
	if same > 0 {
		last = word[same-1]
	}
	for i := same; i < len(word); i++ {
		c.letter(last, word[i])
		last = word[i]
	}
	c.letter(last, 0)
}

// moreContent is that of an m- file.
func (ix *index) moreContent(n int) []byte {
	s := ix.shards[n]
	found := ix.postings(s.part)
	c := ix.coders.Get().(*coder)
	defer ix.coders.Put(c)
	c.reset()
	seen := map[uint32]bool{}
	for _, id := range s.words {
		if g := ix.words[id].group; !seen[g] {
			seen[g] = true
			_, others := found.split(g)
			c.list(others, ix.numbers, func(uint32) {})
		}
	}
	return bytes.Clone(c.end())
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
