package picture

import (
	"bytes"
	"errors"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// decode opens a picture that [Probe] has passed. A decoder that panics on
// hostile data has found a damaged file, not a reason to lose the build.
func decode(data []byte, info Info) (m image.Image, err error) {
	defer func() {
		if recover() != nil {
			m, err = nil, broken("it cannot be opened")
		}
	}()
	r := bytes.NewReader(data)
	switch info.Format {
	case JPEG:
		m, err = jpeg.Decode(r)
	case PNG:
		m, err = png.Decode(r)
	case GIF:
		m, err = gif.Decode(r)
	case WebP:
		m, err = webp.Decode(r)
		fullRange(m)
	default:
		return nil, unsupported("the picture cannot be opened here")
	}
	if err != nil {
		return nil, explain(err)
	}
	w, h := stored(info)
	if b := m.Bounds(); b.Dx() != w || b.Dy() != h || b.Min != (image.Point{}) {
		return nil, broken("its size is not what its header says")
	}
	return m, nil
}

// fullRange stretches a WebP's brightness and chroma from the range of video
// (16 to 235 and 240) to that of image.YCbCr, which the decoder leaves to its
// callers (golang.org/issue/40173): unstretched, black is grey.
func fullRange(m image.Image) {
	var c *image.YCbCr
	switch m := m.(type) {
	case *image.YCbCr:
		c = m
	case *image.NYCbCrA:
		c = &m.YCbCr
	default:
		return
	}
	var light, chroma [256]byte
	for i := range 256 {
		light[i] = byte(max(min(((i-16)*255+109)/219, 255), 0))
		chroma[i] = byte(max(min(((i-128)*255+128*224+112)/224, 255), 0))
	}
	for i, v := range c.Y {
		c.Y[i] = light[v]
	}
	for i := range c.Cb {
		c.Cb[i], c.Cr[i] = chroma[c.Cb[i]], chroma[c.Cr[i]]
	}
}

// stored is the size before turning.
func stored(info Info) (w, h int) {
	if info.Orientation >= 5 {
		return info.Height, info.Width
	}
	return info.Width, info.Height
}

func explain(err error) error {
	var noJPEG jpeg.UnsupportedError
	var noPNG png.UnsupportedError
	switch {
	case errors.As(err, &noJPEG), errors.As(err, &noPNG):
		return unsupported("the picture is stored in an unusual way (" + err.Error() + ")")
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return broken("it ends early")
	}
	return broken(err.Error())
}

// samples are the pixels of a scaled picture: one plane of grey, three of
// brightness and chroma, or one with red, green, blue and alpha side by side.
type samples struct {
	w, h   int
	planes [][]byte
}

// scale makes a picture of w by h pixels from one as it is stored. A photo
// stays in brightness and chroma: less to compute, and nothing lost on the way.
func scale(m image.Image, w, h int) samples {
	var sources []raster
	switch m := m.(type) {
	case *image.YCbCr:
		b := m.Bounds()
		rx, ry := ratios(m.SubsampleRatio)
		cw, ch := (b.Dx()+rx-1)/rx, (b.Dy()+ry-1)/ry
		sources = []raster{plane(m.Y, m.YStride, b, b.Dx(), b.Dy(), 1, 1), plane(m.Cb, m.CStride, b, cw, ch, rx, ry), plane(m.Cr, m.CStride, b, cw, ch, rx, ry)}
	case *image.Gray:
		b := m.Bounds()
		sources = []raster{plane(m.Pix, m.Stride, b, b.Dx(), b.Dy(), 1, 1)}
	case *image.Gray16:
		b := m.Bounds()
		s := plane(nil, 0, b, b.Dx(), b.Dy(), 1, 1)
		s.row = func(y int, buf []byte) []byte {
			for x := range buf {
				buf[x] = narrow(m.Gray16At(x, y).Y)
			}
			return buf
		}
		sources = []raster{s}
	default:
		sources = []raster{colours(m)}
	}
	out := samples{w: w, h: h}
	for _, s := range sources {
		out.planes = append(out.planes, resample(s, w, h))
	}
	return out
}

func plane(pix []byte, stride int, b image.Rectangle, w, h, rx, ry int) raster {
	return raster{width: w, height: h, channels: 1, spanX: b.Dx(), spanY: b.Dy(), ratioX: rx, ratioY: ry,
		row: func(y int, _ []byte) []byte { return pix[y*stride:][:w] }}
}

func ratios(r image.YCbCrSubsampleRatio) (x, y int) {
	switch r {
	case image.YCbCrSubsampleRatio422:
		return 2, 1
	case image.YCbCrSubsampleRatio420:
		return 2, 2
	case image.YCbCrSubsampleRatio440:
		return 1, 2
	case image.YCbCrSubsampleRatio411:
		return 4, 1
	case image.YCbCrSubsampleRatio410:
		return 4, 2
	}
	return 1, 1
}

// colours reads any picture as red, green, blue and alpha, the colours
// multiplied by alpha, as transparent pixels must not colour their neighbours.
func colours(m image.Image) raster {
	b := m.Bounds()
	s := raster{width: b.Dx(), height: b.Dy(), channels: 4, spanX: b.Dx(), spanY: b.Dy(), ratioX: 1, ratioY: 1}
	switch m := m.(type) {
	case *image.RGBA:
		s.row = func(y int, _ []byte) []byte { return m.Pix[y*m.Stride:][:4*s.width] }
	case *image.Paletted:
		table := make([][4]byte, 256)
		for i, c := range m.Palette {
			r, g, b, a := c.RGBA()
			table[i&255] = [4]byte{narrow(uint16(r)), narrow(uint16(g)), narrow(uint16(b)), narrow(uint16(a))}
		}
		s.row = func(y int, buf []byte) []byte {
			for x, i := range m.Pix[y*m.Stride:][:s.width] {
				copy(buf[4*x:], table[i][:])
			}
			return buf
		}
	case image.RGBA64Image:
		s.row = func(y int, buf []byte) []byte {
			for x := range s.width {
				c := m.RGBA64At(x, y)
				px := buf[4*x:][:4]
				px[0], px[1], px[2], px[3] = narrow(c.R), narrow(c.G), narrow(c.B), narrow(c.A)
			}
			return buf
		}
	default:
		s.row = func(y int, buf []byte) []byte {
			for x := range s.width {
				r, g, b, a := m.At(x, y).RGBA()
				copy(buf[4*x:], []byte{narrow(uint16(r)), narrow(uint16(g)), narrow(uint16(b)), narrow(uint16(a))})
			}
			return buf
		}
	}
	return s
}

// narrow rounds sixteen bits to eight.
func narrow(v uint16) byte { return byte((uint32(v)*255 + 32767) / 65535) }

// upright turns the pixels and makes them a picture that encoders know.
func (s samples) upright(orientation int) image.Image {
	n := 1
	if len(s.planes) == 1 && len(s.planes[0]) == 4*s.w*s.h {
		n = 4
	}
	w, h := s.w, s.h
	if orientation >= 5 {
		w, h = h, w
	}
	planes := make([][]byte, len(s.planes))
	for i, p := range s.planes {
		planes[i] = turn(p, s.w, s.h, n, orientation)
	}
	rect := image.Rect(0, 0, w, h)
	switch {
	case len(planes) == 3:
		return &image.YCbCr{Y: planes[0], Cb: planes[1], Cr: planes[2], YStride: w, CStride: w, SubsampleRatio: image.YCbCrSubsampleRatio444, Rect: rect}
	case n == 1:
		return &image.Gray{Pix: planes[0], Stride: w, Rect: rect}
	}
	unmultiply(planes[0])
	return &image.NRGBA{Pix: planes[0], Stride: 4 * w, Rect: rect}
}

// unmultiply divides the colours by alpha again. Sharpening may have left a
// colour above its alpha, which would overflow.
func unmultiply(pix []byte) {
	for i := 0; i+3 < len(pix); i += 4 {
		a := uint32(pix[i+3])
		if a == 255 {
			continue
		}
		for j := i; j < i+3; j++ {
			if a == 0 {
				pix[j] = 0
				continue
			}
			pix[j] = byte(min((uint32(pix[j])*255+a/2)/a, 255))
		}
	}
}
