package build

import (
	"slices"
	"strings"

	"peppermill/internal/page"
	"peppermill/internal/source"
)

// inserts reads the Markdown files that pages include and that are no pages
// themselves, as they lie in a folder that begins with "_": each may say at its
// top that it is for staff, or a draft, like any other.
func (b *Builder) inserts(tree *source.Tree, pages []*page.Page) []*page.Page {
	var out []*page.Page
	seen := map[string]bool{}
	for _, p := range pages {
		for _, in := range p.Includes {
			if _, isPage := b.pages[in.Path]; isPage || seen[in.Path] || !source.IsMarkdown(in.Path) {
				continue
			}
			seen[in.Path] = true
			if l := tree.Load(source.Entry{Path: in.Path, Role: source.Page}); l.File.Data != nil {
				insert, _ := b.parser.Parse(l.File) // its text is judged where it stands
				out = append(out, insert)
			}
		}
	}
	slices.SortFunc(out, func(a, b *page.Page) int { return strings.Compare(a.Path, b.Path) })
	return out
}
