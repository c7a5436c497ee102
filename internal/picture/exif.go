package picture

import "encoding/binary"

const orientationTag = 0x0112

// orientationOf reads EXIF's orientation from a TIFF block (EXIF 2.3, section
// 4.6): 1 to 8, or 0 when the block does not say or cannot be understood.
// Everything else in the block, GPS included, is not even looked at.
func orientationOf(tiff []byte) int {
	if len(tiff) < 14 {
		return 0
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch string(tiff[:4]) {
	case "II*\x00":
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 0
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 0
	}
	n := int(order.Uint16(tiff[at:]))
	rows := tiff[at+2:]
	for ; n > 0 && len(rows) >= 12; n, rows = n-1, rows[12:] {
		if order.Uint16(rows) != orientationTag {
			continue
		}
		o := int(order.Uint16(rows[8:]))
		if kind := order.Uint16(rows[2:]); kind == 4 {
			o = int(int32(order.Uint32(rows[8:])))
		}
		if o >= 1 && o <= 8 {
			return o
		}
		return 0
	}
	return 0
}

// orientationOnly is a TIFF block that says an orientation and nothing else.
func orientationOnly(o int) []byte {
	return []byte{'M', 'M', 0, '*', 0, 0, 0, 8, 0, 1, orientationTag >> 8, orientationTag & 0xff, 0, 3, 0, 0, 0, 1, 0, byte(o), 0, 0, 0, 0, 0, 0}
}

// turn gives the pixels of an upright picture: pix holds h rows of w pixels of
// n bytes, stored as the orientation says.
func turn(pix []byte, w, h, n, orientation int) []byte {
	if orientation <= 1 {
		return pix
	}
	ow, oh := w, h
	if orientation >= 5 {
		ow, oh = h, w
	}
	out := make([]byte, len(pix))
	for y := range oh {
		for x := range ow {
			sx, sy := storedAt(x, y, w, h, orientation)
			copy(out[(y*ow+x)*n:(y*ow+x+1)*n], pix[(sy*w+sx)*n:])
		}
	}
	return out
}

// storedAt says where the pixel shown at x, y is stored, w and h being the
// stored size. The number says where the stored first row and first column
// are shown: 6 is first row right, first column top, and so on.
func storedAt(x, y, w, h, orientation int) (int, int) {
	switch orientation {
	case 2: // mirrored
		return w - 1 - x, y
	case 3: // upside down
		return w - 1 - x, h - 1 - y
	case 4: // mirrored, upside down
		return x, h - 1 - y
	case 5: // mirrored along the diagonal
		return y, x
	case 6: // to be turned clockwise
		return y, h - 1 - x
	case 7: // mirrored along the other diagonal
		return w - 1 - y, h - 1 - x
	case 8: // to be turned anticlockwise
		return w - 1 - y, x
	}
	return x, y
}
