package frontmatter

import (
	"bytes"
	"slices"
	"strings"

	"peppermill/internal/data"
	"peppermill/internal/page"
	"peppermill/internal/schema"
)

// maxUnclosed is how many lines below an opening mark without a closing one
// are looked at.
const maxUnclosed = 100

// meant judges lines that cannot be decoded. They are settings when one of them
// begins with a key that is known, or, unless strict, when the very first looks
// like any key at all. open says that the text runs to the end of the file, so
// that only its first paragraph counts. The result is the line that decided, 0
// when the lines are no settings.
func meant(text []byte, strict, open bool) int {
	first, line := true, 0
	for i := 0; i < len(text) && (!open || line < maxUnclosed); {
		var b []byte
		b, i = nextLine(text, i)
		line++
		trimmed := bytes.TrimSpace(b)
		if len(trimmed) == 0 {
			if open && !first {
				break
			}
			continue
		}
		if trimmed[0] == '#' {
			continue
		}
		key, indent, ok := keyOf(b)
		if ok && (indent == 0 || first) && schema.Known(key) {
			return line
		}
		if ok && first && !strict && !strings.ContainsAny(key, " \t") {
			return line
		}
		first = false
	}
	return 0
}

// onlyComments reports whether an empty block is one: nothing at all, or
// comments of which one has been a setting. A heading between two thematic
// breaks looks like a comment to YAML and is no settings.
func onlyComments(text []byte) bool {
	if len(bytes.TrimSpace(text)) == 0 {
		return true
	}
	for i := 0; i < len(text); {
		var b []byte
		b, i = nextLine(text, i)
		if !bytes.HasPrefix(b, []byte("#")) {
			continue
		}
		if key, _, ok := keyOf(bytes.TrimLeft(b, "# ")); ok && !strings.ContainsAny(key, " ") {
			return true
		}
	}
	return false
}

// swallowed finds a line that begins with a key that decides who sees the page
// but has become part of another value, such as a quoted text that is closed
// lines later. The page would be published although its author wrote "draft".
//
// In TOML every key below a [table] belongs to that table, in the first column
// too; only a draft is worth a question there.
func swallowed(text []byte, tree page.Value, format data.Format) (line int, key string) {
	var keys map[string]bool
	missing := 0
	for i := 0; i < len(text); {
		var b []byte
		b, i = nextLine(text, i)
		line++
		k, indent, ok := keyOf(b)
		if !ok || !schema.Decides(k) {
			continue
		}
		if keys == nil {
			keys = make(map[string]bool)
			addKeys(keys, tree, true)
		}
		inner := indent > 0 || format == data.TOML && !strings.EqualFold(k, "draft")
		top, known := keys[k]
		if top || known && inner {
			continue
		}
		missing++
		if indent == 0 || inPlainText(tree, string(bytes.TrimSpace(b))) || missing > maxMissing {
			return line, k
		}
	}
	return 0, ""
}

// maxMissing bounds the lines of other values that are compared with the tree.
const maxMissing = 1000

// addKeys notes every key of the tree, and whether it stands at the top.
func addKeys(keys map[string]bool, v page.Value, top bool) {
	for _, f := range v.Fields {
		k := strings.TrimSpace(f.Key)
		keys[k] = keys[k] || top
		addKeys(keys, f.Value, false)
	}
	for _, item := range v.Items {
		addKeys(keys, item, false)
	}
}

// inPlainText reports whether an unquoted value holds a line of the block, and
// more than that line.
func inPlainText(v page.Value, line string) bool {
	if v.Kind == page.Scalar {
		return !v.Quoted && v.Text != line && strings.Contains(v.Text, line)
	}
	for _, f := range v.Fields {
		if inPlainText(f.Value, line) {
			return true
		}
	}
	return slices.ContainsFunc(v.Items, func(item page.Value) bool { return inPlainText(item, line) })
}

// secondBlock returns the line of a body that decides who sees the page, when
// the body begins with a block of settings of its own, else 0.
func secondBlock(body []byte) int {
	c, ok := cut(body)
	if !ok || !c.closed {
		return 0
	}
	text := body[c.text:c.end]
	for i, line := 0, c.line; i < len(text); {
		var b []byte
		b, i = nextLine(text, i)
		line++
		if key, indent, ok := keyOf(b); ok && indent == 0 && schema.Decides(key) {
			return line
		}
	}
	return 0
}

// moreSettings returns the line of a body that decides who sees the page, when
// the body begins with keys as the settings above it did, else 0. A line of three
// dots ends a block in YAML, and few who write one know that.
func moreSettings(body []byte) int {
	for i, line := 0, 1; i < len(body); line++ {
		var b []byte
		b, i = nextLine(body, i)
		key, indent, ok := keyOf(b)
		switch {
		case indent > 0:
		case !ok:
			return 0
		case schema.Decides(key):
			return line
		}
	}
	return 0
}

// unopened returns the line where settings without an opening mark begin, or 0.
// Every line of the first paragraph must be a key, the first a known one, and a
// mark must end them. A single key is more likely a heading with a line below
// it, unless it is draft.
func unopened(b []byte) int {
	first, i := firstContent(b, len(b)-len(bytes.TrimPrefix(b, bom)))
	keys, draft := 0, false
	for i < len(b) && keys < maxUnclosed {
		var line []byte
		line, i = nextLine(b, i)
		if _, _, ok := opening(line); ok && (keys > 1 || draft) {
			return first
		}
		key, indent, ok := keyOf(line)
		if indent > 0 && keys > 0 { // belongs to the key above
			continue
		}
		if !ok || keys == 0 && !schema.Known(key) {
			return 0
		}
		keys++
		draft = draft || strings.EqualFold(key, "draft")
	}
	return 0
}

// jsonLine returns the line where JSON settings begin, or 0: a file that begins
// with { or with a mark for JSON, and has a known key in quotes in its first
// paragraph. It is not read, but it must not be published as text either.
func jsonLine(b []byte) int {
	n, start := firstContent(b, len(b)-len(bytes.TrimPrefix(b, bom)))
	line, _ := nextLine(b, start)
	switch s := trimInvisible(string(line)); {
	case strings.HasPrefix(s, "{"), strings.EqualFold(strings.ReplaceAll(s, " ", ""), "---json"),
		s == ";;;":
	default:
		return 0
	}
	paragraph := string(b[start:min(len(b), start+4096)])
	paragraph, _, _ = strings.Cut(strings.ReplaceAll(paragraph, "\r\n", "\n"), "\n\n")
	parts := strings.Split(paragraph, `"`)
	for i := 1; i+1 < len(parts); i += 2 {
		if strings.HasPrefix(strings.TrimLeft(parts[i+1], " \t"), ":") && schema.Known(parts[i]) {
			return n
		}
	}
	return 0
}
