package browser

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"peppermill/internal/build"
)

// forms is a site with pages that are filled in on the reader's device.
var forms = fstest.MapFS{
	"index.md": {Data: []byte("# Home\n")},
	"checklists/no.md": {Data: []byte(`---
type: checklist
---
Tick what is true.

## Before

- [ ] Asked twice? (no)
- [ ] Found out late, at %{shop}? (no)

## After

- [ ] Went wrong? (no)

## What the ticks mean

| Ticks | It means | Next |
|---|---|---|
| none | - | - |
| 0 | all is well | - |
| 1 to 2 | a habit | read [the other](mixed.md) |
| 3 or more | luck | begin |
`)},
	"checklists/mixed.md": {Data: []byte(`---
type: checklist
---
Tick what is true.

- [ ] One
- [x] Two
- [ ] Three? (no)

## What the ticks mean

| From | To | It means | Next |
|---|---|---|---|
| 0 | 2 | not yet | go on |
| 3 | 3 | done | rest |
`)},
	"standards/two.md": {Data: []byte(`---
type: standard
---
How good.

| | Below | Acceptable | Excellent |
|---|---|---|---|
| Eyes | away | here | on [the list](../checklists/no.md) |
| Words | none | %{shop} | many |
`)},
	"lessons/check.md": {Data: []byte(`---
type: module
pass_mark: 60
---
Three questions.

## Quiz

### Who rings?

- [ ] the owner
- [x] the driver

> The driver knows first.

**Which of these cost nothing?**

- [x] a smile
- [ ] a cake
- [x] a nod

### When?

- [ ] tomorrow
- [x] today
`)},
	"sums/keep.md": {Data: []byte(`---
type: worksheet
kind: calculator
inputs:
  - {name: N, label: Regulars, example: 1200}
  - {name: lost, label: Lost, example: 90}
  - {name: profit, label: Profit, unit: £, example: 180}
formula:
  - kept = (N - lost) / N
  - {name: cost, label: What it cost, unit: £, formula: "profit / lost * N * lost"}
---
Sums.
`)},
	"sessions/first.md": {Data: []byte(`---
type: worksheet
kind: policy-session
duration: 20 minutes
---
A session.

## The session

| Minutes | Prompt | On paper afterwards |
|---|---|---|
| 5 | What are we here for? | a title |
| 15 | What does %{shop} promise? | the promise |
`)},
	"sums/de.md": {Data: []byte(`---
type: worksheet
kind: calculator
lang: de
inputs:
  - {name: N, example: 1200}
formula:
  - {name: cost, unit: €, formula: N * 1.5 / 7}
---
Summen.
`)},
}

// What the stories of forms look at.
const (
	score  = `document.querySelector(".score .score-count").textContent`
	band   = `document.querySelector(".score-band").textContent`
	here   = `[...document.querySelectorAll(".band-here")].map((r) => r.cells[0].textContent).join()`
	button = `document.querySelector('.score [data-do="`
	box    = `document.querySelectorAll(".prose .task input")`
)

func formTab(t *testing.T) (*tab, []string) {
	t.Helper()
	b, err := started()
	need(t, err)
	dir := filepath.Join(b.profile, t.Name())
	if _, err := write(dir, forms, build.Options{}); err != nil {
		t.Fatal(err)
	}
	return newTab(t), []string{"file://" + dir + "/", strings.TrimSuffix(serve(t, dir, "", policy), "/") + "/"}
}

// TestChecklist ticks a list: the score and its row follow, and both are there
// again on the next day.
func TestChecklist(t *testing.T) {
	t.Parallel()
	tab, bases := formTab(t)
	for _, base := range bases {
		tab.open(base + "checklists/no/index.html")
		tab.is(score+` === ""`, band+` === ""`, here+` === ""`, `document.querySelector("table.bands").closest(".table").compareDocumentPosition(document.querySelector(".score")) & 2`)
		tab.eval(button+`count"]').click()`, nil)
		tab.is(score+` === "0 of 3 ticked"`, band+` === "all is well"`, here+` === "0"`, `document.activeElement.dataset.do === "again"`)
		tab.eval(box+`[0].click(); `+box+`[2].click()`, nil)
		tab.is(score+` === "2 of 3 ticked"`, here+` === "1 to 2"`, `document.querySelector(".score-band a").href.includes("checklists/mixed/")`,
			`document.querySelector(".score-band").closest("[role=status]")`)
		tab.eval(box+`[1].click()`, nil)
		tab.is(here + ` === "3 or more"`)
		tab.open(base + "checklists/no/index.html")
		tab.is(score+` === "3 of 3 ticked"`, band+` === "luckbegin"`, box+`[1].checked`)
		tab.eval(button+`again"]').click()`, nil)
		tab.is(score+` === ""`, here+` === ""`, `!`+box+`[1].checked`, `Object.keys(localStorage).every((k) => !k.startsWith("peppermill.ticks"))`)

		// Yes is good here and no there: good answers count, once all are given.
		tab.open(base + "checklists/mixed/index.html")
		tab.is(box+`[1].checked`, score+` === "1 of 3 ticked"`, here+` === ""`)
		tab.eval(box+`[0].click(); `+button+`count"]').click()`, nil)
		tab.is(score+` === "3 of 3 answers are good ones"`, here+` === "3"`, band+` === "donerest"`)
		tab.eval(box+`[1].click()`, nil)
		tab.open(base + "checklists/mixed/index.html")
		tab.is(`!`+box+`[1].checked`, score+` === "2 of 3 answers are good ones"`, here+` === "0"`)
	}
}

// TestLevels scores somebody: one level a row, counted, and there again on the
// next day.
func TestLevels(t *testing.T) {
	t.Parallel()
	tab, bases := formTab(t)
	box := `document.querySelectorAll("td.level input")`
	for _, base := range bases {
		tab.open(base + "standards/two/index.html")
		tab.is(box+`.length === 6`, score+` === ""`, button+`again"]').hidden`, box+`[2].labels[0].querySelector("a").href.includes("checklists/no/")`)
		tab.eval(box+`[0].click(); `+box+`[1].click(); `+box+`[4].click()`, nil)
		tab.is(`[...`+box+`].map((b) => +b.checked).join("") === "010010"`, score+` === "Acceptable: 2"`)
		tab.eval(box+`[3].click()`, nil)
		tab.open(base + "standards/two/index.html")
		tab.is(`[...`+box+`].map((b) => +b.checked).join("") === "010100"`, score+` === "Acceptable: 1 · Below: 1"`)
		tab.eval(button+`again"]').click()`, nil)
		tab.is(score+` === ""`, `!document.querySelector(".level :checked")`, `document.activeElement === `+box+`[0]`,
			`Object.keys(localStorage).every((k) => !k.startsWith("peppermill.ticks"))`)
	}
}

// TestQuiz answers a quiz, has it checked, and begins again.
func TestQuiz(t *testing.T) {
	t.Parallel()
	tab, bases := formTab(t)
	verdicts := `[...document.querySelectorAll(".verdict")].map((v) => v.textContent).join(" ")`
	for _, base := range bases {
		tab.open(base + "lessons/check/index.html")
		tab.is(`[...`+box+`].map((b) => b.type[0]).join("") === "rrcccrr"`, `document.querySelectorAll('[role="radiogroup"][aria-labelledby]').length === 2`,
			`document.getElementById(document.querySelector('[role="group"].question').getAttribute("aria-labelledby")).textContent.startsWith("Which")`)
		tab.eval(box+`[1].click(); `+box+`[2].click(); `+button+`check"]').click()`, nil)
		tab.is(score+` === "1 of 3 right. 2 are needed."`, verdicts+` === "Right. Not right. Not answered."`,
			`[...document.querySelectorAll(".answer")].map((a) => a.open).join() === "true,true,false"`)
		tab.eval(box+`[4].click(); `+button+`check"]').click()`, nil)
		tab.is(score+` === "2 of 3 right. That is enough: 2 are needed."`, verdicts+` === "Right. Right. Not answered."`)
		tab.eval(button+`again"]').click()`, nil)
		tab.is(score+` === ""`, verdicts+` === ""`, `!document.querySelector(".answer[open], :checked")`, `document.activeElement === `+box+`[0]`)
	}
}

// TestCalculator puts other figures into a worked example.
func TestCalculator(t *testing.T) {
	t.Parallel()
	tab, bases := formTab(t)
	results := `[...document.querySelectorAll(".sum-out dd")].map((d) => d.textContent).join(" ")`
	field := `document.querySelector(".sum [data-input=lost]")`
	for _, base := range bases {
		tab.open(base + "sums/keep/index.html")
		tab.is(results+` === "0.925 £216,000"`, `document.querySelector(".sum h2").textContent === "A worked example"`, `document.querySelector(".sum [data-input=N]").value === "1,200"`)
		tab.eval(field+`.focus(); `+field+`.select()`, nil)
		tab.enter("0")
		tab.is(results+` === "1 £–"`, `document.querySelector(".sum h2").textContent === "With your own figures"`)
		tab.eval(field+`.select()`, nil)
		tab.enter("many")
		tab.is(results+` === "– £–"`, field+`.getAttribute("aria-invalid") === "true"`)
		tab.eval(field+`.select()`, nil)
		tab.enter("300.5")
		tab.is(results+` === "0.75 £216,000"`, `!`+field+`.hasAttribute("aria-invalid")`)
		tab.open(base + "sums/keep/index.html")
		tab.is(field+`.value === "300.5"`, results+` === "0.75 £216,000"`)
		tab.eval(`localStorage.clear()`, nil)
		tab.open(base + "sums/de/index.html")
		tab.is(results+` === "257,14 €"`, `document.querySelector(".sum input").value === "1.200"`)
	}
}

// TestFormulas has the script work out what the rule book works out, and come
// to the same.
func TestFormulas(t *testing.T) {
	t.Parallel()
	script, err := os.ReadFile("../../themes/default/assets/js/forms/formula.js")
	if err != nil {
		t.Fatal(err)
	}
	cases, err := os.ReadFile("../schema/testdata/formulas.txt")
	if err != nil {
		t.Fatal(err)
	}
	text, _ := json.Marshal(string(cases))
	tab := newTab(t)
	var wrong []string
	tab.eval(`(() => { `+strings.ReplaceAll(string(script), "export ", "")+`
		const known = new Map([["N", 120], ["lost", 9], ["none", 0], ["Größe", 2.5]]);
		const lines = `+string(text)+`.split("\n").filter((line) => line && !line.startsWith("#"));
		if (lines.length < 30) return ["too few"];
		return lines.filter((line) => {
			const at = (" " + line).lastIndexOf(" = ");
			const want = line.slice(at + 2), value = workOut(line.slice(0, Math.max(at, 0)), known);
			return Number.isFinite(value) ? String(value) !== want : want !== "?" && !want.startsWith("! ");
		}) })()`, &wrong)
	for _, line := range wrong {
		t.Error(line)
	}
}
