package search

import (
	"cmp"
	"slices"
	"strings"
)

// plainDocs is up to how many documents the root lists what each one's words
// weigh when they stand in it once. Levels are written as what they are above that,
// which saves a query of two words about a kilobyte; the list is a quarter of a byte for each document.
const plainDocs = 4096

// slotsFor is how many slots are for so many documents: at least a ninth more, rounded up to
// five bits, so that it changes seldom.
func slotsFor(docs int) int {
	n := docs + (docs+8)/9
	unit := 1
	for n > 32*unit {
		unit *= 2
	}
	return (n + unit - 1) / unit * unit
}

// seat gives each document a slot: the one that its hash points at, or the next that is
// free, in the order of the hashes. So a new page moves those few that stand closely
// behind it, and an edit nobody.
func (ix *index) seat(docs []*document) {
	ix.docs = docs
	slices.SortFunc(docs, func(x, y *document) int {
		return cmp.Or(cmp.Compare(x.hash, y.hash), cmp.Compare(x.page.Address, y.page.Address))
	})
	all := slotsFor(len(docs))
	ix.slots = make([]*document, all, all+all/8)
	next := 0
	for i, d := range docs {
		slot := max(next, int(uint64(d.hash)*uint64(all)>>32))
		if slot >= len(ix.slots) {
			ix.slots = append(ix.slots, nil)
		}
		ix.slots[slot] = d
		next = slot + 1
		d.slot, d.number = uint32(slot), uint32(slot)
		if ix.listsPlain() {
			d.number = uint32(i)
		}
	}
	ix.numbers = len(ix.slots)
	if ix.listsPlain() {
		ix.numbers = len(docs)
	}
}

func (ix *index) listsPlain() bool { return len(ix.docs) <= plainDocs }

// plain lists the level of each slot's document as a letter, "-" for nobody.
func (ix *index) plain() string {
	if !ix.listsPlain() {
		return ""
	}
	var b strings.Builder
	for _, d := range ix.slots {
		if d == nil {
			b.WriteByte('-')
		} else {
			b.WriteByte('0' + d.record.plain)
		}
	}
	return b.String()
}
