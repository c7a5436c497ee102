package picture

import (
	"bytes"
	"encoding/xml"
	"io"
	"math"
	"strconv"
	"strings"
)

// svgRoot is the first element of a file when that is an svg, or nil.
func svgRoot(data []byte) *xml.StartElement {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if head := bytes.TrimLeft(data[:min(len(data), 1024)], " \t\r\n"); len(head) == 0 || head[0] != '<' {
		return nil
	}
	d := xml.NewDecoder(bytes.NewReader(data[:min(len(data), 1<<16)]))
	for {
		t, err := d.RawToken()
		if err != nil {
			return nil
		}
		if e, ok := t.(xml.StartElement); ok {
			if e.Name.Local != "svg" {
				return nil
			}
			return &e
		}
	}
}

// svgHeader reads the size in CSS pixels from width and height or from the
// viewBox; it is 0 × 0 when neither says.
func svgHeader(data []byte) (header, error) {
	h := header{format: SVG}
	var w, ht float64
	var box []string
	for _, a := range svgRoot(data).Attr {
		switch a.Name.Local {
		case "width":
			w = svgLength(a.Value)
		case "height":
			ht = svgLength(a.Value)
		case "viewBox":
			box = strings.FieldsFunc(a.Value, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\t' })
		}
	}
	if len(box) == 4 {
		bw, bh := svgLength(box[2]), svgLength(box[3])
		switch {
		case w == 0 && ht == 0:
			w, ht = bw, bh
		case w == 0 && bh > 0:
			w = ht * bw / bh
		case ht == 0 && bw > 0:
			ht = w * bh / bw
		}
	}
	if w >= 0.5 && ht >= 0.5 && w <= mostSide && ht <= mostSide {
		h.width, h.height = int(math.Round(w)), int(math.Round(ht))
	}
	return h, nil
}

// svgLength is a positive number of pixels; 0 for other units.
func svgLength(s string) float64 {
	f, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(s), "px"), 64)
	if err != nil || !(f > 0 && f <= mostSide) {
		return 0
	}
	return f
}

// UnsafeSVG reports what in a drawing could run or load something when it is
// opened by itself: scripts, event handlers, foreign content, addresses outside
// the file, declarations of entities. It also refuses what it cannot read to
// the end, as a browser may read on. The error is an *[Error]; nil means safe.
func UnsafeSVG(data []byte) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	style := false
	for {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return unsafeSVG("a part that cannot be read (" + err.Error() + ")")
		}
		what := ""
		switch t := t.(type) {
		case xml.StartElement:
			style = strings.EqualFold(t.Name.Local, "style")
			what = unsafeElement(t)
		case xml.EndElement:
			style = false
		case xml.CharData:
			if style && reaches(string(t)) {
				what = "a style that loads something"
			}
		case xml.Directive:
			if strings.Contains(strings.ToUpper(string(t)), "ENTITY") {
				what = "a declaration of entities"
			}
		case xml.ProcInst:
			if t.Target != "xml" {
				what = "a style sheet from outside"
			}
		}
		if what != "" {
			return unsafeSVG(what)
		}
	}
}

func unsafeSVG(what string) error {
	return &Error{ruleScript, "the drawing holds " + what, "save it again as a plain or optimised SVG, or as PNG"}
}

func unsafeElement(e xml.StartElement) string {
	name := strings.ToLower(e.Name.Local)
	switch name {
	case "script", "foreignobject", "iframe", "embed", "object", "handler", "listener", "audio", "video", "base", "link", "meta":
		return "the element " + name
	}
	for _, a := range e.Attr {
		key := strings.ToLower(a.Name.Local)
		value := strings.ToLower(strings.Join(strings.Fields(a.Value), ""))
		switch {
		case a.Name.Space == "xmlns" || key == "xmlns":
		case strings.HasPrefix(key, "on"):
			return "the event handler " + key
		case key == "attributename" && (strings.HasPrefix(value, "on") || strings.HasSuffix(value, "href")):
			return "an animation of " + value
		case (key == "href" || key == "src") && name == "a":
			if !plainLink(value) {
				return "a link that runs a script"
			}
		case key == "href", key == "src", key == "base":
			if !within(value) {
				return "an address outside of the file"
			}
		case a.Name.Space == "" && reaches(value): // others are notes of drawing programs
			return "a style that loads something"
		}
	}
	return ""
}

// within allows an address in the same file and a picture that is part of it.
func within(address string) bool {
	for _, ok := range []string{"#", "data:image/png", "data:image/jpeg", "data:image/jpg", "data:image/gif", "data:image/webp"} {
		if strings.HasPrefix(address, ok) {
			return true
		}
	}
	return address == ""
}

// plainLink allows what a reader may follow: web addresses and places here.
func plainLink(address string) bool {
	scheme, _, found := strings.Cut(address, ":")
	return !found || scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel" || strings.ContainsAny(scheme, "/?#")
}

// reaches says whether a style could load something: an import, a url() that
// is not in the file, or escapes that could hide either.
func reaches(style string) bool {
	style = strings.ToLower(style)
	if strings.Contains(style, "@import") || strings.Contains(style, "image-set(") || strings.Contains(style, "javascript:") {
		return true
	}
	for rest := style; ; {
		_, after, found := strings.Cut(rest, "url(")
		if !found {
			return strings.Contains(style, "\\")
		}
		if !within(strings.TrimLeft(after, " \t\r\n\"'")) {
			return true
		}
		rest = after
	}
}
