package page

// Comments says whether readers may answer a page.
type Comments uint8

// The states of comments.
const (
	CommentsUnsaid Comments = iota // a page leaves it to the site; a site has none
	CommentsOff
	CommentsClosed // what was said is shown, and that no more is taken
	CommentsOpen   // and how to say something
)
