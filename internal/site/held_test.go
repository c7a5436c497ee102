package site

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"peppermill/internal/config"
	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// TestIncludeWithheld says where text of a withheld page would be published,
// and nothing where it would not.
func TestIncludeWithheld(t *testing.T) {
	at := diag.Pos{Path: "open.md", Line: 7}
	for _, c := range []struct {
		meta    page.Meta
		staff   bool // the include stands in a staff part
		edition page.Visibility
		want    string
	}{
		{page.Meta{Visible: page.Staff}, false, page.Public,
			"open.md:7: this would publish shut.md, which is withheld: it is for staff only (put the include into a :::staff block, or take it out)"},
		{page.Meta{Draft: true}, false, page.Public,
			"open.md:7: this would publish shut.md, which is withheld: it is a draft (take the include out, or publish that page)"},
		{page.Meta{Draft: true}, false, page.Staff,
			"open.md:7: this would publish shut.md, which is withheld: it is a draft (take the include out, or publish that page)"},
		{page.Meta{Visible: page.Staff}, true, page.Public, ""},
		{page.Meta{Visible: page.Staff}, false, page.Staff, ""},
		{page.Meta{Kind: "decline", Visible: page.Public}, false, page.Public, ""},
	} {
		for _, insert := range []bool{false, true} { // the included file is a page, or lies where there are none
			open := &page.Page{Path: "open.md", Title: "Open", Includes: []page.Include{{Path: "shut.md", Staff: c.staff, Pos: at}}}
			shut := &page.Page{Path: "shut.md", Title: "Shut", Meta: c.meta}
			in := Input{Pages: []*page.Page{open, shut}, Config: &config.Config{Edition: c.edition}}
			if insert {
				in.Pages, in.Inserts = in.Pages[:1], in.Pages[1:]
			}
			_, diags := Link(in)
			got := ""
			for _, d := range diags {
				if d.Rule == ruleIncludeWithheld {
					got += fmt.Sprintf("%s:%d: %s (%s)", d.Pos.Path, d.Pos.Line, d.Message, d.Hint)
				}
			}
			if got != c.want {
				t.Errorf("%+v: %s\nwant %s", c.meta, got, c.want)
			}
		}
	}
}

// TestLinkToKeptFile is about a link that means a file which is kept back.
func TestLinkToKeptFile(t *testing.T) {
	l := newLinker(Input{})
	l.site.HeldFiles = []HeldFile{{Path: "a/codes.pdf", Reason: "folder"}}
	at := place{page: &Page{Source: &page.Page{Path: "open.md"}}, pos: diag.Pos{Path: "open.md", Line: 3, Column: 5}, text: "x/codes.pdf"}
	if target := l.onPage(at, hit{kept: 1}, "", ""); target.Kind != Nowhere || len(l.diags) != 1 || len(l.site.Unlinked) != 1 {
		t.Fatalf("%+v %v", target, l.diags)
	}
	d := l.diags[0]
	if d.Rule != ruleLinkWithheld || d.Pos != at.pos ||
		d.Message != "“x/codes.pdf” leads to a/codes.pdf, which is not published: all pages of its folder are withheld" ||
		d.Hint != "it is shown as plain text; write the path of the file exactly to publish it" {
		t.Errorf("%+v", d)
	}
}

// TestFileNames finds names of files in text, wherever they begin and end.
func TestFileNames(t *testing.T) {
	n := fileNames{byBase: map[string][]int32{}, endings: map[string]bool{}}
	for i, path := range []string{"files/codes.pdf", "b/codes.pdf", "price list.pdf", "till-codes.pdf", "a.tar.gz", "été.txt", "LICENSE"} {
		n.add(int32(i), FoldKey(path))
	}
	for text, want := range map[string]string{
		"see codes.pdf.":            "codes.pdf",
		"Codes.PDF":                 "codes.pdf",
		"(../files/codes.pdf)":      "../files/codes.pdf",
		`href="../files/codes.pdf"`: "../files/codes.pdf",
		"our price list.pdf":        "price list.pdf",
		"price%20list.pdf":          "price list.pdf",
		"till-codes.pdf, not x-codes.pdf nor xcodes.pdf": "till-codes.pdf",
		"a.tar.gz b.tar.gz":                "a.tar.gz",
		"ÉTÉ.txt e&#769;":                  "été.txt",
		"codes%2Epdf":                      "codes.pdf",
		"codes&#46;pdf":                    "codes.pdf",
		"codes.pdfx codes.pd .pdf LICENSE": "",
	} {
		var got []string
		n.in(text, func(path string) { got = append(got, path) })
		if strings.Join(slices.Compact(got), "|") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for _, c := range []struct {
		folder, path string
		want         []int32
	}{
		{"files", "codes.pdf", []int32{0}},
		{"x", "../b/codes.pdf", []int32{1}},
		{"x", "codes.pdf", []int32{0, 1}},
		{"", "/b/codes.pdf", []int32{1}},
		{"x", "content/b/codes.pdf", []int32{0, 1}},
		{"", "//example.com/book/b/codes.pdf", []int32{1}},
		{"", "//example.com/codes.pdf", nil},
		{"", "license", []int32{6}},
	} {
		if got := n.meant(c.folder, c.path); !slices.Equal(got, c.want) {
			t.Errorf("%s from %q: %v, want %v", c.path, c.folder, got, c.want)
		}
	}
}

// TestNamesHolder is about keys that name who holds a role, in any spelling.
func TestNamesHolder(t *testing.T) {
	for key, want := range map[string]bool{
		"holder": true, "Holder": true, "HOLDERS": true, "back_up": true, "backup": true, "held-by": true, "Stand in": true,
		"": false, "hold": false, "shareholder": false, "backups_of_the_till": false, "owner": false, "inhaber": false,
	} {
		if got := namesHolder(key); got != want {
			t.Errorf("%q: %v", key, got)
		}
	}
}
