package schema

import (
	"fmt"
	"path"
	"strings"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// Type is a kind of page that the product knows.
type Type struct {
	Name     string
	Synonyms []string // accepted as the value of type
	Kinds    []string
	Folders  []string // pages in such a folder are of this type unless they say otherwise
	Within   string   // type of the pages deeper inside, in folders of their own; "" for none
	About    string   // what it is for, in a sentence
}

// Types is the table of types, in the order of the manual. The result is
// shared and must not be changed.
func Types() []Type { return types }

var types = []Type{
	{Name: "article", About: "A post: news, an opinion, a how-to, an answer to a common question.", Synonyms: []string{"post", "blog", "blog-post"}, Kinds: []string{"opinion", "how-to", "definition", "news", "faq"},
		Folders: []string{"articles", "blog", "posts", "news"}, Within: "article"},
	{Name: "case-study", About: "A story of what a business did, what came of it and what can be learnt from it.", Synonyms: []string{"story"}, Kinds: []string{"model", "cautionary", "mixed"},
		Folders: []string{"case-studies", "stories"}, Within: "case-study"},
	{Name: "playbook", About: "Plays and policies in the order in which they are used.", Kinds: []string{"plan", "playbook", "handbook"}, Folders: []string{"playbooks", "plans"}},
	{Name: "procedure", About: "Steps in order, each with a person and a time.", Kinds: []string{"sop", "play", "complaint", "recovery", "decline", "handover", "follow-up", "reputation", "script-set"},
		Folders: []string{"procedures", "plays", "sops"}, Within: "procedure"},
	{Name: "policy", About: "A promise, why it is made, and what is done to keep it.", Kinds: []string{"service", "complaints", "guarantee", "refund", "communication", "conduct", "privacy", "fit", "recognition", "feedback", "cover", "custom"},
		Folders: []string{"policies"}, Within: "policy"},
	{Name: "standard", About: "What good work looks like, and what is not good enough.", Kinds: []string{"rubric", "charter", "ladder"}, Folders: []string{"standards"}, Within: "standard"},
	{Name: "checklist", About: "Questions to tick, with what to do next.", Kinds: []string{"self-check", "audit", "readiness", "opening", "closing", "hiring"}, Folders: []string{"checklists"}, Within: "checklist"},
	{Name: "course", About: "Modules that teach a policy.", Kinds: []string{"onboarding", "refresher"}, Folders: []string{"courses"}, Within: "module"},
	{Name: "module", About: "One lesson: what it is for, how long it takes, and a check at its end.", Synonyms: []string{"lesson"}, Kinds: []string{"lesson", "workshop", "assessment"}, Folders: []string{"modules", "lessons"}, Within: "module"},
	{Name: "role", About: "A hat that somebody wears: what it is responsible for, who wears it and who stands in.", Folders: []string{"roles"}, Within: "role"},
	{Name: "term", About: "A word that the business uses in its own way.", Folders: []string{"glossary", "terms"}, Within: "term"},
	{Name: "worksheet", About: "A page to be filled in: a session, a calculation, a score.", Kinds: []string{"policy-session", "calculator", "scorecard", "reflection"}, Folders: []string{"worksheets"}, Within: "worksheet"},
	{Name: "page", About: "Anything else."},
}

// typeOf finds a type by its name or a synonym, in any spelling.
func typeOf(word string) (Type, bool) {
	word = fold(word)
	for _, t := range types {
		if fold(t.Name) == word {
			return t, true
		}
		for _, s := range t.Synonyms {
			if fold(s) == word {
				return t, true
			}
		}
	}
	return Type{}, false
}

// implied returns the type that a page's folder implies, or "". The nearest
// folder that the table knows decides. A folder's own page (README, index,
// _index) belongs to the folder above: policies/README.md is about policies
// and is none.
func implied(file string) string {
	file = strings.ToLower(file)
	dir, base := path.Split(file)
	folders := strings.Split(strings.TrimSuffix(dir, "/"), "/")
	switch strings.TrimSuffix(base, path.Ext(base)) {
	case "readme", "index", "_index":
		folders = folders[:len(folders)-1]
	}
	for i := len(folders) - 1; i >= 0; i-- {
		folder := strings.TrimLeft(folders[i], "0123456789-_. ") // 02-policies sorts a folder
		for _, t := range types {
			for _, f := range t.Folders {
				if folder != f {
					continue
				}
				if i < len(folders)-1 {
					return t.Within
				}
				return t.Name
			}
		}
	}
	return ""
}

// typeNames lists what a "did you mean" for a type may choose from.
func typeNames() []string {
	all := make([]string, len(types))
	for i, t := range types {
		all[i] = t.Name
	}
	return all
}

// kind resolves type and kind.
func (r *reader) kind(path string) {
	m := &r.meta
	f, said := r.get("type")
	m.Type = r.line("type")
	known, ok := typeOf(m.Type)
	switch {
	case m.Type == "":
		m.Type = implied(path)
		m.TypeImplied = m.Type != ""
		known, ok = typeOf(m.Type)
	case ok:
		m.Type = known.Name
	case said:
		hint := "Known are " + strings.Join(typeNames(), ", ") + "."
		if n := diag.Near(m.Type, typeNames()); n != "" {
			hint = fmt.Sprintf("Did you mean %q?", n)
		}
		r.wrong(RuleType, f.Value, fmt.Sprintf("%q is no type that is known here.", diag.Shorten(m.Type)), hint)
	}
	m.Kind = r.line("kind")
	if kind, _ := r.get("kind"); m.Kind == "" {
		for _, item := range kind.Value.Items { // kind: [sop, decline]
			if page.StaffKind(item.Text) {
				m.Kind = item.Text
			}
		}
	}
	if !ok || m.Kind == "" || len(known.Kinds) == 0 {
		return
	}
	for _, k := range known.Kinds {
		if fold(k) == fold(m.Kind) {
			m.Kind = k
			return
		}
	}
	f, _ = r.get("kind")
	hint := "Known are " + strings.Join(known.Kinds, ", ") + "."
	if n := diag.Near(m.Kind, known.Kinds); n != "" {
		hint = fmt.Sprintf("Did you mean %q?", n)
	}
	r.wrong(RuleValue, f.Value, fmt.Sprintf("%q is no kind of %s.", diag.Shorten(m.Kind), known.Name), hint)
}
