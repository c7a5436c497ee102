package search

import (
	"slices"
	"testing"
)

// FuzzPostings holds that any list of postings is read as it was written, with
// another before and behind it, and that anything else is refused or read
// without harm.
func FuzzPostings(f *testing.F) {
	f.Add([]byte{0, 1, 2}, uint8(0))
	f.Add([]byte{63, 9, 255, 255}, uint8(5))
	f.Add([]byte{}, uint8(8))
	f.Fuzz(func(t *testing.T, data []byte, width uint8) {
		all := 64 << (width % 12)
		var posts []uint32
		number := -1
		for _, c := range data {
			if number += 1 + int(c)*all/2048; number >= all {
				break
			}
			posts = append(posts, uint32(c%levels)<<28|uint32(number))
		}
		usual := int(width) % levels
		c := newCoder().(*coder)
		for range 2 { // the second time on what the first has left
			c.reset()
			for range 2 {
				c.list(posts, all, func(p uint32) { c.level(int(p>>28), usual, len(posts)) })
				c.number(symbolDocs, int(width))
			}
			d := newDecoder(c.end())
			for range 2 {
				var got []uint32
				d.numbers(len(posts), all, func(n int) {
					got = append(got, uint32(d.level(usual, len(posts)))<<28|uint32(n))
				})
				if n := d.number(symbolDocs); !slices.Equal(got, posts) || n != int(width) || d.bad {
					t.Fatalf("%d postings, wrote %d; then %d, wrote %d", len(got), len(posts), n, width)
				}
			}
		}
		_, _ = readShardBytes(data, "", readRoot{First: first, Slots: all}) // must not panic
	})
}
