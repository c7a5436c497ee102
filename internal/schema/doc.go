// Package schema is the rule book: what front matter may say, written once as
// data, and how a page's envelope is read by it.
//
// In: the tree of values that a page's front matter holds, and the page's
// path. Out: a [page.Meta] with each field resolved by the field's own type,
// and findings at the place of what is wrong, with what to write instead. Keys
// may be written in any case and with -, _ or nothing between their words;
// synonyms that other generators use are accepted without a word.
//
// One law stands above convenience: nothing is published that was to be
// withheld. Draft, status, visibility, publish and expires decide who sees a
// page. When they contradict themselves the most private value counts; when
// they cannot be understood, or are misspelt by one letter, the page is
// treated as withheld and a finding says why.
//
// What bodies say in known shapes is a table too, [Structures]; a [Lexicon] has
// the words of one language by which they are known. [Check] then holds a whole
// page against the rules of its type, which are a table as well: [Asks].
//
// It never reads a file and never looks at other pages or the clock.
//
// Start at [Fields] and [Types], the tables, then [Envelope], then [Asks].
package schema

import "peppermill/internal/diag"

// Names of the rules.
const (
	RuleDecides   = "publication-unclear"
	RuleDate      = "date-unclear"
	RuleValue     = "value-wrong"
	RuleQuote     = "quote-consent"
	RuleStatus    = "status-unknown"
	RuleType      = "type-unknown"
	RuleKeyTypo   = "key-unknown"
	RuleTwoNames  = "key-synonym"
	RuleNoPublish = "publication-off"
	RuleBlank     = "blank-about"
)

// Rules are the findings that Envelope and Check can give.
func Rules() []diag.Rule {
	return append([]diag.Rule{
		{Name: RuleDecides, Class: diag.Fix, About: "A key that decides who sees the page is misspelt or has a value that cannot be understood, so the page is withheld."},
		{Name: RuleDate, Class: diag.Tip, About: "A date cannot be read with certainty, so it is not used; on an approved page this has to be mended."},
		{Name: RuleQuote, Class: diag.Tip, About: "A quotation in front matter does not say who said it, or whether they agreed to be quoted."},
		{Name: RuleValue, Class: diag.Tip, About: "A key has a value of the wrong kind, so it is not used; on an approved page this has to be mended."},
		{Name: RuleStatus, Class: diag.Tip, About: "The status is none that is known here, so it is kept as text and has no effect."},
		{Name: RuleType, Class: diag.Tip, About: "The type is none that is known here, so the page is treated as an ordinary one."},
		{Name: RuleKeyTypo, Class: diag.Tip, About: "A key is one letter away from a known one and is probably misspelt."},
		{Name: RuleTwoNames, Class: diag.Tip, About: "One thing is said under two names, and only one of them can count."},
		{Name: RuleNoPublish, Class: diag.Tip, About: "Another generator's way to say that a page is not to be written was understood as a draft."},
		{Name: RuleBlank, Class: diag.Tip, About: "What is said of a blank cannot be so, such as a kind that is none or a choice without options; on an approved page this has to be mended."},
	}, typeRules()...)
}
