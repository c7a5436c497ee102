package picture

import (
	"encoding/binary"
	"hash/crc32"
	"slices"
)

const pngMark = "\x89PNG\r\n\x1a\n"

// chunk is one chunk of a PNG; raw is the whole of it with length and check.
type chunk struct {
	name      string
	body, raw []byte
}

// eachChunk hands over a PNG's chunks up to and with IEND. What stands behind
// it, such as the rest of a picture that was cropped, is never reached.
func eachChunk(data []byte, do func(chunk)) error {
	rest := data[len(pngMark):]
	for len(rest) >= 12 {
		n := int64(binary.BigEndian.Uint32(rest))
		if n > int64(len(rest))-12 {
			break
		}
		c := chunk{string(rest[4:8]), rest[8 : 8+n], rest[:12+n]}
		do(c)
		if c.name == "IEND" {
			return nil
		}
		rest = rest[12+n:]
	}
	return broken("it ends early")
}

func pngHeader(data []byte) (header, error) {
	h := header{format: PNG, passes: 1}
	sized := false
	err := eachChunk(data, func(c chunk) {
		switch {
		case c.name == "IHDR" && len(c.body) == 13 && !sized:
			sized = true
			h.width, h.height = int(binary.BigEndian.Uint32(c.body)), int(binary.BigEndian.Uint32(c.body[4:]))
			h.sampleBytes = pngPixel(c.body[8], c.body[9])
			if c.body[12] != 0 { // interlaced: each pass is opened beside the whole
				h.sampleBytes *= 1.5
			}
		case c.name == "acTL":
			h.animated = true
		case c.name == "eXIf" && h.orientation == 0:
			h.orientation = orientationOf(c.body)
		}
	})
	if err == nil && !sized {
		err = broken("it has no header")
	}
	return h, err
}

// pngPixel is the memory of one pixel as image/png opens it.
func pngPixel(depth, kind byte) float64 {
	bytes := 4.0
	if kind == 3 { // palette
		return 1
	}
	if depth == 16 {
		bytes *= 2
	}
	return bytes
}

// cleanPNG keeps the chunks that change how the picture looks.
func cleanPNG(data []byte) ([]byte, error) {
	h, err := pngHeader(data)
	if err != nil {
		return nil, err
	}
	out := append(make([]byte, 0, len(data)), pngMark...)
	err = eachChunk(data, func(c chunk) {
		switch c.name {
		case "IHDR":
			out = append(out, c.raw...)
			if h.orientation > 1 {
				out = appendChunk(out, "eXIf", orientationOnly(h.orientation))
			}
		case "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV", "cLLI", "bKGD", "pHYs", "acTL", "fcTL", "fdAT":
			out = append(out, c.raw...)
		}
	})
	return out, err
}

// colourChunks are the chunks of a PNG that say what its numbers mean, for a
// copy of it.
func colourChunks(data []byte) []byte {
	var out []byte
	_ = eachChunk(data, func(c chunk) { // the file was walked before
		if slices.Contains([]string{"cHRM", "gAMA", "iCCP", "sRGB", "cICP"}, c.name) {
			out = append(out, c.raw...)
		}
	})
	return out
}

func appendChunk(out []byte, name string, body []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(body)))
	start := len(out)
	out = append(append(out, name...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[start:]))
}
