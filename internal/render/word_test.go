package render

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

// wordParts makes a page's file for Word and unpacks it.
func wordParts(t *testing.T, f *WordFile) map[string]string {
	t.Helper()
	var b bytes.Buffer
	if _, err := f.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(data)
	}
	return parts
}

func TestWordLanguages(t *testing.T) {
	for code, want := range map[string]string{
		"en": "en-US A4", "en-GB": "en-GB A4", "en-US": "en-US Letter", "fr-CA": "fr-CA Letter", "es-MX": "es-MX Letter",
		"de": "de-DE A4", "pt-BR": "pt-BR A4", "zh-Hant": "zh-TW A4", "ar": "ar-EG A4", "?": "? A4",
	} {
		paper := "A4"
		if letter(code) {
			paper = "Letter"
		}
		if got := wordLang(code) + " " + paper; got != want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
	if accent("") != "12585A" || accent("#7a2e1d") != "7A2E1D" {
		t.Error("a colour is not as Office writes it")
	}
}

// TestWordLinks holds that links are whole addresses where the site has one, and
// words where it has none.
func TestWordLinks(t *testing.T) {
	for base, want := range map[string]string{
		"":                          "",
		"https://example.com/book/": "https://example.com/book/policies/other/\"",
	} {
		w := newWorld(t)
		w.Config.BaseURL = base
		other := w.single("other", "Other", "<p>x</p>")
		p := w.single("late", "Late", `<p>See {link 0}other{/link 0}.</p>`)
		p.Source.Links = []page.Link{{}}
		p.Targets = []site.Target{{Kind: site.ToPage, Page: other, Address: other.Address}}
		p.Word = "policies/late/late.docx"
		r := New(w.Site, builtIn(t))
		parts := wordParts(t, r.Word(p))
		rels := parts["word/_rels/document.xml.rels"]
		if got := strings.Contains(rels, "hyperlink"); got != (base != "") || !strings.Contains(rels, want) {
			t.Errorf("with %q the links are %s", base, rels)
		}
		if !strings.Contains(parts["word/document.xml"], "other</w:t>") {
			t.Error("the link's words are lost")
		}
		d, err := r.Page(p)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.value.(View).Page.Word; fmt.Sprint(got) != "{late.docx  }" {
			t.Errorf("the page says %v", got)
		}
	}
}

// TestWordKey holds that the script's key differs from its file's, and that what
// the day changes on the page does not change the file.
func TestWordKey(t *testing.T) {
	w := newWorld(t)
	p := w.single("late", "Late", `<p>Within {blank 0}.</p>`)
	p.Word = "policies/late/late.docx"
	p.Source.Blanks = []page.Blank{{Name: "window"}}
	p.Source.Meta.Control = page.Control{Version: "2", Effective: page.Date{Time: w.Now.AddDate(-1, 0, 1)}, ReviewEvery: page.Interval{Months: 12}}
	r := New(w.Site, builtIn(t))
	before := r.Word(p).Key()
	if before == r.WordScript(p).Key() {
		t.Error("a file and its script have one key")
	}
	if !r.Fillable(p) {
		t.Error("nothing to fill in")
	}
	w.Now = w.Now.AddDate(0, 0, 10) // the review was due meanwhile
	if New(w.Site, builtIn(t)).Word(p).Key() != before {
		t.Error("the file depends on the day")
	}
	w.Config.Values["window"] = "14 days"
	r = New(w.Site, builtIn(t))
	if r.Fillable(p) || r.Word(p).Key() == before {
		t.Error("a value changes nothing")
	}
	p.Source.Blanks = []page.Blank{{Name: "other", Staff: true}}
	if r.Fillable(p) {
		t.Error("a gap for staff is one for everybody")
	}
}
