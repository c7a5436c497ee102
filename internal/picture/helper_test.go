package picture

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"
)

// secret stands for everything a phone writes that must not get out.
const secret = "SECRET 52.5163N 13.3777E"

// scene has a different colour in each corner, so that a turn shows.
func scene(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetNRGBA(x, y, color.NRGBA{uint8(255 * x / w), uint8(255 * y / h), 90, 255})
		}
	}
	return m
}

func asJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 92}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exif is a TIFF block with a camera's name, an orientation and a GPS block.
func exif(order binary.AppendByteOrder, orientation int) []byte {
	mark := "II*\x00"
	if order == binary.BigEndian {
		mark = "MM\x00*"
	}
	out := []byte(mark)
	out = order.AppendUint32(out, 8)
	out = order.AppendUint16(out, 3)
	entry := func(tag, kind uint16, n, value uint32) {
		out = order.AppendUint16(order.AppendUint16(out, tag), kind)
		out = order.AppendUint32(out, n)
		if kind == 3 {
			out = order.AppendUint16(order.AppendUint16(out, uint16(value)), 0)
		} else {
			out = order.AppendUint32(out, value)
		}
	}
	entry(0x010f, 2, uint32(len(secret)), 8+2+36+4)
	entry(orientationTag, 3, 1, uint32(orientation))
	entry(0x8825, 4, 1, 8+2+36+4)
	out = order.AppendUint32(out, 0)
	return append(out, secret...)
}

// tell puts everything into a JPEG that phones and programs put there.
func tell(data []byte, orientation int) []byte {
	extra := appendSegment(nil, 0xe0, []byte("JFIF\x00\x01\x02\x00\x00\x48\x00\x48\x01\x01abc"))
	extra = appendSegment(extra, 0xe1, append([]byte(exifMark), exif(binary.LittleEndian, orientation)...))
	extra = appendSegment(extra, 0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00<x>"+secret+"</x>"))
	extra = appendSegment(extra, 0xe2, []byte("MPF\x00"+secret))
	extra = appendSegment(extra, 0xed, []byte("Photoshop 3.0\x00"+secret))
	extra = appendSegment(extra, 0xfe, []byte(secret))
	extra = appendSegment(extra, 0xef, []byte(secret))
	out := append(slices.Insert(slices.Clone(data), 2, extra...), 0xff, 0xd8)
	return append(out, secret...) // as a motion photo appends its video
}

// profile is an ICC profile as far as this package looks at one.
func profile(space string, n int) []byte {
	p := bytes.Repeat([]byte{7}, n)
	copy(p[16:], space)
	copy(p[36:], "acsp")
	return p
}

func tellPNG(data []byte, orientation int) []byte {
	extra := appendChunk(nil, "gAMA", []byte{0, 0, 177, 143})
	extra = appendChunk(extra, "tEXt", []byte("Comment\x00"+secret))
	extra = appendChunk(extra, "iTXt", []byte("XML:com.adobe.xmp\x00"+secret))
	extra = appendChunk(extra, "zTXt", []byte(secret))
	extra = appendChunk(extra, "tIME", []byte(secret))
	extra = appendChunk(extra, "prVt", []byte(secret))
	extra = appendChunk(extra, "eXIf", exif(binary.BigEndian, orientation))
	extra = appendChunk(extra, "pHYs", []byte{0, 0, 1, 0, 0, 0, 1, 0, 1})
	return append(slices.Insert(slices.Clone(data), len(pngMark)+25, extra...), secret...)
}

// asCMYK is a JPEG of four inks, each the same grey scan, as a printer's
// program would write it: stored inverted, with Adobe's note.
func asCMYK(t testing.TB, w, h int) []byte {
	t.Helper()
	gray := image.NewGray(image.Rect(0, 0, w, h))
	for i := range gray.Pix {
		gray.Pix[i] = 200
	}
	out := appendSegment([]byte{0xff, 0xd8}, 0xee, []byte("Adobe\x00\x64\x00\x00\x00\x00\x00"))
	r := jpegReader{data: asJPEG(t, gray), at: 2}
	for {
		s, ok, err := r.next()
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case !ok:
			return append(out, 0xff, 0xd9)
		case isFrame(s.mark):
			body := append(slices.Clone(s.body[:5]), 4)
			for i := range 4 {
				body = append(body, byte(i+1), 0x11, 0)
			}
			out = appendSegment(out, s.mark, body)
		case s.mark == markSOS:
			for i := range 4 {
				out = append(appendSegment(out, s.mark, []byte{1, byte(i + 1), 0, 0, 63, 0}), s.coded...)
			}
		default:
			out = appendSegment(out, s.mark, s.body)
		}
	}
}

// vp8l is a lossless WebP frame of one colour, a few bytes whatever its size.
func vp8l(w, h int, c color.NRGBA) []byte {
	var bits, n uint64
	out := []byte{0x2f}
	put := func(v uint64, count uint64) {
		bits, n = bits|v<<n, n+count
		for ; n >= 8; n -= 8 {
			out, bits = append(out, byte(bits)), bits>>8
		}
	}
	put(uint64(w-1), 14)
	put(uint64(h-1), 14)
	put(1, 1)
	put(0, 3+3) // version, no transform, no cache, no groups
	for _, v := range []uint8{c.G, c.R, c.B, c.A} {
		put(1, 1) // one symbol of eight bits
		put(0, 1)
		put(1, 1)
		put(uint64(v), 8)
	}
	put(1, 1)
	put(0, 3)
	put(0, 16)
	return out
}

func asWebP(chunks ...[]byte) []byte {
	body := append([]byte("WEBP"), bytes.Join(chunks, nil)...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

func vp8x(flags byte, w, h int) []byte {
	return appendRIFF(nil, "VP8X", []byte{flags, 0, 0, 0, byte(w - 1), byte((w - 1) >> 8), byte((w - 1) >> 16), byte(h - 1), byte((h - 1) >> 8), byte((h - 1) >> 16)})
}

func tellWebP(w, h, orientation int, c color.NRGBA) []byte {
	return append(asWebP(vp8x(webpXMP|webpEXIF|1<<4|1<<5, w, h), appendRIFF(nil, "ICCP", profile("RGB ", 301)),
		appendRIFF(nil, "VP8L", vp8l(w, h, c)), appendRIFF(nil, "EXIF", exif(binary.LittleEndian, orientation)),
		appendRIFF(nil, "XMP ", []byte(secret)), appendRIFF(nil, "junk", []byte(secret+"!"))), secret...)
}

// lossy is a WebP of 1 × 1 pixel as encoders for photos make them.
func lossy(t testing.TB) []byte {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func asGIF(t testing.TB, w, h, frames int) []byte {
	t.Helper()
	g := &gif.GIF{}
	for i := range frames {
		m := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.Black, color.White, color.Transparent})
		m.SetColorIndex(i, 0, 1)
		g.Image, g.Delay = append(g.Image, m), append(g.Delay, 10)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		t.Fatal(err)
	}
	data := b.Bytes()
	note := append([]byte{'!', 0xfe, byte(len(secret))}, secret...)
	xmp := append([]byte("!\xff\x0bXMP DataXMP"), byte(len(secret)))
	xmp = append(append(xmp, secret...), 0)
	return append(slices.Insert(data, 13+gifTable(data[10]), append(append(note, 0), xmp...)...), secret...)
}

// open decodes with the standard library alone.
func open(t testing.TB, data []byte) image.Image {
	t.Helper()
	m, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// shelf is a store in memory.
type shelf map[string][]byte

func (s shelf) Get(name string) ([]byte, bool) { d, ok := s[name]; return d, ok }
func (s shelf) Put(name string, data []byte)   { s[name] = bytes.Clone(data) }

func keyOf(data []byte, widths []int) string { return KeyOf(sha256.Sum256(data), widths) }
