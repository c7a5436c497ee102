package output

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

var zeros = strings.Repeat("0", 64)

func sampleManifest() *manifest {
	return &manifest{
		fingerprint: Sum{1}, facts: map[string]int{"pages": 3, "withheld: draft": 1}, folders: []string{"assets", "z<&>"},
		files: []record{{"a", 1, Sum{2}, Sum{3}}, {`b "quoted" <&>`, 0, Sum{}, Sum{}}, {"ü/日本", 1 << 40, Sum{255}, Sum{9}}},
	}
}

func TestManifestRoundTrip(t *testing.T) {
	doubled := &manifest{pending: true, files: []record{{"a", 1, Sum{1}, Sum{}}, {"a", 2, Sum{2}, Sum{}}}}
	for _, m := range []*manifest{sampleManifest(), {}, doubled} {
		b, err := m.encode()
		if err != nil || !json.Valid(b) {
			t.Fatalf("%v: %s", err, b)
		}
		quick, ok := decodeLines(b)
		if !ok {
			t.Fatalf("not the quick form: %s", b)
		}
		slow, err := decodeJSON(b)
		if err != nil {
			t.Fatal(err)
		}
		for _, got := range []*manifest{quick, slow} {
			if again, _ := got.encode(); !bytes.Equal(again, b) {
				t.Errorf("is %s\nwant %s", again, b)
			}
		}
	}
}

// A manifest in another program's layout still counts.
func TestManifestLaidOutAnew(t *testing.T) {
	b, _ := sampleManifest().encode()
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, b, "", "  "); err != nil {
		t.Fatal(err)
	}
	m, err := decode(pretty.Bytes())
	if err != nil || !reflect.DeepEqual(m, sampleManifest()) {
		t.Errorf("%v: %+v", err, m)
	}
}

// hostile manifests must count as none.
func hostile() map[string]string {
	line := func(p string) string {
		return fmt.Sprintf(`{"path":%q,"size":1,"sum":"%s","key":"%s"}`, p, zeros, zeros)
	}
	list := func(lines ...string) string {
		return `{"version":1,"files":[` + "\n" + strings.Join(lines, ",\n") + "\n]}\n"
	}
	return map[string]string{
		"empty":            "",
		"not JSON":         "<html>",
		"cut short":        list(line("a"))[:60],
		"no version":       `{"files":[]}`,
		"another version":  `{"version":2,"files":[]}`,
		"later, new field": `{"version":2,"news":true,"files":{}}`,
		"unknown field":    `{"version":1,"x":1,"files":[]}`,
		"more after it":    list(line("a")) + "x",
		"two of them":      list(line("a")) + list(line("b")),
		"list":             `[]`,
		"null":             `null`,
		"parent":           list(line("../../etc/passwd")),
		"absolute":         list(line("/etc/passwd")),
		"backslash":        list(line(`a\b`)),
		"control":          list(line("a\x1b")),
		"dot":              list(line("./CNAME")),
		"empty path":       list(line("")),
		"itself":           list(line(manifestName)),
		"its lock":         list(line(lockName)),
		"long path":        list(line(strings.Repeat("x/", 600) + "x")),
		"unsorted":         list(line("b"), line("a")),
		"twice":            list(line("a"), line("a")),
		"negative size":    list(strings.Replace(line("a"), `"size":1`, `"size":-1`, 1)),
		"huge size":        list(strings.Replace(line("a"), `"size":1`, `"size":99999999999999999999`, 1)),
		"short sum":        list(strings.Replace(line("a"), zeros, "00", 1)),
		"odd sum":          list(strings.Replace(line("a"), zeros, strings.Repeat("z", 64), 1)),
		"bad folder":       `{"version":1,"folders":[".."],"files":[]}`,
		"unsorted folders": `{"version":1,"folders":["b","a"],"files":[]}`,
		"bad fingerprint":  `{"version":1,"fingerprint":"x","files":[]}`,
		"odd fact":         `{"version":1,"facts":{"\u001b[2J":1},"files":[]}`,
		"deep":             strings.Repeat("[", 100000),
		"deep files":       `{"version":1,"files":` + strings.Repeat("[", 100000),
		"many nothings":    `{"version":1,"files":[` + strings.Repeat("{},", 1<<20) + "{}]}",
	}
}

func TestHostileManifests(t *testing.T) {
	for name, b := range hostile() {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			foreign := site{"CNAME": "example.org", "a": "a", "b": "b", "index.html": "home"}
			plant(t, dir, foreign)
			plant(t, dir, site{manifestName: b})
			c := mustSync(t, dir, small.tree())
			if len(c.Deleted)+len(c.Kept) > 0 || len(c.Notes) != 1 || printable(c.Notes[0]) != c.Notes[0] {
				t.Errorf("changes %+v", c)
			}
			want := clean(t, small, nil)
			for p, body := range foreign {
				want[p] = body
			}
			diff(t, "folder", snapshot(t, dir), want)
		})
	}
}

// A manifest made up by somebody else deletes nothing whose bytes it does not know.
func TestManifestThatClaimsForeignFiles(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, site{"CNAME": "example.org", "x": "x"})
	m := &manifest{files: []record{{"CNAME", int64(len("example.org")), Sum{1}, Sum{}}, {"x/y", 1, Sum{}, Sum{}}}}
	b, _ := m.encode()
	plant(t, dir, site{manifestName: string(b)})
	c := mustSync(t, dir, site{"index.html": "home"}.tree())
	if len(c.Deleted) > 0 || !reflect.DeepEqual(c.Kept, []string{"CNAME"}) {
		t.Errorf("changes %+v", c)
	}
	diff(t, "folder", snapshot(t, dir).own(), site{"CNAME": "example.org", "x": "x", "index.html": "home"})
}

func TestManifestSizeAndMemory(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, manifestName)
	plant(t, dir, site{manifestName: `{"version":1,"files":[]}`})
	if err := os.Truncate(path, maxManifest+1<<20); err != nil { // sparse
		t.Fatal(err)
	}
	if c := mustSync(t, dir, small.tree()); len(c.Notes) != 1 {
		t.Errorf("changes %+v", c)
	}
	bombs := []string{
		`{"version":1,"files":[` + strings.Repeat("{},", maxHeader/3-100) + "{}]}",
		`{"version":1,"files":[` + strings.Repeat("{},", maxManifest/4) + "{}]}",
		`{"version":1,"files":[` + "\n" + strings.Repeat(",\n", maxManifest/2-100) + "\n]}\n",
		`{"version":1,"folders":[` + strings.Repeat(`"",`, maxHeader/3-100) + `""],"files":[]}`,
	}
	for i, bomb := range bombs {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := decode([]byte(bomb)); err == nil {
			t.Errorf("bomb %d is believed", i)
		}
		runtime.ReadMemStats(&after)
		if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 400 {
			t.Errorf("bomb %d takes %d MB", i, mb)
		}
	}
}

func FuzzManifest(f *testing.F) {
	b, _ := sampleManifest().encode()
	f.Add(b)
	for _, s := range hostile() {
		if len(s) < 10000 {
			f.Add([]byte(s))
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := decode(b)
		if err != nil {
			return
		}
		for _, r := range m.files {
			if !filepath.IsLocal(r.path) || checkPath(r.path) != "" {
				t.Fatalf("path %q", r.path)
			}
		}
		again, err := m.encode()
		if err != nil {
			t.Fatal(err)
		}
		back, ok := decodeLines(again)
		if !ok {
			t.Fatalf("not read back: %s", again)
		}
		if third, _ := back.encode(); !bytes.Equal(third, again) {
			t.Fatalf("%s\nbecomes\n%s", again, third)
		}
		slow, err := decodeJSON(again)
		if err != nil {
			t.Fatal(err)
		}
		if third, _ := slow.encode(); !bytes.Equal(third, again) {
			t.Fatalf("%s\nbecomes, by package json,\n%s", again, third)
		}
	})
}

func FuzzCheck(f *testing.F) {
	for _, p := range []string{"a/b", "../x", "CON.txt", "a\\b", "é", "e\u0301", "a\x00", "C:x"} {
		f.Add(p, "A/B")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		problems := site{a: "1", b: "2"}.tree().Check()
		if a != b && (len(problems) == 0) && !(filepath.IsLocal(a) && filepath.IsLocal(b)) {
			t.Fatalf("%q, %q: no problem", a, b)
		}
		for _, p := range problems {
			if printable(p.String()) != p.String() {
				t.Fatalf("%q", p.String())
			}
		}
	})
}
