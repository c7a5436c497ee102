package picture

import "encoding/binary"

// gifBlock is one block of a GIF: raw bytes, and what kind they are.
type gifBlock struct {
	kind byte // ',' a frame, '!' an extension, 0 the header
	raw  []byte
}

// eachBlock hands over a GIF's blocks up to its trailer, or to the end of the
// data where the trailer alone is missing.
func eachBlock(data []byte, do func(gifBlock)) error {
	if len(data) < 13 {
		return broken("it ends early")
	}
	at := 13 + gifTable(data[10])
	if at > len(data) {
		return broken("it ends early")
	}
	do(gifBlock{0, data[:at]})
	for at < len(data) && data[at] != ';' {
		start, kind := at, data[at]
		switch {
		case kind == ',' && len(data)-at >= 11:
			at += 10 + gifTable(data[at+9]) + 1
		case kind == '!' && len(data)-at >= 3:
			at += 2
		case kind == ',', kind == '!':
			return broken("it ends early")
		default:
			return broken("something stands between its frames that is no part of a GIF")
		}
		for { // sub-blocks, each led by its length, up to an empty one
			if at >= len(data) {
				return broken("it ends early")
			}
			n := int(data[at])
			at += 1 + n
			if n == 0 {
				break
			}
		}
		do(gifBlock{kind, data[start:at]})
	}
	return nil
}

// gifTable is the size of the colour table that the flags announce.
func gifTable(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

func gifHeader(data []byte) (header, error) {
	h := header{format: GIF, sampleBytes: 1, passes: 1}
	frames, whole := 0, false
	err := eachBlock(data, func(b gifBlock) {
		switch b.kind {
		case 0:
			h.width, h.height = int(binary.LittleEndian.Uint16(b.raw[6:])), int(binary.LittleEndian.Uint16(b.raw[8:]))
		case ',':
			frames++
			whole = binary.LittleEndian.Uint32(b.raw[1:]) == 0 && string(b.raw[5:9]) == string(data[6:10])
		}
	})
	if err == nil && frames == 0 {
		err = broken("it ends before the picture begins")
	}
	// A single frame that leaves a margin needs a browser's drawing as well.
	h.animated = frames > 1 || !whole
	return h, err
}

// cleanGIF drops comments and what programs note, and keeps loops and profile.
func cleanGIF(data []byte) ([]byte, error) {
	out := make([]byte, 0, len(data))
	err := eachBlock(data, func(b gifBlock) {
		if b.kind != '!' || gifDraws(b.raw) {
			out = append(out, b.raw...)
		}
	})
	return append(out, ';'), err
}

func gifDraws(raw []byte) bool {
	switch raw[1] {
	case 0xf9, 0x01: // how the next frame is shown; a frame of text
		return true
	case 0xff:
		if len(raw) >= 14 && raw[2] == 11 {
			name := string(raw[3:14])
			return name == "NETSCAPE2.0" || name == "ANIMEXTS1.0" || name == "ICCRGBG1012"
		}
	}
	return false
}
