package render

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

// video writes a picture that is a film, and reports whether it is one. A film
// of this site is a player that loads nothing before it is asked to, with a
// link to the file for programs that cannot play it and for paper; one that
// plays elsewhere is a card with a link.
func (f *filler) video(link page.Link, target site.Target, src string) bool {
	here := target.Kind == site.ToFile && isFilm(target.Address)
	place := ""
	if target.Kind == site.External {
		place = playsAt(src)
	}
	switch {
	case src == "" || !here && place == "":
		return false
	case len(f.links) > 0: // a link cannot hold a player, nor another link
		f.span("picture-link", link.Alt, path.Base(src))
	case here:
		f.out.WriteString(`<span class="video"><video controls preload="none" playsinline`)
		f.attr("src", src)
		if link.Alt != "" {
			f.textAttr("aria-label", link.Alt)
		}
		f.attrs(link.Attrs)
		f.out.WriteString(`></video> <a`)
		f.attr("href", src)
		f.out.WriteByte('>')
		f.say(link.Alt, path.Base(target.Address))
		f.out.WriteString(` (` + strings.ToUpper(path.Ext(target.Address)[1:]) + `)</a></span>`)
	default:
		f.out.WriteString(`<a class="video-card" target="_blank" rel="noopener noreferrer"`)
		f.attr("href", src)
		f.out.WriteString(`><span class="video-title">`)
		f.say(link.Alt, place)
		f.out.WriteString(`</span> <span class="video-place">`)
		f.text(strings.ReplaceAll(f.r.site.Words.Word(f.p.Lang, "video.at"), "{place}", place))
		f.out.WriteString(`</span></a>`)
	}
	return true
}

// isFilm reports whether a file is of a kind that browsers play.
func isFilm(name string) bool {
	return slices.Contains([]string{".mp4", ".m4v", ".webm", ".ogv", ".mov"}, strings.ToLower(path.Ext(name)))
}

// playsAt is the site at which an address plays a film, or "" when it does not
// look as if it did.
func playsAt(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if host == "" || isFilm(u.Path) {
		return host
	}
	for _, known := range [...]string{"youtube.com", "youtu.be", "youtube-nocookie.com", "vimeo.com", "dailymotion.com", "loom.com"} {
		if host == known || strings.HasSuffix(host, "."+known) {
			return host
		}
	}
	return ""
}
