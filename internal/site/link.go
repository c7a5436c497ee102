package site

import (
	"cmp"
	"slices"
	"strings"

	"peppermill/internal/config"
	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// Link makes the site out of its pages, files and settings. It is pure: the
// order of the input does not matter and nothing in it is changed. Whatever is
// wrong with the content is in the list; the Site is whole all the same, so
// that a preview can show it.
func Link(in Input) (*Site, diag.List) {
	l := newLinker(in)

	l.withhold()    // who is published, and why the others are not
	l.place()       // folders, and an address for every page
	l.copyFiles()   // the files beside the pages
	l.holdFiles()   // less those that belong to what is withheld
	l.titles()      // what pages are called, blanks filled
	l.rank()        // pages in alphabetical order, once for all lists
	l.arrange()     // parents, children, previous and next
	l.listTags()    // the lists that the pages imply
	l.listAuthors() //
	l.listArchive() //
	l.listSeries()  //
	l.listLetters() //
	l.paginate()    // long lists over several pages
	l.notFound()    //
	l.claim()       // one owner for every address
	l.redirect()    // old addresses
	l.control()     // what replaces what, and who answers for it
	l.graph()       // how pages say that they stand to each other
	l.reports()     // what the whole says, at addresses that are left
	l.documents()   // sections for paper, likewise
	l.cards()       // what hangs on the wall
	l.wordFiles()   // and files for Word
	l.calendars()   // and for calendars
	l.define()      // words that are explained
	l.resolve()     // where each link leads
	l.backlinks()   // and back
	l.translate()   // the same page in other languages
	l.relate()      // what else to read
	l.taught()      // what lessons teach that is no longer so, and what nobody teaches
	l.checkFacts()  // one fact in one place
	l.comments()    // what readers said, and may say
	l.prune()       // what layouts see of front matter and data
	l.included()    // nothing withheld inside of what is not
	l.checkBlanks() // nothing approved with a blank in it

	return l.finish(), l.diags.Sort()
}

// linker is one run of Link.
type linker struct {
	in    Input
	cfg   *config.Config
	site  *Site
	diags diag.List

	trees   []*tree // one for each language; the default one first
	pages   []*Page // all that are published: those with a source in its order, then those made up
	sources int     // how many of them have a source
	room    []*Page // and for lists of pages
	spare   []Page  // room for pages to come
	root    *node
	folders map[string]*node // by source folder
	dirs    map[string]*node // by the folder's address; two source folders may share one
	nodes   []*node          // in order of creation: parents first
	names   names
	ranked  []*Page // source pages and folders by name, language for language
	claims  []claim // sorted by key
	old     redirects
	taken   map[string]bool // addresses and their folders, when a loser needs a free one
	slugs   slugger
	collate collators
	atlas   *atlas                    // only made when a link needs to be searched for
	sets    map[*Page]map[string]bool // anchors of pages that have many
	ids     map[string]hit            // pages by id, when one is asked for
	persons people                    // pages of roles and authors by name
	prefer  []string                  // types to choose by where a name fits several pages
	spent   int                       // candidates looked at for "did you mean"
	buf     []byte
	nowhere bool // it was said that open comments lead nowhere
}

func newLinker(in Input) *linker {
	in.Pages = slices.Clone(in.Pages)
	slices.SortFunc(in.Pages, func(a, b *page.Page) int { return cmp.Compare(a.Path, b.Path) })
	in.Pages = slices.DeleteFunc(in.Pages, func(p *page.Page) bool { return private(p.Path) })
	in.Pages = slices.CompactFunc(in.Pages, func(a, b *page.Page) bool { return a.Path == b.Path })
	in.Files = slices.Clone(in.Files)
	slices.Sort(in.Files)
	in.Files = slices.Compact(in.Files)
	if in.Config == nil {
		in.Config = &config.Config{}
	}
	l := &linker{
		in:      in,
		cfg:     in.Config,
		pages:   make([]*Page, 0, len(in.Pages)+64),
		spare:   make([]Page, 0, len(in.Pages)+16),
		folders: map[string]*node{},
		dirs:    map[string]*node{},
	}
	l.site = &Site{Config: in.Config, Words: in.Words, Now: in.Now, staff: in.Config.Edition == page.Staff}
	l.trees = plantTrees(in.Config)
	return l
}

// private reports whether the path says that the file holds no page: a folder
// on it begins with "_", or any element with ".".
func private(path string) bool {
	for rest := path; rest != ""; {
		var e string
		e, rest, _ = strings.Cut(rest, "/")
		if e != "" && (e[0] == '.' || e[0] == '_' && rest != "") {
			return true
		}
	}
	return false
}

// add makes room for one more page.
func (l *linker) add(kind Kind, src *page.Page, t *tree) *Page {
	if len(l.spare) == cap(l.spare) {
		l.spare = make([]Page, 0, 64)
	}
	l.spare = append(l.spare, Page{Kind: kind, Source: src, Lang: t.code, tree: t, num: int32(len(l.pages))})
	p := &l.spare[len(l.spare)-1]
	l.pages = append(l.pages, p)
	return p
}

func (l *linker) word(t *tree, key string) string { return l.in.Words.Word(t.code, key) }

func (l *linker) finish() *Site {
	s := l.site
	s.Home = l.trees[0].home
	for _, t := range l.trees {
		if t.home != nil {
			s.Homes = append(s.Homes, t.home)
		}
	}
	s.Pages = l.pages
	slices.SortFunc(s.Pages, func(a, b *Page) int { return cmp.Compare(a.Address, b.Address) })
	slices.SortFunc(s.Moved, func(a, b Moved) int { return cmp.Compare(a.Address, b.Address) })
	slices.SortFunc(s.Files, func(a, b File) int { return cmp.Compare(a.Address, b.Address) })
	return s
}
