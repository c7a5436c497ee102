package markdown

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"peppermill/internal/page"
	"peppermill/internal/source"
)

// TestNestedSaysTheSame looks whether a structure in the front matter makes the
// rows and the markup that it makes in the text, in two languages.
func TestNestedSaysTheSame(t *testing.T) {
	p := New(Options{Names: names(t)})
	for _, c := range []struct{ path, front, body string }{
		{"procedures/a.md", "steps:\n- {step: Ring., who: driver, clock: within 4 h}\n- {step: Write it down., who: counter}\n- {step: Rest, clock: 30 minutes}\n- Go home\n",
			"## Steps\n\n1. Ring. (driver, within 4 h)\n2. Write it down. (counter)\n3. Rest (30 minutes)\n4. Go home\n"},
		{"de/procedures/a.md", "steps:\n- {Schritt: Anrufen., Wer: Fahrer, Bis wann: binnen 4 Stunden}\n- {step: Gehen, under: [{if: es regnet, step: bleiben}]}\n",
			"## Schritte\n\n1. Anrufen. (Fahrer, binnen 4 Stunden)\n2. Gehen\n   - es regnet: bleiben\n"},
		{"policies/a.md", "promises:\n- {promise: We ring, who: driver, within: 2 hours}\n- {promise: We pay, within: the same day}\n",
			"## Promises\n\n| Promise | Who | Within |\n|---|---|---|\n| We ring | driver | 2 hours |\n| We pay | | the same day |\n"},
		{"de/policies/a.md", "promises:\n- {promise: Wir rufen an, who: Fahrer, within: 2 Stunden}\n",
			"## Versprechen\n\n| Versprechen | Wer | Binnen |\n|---|---|---|\n| Wir rufen an | Fahrer | 2 Stunden |\n"},
		{"standards/a.md", "criteria:\n- {name: Eyes, levels: {below: a, acceptable: b, excellent: c}}\n",
			"## Criteria\n\n| Criterion | Below | Acceptable | Excellent |\n|---|---|---|---|\n| Eyes | a | b | c |\n"},
		{"policies/a.md", "authority:\n- {who: counter, may: give, up_to: 20 €, then: Noor}\n",
			"## Who may give what\n\n| Who | May | Up to | Then ask |\n|---|---|---|---|\n| counter | give | 20 € | Noor |\n"},
		{"policies/a.md", "channels:\n- {name: Telephone, hours: 7 to 3, first_reply: at once, human: \"yes\"}\n",
			"## How to reach us\n\n| Way | When | First reply | A person |\n|---|---|---|---|\n| Telephone | 7 to 3 | at once | yes |\n"},
		{"worksheets/a.md", "metrics:\n- {name: Calls, target: 9 of 10, cadence: monthly, source: the book}\n",
			"## Figures\n\n| Figure | Target | Counted | Source |\n|---|---|---|---|\n| Calls | 9 of 10 | monthly | the book |\n"},
		{"checklists/a.md", "bands:\n- {from: 0, to: 1, meaning: good, next: go on}\n- {from: 2, meaning: bad}\n",
			"## What it means\n\n| Ticks | It means | Next |\n|---|---|---|\n| 0–1 | good | go on |\n| 2+ | bad | |\n"},
		{"checklists/a.md", "items:\n- {question: Did anybody ask twice?, want: no}\n- {question: Was it known?, group: After}\n",
			"## Questions to tick\n\n- [ ] Did anybody ask twice? (no)\n\n### After\n\n- [ ] Was it known?\n"},
		{"de/checklists/a.md", "items:\n- {Frage: Hat jemand zweimal gefragt?, want: nein}\n",
			"## Fragen zum Abhaken\n\n- [ ] Hat jemand zweimal gefragt? (nein)\n"},
		{"modules/a.md", "quiz:\n- question: Who rings?\n  options: [owner, driver]\n  answer: driver\n  reason: Because.\n",
			"## Check yourself\n\n### Who rings?\n\n- [ ] owner\n- [x] driver\n\n> Because.\n"},
		{"procedures/a.md", "scripts:\n- {when: late, say: sorry, avoid: calm down}\n", "## What to say\n\n| When | Say | Avoid |\n|---|---|---|\n| late | sorry | calm down |\n"},
		{"modules/a.md", "exercises:\n- {kind: Role-play, exercise: Ring Sam., clock: 10 minutes}\n", "## Practice\n\n1. **Role-play.** Ring Sam. (10 minutes)\n"},
		{"standards/a.md", "ladder:\n- {rung: 1, looks: willing, next: write}\n", "## Rungs\n\n| Rung | What it looks like | Next |\n|---|---|---|\n| 1 | willing | write |\n"},
		{"roles/a.md", "interview_questions: [Who noticed?]\nresponsibilities: [the first minute]\n", "## Interview questions\n\n- Who noticed?\n\n## Answers for\n\n- the first minute\n"},
		{"worksheets/a.md", "session:\n- {minutes: 5, prompt: What?, result: a title}\n", "## The session\n\n| Minutes | Prompt | Result |\n|---|---|---|\n| 5 | What? | a title |\n"},
		{"stories/a.md", "results:\n- {metric: calls, before: 9, after: 2}\nlessons: [Ring first]\n", "## What came of it\n\n| Figure | Before | After |\n|---|---|---|\n| calls | 9 | 2 |\n\n## What we learned\n\n- Ring first\n"},
		{"glossary/a.md", "terms:\n- {term: Hat, definition: A job.}\n", "## Words\n\nHat\n: A job.\n"},
	} {
		lang := ""
		if strings.HasPrefix(c.path, "de/") {
			lang = "lang: de\n"
		}
		front, found := p.Parse(source.File{Path: c.path, Data: []byte("---\n" + lang + c.front + "---\n")})
		body, more := p.Parse(source.File{Path: c.path, Data: []byte("---\n" + lang + "---\n" + c.body)})
		a, b := rows(front.Structures), rows(body.Structures)
		if a != b || len(front.Structures) == 0 {
			t.Errorf("%s\n%s\nfront matter:\n%s\ntext:\n%s", c.path, c.front, a, b)
		}
		words := regexp.MustCompile(`<(th|td)[^>]*>[^<]*`) // what a column is called is the author's in the text
		if x, y := words.ReplaceAllString(dump(front), ""), words.ReplaceAllString(dump(body), ""); x != y {
			t.Errorf("%s: front matter\n%s\ntext\n%s", c.path, x, y)
		}
		if len(found)+len(more) > 0 {
			t.Error(c.path, found, more)
		}
		if n := front.Structures[0].Rows[0].Cells[0].Pos; n.Line < 3 && lang != "" || n.Path != c.path {
			t.Errorf("%s: place %v", c.path, n)
		}
	}
}

// TestLogged looks whether a log says the same in the text and in the front
// matter, from which it makes no markup, and that the text comes first.
func TestLogged(t *testing.T) {
	p := New(Options{Names: names(t)})
	const front = "changes:\n- {version: \"2.0\", date: 2026-03-02, summary: \"We ring [first](a.md)\", because: the van, by: Sam, material: yes}\n- {version: \"1.0\"}\n"
	const table = "## Changes\n\n| Version | From | What changed | Because | By | Material |\n|---|---|---|---|---|---|\n| 2.0 | 2026-03-02 | We ring [first](a.md) | the van | Sam | yes |\n| 1.0 | - | - | - | - | - |\n"
	said := func(pg *page.Page) string {
		out := ""
		for _, c := range pg.Meta.Control.Log() {
			out += fmt.Sprintln(c.Version, c.Summary, c.Date.Time.Format("2006-01-02"), c.Because, c.By, c.Material, c.Staff)
		}
		return out + fmt.Sprint(pg.Meta.Control.InText, len(pg.Links), len(pg.Headings), strings.Contains(pg.Body.Markup, "van"))
	}
	const log = "2.0 We ring first 2026-03-02 the van Sam true false\n1.0  0001-01-01   true false\n"
	for _, c := range []struct{ path, front, body, want string }{
		{"policies/a.md", front, "", log + "false 1 0 false"},
		{"policies/a.md", "", table, log + "true 1 1 true"},
		{"policies/a.md", strings.ReplaceAll(front, "2.0", "3.0"), table, log + "true 1 1 true"},
		{"policies/a.md", "", ":::staff\n" + table + ":::\n", strings.ReplaceAll(log, "false\n", "true\n") + "true 1 1 true"},
		{"a.md", front, "Text.\n", strings.Replace(log, "first", "[first](a.md)", 1) + "false 0 0 false"},
	} {
		pg, _ := p.Parse(source.File{Path: c.path, Data: []byte("---\ntitle: A\n" + c.front + "---\n" + c.body)})
		if got := said(pg); got != c.want {
			t.Errorf("%s %q %q: %s\nwant %s", c.path, c.front, c.body, got, c.want)
		}
	}
}

// TestDerived looks what a list of changes says about a page that does not say
// it itself.
func TestDerived(t *testing.T) {
	p := New(Options{Names: names(t)})
	const table = "| Version | From | What changed |\n|---|---|---|\n| 1.0 | 9 January 2024 | first |\n| 2.0 | 2 March 2026 | second |\n"
	for _, c := range []struct{ path, front, body, want string }{
		{"policies/a.md", "", table, "2.0 2026-03-02 2026-03-02"},
		{"policies/a.md", "version: \"3\"\neffective: 2025-01-01\nupdated: 2025-02-02\n", table, "3 2025-01-01 2025-02-02"},
		{"policies/a.md", "date: 2026-03-02\n", table, "2.0 2026-03-02 "},
		{"policies/a.md", "changes: [{version: \"1.5\", date: 2026-05-05, summary: x}]\n", "", "1.5 2026-05-05 2026-05-05"},
		{"policies/a.md", "", "| Version | What changed |\n|---|---|\n| 2 | b |\n| 1 | a |\n", "2  "},
		{"policies/a.md", "", ":::staff\n" + table + ":::\n", "  "},
		{"a.md", "", table, "  "},
	} {
		pg, _ := p.Parse(source.File{Path: c.path, Data: []byte("---\n" + c.front + "---\n" + c.body)})
		day := func(d page.Date) string {
			if d.IsZero() {
				return ""
			}
			return d.Time.Format("2006-01-02")
		}
		m := pg.Meta
		if got := m.Control.Version + " " + day(m.Control.Effective) + " " + day(m.Updated); got != c.want {
			t.Errorf("%q: %q, want %q", c.front, got, c.want)
		}
	}
}
