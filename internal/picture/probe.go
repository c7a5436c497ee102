package picture

import (
	"bytes"
	"fmt"
)

// MaxBytes is the size of a file up to which it is looked at.
const MaxBytes = 64 << 20

// The bounds of what is opened. A photo of a good camera has 50 megapixels.
const (
	mostPixels = 100e6     // of a picture
	mostSide   = 65535     // pixels; what a JPEG can say
	mostMemory = 384 << 20 // bytes that opening may take
	mostWork   = 2e9       // pixels times passes over them
)

// Info is what a picture's headers say.
type Info struct {
	Format        Format
	Width, Height int   // pixels as shown, Orientation applied; 0 for an SVG that does not say
	Orientation   int   // EXIF's 1 to 8; 1 is upright
	Animated      bool  // it moves, or has a frame with a margin: shown as it is
	Memory        int64 // bytes that Variants needs to open it, about; 0 when it does not
}

// header is what the readers of single formats find out.
type header struct {
	format        Format
	width, height int // as stored
	orientation   int // 0 when not said
	animated      bool
	sampleBytes   float64 // of memory to open it, for each pixel
	passes        int     // over all pixels, to open it
}

// Probe reads a picture's headers. It opens nothing, allocates nothing of the
// size that they claim, and refuses more than 100 megapixels, a side above
// 65535 pixels, files above 64 MB and what would take too much to open. The
// error is an *[Error].
func Probe(data []byte) (Info, error) {
	if len(data) > MaxBytes {
		return Info{}, &Error{ruleSize, fmt.Sprintf("the picture's file has more than %d MB, which is the most that is read", MaxBytes>>20), smaller}
	}
	h, err := readHeader(data)
	if err != nil {
		return Info{}, err
	}
	if err := h.check(); err != nil {
		return Info{}, err
	}
	info := Info{Format: h.format, Width: h.width, Height: h.height, Orientation: max(h.orientation, 1), Animated: h.animated}
	if info.Orientation >= 5 {
		info.Width, info.Height = info.Height, info.Width
	}
	if !h.leftAlone() {
		info.Memory = h.memory()
	}
	return info, nil
}

const smaller = "save a copy that is at most 4000 pixels wide and use that"

func (h header) memory() int64 {
	return int64(float64(h.width) * float64(h.height) * h.sampleBytes)
}

// leftAlone says that the picture is shown as it is and never opened here.
func (h header) leftAlone() bool { return h.format == SVG || h.animated }

func (h header) check() error {
	if h.format == SVG {
		return nil
	}
	w, ht := h.width, h.height
	if w <= 0 || ht <= 0 {
		return broken(fmt.Sprintf("it says that it is %d × %d pixels", w, ht))
	}
	claim := fmt.Sprintf("the picture says that it is %d × %d pixels", w, ht)
	if mega := float64(w) * float64(ht) / 1e6; mega > mostPixels/1e6 {
		return &Error{ruleSize, fmt.Sprintf("%s (%.0f megapixels); at most %.0f megapixels are opened", claim, mega, mostPixels/1e6), smaller}
	}
	if w > mostSide || ht > mostSide {
		return &Error{ruleSize, fmt.Sprintf("%s; at most %d on a side are opened", claim, mostSide), smaller}
	}
	if h.leftAlone() {
		return nil
	}
	if m := h.memory(); m > mostMemory {
		return &Error{ruleSize, fmt.Sprintf("%s, which take %d MB to open in the way it is stored; at most %d MB are used", claim, m>>20, mostMemory>>20), smaller}
	}
	if float64(w)*float64(ht)*float64(h.passes) > mostWork {
		return &Error{ruleSize, fmt.Sprintf("%s in %d passes, which takes too long to open", claim, h.passes), smaller}
	}
	return nil
}

// readHeader looks at the bytes, not at a name, to tell the format.
func readHeader(data []byte) (header, error) {
	switch format := sniff(data); format {
	case JPEG:
		return jpegHeader(data)
	case PNG:
		return pngHeader(data)
	case GIF:
		return gifHeader(data)
	case WebP:
		return webpHeader(data)
	case SVG:
		return svgHeader(data)
	}
	if len(data) == 0 {
		return header{}, broken("its file is empty")
	}
	if name := foreign(data); name != "" {
		return header{}, unsupported("the picture is " + name + ", which cannot be used on a page")
	}
	return header{}, unsupported("the file is not a picture of a kind that is known here (JPEG, PNG, WebP, GIF, SVG)")
}

func sniff(data []byte) Format {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return JPEG
	case bytes.HasPrefix(data, []byte(pngMark)):
		return PNG
	case bytes.HasPrefix(data, []byte("GIF87a")), bytes.HasPrefix(data, []byte("GIF89a")):
		return GIF
	case len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return WebP
	case svgRoot(data) != nil:
		return SVG
	}
	return 0
}

// foreign names formats that people do put beside their pages.
func foreign(data []byte) string {
	for _, f := range []struct{ mark, name string }{
		{"II*\x00", "a TIFF or raw camera file"}, {"MM\x00*", "a TIFF or raw camera file"},
		{"BM", "a Windows bitmap (BMP)"}, {"8BPS", "a Photoshop file"}, {"%PDF", "a PDF file"},
		{"\xff\x0a", "a JPEG XL file"}, {"\x00\x00\x00\x0cJXL ", "a JPEG XL file"}, {"\x00\x00\x01\x00", "a Windows icon"},
	} {
		if bytes.HasPrefix(data, []byte(f.mark)) {
			return f.name
		}
	}
	if len(data) < 12 || string(data[4:8]) != "ftyp" {
		return ""
	}
	switch string(data[8:12]) {
	case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1":
		return "an HEIC file, as iPhones make them"
	case "avif", "avis":
		return "an AVIF file, which cannot be cleaned of personal data here"
	}
	return "a video"
}
