// Package scaffold is the pen: it makes new files in an author's folder.
//
// In: what somebody answered ([Answers]), or what they want to write ([Kind]
// and a name). Out: [File] values, ready to be built without a finding, and
// [Create], which puts them into a folder, all of them or none. Everything a
// user typed is shown as the text it is: it passes through [answer], whose
// only forms are safe ones. It never overwrites or changes a file that exists,
// never leaves the folder it is given, and reads no content but the names of
// files.
//
// Start at [Starter] and [NewPage], then [Create].
package scaffold

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
