package site

import "peppermill/internal/page"

// Report is what the whole playbook says when it is asked one thing: who may
// give what, what is due, who wears which hat. Its texts are plain, with
// blanks filled.
type Report struct {
	Name   string // stages, plan, authority, …; its words are "report.NAME" and "report.NAME.lead"
	Shape  Shape
	Groups []Group
}

// Shape says how a report is best shown.
type Shape uint8

const (
	Table   Shape = iota // a table, or one for each group
	Columns              // lists side by side, one for each group
	Ticks                // a list to tick, kept on the reader's device
)

// Group is a part of a report.
type Group struct {
	Word  string // key of its title, where the interface has a word for it
	Title string // else its title; both "" for a report in one part
	Page  *Page  // what it is about; may be nil
	Heads []string
	Lines []Line // each with as many entries as there are Heads, or with one
}

// Line is one row of a report.
type Line struct {
	Entries []Entry
	Mark    string // "good", "missing", "late" or ""
}

// Entry is one cell: a text, a word of the interface, a page, a day, or some
// of these together.
type Entry struct {
	Text     string
	Word     string // key of a word; follows the text
	Page     *Page  // what it leads to; its name is shown where there is no text
	Fragment string // of the page
	Day      page.Date
}

// Said is the name of the report "You said, we did"; each of its lines has what
// was said, what was done, the day and the page.
const Said = "said"

// overviewFolder is where the reports lie.
const overviewFolder = "overview"

// inquiry makes one report of the pages of one language.
type inquiry struct {
	name  string
	staff bool // for the staff edition only
	shape Shape
	ask   func(*linker, *tree, []*Page) []Group
}

// inquiries are all reports, in the order in which the overview shows them.
func inquiries() []inquiry {
	return []inquiry{
		{"plan", false, Columns, (*linker).askPlan},
		{"stages", false, Columns, (*linker).askStages},
		{"departments", false, Columns, (*linker).askDepartments},
		{"stories", false, Columns, (*linker).askStories},
		{"channels", false, Table, (*linker).askChannels},
		{"questions", false, Table, (*linker).askQuestions},
		{Said, false, Table, (*linker).askSaid},
		{"readiness", false, Ticks, (*linker).askReadiness},
		{"hats", true, Table, (*linker).askHats},
		{"authority", true, Table, (*linker).askAuthority},
		{"owner-only", true, Table, (*linker).askOwnerOnly},
		{"coverage", true, Table, (*linker).askCoverage},
		{"reviews", true, Table, (*linker).askReviews},
		{"sign-off", true, Table, (*linker).askSignOff},
		{"measures", true, Table, (*linker).askMeasures},
		{"claims", true, Table, (*linker).askClaims},
	}
}

// reports makes the reports that have something to say, and above them the
// page that lists them. Like documents for paper they take addresses that
// nobody else wants.
func (l *linker) reports() {
	if !l.cfg.Overview {
		return
	}
	for _, t := range l.trees {
		pages := l.inForce(t)
		if t.home == nil || !playbook(pages) {
			continue
		}
		var made []*Page
		for _, q := range inquiries() {
			if q.staff && !l.site.staff {
				continue
			}
			groups := q.ask(l, t, pages)
			if len(groups) == 0 {
				continue
			}
			p := l.reportPage(Reported, t, under(overviewFolder, q.name), "report."+q.name)
			p.Report = &Report{Name: q.name, Shape: q.shape, Groups: groups}
			made = append(made, p)
		}
		if len(made) == 0 {
			continue
		}
		above := l.reportPage(Overview, t, overviewFolder, "overview")
		above.Items = made
		for _, p := range made {
			p.Parent = above
		}
		chain(made)
	}
}

// reportPage makes a page that no file stands for, at the first of NAME,
// NAME-2 and so on that belongs to nobody.
func (l *linker) reportPage(kind Kind, t *tree, name, word string) *Page {
	p := l.add(kind, nil, t)
	p.Parent, p.listed = t.home, true
	p.Title = l.word(t, word)
	p.Name = p.Title
	p.Address = l.unclaimed(t.folder, name)
	if key := addressStem(p.Address); l.names.source[key] == nil && l.names.folder[key] == nil {
		l.nameAddress(p)
	}
	return p
}

// inForce lists the pages of a language that somebody wrote and that hold, in
// reading order of the site.
func (l *linker) inForce(t *tree) []*Page {
	var out []*Page
	var walk func(*Page)
	walk = func(p *Page) {
		if p.Source != nil {
			out = append(out, p)
		}
		for _, c := range p.Children {
			walk(c)
		}
	}
	if t.home != nil {
		walk(t.home)
	}
	return out
}

// playbook reports whether the pages are a playbook's: a site of articles and
// notes has nobody's hats to show.
func playbook(pages []*Page) bool {
	for _, p := range pages {
		switch m := &p.Source.Meta; m.Type {
		case "policy", "procedure":
			if c := &m.Control; !m.TypeImplied || m.Owner != "" || c.Version != "" || c.Approver != "" || !c.NextReview().IsZero() {
				return true
			}
		}
	}
	return false
}

func onlyType(pages []*Page, types ...string) []*Page {
	var out []*Page
	for _, p := range pages {
		for _, t := range types {
			if p.Source.Meta.Type == t {
				out = append(out, p)
			}
		}
	}
	return out
}
