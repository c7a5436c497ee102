package feed

import (
	"cmp"
	"encoding/json"
	"encoding/xml"
	"io"
)

// atomDocument is an issue as Atom (RFC 4287).
type atomDocument struct {
	issue   issue
	address string
}

type atomFeed struct {
	XMLName   xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang      string      `xml:"xml:lang,attr,omitempty"`
	ID        string      `xml:"id"`
	Title     string      `xml:"title"`
	Subtitle  string      `xml:"subtitle,omitempty"`
	Updated   string      `xml:"updated"`
	Generator string      `xml:"generator"`
	Author    atomPerson  `xml:"author"`
	Links     []atomLink  `xml:"link"`
	Entries   []atomEntry `xml:"entry"`
}

type atomEntry struct {
	Lang       string         `xml:"xml:lang,attr,omitempty"`
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Link       atomLink       `xml:"link"`
	Published  string         `xml:"published"`
	Updated    string         `xml:"updated"`
	Summary    string         `xml:"summary,omitempty"`
	Authors    []atomPerson   `xml:"author"`
	Categories []atomCategory `xml:"category"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

func (d atomDocument) encode(w io.Writer) error {
	i := d.issue
	feed := atomFeed{
		Lang: i.lang, ID: identifier(i.base, d.address), Title: i.title, Subtitle: i.description, Updated: i.updated,
		Generator: "Peppermill", Author: atomPerson{i.publisher},
		Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: link(i.base, d.address, d.address)},
			{Rel: "alternate", Type: "text/html", Href: link(i.base, d.address, i.page)},
		},
	}
	for _, e := range i.entries {
		one := atomEntry{
			ID: identifier(i.base, e.address) + e.part, Title: e.title, Summary: e.summary,
			Link:      atomLink{Rel: "alternate", Type: "text/html", Href: link(i.base, d.address, e.address)},
			Published: e.published, Updated: e.updated,
		}
		if e.lang != i.lang {
			one.Lang = e.lang
		}
		for _, name := range e.authors {
			one.Authors = append(one.Authors, atomPerson{name})
		}
		for _, tag := range e.tags {
			one.Categories = append(one.Categories, atomCategory{tag})
		}
		feed.Entries = append(feed.Entries, one)
	}
	return writeXML(w, feed)
}

// writeXML writes a whole XML file.
func writeXML(w io.Writer, value any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(value); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// jsonDocument is an issue as JSON Feed 1.1 (jsonfeed.org).
type jsonDocument struct {
	issue   issue
	address string
}

type jsonFeed struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	HomePageURL string     `json:"home_page_url"`
	FeedURL     string     `json:"feed_url"`
	Description string     `json:"description,omitempty"`
	Language    string     `json:"language,omitempty"`
	Authors     []person   `json:"authors,omitempty"`
	Items       []jsonItem `json:"items"`
}

type jsonItem struct {
	ID        string   `json:"id"`
	URL       string   `json:"url"`
	Title     string   `json:"title"`
	Text      string   `json:"content_text"`
	Summary   string   `json:"summary,omitempty"`
	Published string   `json:"date_published"`
	Modified  string   `json:"date_modified"`
	Authors   []person `json:"authors,omitempty"`
	Tags      []string `json:"tags,omitempty"`
	Language  string   `json:"language,omitempty"`
}

type person struct {
	Name string `json:"name"`
}

func (d jsonDocument) encode(w io.Writer) error {
	i := d.issue
	feed := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: i.title,
		HomePageURL: link(i.base, d.address, i.page), FeedURL: link(i.base, d.address, d.address),
		Description: i.description, Language: i.lang, Authors: []person{{i.publisher}},
		Items: []jsonItem{},
	}
	for _, e := range i.entries {
		// An item must have content; the format knows no item that is a summary alone.
		one := jsonItem{
			ID: identifier(i.base, e.address) + e.part, URL: link(i.base, d.address, e.address), Title: e.title,
			Text: cmp.Or(e.summary, e.title), Summary: e.summary,
			Published: e.published, Modified: e.updated, Tags: e.tags,
		}
		if e.lang != i.lang {
			one.Language = e.lang
		}
		for _, name := range e.authors {
			one.Authors = append(one.Authors, person{name})
		}
		feed.Items = append(feed.Items, one)
	}
	enc := json.NewEncoder(w) // escapes <, > and &, so that nobody can take it for HTML
	enc.SetIndent("", "  ")
	return enc.Encode(feed)
}
