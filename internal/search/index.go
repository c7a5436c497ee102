package search

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

// Builder makes the index again and again, and keeps each page's record while
// nothing that went into it has changed. It is safe for concurrent use, and so
// are the files that it returns.
type Builder struct {
	mu      sync.Mutex // held while pages are read
	lexicon *lexicon
	records map[*page.Page]*record
}

// Index gives the list of the files of a site's index: of each language that has
// a page that may be found. Pages that are replaced or retired, or ask to stay
// out, are not in it. Nothing is done now: the words of the pages are counted, on all
// cores, when the list is first asked for, and files are made when they are
// written. A preview whose author does not search does none of it.
func (b *Builder) Index(s *site.Site) func() []File {
	return sync.OnceValue(func() []File {
		docs := documents(s)
		lexicon := b.read(s, docs)
		byFolder := map[string][]*document{}
		for _, d := range docs {
			byFolder[d.folder] = append(byFolder[d.folder], d)
		}
		var files []File
		for _, folder := range folders(s) {
			if own := byFolder[folder]; len(own) > 0 {
				files = append(files, newIndex(s, lexicon, folder, own).files()...)
			}
		}
		return files
	})
}

// document is a page that may be found.
type document struct {
	page   *site.Page
	folder string // of its language, with a slash at its end, or ""
	hash   uint32 // of the address
	slot   uint32 // its number in all files but those of the dictionary
	number uint32 // in those
	record *record
}

func documents(s *site.Site) []*document {
	var docs []*document
	all := folders(s)
	for _, p := range s.Pages {
		if p.Source == nil || p.Source.Meta.Search.Exclude || p.Number > 1 ||
			p.Source.Meta.Status == page.Superseded || p.Source.Meta.Status == page.Retired {
			continue
		}
		d := &document{page: p}
		for _, f := range all {
			if strings.HasPrefix(p.Address, f) && len(f) > len(d.folder) {
				d.folder = f
			}
		}
		sum := sha256.Sum256([]byte(p.Address))
		d.hash = binary.LittleEndian.Uint32(sum[:])
		docs = append(docs, d)
	}
	return docs
}

// folders lists the folders of the site's languages, the default one's "" first.
func folders(s *site.Site) []string {
	out := []string{""}
	for _, l := range s.Config.Languages {
		out = append(out, l.Folder+"/")
	}
	return out
}

// read gives each document its record, and returns what numbers their words.
func (b *Builder) read(s *site.Site, docs []*document) *lexicon {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.lexicon == nil {
		b.lexicon = newLexicon()
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			a := analyst{lexicon: b.lexicon, reader: reader{site: s}}
			for i := int(next.Add(1)) - 1; i < len(docs); i = int(next.Add(1)) - 1 {
				d := docs[i]
				key := keyOf(s, d.page)
				if d.record = b.records[d.page.Source]; d.record == nil || d.record.key != key {
					d.record = a.record(d.page, key)
				}
			}
		})
	}
	wg.Wait()
	b.records = make(map[*page.Page]*record, len(docs))
	for _, d := range docs {
		if d.record != nil {
			b.records[d.page.Source] = d.record
		}
	}
	return b.lexicon
}

// index is that of one language.
type index struct {
	site    *site.Site
	lexicon *lexicon
	words   []entry // the lexicon's, as far as they are of this run
	folder  string
	lang    string
	slots   []*document // by slot; nil where nobody sits
	docs    []*document // those that there are, in order
	numbers int         // above all documents' numbers
	df      []uint32    // by group
	shards  []shard     // by prefix
	parts   [][]shard   // those whose postings are gathered together
	gen     string
	facts   facts
	scopes  []scope
	readers sync.Pool // of *reader
	packers sync.Pool // of *flate.Writer
	coders  sync.Pool // of *coder
	mu      sync.Mutex
	recent  *gathered // guarded by mu
}

func newIndex(s *site.Site, x *lexicon, folder string, docs []*document) *index {
	ix := &index{site: s, lexicon: x, folder: folder, lang: s.Config.Lang}
	ix.readers.New = func() any { return &reader{site: s} }
	for _, l := range s.Config.Languages {
		if l.Folder+"/" == folder {
			ix.lang = l.Code
		}
	}
	ix.packers.New, ix.coders.New = newPacker, newCoder
	ix.seat(docs)
	ix.facts, ix.scopes = factsOf(docs), scopesOf(s, docs)
	var order []uint32
	ix.words, order = x.order()
	ix.shards = ix.layout(order)
	ix.share()
	ix.gen = ix.generation()
	return ix
}

// generation sums what all files say.
func (ix *index) generation() string {
	h := sha256.New()
	for _, s := range ix.scopes {
		field(h, s.address, s.title)
	}
	for _, d := range ix.docs {
		field(h, d.page.Address)
		h.Write(d.record.said[:])
		field(h, ix.facts.key(d)...)
		field(h, d.page.Marks...)
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}
