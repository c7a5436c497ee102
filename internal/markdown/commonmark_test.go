package markdown

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"peppermill/internal/config"
)

// unlike lists the examples of CommonMark 0.31 that come out otherwise, each
// because of something that this package promises.
var unlike = map[string][]int{
	"--- in the first line begins front matter":       {98},
	"addresses have a scheme of the allow-list":       {596, 598, 599, 601},
	"bare addresses are links":                        {608, 611, 612},
	"a picture alone with a title is a figure":        {572, 573, 576, 577, 584, 585, 586, 588, 589, 591},
	"two brackets make a wiki link":                   {548, 590},
	"code in a known language is coloured":            {142, 143},
	"a language is letters, digits and a few signs":   {34, 144},
	"links in HTML are links of the page, and closed": {21, 31, 187, 344, 476, 477, 630, 631},
	"pictures in HTML are pictures of the page":       {475},
}

// goldmarkDir finds goldmark's module directory, which holds the specification.
func goldmarkDir(t testing.TB) string {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	dir := strings.TrimSpace(string(out))
	if err != nil || dir == "" {
		t.Skip("goldmark's module directory is not here, so neither is its copy of the CommonMark specification")
	}
	return dir
}

// ours takes off what this package adds to every page.
var ours = regexp.MustCompile(`<a class="permalink"[^>]*></a>|<figure class="code">|</figure>| tabindex="0"| class="chroma"|(<h[1-6]) id="[^"]*"|</?label>`)

func TestCommonMark(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(goldmarkDir(t), "_test", "spec.json"))
	if err != nil {
		t.Skip("goldmark ships no spec.json: ", err)
	}
	var examples []struct {
		Markdown, HTML string
		Example        int
		Section        string
	}
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	var exempt []int
	for _, list := range unlike {
		exempt = append(exempt, list...)
	}
	p := New(Options{RawHTML: config.AllHTML, PlainMarks: true})
	same := 0
	for _, e := range examples {
		pg, _ := parseText(p, e.Markdown)
		checkParts(t, pg)
		got := ours.ReplaceAllString(fillWith(pg, partsOf(pg), encoded), "$1")
		equal := shape(t, got) == shape(t, strings.ReplaceAll(e.HTML, " />", ">"))
		switch {
		case equal && slices.Contains(exempt, e.Example):
			t.Errorf("example %d is listed as unlike but is not", e.Example)
		case !equal && !slices.Contains(exempt, e.Example):
			t.Errorf("example %d (%s)\n%s\ngot:\n%s\nwant:\n%s", e.Example, e.Section, e.Markdown, got, e.HTML)
		case equal:
			same++
		}
	}
	t.Logf("%d of %d examples alike", same, len(examples))
}

// shape is a fragment as a browser understands it, white space between blocks
// and comments left out.
func shape(t *testing.T, s string) string {
	nodes, err := html.ParseFragment(strings.NewReader(s), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, n := range nodes {
		render(&b, n)
	}
	return strings.TrimSpace(b.String())
}

func render(b *strings.Builder, n *html.Node) {
	switch n.Type {
	case html.TextNode:
		if strings.TrimSpace(n.Data) != "" {
			b.WriteString(html.EscapeString(strings.Trim(n.Data, "\n")))
		} else if !strings.Contains(n.Data, "\n") {
			b.WriteString(n.Data)
		}
	case html.ElementNode:
		b.WriteString("<" + n.Data)
		for _, a := range n.Attr {
			b.WriteString(" " + a.Key + "=" + a.Val)
		}
		b.WriteString(">")
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			render(b, c)
		}
		b.WriteString("</" + n.Data + ">")
	}
}
