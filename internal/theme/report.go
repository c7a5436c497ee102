package theme

// Report is what layouts/report.html sees beside the page: what the whole
// playbook says when it is asked one thing.
type Report struct {
	Feed   string // leads to its own feed; "" where there is none
	Name   string // stages, plan, authority, …
	Lead   string // a sentence about it
	Shape  string // "table", "columns" or "ticks"
	Groups []ReportGroup
	Marked string // what the marks of lines mean, in words; "" where there are none
}

// ReportGroup is a part of a report.
type ReportGroup struct {
	Title Link // Href may be "", and both where a report has one part
	Heads []string
	Lines []ReportLine
}

// ReportLine is one row.
type ReportLine struct {
	Mark    string // "good", "missing", "late" or ""
	Entries []ReportEntry
}

// ReportEntry is one cell.
type ReportEntry struct {
	Name string // of its column; "" without columns
	Href string // "" where it leads nowhere
	Text string
	Date Date
}
