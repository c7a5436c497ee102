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
	code := strings.ReplaceAll(string(loader), "export ", "")
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
		if text := document(t, data); !bytes.Contains(text, []byte(">14 days</w:t>")) {
			t.Errorf("%s: %s", base, text)
		}

		// The link gives the file with what was answered in the form, by the name
		// that it has.
		tab.eval(`HTMLAnchorElement.prototype.click = function () { globalThis.taken = this };
			((make) => { URL.createObjectURL = (blob) => make.call(URL, globalThis.made = blob) })(URL.createObjectURL)`, nil)
		tab.is(`document.querySelector(".to-word a").dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: true }))`)
		tab.eval(`document.querySelector(".fill-box").open = true`, nil)
		tab.reply("refund-window", "a <whole> year")
		tab.is(`!document.querySelector(".to-word a").dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }))`)
		tab.until(`globalThis.taken?.download === "a.docx" && taken.href.startsWith("blob:")`)
		tab.eval(`made.arrayBuffer().then((b) => btoa(String.fromCharCode(...new Uint8Array(b))))`, &content)
		if data, err = base64.StdEncoding.DecodeString(content); err != nil {
			t.Fatal(err)
		}
		if text := document(t, data); !bytes.Contains(text, []byte(">a &lt;whole&gt; year</w:t>")) {
			t.Errorf("%s: %s", base, text)
		}

		// The file as it is, where it cannot be filled in.
		tab.eval(`document.querySelector("a[data-fill]").dataset.fill = "none.js"; globalThis.taken = null`, nil)
		tab.eval(`document.querySelector(".to-word a").dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }))`, nil)
		tab.until(`globalThis.taken?.download === "a.docx" && taken.href.endsWith("/policies/a/a.docx")`)
	}
}

// document is the text of a file for Word, as XML.
func document(t *testing.T, data []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
