package theme

// Sum is a calculator: figures that readers may change, and what comes of them.
// Texts are plain; numbers are written as the page's language does.
type Sum struct {
	Inputs  []Figure
	Outputs []Figure
}

// Figure is one number of it.
type Figure struct {
	Name, Label   string
	Before, After string // the unit, on the side where the language has it
	Text          string // the example's number; a dash where there is none
	Formula       string // of what is worked out
}
