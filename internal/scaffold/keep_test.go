package scaffold_test

import (
	"strings"
	"testing"

	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/scaffold"
)

// TestKeep holds what is put away of a page: its text with what its blanks
// were, and of its settings those that say what it is and for whom.
func TestKeep(t *testing.T) {
	value := func(name string) (string, bool) {
		v, ok := map[string]string{"n": "3. May", "pipe": "a|b", "dash": "- x", "two": "in\nlines"}[name]
		return v, ok
	}
	at := func(path, name string, line, column int) page.Blank {
		return page.Blank{Name: name, Pos: diag.Pos{Path: path, Line: line, Column: column}}
	}
	for name, c := range map[string]struct {
		path, text, want string
		blanks           []page.Blank
	}{
		"no settings": {path: "a.md", text: "Text %{n}\n%{n} %{two}\n", want: head("a.md", "") + "Text 3. May\n3\\. May in lines\n",
			blanks: []page.Blank{at("a.md", "n", 1, 6), at("a.md", "n", 2, 1), at("a.md", "two", 2, 6)}},
		"all settings": {path: "shop/a.md", text: "---\r\ntitle: X\r\ntype: policy\r\nkind: fit\r\nvisibility: staff\r\nid: x\r\nurl: /x/\r\nweight: 3\r\nlang: de\r\nexpires: 2027-01-01\r\ndepartment: [Shop, \"The: van\"]\r\nowner: Ö\r\n---\r\nü %{pipe}\r\n",
			want:   "---\r\ntitle: \"Late (2)\"\r\ntype: policy\r\nkind: fit\r\nlang: de\r\nvisibility: staff\r\nstatus: superseded\r\nsuperseded_by: a.md\r\nversion: \"2\"\r\nexpires: \"2027-01-01\"\r\nowner: Ö\r\ndepartment: [Shop, \"The: van\"]\r\n---\r\nü a\\|b\r\n",
			blanks: []page.Blank{at("shop/a.md", "pipe", 14, 3)}},
		"a folder's own page": {path: "policies/index.md", text: "x", want: head("index.md", "") + "x"},
		"TOML":                {path: "a.md", text: "+++\nversion = \"1\"\nkind = \"fit\"\n+++\n> %{dash}\n", want: head("a.md", "kind: fit\n") + "> \\- x\n", blanks: []page.Blank{at("a.md", "dash", 5, 3)}},
		"a blank that is none": {path: "a.md", text: "%{gone} %{n}\n", want: head("a.md", "") + "%{gone} %{n}\n",
			blanks: []page.Blank{at("a.md", "gone", 1, 1), at("b.md", "n", 1, 9), at("a.md", "n", 9, 9), at("a.md", "n", 1, 99)}},
	} {
		got, err := scaffold.Keep(c.path, []byte(c.text), "2", scaffold.Facts{Title: "Late", Blanks: c.blanks, Value: value})
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %v\n%q\n%q", name, err, got, c.want)
		}
	}
	if _, err := scaffold.Keep("a.md", []byte("\xff"), "2", scaffold.Facts{}); err == nil {
		t.Error("bytes that are no text were kept")
	}
}

func head(page, more string) string {
	return "---\ntitle: \"Late (2)\"\n" + more + "status: superseded\nsuperseded_by: " + page + "\nversion: \"2\"\n---\n"
}

func TestKeptPaths(t *testing.T) {
	for version, want := range map[string]string{
		"1.0": "late-1.0.md", "v2": "late-v2.md", "2026-03": "late-2026-03.md", "../../x": "late-x.md", "a b/c": "late-a-b-c.md",
		"..": "late-kept.md", "": "late-kept.md", strings.Repeat("9", 500): "late-" + strings.Repeat("9", 40) + ".md",
	} {
		away, shown := scaffold.KeptPaths("policies/late.md", version)
		if shown != "policies/"+want || away != "policies/_versions/"+want {
			t.Errorf("%q: %s %s", version, away, shown)
		}
	}
}

func TestApproved(t *testing.T) {
	for text, want := range map[string]string{
		"---\nstatus: approved\nversion: 1.0\n---\n":           "1.0",
		"---\nstatus: approved\n---\n":                         "",
		"---\nversion: 1.0\n---\n":                             "",
		"---\nstatus: approved\nversion: 1\ndraft: yes\n---\n": "",
		"---\nstatus: approved\nversion: 1\nversion: 2\n---\n": "",
		"text": "",
	} {
		if got := scaffold.Approved("a.md", []byte(text)); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
