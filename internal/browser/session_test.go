package browser

import "testing"

// clock is a page's clock that stands still until the test lets time pass.
const clock = `(() => {
	let now = Number(localStorage.getItem("now") || 1e12);
	const beats = [];
	Date.now = () => now;
	window.setInterval = (beat) => beats.push(beat);
	window.pass = (seconds) => {
		localStorage.setItem("now", now += seconds * 1000);
		for (const beat of beats) beat();
	};
})()`

// TestSession runs a session by the clock: a step at a time, a rest, time that
// is up, and what was written.
func TestSession(t *testing.T) {
	t.Parallel()
	source, err := axe()
	need(t, err)
	tab, bases := formTab(t)
	tab.call("Page.addScriptToEvaluateOnNewDocument", dict{"source": clock}, nil)
	const (
		time = `document.querySelector(".run-time").textContent`
		at   = `document.querySelector(".run-at").textContent`
		up   = `document.querySelector(".run-up").textContent`
		does = `[...document.querySelectorAll(".run [data-run]")].filter((b) => !b.hidden).map((b) => b.dataset.run).join(" ")`
		note = `document.querySelectorAll(".run textarea")`
	)
	press := func(name string) { tab.eval(`document.querySelector('[data-run="`+name+`"]').click()`, nil) }
	for _, base := range bases {
		tab.open(base + "sessions/first/index.html")
		tab.is(does+` === "start"`, time+` === ""`, `document.querySelector("table.session").closest(".table").nextElementSibling.className === "run"`)
		press("start")
		tab.is(at+` === "Step 1 of 2, 5 minutes"`, time+` === "5:00"`, does+` === "pause next again"`, `document.activeElement.dataset.run === "pause"`,
			`document.querySelector(".run-prompt").textContent === "What are we here for?"`, `document.querySelector(".run-at").closest("[role=status]")`,
			`!document.querySelector(".run-time").closest("[role=status]")`)
		tab.eval(`pass(61)`, nil)
		tab.is(time + ` === "3:59"`)
		press("pause")
		tab.eval(`pass(600)`, nil)
		tab.is(time+` === "3:59"`, `document.querySelector('[data-run="pause"]').textContent === "Go on"`)
		press("pause")
		tab.eval(note+`[0].focus()`, nil)
		tab.enter("Late")
		tab.eval(`pass(200)`, nil)
		// Where it stands and what was written are kept; TestChecklist opens such a page again.
		tab.is(time+` === "0:39"`, note+`[0].value === "Late"`, `document.querySelector(".run-here label").textContent === "a title"`,
			`Object.keys(JSON.parse(localStorage.getItem("peppermill.ticks:" + location.pathname))).sort().join() === "run/run:0,run/state"`)
		tab.eval(`pass(69)`, nil)
		tab.is(time+` === "+0:30"`, up+`.startsWith("Time is up.")`)
		tab.eval(source, nil)
		for rule, found := range faults(tab, true) {
			t.Errorf("%s: %s", rule, found)
		}
		var out []string
		tab.show(screen{width: 320, scheme: "light"})
		if tab.eval(wide, &out); len(out) > 0 {
			t.Error(out)
		}
		press("next")
		tab.is(at+` === "Step 2 of 2, 15 minutes"`, time+` === "15:00"`, up+` === ""`)
		press("back")
		tab.is(at+` === "Step 1 of 2, 5 minutes"`, time+` === "5:00"`)
		press("next")
		press("next")
		tab.is(at+` === "That was the last step. What you wrote is below."`, time+` === ""`, does+` === "back again"`)
		press("again")
		tab.is(does+` === "start"`, at+` === ""`, note+`[0].value === "Late"`)

		// Paper has what was written, and nothing where nothing was.
		tab.show(screen{width: 680, scheme: "light", media: "print"})
		tab.is(note+`[0].checkVisibility()`, `!document.querySelector(".run-clock").checkVisibility()`)
		tab.eval(note+`[0].value = ""; `+note+`[0].dispatchEvent(new Event("input", {bubbles: true}))`, nil)
		tab.is(`!document.querySelector(".run").checkVisibility()`, `!Object.keys(localStorage).some((k) => k.startsWith("peppermill.ticks"))`)
		tab.show(screen{width: 680, scheme: "light"})
	}
}
