package markdown

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"peppermill/internal/config"
	"peppermill/internal/page"
	"peppermill/internal/source"
)

// names are the built-in words files' names.
func names(t testing.TB) config.Words {
	t.Helper()
	words := config.Words{}
	for _, lang := range []string{"en", "de"} {
		f, err := os.Open("../../themes/default/ui/" + lang + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		words[lang] = map[string]string{}
		for s := bufio.NewScanner(f); s.Scan(); {
			if key, text, ok := strings.Cut(s.Text(), ": "); ok && !strings.HasPrefix(key, "#") {
				words[lang][key] = strings.Trim(text, `"`)
			}
		}
		f.Close()
	}
	return words.Names()
}

// rows shows structures so that one can read them: a line for each row.
func rows(all []page.Structure) string {
	var b strings.Builder
	for _, s := range all {
		fmt.Fprintf(&b, "%s", s.Kind)
		if s.Heading != "" {
			fmt.Fprintf(&b, " #%s", s.Heading)
		}
		if s.Staff {
			b.WriteString(" staff")
		}
		for _, o := range s.Others {
			fmt.Fprintf(&b, " +%q", o)
		}
		b.WriteString("\n")
		for _, r := range s.Rows {
			row(&b, s, r, "  ")
		}
	}
	return b.String()
}

func row(b *strings.Builder, s page.Structure, r page.Row, indent string) {
	b.WriteString(indent)
	var cells []string
	for i, c := range r.Cells {
		if c.Text == "" {
			continue
		}
		name := "+"
		if i < len(s.Columns) {
			name = s.Columns[i]
		}
		if c.Staff {
			name += "(staff)"
		}
		cells = append(cells, name+"="+string(c.Text))
	}
	b.WriteString(strings.Join(cells, " | "))
	if r.Staff {
		b.WriteString(" staff")
	}
	b.WriteString("\n")
	for _, u := range r.Under {
		row(b, s, u, indent+"  ")
	}
}

// TestStructures reads files of entries: "number: path", dots, a page, dots,
// the rows that it has, then its body.
func TestStructures(t *testing.T) {
	p := New(Options{Names: names(t)})
	files, _ := filepath.Glob("testdata/structures/*.txt")
	for _, file := range files {
		cases := readCases(t, file)
		for i := range cases {
			c := &cases[i]
			t.Run(filepath.Base(file)+"/"+c.name, func(t *testing.T) {
				_, path, _ := strings.Cut(c.name, ": ")
				path, _, _ = strings.Cut(path, " ")
				pg, diags := p.Parse(source.File{Path: path, Data: []byte(c.input)})
				checkParts(t, pg)
				checkEditions(t, pg)
				got := rows(pg.Structures) + "\n" + dump(pg)
				for _, d := range diags {
					got += fmt.Sprintf("%s\n%d:%d+%d %s: %s (%s)\n", found, d.Pos.Line, d.Pos.Column, d.Width, d.Rule, d.Message, d.Hint)
				}
				if *update {
					c.want = got
				} else if got != c.want {
					t.Errorf("input:\n%s\ngot:\n%s\nwant:\n%s", c.input, got, c.want)
				}
			})
		}
		if *update {
			writeCases(t, file, cases)
		}
	}
}

func TestSample(t *testing.T) {
	p := New(Options{Names: names(t)})
	files, _ := filepath.Glob("../../content/*/*.md")
	for _, f := range files {
		data, _ := os.ReadFile(f)
		pg, _ := p.Parse(source.File{Path: strings.TrimPrefix(f, "../../content/"), Data: data})
		checkParts(t, pg)
		checkEditions(t, pg)
		if os.Getenv("SHOW") != "" {
			fmt.Println("=====", f, pg.Meta.Type)
			fmt.Print(rows(pg.Structures))
		}
	}
}
