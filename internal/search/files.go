package search

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"

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
	content func() []byte
}

// Content is the file's content before it is packed, ready to be written.
type Content struct {
	name string
	data []byte
}

// Open makes the content.
func (f File) Open() Content { return Content{f.name, f.content()} }

// Key is a hash of all that the bytes are made from: equal keys, equal bytes.
func (c Content) Key() [32]byte {
	h := sha256.New()
	field(h, c.name)
	h.Write(c.data)
	return [32]byte(h.Sum(nil))
}

// WriteTo packs the content and writes it in one piece.
func (c Content) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	b.WriteString(`peppermillIndex("` + c.name + `","`)
	text := base64.NewEncoder(base64.StdEncoding, &b)
	pack, err := flate.NewWriter(text, flate.DefaultCompression)
	if err != nil {
		return 0, err
	}
	pack.Write(c.data) // b takes everything
	pack.Close()
	text.Close()
	b.WriteString("\")\n")
	return b.WriteTo(w)
}

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
	add := func(name string, content func() []byte) {
		out = append(out, File{Address: ix.folder + Folder + name + ".js", name: name, content: content})
	}
	add("root", ix.root)
	add("f", ix.filters)
	for _, s := range ix.shards {
		add("d-"+escape(s.prefix), func() []byte { return ix.shardBytes(s) })
		if s.more {
			add("m-"+escape(s.prefix), func() []byte { return ix.moreBytes(s) })
		}
	}
	each := 1 << ix.cardShift()
	for i := 0; i < len(ix.buckets); i += each {
		add("c-"+strconv.Itoa(i/each), func() []byte { return ix.cards(ix.buckets[i : i+each]) })
	}
	for i, b := range ix.buckets {
		for j := 0; j < len(b); j += 2 {
			add("t-"+strconv.Itoa(i)+"-"+strconv.Itoa(j/2), func() []byte { return ix.texts(b[j:min(j+2, len(b))]) })
		}
	}
	return out
}

// cardShift says how many buckets share a file of cards, as a power of two.
func (ix *index) cardShift() int {
	if len(ix.docs) <= allCards {
		return ix.bits
	}
	return 0
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
		Synonyms []any     `json:"synonyms"`
	}{1, ix.gen, ix.lang, len(ix.docs), ix.bits, ix.cardShift(), first, weights(), prefixes,
		some(ix.facts.types), some(ix.facts.stages), some(ix.facts.roles), []any{}})
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

func (ix *index) texts(docs []*document) []byte {
	r := reader{site: ix.site}
	out := []any{}
	for _, d := range docs {
		r.read(d.page)
		out = append(out, []any{d.page.Summary, r.excerpts()})
	}
	return encode(out)
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
