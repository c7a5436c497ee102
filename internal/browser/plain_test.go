package browser

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWithoutScripts switches JavaScript off: there is content, navigation
// leads somewhere, what folds can be opened.
func TestWithoutScripts(t *testing.T) {
	for _, w := range ways(t, site(t)) {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			tab := newTab(t)
			tab.call("Emulation.setScriptExecutionDisabled", dict{"value": true}, nil)
			tab.show(screen{width: 360, scheme: "light"})
			for _, page := range w.pages {
				from := tab.now()
				tab.open(w.base + page)
				if w.moved[page] {
					tab.await(from, "being sent on without scripts", func(m message) bool {
						return m.Method == "Page.frameNavigated" && !strings.Contains(string(m.Params), `"`+w.base+page+`"`)
					})
					continue
				}
				readable(tab, page)
				for _, address := range links(tab) {
					if wrong := dead(w, address); wrong != "" {
						t.Errorf("%s: %s %s", page, address, wrong)
					}
				}
			}
		})
	}
}

// readable looks for a title, text and a way on that are to be seen, and for
// controls that can do nothing without a script.
func readable(tab *tab, page string) {
	tab.Helper()
	var got struct {
		Title, Text, Nav int
		Buttons          []string
		Folded           []string
	}
	tab.eval(`(() => {
		const seen = selector => [...document.querySelectorAll(selector)].filter(e => e.checkVisibility({visibilityProperty: true}));
		const main = document.querySelector("main");
		const shut = [...document.querySelectorAll("main details")].filter(d => {
			const was = d.open, summary = d.querySelector("summary");
			if (!summary.checkVisibility()) return false;
			summary.click();
			return d.open === was || d.open && d.offsetHeight <= summary.offsetHeight;
		});
		return {
			title: seen("h1").length, text: main.innerText.trim().length,
			nav: seen("header a[href]").length,
			buttons: seen("button:not([type=submit])").filter(b => !b.popoverTargetElement && !b.form).map(b => b.outerHTML),
			folded: shut.map(d => d.outerHTML),
		};
	})()`, &got)
	if got.Title != 1 || got.Text == 0 || got.Nav == 0 || len(got.Buttons) > 0 || len(got.Folded) > 0 {
		tab.Errorf("%s: titles, letters of text, links in the header, idle buttons, details that stay as they are: %v", page, got)
	}
}

// links lists the addresses that the page leads to, resolved.
func links(tab *tab) []string {
	tab.Helper()
	var all []string
	tab.eval(`[...new Set([...document.links].map(a => a.href))]`, &all)
	return all
}

// dead says what is wrong with an address of the site when nobody helps: no
// server that completes it and no script.
func dead(w way, address string) string {
	rest, inside := strings.CutPrefix(address, w.base)
	if !inside {
		if strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "mailto:") {
			return ""
		}
		return "leads out of the site"
	}
	path, _, _ := strings.Cut(rest, "#")
	path, _, _ = strings.Cut(path, "?")
	path, err := url.PathUnescape(path)
	if err != nil {
		return err.Error()
	}
	info, err := os.Stat(filepath.Join(w.dir, filepath.FromSlash(path)))
	switch {
	case err != nil:
		return "is not there"
	case info.IsDir():
		return "is a folder, which a double-click would list"
	}
	return ""
}

// TestAddresses follows a link in each way of opening: on a server the
// addresses are short, on a disk they name the file.
func TestAddresses(t *testing.T) {
	t.Parallel()
	f := site(t)
	for _, w := range ways(t, f)[:3] {
		tab := newTab(t)
		tab.visit(w, "index.html")
		long := 0
		for _, address := range links(tab) {
			if strings.Contains(address, "index.html") {
				long++
			}
		}
		if w.served() != (long == 0) {
			t.Errorf("%s: %d addresses name index.html", w.name, long)
		}
		from := tab.now()
		tab.eval(`document.querySelector("main a[href*=late]").click()`, nil)
		tab.await(from, "following a link", func(m message) bool { return loaded(m, "") })
		var now string
		tab.eval(`location.href`, &now)
		want := w.base + "rules/late/"
		if !w.served() {
			want += "index.html"
		}
		if now != want {
			t.Errorf("%s: the link leads to %s, not to %s", w.name, now, want)
		}
	}
}

// TestLost asks for pages that are not there, at any depth: the page that says
// so must find its style and its way home.
func TestLost(t *testing.T) {
	t.Parallel()
	f := site(t)
	for _, w := range ways(t, f)[:2] {
		tab := newTab(t)
		for _, page := range []string{"gone", "gone/", "a/b/c/gone.html"} {
			events := tab.open(w.base + page)
			for _, wrong := range noise(events, w.base) {
				if !strings.Contains(wrong, page) { // its own 404
					t.Errorf("%s/%s: %s", w.name, page, wrong)
				}
			}
			var home string
			tab.eval(`document.querySelector("main a").href`, &home)
			if strings.TrimSuffix(home, "index.html") != w.base {
				t.Errorf("%s/%s: the way home leads to %s", w.name, page, home)
			}
		}
	}
}
