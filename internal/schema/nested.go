package schema

import (
	"slices"
	"strconv"
	"strings"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// Item is one row of a structure that stands in the front matter: the texts of
// its columns, in the structure's order, and what is nested in it.
type Item struct {
	Cells []string
	Under []Item
	Staff bool // it says that it is for staff
	Pos   diag.Pos
}

// Credit says what stands in the brackets after a step whose parts are known.
type Credit struct {
	Who, Time bool
	Commas    int // within the person
}

// keys are further keys of front matter that mean a structure.
var keys = map[string]string{"interview_questions": "interview", "glossary": "terms", "hats": "roles", "practice": "exercises", "change_log": "changes", "ladder": "rungs"}

// StructureByKey returns the structure that a key of front matter means, or -1.
func StructureByKey(key string) int {
	folded := fold(key)
	for i, s := range structures {
		if s.Kind == folded {
			return i
		}
	}
	for k, kind := range keys {
		if fold(k) == folded {
			return StructureOf(kind)
		}
	}
	return -1
}

// Word returns the first name of a key of the words files, or "".
func (l *Lexicon) Word(key string) string { return l.labels[key] }

// No reports whether a text says no, in the language or as front matter does.
func (l *Lexicon) No(text string) bool {
	no, ok := yesNo(page.Value{Kind: page.Scalar, Text: text})
	return l.Answer(text) == "no" || ok && !no
}

func (l *Lexicon) yes(text string) bool {
	yes, ok := yesNo(page.Value{Kind: page.Scalar, Text: text})
	return l.Answer(text) == "yes" || ok && yes
}

// Items reads a list of front matter as a structure's rows. ok is false when
// nothing in it is known.
func (l *Lexicon) Items(structure int, v page.Value) (list []Item, ok bool) {
	s := &structures[structure]
	for _, item := range v.Items {
		out := Item{Cells: make([]string, len(s.Columns)), Staff: item.SaysStaff(), Pos: item.Pos}
		switch item.Kind {
		case page.Scalar:
			if !s.List {
				continue
			}
			out.Cells[0] = item.Text
		case page.Map:
			l.fields(structure, item, &out)
		}
		known := slices.ContainsFunc(out.Cells, func(c string) bool { return strings.TrimSpace(c) != "" })
		if known {
			list, ok = append(list, out), true
		}
	}
	return list, ok
}

// fields reads a map as a row. Columns may stand in a map of their own, such
// as levels.
func (l *Lexicon) fields(structure int, v page.Value, out *Item) {
	s := &structures[structure]
	answer := ""
	for _, f := range v.Fields {
		column := l.Field(f.Key, structure)
		switch {
		case f.Value.Kind == page.Map:
			l.fields(structure, f.Value, out)
		case f.Value.Kind == page.List:
			l.list(structure, column, f, out)
		case f.Value.Kind != page.Scalar:
		case s.Kind == "quiz" && (column == s.Column("right") || fold(f.Key) == "answer"):
			answer = f.Value.Text
		case column >= 0:
			out.Cells[column] = f.Value.Text
		}
	}
	if s.Kind == "quiz" && answer != "" {
		tick(out, answer)
	}
	if s.Kind == "bands" && out.Cells[0] == "" {
		out.Cells[0] = ends(out.Cells[1], out.Cells[2])
		out.Cells[1], out.Cells[2] = "", ""
	}
}

// list reads a list within a row: a question's options, what follows a step,
// or several texts for one column.
func (l *Lexicon) list(structure, column int, f page.Field, out *Item) {
	s := &structures[structure]
	key := fold(f.Key)
	switch {
	case s.Kind == "quiz" && (key == "options" || key == "answers" || column == s.Column("option")):
		for _, o := range f.Value.Items {
			u := Item{Cells: make([]string, len(s.Columns)), Pos: o.Pos}
			if u.Cells[1] = o.Text; o.Kind == page.Map {
				for _, of := range o.Fields {
					c := l.Field(of.Key, structure)
					switch {
					case c == s.Column("right") && l.yes(of.Value.Text):
						u.Cells[2] = "yes"
					case c == s.Column("option"), fold(of.Key) == "text":
						u.Cells[1] = of.Value.Text
					}
				}
			}
			out.Under = append(out.Under, u)
		}
	case s.Kind == "steps" && (key == "branches" || key == "under" || key == "then"):
		out.Under, _ = l.Items(structure, f.Value)
	case column >= 0:
		var texts []string
		for _, t := range f.Value.Items {
			if t.Kind == page.Scalar {
				texts = append(texts, t.Text)
			}
		}
		out.Cells[column] = strings.Join(texts, "; ")
	}
}

// tick marks the option that answer names, by its number or its text.
func tick(q *Item, answer string) {
	n, err := strconv.Atoi(strings.TrimSpace(answer))
	for i := range q.Under {
		if err == nil && n == i+1 || fold(q.Under[i].Cells[1]) == fold(answer) {
			q.Under[i].Cells[2] = "yes"
		}
	}
}

// ends joins the ends of a range.
func ends(from, to string) string {
	switch {
	case from == "" || to == from:
		return to
	case to == "":
		return from + "+"
	}
	return from + "–" + to
}
