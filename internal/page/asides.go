package page

import "peppermill/internal/diag"

// Asides is what a page says beside its text, in its front matter. Addresses
// are among the page's links too, so that they are checked like any other.
// What is marked as Staff is for the staff edition only.
type Asides struct {
	Perspective Text // from whose side the page is told
	Action      Action
	Story       Story
	Quotes      []Quote
	Debate      Debate
	Sources     []Source
	Claims      []Claim
}

// Action is what a reader may do next.
type Action struct {
	Label Text
	URL   Ref
	Link  int // index in Page.Links, plus one; 0 for none
	Staff bool
}

// Story is whose story a case study is, and how it is known.
type Story struct {
	Business, Location Text
	Industry           []string
	Evidence           string // firsthand, client, published, composite, fictional, or ""
}

// Quote is what somebody said.
type Quote struct {
	Text, Who, Role Text
	Consent         string // granted, public, anonymised, or ""
	Staff           bool
	Pos             diag.Pos
}

// Debate is a question with two sides.
type Debate struct {
	Question     Text
	For, Against []Text
	Staff        bool
}

// Source is something that a page leans on.
type Source struct {
	Title, Publisher Text
	URL              Ref
	Accessed         Date
	Link             int // as in Action
	Staff            bool
}

// Claim is a statement of a page's with what it leans on.
type Claim struct {
	Text   Text
	Source Text   // may be empty
	Status string // cited, uncited or opinion; cited where only a source is named
	Staff  bool
	Pos    diag.Pos
}
