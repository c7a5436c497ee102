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
	site := &built{dir: filepath.Join(b.profile, "sample")}
	for _, e := range r.Tree.Entries {
		if strings.HasSuffix(e.Path, "/index.html") {
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
	tab, looked, base := newTab(t), 0, strings.TrimSuffix(serve(t, s.dir, "", policy), "/")
	for _, p := range s.pages {
		if !strings.HasPrefix(p, "policies/") || strings.Count(p, "/") != 2 {
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
	if looked < 8 {
		t.Errorf("only %d policies", looked)
	}
}
