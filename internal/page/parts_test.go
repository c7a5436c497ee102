package page

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestParts packs lists of every sort of part and reads them again, the first
// few too when a reader stops early.
func TestParts(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	sizes := []uint32{1, 14, 15, 16, 127, 128, 16_384, 1 << 31}
	for range 500 {
		var want []Part
		var at uint32
		for range rnd.IntN(30) {
			n := sizes[rnd.IntN(len(sizes)-1)]
			if rnd.IntN(2) == 0 {
				ref := n
				if rnd.IntN(4) == 0 {
					ref = sizes[len(sizes)-1]
				}
				hole := LinkOpen + HoleKind(rnd.IntN(int(StaffClose-NoHole)))
				want = append(want, Part{Kind: Hole, Hole: hole, Ref: ref - 1, Start: at, End: at})
				continue
			}
			want = append(want, Part{Kind: PartKind(rnd.IntN(int(Hole))), Start: at, End: at + n})
			at += n
		}
		packed, stop := Pack(want), rnd.IntN(30)
		var got []Part
		for i, p := range packed.All() {
			if i != len(got) {
				t.Fatalf("part %d has the number %d", len(got), i)
			}
			if got = append(got, p); len(got) == stop {
				want = want[:stop]
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("got  %v\nwant %v", got, want)
		}
	}
}
