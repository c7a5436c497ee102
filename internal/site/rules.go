package site

import (
	"slices"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// The names of this room's rules.
const (
	ruleAddressTwice    = "address-twice"
	ruleAddressBlocked  = "address-blocked"
	ruleAddressUnsafe   = "address-unsafe"
	ruleAddressReserved = "address-reserved"
	ruleFileUnsafe      = "file-unsafe"
	ruleIncludeWithheld = "include-withheld"
	ruleFolderPageTwice = "folder-page-twice"
	ruleBlankUnfilled   = "blank-unfilled"
	ruleBlankUnknown    = "blank-unknown"
	ruleLinkMissing     = "link-missing"
	ruleImageMissing    = "image-missing"
	ruleAnchorMissing   = "anchor-missing"
	ruleLinkCase        = "link-case"
	ruleLinkForm        = "link-form"
	ruleLinkMoved       = "link-moved"
	ruleLinkWithheld    = "link-withheld"
	ruleLinkAmbiguous   = "link-ambiguous"
	ruleLinkScheme      = "link-address"
	ruleAliasUnsafe     = "alias-unsafe"
	ruleAliasTaken      = "alias-taken"
	ruleFactDiffers     = "fact-differs"
	ruleOutdated        = "lesson-outdated"
	ruleUntaught        = "policy-untaught"
	ruleOnePerson       = "policy-one-person"
	ruleReferenceLost   = "reference-missing"
	ruleReferenceType   = "reference-type"
	ruleTagSpelling     = "tag-spelling"
	ruleSeriesPart      = "series-part"
	ruleCommentsMissing = "comments-missing"
	ruleCommentsNowhere = "comments-nowhere"
	ruleCommentsUnused  = "comments-unused"
)

// Rules is the rule book of this room, sorted by name.
func Rules() []diag.Rule {
	return []diag.Rule{
		{Name: ruleAddressBlocked, Class: diag.Stop, About: "A page or file has an address at which another one needs a folder."},
		{Name: ruleAddressReserved, Class: diag.Fix, About: "A page or file has an address that the site keeps for itself."},
		{Name: ruleAddressTwice, Class: diag.Stop, About: "Two pages or files have the same address, or addresses that differ only in case."},
		{Name: ruleAddressUnsafe, Class: diag.Stop, About: "A slug or url in front matter is no safe address within the site."},
		{Name: ruleAliasTaken, Class: diag.Fix, About: "An old address of a page is the address of something else, so it does not lead to the page."},
		{Name: ruleAliasUnsafe, Class: diag.Fix, About: "An old address of a page is no safe address within the site, so it is left out."},
		{Name: ruleAnchorMissing, Class: diag.Fix, About: "A link names a part of a page that the page does not have."},
		{Name: ruleBlankUnfilled, Class: diag.Stop, About: "An approved page has a blank without a value."},
		{Name: ruleBlankUnknown, Class: diag.Tip, About: "A site describes its blanks, and a page has one that nothing is said of."},
		{Name: ruleCommentsMissing, Class: diag.Fix, About: "A page names comments that _data/comments does not have."},
		{Name: ruleCommentsNowhere, Class: diag.Fix, About: "Comments are open, but there is neither a mail address nor a link to send them to."},
		{Name: ruleCommentsUnused, Class: diag.Tip, About: "A file in _data/comments belongs to no page, or is not shown because nobody said so."},
		{Name: ruleFactDiffers, Class: diag.Tip, About: "A page gives another number than the site's facts do for the same thing."},
		{Name: ruleFileUnsafe, Class: diag.Fix, About: "A file has a name that cannot be copied safely, so it is left out."},
		{Name: ruleFolderPageTwice, Class: diag.Fix, About: "A folder has two pages of its own, such as index.md and README.md."},
		{Name: ruleImageMissing, Class: diag.Fix, About: "An image's file does not exist."},
		{Name: ruleIncludeWithheld, Class: diag.Stop, About: "A page includes text of a page that is withheld, and would publish it."},
		{Name: ruleOutdated, Class: diag.Tip, About: "A lesson, quiz or sheet was made from a version of a policy that has since changed materially; on an approved page this has to be mended."},
		{Name: ruleLinkScheme, Class: diag.Fix, About: "A link begins with something other than http, https, mailto or tel, so it is shown as plain text."},
		{Name: ruleLinkAmbiguous, Class: diag.Fix, About: "A wiki link fits several pages equally well."},
		{Name: ruleLinkCase, Class: diag.Tip, About: "A link differs from the name of its target in capital letters, which fails on many computers."},
		{Name: ruleLinkForm, Class: diag.Tip, About: "A link works here but is written in a way that other programs do not follow."},
		{Name: ruleLinkMissing, Class: diag.Fix, About: "A link leads to a page or file that does not exist."},
		{Name: ruleLinkMoved, Class: diag.Tip, About: "A link uses an old address of a page."},
		{Name: ruleLinkWithheld, Class: diag.Tip, About: "A link leads to a page that is not published, so it is shown as plain text."},
		{Name: ruleOnePerson, Class: diag.Tip, About: "On a site with lessons, an approved policy has nobody besides its owner who carries it out."},
		{Name: ruleUntaught, Class: diag.Tip, About: "On a site with lessons, no lesson teaches an approved policy."},
		{Name: ruleReferenceLost, Class: diag.Fix, About: "Front matter names a page that does not exist."},
		{Name: ruleReferenceType, Class: diag.Tip, About: "Front matter names a page of another type than the key is about; on an approved page this has to be mended."},
		{Name: ruleSeriesPart, Class: diag.Tip, About: "The numbered parts of a series have a gap or a number twice."},
		{Name: ruleTagSpelling, Class: diag.Tip, About: "A tag is spelled in more than one way."},
	}
}

// report notes a finding; message and hint are whole sentences without a full stop.
func (l *linker) report(rule string, at diag.Pos, width int, message, hint string) {
	l.diags = append(l.diags, diag.Diagnostic{Rule: rule, Pos: at, Width: width, Message: message, Hint: hint})
}

// reportIn is report for what has to be mended on an approved page.
func (l *linker) reportIn(p *Page, rule string, at diag.Pos, width int, message, hint string) {
	l.report(rule, at, width, message, hint)
	if m := &p.Source.Meta; m.Status == page.Approved && !m.TypeImplied {
		l.diags[len(l.diags)-1].Class = diag.Fix
	}
}

// fieldPlace is where the first of the keys stands in the front matter, or the
// file alone when none of them does.
func fieldPlace(p *page.Page, keys ...string) (diag.Pos, int) {
	if v, ok := field(p, keys...); ok && v.Pos.Line > 0 {
		return v.Pos, v.Width
	}
	return diag.Pos{Path: p.Path}, 0
}

func field(p *page.Page, keys ...string) (page.Value, bool) {
	for _, f := range p.Meta.Tree.Fields {
		if slices.ContainsFunc(keys, func(k string) bool { return equalFold(f.Key, k) }) {
			return f.Value, true
		}
	}
	return page.Value{}, false
}

func quote(s string) string { return "“" + s + "”" }
