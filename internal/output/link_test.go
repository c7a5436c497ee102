package output

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// outside stands for the path of a folder that is none of our business.
const outside = "OUTSIDE"

// TestLinks puts a link somewhere in the output folder, runs a Sync, and checks
// that nothing was written, changed or removed where the link leads.
func TestLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a privilege")
	}
	const file = outside + "/secret.txt"
	cases := []struct {
		name  string
		links site // planted after a first Sync; what is there goes
		fails bool
	}{
		{"page", site{"index.html": file}, true},
		{"page, inside", site{"index.html": "about/index.html"}, true},
		{"page, dangling", site{"index.html": "nowhere"}, true},
		{"page, dangling outside", site{"index.html": outside + "/new.txt"}, true},
		{"page, loop", site{"index.html": "index.html"}, true},
		{"folder", site{"about": outside}, true},
		{"folder, inside", site{"about": "guides"}, true},
		{"folder, itself", site{"about": "."}, true},
		{"folder, dangling", site{"about": "nowhere"}, true},
		{"folder, loop", site{"about": "about"}, true},
		{"folder, parent", site{"guides/a": ".."}, true},
		{"deep folder", site{"guides/a": outside}, true},
		{"new page", site{"new.html": file}, true},
		{"new folder", site{"fresh": outside}, true},
		{"stale page", site{"old.html": file}, false},
		{"stale page, inside", site{"old.html": "index.html"}, false},
		{"stale folder", site{"olden": outside}, false},
		{"manifest", site{manifestName: file}, true},
		{"lock", site{lockName: file}, true},
		{"lock, dangling", site{lockName: outside + "/new.lock"}, true},
		{"stage", site{stageName: outside}, true},
		{"stage, inside", site{stageName: "about"}, true},
		{"foreign link", site{"mine": outside}, false},
	}
	for _, tc := range cases {
		for _, overwrite := range []bool{false, true} {
			t.Run(tc.name, func(t *testing.T) {
				noLeaks(t)
				oneLink(t, tc.links, tc.fails, overwrite)
			})
		}
	}
}

// oneLink syncs over links, which lead to a folder outside where they say so.
func oneLink(t *testing.T, links site, fails, overwrite bool) {
	t.Helper()
	base := t.TempDir()
	away, dir := filepath.Join(base, "away"), filepath.Join(base, "public")
	plant(t, away, site{"secret.txt": "old page", "index.html": "about", "page.html": "old page"})
	mustSync(t, dir, small.with("old.html", "old page", "olden/page.html", "old page").tree())
	for p, target := range links {
		if err := os.RemoveAll(filepath.Join(dir, p)); err != nil {
			t.Fatal(err)
		}
		plant(t, dir, site{p: "→" + strings.Replace(target, outside, away, 1)})
	}
	before, there := snapshot(t, away), snapshot(t, dir)
	next := small.with("index.html", "new home", "about/index.html", "new about", "guides/a/index.html", "n", "new.html", "n", "fresh/x", "n")
	_, err := Sync(testContext(t), dir, next.tree(), Options{Overwrite: overwrite})
	if (err != nil) != fails {
		t.Errorf("error %v", err)
	}
	var place *Error
	var conflict *ConflictError
	for p := range links {
		named := errors.As(err, &place) && place.Path == filepath.Join(dir, p) ||
			errors.As(err, &conflict) && conflict.Conflicts[0].Path == p && conflict.Conflicts[0].Reason == LinkThere
		if fails && !named {
			t.Errorf("%s is not named: %#v", p, err)
		}
	}
	diff(t, "outside", snapshot(t, away), before)
	after := snapshot(t, dir)
	for p := range links {
		if after[p] != there[p] {
			t.Errorf("%s was %q and is %q", p, there[p], after[p])
		}
	}
	if err != nil {
		diff(t, "inside", after.own(), there.own())
	}
}

// The output folder itself may be a link: that is the user's choice.
func TestOutputFolderIsALink(t *testing.T) {
	base := t.TempDir()
	plant(t, base, site{"real": "/"})
	if err := os.Symlink("real", filepath.Join(base, "public")); err != nil {
		t.Skip("no links:", err)
	}
	mustSync(t, filepath.Join(base, "public"), small.tree())
	diff(t, "folder", snapshot(t, filepath.Join(base, "real")), clean(t, small, nil))
}
