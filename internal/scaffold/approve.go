package scaffold

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"peppermill/internal/data"
	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/schema"
)

// Approval is what somebody says who approves a page.
type Approval struct {
	Day      time.Time
	By       string // who says yes; may be empty
	Summary  string // what changed; may be empty
	Because  string // what somebody had said or asked for; may be empty
	Material bool   // readers must know, and sign again
	Version  string // "" counts on from the last one

	// Table is the table of changes in the page's text, which then gets the
	// line of changes; without rows there is none.
	Table page.Structure
}

// Approve returns the text of a page as it stands once it is approved, and its
// version. path is the page's source path, for refusals. The error is an
// [*Error]; then there is no text.
func Approve(path string, text []byte, a Approval) (approved []byte, version string, err error) {
	for _, said := range []*string{&a.By, &a.Summary, &a.Because, &a.Version} {
		*said = tidy(*said)
		if why := problem(*said, 500); *said != "" && why != "" {
			return nil, "", &Error{Text: "this cannot be written: " + why, Hint: "write it as one line of ordinary text"}
		}
	}
	s := read(path, text)
	if s.refusal != nil {
		return nil, "", s.refusal
	}
	meta, _ := schema.Envelope(s.block.Tree, path)
	if meta.Status == page.Superseded || meta.Status == page.Retired {
		return nil, "", &Error{Text: "this page is " + meta.Status.String(), Hint: "approve the page that counts now, or take the line with its status out", At: s.place("status")}
	}
	before := cmp.Or(meta.Control.Version, newest(a.Table))
	first := before == "" || strings.HasPrefix(before, "0")
	if version = a.Version; version == "" {
		if version, err = next(before, a.Material); err != nil {
			err.(*Error).At = s.place("version")
			return nil, "", err
		}
	}
	s.inForce(a, version)
	if len(a.Table.Rows) > 0 {
		s.row(a.Table, a.entry(version, first, s.format()))
	} else {
		s.log(a.entry(version, first, s.format()))
	}
	approved, err = s.text()
	if err != nil {
		return nil, "", err
	}
	return approved, version, approves(path, approved)
}

// inForce sets everything but the line of changes.
func (s *sheet) inForce(a Approval, version string) {
	day := dayOf(a.Day)
	s.set("status", textOf("approved"))
	for _, f := range schema.Spellings(s.block.Tree, "draft") {
		s.change(f, scalar{text: "false", bare: true})
	}
	if a.By != "" {
		s.set("approver", textOf(a.By))
	}
	s.set("version", scalar{text: version})
	s.set("effective", day)
	s.set("last_reviewed", day)
}

func (a Approval) entry(version string, first bool, format data.Format) entry {
	var e entry
	e.add("version", scalar{text: version})
	e.add("date", dayOf(a.Day))
	if a.Summary != "" {
		e.add("summary", textOf(a.Summary))
	}
	if a.Because != "" {
		e.add("because", textOf(a.Because))
	}
	if a.By != "" {
		e.add("by", textOf(a.By))
	}
	material := [2]string{"no", "yes"}
	if format == data.TOML {
		material = [2]string{"false", "true"}
	}
	word := material[0]
	if a.Material || first {
		word = material[1]
	}
	e.add("material", scalar{text: word, bare: true})
	return e
}

func dayOf(t time.Time) scalar { return scalar{text: t.Format(time.DateOnly), bare: true} }

// approves holds that a text is that of an approved page, whatever else
// stands in it.
func approves(path string, text []byte) error {
	s := read(path, text)
	meta, _ := schema.Envelope(s.block.Tree, path)
	if meta.Status == page.Approved && !meta.Draft {
		return nil
	}
	for _, field := range []string{"publish", "draft", "status", "url"} {
		if at := s.place(field); at.Line > 1 {
			return &Error{Text: "another line keeps this page from being approved", Hint: "take out the line that keeps it back, such as published: false", At: at}
		}
	}
	return &Error{Text: "something keeps this page from being approved", Hint: "peppermill check says what"}
}

// place is where a field stands, else the first line.
func (s *sheet) place(field string) diag.Pos {
	if there := schema.Spellings(s.block.Tree, field); len(there) > 0 {
		return there[0].Pos
	}
	return diag.Pos{Path: s.path, Line: 1, Column: 1}
}

// numbered are versions that can be counted on from: 2, 1.0, v1.4 or 1.4.2.
var numbered = regexp.MustCompile(`^(v?)(\d{1,6})(?:\.(\d{1,6}))?(?:\.(\d{1,6}))?$`)

// next is the version after old. The first one is 1.0, also after numbers
// below it, which drafts have; then a material change counts the first number
// up, any other the second.
func next(old string, material bool) (string, error) {
	if old == "" {
		return "1.0", nil
	}
	m := numbered.FindStringSubmatch(old)
	if m == nil {
		return "", &Error{Text: fmt.Sprintf("nobody can say which version follows %q", old), Hint: "say it, as in --version 2.0"}
	}
	major, _ := strconv.Atoi(m[2])
	minor, _ := strconv.Atoi(m[3])
	if material || major == 0 {
		major, minor = major+1, 0
		if m[3] == "" && major > 1 {
			return m[1] + strconv.Itoa(major), nil
		}
	} else {
		minor++
	}
	out := fmt.Sprintf("%s%d.%d", m[1], major, minor)
	if m[4] != "" {
		out += ".0"
	}
	return out, nil
}

// Verify returns the text of a page that somebody has read from beginning to
// end on that day and found right. by becomes nobody's signature: the approver
// stays who it is. The error is an [*Error].
func Verify(path string, text []byte, day time.Time) ([]byte, error) {
	s := read(path, text)
	if s.refusal != nil {
		return nil, s.refusal
	}
	if s.block.First == 0 {
		return nil, &Error{Text: "this page has no settings, so nobody looks after it", Hint: "approve it first: peppermill approve " + path}
	}
	s.set("last_reviewed", dayOf(day))
	return s.text()
}

// Supersede returns the texts of two pages of which the second replaces the
// first. Their paths are from the content folder. The error is an [*Error].
func Supersede(oldPath string, oldText []byte, newPath string, newText []byte) (before, after []byte, err error) {
	if oldPath == newPath {
		return nil, nil, &Error{Text: "a page cannot replace itself", Hint: "name the page that is replaced, then the one that replaces it"}
	}
	s := read(oldPath, oldText)
	s.set("status", textOf("superseded"))
	s.set("superseded_by", textOf(relative(oldPath, newPath)))
	if before, err = s.text(); err != nil {
		return nil, nil, err
	}
	n := read(newPath, newText)
	n.replaces(relative(newPath, oldPath))
	if after, err = n.text(); err != nil {
		return nil, nil, err
	}
	return before, after, nil
}

// replaces adds a page to those that this one replaces.
func (s *sheet) replaces(ref string) {
	if s.refusal != nil {
		return
	}
	there := schema.Spellings(s.block.Tree, "supersedes")
	if len(there) == 0 || there[0].Value.Kind == page.Null {
		s.set("supersedes", textOf(ref))
		return
	}
	v := there[0].Value
	for _, known := range append([]page.Value{v}, v.Items...) {
		if known.Kind == page.Scalar && path.Clean(known.Text) == ref {
			return
		}
	}
	words := []string{}
	for _, known := range append([]page.Value{v}, v.Items...) {
		if known.Kind == page.Scalar {
			words = append(words, textOf(known.Text).written(s.format(), ""))
		}
	}
	s.refuse(there[0].Pos, "this page replaces another one already", fmt.Sprintf("write both by hand: supersedes%s[%s]", s.sep(), strings.Join(append(words, textOf(ref).written(s.format(), "")), ", ")))
}

// relative is a link from one source path to another.
func relative(from, to string) string {
	dir := strings.Split(path.Dir(from), "/")
	if dir[0] == "." {
		dir = nil
	}
	parts := strings.Split(to, "/")
	for len(dir) > 0 && len(parts) > 1 && dir[0] == parts[0] {
		dir, parts = dir[1:], parts[1:]
	}
	return strings.Repeat("../", len(dir)) + strings.Join(parts, "/")
}
