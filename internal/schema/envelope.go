package schema

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// Envelope reads a page's front matter. path is the page's source path, whose
// folders may imply a type. Whatever the tree holds, a Meta comes back; what
// cannot be used is reported at its place. Meta.Tree is the tree as written:
// later rooms find a field in it with [Lookup].
func Envelope(tree page.Value, path string) (page.Meta, diag.List) {
	r := reader{
		meta:   page.Meta{Tree: tree, Search: page.SearchHints{Boost: 1}},
		fields: make([]slot, len(envelope)),
	}
	r.collect()
	r.publication() // first: findings weigh more on an approved page
	r.kind(path)
	r.texts()
	r.people()
	r.rest()
	r.control()
	r.comments()
	r.blanks()
	r.graph()
	r.asides()
	r.sum()
	r.shapes()
	return r.meta, r.findings
}

// reader is the state of reading one page's envelope.
type reader struct {
	meta     page.Meta
	findings diag.List
	fields   []slot // what the tree says for each row of the table
	approved bool
}

// slot is what the tree says about one field.
type slot struct {
	field   int32 // index into the tree's fields, plus one; 0: nothing
	also    []int // further fields that say the same thing
	synonym bool  // the field is written with a synonym
	read    bool  // resolved already
}

// collect finds the known fields in the tree.
func (r *reader) collect() {
	for i, f := range r.meta.Tree.Fields {
		n, ok := names[fold(f.Key)]
		if !ok {
			r.unknown(i, f)
			continue
		}
		s := &r.fields[n.field]
		if s.field == 0 {
			s.field, s.synonym = int32(i+1), !n.canonical
			continue
		}
		r.second(s, n, i)
	}
}

// second settles two keys that mean the same field. Lists add up; what decides
// publication is settled by its most private value; else the field's own name
// counts before a synonym and the last before the first.
func (r *reader) second(s *slot, n name, i int) {
	spec := &envelope[n.field]
	switch {
	case spec.Decides:
		s.also = append(s.also, i)
		a, b := r.meta.Tree.Fields[s.field-1], r.meta.Tree.Fields[i]
		r.report(RuleTwoNames, 0, b.Pos, utf8.RuneCountInString(b.Key),
			fmt.Sprintf("%q means the same as %q in line %d; the more private of the two counts.", b.Key, a.Key, a.Pos.Line), "Delete the one that is not meant.")
		return
	case spec.Kind == List, spec.Kind == Refs, spec.Kind == Names, spec.Kind == Edges:
		s.also = append(s.also, i)
		return
	}
	kept, dropped := i, int(s.field-1)
	if !n.canonical && !s.synonym {
		kept, dropped = dropped, kept
	}
	s.field, s.synonym = int32(kept+1), s.synonym && !n.canonical
	r.twice(kept, dropped)
}

// twice reports two keys for one field.
func (r *reader) twice(kept, dropped int) {
	a, b := r.meta.Tree.Fields[kept], r.meta.Tree.Fields[dropped]
	r.report(RuleTwoNames, 0, b.Pos, utf8.RuneCountInString(b.Key),
		fmt.Sprintf("%q means the same as %q in line %d, which counts.", b.Key, a.Key, a.Pos.Line), "Delete the one that is not meant.")
}

// unknown looks at a key that is in no table. A misspelt key that decides who
// sees the page is read as the one that was meant when its value makes sense
// for that, because the other way round a draft would be published.
func (r *reader) unknown(i int, f page.Field) {
	n, spelling := near(f.Key)
	if n < 0 {
		return
	}
	message := fmt.Sprintf("%q is no key that is known here.", f.Key)
	hint := fmt.Sprintf("Did you mean %q?", spelling)
	if spec := &envelope[n]; withholds(spec, f.Value) {
		s := &r.fields[n]
		if s.field == 0 {
			s.field = int32(i + 1)
		} else {
			s.also = append(s.also, i)
		}
		r.report(RuleDecides, diag.Fix, f.Pos, utf8.RuneCountInString(f.Key), message+" It is taken at its most private meaning.", hint)
		return
	}
	r.report(RuleKeyTypo, 0, f.Pos, utf8.RuneCountInString(f.Key), message, hint)
}

// withholds reports whether a value, read as the field's, asks to keep the page
// from somebody at some time.
func withholds(spec *Field, v page.Value) bool {
	switch spec.Name {
	case "kind":
		return page.StaffKind(v.Text)
	case "draft":
		value, _ := yesNo(v)
		return value
	case "status":
		s, _ := readStatus(v)
		return Withheld(s)
	case "visibility":
		return fold(v.Text) == "staff"
	}
	if !spec.Decides {
		return false
	}
	if value, ok := yesNo(v); ok {
		return !value
	}
	d, problem := readDate(v)
	return problem == nil && !d.IsZero()
}

func (r *reader) report(rule string, class diag.Class, pos diag.Pos, width int, message, hint string) {
	r.findings = append(r.findings, diag.Diagnostic{Rule: rule, Class: class, Pos: pos, Width: width, Message: message, Hint: hint})
}

// wrong reports a value that cannot be used: a fix on an approved page, else
// what the rule's table says.
func (r *reader) wrong(rule string, v page.Value, message, hint string) {
	class := diag.Class(0)
	if r.approved {
		class = diag.Fix
	}
	r.report(rule, class, v.Pos, v.Width, message, hint)
}

// withhold reports a value that decides publication and cannot be understood.
func (r *reader) withhold(v page.Value, message, hint string) {
	r.meta.Draft = true
	r.report(RuleDecides, diag.Fix, v.Pos, v.Width, message, hint)
}

// get returns a field's key and value and marks it as resolved.
func (r *reader) get(field string) (page.Field, bool) {
	s := &r.fields[rows[field].field]
	s.read = true
	if s.field == 0 {
		return page.Field{}, false
	}
	return r.meta.Tree.Fields[s.field-1], true
}

// all returns every key and value that the tree has for a field.
func (r *reader) all(field string) []page.Field {
	first, ok := r.get(field)
	if !ok {
		return nil
	}
	out := []page.Field{first}
	for _, i := range r.fields[rows[field].field].also {
		out = append(out, r.meta.Tree.Fields[i])
	}
	return out
}

// publication resolves everything that decides who sees the page and when.
func (r *reader) publication() {
	for _, f := range r.all("status") {
		r.status(f.Value)
	}
	for _, f := range r.all("draft") {
		draft, ok := yesNo(f.Value)
		if !ok {
			r.withhold(f.Value, notYesNo(f.Value), "Write draft: true or draft: false. Until then the page is withheld.")
		}
		r.meta.Draft = r.meta.Draft || draft
	}
	for _, f := range r.all("visibility") {
		r.visibility(f.Value)
	}
	r.meta.Publish = r.decidingDate("publish")
	r.meta.Expires = r.decidingDate("expires")
	if r.meta.Draft && !Withheld(r.meta.Status) {
		r.meta.Status = page.Draft
	}
	r.approved = r.meta.Status == page.Approved
}

func notYesNo(v page.Value) string {
	switch v.Kind {
	case page.Scalar:
		return fmt.Sprintf("%q is neither yes nor no.", diag.Shorten(v.Text))
	case page.Null:
		return "There is no value here, where yes or no is needed."
	}
	return "This is a structure, where yes or no is needed."
}

// status takes in one value of status. Of several the most private counts.
func (r *reader) status(v page.Value) {
	s, plain := readStatus(v)
	switch {
	case !plain && Withheld(s):
		r.withhold(v, fmt.Sprintf("%s is no status that is known here, but it seems to ask that nobody sees the page.", r.quote(v)),
			"Write status: draft. Until then the page is withheld.")
	case !plain:
		r.report(RuleStatus, 0, v.Pos, v.Width, fmt.Sprintf("%s is no status that is known here and has no effect.", r.quote(v)),
			"Known are "+strings.Join(statuses[1:], ", ")+".")
	}
	kept := page.Value{Kind: page.Scalar, Text: r.meta.Status.String()}
	if privacy("status", v) >= privacy("status", kept) && (s != page.Current || r.meta.Status == page.Current) {
		r.meta.Status = s
	}
	r.meta.Draft = r.meta.Draft || s == page.Draft
}

// quote gives a value's text in quotes for a message.
func (r *reader) quote(v page.Value) string {
	if v.Kind == page.Scalar {
		return fmt.Sprintf("%q", diag.Shorten(v.Text))
	}
	return "This structure"
}

func (r *reader) visibility(v page.Value) {
	switch word := fold(v.Text); {
	case v.Kind == page.Scalar && word == "public":
		if r.meta.Visible == page.Unsaid {
			r.meta.Visible = page.Public
		}
	case v.Kind == page.Scalar && word == "staff":
		r.meta.Visible = page.Staff
	default:
		r.meta.Visible = page.Staff
		message := "The visibility must be public or staff."
		if v.Kind == page.Scalar {
			message = fmt.Sprintf("The visibility must be public or staff, not %q.", diag.Shorten(v.Text))
		}
		r.report(RuleDecides, diag.Fix, v.Pos, v.Width, message, "Write visibility: public or visibility: staff. Until then only staff see the page.")
	}
}

// decidingDate reads publish or expires. A page whose wish cannot be read is
// withheld. "published: false" is how Jekyll says draft.
func (r *reader) decidingDate(field string) page.Date {
	var date page.Date
	for i, f := range r.all(field) {
		if value, ok := yesNo(f.Value); ok && !isDigits(f.Value.Text) {
			if field == "publish" && !value {
				r.meta.Draft = true
				r.report(RuleNoPublish, 0, f.Pos, utf8.RuneCountInString(f.Key), fmt.Sprintf("%q says that this page is not published; it is treated as a draft.", f.Key+": "+f.Value.Text), "Write draft: true.")
			} else if field == "expires" && value {
				r.withhold(f.Value, "This says that the page expires, but not when.", "Write the day from which it is no longer shown.")
			}
			continue
		}
		d, problem := readDate(f.Value)
		if problem != nil {
			r.withhold(f.Value, problem.Reason, problem.Hint+" Until then the page is withheld.")
			continue
		}
		d.Pos = f.Value.Pos
		switch {
		case i > 0 && !date.IsZero() && !d.IsZero() && !date.Time.Equal(d.Time):
			if (field == "publish") == d.Time.After(date.Time) { // the shorter time in public
				date = d
			}
		case !d.IsZero():
			date = d
		}
	}
	return date
}

func isDigits(s string) bool {
	_, ok := digits(s)
	return ok
}

// texts resolves the fields that are text, and addresses.
func (r *reader) texts() {
	m := &r.meta
	m.Title = page.Text(r.line("title"))
	m.LinkTitle = page.Text(r.line("link_title"))
	m.Description = page.Text(r.line("description"))
	m.ID = r.line("id")
	m.Series = r.line("series")
	m.Lang = r.lang()
	m.Slug = r.slug()
	m.URL = r.url()
	m.Aliases = r.refs("aliases")
	m.Related = r.refs("related")
	if refs := r.refs("translation_of"); len(refs) > 0 {
		m.TranslationOf = refs[0]
	}
}

// people resolves who wrote the page, for whom, and what about.
func (r *reader) people() {
	m := &r.meta
	m.Owner = r.owner()
	m.Authors = r.names("authors")
	m.Tags = r.list("tags")
	m.Audience = r.words("audience")
	m.Stage = r.words("stage")
}

// rest resolves dates and numbers. A page that only says from when on it is to
// be seen was published on that day.
func (r *reader) rest() {
	m := &r.meta
	m.Date = r.date("date")
	if m.Date.IsZero() {
		m.Date = m.Publish
	}
	m.Updated = r.date("updated")
	m.Part, _ = r.number("part")
	m.Weight, m.HasWeight = r.number("weight")
	if f, ok := r.get("outputs"); ok && f.Value.Kind != page.Null {
		m.Outputs, m.HasOutputs = r.list("outputs"), true
	}
	glossary, said := r.yesNo("glossary_links")
	m.NoGlossary = said && !glossary
	if m.Type == "term" {
		m.OtherNames = r.list("other_names")
	}
	r.search()
}

// yesNo resolves a field that is one or the other; ok is false where it is
// neither.
func (r *reader) yesNo(field string) (value, ok bool) {
	f, there := r.get(field)
	if !there || f.Value.Kind == page.Null {
		return false, false
	}
	if value, ok = yesNo(f.Value); !ok {
		r.wrong(RuleValue, f.Value, notYesNo(f.Value), "Write true or false.")
	}
	return value, ok
}

// shapes checks the known fields that Meta does not hold, so that a mistake in
// them is found where it is written.
func (r *reader) shapes() {
	for i := range envelope {
		spec := &envelope[i]
		if s := &r.fields[i]; s.field == 0 || s.read || !r.owns(spec) {
			continue
		}
		switch spec.Kind {
		case Text:
			r.line(spec.Name)
		case Date:
			r.date(spec.Name)
		case YesNo:
			r.yesNo(spec.Name)
		case Number:
			r.number(spec.Name)
		case Enum, Enums:
			r.words(spec.Name)
		case List:
			r.list(spec.Name)
		case Names:
			r.names(spec.Name)
		case Ref, Refs:
			r.refs(spec.Name)
		}
	}
}
