package build

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
	"github.com/piprate/json-gold/ld"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// TestFeedsAreReadByAFeedReader reads every feed of the sample with a parser
// that knows nothing of us.
func TestFeedsAreReadByAFeedReader(t *testing.T) {
	r, files := sample(t, "based")
	titles := map[string]bool{}
	for _, p := range r.Site.Pages {
		titles[p.Title] = true
	}
	feeds := 0
	for name, data := range files {
		if !strings.HasSuffix(name, "feed.xml") && !strings.HasSuffix(name, "feed.json") {
			continue
		}
		feeds++
		f, err := gofeed.NewParser().Parse(bytes.NewReader(data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if f.Title == "" || len(f.Items) == 0 || !strings.HasPrefix(f.Link, "https://example.com/book/") {
			t.Errorf("%s: title %q, link %q, %d items", name, f.Title, f.Link, len(f.Items))
		}
		for _, item := range f.Items {
			title, _, change := strings.Cut(item.Title, ": ") // of a change: its page's, and what changed
			if !titles[item.Title] && !(change && titles[title]) || !strings.HasPrefix(item.Link, "https://example.com/book/") || item.PublishedParsed == nil || item.GUID == "" {
				t.Errorf("%s: %q at %q, published %v, id %q", name, item.Title, item.Link, item.PublishedParsed, item.GUID)
			}
		}
	}
	if feeds < 2 {
		t.Errorf("only %d feeds", feeds)
	}
}

// schemaOrg answers for schema.org, so that nothing is fetched: every term of
// ours is one of its names.
type schemaOrg struct{}

func (schemaOrg) LoadDocument(string) (*ld.RemoteDocument, error) {
	return &ld.RemoteDocument{Document: map[string]any{"@context": map[string]any{"@vocab": "https://schema.org/"}}}, nil
}

// TestLinkedDataIsReadByAProcessor expands the JSON-LD of every page of the
// sample, and finds the page's own title in it.
func TestLinkedDataIsReadByAProcessor(t *testing.T) {
	r, files := sample(t, "based")
	options := ld.NewJsonLdOptions("https://example.com/book/")
	options.DocumentLoader = schemaOrg{}
	found := 0
	for _, p := range r.Site.Pages {
		for _, text := range linkedData(t, files[p.Address]) {
			found++
			var doc any
			if err := json.Unmarshal([]byte(text), &doc); err != nil {
				t.Errorf("%s: %v", p.Address, err)
				continue
			}
			nodes, err := ld.NewJsonLdProcessor().Expand(doc, options)
			if err != nil || len(nodes) == 0 {
				t.Errorf("%s: %d nodes, %v", p.Address, len(nodes), err)
				continue
			}
			whole, err := json.Marshal(nodes)
			if err != nil {
				t.Fatal(err)
			}
			name, _ := json.Marshal(p.Title)
			if p.Source != nil && !bytes.Contains(whole, name) {
				t.Errorf("%s: its title is nowhere in\n%s", p.Address, whole)
			}
			if !bytes.Contains(whole, []byte(`"https://schema.org/`)) {
				t.Errorf("%s: no term of schema.org in\n%s", p.Address, whole)
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d pages have linked data", found)
	}
}

func linkedData(t *testing.T, page []byte) []string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for n := range doc.Descendants() {
		if n.DataAtom != atom.Script || n.FirstChild == nil {
			continue
		}
		for _, a := range n.Attr {
			if a.Key == "type" && a.Val == "application/ld+json" {
				out = append(out, n.FirstChild.Data)
			}
		}
	}
	return out
}
