// Package page holds the nouns: everything that can be known from ONE source
// file, as plain values.
//
// A [Page] is made by the markdown room and never changed afterwards, so it
// may be kept and shared between builds, profiles and editions. What only the
// whole site knows (addresses, neighbours, backlinks, the words of a blank) is
// not here; where the body needs such a thing it has a hole. The package does
// no input or output and imports only the standard library.
//
// Start at [Page], then [Body], then [Meta].
package page

import (
	"slices"

	"peppermill/internal/diag"
)

// Sum is a SHA-256 of the input that a value was made from.
type Sum [32]byte

// Page is one source file, understood.
type Page struct {
	Path string // source path: slash-separated, relative to the content folder
	Sum  Sum    // of all that the parser saw: text, includes and options
	Lang string // BCP 47, from front matter, language folder or site

	Meta    Meta
	Title   Text // front matter, first H1, first sentence or file name; never empty
	Summary Text // description, else the start of the first paragraph; may be empty

	Body     Body
	Headings []Heading // in order of the document
	Anchors  []Anchor  // ids that a link may name beside the headings', in order
	Links    []Link    // in order of the document, unchecked; holes refer to them by index
	Blanks   []Blank   // every use of a blank in front matter and body, in order
	Attrs    []Attr    // attributes whose values hold blanks; holes refer to them by index

	Includes   []Include  // files of which lines stand in the body, in order
	StaffParts []diag.Pos // where parts of the body that are for staff only begin, in order

	Structures []Structure // what the body and the front matter say in known shapes, in order
	Calls      []Call      // what a procedure that follows up asks for again and again, in order

	// Topics, Phrases and Figures are only gathered where rules may ask for
	// them: on pages whose author shows a type, in a language whose words are
	// known. Surveyed says that they were.
	Surveyed bool
	Topics   []string // keys of what headings, columns and terms of the page speak of, sorted
	Phrases  []Phrase // known turns of phrase, in order
	Figures  []Figure // numbers with a unit, in order

	Words   int  // words in the body, for reading time
	HasCode bool // a highlighted block is on the page
	HideH1  bool // the body starts with its own H1, the layout must not show the title again

	// Broken means that the front matter could not be read, so that nobody can
	// say whether the page may be published. It is withheld.
	Broken bool
}

// Heading is one entry of the outline.
type Heading struct {
	Level int    // 1 to 6
	ID    string // unique in the page
	Text  Text
	Part  int // index into Body.Parts at which the heading's own element begins
	Staff bool
	Pos   diag.Pos
}

// Anchor is a place in the body that a link may name and that is no heading.
type Anchor struct {
	ID    string
	Staff bool
}

// Include is a file of which lines stand in a page.
type Include struct {
	Path  string // source path
	Staff bool   // all of these lines are for staff only
	Pos   diag.Pos
}

// LinkKind says how a link was written.
type LinkKind uint8

const (
	Inline   LinkKind = iota // [text](dest), [text][ref] and allowed raw HTML
	Image                    // ![alt](dest)
	Wiki                     // [[page]], [[page#anchor|text]]
	Autolink                 // <https://…>, bare https://…, name@example.com
)

// Link is a reference to something else, as the author wrote it.
type Link struct {
	Kind  LinkKind
	Dest  string // as written, entities and escapes resolved; may hold blanks
	Title Text   // the title attribute
	Alt   Text   // images: the alternative text
	Attrs []Attr // allowed attributes that the author set, in order
	Staff bool   // stands inside a staff-only part
	Pos   diag.Pos
	Width int // characters of the destination in the source, for the caret; 0 unknown
}

// Attr is one HTML attribute; the value is not yet escaped.
type Attr struct{ Name, Value string }

// Phrase is a turn of phrase that the rules know, as the body has it.
type Phrase struct {
	Key    string // the list that knows it: "cold", "unfair", …
	Text   string // as it is listed
	Beside bool   // beside what limits it: in a table, or with a link to it
	Pos    diag.Pos
	Width  int
}

// Figure is a number with a unit, such as 14 days.
type Figure struct {
	Number, Unit string // digits; the unit by the first of its names
	Near         string // the sentence around it, folded
	Pos          diag.Pos
	Width        int
}

// Blank is one use of %{name}.
type Blank struct {
	Name  string
	Staff bool
	Pos   diag.Pos
}

// Fact is what is said of a blank: what a person is asked for, and what stands
// there until somebody answers.
type Fact struct {
	Name    string
	Label   string // what stands on the line to fill in
	Kind    string // text, long, number, money, date, phone, e-mail or choice; "" is text
	Default string
	Fixed   bool // Default is the value for everybody: nobody is asked
	Help    string
	Example string
	Options []string // of a choice
	Aliases []string // other names that mean this blank
	Phrases []string // what sentences call the fact
	Pos     diag.Pos
}

// Called reports whether the name means this blank.
func (f *Fact) Called(name string) bool { return f.Name == name || slices.Contains(f.Aliases, name) }
