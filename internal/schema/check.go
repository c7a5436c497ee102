package schema

import (
	"slices"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// Names of the rules of types.
const (
	RuleOwner       = "owner-missing"
	RulePolicy      = "policy-incomplete"
	RuleGuarantee   = "guarantee-incomplete"
	RuleRecognition = "recognition-incomplete"
	RuleFit         = "fit-incomplete"
	RuleProcedure   = "procedure-incomplete"
	RuleComplaint   = "complaint-incomplete"
	RuleDecline     = "decline-referral"
	RuleHandover    = "handover-incomplete"
	RuleStandard    = "standard-levels"
	RuleChecklist   = "checklist-incomplete"
	RuleBands       = "checklist-bands"
	RuleLesson      = "lesson-incomplete"
	RuleRole        = "role-incomplete"
	RuleTerm        = "term-incomplete"
	RuleMinutes     = "worksheet-minutes"
	RuleMetric      = "metric-unit"
	RuleStory       = "story-incomplete"
	RuleEvidence    = "story-evidence"
	RuleLawLines    = "law-lines"
	RuleLawLimits   = "law-conditions"
	RuleLawFair     = "law-fairness"
	RuleCold        = "words-cold"
)

// typeRules are the findings that Check can give.
func typeRules() []diag.Rule {
	const mended = "; on an approved page this has to be mended."
	rule := func(name, about string) diag.Rule {
		return diag.Rule{Name: name, Class: diag.Tip, About: about + mended}
	}
	return []diag.Rule{
		rule(RuleOwner, "A policy or a procedure has nobody who looks after it"),
		rule(RulePolicy, "A policy does not begin with a promise, gives no reason, or says nothing that can be measured"),
		rule(RuleGuarantee, "A guarantee lacks what it covers, its conditions, what it leaves out, how long it holds or how to claim it"),
		rule(RuleRecognition, "A policy about thanks lacks what counts, how somebody is named, how often, or what there is for it"),
		rule(RuleFit, "A policy about who fits lacks the kinds of customers or orders, or the signals by which one knows them"),
		rule(RuleProcedure, "A procedure does not say when it is used, or has fewer than two steps"),
		rule(RuleComplaint, "A complaint procedure or policy has no time limit, or nobody to turn to next"),
		rule(RuleDecline, "A procedure turns work away without naming somebody who does it"),
		rule(RuleHandover, "A handover lacks whose job it is, who takes over, a check, or the days side by side"),
		rule(RuleStandard, "A standard has no criteria, or one that does not say what each level looks like"),
		rule(RuleChecklist, "A checklist has nothing to tick, no groups, or does not say what the score means"),
		rule(RuleBands, "The bands of a score have a gap, overlap, or lead nowhere"),
		rule(RuleLesson, "A lesson or a course lacks what one learns, its length, a check, or the policy that it teaches"),
		rule(RuleRole, "A role does not say what it answers for, who wears the hat, or who stands in"),
		rule(RuleTerm, "A word has no definition"),
		rule(RuleMinutes, "The steps of a session take longer than the session"),
		rule(RuleMetric, "A target is a bare number"),
		rule(RuleLawLines, "A guarantee or refund page lacks where it holds, that legal rights are unaffected or, as a template, that it is no legal advice"),
		rule(RuleLawLimits, "A policy promises money back, a guarantee or 100 % and names no condition"),
		rule(RuleLawFair, "A policy says something that may not hold in law, such as no refunds, or at our discretion"),
		{Name: RuleStory, Class: diag.Tip, About: "A story lacks what happened, what was done, what came of it or what can be learnt. Leave out what you do not know."},
		{Name: RuleEvidence, Class: diag.Tip, About: "A story tells of results and does not say how they are known."},
		{Name: RuleCold, Class: diag.Tip, About: "A page uses words that keep people at a distance, from the list of the language or from _data/words-to-avoid.yaml."},
	}
}

// spot is where something stands.
type spot struct {
	pos   diag.Pos
	width int
}

// Check holds a page against the rules of its type: what an approved one must
// have, a template or a page in force should have, and the others need not
// have yet, or any more. Only pages are looked at whose author shows that they
// are of their type, see [page.Meta]; a type that a folder implies never gives
// more than tips. It is a pure function of the page.
func Check(p *page.Page) diag.List {
	m := &p.Meta
	if !p.Surveyed || m.Status != page.Current && m.Status != page.Template && m.Status != page.Approved {
		return nil
	}
	var out diag.List
	for i := range asks {
		a := &asks[i]
		if !a.about(m) {
			continue
		}
		for _, f := range a.flaws(p) {
			d := diag.Diagnostic{Rule: a.Rule, Pos: f.at.pos, Width: f.at.width, Message: f.message, Hint: f.hint}
			if m.Status == page.Approved && !m.TypeImplied && !a.Advice {
				d.Class = diag.Fix
			}
			out = append(out, d)
		}
	}
	return out
}

func (a *Ask) about(m *page.Meta) bool {
	return (a.Type == "" || a.Type == m.Type) && (a.Kinds == nil || slices.Contains(a.Kinds, m.Kind)) &&
		(a.Status == nil || slices.Contains(a.Status, m.Status))
}

// flaws are what the row finds on a page, with the row's words where the look
// has none of its own.
func (a *Ask) flaws(p *page.Page) []flaw {
	var found []flaw
	switch {
	case a.look != nil:
		found = a.look(p)
	case !a.said(p):
		found = []flaw{{}}
	}
	for i := range found {
		f := &found[i]
		if f.at.pos.Path == "" {
			f.at = typePlace(p)
		}
		if f.message == "" {
			f.message = a.Message
		}
		if f.hint == "" {
			f.hint = a.Hint
		}
	}
	return found
}

func (a *Ask) said(p *page.Page) bool {
	if says(p, a.Key) >= max(a.Least, 1) {
		return true
	}
	return slices.ContainsFunc(a.Or, func(key string) bool { return says(p, key) >= max(a.Least, 1) })
}

// enough is what a page says that says something without rows to count.
const enough = 1000

// says counts what a page has of something: the rows of structures of that
// kind, or enough where it says it otherwise.
func says(p *page.Page, key string) int {
	if v, ok := Lookup(p.Meta.Tree, key); ok && hasText(v) {
		if v.Kind == page.List && len(rowsOf(p, key)) > 0 {
			return len(rowsOf(p, key))
		}
		return enough
	}
	if slices.Contains(p.Topics, key) && !isStructure(p, key) {
		return enough
	}
	if slices.ContainsFunc(p.Phrases, func(f page.Phrase) bool { return f.Key == key }) {
		return enough
	}
	return len(rowsOf(p, key))
}

func hasText(v page.Value) bool {
	return v.Kind == page.Scalar && v.Text != "" || len(v.Items) > 0 || len(v.Fields) > 0
}

func isStructure(p *page.Page, key string) bool {
	return slices.ContainsFunc(p.Structures, func(s page.Structure) bool { return s.Kind == key })
}

func rowsOf(p *page.Page, kind string) []page.Row {
	var rows []page.Row
	for _, s := range p.Structures {
		if s.Kind == kind {
			rows = append(rows, s.Rows...)
		}
	}
	return rows
}

// typePlace is where a page says what it is: where to point when something is
// missing.
func typePlace(p *page.Page) spot {
	for _, key := range []string{"kind", "type", "status", "title"} {
		if v, ok := Lookup(p.Meta.Tree, key); ok && v.Pos.Line > 0 {
			return spot{v.Pos, v.Width}
		}
	}
	return spot{pos: diag.Pos{Path: p.Path, Line: 1, Column: 1}}
}
