package scaffold

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"unicode"

	"peppermill/internal/data"
	"peppermill/internal/page"
	"peppermill/internal/schema"
)

// keptIn is the folder, beside a page, of the texts that were approved. Its
// name begins with "_", so nothing in it is published.
const keptIn = "_versions"

// Approved returns the version of a page that is approved, or "".
func Approved(path string, text []byte) string {
	s := read(path, text)
	if s.refusal != nil {
		return ""
	}
	meta, _ := schema.Envelope(s.block.Tree, path)
	if meta.Status != page.Approved || meta.Draft {
		return ""
	}
	return meta.Control.Version
}

// KeptPaths are where the text of a version is put away when it is approved,
// and where it becomes a page once it is no longer in force: beside the page
// that it was, so that its links lead where they led.
func KeptPaths(name, version string) (away, shown string) {
	version = strings.Join(strings.FieldsFunc(version, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '.'
	}), "-")
	if version = strings.Trim(version, ".-"); version == "" {
		version = "kept"
	}
	base := path.Base(name)
	file := head(strings.TrimSuffix(base, path.Ext(base)), 120) + "-" + head(version, 40) + ".md"
	return path.Join(path.Dir(name), keptIn, file), path.Join(path.Dir(name), file)
}

// Facts are what a build knows of a page that is put away.
type Facts struct {
	Title  string                           // blanks filled; "" where the text begins with it
	Blanks []page.Blank                     // of its text
	Value  func(name string) (string, bool) // of a blank
}

// Keep returns an approved page as it will be shown once it is no longer in
// force: with its text, its blanks filled with what they are today, and only
// those of its settings that say what it is, for whom, and since when. version
// is the page's own. The error is an [*Error].
func Keep(name string, text []byte, version string, f Facts) ([]byte, error) {
	s := read(name, text)
	if s.refusal != nil {
		return nil, s.refusal
	}
	return []byte("---" + s.eol + s.kept(version, f.Title) + "---" + s.eol + s.filled(f)), nil
}

// kept are the settings of a page that is put away.
func (s *sheet) kept(version, title string) string {
	var b strings.Builder
	meta, _ := schema.Envelope(s.block.Tree, s.path)
	line := func(key string, values ...string) {
		switch values = slices.DeleteFunc(values, func(v string) bool { return v == "" }); len(values) {
		case 0:
		case 1:
			b.WriteString(key + ": " + values[0] + s.eol)
		default:
			b.WriteString(key + ": [" + strings.Join(values, ", ") + "]" + s.eol)
		}
	}
	if title != "" {
		line("title", answer{title + " (" + version + ")"}.YAML())
	}
	if !meta.TypeImplied || typeAt(path.Join(path.Dir(s.path), "x.md")) != meta.Type {
		line("type", written(meta.Type)...)
	}
	line("kind", written(meta.Kind)...)
	line("lang", written(meta.Lang)...)
	line("visibility", map[page.Visibility]string{page.Public: "public", page.Staff: "staff"}[meta.Visible])
	line("status", "superseded")
	line("superseded_by", written(path.Base(s.path))...)
	line("version", quoted(version))
	for _, field := range []string{"effective", "publish", "expires"} {
		if v, ok := schema.Lookup(s.block.Tree, field); ok && v.Kind == page.Scalar {
			line(field, quoted(v.Text))
		}
	}
	line("owner", written(meta.Owner)...)
	line("approver", written(meta.Control.Approver)...)
	line("department", written(meta.Control.Department...)...)
	line("jurisdiction", written(meta.Control.Jurisdiction...)...)
	return b.String()
}

// written are texts as YAML has them.
func written(texts ...string) []string {
	var all []string
	for _, text := range texts {
		if text != "" {
			all = append(all, textOf(text).written(data.YAML, ""))
		}
	}
	return all
}

// filled is the body with what its blanks are filled with.
func (s *sheet) filled(f Facts) string {
	first := 0
	if s.block.First > 0 {
		first = s.last + 1
	}
	lines := append([]string{}, s.lines...)
	for i := len(f.Blanks) - 1; i >= 0; i-- { // from the end, so that places before stay
		blank := f.Blanks[i]
		n := blank.Pos.Line - 1
		if blank.Pos.Path != s.path || n < first || n >= len(lines) {
			continue // in a file that is included, or in the settings
		}
		at, mark := s.offset(blank.Pos), "%{"+blank.Name+"}"
		value, ok := f.Value(blank.Name)
		if !ok || at > len(lines[n]) || !strings.HasPrefix(lines[n][at:], mark) {
			continue
		}
		lines[n] = lines[n][:at] + asText(value, lines[n][:at]) + lines[n][at+len(mark):]
	}
	return strings.Join(lines[first:], "")
}

// asText is a value as Markdown that shows it and nothing else, behind what
// stands before it in its line: as it is within code, and at the beginning of
// a line not as the number or hyphen with which a list begins.
func asText(value, before string) string {
	if strings.Count(before, "`")%2 == 1 {
		return tidy(value)
	}
	text := answer{tidy(value)}.String()
	if strings.Trim(before, " \t>") != "" || text == "" {
		return text
	}
	return guarded(text)
}

// guarded keeps Markdown at the beginning of a line from being the beginning
// of a list, a heading or a definition.
func guarded(text string) string {
	if text == "" {
		return ""
	}
	if digits := len(text) - len(strings.TrimLeft(text, "0123456789")); digits > 0 && digits < len(text) && strings.IndexByte(".)", text[digits]) >= 0 {
		return text[:digits] + `\` + text[digits:]
	}
	if strings.IndexByte("#-+=:", text[0]) >= 0 {
		return `\` + text
	}
	return text
}

// SameText reports whether two kept pages have the same text, whatever their
// settings.
func SameText(a, b []byte) bool {
	return bytes.Equal(read("a.md", a).block.Body, read("b.md", b).block.Body)
}
