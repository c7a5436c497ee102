package browser

import (
	"fmt"
	"os"
	"path/filepath"
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

// judge runs axe on the page as it is shown now; %s is what to run.
const judge = `axe.run(document, {runOnly: %s, resultTypes: ["violations"]}).then(r => r.violations.map(v => ({
	rule: v.id, where: v.nodes.map(n => n.target.join(" ") + ": " + n.failureSummary.split("\n").slice(1).join(";")),
})))`

const (
	everything = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]`
	// What can still change on a screen of the same width: its colours.
	colours = `["color-contrast", "link-in-text-block"]`
)

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
			// Two tabs, each with half of the pages, for two cores.
			for half := range 2 {
				t.Run(fmt.Sprint(w.name, half), func(t *testing.T) {
					t.Parallel()
					tab := newTab(t)
					for i, page := range w.pages {
						if i%2 != half || w.moved[page] {
							continue
						}
						tab.visit(w, page)
						tab.eval(source, nil)
						for rule, found := range faults(tab) {
							book.fault(t, rule+" "+w.name+"/"+page, found)
						}
					}
				})
			}
		}
	})
	book.close()
}

// faults judges a page on each screen. It returns, for each rule that is not
// held, where.
func faults(tab *tab) map[string]string {
	all := map[string]string{}
	for _, width := range []int{320, 768, 1280} {
		for scheme, rules := range map[string]string{"light": everything, "dark": colours} {
			tab.show(screen{width: width, scheme: scheme})
			tab.settle()
			var found []fault
			tab.eval(fmt.Sprintf(judge, rules), &found)
			for _, f := range found {
				all[f.Rule] += fmt.Sprintf("%d px, %s: %s\n\t", width, scheme, strings.Join(f.Where, "\n\t\t"))
			}
		}
	}
	return all
}
