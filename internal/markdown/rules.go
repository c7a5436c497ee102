package markdown

import "peppermill/internal/diag"

// The names of this room's rules.
const (
	RuleSize       = "page-too-large"
	RuleDepth      = "too-deep"
	RuleCrowded    = "too-crowded"
	RuleBlockOpen  = "block-unclosed"
	RuleBlockKind  = "block-unknown"
	RuleStaffShown = "staff-exposed"
	RuleFence      = "code-unclosed"
	RuleLanguage   = "code-language"
	RuleSlowCode   = "code-unpainted"
	RuleScheme     = "link-scheme"
	RuleHTML       = "html-shown"
	RuleHTMLOpen   = "html-unbalanced"
	RuleAttribute  = "attribute-unknown"
	RuleID         = "id-taken"
	RuleFootnote   = "footnote-missing"
	RuleAlt        = "image-alt"
	RuleTwice      = "structure-twice"
)

// Rules lists the rules whose findings this package makes.
func Rules() []diag.Rule {
	return []diag.Rule{
		{Name: RuleSize, Class: diag.Fix, About: "A page has a size that can still be read; larger ones are withheld."},
		{Name: RuleDepth, Class: diag.Tip, About: "Lists and quotes nest to a limit; what lies deeper is shown as plain text."},
		{Name: RuleCrowded, Class: diag.Tip, About: "One paragraph holds so many marks, or one page so many table cells, that the rest is shown as plain text."},
		{Name: RuleBlockOpen, Class: diag.Fix, About: "A ::: block is never closed."},
		{Name: RuleBlockKind, Class: diag.Tip, About: "A ::: block has a kind that nothing is known of."},
		{Name: RuleStaffShown, Class: diag.Stop, About: "A part meant for staff would be published."},
		{Name: RuleFence, Class: diag.Tip, About: "A code block is never closed and takes the rest of the page."},
		{Name: RuleLanguage, Class: diag.Tip, About: "A code block names a language that is not known."},
		{Name: RuleSlowCode, Class: diag.Tip, About: "A code block is too long or too tangled to colour."},
		{Name: RuleScheme, Class: diag.Fix, About: "A link or image has an address that browsers could be harmed by, or that they do not know."},
		{Name: RuleHTML, Class: diag.Tip, About: "HTML in the text is shown as it was typed."},
		{Name: RuleHTMLOpen, Class: diag.Tip, About: "An HTML element is never closed, or never opened."},
		{Name: RuleAttribute, Class: diag.Tip, About: "An attribute in {braces} or in HTML is not one that pages may set."},
		{Name: RuleID, Class: diag.Tip, About: "Two places of a page have the same identifier, or one that the theme uses."},
		{Name: RuleAlt, Class: diag.Tip, About: "A picture has no words for those who cannot see it."},
		{Name: RuleTwice, Class: diag.Tip, About: "A page says one thing in its front matter and in its text, such as its steps."},
		{Name: RuleFootnote, Class: diag.Tip, About: "A footnote is referred to but not there, or there but not referred to."},
	}
}
