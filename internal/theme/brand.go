package theme

import (
	"fmt"
	"math"
	"path"
	"strconv"
	"strings"

	"peppermill/internal/diag"
)

// The wash of both themes, as assets/css/tokens.css has it: the ground that a
// brand colour must be readable on. Notes stand on it, and it is nearer to the
// ink than the paper, so what can be read on it can be read on both.
const (
	dayWash   = "#f3eee4"
	nightWash = "#26231f"
)

// readable is the contrast that WCAG 2.2 AA asks of text (1.4.3).
const readable = 4.5

// brandSheet makes the sheet that puts a site's brand over the theme's own
// colours and faces, and the font file it brings.
func brandSheet(in Input) ([]byte, *Asset, diag.List) {
	var day, night, head strings.Builder
	var findings diag.List
	accent := func(value, name string, at diag.Pos) {
		c, ok := parseColor(value)
		if !ok {
			return
		}
		light, _ := parseColor(dayWash)
		dark, _ := parseColor(nightWash)
		d, n := c.readableOn(light), c.readableOn(dark)
		fmt.Fprintf(&day, "--%s:%s;--on-%s:%s;", name, d, name, d.inkOn())
		fmt.Fprintf(&night, "--%s:%s;--on-%s:%s;", name, n, name, n.inkOn())
		if d != c {
			findings = append(findings, pale(value, d.String(), at))
		}
	}
	accent(in.Brand.Color, "accent", in.Brand.ColorPos)
	accent(in.Brand.Accent, "accent-2", in.Brand.AccentPos)
	font := in.brandFont(&head, &day)
	if day.Len() == 0 {
		return nil, nil, findings
	}
	head.WriteString(":root{" + day.String() + "}\n")
	head.WriteString("@media screen and (prefers-color-scheme:dark){:root{" + night.String() + "}}\n")
	return []byte(head.String()), font, findings
}

// brandFont names the site's own face first, and brings its file along.
func (in Input) brandFont(head, root *strings.Builder) *Asset {
	name := in.Brand.Font
	if name == "" {
		return nil
	}
	var font *Asset
	if in.Font != nil {
		font = &Asset{fingerprinted("assets/fonts/brand"+path.Ext(name), in.Font), in.Font}
		name = "Brand"
		fmt.Fprintf(head, "@font-face{font-family:Brand;src:url(\"/%s\");font-display:swap}\n", strings.TrimPrefix(font.Address, "assets/"))
	}
	fmt.Fprintf(root, "--face-read:%s,var(--face-serif);--face-ui:%s,var(--face-sans);", cssString(name), cssString(name))
	return font
}

// cssString writes s as a quoted CSS string.
func cssString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		if r < ' ' || strings.ContainsRune(`"\<>`, r) || r == 0x7f {
			fmt.Fprintf(&b, `\%x `, r)
			continue
		}
		b.WriteRune(r)
	}
	b.WriteByte('"')
	return b.String()
}

func pale(value, instead string, at diag.Pos) diag.Diagnostic {
	return diag.Diagnostic{
		Rule: ruleBrand, Class: diag.Tip, Pos: at,
		Message: "the brand colour " + value + " is too pale to read on the page, so " + instead + " is used for text and links",
		Hint:    "nothing needs to be done; to have it without this tip, write \"" + instead + "\" yourself",
	}
}

// color is sRGB, each channel from 0 to 255.
type color [3]uint8

func parseColor(s string) (color, bool) {
	n, err := strconv.ParseUint(strings.TrimPrefix(s, "#"), 16, 32)
	if err != nil || len(s) != 7 || s[0] != '#' {
		return color{}, false
	}
	return color{uint8(n >> 16), uint8(n >> 8), uint8(n)}, true
}

func (c color) String() string { return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]) }

// luminance is the relative luminance of WCAG 2.2.
func (c color) luminance() float64 {
	var l [3]float64
	for i, v := range c {
		s := float64(v) / 255
		if l[i] = s / 12.92; s > 0.04045 {
			l[i] = math.Pow((s+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2]
}

// contrast is the ratio of WCAG 2.2, from 1 to 21.
func contrast(a, b color) float64 {
	x, y := a.luminance(), b.luminance()
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

// readableOn moves the colour toward black or white, whichever is farther from
// the ground, in steps of a fiftieth, until text in it can be read.
func (c color) readableOn(ground color) color {
	goal := color{255, 255, 255}
	if ground.luminance() > 0.5 {
		goal = color{}
	}
	out := c
	for step := 1; contrast(out, ground) < readable && step <= 50; step++ {
		for i := range out {
			out[i] = uint8((int(c[i])*(50-step) + int(goal[i])*step) / 50)
		}
	}
	return out
}

// inkOn is the colour for words that stand on c.
func (c color) inkOn() color {
	white := color{255, 255, 255}
	if ink := (color{0x1b, 0x19, 0x16}); contrast(ink, c) > contrast(white, c) {
		return ink
	}
	return white
}
