package page

import (
	"time"

	"peppermill/internal/diag"
)

// Meta is the envelope: what the front matter says, typed where the product
// knows the field, and the whole tree of values beside it.
type Meta struct {
	Tree Value // everything, in source order; the schema's rules and the site's own parameters read this

	Title       Text
	LinkTitle   Text // a shorter title for lists and crumbs
	Description Text
	Type        string // as written or implied by the folder; "" is "page"
	TypeImplied bool   // the folder said so, not the author: gives advice only
	Modelled    bool   // the front matter shows that the author means the type: only then do its rules speak
	Kind        string
	ID          string

	Slug    string // replaces the last element of the address
	URL     string // replaces the whole address
	Aliases []Ref  // old addresses
	Date    Date   // published on
	Updated Date   // changed on
	Publish Date   // not before
	Expires Date   // not from then on
	Draft   bool   // draft: true, or status: draft
	Status  Status
	Visible Visibility

	Owner     string
	Authors   []string
	Tags      []string
	Audience  []string
	Stage     []string // before, during, after
	Series    string
	Part      int // place in the series, 0 when not said
	Weight    int // place among the neighbours
	HasWeight bool

	Control Control
	Taught  Ref    // the version of the policy that the page was made from
	Edges   []Edge // what the page says of its place among others, in the order of the schema's table

	Comments     Comments
	CommentURL   string // where to comment on this page, as written
	CommentsData string // the name of its thread, where that is not the page's own

	Pass       string   // how much of a quiz must be right, as written: 80, 80 %, 4 of 5
	Blanks     []Fact   // what the page says of its blanks, in order
	Outputs    []string // other forms in which the page is to be made…
	HasOutputs bool     // …where the author says so; an empty list is an answer

	NoGlossary bool     // words of the page, and of a folder's pages, lead to no meanings, and no words to it
	OtherNames []string // of a term: what else it is called

	Lang          string
	TranslationOf Ref
	Related       []Ref
	Search        SearchHints

	Asides Asides
	Sum    Calculation
}

// Ref names another page or address, with its place for findings.
type Ref struct {
	Text  string
	Pos   diag.Pos
	Width int
}

// Edge is one claim about how the page stands to another, or to a person: it
// implements that policy, or that role stands in for it.
type Edge struct {
	Field *EdgeField
	Ref
}

// EdgeField is a row of the schema's table of such claims. It is shared.
type EdgeField struct {
	Name  string
	To    []string // types of the pages that it may lead to; none: of any
	Names bool     // leads to a role or a person, who may have no page
	Staff bool     // only staff are told
}

// SearchHints are a page's own wishes for the index.
type SearchHints struct {
	Boost   float64 // 1 is usual
	Exclude bool
	Apart   bool // of a folder's page: what is below it is searched apart from the rest
}

// Date is a moment as an author writes it. Zero means not given.
type Date struct {
	Time    time.Time // in the zone that was written, UTC when none was
	HasTime bool      // a time of day was written
	Pos     diag.Pos
}

// IsZero reports whether no date was given.
func (d Date) IsZero() bool { return d.Time.IsZero() }

// Status is where a document stands. The zero Status is "current".
type Status uint8

const (
	Current Status = iota // nothing said: in force
	Draft
	Template
	InReview
	Approved
	Superseded
	Retired
)

// String gives the word that front matter uses.
func (s Status) String() string {
	return [...]string{"current", "draft", "template", "in-review", "approved", "superseded", "retired"}[s]
}

// Visibility says which edition a page belongs to.
type Visibility uint8

const (
	Unsaid Visibility = iota // the site decides, by type
	Public
	Staff
)
