package markdown

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"peppermill/internal/config"
)

var update = flag.Bool("update", false, "rewrite the expected parts of testdata/cases")

const (
	dots  = "//- - - - - - - - -//"
	bars  = "//= = = = = = = = = = = = = = = =//"
	found = "//findings//"
)

// testCase is one entry of a case file: "number: name", dots, Markdown, dots,
// HTML with holes in {{braces}}, and findings if there are any. The name may
// end in options: [lang=de] [html=all] [html=none] [plain].
type testCase struct{ name, input, want string }

func readCases(t testing.TB, file string) []testCase {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []testCase
	for entry := range strings.SplitSeq(string(data), bars+"\n") {
		if strings.TrimSpace(entry) == "" {
			continue
		}
		parts := strings.SplitN(strings.TrimLeft(entry, "\n"), dots+"\n", 3)
		if len(parts) < 2 {
			t.Fatalf("%s: entry without dots: %q", file, entry)
		}
		c := testCase{name: strings.TrimSpace(parts[0]), input: parts[1]}
		if len(parts) == 3 {
			c.want = parts[2]
		}
		cases = append(cases, c)
	}
	return cases
}

func optionsOf(name string) Options {
	var o Options
	for _, word := range strings.Fields(name) {
		switch word = strings.Trim(word, "[]"); {
		case strings.HasPrefix(word, "lang="):
			o.DefaultLang = word[5:]
		case word == "html=all":
			o.RawHTML = config.AllHTML
		case word == "html=none":
			o.RawHTML = config.NoHTML
		case word == "plain":
			o.PlainMarks = true
		}
	}
	return o
}

func TestCases(t *testing.T) {
	files, _ := filepath.Glob("testdata/cases/*.txt")
	if len(files) == 0 {
		t.Fatal("no case files")
	}
	for _, file := range files {
		cases := readCases(t, file)
		for i := range cases {
			c := &cases[i]
			t.Run(filepath.Base(file)+"/"+c.name, func(t *testing.T) {
				pg, diags := parseText(New(optionsOf(c.name)), c.input)
				checkParts(t, pg)
				got := dump(pg)
				if got != "" && !strings.HasSuffix(got, "\n") {
					got += "\n"
				}
				if len(diags) > 0 {
					got += found + "\n" + strings.Join(diags, "\n") + "\n"
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

func writeCases(t *testing.T, file string, cases []testCase) {
	var b strings.Builder
	for i, c := range cases {
		if _, name, ok := strings.Cut(c.name, ": "); ok {
			c.name = name
		}
		fmt.Fprintf(&b, "%d: %s\n%s\n%s%s\n%s%s\n", i+1, c.name, dots, c.input, dots, c.want, bars)
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
