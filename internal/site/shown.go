package site

import (
	"cmp"
	"slices"
	"strings"

	"peppermill/internal/config"
	"peppermill/internal/page"
)

// Params is the page's front matter as layouts may see it: without who holds a
// role, outside of the staff edition, and without what names something that is
// withheld.
func (p *Page) Params() page.Value {
	if p.params != nil {
		return *p.params
	}
	if p.Source == nil {
		return page.Value{}
	}
	return p.Source.Meta.Tree
}

// Data is _data as layouts may see it: without the comments of pages that are
// withheld, and without what it says of tags, people and blanks that only
// withheld text knows.
func (s *Site) Data() page.Value {
	if s.data != nil {
		return *s.data
	}
	return s.Config.Data
}

// prune fills Params and Data where they differ from what is written.
func (l *linker) prune() {
	for _, p := range l.pages[:l.sources] {
		tree := p.Source.Meta.Tree
		shown, changed := prune(tree, func(key string, v page.Value) bool { return l.unfit(p, key, v) })
		if !l.site.staff && hidesSome(p.Source) {
			var fewer bool
			shown, fewer = withoutStaffBlanks(shown, p.Source)
			changed = changed || fewer
		}
		if changed {
			p.params = &shown
		}
	}
	if l.withholdsAny() {
		l.pruneData()
	}
}

// prune returns a tree without the fields and items that are unfit; what is not
// changed is not copied.
func prune(v page.Value, unfit func(key string, v page.Value) bool) (page.Value, bool) {
	changed := false
	var items []page.Value
	for i, item := range v.Items {
		kept, other := prune(item, unfit)
		gone := unfit("", item)
		if (other || gone) && !changed {
			items, changed = slices.Clone(v.Items[:i]), true
		}
		if changed && !gone {
			items = append(items, kept)
		}
	}
	if changed {
		v.Items = items
	}
	fieldChanged := false
	var fields []page.Field
	for i, f := range v.Fields {
		kept, other := prune(f.Value, unfit)
		gone := unfit(f.Key, f.Value)
		if (other || gone) && !fieldChanged {
			fields, fieldChanged = slices.Clone(v.Fields[:i]), true
		}
		if fieldChanged && !gone {
			f.Value = kept
			fields = append(fields, f)
		}
	}
	if fieldChanged {
		v.Fields = fields
	}
	return v, changed || fieldChanged
}

// unfit reports whether a value of a page's front matter is not for layouts.
func (l *linker) unfit(p *Page, key string, v page.Value) bool {
	if !l.site.staff && (namesHolder(key) || v.SaysStaff()) {
		return true
	}
	if v.Kind != page.Scalar || len(l.site.Withheld)+len(l.site.HeldFiles) == 0 || v.Text == "" || len(v.Text) > 300 {
		return false
	}
	m := &p.Source.Meta
	for _, refs := range [...][]page.Ref{m.Related, m.Control.Supersedes, {m.Control.SupersededBy, m.TranslationOf}} {
		for _, ref := range refs {
			if ref.Text != "" && ref.Pos == v.Pos {
				return l.leadsToWithheld(p, ref.Text, true)
			}
		}
	}
	return strings.ContainsAny(v.Text, "/.") && l.leadsToWithheld(p, v.Text, false)
}

// namesHolder knows the keys that say who wears a hat, and who stands in.
func namesHolder(key string) bool {
	var word [12]byte // every key of every page is looked at, so nothing is allocated
	n := 0
	for i := range len(key) {
		c := key[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c < 'a' || c > 'z' {
			continue
		}
		if n == len(word) {
			return false
		}
		word[n] = c
		n++
	}
	switch string(word[:n]) {
	case "holder", "holders", "backup", "backups", "heldby", "deputy", "deputies", "standin":
		return true
	}
	return false
}

// withoutStaffBlanks leaves out what a page says of blanks that only its parts
// for staff have.
func withoutStaffBlanks(tree page.Value, src *page.Page) (page.Value, bool) {
	used := map[string]bool{} // by name: whether only staff see it
	for _, b := range src.Blanks {
		name := b.Name
		if i := slices.IndexFunc(src.Meta.Blanks, func(f page.Fact) bool { return f.Called(name) }); i >= 0 {
			name = src.Meta.Blanks[i].Name
		}
		only, known := used[name]
		used[name] = b.Staff && (only || !known)
	}
	i := slices.IndexFunc(tree.Fields, func(f page.Field) bool { return equalFold(f.Key, "blanks") })
	if i < 0 {
		return tree, false
	}
	about := tree.Fields[i].Value
	before := len(about.Fields) + len(about.Items)
	about.Fields = slices.DeleteFunc(slices.Clone(about.Fields), func(f page.Field) bool { return used[f.Key] })
	about.Items = slices.DeleteFunc(slices.Clone(about.Items), func(v page.Value) bool {
		name, _ := v.Get("name")
		return used[name.Text]
	})
	tree.Fields = slices.Clone(tree.Fields)
	tree.Fields[i].Value = about
	return tree, len(about.Fields)+len(about.Items) < before
}

// leadsToWithheld reports whether a text is the path of something withheld, or
// else, where it is sure to name a page, its name.
func (l *linker) leadsToWithheld(p *Page, text string, sure bool) bool {
	at := place{page: p, text: text}
	name := strings.TrimSpace(text)
	if inner, ok := l.ownAddress(name); ok {
		name = inner
	}
	if name, _, _ = cutReference(name); name == "" {
		return false
	}
	h := l.lookup(at, name)
	if !h.found() {
		h = l.lookupIn("", name)
	}
	if !h.found() && sure {
		h = l.byID(name)
	}
	if !h.found() && sure {
		h = l.wikiHidden(name)
	}
	return h.held > 0 || h.kept > 0
}

// pruneData leaves out of _data what only withheld pages and parts use.
func (l *linker) pruneData() {
	out := l.cfg.Data
	pruned := false
	drop := func(folder string, gone func(key string) bool) {
		for i, f := range out.Fields {
			if f.Key != folder || f.Value.Kind != page.Map {
				continue
			}
			kept := slices.DeleteFunc(slices.Clone(f.Value.Fields), func(f page.Field) bool { return gone(f.Key) })
			if len(kept) < len(f.Value.Fields) {
				if !pruned {
					out.Fields, pruned = slices.Clone(out.Fields), true
				}
				out.Fields[i].Value.Fields = kept
			}
		}
	}
	tags := l.onlyWithheld(l.cfg.TagInfo, func(m *page.Meta) []string { return m.Tags })
	people := l.onlyWithheld(l.cfg.People, func(m *page.Meta) []string {
		return append(slices.Clip(m.Authors), m.Owner, m.Control.Approver)
	})
	blanks := l.onlyWithheldBlanks()
	drop("tags", func(key string) bool { return tags[config.Fold(key)] })
	drop("authors", func(key string) bool { return people[config.Fold(key)] })
	drop("facts", func(key string) bool { return blanks[key] })
	if shown, changed := l.pruneThreads(out); changed {
		out, pruned = shown, true
	}
	if pruned {
		l.site.data = &out
	}
}

// onlyWithheld lists the terms of _data that withheld pages use and no other.
func (l *linker) onlyWithheld(info map[string]config.Term, values func(*page.Meta) []string) map[string]bool {
	known := synonyms(info)
	used := map[string]bool{}
	for _, w := range l.site.Withheld {
		for _, text := range values(&w.Page.Meta) {
			used[known[config.Fold(text)]] = true
		}
	}
	if len(used) > 0 {
		for _, p := range l.pages[:l.sources] {
			for _, text := range values(&p.Source.Meta) {
				delete(used, known[config.Fold(text)])
			}
		}
	}
	return used
}

// onlyWithheldBlanks lists the blanks that only withheld text has, by the names
// under which the site describes them.
func (l *linker) onlyWithheldBlanks() map[string]bool {
	named := func(name string) string { return cmp.Or(l.cfg.Facts[name].Name, name) }
	used := map[string]bool{}
	for _, w := range l.site.Withheld {
		for _, b := range w.Page.Blanks {
			used[named(b.Name)] = true
		}
	}
	open := []string{}
	for _, p := range l.pages[:l.sources] {
		for _, b := range p.Source.Blanks {
			if b.Staff && !l.site.staff {
				used[named(b.Name)] = true
			} else {
				open = append(open, b.Name)
			}
		}
	}
	for _, name := range slices.Concat(open, l.cfg.Title.Blanks(), l.cfg.Tagline.Blanks()) {
		delete(used, named(name))
	}
	return used
}

// pruneThreads leaves out the comments of withheld pages.
func (l *linker) pruneThreads(data page.Value) (page.Value, bool) {
	threads := map[string]bool{}
	for _, w := range l.site.Withheld {
		for _, name := range threadNames(w.Page) {
			threads["comments/"+name] = true
		}
	}
	for _, p := range l.pages[:l.sources] {
		for _, name := range threadNames(p.Source) {
			delete(threads, "comments/"+name)
		}
	}
	changed := false
	for name := range threads { // each takes out another value, so their order does not matter
		if shown, gone := without(data, strings.Split(name, "/")); gone {
			data, changed = shown, true
		}
	}
	return data, changed
}

// without is a tree less the value at the end of a path of keys.
func without(v page.Value, keys []string) (page.Value, bool) {
	i := slices.IndexFunc(v.Fields, func(f page.Field) bool { return f.Key == keys[0] })
	if i < 0 {
		return v, false
	}
	if len(keys) == 1 {
		v.Fields = slices.Delete(slices.Clone(v.Fields), i, i+1)
		return v, true
	}
	inner, gone := without(v.Fields[i].Value, keys[1:])
	if gone {
		v.Fields = slices.Clone(v.Fields)
		v.Fields[i].Value = inner
	}
	return v, gone
}
