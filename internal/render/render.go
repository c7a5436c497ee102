package render

import (
	"bytes"
	"html/template"
	"io"
	"sync"

	"peppermill/internal/page"
	"peppermill/internal/site"
	"peppermill/internal/theme"
	"peppermill/internal/word"
)

// View is what a page's layout sees: see [theme.View].
type View = theme.View

// Renderer paints one site in one theme. It is safe for concurrent use.
type Renderer struct {
	site  *site.Site
	theme *theme.Theme
	staff bool   // the staff edition
	icon  string // address of the logo, or of the theme's own mark
	logo  site.File
	feeds func(*site.Page) []Feed
	lend  func(address string) (Lent, bool)
	press word.Press

	pictures map[string]string        // source path → address, of files that can be a page's picture
	shown    map[string]*site.Picture // address → what is known of the picture there
	tongues  map[string]*tongue
	shells   sync.Map   // shellKey → *shell
	windows  sync.Map   // windowKey → *window
	orders   sync.Map   // section *site.Page → map[*site.Page]int
	buffers  *sync.Pool // of *bytes.Buffer
}

// New prepares to paint the site. It looks at each page once and renders
// nothing.
func New(s *site.Site, t *theme.Theme) *Renderer {
	r := &Renderer{
		site:     s,
		theme:    t,
		staff:    s.Config.Edition == page.Staff,
		icon:     "assets/icon.svg",
		feeds:    func(*site.Page) []Feed { return nil },
		lend:     func(string) (Lent, bool) { return Lent{}, false },
		tongues:  map[string]*tongue{},
		pictures: map[string]string{},
		shown:    map[string]*site.Picture{},
		buffers:  &sync.Pool{New: func() any { return new(bytes.Buffer) }},
	}
	data := plain(s.Data())
	for _, p := range s.Pages {
		l := r.tongues[p.Lang]
		if l == nil {
			l = r.newTongue(p.Lang, data)
			r.tongues[p.Lang] = l
		}
		switch p.Kind {
		case site.TagIndex, site.AuthorIndex, site.Archive, site.SeriesIndex, site.Letters, site.Overview:
			if p.Number < 2 { // a list over several pages is one list
				l.lists = append(l.lists, p)
			}
		}
	}
	r.addSearch()
	r.addBlanks(s.Pages)
	for _, f := range s.Files {
		if f.Path == s.Config.Logo && f.Path != "" {
			r.logo, r.icon = f, f.Address
		}
		if f.Picture != nil {
			r.shown[f.Address] = f.Picture
		}
		if isPicture(f.Path) {
			r.pictures[f.Path] = f.Address
		}
	}
	return r
}

// Feed is what a page tells feed readers about; its addresses are paths of
// files in the output, "" for a format that the site does not have.
type Feed = theme.Feed

// Announce says which feeds each page names in its head, and which the footer
// leads to: the last of them, which is the site's or the language's. It must be
// called before the first page is made. feeds must be safe for concurrent use
// and depend on the page alone.
func (r *Renderer) Announce(feeds func(*site.Page) []Feed) { r.feeds = feeds }

// Assets are the theme's files, which every build of the site contains.
func (r *Renderer) Assets() []theme.Asset { return r.theme.Assets }

// Document is one page of the output, ready to be painted.
type Document struct {
	Address string // path of the file in the output

	r      *Renderer
	layout string
	value  any      // View or Redirect, without what common stands for
	common *tongue  // what all pages of the language share
	shared [32]byte // its sum
}

// Page makes the document of a page. It fails with a *theme.Error when a
// shared piece of a site's own theme cannot show this site's values.
func (r *Renderer) Page(p *site.Page) (*Document, error) {
	l := r.tongue(p.Lang)
	v, err := r.view(p, l)
	if err != nil {
		return nil, err
	}
	return &Document{Address: p.Address, r: r, layout: r.layout(p), value: v, common: l, shared: l.sum}, nil
}

// Redirect makes the document of an old address, which leads to a page.
func (r *Renderer) Redirect(m site.Moved) *Document {
	l := r.tongue(m.Page.Lang)
	v := theme.Redirect{
		Lang:      l.code,
		Dir:       l.dir,
		Title:     m.Page.Title,
		Href:      Rel(m.Address, m.Page.Address),
		Canonical: r.canonical(m.Page),
		Icon:      Rel(m.Address, r.icon),
	}
	return &Document{Address: m.Address, r: r, layout: "redirect", value: v, common: l, shared: l.sum}
}

// Key is a hash of all that the bytes are made from: equal keys, equal bytes.
// It is worked out on each call.
func (d *Document) Key() [32]byte {
	return sumOf(d.r.theme.Sum, d.layout, d.shared, d.value)
}

// WriteTo paints the document and writes it in one piece. When the layout
// fails, nothing is written and the error is a *theme.Error.
func (d *Document) WriteTo(w io.Writer) (int64, error) {
	b := d.r.buffers.Get().(*bytes.Buffer)
	defer d.r.buffers.Put(b)
	b.Reset()
	if err := d.r.theme.Execute(b, d.layout, d.whole()); err != nil {
		return 0, err
	}
	n, err := w.Write(b.Bytes())
	return int64(n), err
}

// whole is the value with what its language shares.
func (d *Document) whole() any {
	switch v := d.value.(type) {
	case View:
		v.Site, v.Words = d.common.site, d.common.words
		return v
	case theme.Redirect:
		v.Site, v.Words = d.common.site, d.common.words
		return v
	}
	return d.value
}

// piece paints a part of a page that many pages share.
func (r *Renderer) piece(name string, value any) (template.HTML, error) {
	var b bytes.Buffer
	if err := r.theme.Execute(&b, "pieces/"+name, value); err != nil {
		return "", err
	}
	return template.HTML(bytes.TrimSpace(b.Bytes())), nil
}
