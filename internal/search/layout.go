package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// How large a shard grows before words with a common beginning get one of
// their own, and how large such a one must be, in bytes as they are guessed.
const (
	fullShard = 10000
	ownShard  = fullShard / 6
)

// first is how many postings of a group stand in its shard.
const first = 1024

// shard is the words with one beginning, without those that have a longer one
// with a shard of its own.
type shard struct {
	prefix string
	words  []uint32 // in order
	more   bool     // has groups with more than first postings
	part   int      // the one that it is gathered with
}

// layout counts the documents of each group and deals the words that there are to shards.
func (ix *index) layout(order []uint32) []shard {
	ix.df = make([]uint32, len(ix.words))
	last := make([]uint32, len(ix.words)) // by group, the last document that has it, from 1
	here := make([]bool, len(ix.words))
	for n, d := range ix.docs {
		d.record.each(func(id uint32, _ byte) {
			here[id] = true
			if g := ix.words[id].group; last[g] != uint32(n)+1 {
				last[g] = uint32(n) + 1
				ix.df[g]++
			}
		})
	}
	forms := make([]uint32, len(ix.words)) // by group
	var words []uint32
	for _, id := range order {
		if here[id] {
			words = append(words, id)
			forms[ix.words[id].group]++
		}
	}
	costs := make([]int, len(words)+1) // of all words before
	for i, id := range words {
		g := ix.words[id].group
		costs[i+1] = costs[i] + 4 + int(min(ix.df[g], first)*5/4/forms[g])
	}
	return ix.deal(words, costs)
}

// deal finds the prefixes and gives each word to the longest that it begins with.
func (ix *index) deal(words []uint32, costs []int) []shard {
	shards := []shard{{}}
	var open func(at, from, to int)
	open = func(at, from, to int) {
		prefix := shards[at].prefix
		if costs[to]-costs[from] <= fullShard {
			shards[at].words = words[from:to:to]
			return
		}
		var rest []uint32
		for from < to {
			word := ix.words[words[from]].word
			_, n := utf8.DecodeRuneInString(word[len(prefix):])
			longer, end := word[:len(prefix)+n], from+1
			for n > 0 && end < to && strings.HasPrefix(ix.words[words[end]].word, longer) {
				end++
			}
			if longer != prefix && costs[end]-costs[from] >= ownShard {
				shards = append(shards, shard{prefix: longer})
				open(len(shards)-1, from, end)
			} else {
				rest = append(rest, words[from:end]...)
			}
			from = end
		}
		shards[at].words = rest
	}
	open(0, 0, len(words))
	shards = slices.DeleteFunc(shards, func(s shard) bool { return s.prefix != "" && len(s.words) == 0 })
	for i := range shards {
		for _, id := range shards[i].words {
			shards[i].more = shards[i].more || ix.df[ix.words[id].group] > first
		}
	}
	return shards
}
