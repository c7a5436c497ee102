package theme

// Asides is what a page says beside its text. Texts are plain, with blanks
// filled.
type Asides struct {
	Any         bool // there is something below the text
	Perspective string
	Action      Link // Href is "" where there is none
	Story       Story
	Quotes      []Quote
	Debate      Debate
	Sources     []Source
	Claims      []Claim // those without a source, and opinions
}

// Story is whose story a case study is, and how it is known.
type Story struct {
	Business, Location, Industry string
	Evidence                     string // a sentence; "" when nothing is said
	Results                      []Result
	Lesson                       string // the first; "" when there is none
}

// Result is a figure of what came of a story.
type Result struct {
	Name, Before, After string // Before may be empty
	Over                string // how long it took; may be empty
}

// Quote is what somebody said.
type Quote struct {
	Text, Who, Role string
	Consent         string // a word about it; "" when nothing is said
}

// Debate is a question with two sides.
type Debate struct {
	Question     string
	For, Against []string
}

// Source is something that a page leans on.
type Source struct {
	Link      Link
	Publisher string
	Accessed  Date
}

// Claim is a statement that has no source.
type Claim struct{ Text, State string }
