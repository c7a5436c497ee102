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
	data, err := io.ReadAll(flate.NewReader(bytes.NewReader(raw)))
	return string(m[1]), data, err
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

func readShardBytes(data []byte, first int) (readShard, error) {
	v := varints{data: data}
	words, groups := v.next(), v.next()
	s := v.cutStreams(7)
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
		g.posts = readRuns(min(g.df, first), &s[4], &s[5], &s[6])
		out.groups = append(out.groups, g)
	}
	for _, stream := range s {
		if stream.bad || len(stream.data) > 0 {
			return out, errFormat
		}
	}
	return out, nil
}

func readRuns(left int, e, f, g *varints) []posting {
	var out []posting
	for left > 0 && !e.bad && !f.bad && !g.bad {
		level, n := e.byte(), 1
		if left > 1 {
			n = f.next() + 1
		}
		if n > left {
			g.bad = true
		}
		number := -1
		for i := 0; i < n && !g.bad; i++ {
			number += g.next() + 1
			out = append(out, posting{number, level})
		}
		left -= n
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
	s, err := readShardBytes(ix.files["d-"+escape(prefix)], ix.root.First)
	if err != nil {
		return nil, err
	}
	var more []varints
	if data, ok := ix.files["m-"+escape(prefix)]; ok {
		v := varints{data: data}
		more = v.cutStreams(3)
	}
	for i := range s.groups {
		if g := &s.groups[i]; g.df > ix.root.First {
			g.posts = append(g.posts, readRuns(g.df-ix.root.First, &more[0], &more[1], &more[2])...)
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
