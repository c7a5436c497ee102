package schema

import "peppermill/internal/page"

// Ask is a row of the table of what the rules of types ask: something that a
// page of a type, or of one of its kinds, should say or must not.
//
// A page says something when its front matter has a field of that name, when a
// heading, a column or a term of it is called so, when it has a structure of
// that kind, or when it uses a turn of phrase that is listed for it.
type Ask struct {
	Rule    string
	Type    string
	Kinds   []string // nil: of every kind
	Status  []page.Status
	Key     string   // what it should say
	Or      []string // or one of these
	Least   int      // rows that a structure must have; 0 is 1
	Advice  bool     // a tip even on an approved page
	Message string
	Hint    string

	// look is for rows that look closer: it gives what is wrong and where. Key
	// is only what the row is about, then.
	look func(p *page.Page) []flaw
}

// flaw is one thing that a closer look found.
type flaw struct {
	at      spot
	message string // over the row's; may be ""
	hint    string // likewise
}

// Asks is the table. The result is shared and must not be changed.
func Asks() []Ask { return asks }

// Kinds of pages that several rows are about.
var (
	refunds = []string{"guarantee", "refund"}
	scored  = []string{"self-check", "audit", "readiness"}
	rated   = []string{"rubric", "charter"}
	stepped = []string{"", "sop", "play", "complaint", "recovery", "decline", "handover", "follow-up", "reputation"} // all but sets of scripts
)

var asks = []Ask{
	{Rule: RuleOwner, Type: "policy", Key: "owner", Message: "nobody looks after this policy", Hint: "write owner: and a name or a role"},
	{Rule: RulePolicy, Type: "policy", Key: "promise", Message: "the policy does not begin with its promise", Hint: "say what people can count on in the first paragraph, above all headings and lists"},
	{Rule: RulePolicy, Type: "policy", Key: "why", Message: "the policy does not say why it is there", Hint: "add a heading such as Why, with a sentence or two"},
	{Rule: RulePolicy, Type: "policy", Key: "promises", look: noMeasure, Message: "nothing in this policy can be measured", Hint: "give a promise or a step a time, such as within 2 days"},

	{Rule: RuleGuarantee, Type: "policy", Kinds: refunds, Key: "covers", Or: []string{"coverage"}, Message: "the guarantee does not say what it covers", Hint: "add a heading or a column such as Covered"},
	{Rule: RuleGuarantee, Type: "policy", Kinds: refunds, Key: "conditions", Message: "the guarantee does not say on what conditions", Hint: "add a heading or a column such as Conditions; where there are none, say so"},
	{Rule: RuleGuarantee, Type: "policy", Kinds: refunds, Key: "exclusions", Message: "the guarantee does not say what it leaves out", Hint: "add a heading or a column such as Not covered"},
	{Rule: RuleGuarantee, Type: "policy", Kinds: refunds, Key: "period", look: noPeriod, Message: "the guarantee does not say how long it holds", Hint: "name a time, such as within 30 days, or write period: in the front matter"},
	{Rule: RuleGuarantee, Type: "policy", Kinds: refunds, Key: "claim", Message: "the guarantee does not say how to claim it", Hint: "add a heading such as How to claim"},
	{Rule: RuleLawLines, Type: "policy", Kinds: refunds, Key: "jurisdiction", Message: "the page does not say where it holds", Hint: "write jurisdiction: and a country or state"},
	{Rule: RuleLawLines, Type: "policy", Kinds: refunds, Key: "rights", Message: "the page does not say that legal rights are unaffected", Hint: "add the sentence: Your legal rights are unaffected."},
	{Rule: RuleLawLines, Type: "policy", Kinds: refunds, Status: []page.Status{page.Template}, Key: "advice", Message: "the template does not say that it is not legal advice", Hint: "add the sentence: This is not legal advice."},
	{Rule: RuleLawLimits, Type: "policy", Key: "unbounded", look: unbounded, Hint: "say beside it on what conditions, or link to the page that does"},
	{Rule: RuleLawFair, Type: "policy", Key: "unfair", look: unfair, Hint: "say what you do, and when"},

	{Rule: RuleRecognition, Type: "policy", Kinds: []string{"recognition"}, Key: "criteria", Message: "the policy does not say what counts", Hint: "add a heading such as What counts"},
	{Rule: RuleRecognition, Type: "policy", Kinds: []string{"recognition"}, Key: "nominate", Message: "the policy does not say how somebody is named", Hint: "add a heading such as How to nominate"},
	{Rule: RuleRecognition, Type: "policy", Kinds: []string{"recognition"}, Key: "cadence", Message: "the policy does not say how often", Hint: "write cadence: every month, or say it in the text"},
	{Rule: RuleRecognition, Type: "policy", Kinds: []string{"recognition"}, Key: "rewards", Message: "the policy does not say what there is for it", Hint: "add a heading such as Rewards; thanks are one"},
	{Rule: RuleFit, Type: "policy", Kinds: []string{"fit"}, Key: "levels", Or: []string{"fit"}, Message: "the policy does not tell kinds of customers or orders apart", Hint: "add a table with the kinds, how they look and what you do"},
	{Rule: RuleFit, Type: "policy", Kinds: []string{"fit"}, Key: "signals", Or: []string{"fit"}, Message: "the policy does not say by what signals one knows", Hint: "add a heading or a column such as Signals"},
	{Rule: RuleComplaint, Type: "policy", Kinds: []string{"complaints"}, Key: "clock", look: noClock, Message: "the complaints policy has no time limit", Hint: "say within what time a complaint is answered"},
	{Rule: RuleComplaint, Type: "policy", Kinds: []string{"complaints"}, Key: "escalate_to", Or: []string{"escalation"}, Message: "the complaints policy names nobody to turn to next", Hint: "write escalate_to: and a role or a name"},

	{Rule: RuleOwner, Type: "procedure", Key: "owner", Message: "nobody looks after this procedure", Hint: "write owner: and a name or a role"},
	{Rule: RuleProcedure, Type: "procedure", Kinds: stepped, Key: "trigger", Message: "the procedure does not say when it is used", Hint: "write trigger: and what sets it off, or add a heading such as When"},
	{Rule: RuleProcedure, Type: "procedure", Kinds: stepped, Key: "steps", Least: 2, Message: "the procedure has fewer than two steps", Hint: "write them as a numbered list"},
	{Rule: RuleComplaint, Type: "procedure", Kinds: []string{"complaint"}, Key: "clock", look: noClock, Message: "the complaint procedure has no time limit", Hint: "end a step with who and by when, such as (counter, within 4 h)"},
	{Rule: RuleComplaint, Type: "procedure", Kinds: []string{"complaint"}, Key: "escalate_to", Or: []string{"escalation"}, Message: "the complaint procedure names nobody to turn to next", Hint: "write escalate_to: and a role or a name"},
	{Rule: RuleDecline, Type: "procedure", Kinds: []string{"decline"}, Key: "referral_to", Or: []string{"referral"}, Message: "the procedure turns people away without naming somebody else", Hint: "add a step that names who does it well, or write referral_to:"},
	{Rule: RuleHandover, Type: "procedure", Kinds: []string{"handover"}, Key: "from_role", Message: "the handover does not say whose job it is", Hint: "write from_role: and the role"},
	{Rule: RuleHandover, Type: "procedure", Kinds: []string{"handover"}, Key: "to_role", Message: "the handover does not say who takes over", Hint: "write to_role: and the role"},
	{Rule: RuleHandover, Type: "procedure", Kinds: []string{"handover"}, Key: "checks", Or: []string{"items"}, Message: "the handover has no check that it has worked", Hint: "add a task list of questions to ask afterwards"},
	{Rule: RuleHandover, Type: "procedure", Kinds: []string{"handover"}, Key: "shadow_days", Message: "the handover does not say how long the two work side by side", Hint: "write shadow_days: and a number"},

	{Rule: RuleStandard, Type: "standard", Kinds: rated, Key: "criteria", Message: "the standard has no criteria", Hint: "add a table with the columns Below, Acceptable and Excellent"},
	{Rule: RuleStandard, Type: "standard", Kinds: []string{"ladder"}, Key: "rungs", Or: []string{"criteria"}, Message: "the ladder has no rungs", Hint: "add a table with the columns Rung and What it looks like"},
	{Rule: RuleStandard, Type: "standard", Key: "criteria", look: emptyLevels, Hint: "write what somebody would see"},

	{Rule: RuleChecklist, Type: "checklist", Key: "items", Or: []string{"interview"}, Message: "the checklist has nothing to tick", Hint: "write a task list, one line each: - [ ] Is the door open?"},
	{Rule: RuleChecklist, Type: "checklist", Kinds: scored, Key: "groups", look: noGroups, Message: "the questions stand in no groups", Hint: "put headings between them, such as Before the sale"},
	{Rule: RuleChecklist, Type: "checklist", Kinds: scored, Key: "bands", Message: "the checklist does not say what the score means", Hint: "add a table with the columns Ticks, It means and Next"},
	{Rule: RuleBands, Type: "checklist", Key: "bands", look: badBands, Hint: "let each row begin where the one before ends"},

	{Rule: RuleLesson, Type: "course", Key: "derived_from", Or: []string{"teaches"}, Message: "the course does not say what it was made from", Hint: "write derived_from: and the policy"},
	{Rule: RuleLesson, Type: "module", Key: "objectives", Message: "the lesson does not say what one learns", Hint: "add a heading such as What you will learn, with a list"},
	{Rule: RuleLesson, Type: "module", Key: "minutes", Or: []string{"duration"}, Message: "the lesson does not say how long it takes", Hint: "write duration: 20 minutes"},
	{Rule: RuleLesson, Type: "module", Kinds: []string{"", "lesson", "assessment"}, Key: "quiz", Message: "the lesson has no check at its end", Hint: "add a heading such as Check yourself, with questions and answers to tick"},
	{Rule: RuleLesson, Type: "module", Kinds: []string{"workshop"}, Key: "exercises", Or: []string{"quiz"}, Message: "the workshop has nothing to practise", Hint: "add a heading such as Practice, with a list"},
	{Rule: RuleLesson, Type: "module", Key: "teaches", Or: []string{"derived_from"}, Message: "the lesson does not say which policy it teaches", Hint: "write teaches: and the policy"},

	{Rule: RuleRole, Type: "role", Key: "responsibilities", Message: "the role does not say what it answers for", Hint: "add a heading such as Answers for, with a list"},
	{Rule: RuleRole, Type: "role", Key: "holder", Message: "the role does not say who wears the hat", Hint: "write holder: and a name; only staff are told"},
	{Rule: RuleRole, Type: "role", Key: "backup", Message: "nobody stands in for this role", Hint: "write backup: and a name, or nobody where that is so; only staff are told"},
	{Rule: RuleTerm, Type: "term", Key: "terms", look: noMeaning, Message: "the word has no definition", Hint: "say in a sentence what it means here"},
	{Rule: RuleMinutes, Type: "worksheet", Key: "session", look: tooLong, Hint: "shorten a step, or write a longer duration"},
	{Rule: RuleMetric, Type: "", Key: "metrics", look: bareTargets, Hint: "write of what, such as 95 % or 20 a week"},

	{Rule: RuleStory, Type: "case-study", Key: "situation", Advice: true, Message: "the story does not say what the matter was", Hint: "add a heading such as What happened"},
	{Rule: RuleStory, Type: "case-study", Key: "actions", Advice: true, Message: "the story does not say what was done", Hint: "add a heading such as What we did"},
	{Rule: RuleStory, Type: "case-study", Key: "results", Advice: true, Message: "the story does not say what came of it", Hint: "add a heading such as What came of it; that nothing came of it is a result"},
	{Rule: RuleStory, Type: "case-study", Key: "lessons", Advice: true, Message: "the story does not say what can be learnt", Hint: "add a heading such as What we learned"},
	{Rule: RuleEvidence, Type: "case-study", Key: "evidence", look: noEvidence, Advice: true, Message: "the story tells of results, but not how they are known", Hint: "write evidence: firsthand, client, published, composite or fictional"},

	{Rule: RuleCold, Type: "", Key: "cold", look: cold, Advice: true},
}
