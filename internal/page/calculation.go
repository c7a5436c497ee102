package page

// Calculation is what a calculator asks for, and what it works out from that, with an
// example for each.
type Calculation struct {
	Inputs  []Input
	Outputs []Output
	Staff   bool // for the staff edition only
}

// Input is a figure that goes into a sum.
type Input struct {
	Name        string // as formulas know it
	Label, Unit Text
	Example     float64
}

// Output is a figure that is worked out. Later formulas know it by its name.
type Output struct {
	Name, Formula string
	Label, Unit   Text
	Value         float64 // of the example; not finite where there is none
}
