package page

// Call is what a procedure that follows up asks somebody to do again and again.
type Call struct {
	Text    Text // the step; "" where it is the procedure as a whole
	Who     Text
	When    Text // as it is written
	Cadence Cadence
	Staff   bool // for the staff edition only
}

// Cadence is how often something is done: every so many days, weeks, months or
// years.
type Cadence struct {
	Every int
	Unit  string // day, week, month or year
	Days  []int  // of the week, Monday is 0; none where nothing is said of them
}
