package render

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"peppermill/internal/site"
)

func TestSidebarWindows(t *testing.T) {
	w := newWorld(t)
	var pages []*site.Page
	for i := range 150 {
		pages = append(pages, w.single(fmt.Sprintf("p%d", i), fmt.Sprintf("Page %d", i), ""))
	}
	w.section.Children[70].Address = "elsewhere/deep/er/index.html"
	r := New(w.Site, builtIn(t))
	for _, c := range []struct {
		page            *site.Page
		first, n        int
		earlier, later  string
		current, urlOf3 string
	}{
		{pages[0], 0, 60, "", "../p60/index.html", "index.html", "../p3/index.html"},
		{pages[59], 0, 60, "", "../p60/index.html", "index.html", "../p3/index.html"},
		{pages[60], 60, 60, "../p59/index.html", "../p120/index.html", "index.html", "../p63/index.html"},
		{pages[70], 60, 60, "../../../policies/p59/index.html", "../../../policies/p120/index.html", "index.html", "../../../policies/p63/index.html"},
		{pages[149], 120, 30, "../p119/index.html", "", "index.html", "../p123/index.html"},
		{w.section, 0, 60, "", "p60/index.html", "index.html", "p3/index.html"},
	} {
		side := find(parse(t, paint(t, r, c.page)), func(n *html.Node) bool { id, _ := attr(n, "id"); return id == "sidebar" })
		if len(side) != 1 {
			t.Fatalf("%s: %d sidebars", c.page.Address, len(side))
		}
		items := find(side[0], named("li"))
		if len(items) != c.n {
			t.Errorf("%s: %d items, want %d", c.page.Address, len(items), c.n)
			continue
		}
		if got := items[0].FirstChild.FirstChild.Data; got != fmt.Sprintf("Page %d", c.first) {
			t.Errorf("%s: begins with %s", c.page.Address, got)
		}
		if href, _ := attr(items[3].FirstChild, "href"); href != c.urlOf3 {
			t.Errorf("%s: fourth leads to %s", c.page.Address, href)
		}
		current := find(side[0], func(n *html.Node) bool { v, _ := attr(n, "aria-current"); return v == "page" })
		if len(current) != 1 {
			t.Errorf("%s: %d pages are marked", c.page.Address, len(current))
		} else if href, _ := attr(current[0], "href"); href != c.current || current[0].FirstChild.Data != c.page.Name {
			t.Errorf("%s: %s is marked", c.page.Address, href)
		}
		for rel, want := range map[string]string{"prev": c.earlier, "next": c.later} {
			got := ""
			for _, a := range find(side[0], func(n *html.Node) bool { v, _ := attr(n, "rel"); return v == rel }) {
				got, _ = attr(a, "href")
			}
			if got != want {
				t.Errorf("%s: %s leads to %q, want %q", c.page.Address, rel, got, want)
			}
		}
	}
	if kept := count(&r.windows); kept > 4 {
		t.Errorf("%d windows are kept for one section of three", kept)
	}
}

func count(m *sync.Map) int {
	n := 0
	m.Range(func(any, any) bool { n++; return true })
	return n
}

// The same bytes and keys, whatever the order of the calls and however many
// hands there are.
func TestSameBytes(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	w := bigWorld(t, 300)
	th := builtIn(t)
	type result struct {
		text string
		key  [32]byte
	}
	var first []result
	for round, hands := range []int{1, 2, 8} {
		runtime.GOMAXPROCS(hands)
		r := New(w.Site, th)
		got := make([]result, len(w.Pages))
		order := rand.New(rand.NewPCG(1, uint64(round))).Perm(len(w.Pages))
		var group sync.WaitGroup
		for hand := range hands {
			group.Go(func() {
				for i := hand; i < len(order); i += hands {
					d, err := r.Page(w.Pages[order[i]])
					if err != nil {
						t.Error(err)
						return
					}
					got[order[i]] = result{written(t, d), d.Key()}
				}
			})
		}
		group.Wait()
		if first == nil {
			first = got
		}
		for i := range got {
			if got[i] != first[i] {
				t.Fatalf("%d hands: %s differs", hands, w.Pages[i].Address)
			}
		}
	}
}

// What is kept grows with sections, not with pages.
func TestMemoryIsBoundedBySections(t *testing.T) {
	w := bigWorld(t, 600)
	r := New(w.Site, builtIn(t))
	for _, p := range w.Pages {
		if _, err := r.Page(p); err != nil {
			t.Fatal(err)
		}
	}
	if n := count(&r.shells); n > 10 {
		t.Errorf("%d shells", n)
	}
	if n := count(&r.windows); n > 20 {
		t.Errorf("%d windows", n)
	}
}

func TestParamsAreEmptyNotMissing(t *testing.T) {
	w := newWorld(t)
	p := w.single("x", "X", "")
	d, err := New(w.Site, builtIn(t)).Page(p)
	if err != nil {
		t.Fatal(err)
	}
	v := d.whole().(View)
	if v.Page.Params == nil || v.Site.Params == nil || v.Site.Data == nil || len(v.Words) == 0 {
		t.Errorf("%v %v %v", v.Page.Params, v.Site.Params, v.Site.Data)
	}
}
