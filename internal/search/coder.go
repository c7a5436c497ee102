package search

import "math/bits"

// coder packs choices between two, each with its chance as it was so far: a
// range coder (Martin 1979, with the carry of LZMA's) over adaptive models. What is
// sure costs almost nothing, and neither counts nor tables are written.
type coder struct {
	out     []byte
	low     uint64
	width   uint32
	held    byte            // the last byte that a carry may still raise
	pending int             // bytes of 255 behind it
	begun   bool            // held is one of ours, not the empty start
	pace    [most + 1]int32 // how far a choice moves its chance, of 16384, by how many there were
	chances [contexts]chance
}

// chance is how likely a no is, of 65536, and how many choices taught that.
type chance struct {
	no   uint16
	seen uint8
}

// The contexts of choices: places in the list of chances. Symbols have trees of
// 256; behind them stand single choices. doc.go says when each is taken.
const (
	symbolRef     = 256 // below are those of letters, by the letter before
	symbolDrop    = 257 // and the next, for another word of a known group
	symbolDocs    = 259
	symbolHead    = 260
	symbolAny     = 261               // all letters, whatever stands before
	choiceGap     = 262 * 256         // 128 densities of 8
	choicePlain   = choiceGap + 1024  // 16 levels of 16
	choiceBelow   = choicePlain + 256 // 16 levels
	choiceFarther = choiceBelow + 16  // 16 levels of two directions of 16 distances
	contexts      = choiceFarther + 512
)

// A model learns fast at first and forgets slowly later: the n-th choice moves its
// chance by 1/(n+1.5), the thirtieth and all later ones alike.
const (
	most = 30
	sure = 64 // no chance is nearer than this to 0 or 65536
)

func newCoder() any {
	c := &coder{}
	for n := range c.pace {
		c.pace[n] = int32(2 * 16384 / (2*n + 3))
	}
	return c
}

// reset readies a coder for another file.
func (c *coder) reset() {
	c.out, c.low, c.width, c.held, c.pending, c.begun = c.out[:0], 0, 1<<32-1, 0, 0, false
	for i := range c.chances {
		c.chances[i] = chance{no: 1 << 15}
	}
}

// choice writes yes or no.
func (c *coder) choice(context int, yes bool) {
	bound := c.width >> 16 * uint32(c.chances[context].no)
	if yes {
		c.low += uint64(bound)
		c.width -= bound
	} else {
		c.width = bound
	}
	c.learn(context, yes)
	for c.width < 1<<24 {
		c.width <<= 8
		c.shift()
	}
}

func (c *coder) learn(context int, yes bool) {
	x := &c.chances[context]
	aim := int32(65536 - sure)
	if yes {
		aim = sure
	}
	x.no = uint16(int32(x.no) + (aim-int32(x.no))*c.pace[x.seen]>>14)
	if x.seen < most {
		x.seen++
	}
}

// plain writes the low n bits of a number as they are, the highest first.
func (c *coder) plain(number, n int) {
	for n--; n >= 0; n-- {
		c.width >>= 1
		if number>>n&1 == 1 {
			c.low += uint64(c.width)
		}
		for c.width < 1<<24 {
			c.width <<= 8
			c.shift()
		}
	}
}

// symbol writes a byte, bit by bit, each in the context of those before.
func (c *coder) symbol(of int, b byte) {
	node := 1
	for i := 7; i >= 0; i-- {
		bit := int(b) >> i & 1
		c.choice(of*256+node, bit == 1)
		node = node<<1 | bit
	}
}

// letter writes one behind another. What has not yet come behind that is as likely as it
// is anywhere.
func (c *coder) letter(before, b byte) {
	node := 1
	for i := 7; i >= 0; i-- {
		yes := b>>i&1 == 1
		x, usual := &c.chances[int(before)*256+node], &c.chances[symbolAny*256+node]
		if x.seen == 0 && usual.seen > 0 {
			*x = chance{usual.no, 1}
		}
		c.choice(int(before)*256+node, yes)
		c.learn(symbolAny*256+node, yes)
		node = node<<1 | int(b>>i&1)
	}
}

// number writes a number from 0: how many bits the next one has, and these but the first.
func (c *coder) number(of, n int) {
	size := bitsOf(n + 1)
	c.symbol(of, byte(size))
	c.plain(n+1, size-1)
}

// shift lets go of a byte that no carry can reach any more.
func (c *coder) shift() {
	if uint32(c.low) < 0xFF<<24 || c.low>>32 != 0 {
		carry := byte(c.low >> 32)
		if c.begun {
			c.out = append(c.out, c.held+carry)
		}
		for ; c.pending > 0; c.pending-- {
			c.out = append(c.out, 0xFF+carry)
		}
		c.held, c.begun = byte(c.low>>24), true
	} else {
		c.pending++
	}
	c.low = c.low << 8 & (1<<32 - 1)
}

// end returns what was written. Zeros at its end say nothing.
func (c *coder) end() []byte {
	for range 5 {
		c.shift()
	}
	for len(c.out) > 0 && c.out[len(c.out)-1] == 0 {
		c.out = c.out[:len(c.out)-1]
	}
	return c.out
}

// bitsOf is how many bits a number above 0 has.
func bitsOf(n int) int { return bits.Len(uint(n)) }
