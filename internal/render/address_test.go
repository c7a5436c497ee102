package render

import (
	"net/url"
	"strings"
	"testing"
)

func TestRel(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"index.html", "index.html", "index.html"},
		{"index.html", "a/index.html", "a/index.html"},
		{"a/b/index.html", "a/c/index.html", "../c/index.html"},
		{"a/b/index.html", "a/b/index.html", "index.html"},
		{"a/b/index.html", "index.html", "../../index.html"},
		{"a/b/index.html", "a/index.html", "../index.html"},
		{"a/index.html", "a/b/c.pdf", "b/c.pdf"},
		{"ab/index.html", "ac/index.html", "../ac/index.html"},
		{"ab/index.html", "abc/index.html", "../abc/index.html"},
		{"a/index.html", "a:b/index.html", "../a%3Ab/index.html"},
		{"index.html", "javascript:x/index.html", "javascript%3Ax/index.html"},
		{"index.html", "late fees/100%.html", "late%20fees/100%25.html"},
		{"index.html", "é/?#&\"<.html", "%C3%A9/%3F%23%26%22%3C.html"},
	} {
		if got := Rel(c.from, c.to); got != c.want {
			t.Errorf("Rel(%q, %q) = %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

// FuzzRel checks the law: a browser that follows the address from one file
// arrives at the other.
func FuzzRel(f *testing.F) {
	for _, s := range []string{"a/b/index.html", "index.html", "é/ü.html", "a b/c:d/%41.html", "x//y", "~/index.html", "a/?/#.html"} {
		f.Add("a/b/index.html", s)
		f.Add(s, "a/c/index.html")
	}
	f.Fuzz(func(t *testing.T, from, to string) {
		for _, p := range []string{from, to} {
			for e := range strings.SplitSeq(p, "/") {
				if e == "" || e == "." || e == ".." {
					t.Skip("no path of an output file")
				}
			}
		}
		var b strings.Builder
		escapePath(&b, from)
		base, err := url.Parse("https://example.com/" + b.String())
		if err != nil {
			t.Fatal(err)
		}
		got, err := base.Parse(Rel(from, to))
		if err != nil {
			t.Fatal(err)
		}
		if got.Host != "example.com" || got.Path != "/"+to || got.RawQuery != "" || got.Fragment != "" {
			t.Errorf("from %q to %q: %q leads to %q", from, to, Rel(from, to), got)
		}
	})
}

func TestPretty(t *testing.T) {
	for address, want := range map[string]string{
		"index.html": "", "a/index.html": "a/", "a/b.html": "a/b.html", "aindex.html": "aindex.html",
	} {
		if got := pretty(address); got != want {
			t.Errorf("pretty(%q) = %q, want %q", address, got, want)
		}
	}
	for base, want := range map[string]string{
		"": "/", "https://example.com": "/", "https://example.com/": "/", "https://example.com/book/": "/book/",
	} {
		if got := topOf(base); got != want {
			t.Errorf("topOf(%q) = %q, want %q", base, got, want)
		}
	}
}
