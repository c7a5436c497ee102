package render

import (
	"errors"
	"html/template"
	"strings"

	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// shell is what stands around every page of one depth and one section.
type shell struct {
	head, header, footer template.HTML
}

// shellKey names a shell. Addresses in it lead over the top of the site, so
// that they are the same for all pages as deep as each other.
type shellKey struct {
	lang string
	root string
	home *site.Page
	top  *site.Page // the section that is marked; the home itself on the home page
}

// shell returns the page's surroundings, painted at first need.
func (r *Renderer) shell(p *site.Page, at place, l *tongue) (*shell, error) {
	home, top := r.top(p)
	key := shellKey{l.code, at.root(), home, top}
	if s, ok := r.shells.Load(key); ok {
		return s.(*shell), nil
	}
	s, err := r.newShell(key, l)
	if err != nil {
		return nil, err
	}
	r.shells.Store(key, s)
	return s, nil
}

// top finds the home that a page belongs to and which of the home's children
// it stands in, or the home itself.
func (r *Renderer) top(p *site.Page) (home, top *site.Page) {
	for top = p; p.Parent != nil; p = p.Parent {
		top, home = p, p.Parent
	}
	switch {
	case home != nil && home.Parent == nil && home.Kind == site.Home:
		if top.Kind != site.Section {
			top = nil
		}
		return home, top
	case top.Kind == site.Home:
		return top, top
	}
	for _, h := range r.site.Homes {
		if h.Lang == p.Lang {
			return h, nil
		}
	}
	return r.site.Home, nil
}

// logoHeight is how high the theme shows a logo, in pixels.
const logoHeight = 32

// addLogo shows the smallest copy there is of the logo.
func (r *Renderer) addLogo(v *theme.Piece, to func(address string) string) {
	address := r.logo.Address
	if address == "" {
		return
	}
	if p := r.logo.Picture; p != nil {
		if c, ok := p.Nearest(1); ok {
			address = c.Address
		}
		if p.Width > 0 && p.Height > 0 {
			v.LogoWidth = scaled(logoHeight, p.Width, p.Height)
		}
	}
	v.Logo, v.Icon = to(address), to(address)
}

func (r *Renderer) newShell(key shellKey, l *tongue) (*shell, error) {
	to := func(address string) string {
		var b strings.Builder
		b.WriteString(key.root)
		escapePath(&b, address)
		return b.String()
	}
	v := theme.Piece{
		Site: l.site, Words: l.words, Root: key.root,
		Stylesheet: to(r.theme.Sheet), Script: to(r.theme.Script),
	}
	v.Icon = to(r.icon)
	r.addLogo(&v, to)
	if h := key.home; h != nil {
		v.Home = theme.Link{Href: to(h.Address), Name: orText(l.site.Title, h.Name), Current: key.top == h}
		for _, c := range h.Children {
			if c.Kind == site.Section {
				v.Nav = append(v.Nav, theme.Link{Href: to(c.Address), Name: c.Name, Current: c == key.top})
			}
		}
	}
	if feeds := r.feeds(key.home); key.home != nil && len(feeds) > 0 {
		if f := feeds[len(feeds)-1]; f.Atom != "" {
			v.Feed = theme.Link{Href: to(f.Atom), Name: l.words.Get("subscribe")}
		}
	}
	for _, p := range l.lists {
		if p.Kind == site.Letters && v.Search.Href == "" {
			v.Search = theme.Link{Href: to(p.Address), Name: l.words.Get("search")}
			v.SearchWith, v.SearchLook = to(l.search.Address), to(r.theme.SearchSheet)
		}
		v.Lists = append(v.Lists, theme.Link{Href: to(p.Address), Name: p.Name})
	}
	s := &shell{}
	var errs [3]error
	s.head, errs[0] = r.piece("head", v)
	s.header, errs[1] = r.piece("header", v)
	s.footer, errs[2] = r.piece("footer", v)
	return s, errors.Join(errs[:]...)
}
