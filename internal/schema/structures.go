package schema

import (
	"slices"
	"strings"
)

// Shape is how a structure is written in a page's body.
type Shape uint8

// The shapes. A structure may have several.
const (
	Numbered  Shape = 1 << iota // a numbered list
	Bulleted                    // a list with bullets
	Tabular                     // a table with the structure's columns
	Tasks                       // a task list, under headings for groups
	Questions                   // questions as headings or bold lines, each with a task list
	Talk                        // :::say and :::avoid blocks
	Defined                     // a definition list
	AnyList         = Numbered | Bulleted
	NoShape   Shape = 0
)

// Structure is a row of the table of structures: something that pages say in a
// shape that the product knows, see [page.Structure]. The names by which its
// heading and its columns are known are words of the interface's files, under
// structure.KIND, column.KIND.NAME and column.NAME.
type Structure struct {
	Kind    string
	About   string
	Shape   Shape
	Types   []string // of the pages that have it; nil: of any known type
	Columns []Column // the first one is the main one
	Signs   []string // a table with all of these columns needs no known heading
	Staff   bool     // for the staff edition, unless it is marked as public
	List    bool     // in front matter an item may be text alone: that of the main column
}

// Column is one column of a structure.
type Column struct {
	Name  string
	Staff bool // this column is for the staff edition, unless it is marked as public
	First bool // in a table it stands before the main one
}

// Structures is the table of structures, in the order of the manual. The
// result is shared and must not be changed.
func Structures() []Structure { return structures }

// columns makes columns: "-name" is for the staff edition, "<name" stands before
// the main one in a table.
func columns(names ...string) []Column {
	out := make([]Column, len(names))
	for i, n := range names {
		name := strings.TrimLeft(n, "-<")
		out[i] = Column{Name: name, Staff: n[0] == '-', First: n[0] == '<'}
	}
	return out
}

var structures = []Structure{
	{Kind: "steps", About: "What is done, in order: each step with a person and a time, and what follows if.", Shape: Numbered | Tabular, List: true,
		Types: []string{"procedure", "policy", "standard", "playbook", "worksheet", "role"}, Columns: columns("step", "who", "clock", "if")},
	{Kind: "promises", About: "What a customer may count on, by whom and within what time.", Shape: Tabular | Bulleted, List: true,
		Types: []string{"policy", "standard", "playbook"}, Columns: columns("promise", "<case", "who", "within"), Signs: []string{"promise", "within"}},
	{Kind: "criteria", About: "What is looked at, and what each level of it looks like.", Shape: Tabular, List: true,
		Types: []string{"standard", "policy", "checklist"}, Columns: columns("name", "below", "acceptable", "excellent", "example"), Signs: []string{"below", "acceptable"}},
	{Kind: "authority", About: "Who may give how much without asking, and whom to ask then.", Shape: Tabular, Staff: true,
		Types: []string{"policy", "procedure", "role", "playbook", "standard"}, Columns: columns("may", "<who", "up_to", "then"), Signs: []string{"up_to"}},
	{Kind: "channels", About: "How the business is reached, when, how soon it answers, and whether by a person.", Shape: Tabular,
		Types: []string{"policy", "procedure", "standard", "playbook"}, Columns: columns("name", "hours", "first_reply", "human"), Signs: []string{"name", "first_reply"}},
	{Kind: "metrics", About: "What is counted: where it stood, where it should be, how often it is counted and from what.", Shape: Tabular,
		Types: []string{"worksheet", "playbook", "standard", "policy"}, Columns: columns("name", "last", "target", "cadence", "source"), Signs: []string{"target", "cadence"}},
	{Kind: "bands", About: "What a number of ticks or points means, and what to do next.", Shape: Tabular,
		Types: []string{"checklist", "standard", "worksheet", "module"}, Columns: columns("range", "from", "to", "meaning", "next"), Signs: []string{"range", "meaning"}},
	{Kind: "rungs", About: "A ladder: what each rung looks like and what leads to the next.", Shape: Tabular,
		Types: []string{"standard"}, Columns: columns("rung", "looks", "next"), Signs: []string{"rung", "looks"}},
	{Kind: "fit", About: "Kinds of customers or orders: how one knows them, and what is done.", Shape: Tabular,
		Types: []string{"policy", "procedure"}, Columns: columns("name", "signs", "action"), Signs: []string{"signs", "action"}},
	{Kind: "coverage", About: "What a guarantee covers, on what conditions, and what it does not.", Shape: Tabular,
		Types: []string{"policy"}, Columns: columns("covered", "conditions", "excluded"), Signs: []string{"covered", "excluded"}},
	{Kind: "changes", About: "Versions: from when, what changed, why, by whom, and whether it is material.", Shape: Tabular,
		Types: controlled, Columns: columns("summary", "<version", "<date", "because", "by", "material"), Signs: []string{"version", "summary"}},
	{Kind: "roles", About: "Hats: who wears them, and who stands in.", Shape: Tabular,
		Types: []string{"playbook", "role", "policy"}, Columns: columns("hat", "-holder", "-backup", "duties"), Signs: []string{"hat", "holder"}},
	{Kind: "responsibilities", About: "What a role answers for.", Shape: AnyList, List: true, Types: []string{"role"}, Columns: columns("duty")},
	{Kind: "interview", About: "Questions for people who want to have the job.", Shape: AnyList, List: true, Types: []string{"role", "checklist"}, Columns: columns("question")},
	{Kind: "items", About: "Questions to tick, in groups, with the answer that is wanted.", Shape: Tasks, List: true,
		Types: []string{"checklist", "procedure", "standard", "module", "course"}, Columns: columns("question", "group", "want")},
	{Kind: "quiz", About: "Questions with answers to choose from, the right one, and the reason.", Shape: Questions,
		Types: []string{"module", "course", "checklist", "policy"}, Columns: columns("question", "option", "right", "reason")},
	{Kind: "scripts", About: "What to say when, and what to avoid saying.", Shape: Tabular | Talk,
		Columns: columns("say", "<when", "-avoid"), Signs: []string{"say", "avoid"}},
	{Kind: "exercises", About: "What is practised: role-play, discussion or reflection.", Shape: AnyList | Tabular, List: true,
		Types: []string{"module", "course", "worksheet"}, Columns: columns("exercise", "kind", "clock"), Signs: []string{"exercise", "clock"}},
	{Kind: "discussion", About: "Questions to think about, or to talk about in a room.", Shape: AnyList, List: true, Columns: columns("question")},
	{Kind: "objectives", About: "What somebody can do after the lesson.", Shape: AnyList, List: true, Types: []string{"module", "course"}, Columns: columns("objective")},
	{Kind: "session", About: "A session by the clock: minutes, what is asked, and what is on paper afterwards.", Shape: Tabular,
		Types: []string{"worksheet", "module"}, Columns: columns("prompt", "<minutes", "result"), Signs: []string{"prompt", "minutes"}},
	{Kind: "results", About: "What came of it, measured before and after.", Shape: Tabular,
		Types: []string{"case-study"}, Columns: columns("metric", "before", "after", "period", "source"), Signs: []string{"before", "after"}},
	{Kind: "lessons", About: "What can be learnt from a story.", Shape: AnyList, List: true, Types: []string{"case-study"}, Columns: columns("lesson")},
	{Kind: "principles", About: "The few rules behind all others; each play and policy of the playbook shows them.", Shape: AnyList, List: true,
		Types: []string{"playbook"}, Columns: columns("principle")},
	{Kind: "terms", About: "Words with their meanings.", Shape: Defined,
		Types: []string{"term", "playbook", "policy"}, Columns: columns("term", "definition")},
}

// controlled are the types of documents that have a list of changes.
var controlled = []string{"policy", "procedure", "standard", "playbook", "checklist", "course", "module", "role", "worksheet"}

// Column returns the place of the column of that name, or -1.
func (s *Structure) Column(name string) int {
	return slices.IndexFunc(s.Columns, func(c Column) bool { return c.Name == name })
}

// Order is the order of the columns in a table.
func (s *Structure) Order() []int {
	var order []int
	for _, first := range []bool{true, false} {
		for i, c := range s.Columns {
			if c.First == first {
				order = append(order, i)
			}
		}
	}
	return order
}

// Names are the structure's columns by name, in order. The result is shared.
func (s *Structure) Names() []string { return columnNames[s.Kind] }

var columnNames = func() map[string][]string {
	all := make(map[string][]string, len(structures))
	for _, s := range structures {
		names := make([]string, len(s.Columns))
		for i, c := range s.Columns {
			names[i] = c.Name
		}
		all[s.Kind] = names
	}
	return all
}()

// Scope is a set of structures: those that a page may have.
type Scope uint64

// ScopeOf returns the structures of pages of the type. Pages without a known
// type have none: there a table is a table.
func ScopeOf(typ string) Scope {
	if known, ok := typeOf(typ); !ok || known.Name == "page" {
		return 0
	}
	return scopes[typ]
}

var scopes = func() map[string]Scope {
	all := make(map[string]Scope, len(types))
	for _, t := range types {
		for i, s := range structures {
			if s.Types == nil || slices.Contains(s.Types, t.Name) {
				all[t.Name] |= 1 << i
			}
		}
	}
	return all
}()

// Has reports whether the structure of that number belongs to the scope.
func (s Scope) Has(structure int) bool { return structure >= 0 && s>>structure&1 == 1 }

// StructureOf returns the number of a kind in the table, or -1.
func StructureOf(kind string) int {
	return slices.IndexFunc(structures, func(s Structure) bool { return s.Kind == kind })
}
