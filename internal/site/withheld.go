package site

import (
	"time"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// withhold decides about every page, in the order of the reasons: what nobody
// can read, what is not for the public, what is not ready, not due, or over.
func (l *linker) withhold() {
	for _, src := range l.in.Pages {
		if reason := l.reason(src); reason != "" {
			l.site.Withheld = append(l.site.Withheld, Withheld{Page: src, Reason: reason})
			continue
		}
		p := l.add(Single, src, l.treeOf(src.Path))
		if src.Lang != "" {
			p.Lang = src.Lang
		}
		p.Marks = l.marks(src)
		p.listed = src.Meta.Status != page.Superseded && src.Meta.Status != page.Retired
		if d := src.Meta.Date; !d.IsZero() {
			p.dated, p.date, p.year = true, d.Time.Unix(), int32(d.Time.Year())
		}
	}
	l.sources = len(l.pages)
}

func (l *linker) reason(src *page.Page) string {
	m := &src.Meta
	switch {
	case src.Broken:
		return "broken"
	case m.ForStaff() && !l.site.staff:
		return "staff"
	case unready(m) && !l.in.Drafts:
		return readiness(m)
	case early(m, l.in.Now) && !l.in.Future:
		return "future"
	case late(m, l.in.Now) && !l.in.Expired:
		return "expired"
	}
	return ""
}

// marks lists why a public visitor would not see a page that is included.
func (l *linker) marks(src *page.Page) []string {
	var marks []string
	m := &src.Meta
	if m.ForStaff() {
		marks = append(marks, "staff")
	}
	if unready(m) {
		marks = append(marks, readiness(m))
	}
	if early(m, l.in.Now) {
		marks = append(marks, "future")
	}
	if late(m, l.in.Now) {
		marks = append(marks, "expired")
	}
	return marks
}

func unready(m *page.Meta) bool {
	return m.Draft || m.Status == page.Draft || m.Status == page.InReview
}

func readiness(m *page.Meta) string {
	if m.Draft || m.Status == page.Draft {
		return "draft"
	}
	return "in-review"
}

// early goes by the day of publication when there is one, else by the date.
func early(m *page.Meta, now time.Time) bool {
	d := m.Publish
	if d.IsZero() {
		d = m.Date
	}
	return !d.IsZero() && d.Time.After(now)
}

func late(m *page.Meta, now time.Time) bool {
	return !m.Expires.IsZero() && !m.Expires.Time.After(now)
}

// why says in plain words what a reason of Withheld means.
func why(reason string) string {
	switch reason {
	case "broken":
		return "its front matter cannot be read"
	case "staff":
		return "it is for staff only"
	case "draft":
		return "it is a draft"
	case "in-review":
		return "it is still in review"
	case "future":
		return "its date is still to come"
	case "expired":
		return "it has expired"
	}
	return reason
}

// HeldParts lists where the parts for staff begin that published pages leave
// out, by address.
func (s *Site) HeldParts() []diag.Pos {
	var out []diag.Pos
	for _, p := range s.Pages {
		if p.Source != nil && !s.staff && p.Number < 2 {
			out = append(out, p.Source.StaffParts...)
		}
	}
	return out
}

// Why says in plain words why the file is not copied.
func (f HeldFile) Why() string {
	if f.At.Line > 0 {
		return whyFile(f.Reason) + " (" + f.At.Path + ":" + itoa(f.At.Line) + ")"
	}
	if f.At.Path != "" {
		return whyFile(f.Reason) + " (" + f.At.Path + ")"
	}
	return whyFile(f.Reason)
}

// whyFile says in plain words what a reason of HeldFile means.
func whyFile(reason string) string {
	if reason == "folder" {
		return "all pages of its folder are withheld"
	}
	return "only withheld text names it"
}

// included stops the build where a page would publish text of another that is
// withheld.
func (l *linker) included() {
	reasons := map[string]string{}
	for _, w := range l.site.Withheld {
		reasons[w.Page.Path] = w.Reason
	}
	for _, insert := range l.in.Inserts {
		if reason := l.reason(insert); reason != "" && !insert.Broken { // one that has no front matter is a mere fragment
			reasons[insert.Path] = reason
		}
	}
	if len(reasons) == 0 {
		return
	}
	for _, p := range l.pages[:l.sources] {
		for _, in := range p.Source.Includes {
			reason := reasons[in.Path]
			if reason == "" || in.Staff && !l.site.staff {
				continue
			}
			hint := "take the include out, or publish that page"
			if reason == "staff" {
				hint = "put the include into a :::staff block, or take it out"
			}
			l.report(ruleIncludeWithheld, in.Pos, 0, "this would publish "+in.Path+", which is withheld: "+why(reason), hint)
		}
	}
}
