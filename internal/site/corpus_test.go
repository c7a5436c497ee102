package site

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"peppermill/internal/config"
	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// TestRealHandbooks links real handbooks, read crudely (links and headings by
// regular expression), and keeps what share of their links between pages is
// found. The rest is broken in the originals or refers to what is not there.
func TestRealHandbooks(t *testing.T) {
	data := os.Getenv("PEPPERMILL_DATA")
	if data == "" {
		data = filepath.Join("..", "..", "..", "shared")
	}
	for _, c := range []struct {
		name, folder, lang string
		languages          []string
		atLeast            float64
	}{
		{name: "sourcegraph", folder: "sourcegraph-handbook/content", atLeast: 0.995},
		{name: "pagerduty-incidents", folder: "pagerduty-incident-response/docs", atLeast: 1},
		{name: "pagerduty-cases", folder: "pagerduty-case-ownership/docs", atLeast: 0.98},
		{name: "18f", folder: "18f-guides/content", atLeast: 1},
		{name: "usds", folder: "usds-playbook/_plays", atLeast: 1},
		{name: "cncf", folder: "cncf-glossary/content", atLeast: 0.94,
			languages: strings.Fields("bn de en es fr hi it ja ko pt-br ru tr ur vi zh-cn zh-tw")},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := readCorpus(t, filepath.Join(data, "corpora", c.folder), c.languages)
			_, found := Link(in)
			total, lost := 0, 0
			for _, p := range in.Pages {
				total += len(p.Links)
			}
			for _, d := range found {
				if d.Rule == ruleLinkMissing {
					lost++
				}
			}
			share := 1 - float64(lost)/float64(max(1, total))
			t.Logf("%d pages, %d links within, %d not found (%.1f %% found)", len(in.Pages), total, lost, 100*share)
			if testing.Verbose() {
				for _, d := range found.Classify(Rules(), nil) {
					t.Logf("%s %s %s:%d %s | %s", d.Class, d.Rule, d.Pos.Path, d.Pos.Line, d.Message, d.Hint)
				}
			}
			if share < c.atLeast {
				t.Errorf("%.3f of the links are found, want %.3f", share, c.atLeast)
			}
			checkWhole(t, in)
		})
	}
}

var (
	linkPattern   = regexp.MustCompile(`(!?)\[[^\]]*\]\(<?([^)\s>]+)[^)]*\)`)
	fieldPattern  = regexp.MustCompile(`^(title|permalink):\s*(.+?)\s*$`)
	customHeading = regexp.MustCompile(`\{#([^}]+)\}\s*$`)
	htmlID        = regexp.MustCompile(`(?:id|name)="([^"]+)"`)
)

func readCorpus(t *testing.T, root string, languages []string) Input {
	t.Helper()
	if _, err := os.Stat(root); err != nil {
		t.Skip("no real data: set PEPPERMILL_DATA to the folder that holds corpora/")
	}
	in := Input{Config: &config.Config{Title: "Corpus", Lang: "en"}}
	for _, lang := range languages {
		in.Config.Languages = append(in.Config.Languages, config.Language{Code: lang, Folder: lang})
	}
	err := filepath.WalkDir(root, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		in.Pages = append(in.Pages, crudePage(filepath.ToSlash(rel), string(data)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func crudePage(path, text string) *page.Page {
	p := &page.Page{Path: path, Title: page.Text(readable(baseOf(stem(path))))}
	front, fence, number := false, false, 0
	seen := map[string]int{}
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimRight(line, "\r\n")
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "---" && (number == 1 || front):
			front = !front
		case front:
			if m := fieldPattern.FindStringSubmatch(line); m != nil && m[1] == "title" {
				p.Title = page.Text(strings.Trim(m[2], `"'`))
			} else if m != nil && strings.HasPrefix(m[2], "/") {
				p.Meta.URL = m[2]
			}
		case strings.HasPrefix(trimmed, "```"):
			fence = !fence
		case fence:
		default:
			crudeLine(p, line, diag.Pos{Path: path, Line: number, Column: 1}, seen)
		}
	}
	return p
}

func crudeLine(p *page.Page, line string, at diag.Pos, seen map[string]int) {
	if level := len(line) - len(strings.TrimLeft(line, "#")); level > 0 && level < 7 && strings.HasPrefix(line[level:], " ") {
		id := githubID(line[level:])
		if m := customHeading.FindStringSubmatch(line); m != nil {
			id = m[1]
		}
		if n := seen[id]; n > 0 {
			p.Headings = append(p.Headings, page.Heading{ID: id + "-" + itoa(n)})
		} else {
			p.Headings = append(p.Headings, page.Heading{ID: id})
		}
		seen[id]++
	}
	for _, m := range htmlID.FindAllStringSubmatch(line, -1) {
		p.Anchors = append(p.Anchors, page.Anchor{ID: m[1]})
	}
	for _, m := range linkPattern.FindAllStringSubmatch(line, -1) {
		_, absolute := scheme(m[2])
		file := filepath.Ext(strings.SplitN(m[2], "#", 2)[0])
		if m[1] == "" && !absolute && !strings.Contains(m[2], "{") && (file == "" || file == ".md") {
			p.Links = append(p.Links, page.Link{Dest: m[2], Pos: at, Width: len(m[2])})
		}
	}
}

// githubID is the usual identifier of a heading.
func githubID(text string) string {
	var b strings.Builder
	text = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`).ReplaceAllString(text, "$1")
	for _, r := range strings.ToLower(strings.TrimSpace(text)) {
		switch {
		case r == ' ':
			b.WriteByte('-')
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r), r == '-', r == '_':
			b.WriteRune(r)
		}
	}
	return b.String()
}
