package browser

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"peppermill/internal/build"
)

// answers are queries of the fixture's pages: where the first result leads, or
// "" for nothing, and what is said about the query.
var answers = []struct{ query, first, says string }{
	{"late deliveries", "rules/late/", ""},
	{"what do we do when we are late?", "rules/late/", ""},
	{"delivry is free", "rules/late/", "Showing results for"},
	{"money back", "rules/refunds/", ""},
	{"the wrong cake", "stories/one/", ""},
	{"\"wrong cake\" -refunds", "stories/one/", ""},
	{"cakes", "stories/one/", ""},
	{"hundred vans", "rules/everything/", ""}, // and not what only staff may read
	{"xqzzyxq", "", "From A to Z"},
}

// TestSearchFinds asks the real engine for what the site's pages hold, in every
// way of opening it. A page's first query and all others make no noise.
func TestSearchFinds(t *testing.T) {
	for _, w := range ways(t, site(t))[:3] {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			tab := newTab(t)
			tab.show(screen{width: 360, scheme: "light"})
			from := tab.now()
			for _, a := range answers {
				tab.open(w.base + "search/index.html?q=" + url.QueryEscape(a.query))
				tab.listed(a.query)
				var got struct{ First, Says string }
				tab.eval(`({first: document.querySelector("[data-search-results] > li a")?.href ?? "", says: document.querySelector(".find-note").textContent})`, &got)
				want := a.first
				if want != "" {
					want = w.base + want
				}
				if !w.served() && want != "" {
					want += "index.html"
				}
				if got.First != want || !strings.Contains(strings.ToLower(got.Says), strings.ToLower(a.says)) {
					t.Errorf("%s: the first result is %q, want %q; it says %q", a.query, got.First, want, got.Says)
				}
			}
			tab.open(w.base + "search/index.html?q=late&type=case-study")
			tab.listed("late")
			tab.is(`[...document.querySelectorAll(".hit-type")].every(e => e.textContent === "Case study")`)
			events, _ := tab.since(from)
			for _, wrong := range noise(events, w.base) {
				t.Error(wrong)
			}
		})
	}
}

// TestPreviewSearch holds that searching makes no page a stranger to the
// preview, that an open search outlives an edit, and that the edit is found once
// the page is loaded again.
func TestPreviewSearch(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	p := &preview{tab: newTab(t), base: s.http.URL + "/", save: s.save}
	p.start("rules/late/")
	p.press("/")
	p.until(`document.querySelector("dialog[open] [role=combobox]:focus")`)
	p.enter("parcel")
	p.until(`document.querySelector("[role=option].hit mark")`)
	p.write("rules/late.md", lateWith("A late parcel is a quandary."))
	p.until(text + `.includes("quandary")`)
	p.is(sameLoad, `document.querySelector("dialog[open] [role=combobox]").value === "parcel"`)
	p.open(p.base + "search/?q=quandary")
	p.listed("quandary")
	p.is(`document.querySelector(".hit a").pathname.startsWith("/rules/late")`)
	p.until(ready)
	p.eval(`window.__here = true`, nil)
	p.write("rules/soon.md", "# Soon\n\nNo quandary there.\n")
	p.write("index.md", "# Home\n\n[Later](rules/late.md)\n")
	p.until(ready)
	p.is(sameLoad, `document.querySelectorAll(".hit").length === 1`)
}

// TestSearchOtherLanguage holds that a language's pages search in their own
// index, from right to left where it is written so.
func TestSearchOtherLanguage(t *testing.T) {
	t.Parallel()
	w := ways(t, site(t))[0]
	tab := newTab(t)
	tab.show(screen{width: 360, scheme: "light"})
	tab.visit(w, "ar/rules/refunds/index.html")
	tab.press("/")
	tab.until(`document.querySelector("dialog[open] input:focus")`)
	tab.call("Input.insertText", dict{"text": "المال"}, nil)
	tab.until(`document.querySelector("[role=option].hit mark")`)
	tab.is(`document.querySelector("[role=option].hit").href === ` + quoted(w.base+"ar/rules/refunds/"))
	var out []string
	if tab.eval(wide, &out); len(out) > 0 {
		t.Error(strings.Join(out, "\n"))
	}
}

// TestSearchForStaff holds that what the public must not read is found in the
// staff edition alone, with its mark.
func TestSearchForStaff(t *testing.T) {
	t.Parallel()
	f := site(t)
	tab := newTab(t)
	tab.open(serve(t, f.staff.dir, "", policy) + "search/?q=hundred+vans")
	tab.listed("hundred vans")
	tab.is(`document.querySelector(".hit a").pathname === "/rules/late/"`)
	tab.open(serve(t, f.staff.dir, "", policy) + "search/?q=unready+thought")
	tab.listed("unready thought")
	tab.is(`document.querySelector(".hit a").pathname === "/unready/"`, `document.querySelector(".hit-mark").textContent === "Draft"`)
}

// TestSearchBroken holds that where the index or the script is missing, readers
// are told, and led to the list that needs neither.
func TestSearchBroken(t *testing.T) {
	t.Parallel()
	b, err := started()
	need(t, err)
	content := fstest.MapFS{"index.md": {Data: []byte("# Home\n")}, "late.md": {Data: []byte("# Late\n\nWe ring.\n")}}
	s, err := write(filepath.Join(b.profile, "broken"), content, build.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(s.dir, "search/index")); err != nil {
		t.Fatal(err)
	}
	base := serve(t, s.dir, "", policy)
	tab := newTab(t)
	tab.show(screen{width: 360, scheme: "light"})
	tab.open(base + "search/?q=late")
	tab.listed("late")
	tab.is(`document.querySelector(".find-note").textContent.includes("could not be loaded")`, `document.querySelector("#a-to-z a").checkVisibility()`)
	scripts, _ := filepath.Glob(filepath.Join(s.dir, "assets/search.*.js"))
	if len(scripts) != 1 || os.Remove(scripts[0]) != nil {
		t.Fatal(scripts)
	}
	tab.open(base + "late/")
	tab.eval(`document.querySelector(".to-search").click()`, nil)
	tab.until(`location.pathname === "/search/"`)
}
