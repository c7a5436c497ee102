package data

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// yaml decodes the text as one YAML document.
func (d *decoder) yaml() page.Value {
	if v, ok := d.plain(); ok {
		return v
	}
	return d.parsedYAML()
}

// parsedYAML decodes any YAML.
func (d *decoder) parsedYAML() page.Value {
	y := yamlReader{decoder: d, breaks: d.text.yamlBreaks()}
	loader, err := yaml.NewLoader(bytes.NewReader(d.in.Text),
		yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(MaxDepth))))
	if err != nil {
		panic(err) // the options are constant: Decode turns this into a finding
	}
	var document, second yaml.Node
	if err := loader.Load(&document); err == io.EOF {
		return page.Value{Pos: d.pos(1, 1)}
	} else if err != nil {
		y.explain(err)
		return page.Value{}
	}
	if err := loader.Load(&second); err != io.EOF {
		y.second(&second, err)
		return page.Value{}
	}
	if len(document.Content) == 0 {
		return page.Value{Pos: d.pos(1, 1)}
	}
	v, _ := y.convert(document.Content[0], 1)
	return v
}

// second reports that more than one document stands in the text.
func (y *yamlReader) second(n *yaml.Node, err error) {
	if err != nil {
		y.explain(err)
		return
	}
	line, column := y.place(n.Line, n.Column)
	y.fail(RuleSyntax, line, column, "A second YAML document begins here; only one can be read.", "Put each document into a file of its own, or take out the line that separates them.")
}

// yamlReader turns nodes into values.
type yamlReader struct {
	*decoder
	breaks   []int // see text.yamlBreaks
	anchors  map[*yaml.Node]anchored
	repeated int // values that aliases have added so far
}

// anchored is a value that an alias may repeat, and what a repetition costs.
type anchored struct {
	value page.Value
	size  extent
	busy  bool // still being converted: an alias to it would have no end
}

// extent is how large a value is once its aliases are written out.
type extent struct{ values, depth int }

func (e *extent) include(inner extent) {
	e.values += inner.values
	e.depth = max(e.depth, inner.depth+1)
}

// place maps a line and column as YAML counts them to the text's own. The end
// of a text without a last line end is a line of its own to YAML.
func (y *yamlReader) place(line, column int) (int, int) {
	switch {
	case line < 1:
		return 1, 1
	case y.breaks == nil && line <= len(y.text.starts):
		return line, max(column, 1)
	case y.breaks == nil || line > len(y.breaks):
		return y.text.place(len(y.text.bytes))
	}
	return y.text.place(y.text.offset(y.breaks[line-1], column))
}

func (y *yamlReader) at(n *yaml.Node) diag.Pos { return y.pos(y.place(n.Line, n.Column)) }

func (y *yamlReader) failAt(n *yaml.Node, rule, message, hint string) {
	line, column := y.place(n.Line, n.Column)
	y.fail(rule, line, column, message, hint)
}

// convert turns a node at the given depth into a value.
func (y *yamlReader) convert(n *yaml.Node, depth int) (page.Value, extent) {
	if y.failed {
		return page.Value{}, extent{}
	}
	if n.Kind == yaml.AliasNode {
		return y.alias(n, depth)
	}
	if !y.plainTag(n) {
		return page.Value{}, extent{}
	}
	if n.Anchor != "" {
		if y.anchors == nil {
			y.anchors = make(map[*yaml.Node]anchored)
		}
		y.anchors[n] = anchored{busy: true}
	}
	var v page.Value
	size := extent{values: 1, depth: 1}
	switch n.Kind {
	case yaml.MappingNode:
		v = y.mapping(n, depth, &size)
	case yaml.SequenceNode:
		v = page.Value{Kind: page.List, Items: make([]page.Value, 0, len(n.Content))}
		for _, child := range n.Content {
			item, inner := y.convert(child, depth+1)
			v.Items = append(v.Items, item)
			size.include(inner)
		}
	default:
		v = y.scalar(n)
	}
	v.Pos, v.Width = y.at(n), y.width(n)
	if n.Anchor != "" {
		y.anchors[n] = anchored{value: v, size: size}
	}
	return v, size
}

// plainTag refuses tags of an application's own. An author who writes
// "title: !important" means text, and YAML would take a part of it away.
func (y *yamlReader) plainTag(n *yaml.Node) bool {
	if n.Style&yaml.TaggedStyle == 0 || strings.HasPrefix(n.Tag, "!!") || n.Tag == "!" {
		return true
	}
	y.failAt(n, RuleSyntax, fmt.Sprintf("%q has a meaning of its own in YAML, so the value is not the text that stands here.", diag.Shorten(n.Tag)),
		"Put the whole value in quotes.")
	return false
}

func (y *yamlReader) scalar(n *yaml.Node) page.Value {
	quoted := n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
	if !quoted {
		y.cutOff(n, n.LineComment)
	}
	if n.Tag == "!!null" && !quoted {
		return page.Value{}
	}
	line, column := n.Line, n.Column
	y.sound(n.Value, line, column)
	return page.Value{Kind: page.Scalar, Text: n.Value, Quoted: quoted || n.Tag == "!!str" && n.Style&yaml.TaggedStyle != 0}
}

// alias repeats an anchored value at the place of the alias.
func (y *yamlReader) alias(n *yaml.Node, depth int) (page.Value, extent) {
	a, known := y.anchors[n.Alias]
	if !known && n.Alias.Kind == yaml.ScalarNode { // the anchor is on a key
		a.value, a.size = y.scalar(n.Alias), extent{values: 1, depth: 1}
	}
	if a.busy || !known && a.value.Kind == page.Null {
		y.failAt(n, RuleSyntax, fmt.Sprintf("*%s repeats a value from inside that value, without end.", diag.Shorten(n.Value)), "Write the value out.")
		return page.Value{}, extent{}
	}
	y.repeated += a.size.values
	if y.repeated > maxAliased || depth+a.size.depth > MaxDepth {
		y.failAt(n, RuleLimit, fmt.Sprintf("Repeating *%s here makes the data too large.", diag.Shorten(n.Value)), "Write out what is needed instead of repeating it.")
		return page.Value{}, extent{}
	}
	v := a.value
	v.Pos, v.Width = y.at(n), utf8.RuneCountInString(n.Value)+1
	return v, a.size
}

// mapping collects a map's fields. A merge key (<<) adds what the map itself
// does not say.
func (y *yamlReader) mapping(n *yaml.Node, depth int, size *extent) page.Value {
	own := fields{list: make([]page.Field, 0, len(n.Content)/2), top: depth == 1}
	var merged []page.Value
	for i := 0; i+1 < len(n.Content) && !y.failed; i += 2 {
		key := n.Content[i]
		value, inner := y.convert(n.Content[i+1], depth+1)
		size.include(inner)
		if key.Tag == "!!merge" && key.Style == 0 {
			merged = append(merged, value)
			continue
		}
		name, ok := y.key(key)
		if !ok {
			break
		}
		if value.Kind == page.Null {
			y.cutOff(n.Content[i+1], key.LineComment)
		}
		y.add(&own, page.Field{Key: name, Pos: y.at(key), Value: value})
	}
	for _, v := range merged {
		y.merge(&own, v)
	}
	return page.Value{Kind: page.Map, Fields: own.list}
}

// key returns the text of a key, or reports that it is none.
func (y *yamlReader) key(n *yaml.Node) (string, bool) {
	at := n
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		n = n.Alias
	}
	switch {
	case n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle != 0:
		y.failAt(at, RuleSyntax, "A value that begins with {{ is no text in YAML.", "Put the whole value in quotes.")
		return "", false
	case n.Kind != yaml.ScalarNode:
		y.failAt(at, RuleSyntax, "A key must be a word, not a list or a group of keys.", "Write it as name: value.")
		return "", false
	case n.Tag == "!!null" && n.Value == "":
		y.failAt(at, RuleSyntax, "There is no name before this colon.", "Write it as name: value.")
		return "", false
	}
	line, column := y.place(at.Line, at.Column)
	return n.Value, y.plainTag(n) && y.sound(n.Value, line, column)
}

// merge adds the fields of the value of a merge key that are not there yet.
func (y *yamlReader) merge(own *fields, v page.Value) {
	switch v.Kind {
	case page.Map:
		for _, f := range v.Fields {
			if own.find(f.Key) < 0 {
				y.add(own, f)
			}
		}
	case page.List:
		for _, item := range v.Items {
			if item.Kind != page.Map {
				y.notMerged(item)
				return
			}
			y.merge(own, item)
		}
	default:
		y.notMerged(v)
	}
}

func (y *yamlReader) notMerged(v page.Value) {
	if !y.failed {
		y.failed = true
		y.findings = append(y.findings, diag.Diagnostic{Rule: RuleSyntax, Pos: v.Pos, Width: v.Width,
			Message: "The key << takes over the keys of another group, and this is no group of keys.", Hint: "Give it the name of an anchor, such as <<: *defaults."})
	}
}

// cutOff gives a tip when the comment after a plain value is more likely a
// part of it: a number or colour such as #1 or #aa3300, with no blank after
// the mark.
func (y *yamlReader) cutOff(n *yaml.Node, comment string) {
	comment, _, _ = strings.Cut(comment, "\n") // lines of comments in a row are one to the parser
	if len(comment) < 2 || comment[0] != '#' || strings.IndexByte(" \t#!-=", comment[1]) >= 0 {
		return
	}
	line, column := y.place(n.Line, n.Column)
	at := bytes.Index(y.text.from(line, column), []byte(comment))
	if at < 0 {
		return
	}
	column += utf8.RuneCount(y.text.from(line, column)[:at])
	y.findings = append(y.findings, diag.Diagnostic{
		Rule: RuleCutOff, Pos: y.pos(line, column), Width: utf8.RuneCountInString(diag.Shorten(comment)),
		Message: fmt.Sprintf("%q is a comment and no part of the value.", diag.Shorten(comment)),
		Hint:    "Put the whole value in quotes if it belongs to it.",
	})
}

// width counts the characters of a node on its first line.
func (y *yamlReader) width(n *yaml.Node) int {
	rest := y.text.from(y.place(n.Line, n.Column))
	return utf8.RuneCount(rest[:yamlLength(rest, n)])
}

// yamlLength returns how many bytes of rest, the line from the node on, are
// the node's.
func yamlLength(rest []byte, n *yaml.Node) int {
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0 && len(rest) > 0 && rest[0] == '"':
		return quotedLength(rest, '\\')
	case n.Style&yaml.SingleQuotedStyle != 0 && len(rest) > 0 && rest[0] == '\'':
		return quotedLength(rest, 0)
	case n.Kind == yaml.ScalarNode && bytes.HasPrefix(rest, []byte(n.Value)):
		return len(n.Value)
	}
	if at := bytes.Index(rest, []byte(" #")); at >= 0 {
		rest = rest[:at]
	}
	return len(bytes.TrimRight(rest, " \t"))
}

// quotedLength returns the length of the quoted text that b begins with, up to
// the end of the line when it goes on there. In single quotes a doubled quote
// reads as the end and a new beginning, which gives the same length.
func quotedLength(b []byte, escape byte) int {
	quote := b[0]
	for i := 1; i < len(b); i++ {
		switch {
		case escape != 0 && b[i] == escape:
			i++
		case b[i] == quote && escape == 0 && i+1 < len(b) && b[i+1] == quote:
			i++
		case b[i] == quote:
			return i + 1
		}
	}
	return len(b)
}

// loadError finds the parser's own account of an error, with its place.
func loadError(err error) (*yaml.LoadError, bool) {
	var e *yaml.LoadError
	return e, errors.As(err, &e)
}
