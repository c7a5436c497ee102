package picture

import (
	"encoding/binary"
	"fmt"
)

// The flags of a VP8X chunk.
const (
	webpAnimated = 1 << 1
	webpXMP      = 1 << 2
	webpEXIF     = 1 << 3
)

// eachRIFF hands over the chunks of a RIFF list; raw is one with its padding.
func eachRIFF(list []byte, do func(chunk) error) error {
	for len(list) > 0 {
		if len(list) < 8 {
			return broken("it ends early")
		}
		n := int64(binary.LittleEndian.Uint32(list[4:]))
		if n > int64(len(list))-8 {
			return broken("it ends early")
		}
		padded := min(8+n+n&1, int64(len(list))) // some writers forget the last padding
		if err := do(chunk{string(list[:4]), list[8 : 8+n], list[:padded]}); err != nil {
			return err
		}
		list = list[padded:]
	}
	return nil
}

// webpList is the chunks of a WebP, without what stands behind its end.
func webpList(data []byte) ([]byte, error) {
	n := int64(binary.LittleEndian.Uint32(data[4:])) + 8
	if n < 12 || n > int64(len(data))+1 {
		return nil, broken("it ends early")
	}
	return data[12:min(n, int64(len(data)))], nil
}

func webpHeader(data []byte) (header, error) {
	h := header{format: WebP, passes: 1}
	list, err := webpList(data)
	if err != nil {
		return h, err
	}
	frames, extended := 0, false
	err = eachRIFF(list, func(c chunk) error {
		w, ht, bytes := webpSize(c)
		switch {
		case c.name == "EXIF" && extended && h.orientation == 0:
			h.orientation = orientationOf(tiffOf(c.body))
		case c.name == "VP8X" && len(c.body) >= 10:
			extended, h.animated = true, c.body[0]&webpAnimated != 0
		case c.name == "VP8 ", c.name == "VP8L", c.name == "ANMF":
			frames++
		}
		if w == 0 {
			return nil
		}
		if h.width != 0 && (w != h.width || ht != h.height) {
			// The header would be checked and the frame would be opened.
			return broken(fmt.Sprintf("it says %d × %d pixels in one place and %d × %d in another", h.width, h.height, w, ht))
		}
		h.width, h.height, h.sampleBytes = w, ht, h.sampleBytes+bytes
		return nil
	})
	if err == nil && frames == 0 {
		err = broken("it ends before the picture begins")
	}
	return h, err
}

// webpSize is the size that a chunk declares, 0 for others, and the memory
// that a pixel of it takes once opened.
func webpSize(c chunk) (w, h int, bytes float64) {
	b := c.body
	switch {
	case c.name == "VP8X" && len(b) >= 10:
		w = 1 + (int(b[4]) | int(b[5])<<8 | int(b[6])<<16)
		h = 1 + (int(b[7]) | int(b[8])<<8 | int(b[9])<<16)
		return w, h, 1 // the alpha that may come beside the frame
	case c.name == "VP8 " && len(b) >= 10:
		return int(binary.LittleEndian.Uint16(b[6:]) & 0x3fff), int(binary.LittleEndian.Uint16(b[8:]) & 0x3fff), 1.5
	case c.name == "VP8L" && len(b) >= 5:
		bits := binary.LittleEndian.Uint32(b[1:])
		return int(bits&0x3fff) + 1, int(bits>>14&0x3fff) + 1, 8
	}
	return 0, 0, 0
}

// tiffOf strips the mark that some programs put before the block, as in a JPEG.
func tiffOf(exif []byte) []byte {
	if len(exif) >= 6 && string(exif[:6]) == exifMark {
		return exif[6:]
	}
	return exif
}

// cleanWebP drops EXIF, XMP and unknown chunks and mends flags and sizes.
func cleanWebP(data []byte) ([]byte, error) {
	h, err := webpHeader(data)
	if err != nil {
		return nil, err
	}
	list, err := webpList(data)
	if err != nil {
		return nil, err
	}
	out := append(make([]byte, 0, len(data)+1), "RIFF\x00\x00\x00\x00WEBP"...)
	extended := false
	err = eachRIFF(list, func(c chunk) error {
		body := c.body
		switch c.name {
		case "VP8X":
			if extended || len(body) < 10 {
				return broken("its header is wrong")
			}
			extended = true
			flags := body[0] &^ (webpXMP | webpEXIF)
			if h.orientation > 1 {
				flags |= webpEXIF
			}
			body = append([]byte{flags}, body[1:10]...)
		case "ANMF":
			if body, err = cleanFrame(body); err != nil {
				return err
			}
		case "VP8 ", "VP8L", "ALPH", "ICCP", "ANIM":
		default:
			return nil
		}
		out = appendRIFF(out, c.name, body)
		return nil
	})
	if err == nil && extended && h.orientation > 1 {
		out = appendRIFF(out, "EXIF", orientationOnly(h.orientation))
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out, err
}

// cleanFrame is a frame of an animation without unknown chunks.
func cleanFrame(body []byte) ([]byte, error) {
	if len(body) < 16 {
		return nil, broken("it ends early")
	}
	out := append([]byte(nil), body[:16]...)
	err := eachRIFF(body[16:], func(c chunk) error {
		if c.name == "VP8 " || c.name == "VP8L" || c.name == "ALPH" {
			out = appendRIFF(out, c.name, c.body)
		}
		return nil
	})
	return out, err
}

func appendRIFF(out []byte, name string, body []byte) []byte {
	out = append(out, name...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(body)))
	out = append(out, body...)
	if len(body)&1 == 1 {
		out = append(out, 0)
	}
	return out
}
