package picture

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"slices"
)

// Variant is one file for srcset. Width and Height are in pixels, as shown.
type Variant struct {
	Width, Height int
	Format        Format
	Data          []byte
}

// Clean gives the picture without the place, time, camera, comments, previews
// and whatever else does not change how it looks. Pixels are not touched, and
// the orientation alone is kept of EXIF. Cleaning twice is cleaning once. An
// SVG comes back as it is (see [UnsafeSVG]). The error is an *[Error].
func Clean(data []byte) ([]byte, error) {
	if _, err := Probe(data); err != nil {
		return nil, err
	}
	switch sniff(data) {
	case JPEG:
		return cleanJPEG(data)
	case PNG:
		return cleanPNG(data)
	case GIF:
		return cleanGIF(data)
	case WebP:
		return cleanWebP(data)
	}
	return data, nil
}

// Variants makes the files for srcset, narrowest first: the picture at each of
// the widths that is less than its own, upright and clean, and at its own
// width if no larger one is asked for than it has. What moves and what is drawn
// (SVG) comes back as one clean file.
//
// Photos come as JPEG, everything with transparency as PNG, and what came as
// PNG stays PNG. A picture at its own size keeps its own bytes, cleaned,
// unless encoding it again saves a quarter. A file that is heavier than a
// wider one is left out, for nobody gains by it; so a screenshot with few
// colours may come back as a single file. The error is an *[Error].
func Variants(data []byte, widths []int) ([]Variant, error) {
	info, err := Probe(data)
	if err != nil {
		return nil, err
	}
	clean, err := Clean(data)
	if err != nil {
		return nil, err
	}
	own := Variant{info.Width, info.Height, info.Format, clean}
	if info.Format == SVG || info.Animated {
		return []Variant{own}, nil
	}
	m, err := decode(clean, info)
	if err != nil && info.Format == JPEG && cutOff(data) {
		return nil, broken("it ends early")
	}
	if err != nil {
		return nil, err
	}
	c := copier{m: m, info: info, tags: colourTags(clean, info.Format), colourless: isGray(m)}
	var all []Variant // widest first
	for _, w := range descending(widths, info.Width) {
		v, err := c.at(w)
		if err != nil {
			return nil, err
		}
		if len(all) == 0 {
			v = better(v, own, info)
		}
		if len(all) == 0 || len(v.Data) < len(all[len(all)-1].Data) {
			all = append(all, v)
		}
	}
	slices.Reverse(all)
	return all, nil
}

// descending gives the widths to make: those below own, and own itself when
// nothing wider than the picture is left out by it.
func descending(widths []int, own int) []int {
	var out []int
	for _, w := range widths {
		if w > 0 {
			out = append(out, min(w, own))
		}
	}
	if len(out) == 0 {
		return []int{own}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	slices.Reverse(out)
	return out
}

const mostShown = 16e6 // pixels of an original that a phone can be asked to open

// better chooses between the widest copy and the original, cleaned: the
// original, where it needs no turning and costs the reader no more.
func better(scaled, own Variant, info Info) Variant {
	weight := len(scaled.Data)
	if scaled.Width == own.Width {
		weight += weight / 3
	}
	if info.Orientation != 1 || len(own.Data) > weight || float64(own.Width)*float64(own.Height) > mostShown {
		return scaled
	}
	return own
}

// copier makes copies of one opened picture.
type copier struct {
	m          image.Image
	info       Info
	tags       tags
	colourless bool
}

func (c copier) at(w int) (Variant, error) {
	own := c.info
	h := max((2*w*own.Height+own.Width)/(2*own.Width), 1)
	sw, sh := w, h
	if own.Orientation >= 5 {
		sw, sh = h, w
	}
	m := scale(c.m, sw, sh).upright(own.Orientation)
	v := Variant{Width: w, Height: h, Format: JPEG}
	var err error
	if own.Format == PNG || own.Format == GIF || transparent(c.m) {
		v.Format = PNG
		v.Data, err = encodePNG(m, c.tags)
	} else {
		v.Data, err = encodeJPEG(m, c.tags.fitting(c.colourless, c.m))
	}
	return v, err
}

func isGray(m image.Image) bool {
	switch m.(type) {
	case *image.Gray, *image.Gray16:
		return true
	}
	return false
}

func transparent(m image.Image) bool {
	o, ok := m.(interface{ Opaque() bool })
	return ok && !o.Opaque()
}

// A JPEG of up to phoneWidth pixels is encoded again, more coarsely, while it
// weighs more than phoneWeight bytes; wider ones in proportion to their area.
const (
	quality     = 82
	coarsest    = 52
	coarser     = 6
	phoneWidth  = 1200
	phoneWeight = 280_000
)

func encodeJPEG(m image.Image, profile []byte) ([]byte, error) {
	most := phoneWeight
	if w := m.Bounds().Dx(); w > phoneWidth {
		most = int(int64(most) * int64(w) * int64(w) / (phoneWidth * phoneWidth))
	}
	var b bytes.Buffer
	for q := quality; ; q -= coarser {
		b.Reset()
		if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: q}); err != nil {
			return nil, broken(err.Error())
		}
		if b.Len() <= most || q <= coarsest {
			return withProfile(b.Bytes(), profile), nil
		}
	}
}

func encodePNG(m image.Image, t tags) ([]byte, error) {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		return nil, broken(err.Error())
	}
	return slices.Insert(b.Bytes(), len(pngMark)+25, t.chunks...), nil
}
