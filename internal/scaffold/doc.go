// Package scaffold is the pen: it makes new files in an author's folder, and
// changes a few lines of the settings of one that is there.
//
// In: what somebody answered ([Answers]), or what they want to write ([Kind]
// and a name). Out: [File] values, ready to be built without a finding, and
// [Create], which puts them into a folder, all of them or none. Everything a
// user typed is shown as the text it is: it passes through [answer], whose
// only forms are safe ones.
//
// For what somebody approves or has read again: the text of a page in, the
// text with other settings out ([Approve], [Verify], [Supersede]), and
// [Replace], which puts texts in the place of those that were read. Lines are
// changed, nothing is written anew: comments, order, quotes and line ends stay.
// What was made is read again and must say what was meant, and nothing else
// may have changed; else there is a refusal with the place and what to write.
// [Keep] is the text of a version, as it will be shown once it is no longer in
// force; [Replace] makes its file together with the change.
//
// What a policy says in, a course that teaches it out ([Course]); what somebody
// wrote on a worksheet in, the draft of a policy out ([Policy]).
//
// It never overwrites a file that it has not read, never leaves the folder it
// is given, never follows a link, and reads no content but the pages that it
// is to change and the texts that it has put away itself.
//
// A starter is a folder of templates for each of the [Trades], with shared for
// what they say alike; what its owner has to decide is a fact of the site.
//
// Start at [Starter] and [NewPage], then [Create]; or at [Approve], then
// sheet.go and [Replace].
package scaffold

import "peppermill/internal/diag"

// File is one file to create.
type File struct {
	Path string // slash-separated, relative to the content folder
	Data []byte
}

// Error says in plain words what cannot be done, and what to do instead.
type Error struct {
	Text string // one line; may hold what the user typed
	Hint string // one next step; may be empty
	Err  error  // the cause, or nil

	// At is where in an author's file the reason stands; its Path is empty when
	// the reason is no line of a file.
	At diag.Pos
}

// Error returns the text, and the cause where there is one.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Text + ": " + cause(e.Err)
	}
	return e.Text
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
