package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/image/webp"
)

// all is one picture of each kind, with secrets wherever one can hide.
func all(t testing.TB) map[string][]byte {
	deep := image.NewNRGBA64(image.Rect(0, 0, 40, 30))
	for i := range deep.Pix {
		deep.Pix[i] = byte(i * 7)
	}
	see := scene(40, 30)
	see.SetNRGBA(3, 3, color.NRGBA{1, 2, 3, 40})
	gray := image.NewGray(image.Rect(0, 0, 41, 31))
	colours := append(appendSegment(nil, 0xe2, append([]byte(iccMark+"\x01\x02"), profile("RGB ", 200)...)),
		appendSegment(nil, 0xe2, append([]byte(iccMark+"\x02\x02"), profile("RGB ", 130)...))...)
	photo := asJPEG(t, scene(41, 31))
	profiled := append(append([]byte{0xff, 0xd8}, colours...), photo[2:]...)
	return map[string][]byte{
		"photo":            tell(photo, 1),
		"photo, turned":    tell(photo, 6),
		"photo, profile":   tell(profiled, 3),
		"photo, no end":    tell(photo, 1)[:len(tell(photo, 1))-len(secret)-4],
		"gray photo":       tell(asJPEG(t, gray), 1),
		"ink":              asCMYK(t, 40, 30),
		"png":              tellPNG(asPNG(t, scene(40, 30)), 1),
		"png, turned":      tellPNG(asPNG(t, scene(40, 30)), 8),
		"png, alpha":       tellPNG(asPNG(t, see), 1),
		"png, 16 bits":     tellPNG(asPNG(t, deep), 1),
		"png, gray":        tellPNG(asPNG(t, gray), 1),
		"png, gray 16":     tellPNG(asPNG(t, image.NewGray16(image.Rect(0, 0, 40, 30))), 1),
		"png, palette":     tellPNG(asPNG(t, image.NewPaletted(image.Rect(0, 0, 40, 30), color.Palette{color.White, color.Black})), 1),
		"png, one pixel":   tellPNG(asPNG(t, scene(1, 1)), 1),
		"photo, one pixel": tell(asJPEG(t, scene(1, 1)), 5),
		"gif":              asGIF(t, 40, 30, 1),
		"gif, moving":      asGIF(t, 40, 30, 3),
		"webp":             tellWebP(40, 31, 1, color.NRGBA{200, 100, 50, 255}),
		"webp, turned":     tellWebP(40, 31, 6, color.NRGBA{200, 100, 50, 255}),
		"webp, alpha":      tellWebP(40, 31, 1, color.NRGBA{200, 100, 50, 99}),
		"webp, plain":      asWebP(appendRIFF(nil, "VP8L", vp8l(40, 31, color.NRGBA{1, 2, 3, 255}))),
		"webp, lossy":      lossy(t),
		"webp, moving": asWebP(vp8x(webpAnimated|webpEXIF, 40, 31), appendRIFF(nil, "ANIM", make([]byte, 6)),
			appendRIFF(nil, "ANMF", append(make([]byte, 16), append(appendRIFF(nil, "VP8L", vp8l(40, 31, color.NRGBA{})), appendRIFF(nil, "note", []byte(secret))...)...)),
			appendRIFF(nil, "EXIF", []byte(secret))),
	}
}

func TestCleanLeavesNoSecretAndNoPixelChanged(t *testing.T) {
	for name, data := range all(t) {
		clean, err := Clean(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if bytes.Contains(clean, []byte("SECRET")) {
			t.Errorf("%s: a secret gets out", name)
		}
		again, err := Clean(clean)
		if err != nil || !bytes.Equal(again, clean) {
			t.Errorf("%s: cleaning twice is not cleaning once (%v)", name, err)
		}
		before, err := Probe(data)
		after, err2 := Probe(clean)
		if err != nil || err2 != nil || before != after {
			t.Errorf("%s: %+v %v, then %+v %v", name, before, err, after, err2)
		}
		if name == "webp, moving" {
			continue // no decoder here
		}
		if before.Format == GIF {
			a, _ := gif.DecodeAll(bytes.NewReader(data))
			b, err := gif.DecodeAll(bytes.NewReader(clean))
			if err != nil || !reflect.DeepEqual(a, b) {
				t.Errorf("%s: a frame has changed (%v)", name, err)
			}
			continue
		}
		whole := data
		if name == "photo, no end" {
			whole = append(bytes.Clone(data), 0xff, 0xd9)
		}
		if before.Format == WebP {
			whole = data[:binary.LittleEndian.Uint32(data[4:])+8]
		}
		if !reflect.DeepEqual(open(t, whole), open(t, clean)) {
			t.Errorf("%s: pixels have changed", name)
		}
	}
}

func TestCleanKeepsWhatMeansSomething(t *testing.T) {
	files := all(t)
	for name, wants := range map[string][]string{
		"photo":          {"JFIF"},
		"photo, profile": {iccMark + "\x01\x02", iccMark + "\x02\x02"},
		"ink":            {"Adobe"},
		"png":            {"gAMA", "pHYs"},
		"gif, moving":    {"NETSCAPE2.0"},
		"webp":           {"ICCP", "acsp"},
	} {
		clean, err := Clean(files[name])
		for _, want := range wants {
			if err != nil || !bytes.Contains(clean, []byte(want)) {
				t.Errorf("%s: %q is gone (%v)", name, want, err)
			}
		}
	}
	webp, err := Clean(files["webp"])
	if err != nil || webp[20] != 1<<4|1<<5 || int(binary.LittleEndian.Uint32(webp[4:])) != len(webp)-8 {
		t.Errorf("flags or size are wrong: % x %v", webp[:24], err)
	}
	if turned, _ := Clean(files["webp, turned"]); turned[20]&webpEXIF == 0 {
		t.Error("the flag of the orientation is gone")
	}
}

func TestProbe(t *testing.T) {
	files := all(t)
	for name, want := range map[string]Info{
		"photo":         {JPEG, 41, 31, 1, false, 41 * 31 * 3 / 2},
		"photo, turned": {JPEG, 31, 41, 6, false, 41 * 31 * 3 / 2},
		"png, turned":   {PNG, 30, 40, 8, false, 40 * 30 * 4},
		"png, 16 bits":  {PNG, 40, 30, 1, false, 40 * 30 * 8},
		"gif":           {GIF, 40, 30, 1, false, 40 * 30},
		"gif, moving":   {GIF, 40, 30, 1, true, 0},
		"webp, moving":  {WebP, 40, 31, 1, true, 0},
		"webp, turned":  {WebP, 31, 40, 6, false, 40 * 31 * 9},
		"webp, lossy":   {WebP, 1, 1, 1, false, 1},
	} {
		if got, err := Probe(files[name]); err != nil || got != want {
			t.Errorf("%s: %+v %v, want %+v", name, got, err, want)
		}
	}
}

// TestBombs gives headers that promise more than a machine has.
func TestBombs(t *testing.T) {
	sof := func(mark byte, w, h int, parts ...byte) []byte {
		body := []byte{8, byte(h >> 8), byte(h), byte(w >> 8), byte(w), byte(len(parts))}
		for i, p := range parts {
			body = append(body, byte(i+1), p, 0)
		}
		return appendSegment([]byte{0xff, 0xd8}, mark, body)
	}
	scans := func(head []byte, n int) []byte {
		for range n {
			head = append(appendSegment(head, markSOS, []byte{1, 1, 0, 0, 63, 0}), 0)
		}
		return append(head, 0xff, 0xd9)
	}
	ihdr := func(w, h uint32, rest string) []byte {
		body := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
		return appendChunk(appendChunk([]byte(pngMark), "IHDR", append(body, rest...)), "IEND", nil)
	}
	for name, tt := range map[string]struct {
		data []byte
		rule string
		says string
	}{
		"jpeg":                {scans(sof(0xc0, 65535, 65535, 0x11), 1), ruleSize, "65535 × 65535 pixels (4295 megapixels)"},
		"jpeg, in passes":     {scans(sof(0xc2, 9000, 9000, 0x11, 0x11, 0x11), 1), ruleSize, "9000 × 9000 pixels, which take 1158 MB"},
		"jpeg, many passes":   {scans(sof(0xc2, 6000, 6000, 0x11), 80), ruleSize, "6000 × 6000 pixels in 80 passes"},
		"jpeg, no height":     {scans(sof(0xc0, 60, 0, 0x11), 1), ruleBroken, "60 × 0"},
		"jpeg, two frames":    {scans(append(sof(0xc0, 6, 6, 0x11), sof(0xc0, 6000, 6000, 0x11)[2:]...), 1), ruleBroken, "more than one frame"},
		"png":                 {ihdr(1<<31-1, 1<<31-1, "\x08\x06\x00\x00\x00"), ruleSize, "2147483647 × 2147483647"},
		"png, negative":       {ihdr(1<<32-1, 1<<32-1, "\x08\x06\x00\x00\x00"), ruleSize, "4294967295"},
		"png, a line":         {ihdr(90_000_000, 1, "\x08\x06\x00\x00\x00"), ruleSize, "65535 on a side"},
		"png, deep":           {ihdr(9000, 9000, "\x10\x06\x00\x00\x00"), ruleSize, "take 617 MB"},
		"gif":                 {append([]byte("GIF89a\xff\xff\xff\xff\x00\x00\x00"), "\x2c\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02\x00;"...), ruleSize, "65535 × 65535"},
		"webp":                {asWebP(appendRIFF(nil, "VP8L", vp8l(16384, 16384, color.NRGBA{}))), ruleSize, "268 megapixels"},
		"webp, canvas":        {asWebP(vp8x(0, 1<<24, 1<<24), appendRIFF(nil, "VP8L", vp8l(1, 1, color.NRGBA{}))), ruleBroken, "in another"},
		"webp, two sizes":     {asWebP(vp8x(0, 5, 5), appendRIFF(nil, "VP8L", vp8l(16384, 16384, color.NRGBA{}))), ruleBroken, "16384 × 16384"},
		"too long":            {append([]byte("\xff\xd8\xff"), make([]byte, MaxBytes)...), ruleSize, "64 MB"},
		"empty":               {nil, ruleBroken, "empty"},
		"phone":               {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), ruleFormat, "HEIC"},
		"scanner":             {[]byte("II*\x00\x08\x00\x00\x00"), ruleFormat, "TIFF"},
		"text":                {[]byte("a word"), ruleFormat, "not a picture"},
		"page":                {[]byte("<!doctype html><p>"), ruleFormat, "not a picture"},
		"jpeg, only a header": {[]byte("\xff\xd8\xff"), ruleBroken, "before the picture begins"},
		"webp, nothing in it": {asWebP(), ruleBroken, "before the picture begins"},
	} {
		_, err := Probe(tt.data)
		var e *Error
		if !errors.As(err, &e) || e.Rule != tt.rule || !strings.Contains(e.Message, tt.says) || e.Hint == "" {
			t.Errorf("%s: %#v", name, err)
		}
		if _, err := Clean(tt.data); err == nil {
			t.Errorf("%s: cleaned", name)
		}
		if _, err := Variants(tt.data, Widths()); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
}

// TestCutOff takes every picture to pieces: an error or a result, never a
// panic, and never a secret.
func TestCutOff(t *testing.T) {
	for name, data := range all(t) {
		for n := 0; n < len(data); n += 1 + len(data)/150 {
			clean, err := Clean(data[:n])
			if err == nil && bytes.Contains(clean, []byte("SECRET")) {
				t.Errorf("%s: a secret gets out of %d bytes", name, n)
			}
			vs, err := Variants(data[:n], []int{20})
			var e *Error
			if err != nil && !errors.As(err, &e) || err == nil && len(vs) == 0 {
				t.Errorf("%s, %d bytes: %v %d", name, n, err, len(vs))
			}
		}
	}
	if _, err := Variants(all(t)["photo"][:900], []int{20}); err == nil || !strings.Contains(err.Error(), "ends early") {
		t.Errorf("half a photo: %v", err)
	}
}

func TestOrientationOfHostileBlocks(t *testing.T) {
	good := exif(binary.BigEndian, 7)
	if orientationOf(good) != 7 || orientationOf(exif(binary.LittleEndian, 2)) != 2 || orientationOf(orientationOnly(5)) != 5 {
		t.Error("an orientation is not found")
	}
	for n := range good {
		orientationOf(good[:n])
	}
	for _, bad := range []string{"", "MM\x00*\xff\xff\xff\xff\x00\x00\x00\x00\x00\x00", "II*\x00\x08\x00\x00\x00\xff\xff\x00\x00\x00\x00", "XX*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"} {
		if o := orientationOf([]byte(bad)); o != 0 {
			t.Errorf("%q: %d", bad, o)
		}
	}
	if orientationOf(exif(binary.BigEndian, 9)) != 0 {
		t.Error("there are eight orientations")
	}
}

func TestLossyWebPHasFullRange(t *testing.T) {
	data := lossy(t)
	raw, err := webp.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	m, err := decode(data, Info{Format: WebP, Width: 1, Height: 1, Orientation: 1})
	if err != nil {
		t.Fatal(err)
	}
	before, after := int(raw.(*image.YCbCr).Y[0]), int(m.(*image.YCbCr).Y[0])
	if want := max(min(((before-16)*255+109)/219, 255), 0); after != want {
		t.Errorf("%d became %d, want %d", before, after, want)
	}
	c := &image.YCbCr{Y: []byte{0, 16, 235, 255}, Cb: []byte{16, 128, 240, 0}, Cr: []byte{16, 128, 240, 255}}
	fullRange(c)
	if !bytes.Equal(c.Y, []byte{0, 0, 255, 255}) || !bytes.Equal(c.Cb, []byte{1, 128, 255, 0}) {
		t.Error(c.Y, c.Cb)
	}
}
