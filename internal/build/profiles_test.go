package build

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/base64"
	"encoding/binary"
	"io"
	"maps"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"peppermill/internal/output"
	"peppermill/internal/page"
)

// twoShops is a source with two profiles, whose words stand wherever a blank can.
func twoShops() fstest.MapFS {
	profile := func(word string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("shop: Wex" + word + "\nmail: wex" + word + "\nlimit: wex" + word + " pounds\nopened: 2019-03-04\n")}
	}
	return fstest.MapFS{
		"site.yaml":            {Data: []byte("title: The %{shop} way\ntagline: By %{shop}\nbase_url: https://example.com/\ncontact: a@b.example\nbacklinks: yes\n")},
		"_profiles/one.yaml":   profile("quibble"),
		"_profiles/two.yaml":   profile("farthing"),
		"_data/facts.yaml":     {Data: []byte("opened: {label: the day you opened, kind: date}\n")},
		"index.md":             {Data: []byte("# Welcome to %{shop}\n\n[[refunds]] and [a letter](mailto:%{mail}@example.com \"To %{shop}\")\n")},
		"policies/index.md":    {Data: []byte("# Policies of %{shop}\n")},
		"policies/till.svg":    {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>`)},
		"policies/plain.md":    {Data: []byte("# Plain\n\nNothing to fill in.\n")},
		"policies/refunds.md":  {Data: []byte(twoShopsPage)},
		"articles/announce.md": {Data: []byte("---\ntitle: News from %{shop}\ndate: 2025-05-06\n---\n%{shop} has news.\n")},
	}
}

const twoShopsPage = `---
title: Refunds at %{shop}
link_title: "%{shop} refunds"
description: What %{shop} gives back.
type: policy
status: approved
owner: "%{shop}"
approver: "%{shop}"
version: "1"
effective: 2025-05-05
review_every: 6 months
jurisdiction: "%{shop}"
department: "%{shop}"
date: 2025-05-05
---
*[SOP]: How %{shop} works

%{shop} gives it back within 2 days, as the SOP says, since %{opened}.

## Why

It is fair.

## The %{shop} way

![The till of %{shop}](till.svg "At %{shop}")

| %{shop} |
|---|
| %{limit} |

:::staff
Up to %{limit}.
:::

` + "```text title=\"%{shop}\"\n%{shop}\n```\n\n::::tabs\n:::tab At %{shop}\nx\n:::\n:::tab b\ny\n:::\n::::\n"

// TestProfilesShareNothing builds two shops' playbooks from one source, one
// after the other: the second is not parsed again, and no file of either has a
// word of the other, however it is packed.
func TestProfilesShareNothing(t *testing.T) {
	content := twoShops()
	other := map[string]string{"one": "two", "two": "one"}
	b := fresh()
	for i, turn := range []struct{ profile, own, other string }{{"one", "quibble", "farthing"}, {"two", "farthing", "quibble"}, {"one", "quibble", "farthing"}} {
		for _, edition := range []page.Visibility{page.Public, page.Staff} {
			r, err := b.Run(context.Background(), Input{Content: content, Options: Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Profile: turn.profile, Edition: edition}})
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Diags) > 0 {
				t.Error(r.Diags)
			}
			if first := i == 0 && edition == page.Public; !first && r.Stats.Parsed > 0 {
				t.Errorf("%s: %d pages are parsed again", turn.profile, r.Stats.Parsed)
			}
			// The words of the index are coded in a way that no reading of bytes sees
			// through; they are those of a site that never heard of the other shop.
			lonely := maps.Clone(content)
			delete(lonely, "_profiles/"+other[turn.profile]+".yaml")
			apart, err := fresh().Run(context.Background(), Input{Content: lonely, Options: Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Profile: turn.profile, Edition: edition}})
			if err != nil {
				t.Fatal(err)
			}
			alone := archived(t, apart.Tree)
			with := map[string]bool{}
			for name, data := range archived(t, r.Tree) {
				if strings.HasPrefix(name, "search/index/") && alone[name] != data {
					t.Errorf("%s, edition %d: %s depends on the other shop", turn.profile, edition, name)
				}
				text := strings.ToLower(name + "\n" + data + unpacked(data))
				if strings.Contains(text, turn.other[:6]) {
					t.Errorf("%s, edition %d: %s has a word of the other shop", turn.profile, edition, name)
				}
				if strings.Contains(text, turn.own[:6]) {
					with[name] = true
					if text, ok := strings.CutPrefix(name, "search/index/t-"); ok && strings.HasSuffix(text, ".js") {
						with["a text"] = true
					}
				}
			}
			want := []string{"index.html", "policies/refunds/index.html", "policies/plain/index.html", "policies/print/index.html", "print/index.html", "feed.xml", "feed.json",
				"search/index/c-0.js", "search/index.html", "a text"}
			if edition == page.Staff {
				want = append(want, "reviews.ics")
			}
			for _, name := range want {
				if !with[name] {
					t.Errorf("%s lacks the shop's own word, so this test would not see the other's", name)
				}
			}
		}
	}
}

// archived is every file of the tree, as an archive hands it over.
func archived(t *testing.T, tree output.Tree) map[string]string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "site.zip")
	if err := output.Zip(context.Background(), name, tree, output.Options{}); err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimPrefix(f.Name, "site/")] = string(data)
	}
	return out
}

var packedCall = regexp.MustCompile(`peppermillIndex\("[^"]*","([^"]+)"\)`)

// unpacked is what a file of the search's index holds: deflated text, mostly
// after its length.
func unpacked(data string) string {
	var out strings.Builder
	for _, m := range packedCall.FindAllStringSubmatch(data, -1) {
		raw, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(m[1], "="))
		if err != nil {
			continue
		}
		_, n := binary.Uvarint(raw)
		for _, from := range []int{0, max(n, 0)} {
			text, _ := io.ReadAll(flate.NewReader(bytes.NewReader(raw[from:])))
			out.Write(text)
		}
	}
	return out.String()
}
