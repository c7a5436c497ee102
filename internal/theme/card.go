package theme

import "html/template"

// Card is what layouts/card.html sees: a page's steps and what belongs to them,
// so much of it as fits one side of paper. Texts may have places to fill in.
type Card struct {
	Size  string // "large", "medium", "small" or "least": how big its words can be
	Page  Link   // whose card it is
	Title template.HTML
	Lead  template.HTML // its promise, or its first words
	Steps []CardStep
	Give  []CardLine // who may give what; the staff edition's only
	Say   []CardLine // words to say, and when
	Said  []CardSaid // of a poster of what was said, and what was done about it; the newest first
	Fetch Links      // who comes next; Name may stand without Href
	More  string     // that the page says more; "" when all of it is here
	Held  string     // version and next review; may be empty
}

// Panel is what somebody needs at once who stands before a customer: what to
// say, what one may give, who comes next, and by when. Known is false where the
// page says too little of it, or is not about such a moment.
type Panel struct {
	Known       bool
	Say, Give   []CardLine // the first ones
	Fetch       Links
	First, Last template.HTML // the limits of time of the first step that has one, and of the last
}

// CardSaid is what somebody said, and what was done about it.
type CardSaid struct {
	Because, Did, Of string // Of is the document that was changed
	Day              Date
}

// CardStep is one step.
type CardStep struct {
	Text, Who, Clock template.HTML
	Under            []template.HTML
}

// CardLine is a text with what it is for.
type CardLine struct{ For, Text, Then template.HTML }
