package browser

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"peppermill/internal/build"
)

// searching is the fixture with an engine whose answers are known, so that what
// readers see of a search is told apart from what is found.
var searching = sync.OnceValue(func() (f fixtures) {
	b, err := started()
	if err != nil {
		return fixtures{err: err}
	}
	archive, err := txtar.ParseFile("testdata/site.txtar")
	if err != nil {
		return fixtures{err: err}
	}
	engine, err := os.ReadFile("testdata/engine.js")
	if err != nil {
		return fixtures{err: err}
	}
	content := fstest.MapFS{"_theme/assets/js/search/engine.js": {Data: engine, Mode: 0o644}}
	for _, f := range archive.Files {
		content[f.Name] = &fstest.MapFile{Data: f.Data, Mode: 0o644}
	}
	settings := content["site.yaml"]
	settings.Data = append(settings.Data, "contact: sam@example.com\n"...)
	if f.public, err = write(filepath.Join(b.profile, "searching"), content, build.Options{}); err != nil {
		return fixtures{err: err}
	}
	f.below, err = write(filepath.Join(b.profile, "searching-below"), content, build.Options{BaseURL: "https://example.com" + subfolder})
	if err != nil {
		return fixtures{err: err}
	}
	f.staff = f.public
	return f
})

// searchWays are the three ways in which people open the site to search in it.
func searchWays(t *testing.T) []way {
	t.Helper()
	_, err := started()
	need(t, err)
	f := searching()
	if f.err != nil {
		t.Fatal(f.err)
	}
	return ways(t, f)[:3]
}

// listed waits until the search's page has the finished list for a query.
func (t *tab) listed(query string) {
	t.Helper()
	t.until(`document.querySelector("[data-search-results]")?.dataset.query === ` + quoted(query))
}

// quoted is a text as JavaScript writes it.
func quoted(s string) string {
	data, _ := json.Marshal(s)
	return string(data)
}
