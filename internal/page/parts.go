package page

import (
	"encoding/binary"
	"iter"
)

// Parts is a list of parts, packed. It is made by [Pack] and read by All.
//
// A part is a byte and what does not fit into it: the lower four bits are its
// kind, or for a hole that of the hole above those; the upper four are its
// length in bytes, for a hole its Ref, or 15 when an unsigned varint follows
// with it. Parts lie side by side, so their places need no bytes.
type Parts string

const firstHole = byte(Hole) // NoHole, which no part is, would be this

// Pack packs parts that cover a text from its start without gaps.
func Pack(parts []Part) Parts {
	b := make([]byte, 0, 2*len(parts)+8)
	for _, p := range parts {
		kind, n := byte(p.Kind), p.End-p.Start
		if p.Kind == Hole {
			kind, n = firstHole+byte(p.Hole), p.Ref
		}
		b = append(b, kind|byte(min(n, 15))<<4)
		if n >= 15 {
			b = binary.AppendUvarint(b, uint64(n))
		}
	}
	return Parts(b)
}

// All goes through the parts with their numbers, from 0.
func (p Parts) All() iter.Seq2[int, Part] {
	return func(yield func(int, Part) bool) {
		var at uint32
		for i, n := 0, 0; i < len(p); n++ {
			kind, size := p[i]&15, uint32(p[i]>>4)
			if i++; size == 15 {
				size, i = p.long(i)
			}
			part := Part{Kind: PartKind(kind), Start: at, End: at + size}
			if kind >= firstHole {
				part = Part{Kind: Hole, Hole: HoleKind(kind - firstHole), Ref: size, Start: at, End: at}
			}
			at = part.End
			if !yield(n, part) {
				return
			}
		}
	}
}

// long reads the varint at i and returns where it ends.
func (p Parts) long(i int) (uint32, int) {
	var v uint32
	for shift := 0; i < len(p); shift += 7 {
		c := p[i]
		i++
		v |= uint32(c&0x7f) << shift
		if c < 0x80 {
			break
		}
	}
	return v, i
}
