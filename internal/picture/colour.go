package picture

import (
	"bytes"
	"compress/zlib"
	"image"
)

// tags say what the numbers of a picture mean, so that copies look like it:
// phones store colours that plain sRGB has no numbers for.
type tags struct {
	profile []byte // an ICC profile, for a JPEG
	chunks  []byte // for a PNG, to stand after its header
}

// colourTags reads the tags of a cleaned picture.
func colourTags(clean []byte, format Format) tags {
	switch format {
	case JPEG:
		return tags{profile: jpegProfile(clean)}
	case PNG:
		return tags{chunks: colourChunks(clean)}
	case WebP:
		profile := webpProfile(clean)
		return tags{profile: profile, chunks: profileChunk(profile)}
	}
	return tags{}
}

// fitting is the profile, if it speaks of the colours that the copy has: that
// of a picture for the printing press is no use for one in red, green, blue.
func (t tags) fitting(gray bool, m image.Image) []byte {
	want := "RGB "
	if gray {
		want = "GRAY"
	}
	p := t.profile
	if _, ink := m.(*image.CMYK); ink || len(p) < 128 || string(p[36:40]) != "acsp" || string(p[16:20]) != want {
		return nil
	}
	return p
}

// jpegProfile joins the parts of a profile (ICC.1, annex B.4). Parts out of
// order are rare and not put right: the profile is left out then.
func jpegProfile(data []byte) []byte {
	var out []byte
	for r, part := (jpegReader{data: data, at: 2}), 1; ; {
		s, ok, err := r.next()
		if err != nil || !ok || s.mark == markSOS {
			return out
		}
		if s.mark != markAPP0+2 || len(s.body) < len(iccMark)+2 {
			continue
		}
		if int(s.body[len(iccMark)]) != part {
			return nil
		}
		part++
		out = append(out, s.body[len(iccMark)+2:]...)
	}
}

func webpProfile(data []byte) []byte {
	var out []byte
	list, err := webpList(data)
	if err != nil {
		return nil
	}
	_ = eachRIFF(list, func(c chunk) error { // the file was walked before
		if c.name == "ICCP" && out == nil {
			out = c.body
		}
		return nil
	})
	return out
}

// withProfile puts a profile into an encoded JPEG, behind its first marker.
func withProfile(data, profile []byte) []byte {
	const most = 65535 - 2 - len(iccMark) - 2
	parts := (len(profile) + most - 1) / most
	if parts == 0 || parts > 255 {
		return data
	}
	out := append(make([]byte, 0, len(data)+len(profile)+parts*20), data[:2]...)
	for i := range parts {
		part := profile[i*most : min((i+1)*most, len(profile))]
		out = appendSegment(out, markAPP0+2, append(append([]byte(iccMark), byte(i+1), byte(parts)), part...))
	}
	return append(out, data[2:]...)
}

// profileChunk is a PNG's iCCP chunk for a profile in red, green and blue.
func profileChunk(profile []byte) []byte {
	profile = tags{profile: profile}.fitting(false, nil)
	if profile == nil {
		return nil
	}
	var b bytes.Buffer
	b.WriteString("ICC profile\x00\x00")
	z := zlib.NewWriter(&b)
	_, _ = z.Write(profile) // a buffer takes everything
	_ = z.Close()
	return appendChunk(nil, "iCCP", b.Bytes())
}
