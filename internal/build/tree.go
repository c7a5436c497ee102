package build

import (
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sync"

	"peppermill/internal/diag"
	"peppermill/internal/feed"
	"peppermill/internal/output"
	"peppermill/internal/page"
	"peppermill/internal/render"
	"peppermill/internal/search"
	"peppermill/internal/site"
	"peppermill/internal/source"
	"peppermill/internal/theme"
)

// files lists every file of the output: pages, old addresses, the theme's
// assets, feeds and their like, pictures and copies. Nothing is rendered or
// read before an entry is opened.
func (b *Builder) files(tree *source.Tree, s *site.Site, painter *render.Renderer, heralds []feed.File, tool page.Sum) output.Tree {
	var out output.Tree
	lent := map[string]*developed{}
	painter.Lend(func(address string) (render.Lent, bool) {
		d := lent[address]
		if d == nil {
			return render.Lent{}, false
		}
		return render.Lent{Sum: d.copy.Sum, Bytes: d}, true
	})
	add := func(path string, open func() (output.Content, error)) {
		out.Entries = append(out.Entries, output.Entry{Path: path, Open: open})
	}
	for _, p := range s.Pages {
		add(p.Address, func() (output.Content, error) { return opened(tool, painter, p) })
		if p.Word == "" {
			continue
		}
		add(p.Word, func() (output.Content, error) { return keyed{painter.Word(p), tool}, nil })
		if painter.Fillable(p) {
			add(p.Word+".js", func() (output.Content, error) { return keyed{painter.WordScript(p), tool}, nil })
		}
	}
	for _, m := range s.Moved {
		add(m.Address, func() (output.Content, error) { return keyed{painter.Redirect(m), tool}, nil })
	}
	for _, a := range b.theme.Assets {
		add(a.Address, func() (output.Content, error) { return keyed{a, tool}, nil })
	}
	for _, a := range painter.Scripts() {
		add(a.Address, func() (output.Content, error) { return keyed{a, tool}, nil })
	}
	for _, h := range heralds {
		add(h.Address, func() (output.Content, error) { return keyed{h, tool}, nil })
	}
	for _, f := range s.Files {
		if f.Picture != nil {
			b.copies(tree.FS(), f, lent, add)
			continue
		}
		add(f.Address, func() (output.Content, error) { return openCopy(tree.FS(), f.Path) })
	}
	return out
}

// indexed carries the files of the index to the output, when they are wanted.
func indexed(files func() []search.File, tool page.Sum) func() []output.Entry {
	return sync.OnceValue(func() []output.Entry {
		var out []output.Entry
		for _, f := range files() {
			out = append(out, output.Entry{Path: f.Address, Open: func() (output.Content, error) { return keyed{f.Open(), tool}, nil }})
		}
		return out
	})
}

// announced carries the heralds' addresses to the painter: rooms between which
// there is a wall.
func announced(feeds *feed.Feeds) func(*site.Page) []render.Feed {
	return func(p *site.Page) []render.Feed {
		var out []render.Feed
		for _, f := range feeds.For(p) {
			out = append(out, render.Feed(f))
		}
		return out
	}
}

// keyed gives the hands what the painter and the wardrobe made: rooms between
// which there is a wall, and which share only the shape of a content. Their keys
// name the values that went in; tool names the program that made bytes of them.
type keyed struct {
	made
	tool page.Sum
}

type made interface {
	Key() [32]byte
	io.WriterTo
}

// Key names everything that the bytes depend on.
func (k keyed) Key() output.Sum {
	own := k.made.Key()
	return sha256.Sum256(append(k.tool[:], own[:]...))
}

func opened(tool page.Sum, painter *render.Renderer, p *site.Page) (output.Content, error) {
	d, err := painter.Page(p)
	if err != nil {
		return nil, err
	}
	return keyed{d, tool}, nil
}

// copied is a source file that the site contains as it is. It is hashed when
// it is opened and read again when it is written, so that a film need not fit
// into memory.
type copied struct {
	fsys fs.FS
	path string
	sum  output.Sum
}

func openCopy(fsys fs.FS, path string) (output.Content, error) {
	h := sha256.New()
	c := &copied{fsys: fsys, path: path}
	if _, err := c.WriteTo(h); err != nil {
		return nil, err
	}
	c.sum = output.Sum(h.Sum(nil))
	return c, nil
}

// Key is the hash of the contents.
func (c *copied) Key() output.Sum { return c.sum }

// WriteTo copies the file.
func (c *copied) WriteTo(w io.Writer) (int64, error) {
	f, err := c.fsys.Open(c.path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	return io.Copy(w, f)
}

// clashes reports entries that cannot all be files of one folder. The map has
// reported pages that meet each other; what is left is a page in the place of
// one of the theme's assets, and the like.
func clashes(t output.Tree, s *site.Site) diag.List {
	sources := map[string]string{}
	for _, p := range s.Pages {
		if p.Source != nil {
			sources[p.Address] = p.Source.Path
		}
	}
	for _, f := range s.Files {
		sources[f.Address] = f.Path
	}
	var diags diag.List
	t.More = nil // they lie in a folder that everything else keeps off
	for _, p := range t.Check() {
		diags = append(diags, diag.Diagnostic{Rule: ruleClash, Pos: diag.Pos{Path: sources[p.Path]},
			Message: p.String(), Hint: "rename one of them, or give the page a slug of its own"})
	}
	return diags
}

// written reports whether the output has a file at an address.
func written(t output.Tree) func(string) bool {
	return func(address string) bool {
		return slices.ContainsFunc(t.Entries, func(e output.Entry) bool { return e.Path == address })
	}
}

// facts are the counts that a later run repeats when nothing has changed. They
// lie in the folder that is published, so they count nothing that is withheld.
func facts(s *site.Site) map[string]int {
	out := map[string]int{"pages": 0}
	for _, p := range s.Pages {
		if p.Source != nil {
			out["pages"]++
		}
	}
	return out
}

// assets lists the files that are copied.
func assets(tree *source.Tree) []string {
	var out []string
	for _, e := range withRole(tree, source.Asset) {
		out = append(out, e.Path)
	}
	return out
}

// addresses lists what the theme writes, so that no page takes its place.
func addresses(look *theme.Theme) []string {
	var out []string
	for _, a := range look.Assets {
		out = append(out, a.Address)
	}
	return out
}

func ruleText(rules map[string]diag.Class) string { return fmt.Sprint(rules) } // fmt sorts maps by key
