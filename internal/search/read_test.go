package search

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strings"
)

// This file is a reader of the format, written from doc.go alone, for tests.

type posting struct {
	number int
	level  int
}

type readGroup struct {
	df    int
	posts []posting
}

type readShard struct {
	words  []string
	of     []int // by word, its group
	groups []readGroup
}

var errFormat = errors.New("not of the format")

var callOf = regexp.MustCompile(`^peppermillIndex\("([^"]*)","([A-Za-z0-9+/=]*)"\)\n$`)

var plainCall = regexp.MustCompile(`(?s)^peppermillIndex\("(t-[0-9]+-[0-9]+)",(\[.*\])\)\n$`)

// unpack returns a file's name and content.
func unpack(file []byte) (string, []byte, error) {
	if m := plainCall.FindSubmatch(file); m != nil {
		return string(m[1]), m[2], nil
	}
	m := callOf.FindSubmatch(file)
	if m == nil {
		return "", nil, errFormat
	}
	raw, err := base64.StdEncoding.DecodeString(string(m[2]))
	if err != nil {
		return "", nil, err
	}
	if kind := m[1][0]; kind == 'd' || kind == 'm' {
		return string(m[1]), raw, nil
	}
	data, err := io.ReadAll(flate.NewReader(bytes.NewReader(raw)))
	return string(m[1]), data, err
}

// halves cuts the content of a d- or m- file into what was packed and the bits.
func halves(content []byte) (varints, *bits, error) {
	n, size := binary.Uvarint(content)
	if size <= 0 || n > uint64(len(content)-size) {
		return varints{}, nil, errFormat
	}
	packed, rest := content[size:size+int(n)], content[size+int(n):]
	data, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), 1<<22))
	return varints{data: data}, &bits{data: rest}, err
}

// bits reads gaps.
type bits struct {
	data []byte
	at   int
	bad  bool
}

func (b *bits) bit() int {
	if b.at >= 8*len(b.data) {
		b.bad = true
		return 0
	}
	c := b.data[b.at/8] >> (7 - b.at%8) & 1
	b.at++
	return int(c)
}

func (b *bits) gap(k int) int {
	q := 0
	for b.bit() == 1 {
		q++
	}
	for range k {
		q = q<<1 | b.bit()
	}
	return q
}

// varints reads numbers from a stream and remembers that it has run dry.
type varints struct {
	data []byte
	bad  bool
}

func (v *varints) next() int {
	x, n := binary.Uvarint(v.data)
	if n <= 0 || x > 1<<28 {
		v.bad, v.data = true, nil
		return 0
	}
	v.data = v.data[n:]
	return int(x)
}

func (v *varints) byte() int {
	if len(v.data) == 0 {
		v.bad = true
		return 0
	}
	c := v.data[0]
	v.data = v.data[1:]
	return int(c)
}

// cutStreams reads n lengths and the streams that they are of.
func (v *varints) cutStreams(n int) []varints {
	sizes := make([]int, n)
	for i := range sizes {
		sizes[i] = v.next()
	}
	out := make([]varints, n)
	for i, size := range sizes {
		if size > len(v.data) {
			v.bad = true
			return out
		}
		out[i].data, v.data = v.data[:size], v.data[size:]
	}
	v.bad = v.bad || len(v.data) > 0
	return out
}

func readShardBytes(content []byte, root readRoot) (readShard, error) {
	v, gaps, err := halves(content)
	if err != nil {
		return readShard{}, err
	}
	words, groups := v.next(), v.next()
	s := v.cutStreams(5)
	if v.bad || words > len(s[0].data) || groups > words {
		return readShard{}, errFormat
	}
	var out readShard
	before, newest := "", 0
	for range words {
		same, more := s[0].byte(), s[0].byte()
		if same > len(before) || more > len(s[1].data) {
			return out, errFormat
		}
		before = before[:same] + string(s[1].data[:more])
		s[1].data = s[1].data[more:]
		out.words = append(out.words, before)
		if k := s[2].next(); k == 0 {
			newest++
			out.of = append(out.of, newest-1)
		} else {
			out.of = append(out.of, newest-k)
		}
		if g := out.of[len(out.of)-1]; g < 0 || g >= groups {
			return out, errFormat
		}
	}
	for range groups {
		g := readGroup{df: s[3].next() + 1}
		g.posts = readPostings(min(g.df, root.First), bucketSize<<root.Bits, &s[4], gaps)
		out.groups = append(out.groups, g)
	}
	for _, stream := range s {
		if stream.bad || len(stream.data) > 0 || gaps.bad || len(gaps.data) != (gaps.at+7)/8 {
			return out, errFormat
		}
	}
	return out, nil
}

func readPostings(n, all int, levels *varints, gaps *bits) []posting {
	if n < 1 {
		return nil
	}
	k := 0
	for n<<(k+1) <= all {
		k++
	}
	var out []posting
	number := -1
	for i := 0; i < n && !levels.bad && !gaps.bad; i++ {
		number += gaps.gap(k) + 1
		out = append(out, posting{number, levels.byte()})
	}
	return out
}

type readRoot struct {
	V      int
	Gen    string
	Lang   string
	Docs   int
	Bits   int
	Cards  int
	First  int
	Levels []float64
	Shards []string
	Types  []string
	Stages []string
	Roles  []string

	Synonyms [][2]any
}

// readIndex is all files of an index, unpacked.
type readIndex struct {
	root  readRoot
	files map[string][]byte
}

func readFiles(files []File) (readIndex, error) {
	ix := readIndex{files: map[string][]byte{}}
	for _, f := range files {
		var b bytes.Buffer
		if _, err := f.Open().WriteTo(&b); err != nil {
			return ix, err
		}
		name, data, err := unpack(b.Bytes())
		if err != nil || !strings.HasSuffix(f.Address, "/"+name+".js") {
			return ix, errors.Join(errFormat, err)
		}
		ix.files[name] = data
	}
	return ix, json.Unmarshal(ix.files["root"], &ix.root)
}

// find returns the numbers of the documents with a word, by level.
func (ix readIndex) find(word string) (map[int]int, error) {
	prefix := ""
	for _, p := range ix.root.Shards {
		if strings.HasPrefix(word, p) && len(p) > len(prefix) {
			prefix = p
		}
	}
	s, err := readShardBytes(ix.files["d-"+escape(prefix)], ix.root)
	if err != nil {
		return nil, err
	}
	if data, ok := ix.files["m-"+escape(prefix)]; ok {
		levels, gaps, err := halves(data)
		if err != nil {
			return nil, err
		}
		for i := range s.groups {
			if g := &s.groups[i]; g.df > ix.root.First {
				g.posts = append(g.posts, readPostings(g.df-ix.root.First, bucketSize<<ix.root.Bits, &levels, gaps)...)
			}
		}
	}
	out := map[int]int{}
	for i, w := range s.words {
		if w == word {
			for _, p := range s.groups[s.of[i]].posts {
				out[p.number] = p.level
			}
		}
	}
	return out, nil
}
