package site

import (
	"cmp"
	"slices"
	"strings"

	"peppermill/internal/config"
)

// tree is the part of the site that is in one language: the source root, or a
// folder at the top of it.
type tree struct {
	index  int
	code   string // BCP 47
	folder string // "" for the default language
	home   *Page
}

// plantTrees makes the default language's tree and one for each language
// folder.
func plantTrees(cfg *config.Config) []*tree {
	trees := []*tree{{code: cmp.Or(cfg.Lang, "en")}}
	for _, lang := range cfg.Languages {
		known := slices.ContainsFunc(trees, func(t *tree) bool { return t.folder == lang.Folder })
		if known || elementProblem(lang.Folder) != "" {
			continue
		}
		trees = append(trees, &tree{index: len(trees), code: cmp.Or(lang.Code, lang.Folder), folder: lang.Folder})
	}
	return trees
}

// treeOf returns the language tree that a source path or folder is in.
func (l *linker) treeOf(path string) *tree {
	if len(l.trees) > 1 {
		first, _, _ := strings.Cut(path, "/")
		for _, t := range l.trees[1:] {
			if t.folder == first {
				return t
			}
		}
	}
	return l.trees[0]
}

// within cuts the language's folder off a source path.
func (t *tree) within(path string) string {
	if t.folder == "" {
		return path
	}
	return strings.TrimPrefix(strings.TrimPrefix(path, t.folder), "/")
}

// mainTree is where the default language's pages are: at the root, or in a
// folder of their own.
func (l *linker) mainTree() *tree {
	for _, t := range l.trees[1:] {
		if t.code == l.trees[0].code {
			return t
		}
	}
	return l.trees[0]
}

// translate brings the versions of a page together: those at the same path in
// their languages' folders, and those that say translation_of.
func (l *linker) translate() {
	groups := newUnion(len(l.pages))
	if len(l.trees) > 1 {
		l.matchPaths(groups)
	}
	for _, p := range l.pages[:l.sources] {
		if ref := p.Source.Meta.TranslationOf; ref.Text != "" {
			if original := l.reference(p, ref, "the original of this translation"); original != nil && original != p {
				groups.join(original.num, p.num)
			}
		}
	}
	for _, members := range groups.sets() {
		l.gather(members)
	}
}

// matchPaths joins pages, folders, homes and indexes that differ in the
// language's folder only.
func (l *linker) matchPaths(groups *union) {
	first := make(map[string]int32, len(l.pages))
	for _, p := range l.pages {
		var key string
		if p.Number > 1 {
			continue // the list's first page speaks for it
		}
		switch p.Kind {
		case Single:
			key = p.tree.within(stem(p.Source.Path))
		case Section, Home:
			key = p.tree.within(p.node.src)
		case TagIndex, AuthorIndex, Archive, SeriesIndex, Letters:
			key = p.tree.within(addressStem(p.Address))
		default:
			continue
		}
		if other, ok := first[key]; !ok {
			first[key] = p.num
		} else if l.pages[other].tree != p.tree {
			groups.join(other, p.num)
		}
	}
}

// gather gives each version the first one in every other language.
func (l *linker) gather(members []int32) {
	versions := make([]*Page, len(members))
	for i, m := range members {
		versions[i] = l.pages[m]
	}
	slices.SortStableFunc(versions, func(a, b *Page) int { return cmp.Compare(a.Lang, b.Lang) })
	firsts := slices.CompactFunc(slices.Clone(versions), func(a, b *Page) bool { return a.Lang == b.Lang })
	if len(firsts) == 1 {
		return
	}
	for _, p := range versions {
		for _, q := range firsts {
			if q.Lang != p.Lang {
				p.Translations = append(p.Translations, q)
			}
		}
	}
}

// union is a union-find structure with path halving (Tarjan and van Leeuwen);
// the smallest number stands for its set.
type union struct {
	parent []int32
	joined bool
}

func newUnion(n int) *union {
	u := &union{parent: make([]int32, n)}
	for i := range u.parent {
		u.parent[i] = int32(i)
	}
	return u
}

func (u *union) find(i int32) int32 {
	for u.parent[i] != i {
		u.parent[i] = u.parent[u.parent[i]]
		i = u.parent[i]
	}
	return i
}

func (u *union) join(a, b int32) {
	a, b = u.find(a), u.find(b)
	u.parent[max(a, b)] = min(a, b)
	u.joined = true
}

// sets returns the sets of more than one, in order of their smallest members.
func (u *union) sets() [][]int32 {
	if !u.joined {
		return nil
	}
	at := make([]int32, len(u.parent))
	var all [][]int32
	for i := range u.parent {
		root := u.find(int32(i))
		if root == int32(i) {
			continue
		}
		if at[root] == 0 {
			all = append(all, []int32{root})
			at[root] = int32(len(all))
		}
		all[at[root]-1] = append(all[at[root]-1], int32(i))
	}
	return all
}
