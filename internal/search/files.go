package search

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"

	"peppermill/internal/config"
	"peppermill/internal/site"
)

// Folder is where an index lies, below the folder of its language.
const Folder = "search/index/"

// version is that of the format.
const version = 3

// Up to allCards documents one file holds all cards, so that it can be fetched
// beside the first shards. Beyond, a file holds those of 1<<fewCards slots: the ten first
// results are in different files anyway.
const (
	allCards = 2048
	fewCards = 5
)

// File is one file of the index. Its content is made when it is asked for.
type File struct {
	Address string // path of the file in the output
	name    string
	content func() []byte
	how     how
	packers *sync.Pool // of *flate.Writer
}

// how a file's content is written.
type how int

const (
	deflated how = iota // in base64
	coded               // in base64, as it has been coded already
	whole               // as it is, since it is the whole file
)

// Content is the file's content before it is packed, ready to be written.
type Content struct {
	file File
	data []byte
}

// Open makes the content.
func (f File) Open() Content { return Content{f, f.content()} }

// Key is a hash of all that the bytes are made from: equal keys, equal bytes.
func (c Content) Key() [32]byte {
	h := sha256.New()
	field(h, c.file.name)
	bytesField(h, c.data)
	return [32]byte(h.Sum(nil))
}

// WriteTo packs the content and writes it in one piece.
func (c Content) WriteTo(w io.Writer) (int64, error) {
	data := c.data
	switch c.file.how {
	case whole:
		n, err := w.Write(data)
		return int64(n), err
	case deflated:
		var packed bytes.Buffer
		pack := c.file.packers.Get().(*flate.Writer)
		defer c.file.packers.Put(pack)
		pack.Reset(&packed)
		_, err := pack.Write(data)
		if err = errors.Join(err, pack.Close()); err != nil {
			return 0, err
		}
		data = packed.Bytes()
	}
	out := make([]byte, 0, len(c.file.name)+len("peppermillIndex")+base64.RawStdEncoding.EncodedLen(len(data))+10)
	out = append(append(out, call(c.file.name)...), '"')
	out = append(base64.RawStdEncoding.AppendEncode(out, data), "\")\n"...)
	n, err := w.Write(out)
	return int64(n), err
}

func newPacker() any {
	w, err := flate.NewWriter(io.Discard, flate.BestCompression)
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
	add := func(name string, how how, content func() []byte) {
		out = append(out, File{ix.folder + Folder + name + ".js", name, content, how, &ix.packers})
	}
	add("root", deflated, ix.root)
	add("f", deflated, ix.filters)
	if len(ix.scopes) > 0 {
		add("s", deflated, ix.scoped)
	}
	for i, s := range ix.shards {
		add("d-"+escape(s.prefix), coded, func() []byte { return ix.shardContent(i) })
		if s.more {
			add("m-"+escape(s.prefix), coded, func() []byte { return ix.moreContent(i) })
		}
	}
	for i, docs := range ix.every(1 << ix.cardShift()) {
		add("c-"+strconv.Itoa(i), deflated, func() []byte { return ix.cards(docs) })
	}
	for i, two := range ix.every(2) {
		name := "t-" + strconv.Itoa(i)
		add(name, whole, func() []byte { return ix.texts(name, two) })
	}
	return out
}

// every cuts the slots into parts of so many, and leaves out where nobody sits.
func (ix *index) every(n int) iter.Seq2[int, []*document] {
	return func(yield func(int, []*document) bool) {
		for i := 0; i*n < len(ix.slots); i++ {
			part := ix.slots[i*n : min((i+1)*n, len(ix.slots))]
			if slices.ContainsFunc(part, func(d *document) bool { return d != nil }) && !yield(i, part) {
				return
			}
		}
	}
}

// cardShift says how many slots share a file of cards, as a power of two.
func (ix *index) cardShift() int {
	if len(ix.docs) <= allCards {
		return bitsOf(len(ix.slots))
	}
	return fewCards
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
		Slots    int       `json:"slots"`
		Plain    string    `json:"plain"`
		Cards    int       `json:"cards"`
		First    int       `json:"first"`
		Levels   []float64 `json:"levels"`
		Shards   []string  `json:"shards"`
		Types    []string  `json:"types"`
		Stages   []string  `json:"stages"`
		Roles    []string  `json:"roles"`
		Weak     []string  `json:"weak"`
		Scopes   []scope   `json:"scopes"`
		Synonyms []synonym `json:"synonyms"`
	}{version, ix.gen, ix.lang, len(ix.docs), len(ix.slots), ix.plain(), ix.cardShift(), first, weights(), prefixes,
		some(ix.facts.types), some(ix.facts.stages), some(ix.facts.roles), some(weak(ix.lang)), some(ix.scopes), ix.synonyms()})
}

// some is a list that is written as [] when it is empty.
func some[T any](list []T) []T { return append([]T{}, list...) }

// cards writes columns: what is alike stands together.
func (ix *index) cards(docs []*document) []byte {
	titles, addresses, types := make([]string, len(docs)), make([]string, len(docs)), make([]int, len(docs))
	var marks []any
	for i, d := range docs {
		if d == nil {
			types[i] = -1
			continue
		}
		titles[i], addresses[i], types[i] = d.page.Title, address(d.page), ix.typeOf(d)
		if len(d.page.Marks) > 0 {
			marks = append(marks, []any{i, d.page.Marks})
		}
	}
	return encode([]any{titles, addresses, types, some(marks)})
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
		if d == nil {
			out = append(out, '0')
			continue
		}
		r.read(d.page)
		out = append(appendText(append(out, '['), d.page.Summary), ",["...)
		out = append(r.excerpts(out), ']')
		for i, t := range d.page.Tags {
			out = appendText(append(out, [...]string{",[", ","}[min(i, 1)]...), t.Name)
		}
		if len(d.page.Tags) > 0 {
			out = append(out, ']')
		}
		out = append(out, ']')
	}
	r.out = append(out, "])\n"...)
	return bytes.Clone(r.out)
}

func (ix *index) filters() []byte {
	docs := make([]int, len(ix.slots))
	for i, d := range ix.slots {
		docs[i] = -1
		if d != nil {
			docs[i] = ix.facts.number(d)
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
func appendText[T string | []byte](out []byte, s T) []byte {
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
