package markdown

import (
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/styles"
)

// The backgrounds on which the colours of code were chosen. A theme should use
// these, or lighter and darker ones.
const (
	CodeLight = "#f6f8fa"
	CodeDark  = "#161b22"
)

// minContrast is above the 4.5 : 1 that WCAG 2.2 asks for at level AA, so that
// rounding and a slightly other background do no harm.
const minContrast = 4.8

// styleEntry is the look of one kind of token.
type styleEntry struct {
	token        chroma.TokenType
	colour       chroma.Colour
	bold, italic bool
}

// HighlightCSS returns two style sheets for code, scoped under .chroma: for
// light and for dark pages. They hold only the classes of tokens; colours are
// chroma's "github" and "github-dark", moved towards black or white until they
// can be read.
func HighlightCSS() (light, dark string) {
	return styleSheet(styles.Get("github"), CodeLight), styleSheet(styles.Get("github-dark"), CodeDark)
}

func styleSheet(s *chroma.Style, background string) string {
	var b strings.Builder
	for _, e := range entries(s, background) {
		fmt.Fprintf(&b, ".chroma .%s{color:%s", className(e.token), e.colour)
		if e.bold {
			b.WriteString(";font-weight:600")
		}
		if e.italic {
			b.WriteString(";font-style:italic")
		}
		b.WriteString("}\n")
	}
	return b.String()
}

// entries lists what a style says of tokens, other than how plain text looks.
func entries(s *chroma.Style, background string) []styleEntry {
	base := s.Get(chroma.Text).Colour
	var list []styleEntry
	types := s.Types()
	slices.Sort(types)
	for _, t := range types {
		e := s.Get(t)
		plain := e.Colour == base || !e.Colour.IsSet()
		if t < chroma.Keyword || t >= chroma.Text || className(t) == "" || plain && e.Bold != chroma.Yes && e.Italic != chroma.Yes {
			continue
		}
		colour := e.Colour
		if !colour.IsSet() {
			colour = base
		}
		list = append(list, styleEntry{t, readable(colour, chroma.ParseColour(background)), e.Bold == chroma.Yes, e.Italic == chroma.Yes})
	}
	return list
}

func className(t chroma.TokenType) string { return chroma.StandardTypes[t] }

// tokenTags lists the start tags for the tokens that one of the two styles
// colours; others need no span.
func tokenTags() map[chroma.TokenType]string {
	tags := map[chroma.TokenType]string{}
	for _, s := range []*chroma.Style{styles.Get("github"), styles.Get("github-dark")} {
		for _, e := range entries(s, CodeLight) {
			tags[e.token] = `<span class="` + className(e.token) + `">`
		}
	}
	return tags
}

// readable moves a colour away from the background until it can be read.
func readable(c, background chroma.Colour) chroma.Colour {
	toward := 0.0
	if luminance(background) < 0.5 {
		toward = 255
	}
	for step := 0; step <= 20; step++ {
		k := float64(step) / 20
		mix := func(v uint8) uint8 { return uint8(float64(v) + (toward-float64(v))*k + 0.5) }
		moved := chroma.NewColour(mix(c.Red()), mix(c.Green()), mix(c.Blue()))
		if contrast(moved, background) >= minContrast {
			return moved
		}
	}
	return chroma.NewColour(uint8(toward), uint8(toward), uint8(toward))
}
