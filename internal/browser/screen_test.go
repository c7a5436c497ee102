package browser

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
)

// wide lists what sticks out of the screen: not what lies in a box that
// scrolls by itself, or is hidden outside on purpose.
const wide = `(() => {
	const root = document.scrollingElement, room = document.documentElement.clientWidth;
	if (root.scrollWidth <= room) return [];
	const boxed = e => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) if (getComputedStyle(p).overflowX !== "visible") return true; };
	const over = e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && getComputedStyle(e).overflowX === "visible";
	const out = [...document.body.querySelectorAll("*")].filter(e => {
		const r = e.getBoundingClientRect();
		return r.width > 0 && !boxed(e) && (r.right > room + 0.5 || r.left < -0.5 || over(e) && r.left + e.scrollWidth > room);
	}).map(e => e.localName + (e.id ? "#" + e.id : "") + (e.className && "." + e.className)).reverse();
	return [root.scrollWidth + " px for " + room, ...out.slice(0, 8)];
})()`

// TestWidth holds pages to the screen, as small as a small phone's and as a
// desk's at 200 % zoom (half as many of its pixels).
func TestWidth(t *testing.T) {
	f := site(t)
	book := &ledger{T: t, test: "width"}
	t.Run("pages", func(t *testing.T) {
		for _, w := range editions(t, f) {
			t.Run(w.name, func(t *testing.T) {
				t.Parallel()
				tab := newTab(t)
				pages := w.pages
				if !thorough() {
					pages = third(pages, 0)
				}
				for _, page := range pages {
					if w.moved[page] {
						continue
					}
					tab.show(screen{width: 320, scheme: "light"})
					tab.visit(w, page)
					for _, width := range []int{320, 360, 640, 768, 1280} {
						tab.show(screen{width: width, scheme: "light"})
						tab.settle()
						var out []string
						tab.eval(wide, &out)
						if len(out) > 0 {
							book.fault(t, w.name+"/"+page, fmt.Sprintf("at %d px: %s", width, strings.Join(out, "\n\t\t")))
						}
					}
				}
			})
		}
	})
	book.close()
}

// TestForcedColours shows pages in the system's own colours: what has the
// focus and where one is must not be told by a background alone.
func TestForcedColours(t *testing.T) {
	t.Parallel()
	f := site(t)
	w := way{f.public, "root", serve(t, f.public.dir, "", policy)}
	tab := newTab(t)
	for _, page := range []string{"index.html", "rules/everything/index.html", "rules/late/index.html", "rules/ours/index.html", "tags/index.html"} {
		for _, scheme := range []string{"light", "dark"} {
			tab.show(screen{width: 768, scheme: scheme, forced: true})
			for _, wrong := range noise(tab.visit(w, page), w.base) {
				t.Errorf("%s: %s", page, wrong)
			}
			var forced bool
			tab.eval(`matchMedia("(forced-colors: active)").matches`, &forced)
			if !forced {
				t.Fatal("colours are not forced")
			}
			for range 3 {
				tab.press("Tab")
			}
			var at focus
			tab.eval(focused, &at)
			// A shadow is not painted there, so a mark must be an outline.
			var outline string
			tab.eval(`getComputedStyle(document.activeElement).outlineStyle`, &outline)
			if !at.Seen || outline == "none" {
				t.Errorf("%s, %s: nothing shows that %s has the focus", page, scheme, at.Name)
			}
		}
	}
}

// TestPrint prints pages on A4 and on Letter.
func TestPrint(t *testing.T) {
	t.Parallel()
	f := site(t)
	w := way{f.public, "root", serve(t, f.public.dir, "", policy)}
	tab := newTab(t)
	for _, page := range []string{"index.html", "rules/everything/index.html", "rules/long/index.html", "tags/index.html", "ar/rules/refunds/index.html"} {
		// The width of A4 within usual margins.
		tab.show(screen{width: 680, scheme: "dark", media: "print"})
		for _, wrong := range noise(tab.visit(w, page), w.base) {
			t.Errorf("%s: %s", page, wrong)
		}
		var out []string
		tab.eval(wide, &out)
		if len(out) > 0 {
			t.Errorf("%s is wider than its paper: %s", page, strings.Join(out, "\n\t"))
		}
		for _, inches := range [][2]float64{{8.27, 11.69}, {8.5, 11}} {
			if n := printed(tab, inches); n < 1 || n > 30 {
				t.Errorf("%s: %d sheets of %v inches", page, n, inches)
			}
		}
	}
}

// printed makes a PDF and counts its pages.
func printed(tab *tab, inches [2]float64) int {
	tab.Helper()
	return bytes.Count(onPaper(tab, inches), []byte("/Type /Page\n"))
}

// onPaper makes a PDF.
func onPaper(tab *tab, inches [2]float64) []byte {
	tab.Helper()
	var out struct{ Data string }
	tab.call("Page.printToPDF", dict{"paperWidth": inches[0], "paperHeight": inches[1], "preferCSSPageSize": false}, &out)
	data, err := base64.StdEncoding.DecodeString(out.Data)
	tab.must(err)
	if !bytes.HasPrefix(data, []byte("%PDF-")) {
		tab.Fatalf("no PDF: %q", fmt.Sprintf("%.40s", data))
	}
	return data
}
