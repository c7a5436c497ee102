package browser

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"peppermill/internal/build"
)

// TestFillWord holds that a page's file for Word can be filled in by the page's
// reader, on a host and from a folder, and that nothing of that is fetched before.
func TestFillWord(t *testing.T) {
	t.Parallel()
	b, err := started()
	need(t, err)
	dir := filepath.Join(b.profile, t.Name())
	if _, err := write(dir, fstest.MapFS{
		"index.md":      {Data: []byte("# Home\n")},
		"policies/a.md": {Data: []byte("# A\n\nWithin %{refund-window}.\n")},
	}, build.Options{}); err != nil {
		t.Fatal(err)
	}
	loader, err := os.ReadFile("../../themes/default/assets/js/word.js")
	if err != nil {
		t.Fatal(err)
	}
	code := strings.Replace(string(loader), "export ", "", 1)
	for _, base := range []string{"file://" + dir, serve(t, dir, "", policy)} {
		tab := newTab(t)
		tab.open(strings.TrimSuffix(base, "/") + "/policies/a/index.html")
		var early bool
		if tab.eval(`performance.getEntriesByType("resource").some((e) => /word|docx/.test(e.name)) || !!globalThis.peppermillWord`, &early); early {
			t.Errorf("%s: something of it is fetched before anybody asks", base)
		}
		var got string
		tab.eval(`(async () => { `+code+`
			const before = document.querySelectorAll("script").length;
			await fillWord({ "refund-window": "none" }); // a second time needs no second script
			const blob = await fillWord({ "refund-window": "14 days" });
			return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer()))) + " " + (document.querySelectorAll("script").length - before) })()`, &got)
		content, scripts, _ := strings.Cut(got, " ")
		data, err := base64.StdEncoding.DecodeString(content)
		if err != nil || scripts != "0" {
			t.Fatalf("%s: %v, and %s scripts stay in the page", base, err, scripts)
		}
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatalf("%s: %v", base, err)
		}
		f, err := z.Open("word/document.xml")
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(f)
		if err != nil || !bytes.Contains(text, []byte(">14 days</w:t>")) {
			t.Errorf("%s: %v %s", base, err, text)
		}
	}
}
