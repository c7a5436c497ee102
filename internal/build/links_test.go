package build

import (
	"bytes"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// references are the attributes that name elements by their ids.
var references = []string{"for", "headers", "list", "popovertarget", "aria-controls", "aria-describedby", "aria-details", "aria-labelledby", "aria-owns"}

// checkLinks is an independent link checker: it knows nothing of how the site
// was made, reads the generated files as a browser would, and returns every
// local address in them that leads nowhere, and every name of a place in the
// same file, such as what labels a part, that no place has.
func checkLinks(t *testing.T, files map[string][]byte) []string {
	t.Helper()
	ids := map[string]map[string]bool{}
	links, names := map[string][]string{}, map[string][]string{}
	for name, text := range files {
		if path.Ext(name) != ".html" {
			continue
		}
		doc, err := html.Parse(bytes.NewReader(text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		ids[name] = map[string]bool{}
		for n := range doc.Descendants() {
			for _, a := range n.Attr {
				switch {
				case a.Key == "id":
					if ids[name][a.Val] {
						t.Errorf("%s: the id %q stands twice", name, a.Val)
					}
					ids[name][a.Val] = true
				case n.Data == "a" && a.Key == "name":
					ids[name][a.Val] = true
				case a.Key == "href" || a.Key == "src":
					links[name] = append(links[name], a.Val)
				case a.Key == "content" && strings.Contains(a.Val, "url="):
					_, target, _ := strings.Cut(a.Val, "url=")
					links[name] = append(links[name], target)
				case slices.Contains(references, a.Key):
					names[name] = append(names[name], strings.Fields(a.Val)...)
				}
			}
		}
	}
	var broken []string
	for name, hrefs := range links {
		for _, href := range hrefs {
			if why := follows(files, ids, name, href); why != "" {
				broken = append(broken, fmt.Sprintf("%s: %s: %s", name, href, why))
			}
		}
	}
	for name, wanted := range names {
		for _, id := range wanted {
			if !ids[name][id] {
				broken = append(broken, fmt.Sprintf("%s: %q is the name of nothing in it", name, id))
			}
		}
	}
	return broken
}

// follows says why a link cannot be followed, or "".
func follows(files map[string][]byte, ids map[string]map[string]bool, from, href string) string {
	u, err := url.Parse(href)
	if err != nil {
		return err.Error()
	}
	if u.Scheme != "" || u.Host != "" {
		return ""
	}
	target := from
	switch {
	case strings.HasPrefix(u.Path, "/"):
		if from != "404.html" {
			return "begins with a slash, so it breaks in a subfolder"
		}
		return ""
	case u.Path != "":
		target = path.Join(path.Dir(from), u.Path)
		if strings.HasSuffix(u.Path, "/") || u.Path == "." || u.Path == ".." {
			return "names a folder, which a double-click cannot open"
		}
	}
	if _, ok := files[target]; !ok {
		return "no such file"
	}
	if u.Fragment != "" && !ids[target][u.Fragment] {
		return "no such anchor"
	}
	return ""
}
