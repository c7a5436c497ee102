package render

import (
	"strings"
	"testing"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

func TestImages(t *testing.T) {
	th := builtIn(t)
	photo := &site.Picture{Width: 3000, Height: 2001, Copies: []site.SizedCopy{{Width: 480, Address: "img/,a b.480.jpg"}, {Width: 800, Address: "img/,a b.800.jpg"}, {Width: 1600, Address: "img/,a b.1600.jpg"}}}
	set := `srcset="../../img/%2Ca%20b.480.jpg 480w, ../../img/%2Ca%20b.800.jpg 800w, ../../img/%2Ca%20b.1600.jpg 1600w"`
	small := &site.Picture{Width: 300, Height: 200, Copies: []site.SizedCopy{{Width: 300, Address: "img/,a b.jpg"}}}
	attr := func(list ...string) (out []page.Attr) {
		for i := 0; i < len(list); i += 2 {
			out = append(out, page.Attr{Name: list[i], Value: list[i+1]})
		}
		return out
	}
	for _, c := range []struct {
		name    string
		picture *site.Picture
		attrs   []page.Attr
		want    string
	}{
		{"photo", photo, nil, `<img src="../../img/,a%20b.800.jpg" ` + set + ` sizes="min(37.5rem, 100vw - 2rem)" width="3000" height="2001" alt="A">`},
		{"width said", photo, attr("width", "300", "class", "c"), `<img src="../../img/,a%20b.800.jpg" ` + set + ` sizes="min(300px, 100vw - 2rem)" width="300" height="200" alt="A" class="c">`},
		{"height said", photo, attr("height", "667"), `<img src="../../img/,a%20b.800.jpg" ` + set + ` sizes="min(37.5rem, 100vw - 2rem)" width="1000" height="667" alt="A">`},
		{"both said", photo, attr("height", "1", "width", "30", "width", "40"), `<img src="../../img/,a%20b.800.jpg" ` + set + ` sizes="min(30px, 100vw - 2rem)" width="30" height="20" alt="A">`},
		{"percent", photo, attr("width", "50%"), `<img src="../../img/,a%20b.800.jpg" ` + set + ` sizes="min(37.5rem, 100vw - 2rem)" width="50%" alt="A">`},
		{"small", small, nil, `<img src="../../img/,a%20b.jpg" width="300" height="200" alt="A">`},
		{"drawing of unknown size", &site.Picture{Copies: []site.SizedCopy{{Address: "img/,a b.jpg"}}}, nil, `<img src="../../img/,a%20b.jpg" alt="A">`},
		{"every copy's address is another's", &site.Picture{Width: 3, Height: 2}, nil, `<img src="../../img/,a%20b.jpg" width="3" height="2" alt="A">`},
		{"flat", &site.Picture{Width: 3000, Height: 1}, attr("width", "10"), `<img src="../../img/,a%20b.jpg" width="10" height="1" alt="A">`},
	} {
		w := newWorld(t)
		w.Files = []site.File{{Path: "img/,a b.jpg", Address: "img/,a b.jpg", Picture: c.picture}}
		p := w.single("late", "Late", "{picture 0}")
		p.Source.Links = []page.Link{{Alt: "A", Attrs: c.attrs}}
		p.Targets = []site.Target{{Kind: site.ToFile, Address: "img/,a b.jpg"}}
		if got := content(w, th, p); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// The first picture is wanted at once, unless nobody sees it.
func TestLazyImages(t *testing.T) {
	w := newWorld(t)
	p := w.single("late", "Late", "{staff}{picture 0}{/staff}{picture 0}{picture 0}{picture 0}")
	p.Source.Links, p.Targets = []page.Link{{Alt: "A"}}, []site.Target{{Kind: site.ToFile, Address: "a.png"}}
	got := content(w, builtIn(t), p)
	want := `<img src="../../a.png" alt="A">` + strings.Repeat(`<img src="../../a.png" alt="A" loading="lazy" decoding="async">`, 2)
	if got != want {
		t.Errorf("got %s", got)
	}
}

// A logo and the picture that other programs show are copies that are no
// larger than they need to be.
func TestCopiesBesideTheText(t *testing.T) {
	w := gallery(t, "Words")
	copies := func(stem string) []site.SizedCopy {
		return []site.SizedCopy{{Width: 480, Address: stem + ".480.png"}, {Width: 1200, Address: stem + ".1200.png"}, {Width: 1600, Address: stem + ".1600.png"}}
	}
	w.Config.Logo = "logo.png"
	w.Files = []site.File{
		{Path: "logo.png", Address: "logo.png", Picture: &site.Picture{Width: 2000, Height: 1000, Copies: copies("logo")}},
		{Path: "policies/shop.png", Address: "policies/shop.png", Picture: &site.Picture{Width: 2000, Height: 1000, Copies: copies("policies/shop")}},
	}
	p := w.single("story", "Story", "")
	p.Source.Path = "policies/story.md"
	p.Source.Meta.Tree = page.Value{Kind: page.Map, Fields: []page.Field{{Key: "image", Value: page.Value{Kind: page.Scalar, Text: "shop.png"}}}}
	out := paint(t, New(w.Site, builtIn(t)), p)
	for _, want := range []string{
		`<img src="../../logo.480.png" alt="" width="64" height="32">`, `<link rel="icon" href="../../logo.480.png">`,
		`property="og:image" content="https://example.com/book/policies/shop.1200.png"`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s", want)
		}
	}
}
