package scaffold

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"peppermill/internal/page"
	"peppermill/internal/schema"
)

// row adds an entry to the table of changes in the text, where the newest
// stands, with the columns that the table has.
func (s *sheet) row(table page.Structure, e entry) {
	if s.refusal != nil {
		return
	}
	where := func(r page.Row) int {
		for _, c := range r.Cells {
			if c.Pos.Line > 0 && c.Pos.Path == s.path {
				return c.Pos.Line - 1
			}
		}
		return -1
	}
	first, last := where(table.Rows[0]), where(table.Rows[len(table.Rows)-1])
	text, ok := "", first > 0 && last >= first && last < len(s.lines)
	if ok {
		text, ok = s.written(table, first, e)
	}
	if !ok {
		s.refuse(table.Pos, "the table of changes is written in a way that cannot be added to safely",
			"add a row by hand: "+strings.Join(strings.Fields(e.yaml("  - ", s.eol))[1:], " "))
		return
	}
	if dates := []page.Change{changeIn(table, table.Rows[0]), changeIn(table, table.Rows[len(table.Rows)-1])}; !dates[0].Date.IsZero() && dates[0].Date.Time.Before(dates[1].Date.Time) {
		if end := s.lines[last]; strings.TrimRight(end, "\r\n") == end { // the file's last line
			s.instead[last] = end + s.eol
		}
		s.after[last] += text
		return
	}
	s.before[first] += text
}

// written is the entry as a row like the one in that line.
func (s *sheet) written(table page.Structure, line int, e entry) (string, bool) {
	model := strings.TrimRight(s.lines[line], "\r\n")
	ends := pipes(model)
	if len(ends) == 0 || strings.Trim(model[:ends[0]], " ") != "" || strings.Trim(model[ends[len(ends)-1]+1:], " \t") != "" {
		return "", false // a table without pipes around it
	}
	cells := make([]string, len(ends)-1)
	for _, r := range table.Rows {
		for i, c := range r.Cells {
			if i >= len(table.Columns) || c.Pos.Line == 0 || c.Pos.Line > len(s.lines) || c.Pos.Path != s.path {
				continue
			}
			own := s.lines[c.Pos.Line-1]
			n := len(slices.DeleteFunc(pipes(own), func(at int) bool { return at >= s.offset(c.Pos) })) - 1
			if n < 0 || n >= len(cells) {
				return "", false
			}
			cells[n] = cmp.Or(cells[n], e.cell(table.Columns[i], string(c.Text)))
		}
	}
	var b strings.Builder
	b.WriteString(model[:ends[0]] + "|")
	for _, c := range cells {
		b.WriteString(" " + cmp.Or(c, "-") + " |")
	}
	return b.String() + s.eol, strings.Trim(strings.Join(cells, ""), "-") != ""
}

// pipes are the places of the signs between a row's cells.
func pipes(line string) []int {
	var at []int
	for i := range len(line) {
		if line[i] == '|' && (i == 0 || line[i-1] != '\\') {
			at = append(at, i)
		}
	}
	return at
}

// cell is what the entry says in a column, a day in the form of the days there.
func (e entry) cell(column, like string) string {
	for _, part := range e {
		if part.key != column {
			continue
		}
		if column == "date" {
			day, err := time.Parse(time.DateOnly, part.value.text)
			for _, form := range []string{"2 January 2006", "January 2, 2006", "2 Jan 2006", "02.01.2006", "2.1.2006"} {
				if _, other := time.Parse(form, like); err == nil && other == nil {
					return day.Format(form)
				}
			}
		}
		return answer{part.value.text}.String()
	}
	return ""
}

// changeIn is the change in a row of a table of changes.
func changeIn(table page.Structure, r page.Row) page.Change {
	c, _ := schema.ChangeOf(func(column string) page.Cell { return table.Cell(r, column) })
	return c
}

// newest is the version of the newest change of a table, or "".
func newest(table page.Structure) string {
	var control page.Control
	for _, r := range table.Rows {
		control.Changes = append(control.Changes, changeIn(table, r))
	}
	if log := control.Log(); len(log) > 0 {
		return log[0].Version
	}
	return ""
}
