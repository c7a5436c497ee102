package render

import (
	"strings"
	"testing"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

func TestBody(t *testing.T) {
	th := builtIn(t)
	for _, c := range []struct {
		name   string
		text   string
		link   page.Link
		target site.Target
		want   string
	}{
		{"page", "{link 0}x{/link 0}", page.Link{}, site.Target{Kind: site.ToPage, Address: "policies/refunds/index.html"}, `<a href="../refunds/index.html">x</a>`},
		{"page and fragment", "{link 0}x{/link 0}", page.Link{}, site.Target{Kind: site.ToPage, Address: "policies/refunds/index.html", Fragment: "à b"}, `<a href="../refunds/index.html#%C3%A0%20b">x</a>`},
		{"same page", "{link 0}x{/link 0}", page.Link{}, site.Target{Kind: site.ToPage, Address: "policies/late/index.html", Fragment: "why"}, `<a href="#why">x</a>`},
		{"query", "{link 0}x{/link 0}", page.Link{}, site.Target{Kind: site.ToFile, Address: "a.pdf", Query: `?p=1&q="`}, `<a href="../../a.pdf?p=1&amp;q=%22">x</a>`},
		{"title and attributes", "{link 0}x{/link 0}", page.Link{Title: `a "b"`, Attrs: []page.Attr{{Name: "class", Value: "c"}, {Name: "onclick", Value: "x"}, {Name: "style", Value: "x"}, {Name: "href", Value: "x"}, {Name: "class", Value: "d"}}}, site.Target{Kind: site.ToPage, Address: "index.html"}, `<a href="../../index.html" title="a &#34;b&#34;" class="c">x</a>`},
		{"external", "{link 0}x{/link 0}", page.Link{}, site.Target{Kind: site.External, URL: "https://example.com/?a=1&b=2"}, `<a href="https://example.com/?a=1&amp;b=2" rel="noopener">x</a>`},
		{"mail", "{link 0}x{/link 0}", page.Link{}, site.Target{Kind: site.External, URL: "mailto:sam@example.com"}, `<a href="mailto:sam@example.com">x</a>`},
		{"script", "{link 0}x{/link 0}", page.Link{}, site.Target{Kind: site.External, URL: "javascript:alert(1)"}, `<span class="nolink">x</span>`},
		{"nowhere", "{link 0}x{/link 0}", page.Link{}, site.Target{}, `<span class="nolink">x</span>`},
		{"wiki title", "{link 0}{title 0}{/link 0}", page.Link{Dest: "refunds"}, site.Target{Kind: site.ToPage, Address: "policies/refunds/index.html", Page: &site.Page{Title: "Refunds & returns"}}, `<a href="../refunds/index.html">Refunds &amp; returns</a>`},
		{"wiki nowhere", "{link 0}{title 0}{/link 0}", page.Link{Dest: "<b>"}, site.Target{Page: &site.Page{Title: "Secret"}}, `<span class="nolink">&lt;b&gt;</span>`},
		{"picture", "{picture 0}", page.Link{Alt: "A %{place} shop", Attrs: []page.Attr{{Name: "width", Value: "40"}}}, site.Target{Kind: site.ToFile, Address: "img/a b.png"}, `<img src="../../img/a%20b.png" width="40" alt="A corner shop">`},
		{"picture nowhere", "{picture 0}", page.Link{Alt: "A shop"}, site.Target{}, `<span class="nolink">A shop</span>`},
		{"picture abroad", "{picture 0}", page.Link{Alt: "A shop"}, site.Target{Kind: site.External, URL: "https://example.com/a.png"}, `<a class="picture-link" href="https://example.com/a.png" rel="noopener">A shop</a>`},
		{"picture abroad in a link", "{link 0}{picture 0}{/link 0}", page.Link{}, site.Target{Kind: site.External, URL: "https://example.com/a.png"}, `<a href="https://example.com/a.png" rel="noopener"><span class="picture-link">a.png</span></a>`},
		{"blank filled", "{blank 0}", page.Link{}, site.Target{}, `14 &lt;days&gt;`},
		{"blank open", "{blank 1}", page.Link{}, site.Target{}, `<span class="blank" data-blank="owner"><span class="visually-hidden">To fill in: </span>Owner&#39;s name</span>`},
		{"word", `<p title="{word alert.note}">`, page.Link{}, site.Target{}, `<p title="Note">`},
		{"refs out of range", "{link 9}x{/link 9}{picture 9}{blank 9}y", page.Link{}, site.Target{}, `<span class="nolink">x</span>y`},
	} {
		w := newWorld(t)
		w.Config.Values = map[string]string{"refund-window": "14 <days>", "place": "corner"}
		w.Config.Facts["owner"] = page.Fact{Label: "Owner's name"}
		p := w.single("late", "Late", c.text)
		p.Source.Links, p.Targets = []page.Link{c.link}, []site.Target{c.target}
		p.Source.Blanks = []page.Blank{{Name: "refund-window"}, {Name: "owner"}}
		if got := content(w, th, p); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestStaffParts(t *testing.T) {
	th := builtIn(t)
	for _, c := range []struct{ text, public, staff string }{
		{"a{staff}SECRET{/staff}b", "ab", `a<div class="staff-only">SECRET</div>b`},
		{"a{staff}S{staff}S{/staff}S{/staff}b", "ab", `a<div class="staff-only">S<div class="staff-only">S</div>S</div>b`},
		{"a{staff}S{/staff}b{staff}S{/staff}c", "abc", `a<div class="staff-only">S</div>b<div class="staff-only">S</div>c`},
		{"a{staff 1}S{/staff 1}b{staff 2}S{/staff 2}c", "abc", `a<span class="staff-only">S</span>bSc`},
		{"a{staff}{link 0}S{/link 0}{picture 0}{blank 0}{word staff}{title 0}", "a", ""},
		{"a{/staff}b", "ab", ""},
	} {
		w := newWorld(t)
		p := w.single("late", "Late", c.text)
		p.Source.Links, p.Targets = []page.Link{{Dest: "SECRET", Alt: "SECRET"}}, []site.Target{{}}
		p.Source.Blanks = []page.Blank{{Name: "SECRET"}}
		if got := content(w, th, p); got != c.public {
			t.Errorf("public: %q gave %q, want %q", c.text, got, c.public)
		}
		w.Config.Edition = page.Staff
		if got := content(w, th, p); c.staff != "" && got != c.staff {
			t.Errorf("staff: %q gave %q, want %q", c.text, got, c.staff)
		}
	}
}

// A heading inside a staff-only part leaves the outline even when it forgot to
// say that it is one.
func TestStaffHeadingsLeaveTheOutline(t *testing.T) {
	th := builtIn(t)
	w := newWorld(t)
	p := w.single("late", "Late", `<h2 id="a">A</h2>{staff}<h2 id="secret">SECRET</h2>{/staff}<h2 id="b">B</h2>{staff}<h2 id="z">SECRET</h2>`)
	p.Source.Headings = []page.Heading{
		{Level: 2, ID: "a", Text: "A", Part: 0},
		{Level: 2, ID: "secret", Text: "SECRET", Part: 2},
		{Level: 2, ID: "b", Text: "B", Part: 4},
		{Level: 2, ID: "z", Text: "SECRET", Part: 6, Staff: true},
	}
	out := paint(t, New(w.Site, th), p)
	if strings.Contains(strings.ToLower(out), "secret") {
		t.Errorf("a staff-only heading got out:\n%s", out)
	}
	if !strings.Contains(out, `href="#b"`) {
		t.Error("the public headings have no outline")
	}
	w.Config.Edition = page.Staff
	if out := paint(t, New(w.Site, th), p); strings.Count(out, `href="#secret"`) != 1 {
		t.Error("the staff edition lacks the heading")
	}
}
