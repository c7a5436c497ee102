package output

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	manifestName    = ".peppermill.json"
	manifestVersion = 1
	// maxManifest bounds what is read: some 250,000 files.
	maxManifest = 64 << 20
	// maxHeader bounds what goes through package json, which takes many times
	// the memory of its input: some 50,000 files in another program's layout.
	maxHeader   = 16 << 20
	maxFacts    = 1000
	maxFactName = 200 // bytes
)

// manifest lists what we wrote. It holds nothing of the machine: no times, no
// source paths, no titles. It is read as hostile input, because anybody may have
// edited it, and a file is deleted only if its bytes still have the listed sum.
//
// A pending manifest is the journal of a publication. It may list a path twice,
// with the old sum and with the new one.
type manifest struct {
	pending     bool
	fingerprint Sum
	facts       map[string]int
	folders     []string // folders of ours that stood there before us, sorted
	files       []record // sorted by path, then by sum
}

// record is a file as we wrote it.
type record struct {
	path string
	size int64
	sum  Sum
	key  Sum
}

// header and wireRecord are the manifest's form in JSON.
type header struct {
	Version     int            `json:"version"`
	Pending     bool           `json:"pending,omitempty"`
	Fingerprint string         `json:"fingerprint,omitempty"`
	Facts       map[string]int `json:"facts,omitempty"`
	Folders     wireFolders    `json:"folders,omitempty"`
	Files       wireRecords    `json:"files"`
}

type wireRecord struct {
	Path string `json:"path"`
	Size int64  `json:"size"`
	Sum  string `json:"sum"`
	Key  string `json:"key"`
}

var (
	errBroken  = errors.New("it is damaged")
	errVersion = errors.New("it comes from another version of Peppermill")
)

// encode writes the header and then one line a file, so that a difference between
// two manifests is easy to read, and decodeLines quick.
func (m *manifest) encode() ([]byte, error) {
	h := header{Version: manifestVersion, Pending: m.pending, Facts: m.facts, Folders: m.folders, Files: wireRecords{}}
	if !m.fingerprint.IsZero() {
		h.Fingerprint = m.fingerprint.String()
	}
	head, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	head = bytes.TrimSuffix(head, []byte("]}"))
	b := make([]byte, 0, len(head)+len(m.files)*256)
	b = append(b, head...)
	for i := range m.files {
		if i > 0 {
			b = append(b, ',')
		}
		b = m.files[i].appendLine(b)
	}
	b = append(b, "\n]}\n"...)
	if len(b) > maxManifest {
		return nil, errTooLarge
	}
	return b, nil
}

const (
	lineStart = `{"path":"`
	lineSize  = `","size":`
	lineSum   = `,"sum":"`
	lineKey   = `","key":"`
	lineEnd   = `"}`

	hexLen   = 2 * len(Sum{})
	lineTail = len(lineSum) + hexLen + len(lineKey) + hexLen + len(lineEnd)
)

// appendLine needs to escape the quotation mark only: checkPath lets no
// backslash, control character or broken UTF-8 through.
func (r *record) appendLine(b []byte) []byte {
	b = append(b, '\n')
	b = append(b, lineStart...)
	b = append(b, strings.ReplaceAll(r.path, `"`, `\"`)...)
	b = append(b, lineSize...)
	b = strconv.AppendInt(b, r.size, 10)
	b = append(b, lineSum...)
	b = hex.AppendEncode(b, r.sum[:])
	b = append(b, lineKey...)
	b = hex.AppendEncode(b, r.key[:])
	return append(b, lineEnd...)
}

// decode reads a manifest and believes nothing in it.
func decode(b []byte) (*manifest, error) {
	m, ok := decodeLines(b)
	if !ok { // another program may have laid the file out anew
		var err error
		if m, err = decodeJSON(b); err != nil {
			return nil, err
		}
	}
	if !m.valid() {
		return nil, errBroken
	}
	return m, nil
}

// decodeLines reads exactly the form that encode writes, ten times as fast as
// package json would.
func decodeLines(b []byte) (*manifest, bool) {
	head, rest, ok := bytes.Cut(b, []byte("\n"))
	if !ok || !bytes.HasSuffix(head, []byte(`"files":[`)) {
		return nil, false
	}
	m, err := decodeJSON(append(bytes.Clone(head), "]}"...))
	if err != nil {
		return nil, false
	}
	lines, ok := bytes.CutSuffix(rest, []byte("\n]}\n"))
	if !ok {
		return m, string(rest) == "]}\n"
	}
	m.files = make([]record, 0, len(lines)/(len(lineStart)+1+len(lineSize)+1+lineTail)+1)
	for more := true; more; {
		var line []byte
		line, lines, more = bytes.Cut(lines, []byte(",\n"))
		r, ok := decodeLine(line)
		if !ok {
			return nil, false
		}
		m.files = append(m.files, r)
	}
	return m, true
}

func decodeLine(line []byte) (r record, ok bool) {
	if len(line) < len(lineStart)+len(lineSize)+1+lineTail {
		return r, false
	}
	head, end := line[:len(line)-lineTail], string(line[len(line)-lineTail:])
	if !strings.HasPrefix(end, lineSum) || end[len(lineSum)+hexLen:][:len(lineKey)] != lineKey || !strings.HasSuffix(end, lineEnd) {
		return r, false
	}
	sumErr := r.sum.set(end[len(lineSum):][:hexLen])
	keyErr := r.key.set(end[len(lineSum)+hexLen+len(lineKey):][:hexLen])
	cut := bytes.LastIndex(head, []byte(lineSize))
	if sumErr != nil || keyErr != nil || cut < len(lineStart) || !bytes.HasPrefix(head, []byte(lineStart)) {
		return r, false
	}
	size, err := strconv.ParseInt(string(head[cut+len(lineSize):]), 10, 64)
	r.size = size
	r.path, ok = unquote(string(head[len(lineStart):cut]))
	return r, ok && err == nil
}

// unquote undoes the escape of appendLine and knows no other.
func unquote(s string) (string, bool) {
	if strings.IndexByte(s, '"') < 0 {
		return s, strings.IndexByte(s, '\\') < 0
	}
	plain := strings.ReplaceAll(s, `\"`, "")
	return strings.ReplaceAll(s, `\"`, `"`), !strings.ContainsAny(plain, `"\`)
}

// The lists refuse a bad element as soon as it is read, so that a short "{}"
// repeated a million times cannot grow into a gigabyte.
type (
	wireRecords []wireRecord
	wireFolders []string
)

// UnmarshalJSON reads an array of records.
func (w *wireRecords) UnmarshalJSON(b []byte) (err error) {
	*w, err = decodeList(b, func(r wireRecord) bool {
		return checkPath(r.Path) == "" && len(r.Sum) == hexLen && len(r.Key) == hexLen
	})
	return err
}

// UnmarshalJSON reads an array of folders.
func (w *wireFolders) UnmarshalJSON(b []byte) (err error) {
	*w, err = decodeList(b, func(f string) bool { return checkPath(f) == "" })
	return err
}

func decodeList[T any](b []byte, valid func(T) bool) (list []T, err error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if open, err := d.Token(); err != nil || open != json.Delim('[') {
		return nil, errBroken
	}
	for d.More() {
		var one T
		if err := d.Decode(&one); err != nil || !valid(one) {
			return nil, errBroken
		}
		list = append(list, one)
	}
	return list, nil
}

func decodeJSON(b []byte) (*manifest, error) {
	if len(b) > maxHeader {
		return nil, errBroken
	}
	var h header
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	err := d.Decode(&h)
	if h.Version != manifestVersion && h.Version != 0 {
		return nil, errVersion
	}
	if _, more := d.Token(); err != nil || h.Version == 0 || more != io.EOF {
		return nil, errBroken
	}
	m := &manifest{pending: h.Pending, facts: h.Facts, folders: h.Folders}
	if h.Fingerprint != "" {
		err = m.fingerprint.set(h.Fingerprint)
	}
	for _, w := range h.Files {
		r := record{path: w.Path, size: w.Size}
		err = firstOf(err, r.sum.set(w.Sum), r.key.set(w.Key))
		m.files = append(m.files, r)
	}
	if err != nil {
		return nil, errBroken
	}
	return m, nil
}

// set reads what String writes.
func (s *Sum) set(text string) error {
	if len(text) != hexLen {
		return errBroken
	}
	_, err := hex.Decode(s[:], []byte(text))
	return err
}

// valid checks what the rest of the room relies on.
func (m *manifest) valid() bool {
	if !validFacts(m.facts) {
		return false
	}
	for i, f := range m.folders {
		if checkPath(f) != "" || i > 0 && m.folders[i-1] >= f {
			return false
		}
	}
	for i := range m.files {
		r := &m.files[i]
		if checkPath(r.path) != "" || r.size < 0 {
			return false
		}
		if i > 0 && compareRecords(m.files[i-1], *r) >= 0 {
			return false
		}
		if i > 0 && !m.pending && m.files[i-1].path == r.path {
			return false
		}
	}
	return true
}

// validFacts holds for the caller's facts too, or we would not believe our own
// manifest.
func validFacts(facts map[string]int) bool {
	if len(facts) > maxFacts {
		return false
	}
	for name := range facts {
		if name == "" || len(name) > maxFactName || !utf8.ValidString(name) || printable(name) != name {
			return false
		}
	}
	return true
}

func compareRecords(a, b record) int {
	return cmp.Or(cmp.Compare(a.path, b.path), bytes.Compare(a.sum[:], b.sum[:]))
}

// merge returns the pending manifest that covers both a and b.
func merge(a, b *manifest) *manifest {
	files := slices.Concat(a.files, b.files)
	slices.SortStableFunc(files, compareRecords)
	files = slices.CompactFunc(files, func(x, y record) bool { return compareRecords(x, y) == 0 })
	folders := slices.Concat(a.folders, b.folders)
	slices.Sort(folders)
	return &manifest{pending: true, folders: slices.Compact(folders), files: files}
}
