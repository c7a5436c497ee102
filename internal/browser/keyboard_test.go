package browser

import (
	"fmt"
	"strings"
	"testing"
)

// focused describes the element that has the focus: whether one can see it,
// and whether one can see that it has it.
const focused = `(() => {
	const e = document.activeElement;
	if (!e || e === document.body) return {};
	const s = getComputedStyle(e), box = e.getBoundingClientRect();
	const name = e.localName + (e.id ? "#" + e.id : "") + (e.className ? "." + [...e.classList].join(".") : "");
	const parts = [...e.getClientRects()].filter(r => r.width > 0 && r.height > 0);
	const onScreen = parts.some(r => r.bottom > 0 && r.right > 0 && r.top < innerHeight && r.left < innerWidth);
	const covered = onScreen && !parts.some(r => [0.1, 0.5, 0.9].some(part => {
		const top = document.elementFromPoint(r.left + r.width * part, r.top + r.height / 2);
		return top && (e.contains(top) || top.contains(e));
	}));
	return {
		name, text: e.textContent.trim().slice(0, 40), index: [...document.querySelectorAll("*")].indexOf(e),
		seen: onScreen && !covered && s.visibility === "visible" && s.opacity !== "0",
		marked: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== "none",
	};
})()`

type focus struct {
	Name, Text   string
	Index        int
	Seen, Marked bool
}

// TestKeyboard walks through pages with Tab, as those do who use no mouse.
func TestKeyboard(t *testing.T) {
	f := site(t)
	w := way{f.public, "root", serve(t, f.public.dir, "", policy)}
	for _, width := range []int{360, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			tab := newTab(t)
			tab.show(screen{width: width, scheme: "light"})
			for _, page := range []string{"index.html", "rules/everything/index.html", "rules/late/index.html", "rules/ours/index.html", "tags/index.html", "ar/rules/refunds/index.html"} {
				tab.visit(w, page)
				reached := walk(tab, page)
				for _, e := range unreached(tab) {
					if !reached[e.Index] {
						t.Errorf("%s: Tab never reaches %s %q", page, e.Name, e.Text)
					}
				}
			}
		})
	}
}

// walk presses Tab until the focus leaves the page, and returns what it met.
func walk(tab *tab, page string) map[int]bool {
	tab.Helper()
	met := map[int]bool{}
	for last, presses := -1, 0; presses < 400; presses++ {
		tab.press("Tab")
		var at focus
		tab.eval(focused, &at)
		if at.Name != "" && at.Index == last {
			continue // a film has several buttons of its own
		}
		if at.Name == "" || met[at.Index] {
			break
		}
		last = at.Index
		met[at.Index] = true
		if len(met) == 1 && !strings.Contains(at.Name, "skip") {
			tab.Errorf("%s: the first stop is %s, not the skip link", page, at.Name)
		}
		if !at.Seen {
			tab.Errorf("%s: with the focus, %s %q is not to be seen", page, at.Name, at.Text)
		}
		if !at.Marked {
			tab.Errorf("%s: nothing shows that %s %q has the focus", page, at.Name, at.Text)
		}
	}
	if len(met) < 5 {
		tab.Errorf("%s: the walk ended after %d stops", page, len(met))
	}
	return met
}

// unreached lists what must be reachable: links, buttons, summaries, fields,
// and whatever scrolls sideways and holds no such thing.
func unreached(tab *tab) []focus {
	tab.Helper()
	var all []focus
	tab.eval(`(() => {
		const all = [...document.querySelectorAll("*")], stop = "a[href], button, summary, input, select, textarea";
		const shown = e => e.checkVisibility({visibilityProperty: true}) && e.tabIndex >= 0 && !e.disabled;
		const scrolls = e => e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(e).overflowX) && e.checkVisibility();
		// Of radio buttons, one a group is a stop.
		return all.filter(e => e.matches(stop) ? shown(e) && e.type !== "radio" : scrolls(e) && !e.querySelector(stop))
			.map(e => ({index: all.indexOf(e), name: e.localName + "." + e.className, text: e.textContent.trim().slice(0, 40)}));
	})()`, &all)
	return all
}

// TestSkipLink goes the way past the navigation.
func TestSkipLink(t *testing.T) {
	t.Parallel()
	f := site(t)
	tab := newTab(t)
	for _, w := range ways(t, f)[:3] {
		tab.visit(w, "rules/late/index.html")
		tab.press("Tab")
		tab.press("Enter")
		tab.settle()
		var at string
		tab.eval(`document.activeElement.id`, &at)
		if at != "main" {
			t.Errorf("%s: after the skip link the focus is at %q, not at main", w.name, at)
		}
	}
}

// TestDetails opens and closes what folds, with the keyboard.
func TestDetails(t *testing.T) {
	t.Parallel()
	f := site(t)
	tab := newTab(t)
	tab.visit(way{f.public, "root", serve(t, f.public.dir, "", policy)}, "rules/everything/index.html")
	var count int
	tab.eval(`document.querySelectorAll("main summary").length`, &count)
	if count < 4 {
		t.Fatalf("only %d details", count)
	}
	for i := range count {
		var states [3]bool
		for n := range states {
			if n > 0 {
				tab.press("Enter")
			}
			tab.eval(fmt.Sprintf(`(s => (s.focus(), s.parentElement.open))(document.querySelectorAll("main summary")[%d])`, i), &states[n])
		}
		if states[0] == states[1] || states[0] != states[2] {
			t.Errorf("details %d: open before, after one Enter, after two: %v", i, states)
		}
	}
}
