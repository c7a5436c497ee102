// Package word makes Word files: a page's painted content becomes a .docx
// (Office Open XML, ISO/IEC 29500 transitional) that Word, LibreOffice and
// Google Docs edit as if it had been typed there.
//
// In: a [Document] of plain values, among them the page's markup as the painter
// has written it, and the bytes of its pictures. Out: the bytes of a file. Equal
// documents give equal bytes: parts stand in one order, and their times are
// those of no day.
//
// What readers of such a file lean on is real: headings are heading styles,
// lists are numbered by Word, notes are footnotes, a table's head repeats on
// every page, the box of a checklist can be ticked, and a blank is a content
// control with the blank's name as its tag. All looks are in styles, so whoever
// gets the file changes one style and not every paragraph.
//
// The room never reads a file, never looks at a clock, and knows nothing of
// Markdown or of other pages. Elements that it has no rule for are their
// content: nothing that could be read on the page is lost.
//
// Start at [Press.Write], then body.go, which walks through the markup.
package word

// Document is everything that a file is made from.
type Document struct {
	Lang   string // with a region, as Word wants it: "en-US", "ar-EG"
	Dir    string // "ltr" or "rtl"
	Letter bool   // US Letter, not A4
	Accent string // colour of lines, as six hexadecimal digits

	Name      string // the page's title as plain text
	Title     string // the same as markup, in which blanks are elements
	ShowTitle bool   // false when the content begins with the title itself
	Content   string // as painted; only links that are whole addresses become links

	Subject string // what the page is, in its language
	Summary string
	Creator string // who looks after it
	Created string // 2026-11-22T00:00:00Z; "" where nobody knows
	Changed string

	Banners []string // what the reader is told before all else
	Facts   []Fact   // the title block
	Header  string   // beside the title at the top of every page
	Footer  string   // at the foot of every page
	PageOf  string   // "Page {page} of {pages}"

	Pictures []Picture
}

// Fact is one entry of the title block.
type Fact struct{ Label, Value string }

// Picture is a picture that the content shows.
type Picture struct {
	Src string // as the content names it
	Sum [32]byte
}
