package build

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"html"
	"io"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	packedText = regexp.MustCompile(`[A-Za-z0-9+/_-]{16,}={0,2}`)
	unicodes   = regexp.MustCompile(`\\u[0-9a-fA-F]{4}`)
)

// views are the ways in which a reader may look at a file: as it is, and with
// every wrapping taken off that is known here, so many layers deep.
func views(data []byte, deep int) [][]byte {
	out := [][]byte{bytes.ToLower(data), bytes.ToLower(bytes.ReplaceAll(data, []byte{0}, nil))}
	if deep == 0 {
		return out
	}
	more := func(inner []byte, err error) {
		if len(inner) > 3 { // what was read before an error counts
			out = append(out, views(inner, deep-1)...)
		}
		_ = err
	}
	text := string(data)
	if plain := html.UnescapeString(text); plain != text {
		more([]byte(plain), nil)
	}
	if plain, err := url.PathUnescape(text); err == nil && plain != text {
		more([]byte(plain), nil)
	}
	if strings.Contains(text, `\`) {
		plain := unicodes.ReplaceAllStringFunc(text, func(s string) string {
			n, _ := strconv.ParseUint(s[2:], 16, 16)
			return string(rune(n))
		})
		more([]byte(strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\/`, "/", "\r\n ", "", `\n`, "\n").Replace(plain)), nil)
	}
	if z, err := gzip.NewReader(bytes.NewReader(data)); err == nil {
		more(io.ReadAll(z))
	}
	if z, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err == nil {
		for _, f := range z.File {
			more([]byte(f.Name+" "+f.Comment), nil)
			if r, err := f.Open(); err == nil {
				more(io.ReadAll(r))
			}
		}
	}
	for rest := data; ; { // streams inside of pictures
		i := bytes.IndexAny(rest, "\x78")
		if i < 0 || i+1 >= len(rest) {
			break
		}
		if z, err := zlib.NewReader(bytes.NewReader(rest[i:])); err == nil {
			more(io.ReadAll(io.LimitReader(z, 1<<16)))
		}
		rest = rest[i+1:]
	}
	if bytes.Contains(data, []byte("peppermillIndex(")) || len(data) < 1<<16 {
		for _, run := range packedText.FindAll(data, 2000) {
			for _, enc := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
				if inner, err := enc.DecodeString(string(run)); err == nil {
					more(inner, nil)
					more(io.ReadAll(flate.NewReader(bytes.NewReader(inner))))
					out = append(out, dictionary(inner))
					break
				}
			}
		}
	}
	return out
}

// dictionary is the words of a shard of the search's index, from the format's
// description: words share their beginnings, so none of them stands there whole.
func dictionary(content []byte) []byte {
	size, n := binary.Uvarint(content)
	if n <= 0 || size > uint64(len(content)-n) {
		return nil
	}
	data, _ := io.ReadAll(flate.NewReader(bytes.NewReader(content[n : n+int(size)])))
	next := func() int {
		v, n := binary.Uvarint(data)
		data = data[max(n, 0):]
		return int(v)
	}
	words, _ := next(), next()
	var sizes [5]int
	for i := range sizes {
		sizes[i] = next()
	}
	if words == 0 || sizes[0] != 2*words || sizes[0]+sizes[1] > len(data) {
		return nil
	}
	shape, letters := data[:sizes[0]], data[sizes[0]:sizes[0]+sizes[1]]
	var out []byte
	before := ""
	for ; len(shape) > 1; shape = shape[2:] {
		same, more := int(shape[0]), int(shape[1])
		if same > len(before) || more > len(letters) {
			return out
		}
		before = before[:same] + string(letters[:more])
		letters = letters[more:]
		out = append(append(out, before...), '\n')
	}
	return out
}

// withChunk puts a chunk behind the head of a PNG.
func withChunk(file []byte, kind, data string) []byte {
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	body := append([]byte(kind), data...)
	chunk = binary.BigEndian.AppendUint32(append(chunk, body...), crc32.ChecksumIEEE(body))
	return bytes.Join([][]byte{file[:33], chunk, file[33:]}, nil)
}

// TestViews holds that no wrapping hides a word from the tests that look for one.
func TestViews(t *testing.T) {
	packed := func(w io.WriteCloser, b *bytes.Buffer) []byte {
		io.WriteString(w, "the sentinel word")
		w.Close()
		return b.Bytes()
	}
	var z, g, f, a bytes.Buffer
	deflater, _ := flate.NewWriter(&f, 9)
	archive := zip.NewWriter(&a)
	inner, _ := archive.Create("a.txt")
	io.WriteString(inner, "the sentinel word")
	archive.Close()
	stream := packed(zlib.NewWriter(&z), &z)
	for name, data := range map[string][]byte{
		"raw": []byte("the sentinel word"), "capitals": []byte("the SENTINEL word"), "entities": []byte("&#115;entinel"), "url": []byte("%73entinel"),
		"json": []byte(`"\u0073entinel"`), "twice": []byte("%26%23115%3Bentinel"), "utf-16": []byte("s\x00e\x00n\x00t\x00i\x00n\x00e\x00l\x00"),
		"gzip": packed(gzip.NewWriter(&g), &g), "zlib": append([]byte("before "), stream...), "zip": a.Bytes(),
		"base64":         []byte(base64.StdEncoding.EncodeToString([]byte("the sentinel word"))),
		"base64 deflate": []byte(base64.StdEncoding.EncodeToString(packed(deflater, &f))),
	} {
		if !bytes.Contains(bytes.Join(views(data, 4), nil), []byte("sentinel")) {
			t.Errorf("%s hides it", name)
		}
	}
}
