package data

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"peppermill/internal/page"
)

// json decodes the text as one JSON value. The standard library's tokens are
// used, not the YAML parser: YAML does not take every JSON text (pairs of
// \u escapes, tabs before the first bracket, long keys).
func (d *decoder) json() page.Value {
	j := jsonReader{decoder: d, dec: json.NewDecoder(bytes.NewReader(d.in.Text))}
	j.dec.UseNumber()
	if len(bytes.TrimSpace(d.in.Text)) == 0 {
		return page.Value{Pos: d.pos(1, 1)}
	}
	v := j.value(1)
	if d.failed {
		return v
	}
	if start := j.start(); start < len(d.in.Text) {
		j.failAt(start, "There is more text after the end of the data.", "A JSON file holds one value: put the rest inside its brackets or into another file.")
	}
	return v
}

type jsonReader struct {
	*decoder
	dec *json.Decoder
}

// start returns the offset at which the next token begins.
func (j *jsonReader) start() int {
	i := int(j.dec.InputOffset())
	for i < len(j.in.Text) && strings.IndexByte(" \t\r\n,:", j.in.Text[i]) >= 0 {
		i++
	}
	return i
}

func (j *jsonReader) failAt(offset int, message, hint string) {
	line, column := j.text.place(offset)
	j.fail(RuleSyntax, line, column, message, hint)
}

// token returns the next token and where it begins; ok is false at an error,
// which is then reported.
func (j *jsonReader) token() (token json.Token, start int, ok bool) {
	from := int(j.dec.InputOffset())
	start = j.start()
	token, err := j.dec.Token()
	if err != nil {
		j.explain(err, from, start)
		return nil, start, false
	}
	return token, start, true
}

func (j *jsonReader) value(depth int) page.Value {
	token, start, ok := j.token()
	if !ok {
		return page.Value{}
	}
	v := page.Value{Pos: j.posAt(start)}
	switch t := token.(type) {
	case json.Delim:
		if depth > MaxDepth {
			line, column := j.text.place(start)
			j.fail(RuleLimit, line, column, fmt.Sprintf("Here are more than %d levels of lists and groups inside each other.", MaxDepth), "Make the structure flatter.")
			return v
		}
		if t == '{' {
			v.Kind, v.Fields = page.Map, j.object(depth)
		} else {
			v.Kind, v.Items = page.List, j.array(depth)
		}
	case string:
		v.Kind, v.Text, v.Quoted = page.Scalar, t, true
		j.sound(t, v.Pos.Line, v.Pos.Column)
	case json.Number:
		v.Kind, v.Text = page.Scalar, t.String()
	case bool:
		v.Kind, v.Text = page.Scalar, fmt.Sprint(t)
	}
	v.Width = j.width(start)
	return v
}

// width counts the characters between start and the end of the last token, on
// the first line.
func (j *jsonReader) width(start int) int {
	b := j.in.Text[start:j.dec.InputOffset()]
	if end := bytes.IndexAny(b, "\r\n"); end >= 0 {
		b = b[:end]
	}
	return utf8.RuneCount(b)
}

func (j *jsonReader) array(depth int) []page.Value {
	items := []page.Value{}
	for !j.failed && j.dec.More() {
		items = append(items, j.value(depth+1))
	}
	j.close()
	return items
}

func (j *jsonReader) object(depth int) []page.Field {
	own := fields{top: depth == 1}
	for !j.failed && j.dec.More() {
		token, start, ok := j.token()
		if !ok {
			break
		}
		key, ok := token.(string)
		if !ok {
			j.failAt(start, "A key must be text in double quotes.", `Write it as "name": value.`)
			break
		}
		f := page.Field{Key: key, Pos: j.posAt(start)}
		j.sound(key, f.Pos.Line, f.Pos.Column)
		f.Value = j.value(depth + 1)
		if !j.failed {
			j.add(&own, f)
		}
	}
	j.close()
	return own.list
}

// close reads the closing bracket.
func (j *jsonReader) close() {
	if !j.failed {
		j.token()
	}
}

// explain reports an error of the JSON reader. start is where the token begins
// that could not be read, from where the one before it ended.
func (j *jsonReader) explain(err error, from, start int) {
	if start >= len(j.in.Text) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		j.failAt(len(j.in.Text), "The data ends before its last bracket or quote is closed.", "Add what is missing at the end, or look for a quote that is not closed.")
		return
	}
	// Between the last token and this one stand only blanks and separators:
	// when one of them is wrong, it is the culprit, not what follows it.
	c := j.in.Text[start]
	before := bytes.TrimSpace(j.in.Text[from:start])
	switch {
	case (c == '}' || c == ']') && len(before) > 0:
		j.failAt(start, "There is a comma or colon before this closing bracket, and nothing follows it.", "Delete the comma.")
	case c == '\'':
		j.failAt(start, "JSON knows double quotes only.", `Write " instead of '.`)
	case c == '/' || c == '#':
		j.failAt(start, "JSON has no comments.", "Delete the comment, or use a YAML file.")
	case bytes.ContainsAny(before, ",:") && len(before) > 1:
		j.failAt(start, "There is more than one comma or colon before this.", "Keep one of them.")
	case c == '"' && len(before) == 0:
		j.failAt(start, "A comma or colon is missing before this.", `Write "name": value, "name": value.`)
	case c == '"':
		j.failAt(start, "This quoted text holds a line break or an escape that JSON does not know.", `Write \n for a line break and \\ for a backslash.`)
	default:
		j.failAt(start, "This is not JSON: a quote, comma or bracket is missing or misplaced here.", `Text and keys stand in double quotes: "name": "value".`)
	}
}
