package theme

import "html/template"

// View is everything that the layout of a page can see. Its fields are plain
// values: nothing in it leads to another page or to the machine.
type View struct {
	Site  Site
	Words Words // the interface in the page's language
	Page  Page
	Root  string // leads from the page to the top of the site: "", "../", "../../"; "/" on 404

	Document Document // for layouts/print.html only
	Report   Report   // for layouts/report.html only
	Card     Card     // for layouts/card.html only

	// Parts that many pages share, rendered from layouts/pieces.
	Head, Header, Footer template.HTML
}

// Site is what is the same on every page of one language.
type Site struct {
	Title, Tagline string
	BaseURL        string // with a closing slash; "" when the site has no address yet
	Lang           string
	Edition        string // "public" or "staff"
	Params         any    // the site's own parameters, as plain maps, lists and texts
	Data           any    // _data, likewise
}

// Words is the interface in one language: key, then text.
type Words map[string]string

// Get returns the text of key, or the key itself when nobody has a text for it.
func (w Words) Get(key string) string {
	if text, ok := w[key]; ok {
		return text
	}
	return key
}

// Page is one page of the site, ready to be set.
type Page struct {
	Kind      string // single, section, home, tag-index, tag, author-index, author, archive, year, series-index, series, not-found, print, overview, report, card
	Type      string // of the content model; "page" when nothing is said
	TypeName  string // its word in the page's language; "" for plain pages and lists
	Lang, Dir string // BCP 47; "ltr" or "rtl"

	Title     string
	Heading   template.HTML // the title with its blanks as places to fill in; "" without any
	HeadTitle string        // for the browser's tab: page and site
	Summary   string        // plain text; may be empty
	ShowTitle bool          // false when the content begins with the title itself

	Canonical string // the full pretty address; "" without a base URL

	// What other programs read of the page; all empty without a base URL.
	GraphType  string      // Open Graph's: "article" or "website"
	Image      string      // full address of the picture that the front matter names, if the site has it
	LinkedData template.JS // JSON-LD, safe inside a script element

	Feeds []Feed // to announce in the head: the section's, then the site's

	NoIndex bool
	EditURL string

	Content template.HTML
	Outline Headings
	Crumbs  Links         // from home to the parent
	Sidebar template.HTML // the section's pages; "" where there is none

	Prev, Next   Link // Href is "" where there is none
	Tags         Links
	Authors      Links
	Series       Link
	PartText     string // "Part 2 of 5"
	Backlinks    Links
	Related      Links
	Translations []Translation
	Relations    []Relation // how it stands to others, in the order of the content model

	Published, Updated Date
	Status             string // the content model's word; "current" when nothing is said
	Panel              Panel
	Principles         Principles
	Control            Control
	Log                Log
	Comments           Comments
	Asides             Asides
	Banners            []Banner

	Sections Items // folders and lists in this one
	Items    Items // pages in this one

	Pager     Links  // pages of a list that is split, by number: the first, the last and those nearby
	PagerText string // "Page 2 of 5"; "" for a list on one page

	Card  Link // to the page's wall card; Href is "" where there is none
	Print Link // to the folder's document for paper; Href is "" where there is none

	Blanks Blanks   // what is left to the reader to fill in
	Forms  Forms    // what else can be filled in
	Sum    Sum      // a calculator; no Outputs where there is none
	Word   WordFile // the page as a file for Word; Href is "" where there is none

	Calendar string // leads to the calendar of what comes again; "" where nothing does

	// What a document, a form or a report needs beside the site's own sheet and
	// script; "" for other pages.
	MoreSheet, MoreScript string

	Params any // the page's whole front matter, as plain maps, lists and texts
}

// WordFile is a page as a file for Word. Addresses are relative.
type WordFile struct {
	Href string
	Fill string // the same file as a script, for With; "" where nothing is to be filled in
	With string // the script that fills it in
}

// Link leads to a page. Href is relative and percent-encoded.
type Link struct {
	Href    string
	Name    string
	Current bool // the page one is on, or the section it is in
}

// Feed is a list of news for other programs, in up to two formats.
type Feed struct {
	Title string
	Atom  string // relative; "" where there is none
	JSON  string
}

// Heading is one entry of the outline. Level is 2 or 3.
type Heading struct {
	Level int
	Href  string // "#id"
	Text  string
	Fill  string // the text with blanks that the reader fills in, such as %{name}; "" without any
}

// Blanks is what a page, or a document, leaves to its reader to fill in. Both
// fields are empty where it leaves nothing.
type Blanks struct {
	Script string      // address of the script that makes a form of it
	Data   template.JS // what is asked for, as JSON, safe inside a script element
}

// Item is one entry of a list.
type Item struct {
	Href, Name, Summary string
	TypeName            string
	Story, Known        string // of a story: what it is an example of and when; whose it is and how it is known
	Date                Date
	Count               int // entries below it, for folders and lists
	CountText           string
}

// Translation is the same page in another language.
type Translation struct {
	Lang, Dir string
	Name      string // of the language, in that language
	Href      string // relative
	Absolute  string // with the base URL, when the site has one
}

// Relation is one way in which a page stands to others: what it implements, or
// where it is taught.
type Relation struct {
	Label string
	Links Links // Name may stand without Href: somebody without a page
}

// Date is a day; both fields are empty when there is none.
type Date struct {
	ISO  string // 2026-11-22, or with a time of day in RFC 3339
	Text string // in the page's language
}

// Banner tells the reader something about the whole page.
type Banner struct {
	Kind string // draft, future, expired, staff, superseded, retired
	Text string
	Link Link // what to read instead; Href is "" where there is none
}

// Control is what a document says about who looks after it and how long it
// holds. Texts are "" and dates empty where nothing is said.
type Control struct {
	Strip      bool   // there is enough to say for a title block
	Controlled bool   // it has a version, a day from which it is in force, or an approval
	State      string // its status in the page's language; "" when nothing is said
	Owner      Link   // Name may stand without Href: somebody without a page
	Approver   Link
	Version    string
	Effective  Date // in force from
	Reviewed   Date // last
	Review     Date // next; empty for documents that are no longer in force
	Overdue    bool // the next review lies behind us
	Department template.HTML
	Applies    template.HTML // in which jurisdictions
	OwnerText  template.HTML // the owner's name with its blanks as places to fill in; "" without any
	Replaces   Links
	Printed    string // for the margin of a printed page; "" unless Controlled
}

// Log is what changed in a document, and what its readers sign for.
type Log struct {
	ID      string   // of the heading
	Version string   // of the document as it stands; may be empty
	InText  bool     // the text says it too, as a table of the author's
	Changes []Change // the newest first
	Known   Links    // earlier versions that a reader may know, the newest first: where what changed since is shown

	// Opens are the elements, the outermost first, that stand around what
	// changed since a version. Each ends before the change with its ID.
	Opens []Since

	Sign  string // which version is signed for; "" where nobody signs
	Holds string // that signatures for an earlier version still hold; "" where they do not, or it is the same
	Sheet Sheet  // the staff edition's only
}

// Change is one entry of a Log.
type Change struct {
	ID                   string // of the element that ends before it; "" for none
	Version              string
	Date                 Date
	Summary, Because, By string
	Material             bool
	Text                 Link // to the text of that version; Href is "" where it is not kept
}

// Since is the element around all changes since a version.
type Since struct{ ID, Version string }

// Sheet is what one signs by hand; Title is "" where there is none.
type Sheet struct {
	Title, Version string
	Effective      Date
	Wording        string     // what the signature says
	Rows           []struct{} // room for signatures
}

// Document is a folder, or the whole site, on one page for paper.
type Document struct {
	Changed   Date   // the newest day on which a page of it was published or changed
	CountText string // "12 pages"
	Parts     []Part // in reading order
}

// Part is one page of a Document. All ids in Content, and the links to them,
// begin with its own ID and a hyphen; its headings stand below its title.
type Part struct {
	ID        string // unique in the document
	Level     int    // of its title: 2 for what stands at the top, at most 6
	Lang, Dir string // "" when they are the document's

	Title              string
	Heading            template.HTML // as a page has it
	ShowTitle          bool          // false when the content begins with the title itself
	Type, TypeName     string
	Published, Updated Date
	Banners            []Banner
	Content            template.HTML // "" for a folder that nobody wrote a page for

	// The list of contents after this entry: does one list deeper begin, or
	// else how many end?
	Deeper bool
	Ends   int
}

// Comments is what readers said of a page, and how they may say more.
type Comments struct {
	State  string // "open", "closed", or "" for none
	Items  []Comment
	Mail   string // a mailto address; "" where there is none
	Link   Link   // where comments are taken; Href is "" where there is none
	Notice string // what becomes of what one sends; may be empty
}

// Comment is one contribution; all of it is plain text.
type Comment struct {
	Number int // from 1
	Depth  int // 0; 1 to 3 for a reply
	Author string
	Date   Date
	Text   []string // paragraphs, whose lines may be broken
	To     int      // the number of the comment that it answers; 0 for none
	ToText string   // "Reply to Ann"
}

// Redirect is what layouts/redirect.html sees: an old address.
type Redirect struct {
	Site      Site
	Words     Words
	Lang, Dir string
	Title     string // of the page that it leads to
	Href      string // relative
	Canonical string // full; "" without a base URL
	Icon      string // relative
}

// Piece is what pieces/head.html, header.html and footer.html see. They are
// rendered once for all pages of a folder depth and section.
type Piece struct {
	Site       Site
	Words      Words
	Root       string // as in View
	Stylesheet string
	Script     string
	Icon       string // the logo, or the theme's own mark
	Logo       string // "" without a logo
	LogoWidth  int    // pixels at a height of 32; 0 where nobody knows
	Home       Link
	Search     Link   // where a search leads without a script; Href is "" on a site without pages
	SearchWith string // the search's script, to be loaded when somebody wants to search; "" where Search is
	SearchLook string // and its sheet
	Feed       Link   // what one subscribes to, of the site or the language; Href is "" where there is none
	Nav        Links  // the sections at the top
	Lists      Links  // tags, authors, archive and series, where the site has them
}

// Sidebar is what pieces/sidebar-open.html and sidebar-close.html see: a window
// on one section's pages.
type Sidebar struct {
	Words          Words
	Section        Link
	AllText        string // "All 312 pages"; "" when the window shows them all
	Earlier, Later Link   // the neighbouring windows; Href is "" where there is none
}

// SidebarItem is what pieces/sidebar-item.html sees: a page of the section.
type SidebarItem struct {
	Link   Link
	Folder bool
}
