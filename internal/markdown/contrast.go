package markdown

import (
	"math"

	"github.com/alecthomas/chroma/v2"
)

// contrast is WCAG 2.2's contrast ratio, 1 to 21.
func contrast(a, b chroma.Colour) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance is WCAG 2.2's relative luminance, 0 to 1.
func luminance(c chroma.Colour) float64 {
	channel := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(c.Red()) + 0.7152*channel(c.Green()) + 0.0722*channel(c.Blue())
}
