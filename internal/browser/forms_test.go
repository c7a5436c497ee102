package browser

import (
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
