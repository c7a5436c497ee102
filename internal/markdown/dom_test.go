package markdown

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// elements are what a page may hold unless its site allows all HTML, and each
// element's attributes besides those of every element.
var elements = map[string]string{
	"p": "", "br": "", "hr": "", "em": "", "strong": "", "del": "", "code": "", "pre": "tabindex", "blockquote": "",
	"h1": "", "h2": "", "h3": "", "h4": "", "h5": "", "h6": "", "ul": "", "ol": "start", "li": "value",
	"dl": "", "dt": "", "dd": "", "table": "", "thead": "", "tbody": "", "tr": "data-from data-to", "th": "scope", "td": "data-head",
	"a": "href title role aria-hidden aria-label tabindex", "img": "src alt title", "input": "type checked disabled", "label": "",
	"div": "role tabindex aria-label", "section": "role aria-label", "nav": "aria-label", "figure": "", "figcaption": "",
	"span": "", "sup": "", "sub": "", "kbd": "", "mark": "", "wbr": "", "abbr": "title",
	"details": "open data-right", "summary": "",
}

const common = " id class lang dir width height "

// checkDOM parses filled HTML as a browser does and tests that there is nothing
// in it but the allow-list, and that the tree is the one that was written: a
// mark after the body must not be swallowed by an element left open.
func checkDOM(t testing.TB, text string) {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(text+"<i-end></i-end>"), &html.Node{Type: html.ElementNode, Data: "main", DataAtom: atom.Main})
	if err != nil {
		t.Fatal(err)
	}
	if len(nodes) == 0 || nodes[len(nodes)-1].Data != "i-end" {
		t.Fatalf("an element is left open in %s", text)
	}
	ids := map[string]bool{}
	var walk func(n *html.Node) int
	walk = func(n *html.Node) (tags int) {
		switch n.Type {
		case html.CommentNode, html.DoctypeNode:
			t.Fatalf("a comment in %s", text)
		case html.ElementNode:
			checkElement(t, n, ids, text)
			tags = 1
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				tags += walk(c)
			}
		}
		return tags
	}
	tags := 0
	for _, n := range nodes[:len(nodes)-1] {
		tags += walk(n)
	}
	if starts := startTags(text); starts != tags {
		t.Fatalf("%d start tags became %d elements: %s", starts, tags, text)
	}
}

func checkElement(t testing.TB, n *html.Node, ids map[string]bool, text string) {
	allowed, ok := elements[n.Data]
	if !ok {
		t.Fatalf("element <%s> in %s", n.Data, text)
	}
	for _, a := range n.Attr {
		if !strings.Contains(common, " "+a.Key+" ") && !slices.Contains(strings.Fields(allowed), a.Key) {
			t.Fatalf("attribute %s=%q of <%s> in %s", a.Key, a.Val, n.Data, text)
		}
		switch a.Key {
		case "href", "src":
			if err := checkAddress(a.Val); err != nil {
				t.Fatalf("%v in %s", err, text)
			}
		case "id":
			if ids[a.Val] {
				t.Fatalf("id %q twice in %s", a.Val, text)
			}
			ids[a.Val] = true
		}
	}
}

// checkAddress is a second, independent reading of the allow-list: what a
// browser does to an address before it looks at the scheme.
func checkAddress(s string) error {
	s = strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' {
			return -1
		}
		return r
	}, s)
	s = strings.ToLower(strings.TrimFunc(s, func(r rune) bool { return r <= ' ' }))
	s = strings.ReplaceAll(s, `\`, "/")
	if strings.HasPrefix(s, "//") {
		return fmt.Errorf("address %q names a host without a scheme", s)
	}
	scheme, _, ok := strings.Cut(s, ":")
	if !ok || strings.Trim(scheme, "abcdefghijklmnopqrstuvwxyz0123456789+-.") != "" || scheme == "" || scheme[0] < 'a' {
		return nil
	}
	if !slices.Contains([]string{"http", "https", "mailto", "tel"}, scheme) {
		return fmt.Errorf("address %q has scheme %q", s, scheme)
	}
	return nil
}

func startTags(text string) int {
	z := html.NewTokenizer(strings.NewReader(text))
	n := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return n
		case html.StartTagToken, html.SelfClosingTagToken:
			n++
		}
	}
}
