package build

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"peppermill/internal/diag"
	"peppermill/internal/output"
	"peppermill/internal/page"
)

var planted = regexp.MustCompile(`zq[pshn][a-z]+`)

// TestWithheldIsNowhere plants words wherever something withheld may stand and
// looks for them in every byte that a build writes, however it is wrapped up.
func TestWithheldIsNowhere(t *testing.T) {
	t.Parallel()
	content := plantedSite(t)
	words := map[byte][]string{}
	for name, f := range content {
		for _, w := range planted.FindAllString(name+" "+string(f.Data), -1) {
			words[w[2]] = append(words[w[2]], w)
		}
	}
	for _, c := range []struct {
		name          string
		options       Options
		there, absent string // kinds of words
	}{
		{"public", Options{}, "p", "shn"},
		{"staff", Options{Edition: page.Staff}, "ps", "hn"},
		{"drafts", Options{Drafts: true, Future: true, Expired: true}, "ph", "sn"},
		{"all", Options{Edition: page.Staff, Drafts: true, Future: true, Expired: true}, "psh", "n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			files := onDisk(t, content, c.options)
			seen := map[string]string{} // word → the first file that has it
			for _, name := range slices.Sorted(maps.Keys(files)) {
				for _, view := range append(views(files[name], 4), []byte(strings.ToLower(name))) {
					for _, w := range planted.FindAllString(string(view), -1) {
						if seen[w] == "" {
							seen[w] = name
						}
					}
				}
			}
			for _, kind := range []byte(c.absent) {
				for _, w := range words[kind] {
					for s, where := range seen {
						if strings.HasPrefix(s, w) || strings.HasPrefix(w, s) && len(s) > 5 && s[2] == kind {
							t.Errorf("%s is in %s", w, where)
							break
						}
					}
				}
			}
			for _, kind := range []byte(c.there) {
				for _, w := range words[kind] {
					if seen[w] == "" {
						t.Errorf("%s is nowhere", w)
					}
				}
			}
		})
	}
}

// TestWithheldLeavesNoTrace takes everything withheld out of the source, and the
// public edition is the same, byte for byte: no number, name or sum in it
// depends on what is not there.
func TestWithheldLeavesNoTrace(t *testing.T) {
	t.Parallel()
	content := plantedSite(t)
	delete(content, "roles/nested.md") // a table keeps the look of all its columns, also where some are for staff
	with := built(t, content, Options{})
	without := built(t, erased(content), Options{})
	for _, name := range slices.Sorted(maps.Keys(with)) {
		switch other, ok := without[name]; {
		case !ok:
			t.Errorf("%s is there only because of what is withheld", name)
		case !bytes.Equal(with[name], other):
			t.Errorf("%s differs:\n%s", name, difference(with[name], other))
		}
	}
	for name := range without {
		if _, ok := with[name]; !ok {
			t.Errorf("%s is missing", name)
		}
	}
}

// TestWithheldIsForgotten builds both editions with one Builder: what the
// staff's left in its memory does not get into the public one.
func TestWithheldIsForgotten(t *testing.T) {
	t.Parallel()
	content := plantedSite(t)
	b := fresh()
	var got map[string][]byte
	for _, o := range []Options{{Edition: page.Staff, Drafts: true, Future: true, Expired: true}, {}} {
		got = filesOf(t, b, content, o)
	}
	want := built(t, content, Options{})
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if !bytes.Equal(got[name], want[name]) {
			t.Errorf("%s differs:\n%s", name, difference(got[name], want[name]))
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d files, %d in a build of its own", len(got), len(want))
	}
}

func plantedSite(t *testing.T) fstest.MapFS {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/withheld/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	content := fstest.MapFS{}
	for _, f := range archive.Files {
		content[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	content["zqphoto.png"] = &fstest.MapFile{Data: taggedPNG(t, 1000, "zqnphotometa")}
	content["zqspicture.png"] = &fstest.MapFile{Data: taggedPNG(t, 900, "zqnpicturemeta")}
	return content
}

// taggedPNG is a picture that says something of itself.
func taggedPNG(t *testing.T, width int, says string) []byte {
	var b bytes.Buffer
	img := image.NewGray(image.Rect(0, 0, width, 10))
	for i := range img.Pix {
		img.Pix[i] = byte(i * i >> 3)
	}
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return withChunk(b.Bytes(), "tEXt", "Comment\x00"+says)
}

func optionsAt(o Options) Options {
	o.Now = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	return o
}

func filesOf(t *testing.T, b *Builder, content fstest.MapFS, o Options) map[string][]byte {
	t.Helper()
	r, err := b.Run(context.Background(), Input{Content: content, Options: optionsAt(o)})
	if err != nil {
		t.Fatal(err)
	}
	if !r.Publishable() {
		t.Fatal(r.Diags)
	}
	files, err := r.Tree.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func built(t *testing.T, content fstest.MapFS, o Options) map[string][]byte {
	t.Helper()
	return filesOf(t, fresh(), content, o)
}

// onDisk is all that a build leaves on the disk: the folder with what the
// program keeps there for itself, and an archive.
func onDisk(t *testing.T, content fstest.MapFS, o Options) map[string][]byte {
	t.Helper()
	r, err := fresh().Run(context.Background(), Input{Content: content, Options: optionsAt(o)})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range r.Diags {
		if d.Class == diag.Stop {
			t.Fatal(d)
		}
	}
	dir := t.TempDir()
	if _, err := output.Sync(context.Background(), filepath.Join(dir, "public"), r.Tree, output.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := output.Zip(context.Background(), filepath.Join(dir, "site.zip"), r.Tree, output.Options{}); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	err = filepath.Walk(dir, func(name string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		files[filepath.ToSlash(rel)], err = os.ReadFile(name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// erased is the source without anything that is withheld.
func erased(content fstest.MapFS) fstest.MapFS {
	out := fstest.MapFS{}
	for name, f := range content {
		if regexp.MustCompile(`(^|/)zq[sh]`).MatchString(name) {
			continue
		}
		text := string(f.Data)
		switch {
		case strings.HasPrefix(name, "_data/"), strings.HasPrefix(name, "_profiles/"):
			text = withoutLines(text)
		case path.Ext(name) == ".md":
			if front, body, ok := strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---\n"); ok && strings.HasPrefix(text, "---\n") {
				text = "---\n" + withoutLines(front+"\n") + "---\n" + withoutParts(body)
			} else {
				text = withoutParts(text)
			}
		}
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// withoutLines leaves out lines with a word that is withheld.
func withoutLines(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if !regexp.MustCompile(`zq[shn]`).MatchString(line) {
			b.WriteString(line)
		}
	}
	return b.String()
}

// withoutParts leaves out :::staff blocks, and the marks of notes that stand in
// them.
func withoutParts(body string) string {
	opening := regexp.MustCompile(`^[> ]*(:{3,})staff\b`)
	var b strings.Builder
	fence := ""
	for line := range strings.Lines(body) {
		bare := strings.Trim(line, "> \n")
		switch m := opening.FindStringSubmatch(line); {
		case fence == "" && m != nil:
			fence = m[1]
		case fence == "":
			b.WriteString(strings.ReplaceAll(line, "[^hidden]", ""))
		case bare == fence:
			fence = ""
		}
	}
	return b.String()
}

// difference shows where two files part.
func difference(a, b []byte) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	cut := func(s []byte) string { return fmt.Sprintf("%q", s[max(0, i-80):min(len(s), i+120)]) }
	return cut(a) + "\n" + cut(b)
}
