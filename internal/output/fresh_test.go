package output

import (
	"maps"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestFresh(t *testing.T) {
	noLeaks(t)
	edit := func(p, body string) func(string) error {
		return func(dir string) error { return os.WriteFile(filepath.Join(dir, p), []byte(body), 0o644) }
	}
	at := func(p string, when func(manifest time.Time) time.Time) func(string) error {
		return func(dir string) error {
			info, err := os.Stat(filepath.Join(dir, manifestName))
			if err != nil {
				return err
			}
			return os.Chtimes(filepath.Join(dir, p), time.Time{}, when(info.ModTime()))
		}
	}
	same := func(m time.Time) time.Time { return m }
	cases := []struct {
		name  string
		steps []func(dir string) error
		want  bool
	}{
		{"nothing", nil, true},
		{"foreign file", []func(string) error{edit("CNAME", "x")}, true},
		{"times only, later", []func(string) error{at("index.html", func(m time.Time) time.Time { return m.Add(time.Hour) })}, true},
		{"other size", []func(string) error{edit("index.html", "longer home")}, false},
		{"other size, old time", []func(string) error{edit("index.html", "longer home"), at("index.html", func(m time.Time) time.Time { return m.Add(-time.Hour) })}, false},
		{"same size", []func(string) error{edit("index.html", "HOME")}, false},
		{"same size in the manifest's moment", []func(string) error{edit("index.html", "HOME"), at("index.html", same)}, false},
		{"removed", []func(string) error{func(dir string) error { return os.Remove(filepath.Join(dir, "index.html")) }}, false},
		{"folder removed", []func(string) error{func(dir string) error { return os.RemoveAll(filepath.Join(dir, "guides")) }}, false},
		{"all removed", []func(string) error{os.RemoveAll}, false},
		{"folder for a file", []func(string) error{func(dir string) error {
			return firstOf(os.Remove(filepath.Join(dir, "index.html")), os.Mkdir(filepath.Join(dir, "index.html"), 0o755))
		}}, false},
		{"link to the same bytes", []func(string) error{func(dir string) error {
			return firstOf(os.Rename(filepath.Join(dir, "index.html"), filepath.Join(dir, "x")), os.Symlink("x", filepath.Join(dir, "index.html")))
		}}, false},
		{"folder moved behind a link", []func(string) error{func(dir string) error {
			return firstOf(os.Rename(filepath.Join(dir, "about"), filepath.Join(dir, "x")), os.Symlink("x", filepath.Join(dir, "about")))
		}}, false},
		{"broken manifest", []func(string) error{edit(manifestName, "{")}, false},
		{"leftovers of a killed run", []func(string) error{func(dir string) error { return os.Mkdir(filepath.Join(dir, stageName), 0o700) }}, false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			tree := small.tree()
			mustSync(t, dir, tree)
			for _, step := range tc.steps {
				if err := step(dir); err != nil {
					t.Fatal(err)
				}
			}
			facts, ok, err := Fresh(dir, remembered(tree.Fingerprint))
			if ok != tc.want || err != nil || ok && !maps.Equal(facts, tree.Facts) {
				t.Errorf("facts %v, %v, %v", facts, ok, err)
			}
			if _, ok, err := Fresh(dir, remembered(Sum{9})); ok || err != nil {
				t.Errorf("another fingerprint: %v, %v", ok, err)
			}
		})
	}
}

// The guard is worth having only if old files are not read again.
func TestFreshReadsNoOldFiles(t *testing.T) {
	dir := t.TempDir()
	tree := small.tree()
	mustSync(t, dir, tree)
	long := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	for p := range small {
		if err := os.Chtimes(filepath.Join(dir, p), long, long); err != nil {
			t.Fatal(err)
		}
	}
	f := &faults{before: func(op, name string) {
		if op == "open" && name != manifestName {
			t.Errorf("%s is read", name)
		}
	}}
	top, err := f.open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer top.Close()
	if _, ok, err := fresh(top, remembered(tree.Fingerprint)); !ok || err != nil {
		t.Error(ok, err)
	}
}

func TestFreshAfterInterruptions(t *testing.T) {
	dir := t.TempDir()
	old, next := versions(12)
	mustSync(t, dir, old.tree())
	f := &faults{op: "rename", nth: 4, sticky: true, err: os.ErrInvalid}
	if _, err := Sync(testContext(t), dir, next.tree(), Options{open: f.open}); err == nil {
		t.Fatal("no error")
	}
	for _, s := range []site{old, next} {
		if _, ok, err := Fresh(dir, remembered(s.tree().Fingerprint)); ok || err != nil {
			t.Errorf("half published, and fresh: %v, %v", ok, err)
		}
	}
	unremembered := next.tree()
	unremembered.Fingerprint = Sum{}
	mustSync(t, dir, unremembered)
	if _, ok, err := Fresh(dir, remembered(Sum{})); ok || err != nil {
		t.Errorf("no fingerprint: %v, %v", ok, err)
	}
	if _, ok, err := Fresh(filepath.Join(dir, "big.bin"), remembered(Sum{1})); ok || err != nil {
		t.Errorf("a file: %v, %v", ok, err)
	}
}

func remembered(s Sum) func() (Sum, error) { return func() (Sum, error) { return s, nil } }

// TestFreshAsksOnlyWhenItMatters holds that a folder without memory does not
// cost a reading of all inputs.
func TestFreshAsksOnlyWhenItMatters(t *testing.T) {
	asked := func() (Sum, error) { t.Error("asked for a fingerprint"); return Sum{1}, nil }
	if _, ok, err := Fresh(t.TempDir(), asked); ok || err != nil {
		t.Error(ok, err)
	}
}
