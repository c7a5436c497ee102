package browser

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// TestSearchPage opens the search by its address, in every way of opening a
// site: the list is there, narrowed as the address says, and leads to pages.
func TestSearchPage(t *testing.T) {
	for _, w := range searchWays(t) {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			tab := newTab(t)
			tab.show(screen{width: 1280, scheme: "light"})
			from := tab.now()
			tab.open(w.base + "search/index.html?q=refnd%20voucher%20zzq&type=policy")
			tab.listed("refnd voucher zzq")
			tab.is(
				`document.querySelectorAll("[data-search-results] > li").length === 2`,
				`document.querySelector("h1").textContent === "Search"`,
				`document.querySelector(".lists").hidden`,
				`document.querySelector("select[name=type]").value === "policy"`,
				`document.querySelector(".find-said").textContent === "2 results"`,
				`document.querySelector(".find-note").textContent.includes("Showing results for refund voucher zzq")`,
				`document.querySelector(".find-note b").textContent === "refund"`,
				`document.querySelector(".find-note").textContent.includes("No page has zzq")`,
				`document.querySelector(".hit-type").textContent === "Policy"`,
				`document.querySelector(".hit mark").textContent === "refund"`,
				`document.querySelector(".hit-why").textContent.includes("In the title: refund for refnd")`,
			)
			var hits []string
			tab.eval(`[...document.querySelectorAll(".hit")].flatMap(li => [...li.querySelectorAll("a")].map(a => a.href))`, &hits)
			page := w.base + "rules/refunds/"
			if !w.served() {
				page += "index.html"
			}
			if len(hits) < 3 || hits[0] != page || hits[1] != page+"#when" || hits[2] != page+"#ex%20ceptions" {
				t.Errorf("the hits lead to %q, want first %s", hits, page)
			}
			tab.eval(`document.querySelector("select[name=type]").focus()`, nil)
			tab.enter("A") // all
			tab.until(`document.querySelector(".find-said").textContent === "20 results" && document.querySelector("[data-search-results]").dataset.query`)
			tab.is(`document.querySelectorAll(".hits > li").length === 10`)
			tab.eval(`document.querySelector(".find-more").click()`, nil)
			tab.until(`document.querySelectorAll(".hits > li").length === 20 && document.activeElement.closest("li") === document.querySelectorAll(".hits > li")[10]`)
			tab.is(`document.querySelector(".find-more").hidden`)
			if w.served() {
				tab.is(`location.search === "?q=refnd+voucher+zzq"`, `!location.pathname.includes("index.html")`)
			}
			events, _ := tab.since(from)
			for _, wrong := range noise(events, w.base) {
				t.Error(wrong)
			}
		})
	}
}

// TestSearchDialog goes from any page to a result with the keyboard alone.
func TestSearchDialog(t *testing.T) {
	for _, w := range searchWays(t) {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			tab := newTab(t)
			tab.show(screen{width: 1280, scheme: "light"})
			from := tab.now()
			tab.visit(w, "rules/late/index.html")
			tab.eval(`document.querySelector("main a").focus()`, nil)
			for _, key := range []string{"/", "Control+k"} {
				tab.press(key)
				tab.until(`document.querySelector("dialog[open] [role=combobox]:focus")`)
				tab.press("Escape")
				tab.is(`!document.querySelector("dialog[open]")`, `document.activeElement === document.querySelector("main a")`)
			}
			for _, off := range []bool{true, false} { // the key that acts by itself can be switched off
				tab.press("Control+k")
				tab.until(`document.querySelector("dialog[open] .find-slash input")`)
				tab.eval(`document.querySelector("dialog .find-slash input").click()`, nil)
				tab.press("Escape")
				tab.press("/")
				tab.is(fmt.Sprintf(`!document.querySelector("dialog[open]") === %t`, off))
				tab.press("Escape")
			}
			tab.press("/")
			tab.until(`document.querySelector("dialog[open] [role=combobox]:focus")`)
			tab.is(`document.activeElement.getAttribute("aria-expanded") === "false"`, `document.getElementById("find-list").hidden`)
			tab.enter("money back")
			tab.until(`document.querySelector("dialog [role=status]").textContent === "20 results"`)
			tab.is(
				`document.activeElement.value === "money back"`,
				`document.activeElement.getAttribute("aria-expanded") === "true"`,
				`!document.activeElement.hasAttribute("aria-activedescendant")`,
				`document.querySelector("dialog .find-note").textContent === "Also looked for refund"`,
				`document.querySelectorAll("[role=option].hit").length === 7`,
				`document.querySelector(".find-foot a").href.endsWith("?q=money+back")`,
			)
			for i, key := range []string{"ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown", "ArrowDown"} {
				tab.press(key)
				at := []string{"0", "1", "0", "none", "last", "none", "0", "1"}[i]
				tab.is(fmt.Sprintf(`(all => {
					const at = {none: -1, last: all.length - 1}[%q] ?? %[1]q * 1, own = document.activeElement.getAttribute("aria-activedescendant");
					return all.every((o, i) => o.getAttribute("aria-selected") === String(i === at)) && own === (all[at]?.id ?? null);
				})([...document.querySelectorAll("[role=option]")])`, at))
			}
			to := w.base + "rules/refunds/#when"
			if !w.served() {
				to = w.base + "rules/refunds/index.html#when"
			}
			before := tab.now()
			tab.press("Enter")
			tab.await(before, "going to the result", func(m message) bool { return loaded(m, "") })
			var now string
			if tab.eval(`location.href`, &now); now != to {
				t.Errorf("the second option leads to %s, not to %s", now, to)
			}
			events, _ := tab.since(from)
			for _, wrong := range noise(events, w.base) {
				t.Error(wrong)
			}
		})
	}
}

// TestSearchNarrowed holds that a search is narrowed by type, stage and role in the
// dialog as on the page, that the choice goes from one to the other and stands in
// the address, and that the way back leads to the choice before.
func TestSearchNarrowed(t *testing.T) {
	for _, w := range searchWays(t) {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			tab := newTab(t)
			tab.show(screen{width: 320, scheme: "light"})
			tab.visit(w, "rules/late/index.html")
			tab.press("/")
			tab.until(`document.querySelector("dialog[open] input:focus")`)
			tab.is(`!document.querySelector("dialog .find-filters").checkVisibility()`)
			tab.enter("refund")
			tab.until(`document.querySelector("dialog [role=status]").textContent === "20 results"`)
			tab.is(`[...document.querySelectorAll("dialog select")].map(s => s.labels[0].textContent.startsWith(s.options[0].text) && s.options[0].text).join() === "Type,Stage,Role"`,
				`[...document.querySelectorAll("dialog select")].every(s => s.checkVisibility() && s.getBoundingClientRect().height >= 44 && s.getBoundingClientRect().right <= innerWidth)`)
			tab.press("Tab") // the button that closes
			tab.press("Tab")
			tab.is(`document.activeElement === document.querySelector("dialog select[name=type]")`)
			tab.enter("P")
			tab.until(`document.querySelector("dialog [role=status]").textContent === "2 results" && document.activeElement.value === "policy"`)
			choose := func(where, name, value string) {
				tab.eval(fmt.Sprintf(`(s => (s.value = %q, s.dispatchEvent(new Event("change", {bubbles: true}))))(document.querySelector("%s select[name=%s]"))`, value, where, name), nil)
			}
			choose("dialog", "role", "Driver")
			tab.until(`document.querySelector("dialog [role=status]").textContent === "1 result"`)
			tab.is(`document.querySelector(".find-foot a").href.endsWith("?q=refund&type=policy&role=Driver")`)
			choose("dialog", "stage", "before")
			tab.until(`document.querySelector("dialog [role=status]").textContent === "Nothing was found for refund"`)
			tab.eval(`document.querySelector("dialog .find-note button").click()`, nil)
			tab.until(`document.querySelector("dialog [role=status]").textContent === "20 results" && document.activeElement.value === "refund"`)
			choose("dialog", "type", "policy")
			tab.until(`document.querySelector("dialog [role=status]").textContent === "2 results"`)
			from := tab.now()
			tab.press("Enter")
			tab.await(from, "the search's page", func(m message) bool { return loaded(m, "") })
			tab.listed("refund")
			tab.is(`location.search === "?q=refund&type=policy"`, `document.querySelector("select[name=type]").value === "policy"`, `document.querySelectorAll(".hits > li").length === 2`)
			choose("", "role", "Driver")
			tab.listed("refund")
			tab.is(`document.querySelectorAll(".hits > li").length === 1`)
			if !w.served() {
				return // from a folder, browsers keep the address
			}
			tab.is(`location.search === "?q=refund&type=policy&role=Driver"`)
			tab.eval(`history.back()`, nil)
			tab.until(`document.querySelectorAll(".hits > li").length === 2 && document.querySelector("select[name=role]").value === ""`)
			tab.eval(`history.forward()`, nil)
			tab.until(`document.querySelectorAll(".hits > li").length === 1 && document.querySelector("select[name=role]").value === "Driver"`)
		})
	}
}

// TestSearchBox holds that the box in the header fetches nothing before anybody
// comes near, opens nothing when one passes through it, and gives its letters
// to the dialog; and that on a phone the link opens it.
func TestSearchBox(t *testing.T) {
	t.Parallel()
	w := searchWays(t)[0]
	tab := newTab(t)
	tab.show(screen{width: 1280, scheme: "light"})
	from := tab.now()
	tab.visit(w, "rules/late/index.html")
	if n := tab.asked(from, "Script", "/assets/search."); n != 0 {
		t.Errorf("%d search scripts were fetched before anybody asked", n)
	}
	tab.eval(`document.querySelector(".site-search input").focus()`, nil)
	tab.until(`window.peppermillSearch`)
	tab.is(`!document.querySelector("dialog[open]")`)
	tab.enter("r")
	tab.until(`document.querySelector("dialog[open] input:focus")`)
	tab.enter("efund")
	tab.until(`document.querySelectorAll("[role=option]").length > 2`)
	tab.is(`document.querySelector("dialog input").value === "refund"`, `document.querySelector(".site-search input").value === ""`)
	tab.press("Escape")
	tab.is(`document.activeElement === document.querySelector(".site-search input")`)

	tab.show(screen{width: 360, scheme: "light"})
	tab.visit(w, "rules/late/index.html")
	tab.eval(`document.querySelector(".to-search").click()`, nil)
	tab.until(`document.querySelector("dialog[open] input:focus")`)
	tab.eval(`document.querySelector("dialog button").click()`, nil)
	tab.is(`!document.querySelector("dialog[open]")`)
	if n := tab.asked(from, "Script", "/assets/search."); n != 2 {
		t.Errorf("%d search scripts were fetched by two pages", n)
	}
}

// TestSearchRecent holds that what was searched for is offered again, on this
// device, until the reader takes it away.
func TestSearchRecent(t *testing.T) {
	for _, w := range searchWays(t) {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			tab := newTab(t)
			tab.show(screen{width: 1280, scheme: "light"})
			for i, query := range []string{"refund", "<b>late</b>"} {
				tab.visit(w, "index.html")
				tab.press("/")
				tab.until(`document.querySelector("dialog[open] input:focus")`)
				tab.is(fmt.Sprintf(`document.querySelectorAll(".hit-again").length === %d`, i))
				tab.enter(query)
				from := tab.now()
				tab.press("Enter")
				tab.await(from, "the search's page", func(m message) bool { return loaded(m, "") })
				tab.listed(query)
			}
			tab.visit(w, "index.html")
			tab.press("/")
			tab.until(`[...document.querySelectorAll(".hit-again")].map(o => o.textContent).join("|") === "<b>late</b>|refund"`)
			tab.press("ArrowUp")
			tab.press("Enter")
			tab.until(`document.querySelector("dialog input").value === "refund" && document.querySelector("[role=option].hit")`)
			tab.visit(w, "search/index.html")
			tab.until(`document.querySelectorAll(".find-again a").length === 2`)
			tab.eval(`document.querySelector(".find-recent button").click()`, nil)
			tab.is(`!document.querySelector(".find-again")`, `document.activeElement.name === "q"`, `localStorage.length === 0`)
		})
	}
}

// TestSearchFindsNothing holds that nobody is left alone with an empty page.
func TestSearchFindsNothing(t *testing.T) {
	t.Parallel()
	w := searchWays(t)[0]
	tab := newTab(t)
	tab.open(w.base + "search/?q=xyzzy&type=term")
	tab.listed("xyzzy")
	tab.is(
		`document.querySelectorAll("[data-search-results] > li").length === 0`,
		`document.querySelector(".find-said").textContent === "Nothing was found for xyzzy"`,
		`document.querySelector(".find-note a[href='#a-to-z']") && document.getElementById("a-to-z").checkVisibility()`,
		`document.querySelector(".find-note a[href='mailto:sam@example.com']").textContent === "sam@example.com"`,
	)
	tab.eval(`document.querySelector(".find-note button").click()`, nil)
	tab.until(`location.search === "?q=xyzzy" && !document.querySelector(".find-note button")`)
	tab.visit(w, "rules/late/index.html")
	tab.press("/")
	tab.until(`document.querySelector("dialog[open] input:focus")`)
	tab.enter("xyzzy")
	tab.until(`document.querySelector("dialog [role=status]").textContent === "Nothing was found for xyzzy"`)
	tab.is(`document.querySelector("dialog .find-none")`, `document.querySelector("dialog a[href^=mailto]")`,
		`document.querySelector("dialog [role=combobox]").getAttribute("aria-expanded") === "false"`)
}

// TestSearchIsData asks for every payload and shows results whose every text is
// one: nothing runs, and no address leaves the site.
func TestSearchIsData(t *testing.T) {
	t.Parallel()
	w := searchWays(t)[0]
	w.base = serve(t, w.dir, "", "") // no policy helps
	tab := newTab(t)
	tab.call("Runtime.addBinding", dict{"name": "__ran"}, nil)
	tab.call("Page.addScriptToEvaluateOnNewDocument", dict{"source": `window.__xss = () => __ran(location.href)`}, nil)
	from := tab.now()
	const answered = `document.querySelector("[data-search-results]").dataset.query === document.querySelector(".find input").value`
	const askAll = `(async queries => {
		const box = document.querySelector(".find input");
		for (const query of queries) {
			box.value = query;
			box.form.dispatchEvent(new Event("submit", {cancelable: true}));
			while (!(` + answered + `)) await new Promise(done => setTimeout(done, 2));
		}
	})`
	// The first results of the engine hold payloads of their own.
	for ten := range slices.Chunk(payloads(t), 10) {
		tab.open(w.base + "search/?q=" + url.QueryEscape("refund "+ten[0]) + "&type=" + url.QueryEscape(ten[0]))
		tab.until(answered)
		var rest []string
		for _, p := range ten[1:] {
			rest = append(rest, "refund "+p)
		}
		list, err := json.Marshal(rest)
		tab.must(err)
		tab.eval(askAll+"("+string(list)+")", nil) // in the page, where no frame need be painted between them
	}
	tab.open(w.base + "search/?q=refund")
	tab.listed("refund")
	tab.is(`document.querySelectorAll(".hit").length > 3`, `document.querySelector("main").textContent.includes("<script>__xss(4)")`,
		`[...document.querySelectorAll(".hit a")].every(a => a.href.startsWith(`+quoted(w.base)+`))`)
	tab.visit(w, "rules/late/index.html")
	tab.press("/")
	tab.until(`document.querySelectorAll("dialog .hit-again").length === 5`)
	tab.enter("refund</p><img src=x onerror=__xss(1)>")
	tab.until(`document.querySelector("dialog .hit-part")`)
	tab.is(`[...document.querySelectorAll("dialog a[role=option]")].every(a => a.href.startsWith(` + quoted(w.base) + `))`)
	tab.settle()
	events, _ := tab.since(from)
	for _, m := range events {
		if wrong := harm(m, w.base); wrong != "" {
			t.Error(wrong)
		}
	}
}

// TestSearchAxe judges what the search shows, and holds it to the screen, as
// small as a desk's at 400 % zoom.
func TestSearchAxe(t *testing.T) {
	source, err := axe()
	need(t, err)
	w := searchWays(t)[0]
	for state, query := range map[string]string{"results": "refnd voucher", "nothing": "xyzzy", "new": ""} {
		t.Run(state, func(t *testing.T) {
			t.Parallel()
			tab := newTab(t)
			judged := func(what string) {
				t.Helper()
				tab.eval(source, nil)
				for rule, found := range faults(tab, state != "results") {
					t.Errorf("%s: %s: %s", what, rule, found)
				}
				tab.show(screen{width: 320, scheme: "light"})
				tab.settle()
				var out []string
				if tab.eval(wide, &out); len(out) > 0 {
					t.Errorf("%s: %s", what, strings.Join(out, "\n\t"))
				}
			}
			tab.open(w.base + "search/?q=" + url.QueryEscape(query))
			if query != "" {
				tab.listed(query)
				tab.press("/")
				tab.is(`document.activeElement.name === "q"`, `!document.querySelector("dialog")`)
			}
			judged("page")
			tab.visit(w, "rules/late/index.html")
			tab.press("/")
			tab.until(`document.querySelector("dialog[open] input:focus")`)
			tab.enter(query)
			tab.until(`document.querySelector("dialog :is(.hit-text mark, .find-none, .find-foot a[href$='search/'])")`)
			judged("dialog")
			// All of it can be reached on a small screen.
			tab.press("ArrowUp")
			tab.is(`[...document.querySelectorAll("dialog :is(input, button, .find-foot a, [aria-selected=true])")].every(e => {
				const r = e.getBoundingClientRect();
				return r.top >= 0 && r.bottom <= innerHeight && r.left >= 0 && r.right <= innerWidth;
			})`)
		})
	}
}

// TestSearchWithoutScripts holds that the search's page is then the list of all
// pages, without a box that nothing would answer.
func TestSearchWithoutScripts(t *testing.T) {
	t.Parallel()
	tab := newTab(t)
	tab.call("Emulation.setScriptExecutionDisabled", dict{"value": true}, nil)
	tab.open(searchWays(t)[0].base + "search/?q=refund")
	tab.is(`!document.querySelector("main .find").checkVisibility()`, `document.querySelectorAll("#a-to-z a").length > 3`, `document.querySelector("h1").textContent === "A to Z"`)
}
