package scaffold_test

import (
	"strings"
	"testing"

	"peppermill/internal/scaffold"
)

const settings = "---\ntitle: \"Late\"\ndraft: true\n---\n"

// TestPolicy holds what becomes of answers: a draft in the shape of a policy,
// in which everything that nobody has answered is a blank.
func TestPolicy(t *testing.T) {
	for name, c := range map[string]struct{ file, text, want, open string }{
		"headings": {"w.md", "---\ntype: worksheet\n---\n# Sheet\n\nIntro.\n\n## What do we promise? {#promise}\n\n> Finish the sentence.\n\nWe ring **first**.\n\n## Why?\n\n______\n\n## What may we give?\n\nUp to ____ pounds, and _______ more.\n\n## What do we do?\n\n1. Ring (driver, at once)\n2. Write it down\n",
			settings + "We ring **first**.\n\n## Why? {#why}\n\n%{why}\n\n## What may we give?\n\nUp to %{what-may-we-give} pounds, and %{what-may-we-give-2} more.\n\n## What do we do? {#steps}\n\n1. Ring (driver, at once)\n2. Write it down\n", "Why?|What may we give?"},
		"terms": {"w.md", "## The sheet\n\nWe are %{business}.\n\nPromise\n: If we are late, it is free.\n\nWhy\n: Because otherwise\n  they go.\n\nSteps\n: 1 ring (driver) · 2 write ____ · 3 say so\n\nQuestions go to\n: %{person}\n\n## Afterwards\n\n1. Type it up.\n",
			settings + "If we are late, it is free.\n\n## Why {#why}\n\nBecause otherwise\nthey go.\n\n## Questions go to\n\n%{person}\n\n## Steps {#steps}\n\n1. ring (driver)\n2. write %{steps}\n3. say so\n", "Steps"},
		"a form": {"a.json", `{"answers": {"why": "1. people <wait>", "promise": "# Free\nfor all", "steps": "1. ring\n2. *write*", "refund-window": "28 days", "who-pays": "", "nothing": null, "deep": {"a": "b"}}}`,
			settings + "\\# Free\nfor all\n\n## Why {#why}\n\n1\\. people \\<wait\\>\n\n## Refund window\n\n28 days\n\n## Who pays\n\n%{who-pays}\n\n## Nothing\n\n%{nothing}\n\n## Steps {#steps}\n\n1. ring\n2. \\*write\\*\n", "who-pays|nothing"},
		"no promise": {"w.md", "## A\r\n\r\nB\r\n", settings + "%{promise}\n\n## Why {#why}\n\n%{why}\n\n## A\n\nB\n\n## What we do {#steps}\n\n1. %{steps}\n", ""},
	} {
		said, err := scaffold.ReadAnswers(c.file, []byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		f, open, err := scaffold.Policy(said, "late", "", []string{"policies"})
		if err != nil || f.Path != "policies/late.md" || string(f.Data) != c.want || strings.Join(open, "|") != c.open {
			t.Errorf("%s: %v %s %q\n%s\nwant\n%s", name, err, f.Path, open, f.Data, c.want)
		}
	}
}

// TestPolicyName holds that an answer may say what the policy is about.
func TestPolicyName(t *testing.T) {
	said, err := scaffold.ReadAnswers("w.md", []byte("## What is it about?\n\nLate deliveries\n\n## Promise\n\nWe ring.\n"))
	if err != nil {
		t.Fatal(err)
	}
	f, _, err := scaffold.Policy(said, "", "", nil)
	if err != nil || f.Path != "policies/late-deliveries.md" || !strings.HasPrefix(string(f.Data), "---\ntitle: \"Late deliveries\"\n") {
		t.Errorf("%v %s\n%s", err, f.Path, f.Data)
	}
	if _, _, err := scaffold.Policy(said[1:], "", "", nil); err == nil || !strings.Contains(err.Error(), "nobody says what the policy is about") {
		t.Error(err)
	}
}

func TestSheetsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"a.json": `["x"]`, "b.json": `{"a":`, "c.json": "", "empty.md": "", "open.md": "## Why\n\n____\n", "fenced.md": "```\n## Why\n\nx\n```\n", "unclosed.md": "---\ntitle: x\n",
	} {
		if said, err := scaffold.ReadAnswers(name, []byte(text)); err == nil {
			t.Errorf("%s: %q", name, said)
		}
	}
}

func FuzzPolicy(f *testing.F) {
	for _, seed := range []string{"## A\n\nb\n", "A\n: b\n\nc\n", ": x", "## \n: \n", "## A {#b}\n> c\n___\n", "```\n## A\n"} {
		f.Add(seed, false)
	}
	f.Add(`{"promise": "a\nb", "answers": {"x": "- y"}}`, true)
	f.Fuzz(func(t *testing.T, text string, form bool) {
		name := "a.md"
		if form {
			name = "a.json"
		}
		said, err := scaffold.ReadAnswers(name, []byte(text))
		if err != nil {
			return
		}
		if file, _, err := scaffold.Policy(said, "late", "Late", nil); err != nil || !strings.HasPrefix(string(file.Data), "---\ntitle: \"Late\"\n") {
			t.Errorf("%v\n%s", err, file.Data)
		}
	})
}
