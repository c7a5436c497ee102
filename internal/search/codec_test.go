package search

import (
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
		all := bucketSize << (width % 12)
		var posts []uint32
		number := -1
		for _, c := range data {
			if number += 1 + int(c)*all/2048; number >= all {
				break
			}
			posts = append(posts, uint32(c%levels)<<28|uint32(number))
		}
		l := list{all: all}
		l.add(posts)
		l.add(nil)
		l.add(posts)
		levels, gaps := varints{data: l.levels}, &bits{data: l.gaps.data}
		for range 2 {
			got := readPostings(len(posts), all, &levels, gaps)
			if len(got) != len(posts) {
				t.Fatalf("%d postings, wrote %d", len(got), len(posts))
			}
			for i, p := range posts {
				if got[i] != (posting{int(p & (1<<28 - 1)), int(p >> 28)}) {
					t.Fatalf("posting %d of %d is %v", i, len(posts), got[i])
				}
			}
			if len(posts) == 0 {
				break
			}
		}
		if gaps.bad || (gaps.at+7)/8 != len(gaps.data) || len(levels.data) > 0 {
			t.Errorf("%d bits of %d bytes were read", gaps.at, len(gaps.data))
		}
		_, _ = readShardBytes(data, readRoot{First: first, Bits: int(width % 12)}) // must not panic
	})
}
