package picture

import (
	"bytes"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestVariantsSizesAndFormats(t *testing.T) {
	files := all(t)
	files["photo, large"] = tell(asJPEG(t, noise(212, 141)), 1)
	files["photo, large, turned"] = tell(asJPEG(t, noise(212, 141)), 8)
	widths := []int{150, 60, 200, 100, 60, 0}
	type file struct {
		w, h   int
		format Format
	}
	for name, want := range map[string][]file{
		"photo, large":         {{60, 40, JPEG}, {100, 67, JPEG}, {150, 100, JPEG}, {200, 133, JPEG}},
		"photo, large, turned": {{60, 90, JPEG}, {100, 150, JPEG}, {141, 212, JPEG}},
		"photo":                {{41, 31, JPEG}},
		"photo, turned":        {{31, 41, JPEG}},
		"photo, one pixel":     {{1, 1, JPEG}},
		"gray photo":           {{41, 31, JPEG}},
		"ink":                  {{40, 30, JPEG}},
		"png":                  {{40, 30, PNG}},
		"png, turned":          {{30, 40, PNG}},
		"gif":                  {{40, 30, GIF}},
		"gif, moving":          {{40, 30, GIF}},
		"webp, turned":         {{31, 40, JPEG}},
		"webp, moving":         {{40, 31, WebP}},
	} {
		vs, err := Variants(files[name], widths)
		if err != nil || len(vs) != len(want) {
			t.Errorf("%s: %d variants, %v", name, len(vs), err)
			continue
		}
		for i, v := range vs {
			if (file{v.Width, v.Height, v.Format}) != want[i] {
				t.Errorf("%s: %d × %d %v, want %v", name, v.Width, v.Height, v.Format, want[i])
			}
			info, err := Probe(v.Data)
			if err != nil || info.Width != v.Width || info.Height != v.Height || info.Format != v.Format || info.Orientation != 1 {
				t.Errorf("%s: the file is %+v %v", name, info, err)
			}
			if i > 0 && len(v.Data) <= len(vs[i-1].Data) {
				t.Errorf("%s: %d is lighter than %d", name, v.Width, vs[i-1].Width)
			}
			if bytes.Contains(v.Data, []byte("SECRET")) {
				t.Errorf("%s: a secret gets out", name)
			}
		}
		again, err := Variants(files[name], widths)
		if err != nil || !bytes.Equal(again[0].Data, vs[0].Data) {
			t.Errorf("%s: another time, other bytes", name)
		}
	}
}

// noise is a scene with grain, as photos have it, the same every time.
func noise(w, h int) *image.NRGBA {
	m, r := scene(w, h), rand.New(rand.NewPCG(1, 2))
	for i := range m.Pix {
		if i%4 != 3 {
			m.Pix[i] = uint8(max(min(int(m.Pix[i])+r.IntN(13)-6, 255), 0))
		}
	}
	return m
}

// TestOrientation makes the eight stored forms of one upright scene, and asks
// that all of them come out upright.
func TestOrientation(t *testing.T) {
	const w, h = 64, 32
	upright := scene(w, h)
	for o := 1; o <= 8; o++ {
		sw, sh := w, h
		if o >= 5 {
			sw, sh = h, w
		}
		kept := image.NewNRGBA(image.Rect(0, 0, sw, sh))
		for y := range sh {
			for x := range sw {
				ux, uy := shownAt(x, y, w, h, o)
				kept.Set(x, y, upright.At(ux, uy))
			}
		}
		for name, data := range map[string][]byte{"photo": tell(asJPEG(t, kept), o), "png": tellPNG(asPNG(t, kept), o)} {
			for _, width := range []int{w, w / 2} {
				vs, err := Variants(data, []int{width})
				if err != nil || len(vs) != 1 || vs[0].Width != width || vs[0].Height != width/2 {
					t.Fatalf("%s %d: %v %v", name, o, vs, err)
				}
				m := open(t, vs[0].Data)
				for _, at := range []image.Point{{2, 2}, {w - 3, 2}, {2, h - 3}, {w - 3, h - 3}} {
					got := m.At(at.X*width/w, at.Y*width/w)
					if d := distance(got, upright.At(at.X, at.Y)); d > 16 {
						t.Errorf("%s %d at %v: %v, want %v", name, o, at, got, upright.At(at.X, at.Y))
					}
				}
			}
		}
	}
}

// shownAt is EXIF's table, read the other way round than the code under test:
// where the pixel stored at x, y belongs in the upright picture of w by h.
func shownAt(x, y, w, h, orientation int) (int, int) {
	table := map[int][2]string{ // where the first row and the first column are
		1: {"top", "left"}, 2: {"top", "right"}, 3: {"bottom", "right"}, 4: {"bottom", "left"},
		5: {"left", "top"}, 6: {"right", "top"}, 7: {"right", "bottom"}, 8: {"left", "bottom"},
	}[orientation]
	var ux, uy int
	for i, n := range []int{y, x} {
		switch table[i] {
		case "top":
			uy = n
		case "bottom":
			uy = h - 1 - n
		case "left":
			ux = n
		case "right":
			ux = w - 1 - n
		}
	}
	return ux, uy
}

func distance(a, b color.Color) int {
	x, y := color.NRGBAModel.Convert(a).(color.NRGBA), color.NRGBAModel.Convert(b).(color.NRGBA)
	d := 0
	for _, v := range []int{int(x.R) - int(y.R), int(x.G) - int(y.G), int(x.B) - int(y.B), int(x.A) - int(y.A)} {
		d = max(d, v, -v)
	}
	return d
}

// TestColours scales areas of one colour, which must stay that colour to the
// last bit, whatever the reduction.
func TestColours(t *testing.T) {
	want := color.NRGBA{200, 100, 50, 255}
	plain := image.NewNRGBA(image.Rect(0, 0, 301, 203))
	for i := range plain.Pix {
		plain.Pix[i] = []uint8{want.R, want.G, want.B, want.A}[i%4]
	}
	for _, w := range []int{1, 2, 3, 7, 100, 150, 299, 300} {
		m := scale(plain, w, max(w*203/301, 1)).upright(1)
		b := m.Bounds()
		for y := range b.Dy() {
			for x := range b.Dx() {
				if m.At(x, y) != color.Color(want) {
					t.Fatalf("width %d at %d, %d: %v", w, x, y, m.At(x, y))
				}
			}
		}
	}
	for _, ratio := range []image.YCbCrSubsampleRatio{0, 1, 2, 3, 4, 5} {
		c := image.NewYCbCr(image.Rect(0, 0, 33, 19), ratio)
		for i := range c.Y {
			c.Y[i] = 90
		}
		for i := range c.Cb {
			c.Cb[i], c.Cr[i] = 70, 180
		}
		if got := scale(c, 30, 17).upright(6).At(16, 29); got != (color.YCbCr{Y: 90, Cb: 70, Cr: 180}) {
			t.Errorf("%v: %v", ratio, got)
		}
	}
}

// TestSameEverywhere holds the scaled pixels to the last bit, on any machine. If
// they change on purpose, change Version too.
func TestSameEverywhere(t *testing.T) {
	sum := crc32.NewIEEE()
	for _, w := range []int{1, 37, 200, 399} {
		sum.Write(scale(scene(400, 300), w, max(w*3/4, 1)).planes[0])
	}
	if got := sum.Sum32(); got != 0x9cfd2bec || Version != "picture-1" {
		t.Errorf("%#x for %s", got, Version)
	}
}

// TestScaleIsSmooth holds the resampling against the picture's own formula.
func TestScaleIsSmooth(t *testing.T) {
	m := scale(scene(1000, 500), 250, 125).upright(1)
	for _, x := range []int{0, 1, 60, 124, 200, 248, 249} {
		c := m.At(x, 60).(color.NRGBA)
		if want := 255 * (4*x + 2) / 1000; int(c.R) < want-2 || int(c.R) > want+2 {
			t.Errorf("at %d: red %d, want %d", x, c.R, want)
		}
	}
	// One white column among black keeps its light, and no more.
	line := image.NewGray(image.Rect(0, 0, 400, 4))
	for y := range 4 {
		line.SetGray(200, y, color.Gray{255})
	}
	out, sum := resample(plane(line.Pix, line.Stride, line.Rect, 400, 4, 1, 1), 100, 1), 0
	for _, v := range out {
		sum += int(v)
	}
	if sum < 55 || sum > 85 { // 255/4, and what was below black
		t.Errorf("the light of a line became %d: %v", sum, out[46:55])
	}
}

func TestTransparentPixelsColourNothing(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 64, 64))
	for y := range 64 {
		for x := range 64 {
			c := color.NRGBA{255, 0, 0, 0} // red that nobody sees
			if x >= 32 {
				c = color.NRGBA{0, 0, 255, 255}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	vs, err := Variants(asPNG(t, m), []int{16})
	if err != nil {
		t.Fatal(err)
	}
	out := scale(m, 16, 16).upright(1).(*image.NRGBA)
	for x := range 16 {
		if c := out.NRGBAAt(x, 8); c.R != 0 {
			t.Errorf("at %d: %v", x, c)
		}
	}
	if vs[0].Format != PNG {
		t.Error(vs[0].Format)
	}
}

func TestVariantsKeepTheMeaningOfColours(t *testing.T) {
	files := all(t)
	vs, err := Variants(files["photo, profile"], []int{20})
	if err != nil || !bytes.Equal(jpegProfile(vs[0].Data), append(profile("RGB ", 200), profile("RGB ", 130)...)) {
		t.Errorf("the profile is gone: %v", err)
	}
	if vs, err = Variants(files["png, turned"], []int{20}); err != nil || !bytes.Contains(vs[0].Data, []byte("gAMA")) {
		t.Errorf("gamma is gone: %v", err)
	}
	if vs, err = Variants(files["webp, turned"], []int{20}); err != nil || !bytes.Equal(jpegProfile(vs[0].Data), profile("RGB ", 301)) {
		t.Errorf("the profile of a WebP is gone: %v", err)
	}
	if vs, err = Variants(tellWebP(40, 30, 6, color.NRGBA{9, 9, 9, 9}), []int{20}); err != nil || vs[0].Format != PNG || !bytes.Contains(vs[0].Data, []byte("iCCP")) {
		t.Errorf("the profile of a transparent WebP is gone: %v", err)
	}
	if _, err := png.Decode(bytes.NewReader(vs[0].Data)); err != nil {
		t.Error(err)
	}
	photo := asJPEG(t, scene(40, 30))
	inks := append(append([]byte{0xff, 0xd8}, appendSegment(nil, 0xe2, append([]byte(iccMark+"\x01\x01"), profile("CMYK", 200)...))...), photo[2:]...)
	if vs, err = Variants(inks, []int{20}); err != nil || bytes.Contains(vs[0].Data, []byte(iccMark)) {
		t.Errorf("a printer's profile on a photo: %v", err)
	}
	large := profile("RGB ", 140_000)
	if got := jpegProfile(withProfile(photo, large)); !bytes.Equal(got, large) {
		t.Error("a profile in three parts is not the same again")
	}
}

func TestInk(t *testing.T) {
	data := asCMYK(t, 40, 30)
	vs, err := Variants(data, []int{20})
	if err != nil {
		t.Fatal(err)
	}
	if d := distance(open(t, vs[0].Data).At(10, 7), open(t, data).At(20, 15)); d > 6 {
		t.Errorf("the colour is off by %d", d)
	}
}

// TestScreenshotStaysLight: few colours compress better at full size than
// scaled, where smooth edges make many.
func TestScreenshotStaysLight(t *testing.T) {
	m := image.NewPaletted(image.Rect(0, 0, 300, 180), color.Palette{color.White, color.Black})
	for y := range 180 {
		for x := range 300 {
			if (x/3+y/5)%7 == 0 {
				m.SetColorIndex(x, y, 1)
			}
		}
	}
	data := tellPNG(asPNG(t, m), 1)
	vs, err := Variants(data, []int{160, 240})
	if err != nil {
		t.Fatal(err)
	}
	last := vs[len(vs)-1]
	if last.Width != 300 || len(last.Data) > len(data) {
		t.Errorf("%d pixels, %d bytes of %d", last.Width, len(last.Data), len(data))
	}
}

// TestPhoneWeight is the bar: a phone pays 300 kB at most for a photo, even
// one of much grain.
func TestPhoneWeight(t *testing.T) {
	m, r := scene(1200, 700), rand.New(rand.NewPCG(3, 4))
	for i := range m.Pix {
		if i%4 != 3 {
			m.Pix[i] = uint8(max(min(int(m.Pix[i])+r.IntN(81)-40, 255), 0))
		}
	}
	data := asJPEG(t, m)
	vs, err := Variants(tell(data, 1), []int{1200})
	if err != nil || len(data) < 400_000 || len(vs[0].Data) > 300_000 {
		t.Errorf("%d bytes became %d, %v", len(data), len(vs[0].Data), err)
	}
}

func TestStore(t *testing.T) {
	data := all(t)["photo, turned"]
	s, key := shelf{}, keyOf(all(t)["photo, turned"], []int{20, 31})
	if _, ok := Kept(s, key); ok {
		t.Fatal("an empty store has a sheet")
	}
	made, err := Make(s, key, data, []int{20, 31})
	if err != nil || made.Width != 31 || made.Height != 41 || len(made.Copies) != 2 {
		t.Fatalf("%+v %v", made, err)
	}
	kept, ok := Kept(s, key)
	if !ok || kept.Copies[1] != made.Copies[1] || kept.Original != made.Original {
		t.Errorf("%+v %v", kept, ok)
	}
	vs, _ := Variants(data, []int{20, 31})
	for i, c := range kept.Copies {
		if got, ok := c.Bytes(s); !ok || !bytes.Equal(got, vs[i].Data) {
			t.Errorf("%d: other bytes", c.Width)
		}
	}
	if own, ok := kept.Original.Bytes(s); !ok || strings.Contains(string(own), "SECRET") {
		t.Error("the original is not there, or not clean")
	}
	s[kept.Copies[0].Name][5] ^= 1
	if _, ok := kept.Copies[0].Bytes(s); ok {
		t.Error("damaged bytes are used")
	}
	for i := range s[key] {
		s[key][i] ^= 1
		if _, ok := Kept(s, key); ok {
			t.Fatalf("a sheet damaged at %d is used", i)
		}
		s[key][i] ^= 1
	}
	if _, err := Make(shelf{}, key, []byte("no picture"), nil); err == nil {
		t.Error("made of nothing")
	}
	if keyOf(data, []int{20}) == keyOf(data, []int{21}) || keyOf(data, nil) == keyOf(data[1:], nil) {
		t.Error("a key does not see everything")
	}
}

func BenchmarkVariants12Megapixels(b *testing.B) {
	data := asJPEG(b, noise(4000, 3000))
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Variants(data, Widths()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkClean12Megapixels(b *testing.B) {
	data := tell(asJPEG(b, noise(4000, 3000)), 6)
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Clean(data); err != nil {
			b.Fatal(err)
		}
	}
}
