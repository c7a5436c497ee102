package output

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestDestinations(t *testing.T) {
	base, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	plant(t, base, site{
		"home/me/site/docs/a.md": "x", "home/me/site/_build/x": "x", "home/me/file": "x", "home/me/else": "/",
		"home/me/to-source": "→site", "home/me/to-home": "→.", "home/me/site/_sly": "→docs", "home/me/site/out": "→../else",
		"home/me/nowhere": "→gone", "home/me/round": "→round",
	})
	cases := []struct {
		dir string // below home/me, or absolute
		ok  bool
	}{
		{"public", true},
		{"else", true},
		{"new/deeper/public", true},
		{"site/_site", true},
		{"site/_build", true},
		{"site/.out/deep", true},
		{"site/out", true}, // leads out of the source
		{"site-2", true},
		{"/", false},
		{".", false},
		{"to-home", false},
		{"..", false},
		{"site", false},
		{"to-source", false},
		{"site/public", false},
		{"site/docs", false},
		{"site/docs/_site", false},
		{"to-source/new/x", false},
		{"site/_sly", false}, // leads back among the content
		{"site/_sly/x", false},
		{"file", false},
		{"file/x", false},
		{"nowhere", false},
		{"nowhere/x", false},
		{"round", false},
	}
	home := filepath.Join(base, "home", "me")
	before := snapshot(t, base)
	for _, tc := range cases {
		dir := tc.dir
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(home, dir)
		}
		for _, source := range []string{filepath.Join(home, "site"), filepath.Join(home, "to-source")} {
			o := Options{Source: source, Home: home}
			real, err := destination(dir, o)
			var e *Error
			switch {
			case tc.ok && (err != nil || !filepath.IsAbs(real)):
				t.Errorf("%s: %v", tc.dir, err)
			case !tc.ok && !errors.As(err, &e):
				t.Errorf("%s is not refused (%v)", tc.dir, err)
			case !tc.ok && e.Path != dir:
				t.Errorf("%s: the error names %s", tc.dir, e.Path)
			}
			if tc.ok {
				continue
			}
			if _, err := Sync(t.Context(), dir, small.tree(), o); err == nil {
				t.Errorf("%s: Sync does it", tc.dir)
			}
		}
	}
	diff(t, "folder", snapshot(t, base), before)
}

func TestRefusalIsTyped(t *testing.T) {
	home := t.TempDir()
	plant(t, home, site{"file": "x", "site/a.md": "x"})
	for _, dir := range []string{"", "/", home, filepath.Dir(home), home + "/file", home + "/site", home + "/site/x"} {
		_, err := Sync(t.Context(), dir, small.tree(), Options{Home: home, Source: home + "/site"})
		var e *Error
		if !errors.Is(err, ErrDestination) || !errors.As(err, &e) || e.Hint == "" {
			t.Errorf("%q: %#v", dir, err)
		}
	}
}

func TestHomeOfTheSystem(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	if _, err := Sync(t.Context(), home, small.tree(), Options{}); !errors.Is(err, ErrDestination) {
		t.Errorf("error %v", err)
	}
}

func TestRelativeDestination(t *testing.T) {
	t.Chdir(t.TempDir())
	mustSync(t, "public", small.tree())
	if _, err := os.Stat("public/index.html"); err != nil {
		t.Error(err)
	}
	if _, err := Sync(t.Context(), ".", small.tree(), Options{Source: "."}); !errors.Is(err, ErrDestination) {
		t.Errorf("error %v", err)
	}
}
