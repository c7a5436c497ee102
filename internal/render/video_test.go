package render

import (
	"testing"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

// TestVideos holds that a film is a player that loads nothing, or a link.
func TestVideos(t *testing.T) {
	here := func(address string) site.Target { return site.Target{Kind: site.ToFile, Address: address} }
	there := func(url string) site.Target { return site.Target{Kind: site.External, URL: url} }
	for name, c := range map[string]struct {
		target site.Target
		body   string
		want   string
	}{
		"of this site": {here("policies/Fold box.MP4"), "{picture 0}",
			`<span class="video"><video controls preload="none" playsinline src="../Fold%20box.MP4" aria-label="A &lt;box&gt;" width="640"></video> <a href="../Fold%20box.MP4">A &lt;box&gt; (MP4)</a></span>`},
		"in a link": {here("a.webm"), "{link 1}{picture 0}{/link 1}", `<a href="../../index.html"><span class="picture-link">A &lt;box&gt;</span></a>`},
		"at another site": {there("https://www.youtube.com/watch?v=a&t=1"), "{picture 0}",
			`<a class="video-card" target="_blank" rel="noopener noreferrer" href="https://www.youtube.com/watch?v=a&amp;t=1"><span class="video-title">A &lt;box&gt;</span> <span class="video-place">Plays at youtube.com, in a new tab</span></a>`},
		"a file of another site": {there("http://films.example/a.mp4"), "{picture 0}",
			`<a class="video-card" target="_blank" rel="noopener noreferrer" href="http://films.example/a.mp4"><span class="video-title">A &lt;box&gt;</span> <span class="video-place">Plays at films.example, in a new tab</span></a>`},
		"there, in a link":  {there("https://vimeo.com/1"), "{link 1}{picture 0}{/link 1}", `<a href="../../index.html"><span class="picture-link">A &lt;box&gt;</span></a>`},
		"another's picture": {there("https://notyoutube.com/a.png"), "{picture 0}", `<a class="picture-link" href="https://notyoutube.com/a.png" rel="noopener">A &lt;box&gt;</a>`},
		"one that is lost":  {site.Target{}, "{picture 0}", `<span class="nolink">A &lt;box&gt;</span>`},
		"what is no site":   {there("mailto:a@vimeo.com"), "{picture 0}", `<a class="picture-link" href="mailto:a@vimeo.com" rel="noopener">A &lt;box&gt;</a>`},
	} {
		w := newWorld(t)
		p := w.single("late", "Late", c.body)
		p.Source.Links = []page.Link{{Kind: page.Image, Alt: "A <box>", Attrs: []page.Attr{{Name: "width", Value: "640"}}}, {}}
		p.Targets = []site.Target{c.target, {Kind: site.ToPage, Page: w.Home, Address: "index.html"}}
		if got := content(w, builtIn(t), p); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, c.want)
		}
	}
}
