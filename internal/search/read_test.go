package search

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
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

var callOf = regexp.MustCompile(`^peppermillIndex\("([^"]*)","([A-Za-z0-9+/]*)"\)\n$`)

var plainCall = regexp.MustCompile(`(?s)^peppermillIndex\("(t-[0-9]+)",(\[.*\])\)\n$`)

// unpack returns a file's name and content.
func unpack(file []byte) (string, []byte, error) {
	if m := plainCall.FindSubmatch(file); m != nil {
		return string(m[1]), m[2], nil
	}
	m := callOf.FindSubmatch(file)
	if m == nil {
		return "", nil, errFormat
	}
	raw, err := base64.RawStdEncoding.DecodeString(string(m[2]))
	if err != nil {
		return "", nil, err
	}
	if kind := m[1][0]; kind == 'd' || kind == 'm' {
		return string(m[1]), raw, nil
	}
	data, err := io.ReadAll(flate.NewReader(bytes.NewReader(raw)))
	return string(m[1]), data, err
}

// decoder reads choices.
type decoder struct {
	data        []byte
	at          int
	width, code uint32
	chances     map[int]*[2]int // no, and how many there were
	bad         bool
}

func newDecoder(data []byte) *decoder {
	d := &decoder{data: data, width: 1<<32 - 1, chances: map[int]*[2]int{}}
	for range 4 {
		d.read()
	}
	return d
}

func (d *decoder) read() {
	next := byte(0)
	if d.at < len(d.data) {
		next = d.data[d.at]
	}
	d.at++
	d.bad = d.bad || d.at > len(d.data)+9
	d.code = d.code<<8 | uint32(next)
}

func (d *decoder) chance(a, b, c int) *[2]int {
	key := a<<20 | b<<8 | c
	x := d.chances[key]
	if x == nil {
		x = &[2]int{32768, 0}
		d.chances[key] = x
	}
	return x
}

func learn(x *[2]int, yes int) {
	pace := 16384 * 2 / (2*min(x[1], 30) + 3)
	x[1]++
	x[0] += ([2]int{65472, 64}[yes] - x[0]) * pace >> 14
}

func (d *decoder) choice(a, b, c int) int {
	x := d.chance(a, b, c)
	bound := d.width >> 16 * uint32(x[0])
	yes := 0
	if d.code < bound {
		d.width = bound
	} else {
		yes = 1
		d.code, d.width = d.code-bound, d.width-bound
	}
	learn(x, yes)
	d.fill()
	return yes
}

func (d *decoder) fill() {
	for d.width < 1<<24 {
		d.width <<= 8
		d.read()
	}
}

func (d *decoder) bits(n, from int) int {
	for ; n > 0 && !d.bad; n-- {
		d.width >>= 1
		bit := 0
		if d.code >= d.width {
			d.code -= d.width
			bit = 1
		}
		d.fill()
		from = from<<1 | bit
	}
	return from
}

// The kinds of contexts, as doc.go lists them.
const (
	ofSymbol = iota
	ofGap
	ofPlain
	ofBelow
	ofFarther
)

func (d *decoder) symbol(of int) int {
	node := 1
	for node < 256 {
		node = node<<1 | d.choice(ofSymbol, of, node)
	}
	return node - 256
}

func (d *decoder) letter(before int) int {
	node := 1
	for node < 256 {
		x, usual := d.chance(ofSymbol, before, node), d.chance(ofSymbol, 261, node)
		if x[1] == 0 && usual[1] > 0 {
			*x = [2]int{usual[0], 1}
		}
		yes := d.choice(ofSymbol, before, node)
		learn(usual, yes)
		node = node<<1 | yes
	}
	return node - 256
}

func (d *decoder) number(of int) int { return d.bits(min(d.symbol(of)-1, 40), 1) - 1 }

func (d *decoder) run(kind, of, most int) int {
	n := 0
	for !d.bad && d.choice(kind, of, min(n, most)) == 1 {
		n++
	}
	return n
}

// numbers reads n documents' of all, and calls f for each.
func (d *decoder) numbers(n, all int, f func(number int)) {
	if n > all || n < 1 {
		d.bad = d.bad || n > all
		return
	}
	octave := 0
	for 4*all/n>>octave > 7 {
		octave++
	}
	density := 4*octave + 4*all/n>>octave - 4
	for number := 0; n > 0 && !d.bad; n-- {
		if number += d.bits(max(0, octave-1), d.run(ofGap, density, 7)); number >= all {
			d.bad = true
			return
		}
		f(number)
		number++
	}
}

func (d *decoder) level(usual, df int) int {
	size := 0
	for df>>size > 0 && size < 15 {
		size++
	}
	switch {
	case d.choice(ofPlain, usual, size) == 0:
		return usual
	case d.choice(ofBelow, usual, 0) == 0:
		return usual + 1 + d.run(ofFarther, 2*usual, 15)
	}
	return usual - 1 - d.run(ofFarther, 2*usual+1, 15)
}

// seats are the slots of the documents, by number, with their plain levels.
func (root *readRoot) seats() (slots, usual []int) {
	for i := range root.Slots {
		switch {
		case root.Plain == "":
			slots, usual = append(slots, i), append(usual, 0)
		case root.Plain[i] != '-':
			slots, usual = append(slots, i), append(usual, int(root.Plain[i]-'0'))
		}
	}
	return slots, usual
}

func readShardBytes(content []byte, prefix string, root readRoot) (readShard, error) {
	d := newDecoder(content)
	slots, usual := root.seats()
	var out readShard
	word := prefix
	for words := d.number(260); words > 0; words-- {
		back := d.number(256)
		drop := d.symbol(257 + min(max(back, 0), 1))
		if d.bad || drop > len(word) || back < 0 || back > len(out.groups) {
			return out, errFormat
		}
		word = word[:len(word)-drop]
		for !d.bad {
			last := 0
			if word != "" {
				last = int(word[len(word)-1])
			}
			c := d.letter(last)
			if c == 0 {
				break
			}
			word += string([]byte{byte(c)})
		}
		out.words = append(out.words, word)
		if back > 0 {
			out.of = append(out.of, len(out.groups)-back)
			continue
		}
		out.of = append(out.of, len(out.groups))
		g := readGroup{df: d.number(259) + 1}
		d.numbers(min(g.df, root.First), len(slots), func(n int) {
			g.posts = append(g.posts, posting{slots[n], d.level(usual[n], g.df)})
		})
		out.groups = append(out.groups, g)
	}
	if d.bad || len(content) > 0 && content[len(content)-1] == 0 || d.at < len(content) {
		return out, errFormat
	}
	return out, nil
}

type readRoot struct {
	V      int
	Gen    string
	Lang   string
	Docs   int
	Slots  int
	Plain  string
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
	read  map[string]readShard // by prefix, with all postings
}

func readFiles(files []File) (readIndex, error) {
	ix := readIndex{files: map[string][]byte{}, read: map[string]readShard{}}
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
	s, err := ix.shard(prefix)
	if err != nil {
		return nil, err
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

// shard reads a shard with its further postings, once.
func (ix readIndex) shard(prefix string) (readShard, error) {
	if s, ok := ix.read[prefix]; ok {
		return s, nil
	}
	s, err := readShardBytes(ix.files["d-"+escape(prefix)], prefix, ix.root)
	if err != nil {
		return s, err
	}
	if data, ok := ix.files["m-"+escape(prefix)]; ok {
		d := newDecoder(data)
		slots, _ := ix.root.seats()
		for i := range s.groups {
			if g := &s.groups[i]; g.df > ix.root.First {
				d.numbers(g.df-ix.root.First, len(slots), func(n int) { g.posts = append(g.posts, posting{slots[n], -1}) })
			}
		}
		if d.bad {
			return s, errFormat
		}
	}
	ix.read[prefix] = s
	return s, nil
}
