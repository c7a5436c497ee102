package feed

import (
	"bytes"
	"flag"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"peppermill/internal/config"
	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/site"
)

var update = flag.Bool("update", false, "write what the cases want")

// TestCases runs the archives in testdata. Of each archive, "site" holds
// settings, every .md file a tiny page (lines "key: value"), every other file
// is one that is copied; want/ADDRESS is a file that must be made, and exactly
// those with "want" listed in "files" are made. Findings are lines of "found".
func TestCases(t *testing.T) {
	names, _ := filepath.Glob("testdata/*.txtar")
	if len(names) < 5 {
		t.Fatal("the cases are missing")
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			runCase(t, name, archive)
		})
	}
}

func runCase(t *testing.T, name string, archive *txtar.Archive) {
	files, diags := New(linked(t, archive)).Files()
	got := map[string]string{}
	var list, found strings.Builder
	for _, f := range files {
		got["want/"+f.Address] = bytesOf(t, f)
		list.WriteString(f.Address + "\n")
	}
	for _, d := range diags {
		found.WriteString(d.Pos.Path + " " + d.Rule + ": " + d.Message + "\n")
	}
	got["files"], got["found"] = list.String(), found.String()
	valid(t, files)
	for i, f := range archive.Files {
		text, made := got[f.Name]
		if !made && !strings.HasPrefix(f.Name, "want/") {
			continue
		}
		if *update {
			archive.Files[i].Data = []byte(text)
		} else if text != string(f.Data) {
			t.Errorf("%s is\n%swant\n%s", f.Name, text, f.Data)
		}
	}
	if *update {
		write(t, name, txtar.Format(archive))
	}
}

func bytesOf(t *testing.T, f File) string {
	t.Helper()
	var b bytes.Buffer
	n, err := f.WriteTo(&b)
	if err != nil || n != int64(b.Len()) {
		t.Fatalf("%s: %d of %d bytes, %v", f.Address, n, b.Len(), err)
	}
	return b.String()
}

// linked makes the site of an archive.
func linked(t *testing.T, archive *txtar.Archive) *site.Site {
	t.Helper()
	in := site.Input{
		Config: &config.Config{Title: "The Good Counter", Tagline: "Customer care, written down", Lang: "en", Edition: page.Public},
		Words:  config.Words{"en": {"home": "Home", "tags": "Tags", "authors": "People", "archive": "Archive", "not-found": "Not found", "review": "Next review", "owner": "Owner"}},
		Now:    time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	for _, f := range archive.Files {
		switch {
		case f.Name == "site":
			settings(t, &in, string(f.Data))
		case f.Name == "files" || f.Name == "found" || strings.HasPrefix(f.Name, "want/"):
		case strings.HasSuffix(f.Name, ".md"):
			in.Pages = append(in.Pages, tiny(t, f.Name, string(f.Data)))
		default:
			in.Files = append(in.Files, f.Name)
		}
	}
	return link1(t, in)
}

// link1 links as a build does, with the addresses reserved.
func link1(t testing.TB, in site.Input) *site.Site {
	t.Helper()
	for _, p := range in.Pages {
		for _, lang := range in.Config.Languages {
			if strings.HasPrefix(p.Path, lang.Folder+"/") && p.Lang == "" {
				p.Lang = lang.Code
			}
		}
		if p.Lang == "" {
			p.Lang = in.Config.Lang
		}
	}
	in.Reserved = Reserved(in.Config, in.Files)
	s, _ := site.Link(in)
	return s
}

func settings(t *testing.T, in *site.Input, text string) {
	for line := range strings.Lines(text) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "":
		case "title":
			in.Config.Title = page.Text(value)
		case "base":
			in.Config.BaseURL = value
		case "language":
			code, name, _ := strings.Cut(value, " ")
			in.Config.Languages = append(in.Config.Languages, config.Language{Code: code, Folder: code, Name: name})
		case "staff":
			in.Config.Edition = page.Staff
		case "all":
			in.Drafts, in.Future, in.Expired = true, true, true
		default:
			t.Fatalf("unknown setting %q", line)
		}
	}
}

func tiny(t *testing.T, path, text string) *page.Page {
	p := &page.Page{Path: path, Title: page.Text(strings.TrimSuffix(path, ".md"))}
	m := &p.Meta
	for line := range strings.Lines(text) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		ref := page.Ref{Text: value, Pos: diag.Pos{Path: path, Line: 1, Column: 1}}
		switch key {
		case "":
		case "title":
			p.Title = page.Text(value)
		case "summary":
			p.Summary = page.Text(value)
		case "date":
			m.Date = when(t, value)
		case "updated":
			m.Updated = when(t, value)
		case "expires":
			m.Expires = when(t, value)
		case "authors":
			m.Authors = strings.Split(value, ", ")
		case "tags":
			m.Tags = strings.Split(value, ", ")
		case "alias":
			m.Aliases = append(m.Aliases, ref)
		case "slug":
			m.Slug = value
		case "lang":
			m.Lang, p.Lang = value, value
		case "translation_of":
			m.TranslationOf = ref
		case "owner":
			m.Owner = value
		case "reviewed":
			m.Control.LastReviewed = when(t, value)
		case "effective":
			m.Control.Effective = when(t, value)
		case "months":
			n, err := strconv.Atoi(value)
			if m.Control.ReviewEvery.Months = n; err != nil {
				t.Fatal(err)
			}
		case "draft":
			m.Draft = true
		case "staff":
			m.Visible = page.Staff
		case "status":
			m.Status = map[string]page.Status{"superseded": page.Superseded, "retired": page.Retired, "in-review": page.InReview}[value]
		default:
			t.Fatalf("%s: unknown key %q", path, key)
		}
	}
	return p
}

func when(t *testing.T, text string) page.Date {
	t.Helper()
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if at, err := time.Parse(layout, text); err == nil {
			return page.Date{Time: at, HasTime: layout == time.RFC3339}
		}
	}
	t.Fatalf("no date: %q", text)
	return page.Date{}
}
