package word

import (
	"bytes"
	"strconv"

	"golang.org/x/net/html"
)

const (
	pixel       = 9525    // of a screen, in Word's measure for drawings
	twip        = 635     // a twentieth of a point, in the same
	mostPicture = 4 << 20 // bytes
)

// kindOf tells by its first bytes a picture that Word shows.
func kindOf(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return "png"
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return "jpeg"
	case bytes.HasPrefix(data, []byte("GIF8")):
		return "gif"
	}
	return ""
}

// image writes a picture, no wider than there is room and no higher than most
// of a page. One that Word cannot show is its description.
func (m *maker) image(n *html.Node, b block, l look) {
	alt := attr(n, "alt")
	name, kind := m.medium(attr(n, "src"))
	width, wide := strconv.Atoi(attr(n, "width"))
	height, high := strconv.Atoi(attr(n, "height"))
	if name == "" || kind == "" || wide != nil || high != nil || width < 1 || height < 1 || width > 1e5 || height > 1e5 || m.out.note {
		if alt != "" {
			m.text("["+alt+"]", b, l)
		}
		return
	}
	room := max(b.width-b.indent-step*b.level, 600) * twip
	_, sheet := m.d.paper()
	tall := (sheet - 2*margin) * twip * 7 / 10
	w, h := width*pixel, height*pixel
	if w > room {
		w, h = room, h*room/w
	}
	if h > tall {
		w, h = w*tall/h, tall
	}
	m.gap(b)
	m.ids++
	id, size := num(m.ids), `cx="`+num(max(w, 1))+`" cy="`+num(max(h, 1))+`"`
	m.out.WriteString(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent ` + size + `/><wp:docPr id="` + id + `" name="Picture ` + id +
		`" descr="` + esc(alt) + `"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>` +
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="` + id + `" name="` + esc(name) +
		`"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="` + m.out.relate("image", "media/"+name, "") +
		`"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ` + size +
		`/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`)
}

// medium fetches a picture's bytes once, and gives them a name in the file.
func (m *maker) medium(src string) (name, kind string) {
	for _, known := range m.media {
		if known.src == src {
			return known.name, kindOf(known.data)
		}
	}
	given := false
	for _, p := range m.d.Pictures {
		given = given || p.Src == src
	}
	if !given || m.failed != nil {
		return "", ""
	}
	data, err := m.open(src)
	if err != nil {
		m.failed = err
		return "", ""
	}
	if kind = kindOf(data); kind == "" || len(data) > mostPicture {
		return "", ""
	}
	name = "picture" + num(len(m.media)+1) + "." + kind
	m.media = append(m.media, medium{src, name, data})
	return name, kind
}
