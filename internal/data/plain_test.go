package data

import (
	"reflect"
	"testing"

	"golang.org/x/tools/txtar"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

func decodeWith(text []byte, read func(*decoder) page.Value) (page.Value, diag.List, bool) {
	d := &decoder{in: Input{Text: text, Format: YAML}}
	if !d.acceptable() {
		return page.Value{}, nil, false
	}
	v := read(d)
	return v, d.findings, !d.failed
}

// FuzzPlain checks that the fast reader says exactly what the parser says of
// every text that it does not decline.
func FuzzPlain(f *testing.F) {
	archive, err := txtar.ParseFile("testdata/decode.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range archive.Files {
		f.Add(file.Data)
	}
	for _, s := range []string{
		"title: Late deliveries\nowner: Sam\ntags: [a b, c-d, 3]\ndate: 2020-01-02\n",
		"tags:\n  - a\n  - \"b, c\"\n- d\nx: y\n", "tags:\n- a\n- b\nx: null\n", "a:\n\n\nb: 1\n", "a:\n", "a: x\n b\n", "a:\n  - b\n\n  - c\n",
		"a: [x,\n y]\n", "a: [x: y]\n", "a: [null, x ]", "a: \"x\" \n", "a: \"x\ny\"\n", "a: é ü\nb: x y \n", "a: x\r\nb:\r\n  - c\r\n", "a: - b\n", "a-b_c: d\n1: 2\n",
		"a:\n- - b\n", "a:\n- b: c\n", "a:\n  b: c\n", "a:\n- [x]\n", "a: []\n", "a: [x,]\n", "a: [x]]\n", "a: x, [y] {z} \"q\" 'r' & * ! | > % @ `\n", "a: b\n---\n", "a: b\n...\n", "a: b\n\n\n", "\n\na: b\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		plain := false
		fast, found, _ := decodeWith(text, func(d *decoder) page.Value {
			v, ok := d.plain()
			plain = ok
			return v
		})
		if !plain {
			return
		}
		full, more, ok := decodeWith(text, (*decoder).parsedYAML)
		if !ok || len(found)+len(more) > 0 || !reflect.DeepEqual(fast, full) {
			t.Errorf("%q:\nplain  %+v\nparsed %+v %v %v", text, fast, full, ok, more)
		}
	})
}

func TestPlainTakesWhatIsUsual(t *testing.T) {
	for text, want := range map[string]bool{
		"title: Late deliveries\nowner: Sam\ntags: [a, b]\ndate: 2020-01-02\ndescription: \"Refunds: how\"\n": true,
		"title: Late\ntags:\n  - a\n  - b\ndraft: true\n\n":                                                   true,
		"title: Late # comment\n": false,
		"title: Late\n  more\n":   false,
		"a: 1\na: 2\n":            false,
	} {
		var got bool
		decodeWith([]byte(text), func(d *decoder) page.Value { v, ok := d.plain(); got = ok; return v })
		if got != want {
			t.Errorf("%q: plain %v, want %v", text, got, want)
		}
	}
}
