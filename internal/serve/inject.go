package serve

import (
	"bytes"
	"fmt"
	"html"
)

// The script element that each page gets. Its beginning and its end are fixed,
// so that Bare finds it.
const (
	elementStart = `<script type="module" src="` + own + `client.js" data-peppermill `
	elementEnd   = `></script>`
)

// element is the script element for a page of a snapshot.
func (s *Server) element(n *snapshot, tag string) []byte {
	return fmt.Appendf(nil, `%sdata-build="%d" data-server="%s" data-etag="%s"%s`,
		elementStart, n.number, html.EscapeString(s.options.Instance), tag, elementEnd)
}

// inject adds the element before </head>, or, in a page without one, at the
// start: after the doctype, which must stay first.
func inject(page, element []byte) []byte {
	at := indexFold(page, "</head>")
	if at < 0 {
		at = 0
		if start := len(page) - len(bytes.TrimLeft(page, " \t\r\n\ufeff")); indexFold(page[start:min(len(page), start+9)], "<!doctype") == 0 {
			at = start + bytes.IndexByte(page[start:], '>') + 1
			if at == start {
				at = 0
			}
		}
	}
	out := make([]byte, 0, len(page)+len(element))
	out = append(out, page[:at]...)
	out = append(out, element...)
	return append(out, page[at:]...)
}

// indexFold is bytes.Index without regard to the case of ASCII letters. word is
// in lower case and begins with '<'.
func indexFold(page []byte, word string) int {
	for from := 0; ; from++ {
		i := bytes.IndexByte(page[from:], '<')
		if i < 0 || from+i+len(word) > len(page) {
			return -1
		}
		if from += i; bytes.EqualFold(page[from:from+len(word)], []byte(word)) {
			return from
		}
	}
}

// Bare takes the preview's script element off a page as it was served: what is
// left are the bytes of the tree.
func Bare(page []byte) []byte {
	at := bytes.Index(page, []byte(elementStart))
	if at < 0 {
		return page
	}
	length := bytes.Index(page[at:], []byte(elementEnd))
	if length < 0 {
		return page
	}
	out := bytes.Clone(page[:at])
	return append(out, page[at+length+len(elementEnd):]...)
}
