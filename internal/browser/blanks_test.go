package browser

import (
	"fmt"
	"strings"
	"testing"
)

// What the stories of blanks look at.
const (
	answer = `[...document.querySelectorAll("[data-answer]")].find(e => e.dataset.answer === %q)`
	kept   = `document.querySelector(".fill-state").textContent`
	count  = `document.querySelector(".fill-count").textContent`
	news   = `document.querySelector(".fill-news").textContent`
)

// reply types a text into the field of a blank, as a person does.
func (t *tab) reply(name, text string) {
	t.Helper()
	t.eval(fmt.Sprintf(`(f => (f.focus(), f.select()))(`+answer+`)`, name), nil)
	t.enter(text)
}

// TestBlanks fills in a template that was opened by double-click, in all the
// places where its text can stand, and finds the answers on another page.
func TestBlanks(t *testing.T) {
	t.Parallel()
	f := site(t)
	w := ways(t, f)[2]
	tab := newTab(t)
	tab.show(screen{width: 1280, scheme: "light"})
	from := tab.now()
	tab.open(w.base + "rules/ours/index.html")
	tab.is(`document.querySelector(".fill-box").open`, count+` === "1 of 9"`, kept+`.includes("opened from a folder")`,
		`document.querySelector("h1").textContent === "Opening day at To fill in: name of your shop"`,
		`document.querySelectorAll(".control [data-blank=country], .prose [data-blank=country]").length === 2`,
		`!document.querySelector(".prose a[data-fill-href^=tel]").href`,
		`document.querySelector(".prose").innerText.includes("£50 in each")`)

	mean := "<img src=x onerror=alert(1)>&amp;"
	tab.reply("shop", mean)
	tab.is(`document.querySelector("h1").textContent === "Opening day at `+mean+`"`, `document.title === "Opening day at `+mean+` – The Long Counter"`,
		`document.documentElement.dataset.title === document.title`, `document.querySelector("h2").textContent === "The first hour at `+mean+`"`,
		`document.querySelector(".outline a").textContent === "The first hour at `+mean+`"`,
		`document.querySelector(".prose img").alt === "The front of `+mean+`"`, `document.querySelector(".prose a[title]").title === "To `+mean+`"`,
		`document.querySelector(".prose code").textContent === "`+mean+`"`, `document.querySelector("[role=tab]").textContent === "At `+mean+`"`,
		`document.querySelector(".prose p").textContent.startsWith("On To fill in: the day you opened <img")`, `!document.querySelector("img[onerror]")`, count+` === "2 of 9"`)
	tab.reply("phone", "01632 960 118")
	tab.reply("mail", "javascript:alert(1)")
	tab.reply("story", "It rained.")
	tab.eval(fmt.Sprintf(`(`+answer+`).value = "2019-03-04"; (`+answer+`).dispatchEvent(new Event("input", {bubbles: true}))`, "opened", "opened"), nil)
	tab.eval(fmt.Sprintf(`(`+answer+`).value = "30 days"; (`+answer+`).dispatchEvent(new Event("input", {bubbles: true}))`, "window", "window"), nil)
	tab.is(`document.querySelector(".prose a[data-fill-href^=tel]").getAttribute("href") === "tel:01632960118"`,
		`document.querySelector(".prose a[data-fill-href^=mailto]").getAttribute("href") === "mailto:javascript:alert(1)"`,
		`document.querySelector(".prose p").innerText.startsWith("On 4 March 2019 <img")`, `document.querySelector(".table").innerText.includes("30 days")`,
		`document.querySelector("[data-blank=story]").textContent === "It rained."`,
		count+` === "7 of 9"`, `peppermillBlanks.answers().get("opened") === "4 March 2019"`, `!peppermillBlanks.answers().has("tills")`)
	tab.press("Tab")
	tab.until(news + ` === "7 of 9 filled in"`)

	// On paper the words are text, and what is left is a line.
	tab.show(screen{width: 680, scheme: "light", media: "print"})
	tab.is(`!document.querySelector(".fill").checkVisibility()`,
		`getComputedStyle(document.querySelector("[data-blank=tills]")).borderTopStyle === "solid"`,
		`getComputedStyle(document.querySelector("[data-blank=story]")).borderTopStyle === "none"`)
	tab.show(screen{width: 360, scheme: "light"})

	// Another page of the site has them too, and so this browser shares them.
	tab.open(w.base + "rules/theirs/index.html")
	tab.is(`document.querySelector(".prose").innerText.startsWith("<img")`, count+` === "1 of 1"`, kept+` === ""`, `!document.querySelector(".fill-box").open`)
	tab.eval(`document.querySelector("[data-blank]").click()`, nil)
	tab.is(`document.querySelector(".fill-box").open`, fmt.Sprintf(`document.activeElement === (`+answer+`)`, "shop"))
	tab.eval(`document.querySelector('[data-do="back"]').click()`, nil)
	tab.is(`document.activeElement.matches("[data-blank]")`, `!document.querySelector('[data-do="back"]').checkVisibility()`)
	// The document for paper is filled in as its pages are.
	tab.open(w.base + "rules/print/index.html")
	tab.is(`document.querySelector(".contents").innerText.includes("Opening day at <img")`, `document.querySelector(".document").innerText.includes("On 4 March 2019 <img")`)
	events, _ := tab.since(from)
	for _, wrong := range noise(events, w.base) {
		t.Error(wrong)
	}
}

// TestAnswers keeps answers, carries them from one device to another, and
// forgets them; two tabs agree, and a browser that keeps nothing is told of.
func TestAnswers(t *testing.T) {
	t.Parallel()
	f := site(t)
	w := ways(t, f)[1]
	tab := newTab(t)
	tab.show(screen{width: 1280, scheme: "light"})
	tab.open(w.base + "rules/ours/")
	from := tab.now()
	tab.is(kept + ` === ""`)
	tab.reply("shop", "Quill's")
	tab.reply("float", " ")
	tab.is(`localStorage.getItem("peppermill.answers `+subfolder+`/").includes("Quill's")`, count+` === "1 of 9"`,
		`document.querySelector("[data-blank=float]").textContent === "To fill in: what lies in a till"`)

	// Another tab, as far as storage knows. Where one is typing, nothing changes.
	tab.eval(`new Promise(done => {
		window.other = Object.assign(document.createElement("iframe"), {src: "../theirs/", onload: done});
		document.body.append(other);
	})`, nil)
	tab.eval(`other.contentDocument.querySelector("[data-answer]").value = "Ann's";
		other.contentDocument.querySelector("[data-answer]").dispatchEvent(new Event("input", {bubbles: true}))`, nil)
	tab.until(`document.querySelector("h1").textContent.endsWith("Ann's")`)
	tab.is(fmt.Sprintf(`(`+answer+`).value === "Ann's"`, "shop"))

	// Saved as a file that a build reads as a profile, and opened again.
	tab.eval(`URL.createObjectURL = blob => (window.saved = blob, "#"); document.querySelector('[data-do="save"]').click()`, nil)
	var saved string
	tab.eval(`saved.text()`, &saved)
	if want := "{\n  \"float\": \" \",\n  \"shop\": \"Ann's\"\n}\n"; saved != want {
		t.Errorf("saved is %q, not %q", saved, want)
	}
	open := func(text, said string) {
		t.Helper()
		tab.eval(fmt.Sprintf(`(() => {
			const list = new DataTransfer(), input = document.querySelector(".fill-do input");
			list.items.add(new File([%q], "answers.json"));
			input.files = list.files;
			input.dispatchEvent(new Event("change", {bubbles: true}));
		})()`, text), nil)
		tab.until(fmt.Sprintf(news+` === %q`, said))
	}
	open(`{"tills": "two", "window": "90 days", "__proto__": "x", "a b": "x", "mail": 3}`, "Answers read from the file: 2")
	tab.is(`document.querySelector(".prose p").innerText.includes("Ann's opened with two tills")`, fmt.Sprintf(`(`+answer+`).value === "90 days"`, "window"))
	for _, bad := range []string{"", "no", "[1]", `{"a": 1}`, "null", `"x"`} {
		open(bad, "There are no answers in this file.")
	}

	// Forgotten, but not by a slip.
	tab.eval(`document.querySelector('[data-do="forget"]').click()`, nil)
	tab.is(`document.activeElement.dataset.do === "forget.no"`)
	tab.press("Escape")
	tab.is(`document.activeElement.dataset.do === "forget"`, count+` === "3 of 9"`)
	tab.press("Enter")
	tab.eval(`document.querySelector('[data-do="forget.yes"]').click()`, nil)
	tab.is(`Object.keys(localStorage).length === 0`, count+` === "1 of 9"`, fmt.Sprintf(`(`+answer+`).value === ""`, "shop"),
		`document.querySelector("h1").textContent.includes("To fill in: name of your shop")`)
	tab.until(`other.contentDocument.querySelector(".fill-count").textContent === "0 of 1"`)
	events, _ := tab.since(from)
	for _, m := range events {
		if m.Method == "Network.requestWillBeSent" && strings.Contains(string(m.Params), "Quill") {
			t.Errorf("an answer is sent: %s", m.Params)
		}
	}

	tab.call("Page.addScriptToEvaluateOnNewDocument", dict{"source": `Object.defineProperty(window, "localStorage", {get() { throw new DOMException("no") }})`}, nil)
	tab.open(w.base + "rules/ours/")
	tab.is(kept + `.startsWith("This browser keeps nothing")`)
	tab.reply("shop", "Quill's")
	tab.is(`document.querySelector("h1").textContent === "Opening day at Quill's"`, kept+`.startsWith("This browser keeps nothing")`)
}
