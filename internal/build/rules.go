package build

import (
	"slices"

	"peppermill/internal/config"
	"peppermill/internal/data"
	"peppermill/internal/diag"
	"peppermill/internal/feed"
	"peppermill/internal/frontmatter"
	"peppermill/internal/markdown"
	"peppermill/internal/picture"
	"peppermill/internal/schema"
	"peppermill/internal/site"
	"peppermill/internal/source"
	"peppermill/internal/theme"
)

const (
	ruleSettings = "config-unreadable"
	ruleFont     = "font-missing"
	ruleClash    = "output-clash"
)

// Rules is the whole rule book, in order of the stages: what every room
// reports, with the class that each rule has unless a site changes it.
func Rules() []diag.Rule {
	return slices.Concat(source.Rules(), data.Rules(), config.Rules(), frontmatter.Rules(), schema.Rules(),
		markdown.Rules(), picture.Rules(), site.Rules(), theme.Rules(), feed.Rules(), []diag.Rule{
			{Name: ruleSettings, Class: diag.Stop, About: "site.yaml exists but cannot be used."},
			{Name: ruleFont, Class: diag.Fix, About: "The font file that the brand names cannot be read."},
			{Name: ruleClash, Class: diag.Stop, About: "Two files of the output would have one address."},
		})
}
