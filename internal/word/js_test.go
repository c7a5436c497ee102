package word

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// filled gives a file and answers to the browser's modules, in node, and
// returns the file that they make.
func filled(t *testing.T, file []byte, answers map[string]string) []byte {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil && os.Getenv("CI") != "true" {
		t.Skip("needs node (make browser gets it), which runs what fills files in the browser")
	}
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	put := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"zip.js", "fill.js"} {
		data, err := os.ReadFile("../../themes/default/assets/js/word/" + name)
		if err != nil {
			t.Fatal(err)
		}
		put(name, data)
	}
	put("package.json", []byte(`{"type":"module"}`))
	put("task.mjs", []byte(`import fs from "node:fs";
import { fillFile } from "./fill.js";
const { file, answers } = JSON.parse(fs.readFileSync(0, "utf8"));
process.stdout.write(await fillFile(Uint8Array.from(Buffer.from(file, "base64")), answers));
`))
	in, err := json.Marshal(map[string]any{"file": file, "answers": answers})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, filepath.Join(dir, "task.mjs"))
	cmd.Stdin, cmd.Stderr = bytes.NewReader(in), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("node: %v", err)
	}
	return out
}

// TestFillInTheBrowser holds that answers stand where the gaps were, as text and
// nothing else, and that all else is as it was.
func TestFillInTheBrowser(t *testing.T) {
	gap := func(name, label string) string {
		return `<span class="blank" data-blank="` + name + `"><span class="visually-hidden">To fill in: </span>` + label + `</span>`
	}
	long := strings.Repeat("n", 80)
	d := sample()
	d.Title = "Refunds at " + gap("business-name", "your name")
	d.Content = `<p>Within ` + gap("window", "how long $& ä") + `, ring ` + gap("phone", "number") + ` or <b>` + gap("window", "how long $& ä") + `</b>.</p><p>` +
		gap("constructor", "c") + gap(long, "long") + gap("address", "where") + `<sup class="footnote"><a href="#fn:1" role="doc-noteref">1</a></sup> ☐ 返金</p>` +
		`<section class="footnotes"><ol><li id="fn:1"><p>For ` + gap("window", "how long") + `</p></li></ol></section><p><img src="till.png" alt="Till" width="3" height="3"></p>`
	d.Pictures = []Picture{{Src: "till.png"}}
	var p Press
	var file bytes.Buffer
	if err := p.Write(&file, d, func(string) ([]byte, error) { return []byte(dot), nil }); err != nil {
		t.Fatal(err)
	}
	before := opened(t, file.Bytes())
	after := opened(t, filled(t, file.Bytes(), map[string]string{
		"window": ` 14 <days> & "more" $& `, "business-name": "בית קפה", "address": "Mill Lane 4\r\nLeeds\x01\x00", long: "yes", "phone": "  "}))
	for name, text := range before {
		if name != "word/document.xml" && name != "word/header1.xml" && name != "word/footnotes.xml" && after[name] != text {
			t.Errorf("%s has changed", name)
		}
	}
	rels := after["word/_rels/document.xml.rels"]
	got := shown(t, after["word/document.xml"], rels) + shown(t, after["word/header1.xml"], "") + shown(t, after["word/footnotes.xml"], "")
	want := `Title keep: Refunds at {business-name ⟨rtl בית קפה⟩}
Normal: Within {window 14 <days> & "more" $&}, ring {phone ⟨PlaceholderText [number]⟩} or {window ⟨b 14 <days> & "more" $&⟩}.
Normal: {constructor ⟨PlaceholderText [c]⟩}{` + long[:64] + ` yes}{address Mill Lane 4⏎Leeds` + "\ufffd\ufffd" + `}⟨FootnoteReference note 2⟩ ☐ 返金
Normal: picture
note 0
  Normal: 
note 1
  Normal: 
note 2
  FootnoteText: ⟨FootnoteReference own⟩ For {window 14 <days> & "more" $&}
`
	got = strings.Replace(got, "Header: Refunds at {business-name ⟨rtl בית קפה⟩}\n", "", 1)
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if len(after) != len(before) {
		t.Errorf("%d parts of %d", len(after), len(before))
	}
}

// TestNothingToFill holds that a file comes back as it was.
func TestNothingToFill(t *testing.T) {
	d := sample()
	d.Content = "<p>Text</p>"
	before := made(t, d)
	var p Press
	var file bytes.Buffer
	if err := p.Write(&file, d, nil); err != nil {
		t.Fatal(err)
	}
	after := opened(t, filled(t, file.Bytes(), map[string]string{"a": "b"}))
	for name, text := range before {
		if after[name] != text {
			t.Errorf("%s has changed", name)
		}
	}
}
