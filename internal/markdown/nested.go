package markdown

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/schema"
)

// Structures may be written in the front matter too, as lists. Such a list is
// put into the Markdown that its author would have written, and that is parsed
// and written like any other part of the body, at its end. So the two ways say
// the same by construction, and everybody downstream sees one of them.

// nested is one structure of the front matter.
type nested struct {
	structure int
	field     page.Field
	out       strings.Builder
	places    []diag.Pos // of each line of out
	credits   []schema.Credit
	hidden    []bool // by row: it says that it is for staff
}

// appended is what the writer knows of the part that it is in, when that was
// made of front matter.
type appended struct {
	on        bool
	structure int
	places    []diag.Pos
	credits   []schema.Credit // of the steps still to come
}

// next is called when a step was read.
func (a *appended) next() {
	if len(a.credits) > 0 {
		a.credits = a.credits[1:]
	}
}

// nestedParts writes what the front matter says in known shapes, where the
// text does not say it.
func (w *work) nestedParts() {
	if w.shapes.scope == 0 {
		return
	}
	said := make([]string, 0, 8)
	for _, s := range w.page.Structures {
		said = append(said, s.Kind)
	}
	for _, f := range w.page.Meta.Tree.Fields {
		if f.Value.Kind != page.List || len(f.Value.Items) == 0 {
			continue
		}
		i := schema.StructureByKey(f.Key)
		if !w.shapes.scope.Has(i) {
			continue
		}
		n := &nested{structure: i, field: f}
		if !n.write(w.shapes.lex) {
			continue
		}
		if slices.Contains(said, schema.Structures()[i].Kind) {
			w.report(diag.Diagnostic{Rule: RuleTwice, Pos: f.Pos, Width: utf8.RuneCountInString(f.Key),
				Message: quoted(f.Key) + " stands in the front matter and in the text; what the text says counts",
				Hint:    "keep one of the two"})
			continue
		}
		if schema.Structures()[i].Kind == "changes" {
			w.unwritten(n)
		} else if !slices.ContainsFunc(f.Value.Items, page.Value.SaysStaff) {
			w.append(n)
		} else {
			w.apart(i, f)
		}
	}
}

// apart writes the items of a list that are for everybody, and then, as a part
// for staff, those that say that they are for them.
func (w *work) apart(structure int, f page.Field) {
	all := f.Value.Items
	for _, staff := range []bool{false, true} {
		f.Value.Items = slices.DeleteFunc(slices.Clone(all), func(v page.Value) bool { return v.SaysStaff() != staff })
		n := &nested{structure: structure, field: f}
		if len(f.Value.Items) == 0 || !n.write(w.shapes.lex) {
			continue
		}
		if !staff {
			w.append(n)
			continue
		}
		w.here = nil
		w.page.StaffParts = append(w.page.StaffParts, f.Value.Items[0].Pos)
		w.openStaffPart()
		w.append(n)
		w.closeStaffPart()
	}
}

// unwritten takes the rows of one part and leaves out its markup: layouts show
// the log of a document in their own way, below the page.
func (w *work) unwritten(n *nested) {
	w.out.split()
	buf, parts, headings := len(w.out.buf), len(w.out.parts), len(w.page.Headings)
	w.append(n)
	w.out.buf, w.out.parts, w.page.Headings = w.out.buf[:buf], w.out.parts[:parts], w.page.Headings[:headings]
	for i := range w.page.Structures {
		if s := &w.page.Structures[i]; s.Kind == "changes" {
			s.Heading = "" // which is not there
			for j := range s.Rows {
				s.Rows[j].Staff = s.Rows[j].Staff || n.secret(j, len(s.Rows))
			}
		}
	}
}

// secret reports whether a row is for staff; any may be where the rows that
// were read are not those that were written.
func (n *nested) secret(row, rows int) bool {
	if rows == len(n.hidden) {
		return n.hidden[row]
	}
	return slices.Contains(n.hidden, true)
}

// append parses and writes one part.
func (w *work) append(n *nested) {
	src, lines, under := w.src, w.lines, w.shapes
	w.src = []byte(n.out.String())
	w.lines = newLineIndex(w.src)
	w.marksAt, w.tally = nil, tally{}
	w.from = appended{on: true, structure: n.structure, places: n.places, credits: n.credits}
	pc := parser.NewContext()
	pc.Set(workKey, w)
	root := w.p.md.Parse(text.NewReader(w.src), parser.WithContext(pc))
	w.hide(root)
	w.blocks(root)
	w.from = appended{}
	w.marksAt = nil
	w.src, w.lines, w.shapes = src, lines, under
}

// line adds a line of Markdown that says what stands at a place.
func (n *nested) line(pos diag.Pos, parts ...string) {
	for _, p := range parts {
		n.out.WriteString(p)
	}
	n.out.WriteByte('\n')
	n.places = append(n.places, pos)
}

// write puts the list into Markdown. It reports whether it could be understood.
func (n *nested) write(lex *schema.Lexicon) bool {
	list, ok := lex.Items(n.structure, n.field.Value)
	if !ok {
		return false
	}
	for _, item := range list {
		n.hidden = append(n.hidden, item.Staff)
	}
	n.line(n.field.Pos, "## ", oneLine(lex.Title(n.structure)))
	n.line(n.field.Pos)
	switch s := &schema.Structures()[n.structure]; {
	case s.Kind == "steps":
		n.steps(list)
	case s.Kind == "items":
		n.items(list, lex)
	case s.Kind == "quiz":
		n.quiz(list)
	case s.Kind == "exercises":
		n.exercises(list)
	case s.Kind == "terms":
		for _, item := range list {
			n.line(item.Pos, startsText(item.Cells[0]))
			n.line(item.Pos, ": ", startsText(item.Cells[1]))
			n.line(item.Pos)
		}
	case s.Shape&schema.Tabular != 0 && !onlyMain(list):
		n.table(list, lex)
	default:
		for _, item := range list {
			n.line(item.Pos, "- ", startsText(item.Cells[0]))
		}
	}
	return true
}

// onlyMain reports whether no item says more than its main column.
func onlyMain(list []schema.Item) bool {
	for _, item := range list {
		for _, c := range item.Cells[1:] {
			if c != "" {
				return false
			}
		}
	}
	return true
}

// oneLine is a text without line breaks.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// startsText is a text that may stand at the start of a line or item and is
// not taken for something else there.
func startsText(s string) string {
	s = oneLine(s)
	if s == "" {
		return s
	}
	switch c := s[0]; {
	case strings.IndexByte("#>~:|=_<", c) >= 0,
		strings.IndexByte("-+*", c) >= 0 && (len(s) == 1 || s[1] == ' ' || s[1] == c || s[1] == '['),
		strings.HasPrefix(s, "```"), strings.HasPrefix(s, "!!!"), strings.HasPrefix(s, "???"), strings.HasPrefix(s, "[ ]"),
		len(s) > 2 && c == '[' && s[2] == ']', strings.HasPrefix(s, "[^"), c == '[' && strings.Contains(s, "]:"):
		if c != '*' || s == "*" || s[1] != '*' {
			return `\` + s
		}
	case c >= '0' && c <= '9':
		i := 0
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
		if i < len(s) && (s[i] == '.' || s[i] == ')') {
			return s[:i] + `\` + s[i:]
		}
	}
	return s
}

// table writes the columns that any of the items has.
func (n *nested) table(list []schema.Item, lex *schema.Lexicon) {
	var head, rule strings.Builder
	var used []int
	for _, c := range schema.Structures()[n.structure].Order() {
		if slices.ContainsFunc(list, func(i schema.Item) bool { return i.Cells[c] != "" }) {
			used = append(used, c)
			head.WriteString("| " + inCell(lex.ColumnTitle(n.structure, c)) + " ")
			rule.WriteString("|---")
		}
	}
	n.line(n.field.Pos, head.String(), "|")
	n.line(n.field.Pos, rule.String(), "|")
	for _, item := range list {
		var row strings.Builder
		for _, c := range used {
			row.WriteString("| " + inCell(item.Cells[c]) + " ")
		}
		n.line(item.Pos, row.String(), "|")
	}
}

func inCell(s string) string { return strings.ReplaceAll(oneLine(s), "|", `\|`) }

// steps: step, who, clock, if; what follows if stands below the step.
func (n *nested) steps(list []schema.Item) {
	for i, item := range list {
		n.line(item.Pos, strconv.Itoa(i+1), ". ", n.credited(item.Cells[0], item.Cells[1], item.Cells[2]))
		for _, u := range item.Under {
			then := u.Cells[0]
			if u.Cells[3] != "" && then != "" {
				then = u.Cells[3] + ": " + then
			}
			n.line(u.Pos, "    - ", startsText(then), inBrackets(oneLine(u.Cells[1]), oneLine(u.Cells[2])))
		}
	}
}

// credited is a step with its person and time in brackets.
func (n *nested) credited(step, who, clock string) string {
	step, who, clock = startsText(step), oneLine(who), oneLine(clock)
	credit := schema.Credit{Who: who != "", Time: clock != "", Commas: strings.Count(who, ",")}
	n.credits = append(n.credits, credit)
	return step + inBrackets(who, clock)
}

func inBrackets(who, clock string) string {
	switch {
	case who != "" && clock != "":
		return " (" + who + ", " + clock + ")"
	case who != "" || clock != "":
		return " (" + who + clock + ")"
	}
	return ""
}

// exercises: exercise, kind, time.
func (n *nested) exercises(list []schema.Item) {
	for i, item := range list {
		kind := ""
		if item.Cells[1] != "" {
			kind = "**" + oneLine(item.Cells[1]) + ".** "
		}
		n.line(item.Pos, strconv.Itoa(i+1), ". ", kind, n.credited(item.Cells[0], "", item.Cells[2]))
	}
}

// items: question, group, want. Those without a group come first.
func (n *nested) items(list []schema.Item, lex *schema.Lexicon) {
	group := ""
	for _, first := range []bool{true, false} {
		for _, item := range list {
			if (item.Cells[1] == "") != first {
				continue
			}
			if item.Cells[1] != group {
				group = item.Cells[1]
				n.line(item.Pos)
				n.line(item.Pos, "### ", oneLine(group))
				n.line(item.Pos)
			}
			want := ""
			if lex.No(item.Cells[2]) {
				want = " (" + lex.Word("answer.no") + ")"
			}
			n.line(item.Pos, "- [ ] ", oneLine(item.Cells[0]), want)
		}
	}
}

// quiz: question, option, right, reason.
func (n *nested) quiz(list []schema.Item) {
	for _, item := range list {
		n.line(item.Pos, "### ", oneLine(item.Cells[0]))
		n.line(item.Pos)
		for _, u := range item.Under {
			box := "- [ ] "
			if u.Cells[2] != "" {
				box = "- [x] "
			}
			n.line(u.Pos, box, oneLine(u.Cells[1]))
		}
		n.line(item.Pos)
		if item.Cells[3] != "" {
			n.line(item.Pos, "> ", startsText(item.Cells[3]))
			n.line(item.Pos)
		}
	}
}
