package site

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxElement and maxAddress bound what file systems take, in bytes.
const (
	maxElement = 255
	maxAddress = 1000
)

// urlAddress turns an address that an author wrote, such as /old/path/ or
// /a.html, into the path of a file in the output, or says what is wrong.
func urlAddress(text string) (address, problem string) {
	if _, has := scheme(text); has || strings.HasPrefix(text, "//") {
		return "", "it is the address of another site"
	}
	if strings.ContainsAny(text, "?#") {
		return "", "it has a ? or # in it"
	}
	if decoded, err := url.PathUnescape(text); err == nil {
		text = decoded
	}
	text = norm.NFC.String(text)
	var elements []string
	for e := range strings.SplitSeq(text, "/") {
		if e == "" || e == "." {
			continue
		}
		if problem := elementProblem(e); problem != "" {
			return "", problem
		}
		elements = append(elements, e)
	}
	address = strings.Join(elements, "/")
	if file := strings.ToLower(address); strings.HasSuffix(text, "/") ||
		!strings.HasSuffix(file, ".html") && !strings.HasSuffix(file, ".htm") {
		address = indexIn(address, "")
	}
	if len(address) > maxAddress {
		return "", "it is too long"
	}
	return address, ""
}

// elementProblem says why an element cannot be part of an address, or "".
func elementProblem(e string) string {
	switch {
	case e == "" || strings.TrimSpace(e) == "":
		return "it is empty"
	case !utf8.ValidString(e):
		return "it is no valid UTF-8 text"
	case strings.Trim(e, ".") == "":
		return "it leads out of its folder"
	case strings.ContainsFunc(e, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }):
		return "it has characters that cannot be seen"
	case strings.ContainsAny(e, `/\:*?"<>|{}`):
		return `it has one of / \ : * ? " < > | { } in it`
	case len(e) > maxElement:
		return "it is longer than 255 bytes"
	case strings.HasSuffix(e, ".") || strings.HasSuffix(e, " ") || strings.HasPrefix(e, " "):
		return "it begins or ends with a space or ends with a dot"
	}
	if s, _, _ := strings.Cut(e, "."); deviceName(strings.TrimSpace(s)) {
		return "Windows keeps the name " + quote(s) + " for a device"
	}
	return ""
}

// filePath says why a file cannot be copied to its own path, or "". It is
// milder than elementProblem: file names come from a disk, not from a hand.
func fileProblem(path string) string {
	if path == "" || strings.HasPrefix(path, "/") {
		return "its path is not within the site"
	}
	for e := range strings.SplitSeq(path, "/") {
		switch {
		case e == "" || e == "." || e == "..":
			return "its path is not within the site"
		case !utf8.ValidString(e):
			return "its name is no valid UTF-8 text"
		case strings.ContainsFunc(e, unicode.IsControl):
			return "its name has characters that cannot be seen"
		case strings.ContainsAny(e, `\`):
			return `its name has a \ in it`
		case len(e) > maxElement:
			return "its name is longer than 255 bytes"
		}
		if s, _, _ := strings.Cut(e, "."); deviceName(s) {
			return "Windows keeps the name " + quote(s) + " for a device"
		}
	}
	return ""
}

// scheme cuts a URL's scheme, in lower case, off the text (RFC 3986, 3.1).
func scheme(text string) (string, bool) {
	for i := range len(text) {
		c := text[i] | 0x20
		switch {
		case c >= 'a' && c <= 'z':
		case i > 0 && (text[i] >= '0' && text[i] <= '9' || text[i] == '+' || text[i] == '-' || text[i] == '.'):
		case i > 0 && text[i] == ':':
			return strings.ToLower(text[:i]), true
		default:
			return "", false
		}
	}
	return "", false
}
