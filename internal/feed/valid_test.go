package feed

import (
	"encoding/json"
	"encoding/xml"
	"net/url"
	"os"
	"path"
	"strings"
	"testing"
	"time"
)

func write(t *testing.T, name string, data []byte) {
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// valid holds every file to its format: what RFC 4287, JSON Feed 1.1, the
// sitemap protocol and RFC 9309 require. The types here are not those of the
// encoders, and elements are looked for in their name space.
func valid(t *testing.T, files []File) {
	t.Helper()
	last := ""
	for _, f := range files {
		if f.Address <= last {
			t.Errorf("%s stands after %s", f.Address, last)
		}
		last = f.Address
		f.Key() // of plain values
		text := bytesOf(t, f)
		switch base := path.Base(f.Address); {
		case base == "feed.xml":
			validAtom(t, f.Address, text)
		case base == "feed.json":
			validJSON(t, f.Address, text)
		case strings.HasPrefix(base, "sitemap"):
			validSitemap(t, f.Address, text)
		case path.Ext(base) == ".ics":
			validCalendar(t, text)
		case base == reviewsName:
			validReviews(t, text)
		case base == "robots.txt":
			if !strings.HasPrefix(text, "User-agent: *\n") {
				t.Errorf("%s begins with %.30q", f.Address, text)
			}
		case base == "_redirects":
			validRedirects(t, text)
		default:
			t.Errorf("nobody checks %s", f.Address)
		}
	}
}

type atomXML struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      []string `xml:"http://www.w3.org/2005/Atom id"`
	Title   []string `xml:"http://www.w3.org/2005/Atom title"`
	Updated []string `xml:"http://www.w3.org/2005/Atom updated"`
	Author  []struct {
		Name []string `xml:"http://www.w3.org/2005/Atom name"`
	} `xml:"http://www.w3.org/2005/Atom author"`
	Links   []hrefXML `xml:"http://www.w3.org/2005/Atom link"`
	Entries []struct {
		ID         []string  `xml:"http://www.w3.org/2005/Atom id"`
		Title      []string  `xml:"http://www.w3.org/2005/Atom title"`
		Updated    []string  `xml:"http://www.w3.org/2005/Atom updated"`
		Published  []string  `xml:"http://www.w3.org/2005/Atom published"`
		Links      []hrefXML `xml:"http://www.w3.org/2005/Atom link"`
		Summary    []string  `xml:"http://www.w3.org/2005/Atom summary"`
		Categories []struct {
			Term string `xml:"term,attr"`
		} `xml:"http://www.w3.org/2005/Atom category"`
	} `xml:"http://www.w3.org/2005/Atom entry"`
}

type hrefXML struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

func parse(t *testing.T, name, text string, into any) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = true
	if err := d.Decode(into); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, text)
	}
}

func validAtom(t *testing.T, name, text string) {
	t.Helper()
	var feed atomXML
	parse(t, name, text, &feed)
	one(t, name, "id", feed.ID)
	one(t, name, "title", feed.Title)
	moment(t, name, one(t, name, "updated", feed.Updated))
	if len(feed.Author) != 1 || one(t, name, "author's name", feed.Author[0].Name) == "" {
		t.Errorf("%s has no author", name)
	}
	if len(feed.Links) != 2 || feed.Links[0].Rel != "self" || feed.Links[1].Rel != "alternate" {
		t.Errorf("%s has the links %v", name, feed.Links)
	}
	if len(feed.Entries) == 0 || len(feed.Entries) > 50 {
		t.Errorf("%s has %d entries", name, len(feed.Entries))
	}
	ids := map[string]bool{feed.ID[0]: true}
	before := "9999"
	for _, e := range feed.Entries {
		id := one(t, name, "entry's id", e.ID)
		if u, err := url.Parse(id); err != nil || u.Scheme == "" {
			t.Errorf("%s: the id %q is no absolute IRI", name, id)
		}
		if ids[id] {
			t.Errorf("%s: the id %q stands twice", name, id)
		}
		ids[id] = true
		if one(t, name, "entry's title", e.Title) == "" {
			t.Errorf("%s: %s has no title", name, id)
		}
		published := one(t, name, "entry's date", e.Published)
		moment(t, name, published)
		moment(t, name, one(t, name, "entry's updated", e.Updated))
		if published > before || e.Updated[0] < published {
			t.Errorf("%s: %s is out of order: %s, %s after %s", name, id, published, e.Updated, before)
		}
		before = published
		if len(e.Links) != 1 || e.Links[0].Rel != "alternate" || e.Links[0].Href == "" || len(e.Summary) > 1 {
			t.Errorf("%s: %s has links %v and summaries %q", name, id, e.Links, e.Summary)
		}
		for _, c := range e.Categories {
			if c.Term == "" {
				t.Errorf("%s: %s has an empty category", name, id)
			}
		}
	}
}

func one(t *testing.T, name, what string, all []string) string {
	t.Helper()
	if len(all) != 1 {
		t.Fatalf("%s has %d of its %s, not one", name, len(all), what)
	}
	return all[0]
}

func moment(t *testing.T, name, text string) {
	t.Helper()
	if _, err := time.Parse(time.RFC3339, text); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

func validJSON(t *testing.T, name, text string) {
	t.Helper()
	var feed map[string]any
	if err := json.Unmarshal([]byte(text), &feed); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if feed["version"] != "https://jsonfeed.org/version/1.1" || feed["title"] == "" {
		t.Errorf("%s: version %v, title %v", name, feed["version"], feed["title"])
	}
	items, _ := feed["items"].([]any)
	ids := map[string]bool{}
	for _, item := range items {
		e := item.(map[string]any)
		id, _ := e["id"].(string)
		content, _ := e["content_text"].(string)
		if id == "" || ids[id] || content == "" {
			t.Errorf("%s: id %q, content %q", name, id, content)
		}
		ids[id] = true
		moment(t, name, e["date_published"].(string))
		moment(t, name, e["date_modified"].(string))
	}
	if len(items) == 0 || len(items) > 50 {
		t.Errorf("%s has %d items", name, len(items))
	}
}

func validSitemap(t *testing.T, name, text string) {
	t.Helper()
	var set struct {
		XMLName xml.Name
		URLs    []struct {
			Loc     string    `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 loc"`
			Lastmod string    `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 lastmod"`
			Links   []hrefXML `xml:"http://www.w3.org/1999/xhtml link"`
		} `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 url"`
		Parts []string `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemap>loc"`
	}
	parse(t, name, text, &set)
	if len(set.URLs)+len(set.Parts) == 0 || set.XMLName.Space != "http://www.sitemaps.org/schemas/sitemap/0.9" {
		t.Errorf("%s is empty or something else: %v", name, set.XMLName)
	}
	seen := map[string]bool{}
	for _, u := range set.URLs {
		loc, err := url.Parse(u.Loc)
		if err != nil || !loc.IsAbs() || seen[u.Loc] || strings.HasSuffix(u.Loc, "index.html") {
			t.Errorf("%s: address %q", name, u.Loc)
		}
		seen[u.Loc] = true
		if u.Lastmod != "" {
			moment(t, name, u.Lastmod)
		}
		self := len(u.Links) == 0
		for _, l := range u.Links {
			self = self || l.Href == u.Loc
		}
		if !self {
			t.Errorf("%s: %s is not among its own versions", name, u.Loc)
		}
	}
}

func validRedirects(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		parts := strings.Fields(line)
		if len(parts) != 3 || parts[0][0] != '/' || parts[1][0] != '/' || parts[2] != "301" || parts[0] == parts[1] || strings.ContainsAny(parts[0], ":*") {
			t.Errorf("_redirects has the line %q", line)
		}
	}
}
