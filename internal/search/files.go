package search

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"peppermill/internal/config"
	"peppermill/internal/site"
)

// Folder is where an index lies, below the folder of its language.
const Folder = "search/index/"

// allCards is up to how many documents one file holds all cards.
const allCards = 1024

// File is one file of the index. Its content is made when it is asked for.
type File struct {
	Address string // path of the file in the output
	name    string
	content func() (data, bits []byte)
	packers *sync.Pool // of *flate.Writer; nil where data is the whole file already
}

// Content is the file's content before it is packed, ready to be written.
type Content struct {
	file File
	data []byte // what is to be packed
	bits []byte // what follows it as it is; nil where nothing may follow
}

// Open makes the content.
func (f File) Open() Content {
	data, bits := f.content()
	return Content{f, data, bits}
}

// Key is a hash of all that the bytes are made from: equal keys, equal bytes.
func (c Content) Key() [32]byte {
	h := sha256.New()
	field(h, c.file.name)
	field(h, string(c.data), string(c.bits))
	return [32]byte(h.Sum(nil))
}

// WriteTo packs the content and writes it in one piece.
func (c Content) WriteTo(w io.Writer) (int64, error) {
	if c.file.packers == nil {
		n, err := w.Write(c.data)
		return int64(n), err
	}
	var packed bytes.Buffer
	pack := c.file.packers.Get().(*flate.Writer)
	defer c.file.packers.Put(pack)
	pack.Reset(&packed)
	_, err := pack.Write(c.data)
	if err = errors.Join(err, pack.Close()); err != nil {
		return 0, err
	}
	content := packed.Bytes()
	if c.bits != nil {
		content = slices.Concat(binary.AppendUvarint(nil, uint64(packed.Len())), content, c.bits)
	}
	n, err := io.WriteString(w, call(c.file.name)+`"`+base64.StdEncoding.EncodeToString(content)+"\")\n")
	return int64(n), err
}

func newPacker() any {
	w, err := flate.NewWriter(io.Discard, flate.DefaultCompression)
	if err != nil {
		panic("search: " + err.Error()) // only for a level that there is not
	}
	return w
}

// call is how a file begins.
func call(name string) string { return `peppermillIndex("` + name + `",` }

// Reserved lists the folders that pages must keep off.
func Reserved(cfg *config.Config) []string {
	out := []string{Folder}
	for _, l := range cfg.Languages {
		out = append(out, l.Folder+"/"+Folder)
	}
	return out
}

// files lists the index's files.
func (ix *index) files() []File {
	var out []File
	split := func(name string, content func() (data, bits []byte)) {
		out = append(out, File{ix.folder + Folder + name + ".js", name, content, &ix.packers})
	}
	add := func(name string, content func() []byte) {
		split(name, func() ([]byte, []byte) { return content(), nil })
	}
	add("root", ix.root)
	add("f", ix.filters)
	for i, s := range ix.shards {
		split("d-"+escape(s.prefix), func() ([]byte, []byte) { return ix.shardContent(i) })
		if s.more {
			split("m-"+escape(s.prefix), func() ([]byte, []byte) { return ix.moreContent(i) })
		}
	}
	each := 1 << ix.cardShift()
	for i := 0; i < len(ix.buckets); i += each {
		add("c-"+strconv.Itoa(i/each), func() []byte { return ix.cards(ix.buckets[i : i+each]) })
	}
	for i, b := range ix.buckets {
		for j := 0; j < len(b); j += 2 {
			name := "t-" + strconv.Itoa(i) + "-" + strconv.Itoa(j/2)
			add(name, func() []byte { return ix.texts(name, b[j:min(j+2, len(b))]) })
			out[len(out)-1].packers = nil
		}
	}
	return out
}

// cardShift says how many buckets share a file of cards, as a power of two:
// all where the site is small, one where it is so large that the ten first
// results are in different files anyway.
func (ix *index) cardShift() int {
	if len(ix.docs) <= allCards {
		return ix.bits
	}
	return max(0, 7-ix.bits)
}

// escape makes a prefix fit for a name.
func escape(prefix string) string {
	var b strings.Builder
	for i := range len(prefix) {
		c := prefix[i]
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			b.WriteByte(c)
		} else {
			b.WriteString("_" + hex.EncodeToString([]byte{c}))
		}
	}
	return b.String()
}

func (ix *index) root() []byte {
	prefixes := make([]string, len(ix.shards))
	for i, s := range ix.shards {
		prefixes[i] = s.prefix
	}
	slices.Sort(prefixes)
	return encode(struct {
		Version  int       `json:"v"`
		Gen      string    `json:"gen"`
		Lang     string    `json:"lang"`
		Docs     int       `json:"docs"`
		Bits     int       `json:"bits"`
		Cards    int       `json:"cards"`
		First    int       `json:"first"`
		Levels   []float64 `json:"levels"`
		Shards   []string  `json:"shards"`
		Types    []string  `json:"types"`
		Stages   []string  `json:"stages"`
		Roles    []string  `json:"roles"`
		Synonyms []synonym `json:"synonyms"`
	}{1, ix.gen, ix.lang, len(ix.docs), ix.bits, ix.cardShift(), first, weights(), prefixes,
		some(ix.facts.types), some(ix.facts.stages), some(ix.facts.roles), ix.synonyms()})
}

// some is a list that is written as [] when it is empty.
func some[T any](list []T) []T { return append([]T{}, list...) }

func (ix *index) cards(buckets [][]*document) []byte {
	all := make([][]any, len(buckets))
	for i, b := range buckets {
		all[i] = []any{}
		for _, d := range b {
			card := []any{d.page.Title, address(d.page), ix.typeOf(d)}
			if len(d.page.Marks) > 0 {
				card = append(card, d.page.Marks)
			}
			all[i] = append(all[i], card)
		}
	}
	return encode(all)
}

func (ix *index) typeOf(d *document) int {
	return slices.Index(ix.facts.types, d.page.Source.Meta.Type)
}

func address(p *site.Page) string {
	if p.Address == "index.html" || strings.HasSuffix(p.Address, "/index.html") {
		return strings.TrimSuffix(p.Address, "index.html")
	}
	return p.Address
}

// texts is a whole file, not packed.
func (ix *index) texts(name string, docs []*document) []byte {
	r := ix.readers.Get().(*reader)
	defer ix.readers.Put(r)
	out := append(r.out[:0], call(name)...)
	for i, d := range docs {
		out = append(out, "[,"[min(i, 1)])
		r.read(d.page)
		out = append(appendText(append(out, '['), d.page.Summary), ",["...)
		out = append(r.excerpts(out), "]]"...)
	}
	r.out = append(out, "])\n"...)
	return bytes.Clone(r.out)
}

func (ix *index) filters() []byte {
	docs := make([][]int, len(ix.buckets))
	for i, b := range ix.buckets {
		docs[i] = []int{}
		for _, d := range b {
			docs[i] = append(docs[i], ix.facts.number(d))
		}
	}
	classes := []any{}
	for _, c := range ix.facts.classes {
		t := -1
		if len(c[0]) > 0 {
			t = c[0][0]
		}
		classes = append(classes, []any{t, c[1], c[2]})
	}
	return encode(map[string]any{"classes": classes, "docs": docs})
}

// appendText writes a text in JSON.
func appendText(out []byte, s string) []byte {
	out = append(out, '"')
	from := 0
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' {
			out = append(out, s[from:i]...)
			if from = i + 1; c < ' ' {
				out = append(out, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
			} else {
				out = append(out, '\\', c)
			}
		}
	}
	return append(append(out, s[from:]...), '"')
}

const hexDigits = "0123456789abcdef"

// encode writes JSON without escapes for HTML, as none of this is ever in a page.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("search: values that JSON has no words for: " + err.Error()) // only texts, numbers and lists are encoded
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
