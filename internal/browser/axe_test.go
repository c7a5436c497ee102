package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// axe is the source of axe-core, from AXE_CORE or where `make browser` puts it.
var axe = sync.OnceValues(func() (string, error) {
	path := os.Getenv("AXE_CORE")
	if path == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return "", err
		}
		path = filepath.Join(cache, "peppermill-axe", "node_modules", "axe-core", "axe.min.js")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("no axe-core (%w); run `make browser`, or name its axe.min.js in AXE_CORE", err)
	}
	return string(data), nil
})

// judge runs every rule of axe, for WCAG 2.2 AA and for good practice, on the
// page as it is shown now. It runs them all on every screen: most could say
// nothing new there, but a sheet may hide something at any width, by day or by
// night, and deciding which rules that can change takes longer than they do.
const judge = `axe.run(document, {
	runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"],
}).then(r => r.violations.map(v => ({
	rule: v.id, where: v.nodes.map(n => n.target.join(" ") + ": " + n.failureSummary.split("\n").slice(1).join(";")),
})))`

type fault struct {
	Rule  string
	Where []string
}

// TestAxe holds every layout to WCAG 2.2 AA and to good practice, as far as a
// program can judge, by day and night and from phone to desk.
func TestAxe(t *testing.T) {
	source, err := axe()
	need(t, err)
	f := site(t)
	book := &ledger{T: t, test: "axe"}
	t.Run("pages", func(t *testing.T) {
		for _, w := range editions(t, f) {
			pages, again := kinds(t, w)
			// Two tabs, each with half of the pages, for two cores.
			for half := range 2 {
				t.Run(fmt.Sprint(w.name, half), func(t *testing.T) {
					t.Parallel()
					tab := newTab(t)
					for i, page := range pages {
						if i%2 != half {
							continue
						}
						if w.moved[page] {
							tab.open(w.base + hold(t, w, page))
						} else {
							tab.visit(w, page)
						}
						tab.eval(source, nil)
						for rule, found := range faults(tab, again[page]) {
							book.fault(t, rule+" "+w.name+"/"+page, found)
						}
					}
				})
			}
		}
	})
	book.close()
}

// layout is what tells, of a page's markup, how it is laid out.
var layout = regexp.MustCompile(`<html [^>]*(dir="\w+")|<body class="([^"]*)"`)

// kinds are the pages to judge: the first of each layout or, for make thorough,
// all, and which of these look like one before.
func kinds(t *testing.T, w way) (pages []string, again map[string]bool) {
	t.Helper()
	seen := map[string]bool{}
	again = map[string]bool{}
	for _, page := range w.pages {
		data, err := os.ReadFile(filepath.Join(w.dir, page))
		if err != nil {
			t.Fatal(err)
		}
		look := ""
		for _, m := range layout.FindAllSubmatch(data, -1) {
			look += string(m[1]) + string(m[2])
		}
		again[page] = seen[look] && page != "rules/everything/index.html"
		if !again[page] || thorough() {
			pages = append(pages, page)
		}
		seen[look] = true
	}
	if len(seen) < 4 {
		t.Fatalf("only %d layouts, so they are no longer told apart: %v", len(seen), seen)
	}
	return pages, again
}

// hold makes a copy of a page that leads on, beside it, that waits so long that
// it can be looked at, and returns its name.
func hold(t *testing.T, w way, page string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(w.dir, page))
	if err != nil {
		t.Fatal(err)
	}
	// More than twenty hours are, to axe, as good as never.
	patient := strings.Replace(string(data), `content="0; url=`, `content="99999; url=`, 1)
	if patient == string(data) {
		t.Fatalf("%s does not lead on as it did", page)
	}
	name := page + ".held.html"
	if err := os.WriteFile(filepath.Join(w.dir, name), []byte(patient), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// thorough reports whether everything is looked at on every screen, as
// `make thorough` does it; otherwise each layout is seen on two, so that the
// suite stays within its minutes.
func thorough() bool { return os.Getenv("PEPPERMILL_THOROUGH") != "" }

// faults judges a page on each screen. It returns, for each rule that is not
// held, where. What changes with the screen is the layout, so further pages of
// one that has been judged are seen on two screens that have nothing in common.
func faults(tab *tab, again bool) map[string]string {
	screens := []screen{{width: 320, scheme: "light"}, {width: 1280, scheme: "dark"}}
	if !again && thorough() {
		screens = append(screens, screen{width: 320, scheme: "dark"}, screen{width: 768, scheme: "light"},
			screen{width: 768, scheme: "dark"}, screen{width: 1280, scheme: "light"})
	}
	all := map[string]string{}
	for _, s := range screens {
		tab.show(s)
		tab.settle()
		var found []fault
		tab.eval(judge, &found)
		for _, f := range found {
			all[f.Rule] += fmt.Sprintf("%d px, %s: %s\n\t", s.width, s.scheme, strings.Join(f.Where, "\n\t\t"))
		}
	}
	return all
}
