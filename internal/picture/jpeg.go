package picture

import (
	"bytes"
	"encoding/binary"
)

// The markers of a JPEG that matter here (ITU-T T.81, table B.1).
const (
	markDHT  = 0xc4
	markRST0 = 0xd0
	markSOI  = 0xd8
	markEOI  = 0xd9
	markSOS  = 0xda
	markEXP  = 0xdf
	markAPP0 = 0xe0
)

const (
	exifMark = "Exif\x00\x00"
	iccMark  = "ICC_PROFILE\x00"
)

// segment is one marker of a JPEG: its body without the length, and after the
// start of a scan the coded data up to the next marker.
type segment struct {
	mark        byte
	body, coded []byte
}

// jpegReader walks a JPEG's segments without copying. As the usual decoders
// do, it skips stray bytes between them and takes a missing end for an end.
type jpegReader struct {
	data  []byte
	at    int
	ended bool // by an end marker, not by the end of the data
}

// next gives the following segment; ok is false at the end of the picture.
// What phones append behind it (a video, a second picture) is never reached.
func (r *jpegReader) next() (s segment, ok bool, err error) {
	for {
		i := bytes.IndexByte(r.data[r.at:], 0xff)
		if i < 0 {
			return s, false, nil
		}
		r.at += i
		for r.at < len(r.data) && r.data[r.at] == 0xff {
			r.at++
		}
		if r.at == len(r.data) {
			return s, false, nil
		}
		s.mark = r.data[r.at]
		r.at++
		switch {
		case s.mark == markEOI:
			r.ended = true
			return s, false, nil
		case s.mark <= 0x01, s.mark >= markRST0 && s.mark <= markSOI: // these have no body
			continue
		}
		break
	}
	if len(r.data)-r.at < 2 {
		return s, false, broken("it ends early")
	}
	n := int(binary.BigEndian.Uint16(r.data[r.at:]))
	if n < 2 || n > len(r.data)-r.at {
		return s, false, broken("it ends early")
	}
	s.body = r.data[r.at+2 : r.at+n]
	r.at += n
	if s.mark == markSOS {
		start := r.at
		r.at = codedEnd(r.data, r.at)
		s.coded = r.data[start:r.at]
	}
	return s, true, nil
}

// codedEnd is where the coded data that begins at i ends: at a marker that is
// neither a stuffed zero nor a restart.
func codedEnd(data []byte, i int) int {
	for {
		n := bytes.IndexByte(data[i:], 0xff)
		if n < 0 {
			return len(data)
		}
		if i += n; i+1 == len(data) {
			return i
		}
		if m := data[i+1]; m != 0 && (m < markRST0 || m > markRST0+7) {
			return i
		}
		i += 2
	}
}

// cutOff says whether a JPEG has no end marker.
func cutOff(data []byte) bool {
	for r := (jpegReader{data: data, at: 2}); ; {
		if _, ok, err := r.next(); err != nil || !ok {
			return !r.ended
		}
	}
}

// isFrame says whether the marker starts a frame (SOF0 to SOF15).
func isFrame(mark byte) bool {
	return mark >= 0xc0 && mark <= 0xcf && mark != markDHT && mark != 0xc8 && mark != 0xcc
}

func jpegHeader(data []byte) (header, error) {
	h := header{format: JPEG}
	rgb := false // stored without the usual change to brightness and colour
	for r := (jpegReader{data: data, at: 2}); ; {
		s, ok, err := r.next()
		if err != nil {
			return h, err
		}
		if !ok {
			break
		}
		switch {
		case isFrame(s.mark):
			if h.sampleBytes > 0 {
				return h, broken("it holds more than one frame")
			}
			if err := h.frame(s); err != nil {
				return h, err
			}
		case s.mark == markSOS:
			h.passes++
		case s.mark == markAPP0+1 && h.orientation == 0 && bytes.HasPrefix(s.body, []byte(exifMark)):
			h.orientation = orientationOf(s.body[len(exifMark):])
		case s.mark == markAPP0+14:
			rgb = rgb || draws(s) && s.body[11] == 0
		}
	}
	if h.sampleBytes == 0 || h.passes == 0 {
		return h, broken("it ends before the picture begins")
	}
	if rgb {
		h.sampleBytes += 4
	}
	return h, nil
}

// frame reads the size from a frame header. Memory is that of image/jpeg: a
// byte a sample, four more where all passes must be collected first, and
// whole pixels once more for colours that are not brightness and chroma.
func (h *header) frame(s segment) error {
	if len(s.body) < 6 || len(s.body) < 6+3*int(s.body[5]) || s.body[5] == 0 {
		return broken("its frame header is cut off")
	}
	h.height = int(binary.BigEndian.Uint16(s.body[1:]))
	h.width = int(binary.BigEndian.Uint16(s.body[3:]))
	n := int(s.body[5])
	samples, mostH, mostV := 0, 1, 1
	for i := range n {
		sh, sv := int(s.body[7+3*i]>>4), int(s.body[7+3*i]&15)
		samples += sh * sv
		mostH, mostV = max(mostH, sh), max(mostV, sv)
	}
	h.sampleBytes = float64(max(samples, 1)) / float64(mostH*mostV)
	if s.mark == 0xc2 {
		h.sampleBytes *= 5
	}
	if n == 4 || n == 3 && s.body[6] == 'R' {
		h.sampleBytes += 4
	}
	return nil
}

// cleanJPEG keeps what is needed to draw the picture: tables, frames, scans,
// the colour profile, Adobe's note on how colours are stored, JFIF without its
// thumbnail, and an EXIF block that holds only the orientation.
func cleanJPEG(data []byte) ([]byte, error) {
	h, err := jpegHeader(data)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(data))
	out = append(out, 0xff, markSOI)
	if jfif := jfifOf(data); jfif != nil {
		out = appendSegment(out, markAPP0, jfif)
	}
	if h.orientation > 1 {
		out = appendSegment(out, markAPP0+1, append([]byte(exifMark), orientationOnly(h.orientation)...))
	}
	for r := (jpegReader{data: data, at: 2}); ; {
		s, ok, err := r.next()
		if err != nil {
			return nil, err
		}
		if !ok {
			return append(out, 0xff, markEOI), nil
		}
		if draws(s) {
			if s.mark == markAPP0+14 {
				s.body = s.body[:12]
			}
			out = appendSegment(out, s.mark, s.body)
			out = append(out, s.coded...)
		}
	}
}

// draws says whether a segment is needed to draw the picture. Only what is
// known is kept, so that a maker's new place for private notes is not.
func draws(s segment) bool {
	switch {
	case s.mark >= 0xc0 && s.mark <= 0xcf, s.mark >= markSOS && s.mark <= markEXP:
		return true
	case s.mark == markAPP0+2:
		return bytes.HasPrefix(s.body, []byte(iccMark))
	case s.mark == markAPP0+14:
		return len(s.body) >= 12 && string(s.body[:5]) == "Adobe"
	}
	return false
}

// jfifOf is the body of the JFIF segment with the thumbnail left out, or nil.
func jfifOf(data []byte) []byte {
	for r := (jpegReader{data: data, at: 2}); ; {
		s, ok, err := r.next()
		if err != nil || !ok || s.mark == markSOS {
			return nil
		}
		if s.mark == markAPP0 && len(s.body) >= 14 && string(s.body[:5]) == "JFIF\x00" {
			return append(bytes.Clone(s.body[:12]), 0, 0)
		}
	}
}

func appendSegment(out []byte, mark byte, body []byte) []byte {
	out = append(out, 0xff, mark)
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
	return append(out, body...)
}
