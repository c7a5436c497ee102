package scaffold_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/scaffold"
)

// tableIn is the table of changes in a text, as the parser gives it: columns
// name what each of its columns is, "" for nothing that is known.
func tableIn(path, text string, columns ...string) page.Structure {
	all := []string{"summary", "version", "date", "because", "by", "material"}
	s := page.Structure{Kind: "changes", Columns: all, Pos: diag.Pos{Path: path, Line: 1, Column: 1}}
	rows := 0
	for n, line := range strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n") {
		if !strings.HasPrefix(strings.TrimSpace(line), "|") {
			continue
		}
		if rows++; rows < 3 {
			continue
		}
		cells := make([]page.Cell, len(all))
		at := 0
		for k, part := range strings.Split(line, "|")[1:] {
			at = strings.Index(line[at:], "|") + at + 1
			if text := strings.TrimSpace(part); text != "" && k < len(columns) {
				for i, name := range all {
					if name == columns[k] {
						column := utf8.RuneCountInString(line[:at+strings.Index(part, text)]) + 1
						cells[i] = page.Cell{Text: page.Text(text), Pos: diag.Pos{Path: path, Line: n + 1, Column: column}}
					}
				}
			}
		}
		s.Rows = append(s.Rows, page.Row{Cells: cells})
	}
	return s
}

// TestTable holds that a table of changes in the text gets the line, in its
// own columns and where the newest stands, and that nothing else of the text
// changes.
func TestTable(t *testing.T) {
	columns := []string{"version", "date", "summary", "because"}
	for name, c := range map[string]struct{ text, want, version string }{
		"newest first": {"---\nversion: \"2.0\"\n---\nText.\n\n| Version | From | What | Why |\n|---|---|---|---|\n| 2.0 | 2 March 2026 | Über alles | - |\n| 1.0 | 9 January 2024 | First | - |\n\nMore.\n",
			"|---|---|---|---|\n| 3.0 | 3 February 2026 | 28 days: \"more\" \\| time | - |\n| 2.0 | 2 March", "3.0"},
		"newest last": {"| V | D | S | B |\n|---|---|---|---|\n| 1.0 | 2024-01-09 | First | - |\n| 1.4 | 2025-01-09 | Ü | Ann |",
			"| Ann |\n| 2.0 | 2026-02-03 | 28 days: \"more\" \\| time | - |\n", "2.0"},
		"an empty column": {"---\nstatus: current\n---\n| V | D | S | B |\n|---|---|---|---|\n| 1.0 | 09.01.2024 | First |  |\n", "|---|---|---|---|\n| 2.0 | 03.02.2026 | 28 days: \"more\" \\| time | - |\n| 1.0 |", "2.0"},
		"in a list":       {"- a\n\n  | V | D | S | B |\n  |---|---|---|---|\n  | 0.3 | - | First | |\n", "  | 1.0 | 2026-02-03 |", "1.0"},
	} {
		for _, eol := range []string{"\n", "\r\n"} {
			text := strings.ReplaceAll(c.text, "\n", eol)
			say := approved
			say.Summary, say.By, say.Table = `28 days: "more" | time`, "", tableIn("a.md", text, columns...)
			got, version, err := scaffold.Approve("a.md", []byte(text), say)
			if err != nil || version != c.version || !strings.Contains(string(got), strings.ReplaceAll(c.want, "\n", eol)) || strings.Contains(string(got), "changes:") {
				t.Errorf("%s: %v %s\n%s", name, err, version, got)
				continue
			}
			added := 0
			for _, line := range strings.Split(string(got), eol) {
				if strings.HasPrefix(strings.TrimSpace(line), "|") && !strings.Contains(text, line) {
					added++
				}
			}
			if _, body, _ := strings.Cut(text, "---"+eol+"Text"); added != 1 || !strings.HasSuffix(string(got), body[strings.LastIndex(body, eol+eol)+1:]) {
				t.Errorf("%s: %d lines are new\n%s", name, added, got)
			}
		}
	}
}

// TestTableRefused holds that a table which cannot be added to safely is left
// alone, with a row to write by hand.
func TestTableRefused(t *testing.T) {
	for name, text := range map[string]string{
		"no pipes around": "V | D\n---|---\n1.0 | 2024-01-09\n",
		"in another file": "| V | D |\n|---|---|\n| 1.0 | 2024-01-09 |\n",
	} {
		table := tableIn("a.md", strings.ReplaceAll(text, "\n", "\n"), "version", "date")
		switch name {
		case "no pipes around":
			cells := make([]page.Cell, 6)
			cells[1] = page.Cell{Text: "1.0", Pos: diag.Pos{Path: "a.md", Line: 3, Column: 1}}
			table.Rows = []page.Row{{Cells: cells}}
		case "in another file":
			for i := range table.Rows[0].Cells {
				table.Rows[0].Cells[i].Pos.Path = "b.md"
			}
		}
		say := approved
		say.Table = table
		_, _, err := scaffold.Approve("a.md", []byte(text), say)
		if e, ok := errors.AsType[*scaffold.Error](err); !ok || !strings.Contains(e.Hint, `add a row by hand: version: "2.0" date: 2026-02-03`) {
			t.Errorf("%s: %#v", name, err)
		}
	}
}
