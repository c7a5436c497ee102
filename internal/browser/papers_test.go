package browser

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"peppermill/internal/build"
	"peppermill/internal/output"
	"peppermill/internal/page"
)

// bakehouse is the sample site for staff, with everything filled in: its documents
// are as long there as they get.
var bakehouse = sync.OnceValues(func() (*built, error) {
	b, err := started()
	if err != nil {
		return nil, err
	}
	r, err := new(build.Builder).Run(context.Background(), build.Input{Content: os.DirFS("../../content"), Options: build.Options{
		Edition: page.Staff, Profile: "bakehouse", Now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}})
	if err != nil {
		return nil, err
	}
	if !r.Publishable() {
		return nil, complaint(r.Diags)
	}
	site, moved := &built{dir: filepath.Join(b.profile, "sample")}, map[string]bool{}
	for _, m := range r.Site.Moved {
		moved[m.Address] = true
	}
	for _, e := range r.Tree.Entries {
		// A page that leads on would be gone before it is looked at.
		if strings.HasSuffix(e.Path, "/index.html") && !moved[e.Path] {
			site.pages = append(site.pages, e.Path)
		}
	}
	_, err = output.Sync(context.Background(), site.dir, r.Tree, output.Options{})
	return site, err
})

// TestPromiseFirst holds that a phone shows what a policy promises before
// anybody scrolls, and that a desk and paper show its whole title block.
func TestPromiseFirst(t *testing.T) {
	t.Parallel()
	_, err := started()
	need(t, err)
	s, err := bakehouse()
	if err != nil {
		t.Fatal(err)
	}
	tab, seen, looked, base := newTab(t), 0, 0, strings.TrimSuffix(serve(t, s.dir, "", policy), "/")
	for _, p := range s.pages {
		if !strings.HasPrefix(p, "policies/") || strings.Count(p, "/") != 2 {
			continue
		}
		if seen++; !thorough() && seen%2 == 0 {
			continue
		}
		tab.show(screen{width: 360, scheme: "light"})
		tab.open(base + "/" + p)
		var phone struct {
			Policy, Folded bool
			Bottom         float64
		}
		tab.eval(`(() => { const first = document.querySelector(".prose > p"), block = document.querySelector(".control");
			return {policy: document.body.classList.contains("type-policy") && !!block && !!first, bottom: first?.getBoundingClientRect().bottom ?? 0,
				folded: !block?.checkVisibility({contentVisibilityAuto: true})} })()`, &phone)
		if !phone.Policy {
			continue
		}
		looked++
		if phone.Bottom > 740 || !phone.Folded {
			t.Errorf("%s: the promise ends at %v px, title block folded: %v", p, phone.Bottom, phone.Folded)
		}
		for _, s := range []screen{{width: 1280, scheme: "light"}, {width: 680, scheme: "light", media: "print"}} {
			tab.show(s)
			var height float64
			tab.eval(`document.querySelector(".control").getBoundingClientRect().height`, &height)
			if height < 30 {
				t.Errorf("%s: at %d px the title block is %v px high", p, s.width, height)
			}
		}
	}
	if looked < 6 {
		t.Errorf("only %d policies", looked)
	}
}

// TestCards prints every wall card of the sample, and its poster, on A4 and on Letter: each is
// one side, of words that one can read from where one stands.
func TestCards(t *testing.T) {
	t.Parallel()
	_, err := started()
	need(t, err)
	s, err := bakehouse()
	if err != nil {
		t.Fatal(err)
	}
	tab, looked, base := newTab(t), 0, strings.TrimSuffix(serve(t, s.dir, "", policy), "/")
	for _, p := range s.pages {
		if !strings.HasSuffix(p, "/card/index.html") {
			continue
		}
		if looked++; !thorough() && looked%3 != 1 && !strings.HasPrefix(p, "overview/") {
			continue
		}
		tab.show(screen{width: 680, scheme: "light", media: "print"})
		tab.open(base + "/" + p)
		var least float64
		tab.eval(`Math.min(...[...document.querySelectorAll(".card-side *")].filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
			.map((e) => parseFloat(getComputedStyle(e).fontSize) * 0.75))`, &least)
		if least < 9.99 {
			t.Errorf("%s: words of %v points", p, least)
		}
		for _, inches := range [][2]float64{{8.27, 11.69}, {8.5, 11}} {
			if n := printed(tab, inches); n != 1 {
				t.Errorf("%s: %d sheets of %v inches", p, n, inches)
			}
		}
	}
	if looked < 20 {
		t.Errorf("only %d cards", looked)
	}
}

// TestSignatures prints the sheets that staff sign: each is one side of A4 or of
// Letter.
func TestSignatures(t *testing.T) {
	t.Parallel()
	_, err := started()
	need(t, err)
	s, err := bakehouse()
	if err != nil {
		t.Fatal(err)
	}
	tab, looked, base := newTab(t), 0, strings.TrimSuffix(serve(t, s.dir, "", policy), "/")
	tab.show(screen{width: 680, scheme: "light", media: "print"})
	for _, p := range s.pages {
		data, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(p)))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(data), `<section class="sheet">`) {
			continue
		}
		if looked++; !thorough() && looked%2 == 0 {
			continue
		}
		tab.open(base + "/" + p)
		var least float64
		tab.eval(`Math.min(...[...document.querySelectorAll(".sheet, .sheet *")].map((e) => parseFloat(getComputedStyle(e).fontSize) * 0.75))`, &least)
		if least < 9.99 {
			t.Errorf("%s: words of %v points", p, least)
		}
		// Alone: without it the document's last lines may need another side.
		tab.eval(`document.body.replaceChildren(document.querySelector(".sheet"))`, nil)
		for _, inches := range [][2]float64{{8.27, 11.69}, {8.5, 11}} {
			if n := printed(tab, inches); n != 1 {
				t.Errorf("%s: the sheet takes %d sides of %v inches", p, n, inches)
			}
		}
	}
	if looked < 4 {
		t.Errorf("only %d sheets", looked)
	}
}
