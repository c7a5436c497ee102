package frontmatter_test

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"peppermill/internal/diag"
	"peppermill/internal/frontmatter"
	"peppermill/internal/page"
	"peppermill/internal/schema"
	"peppermill/internal/source"
)

var update = flag.Bool("update", false, "write the results into testdata")

// TestHostile runs testdata/hostile.txtar, whose comment describes the format.
func TestHostile(t *testing.T) {
	const name = "testdata/hostile.txtar"
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	want := make(map[string]string)
	for _, f := range archive.Files {
		if dir, ok := strings.CutSuffix(f.Name, "/want"); ok {
			want[dir] = string(f.Data)
		}
	}
	var out []txtar.File
	cases := 0
	for _, f := range archive.Files {
		dir, path, _ := strings.Cut(f.Name, "/")
		if path == "want" {
			continue
		}
		cases++
		got := outcome(source.File{Path: path, Data: unescape(t, f.Data)})
		out = append(out, f, txtar.File{Name: dir + "/want", Data: []byte(got)})
		if got != want[dir] && !*update {
			t.Errorf("%s:\n%s\nwant:\n%s", f.Name, got, want[dir])
		}
	}
	if cases < 70 {
		t.Errorf("%d cases, want at least 70", cases)
	}
	if *update {
		archive.Files = out
		if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// unescape resolves ‹XX…›, bytes in hexadecimal, and ‹EOF›.
func unescape(t testing.TB, b []byte) []byte {
	t.Helper()
	s, _, _ := strings.Cut(string(b), "‹EOF›")
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(s, "‹")
		out.WriteString(before)
		if !found {
			return []byte(out.String())
		}
		hex, after, _ := strings.Cut(rest, "›")
		for ; len(hex) >= 2; hex = hex[2:] {
			n, err := strconv.ParseUint(hex[:2], 16, 8)
			if err != nil {
				t.Fatalf("bad escape %q", hex)
			}
			out.WriteByte(byte(n))
		}
		s = after
	}
}

// outcome reads a page's front matter as the product does and describes it.
func outcome(f source.File) string {
	block, findings := frontmatter.Read(f)
	meta, more := schema.Envelope(block.Tree, f.Path)
	findings = append(findings, more...).
		Classify(append(frontmatter.Rules(), schema.Rules()...), map[string]diag.Class{"key-repeated": diag.Tip, "value-cut-off": diag.Tip}).Sort()
	var b strings.Builder
	switch {
	case block.Broken || meta.Draft || schema.Withheld(meta.Status):
		b.WriteString("published: no\n")
	case meta.Visible == page.Staff:
		b.WriteString("published: to staff\n")
	default:
		b.WriteString("published: yes\n")
	}
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	if block.Broken {
		line("broken", "yes")
	}
	line("title", quote(string(meta.Title)))
	line("description", quote(string(meta.Description)))
	if meta.Status != page.Current {
		line("status", meta.Status.String())
	}
	if !meta.TypeImplied {
		line("type", meta.Type)
	}
	line("kind", meta.Kind)
	line("date", date(meta.Date))
	line("updated", date(meta.Updated))
	line("publish", date(meta.Publish))
	line("expires", date(meta.Expires))
	line("owner", quote(meta.Owner))
	line("authors", quote(meta.Authors...))
	line("tags", quote(meta.Tags...))
	if meta.HasWeight {
		line("weight", strconv.Itoa(meta.Weight))
	}
	line("lang", meta.Lang)
	line("slug", meta.Slug)
	line("url", meta.URL)
	for _, ref := range meta.Aliases {
		line("alias", fmt.Sprintf("%s@%d:%d+%d", ref.Text, ref.Pos.Line, ref.Pos.Column, ref.Width))
	}
	first, _, _ := strings.Cut(string(block.Body), "\n")
	line("body", fmt.Sprintf("%d %q", block.BodyLine, first))
	for _, d := range findings {
		line(d.Class.String(), fmt.Sprintf("%s@%d:%d", d.Rule, d.Pos.Line, d.Pos.Column))
	}
	return b.String()
}

func quote(texts ...string) string {
	var out []string
	for _, s := range texts {
		if s != "" {
			out = append(out, strconv.Quote(s))
		}
	}
	return strings.Join(out, ", ")
}

func date(d page.Date) string {
	switch {
	case d.IsZero():
		return ""
	case d.HasTime:
		return d.Time.Format(time.RFC3339)
	}
	return d.Time.Format(time.DateOnly)
}
