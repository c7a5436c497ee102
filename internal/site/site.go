// Package site is the map: everything that needs every page at once.
//
// In: the pages of all files, the settings and what a build was asked for.
// Out: a [Site] with addresses, sections, neighbours, tags, backlinks and each
// link's target, and findings about what does not fit together. It is made
// whole every time, from facts of single files only, in one linear pass. It
// never reads files, never makes HTML, and never changes a page.Page.
//
// Pages that no file stands for are titled from the theme's words; the keys
// are home, tags, authors, archive, series, a-to-z, digits, other and not-found.
//
// Start at [Link], then [Page].
package site

import (
	"cmp"
	"slices"
	"time"

	"peppermill/internal/config"
	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// Input is everything that a Site is made from.
type Input struct {
	Pages  []*page.Page // in any order
	Files  []string     // source paths of files that are copied
	Config *config.Config
	Words  config.Words // the theme's words with the site's over them
	Now    time.Time    // the only clock

	// Inserts are Markdown files that pages include and that are no pages.
	Inserts []*page.Page

	// Pictures tells what is known of those of Files that are pictures, by
	// source path.
	Pictures map[string]Picture

	// Unusable are source paths of files that are there and not published. Who
	// says so has said why: a link to one leads nowhere, without a finding.
	Unusable []string

	Drafts, Future, Expired bool // include pages that would be withheld for this

	// Reserved are addresses that other rooms write, such as "feed.xml". Pages
	// and files keep off them. An entry that ends in "/" is a whole folder.
	Reserved []string
}

// Site is the whole site as values.
type Site struct {
	Config    *config.Config
	Words     config.Words
	Now       time.Time
	Home      *Page
	Homes     []*Page    // one for each language, the default one first
	Pages     []*Page    // every page that is published, sorted by address
	Withheld  []Withheld // sorted by source path
	Moved     []Moved    // old addresses, sorted
	Files     []File     // sorted by address
	HeldFiles []HeldFile // sorted by source path
	Unlinked  []Unlinked // links of published pages to what is withheld
	Promised  []Promised // links to what other rooms write, in order of the sources

	staff      bool
	glossaries map[string]*Glossary // by language, without its region
	data       *page.Value          // see Data; nil when it is what the settings have
}

// Kind is what a page of the output is.
type Kind uint8

const (
	Single   Kind = iota // one source file, not a folder's page
	Section              // a folder: its own page if it has one, and what is in it
	Home                 // the root folder (of each language)
	TagIndex             // all tags
	Tag                  // the pages with one tag
	AuthorIndex
	Author
	Archive // all years
	Year    // the dated pages of one year
	SeriesIndex
	Series   // the parts of one series, in order
	Letters  // the A-to-Z index
	Letter   // the pages whose names begin with one letter
	NotFound // 404.html
	Print    // a folder with all that is below it as one document, for paper
	Overview // the reports
	Reported // one report
	Card     // the wall card of a page, which is its Parent
)

// Page is one page of the output.
type Page struct {
	Kind    Kind
	Source  *page.Page // nil when the site made the page up, such as a tag's
	Address string     // path of the file in the output: "policies/late/index.html"
	Lang    string
	Name    string // what lists and the outline call the page: the link title, else the title
	Title   string // blanks filled
	Summary string // blanks filled; may be empty

	Parent       *Page        // the folder or list it stands in; nil for home
	Term         *config.Term // what _data says of a tag or a person; nil when nothing
	Children     []*Page      // a folder's pages and folders, in reading order
	Items        []*Page      // what a list page lists or a document holds, in order; nil for Single
	Print        *Page        // the document of a folder or home for paper; nil where there is none
	Card         *Page        // its wall card; nil where there is none
	Word         string       // address of its file for Word; "" where there is none
	Calendar     string       // address of the calendar of its calls; "" where there is none
	Pager        *Pager       // all pages of a list that is split; nil for a list on one page
	Number       int          // which of them this is, from 1; 0 without a Pager
	Prev, Next   *Page        // reading order within the folder, or the series
	Tags         []*Page
	Authors      []*Page
	Series       *Page
	Part, Parts  int     // place in the series and its length; 0 without one
	Backlinks    []*Page // pages whose body links here, by address
	Related      []*Page // those that the page names, then the nearest by shared tags; five unless it names more
	Translations []*Page // the same page in other languages, by language
	Owner        *Page   // the page of the role or person that looks after it; nil when there is none
	Approver     *Page   // and of who approved it
	Successor    *Page   // what replaces it
	Replaces     []*Page // what it replaces
	Earlier      []*Page // pages that say that this one replaces them, in order of their sources
	Edges        []Edge  // how it stands to others, as it says itself
	Back         []Edge  // and what others say of how they stand to it
	Comments     *Comments
	Report       *Report  // of a page that is a report
	Targets      []Target // parallel to Source.Links
	Marks        []string // why a public visitor would not see the page: "staff", "draft", "in-review", "future", "expired"

	params   *page.Value // see Params; nil when it is what is written
	num      int32       // place in linker.pages; sources come first, in order of their paths
	rank     int32       // place among the pages of its language when sorted by name
	recent   int32       // place among all pages when sorted by date, then by name
	year     int32       // of Meta.Date, by the calendar where it was written
	date     int64       // seconds of Meta.Date, for sorting; only when dated
	dated    bool
	listed   bool // in navigation and lists: not superseded or retired
	tree     *tree
	node     *node   // the folder that it is in, or is the page of
	carriers []int32 // of a tag: numbers of the listed pages that carry it
}

// Edge is one claim of the checked graph. Names that stand for nobody's page
// have no Page.
type Edge struct {
	Field *page.EdgeField
	Name  string // the other page's, or as written
	Page  *Page
}

// Pager is a long list over several pages. They share it.
type Pager struct {
	Pages []*Page // in order; the first has the list's own address
	Items []*Page // of the whole list
}

// TargetKind says what a link leads to.
type TargetKind uint8

const (
	Nowhere  TargetKind = iota // missing or withheld: shown as plain text
	External                   // another site, mail or telephone
	ToPage                     // a page of this site
	ToFile                     // a copied file of this site
)

// Target is a link, resolved.
type Target struct {
	Kind     TargetKind
	URL      string // External: the whole address, checked against the allow-list
	Page     *Page  // ToPage
	Address  string // ToPage and ToFile: path of the file in the output
	Query    string // with its "?"; mostly ""
	Fragment string // without "#", not percent-encoded; "" for none
}

// File is a source file that the site contains.
type File struct {
	Path, Address string
	Picture       *Picture // nil for what is no picture
}

// Picture is what a page needs to know of a picture.
type Picture struct {
	Width, Height int         // pixels as shown; 0 where a drawing does not say
	Copies        []SizedCopy // the picture in several widths, narrowest first
}

// Nearest is the narrowest copy of at least the width, in pixels, or else the
// widest; ok is false when there is none.
func (p *Picture) Nearest(width int) (c SizedCopy, ok bool) {
	for _, c := range p.Copies {
		if c.Width >= width {
			return c, true
		}
	}
	if len(p.Copies) == 0 {
		return SizedCopy{}, false
	}
	return p.Copies[len(p.Copies)-1], true
}

// SizedCopy is a picture in one width. Its address is that of the picture's
// file where the two are the same.
type SizedCopy struct {
	Width   int // pixels
	Address string
}

// Moved is an old address that leads to a page.
type Moved struct {
	Address string // path of the file in the output
	Page    *Page
}

// Withheld is a source file that is not published, and why.
type Withheld struct {
	Page   *page.Page
	Reason string // "broken", "staff", "draft", "in-review", "future" or "expired": the first that applies
}

// Unlinked is a link of a published page that is shown as plain text, because
// it leads to something that is withheld.
type Unlinked struct {
	Pos    diag.Pos
	Source string // of the page
	Text   string // as written
	To     string // source path
}

// At returns the page with that address, or nil.
func (s *Site) At(address string) *Page {
	i, ok := slices.BinarySearchFunc(s.Pages, address, func(p *Page, a string) int {
		return cmp.Compare(p.Address, a)
	})
	if !ok {
		return nil
	}
	return s.Pages[i]
}
