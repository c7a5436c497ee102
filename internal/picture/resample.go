package picture

import "math"

// The sharing of a sample among its neighbours is counted in parts of one.
const (
	oneBits  = 14
	one      = 1 << oneBits
	halfway  = 8 // bits dropped between the two directions, so that a sum fits in 16
	restBits = 2*oneBits - halfway
)

// raster is a source of rows of samples: a whole picture with its channels
// side by side, or one of the planes that a JPEG keeps apart.
type raster struct {
	width, height  int // samples
	channels       int // bytes a sample
	spanX, spanY   int // pixels of the picture that the samples cover
	ratioX, ratioY int // pixels a sample; 2 for the halved chroma of most photos

	// row returns row y, of width*channels bytes; the slice may be buf.
	row func(y int, buf []byte) []byte
}

// taps are the samples that one pixel is made of and the share of each. Shares
// add up to one exactly, so that a plain area keeps its colour.
type taps struct {
	first  int
	shares []int32
}

// catmullRom is the cubic of Catmull and Rom (Keys 1981, a = −½) at the
// distance n/d, in parts of 1<<16. Everything is in whole numbers.
func catmullRom(n, d int64) int64 {
	const unit = 1 << 16
	t := n * unit / d
	if t < 0 {
		t = -t
	}
	t2 := t * t / unit
	t3 := t2 * t / unit
	switch {
	case t < unit:
		return (3*t3-5*t2)/2 + unit
	case t < 2*unit:
		return (-t3+5*t2)/2 - 4*t + 2*unit
	}
	return 0
}

// axis finds the taps of each of dst pixels along one direction, where samples
// stand ratio pixels apart on a picture of span pixels. The cubic is widened by
// the factor of reduction, so that every sample counts (as in Graphics Gems III,
// "General filtered image rescaling").
func axis(dst, span, ratio, samples int) []taps {
	out := make([]taps, dst)
	// Distances are counted in parts of 2·dst·ratio of a sample.
	step, unit := int64(2*dst*ratio), 2*int64(max(span, dst*ratio))
	var weights []int64
	for i := range out {
		centre := int64(2*i+1) * int64(span)
		first := int(max((centre-2*unit-step/2)/step, 0))
		first = min(first, samples-1)
		weights = weights[:0]
		var sum int64
		for j := first; j < samples; j++ {
			n := int64(2*j+1)*int64(dst*ratio) - centre
			if n >= 2*unit {
				break
			}
			w := catmullRom(n, unit)
			weights, sum = append(weights, w), sum+w
		}
		out[i] = taps{first, share(weights, sum)}
	}
	return out
}

// share scales weights so that they add up to one; what rounding leaves goes
// to the greatest.
func share(weights []int64, sum int64) []int32 {
	shares := make([]int32, len(weights))
	left, greatest := int32(one), 0
	if sum > 0 {
		for i, w := range weights {
			shares[i] = int32((w*one*2 + sum) / (2 * sum))
			left -= shares[i]
			if shares[i] > shares[greatest] {
				greatest = i
			}
		}
	}
	shares[greatest] += left
	return shares
}

// resample makes a raster of w by h pixels, with the same channels, in one
// piece. Beside the result it holds only as many rows as one row is made of.
func resample(src raster, w, h int) []byte {
	columns, rows := axis(w, src.spanX, src.ratioX, src.width), axis(h, src.spanY, src.ratioY, src.height)
	line := w * src.channels
	out, sums := make([]byte, line*h), make([]int32, line)
	buf := make([]byte, src.width*src.channels)
	var kept [][]int16 // rows from number top on, resampled sideways
	var spare [][]int16
	top := 0
	for y, t := range rows {
		for top < t.first && len(kept) > 0 {
			spare, kept, top = append(spare, kept[0]), kept[1:], top+1
		}
		if len(kept) == 0 {
			top = t.first
		}
		for next := top + len(kept); next < t.first+len(t.shares); next++ {
			var r []int16
			if n := len(spare); n > 0 {
				r, spare = spare[n-1], spare[:n-1]
			} else {
				r = make([]int16, line)
			}
			sideways(r, src.row(next, buf), columns, src.channels)
			kept = append(kept, r)
		}
		clear(sums)
		for i, s := range t.shares {
			addRow(sums, kept[t.first-top+i], s)
		}
		finishRow(out[y*line:(y+1)*line], sums)
	}
	return out
}

// sideways resamples one row; channels is 1 or 4.
func sideways(dst []int16, row []byte, columns []taps, channels int) {
	const round = 1 << (halfway - 1)
	if channels == 1 {
		for x, t := range columns {
			sum := int32(round)
			from := row[t.first:][:len(t.shares)]
			for i, s := range t.shares {
				sum += s * int32(from[i])
			}
			dst[x] = fit(sum >> halfway)
		}
		return
	}
	for x, t := range columns {
		a, b, c, d := int32(round), int32(round), int32(round), int32(round)
		from := row[4*t.first:][:4*len(t.shares)]
		for i, s := range t.shares {
			px := from[4*i:][:4]
			a, b, c, d = a+s*int32(px[0]), b+s*int32(px[1]), c+s*int32(px[2]), d+s*int32(px[3])
		}
		to := dst[4*x:][:4]
		to[0], to[1], to[2], to[3] = fit(a>>halfway), fit(b>>halfway), fit(c>>halfway), fit(d>>halfway)
	}
}

func fit(v int32) int16 { return int16(max(min(v, math.MaxInt16), math.MinInt16)) }

func addRow(sums []int32, row []int16, s int32) {
	row = row[:len(sums)]
	for x := range sums {
		sums[x] += s * int32(row[x])
	}
}

func finishRow(out []byte, sums []int32) {
	sums = sums[:len(out)]
	for x := range out {
		out[x] = byte(max(min((sums[x]+1<<(restBits-1))>>restBits, 255), 0))
	}
}
