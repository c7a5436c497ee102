package theme

import "html/template"

// Forms are the ways in which a page can be filled in on its reader's device.
type Forms struct {
	Ticks  bool   // it has questions to tick
	Quiz   bool   // it has questions with answers to choose from
	Levels bool   // it has a rubric, or a ladder, with levels to tick
	Needed string // how many of them must be right; "" when nothing is said

	Session []SessionStep // the steps of a session that have a number of minutes
}

// SessionStep is one step of a session by the clock.
type SessionStep struct {
	Minutes        int
	Prompt, Result template.HTML // Result is what is on paper afterwards; may be empty
}
