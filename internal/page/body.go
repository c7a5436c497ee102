package page

// Body is the page's content: one string of markup and a flat list of parts
// that cover it from start to end without overlap. Parts of kind Hole are
// empty places between the others: what stands there is only known when the
// whole site is. One parse so serves every profile, edition and address.
//
// The compact form (one string, about two bytes a part) is what lets ten
// thousand pages stay in memory.
type Body struct {
	Markup string
	Parts  Parts
	Words  []string // keys of interface words that HoleWord parts refer to
}

// Part is one piece of a Body.
type Part struct {
	Kind       PartKind
	Hole       HoleKind // for Kind Hole
	Ref        uint32   // what the hole refers to, see HoleKind
	Start, End uint32   // bytes of Body.Markup; equal for holes
}

// PartKind says what the bytes of a part are.
type PartKind uint8

const (
	Markup   PartKind = iota // HTML elements; also highlighted code
	Prose                    // escaped words of running text: searched, may gain glossary links
	Verbatim                 // escaped words of code and fixed text: searched, never linked
	Hole
)

// HoleKind says what one file cannot know. Open and close holes are properly
// nested with each other and with the markup's elements.
type HoleKind uint8

const (
	NoHole     HoleKind = iota
	LinkOpen            // Ref: index in Page.Links. Becomes <a href=…>, or nothing when the link cannot be followed
	LinkClose           // Ref: the same index
	LinkTitle           // Ref: index in Page.Links. A wiki link without text: the target's title
	Picture             // Ref: index in Page.Links. Becomes the whole <img>
	BlankHole           // Ref: index in Page.Blanks. Becomes the value, or the blank's label as something to fill in
	Word                // Ref: index in Body.Words. A word of the interface, in the page's language
	Attribute           // Ref: index in Page.Attrs. Stands inside a tag and becomes the attribute, its blanks filled
	StaffOpen           // what follows is for staff only… Ref: Framed, Within or Bare
	StaffClose          // …until here. Ref: as of its StaffOpen
)

// Refs of StaffOpen and StaffClose.
const (
	Framed = 0 // around blocks
	Within = 1 // within a line
	Bare   = 2 // around anything, and a frame is not wanted
)

// Text is plain text in which %{name} is a blank and \%{ a literal "%{". It is
// never HTML: whoever shows it escapes it.
type Text string
