package picture

import (
	"bytes"
	"errors"
	"testing"
)

func TestSVG(t *testing.T) {
	for text, want := range map[string]Info{
		`<svg width="40" height="30px"/>`: {SVG, 40, 30, 1, false, 0},
		"\ufeff<?xml version='1.0'?>\n<!-- x --><!DOCTYPE svg><svg viewBox='0 0 200 100'/>":          {SVG, 200, 100, 1, false, 0},
		`<svg xmlns="http://www.w3.org/2000/svg" width="100" viewBox="0,0,200,100"><g/></svg>`:       {SVG, 100, 50, 1, false, 0},
		`<svg width="100%" height="1e99" viewBox="0 0 NaN 7"/>`:                                      {SVG, 0, 0, 1, false, 0},
		`<s:svg xmlns:s="http://www.w3.org/2000/svg" height="10" viewBox="0 0 20 40"></s:svg>`:       {SVG, 5, 10, 1, false, 0},
		`<svg width="-4" height="0" viewBox="1 2 3 4 5"/>`:                                           {SVG, 0, 0, 1, false, 0},
		"<!-- made\n by hand -->\n<svg\n width = '7' height='8' onload='x'><script>1</script></svg>": {SVG, 7, 8, 1, false, 0},
	} {
		got, err := Probe([]byte(text))
		if err != nil || got != want {
			t.Errorf("%s: %+v %v", text, got, err)
		}
		vs, err := Variants([]byte(text), Widths())
		if err != nil || len(vs) != 1 || !bytes.Equal(vs[0].Data, []byte(text)) {
			t.Errorf("%s: %v %v", text, vs, err)
		}
	}
}

func TestUnsafeSVG(t *testing.T) {
	for _, safe := range []string{
		`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><defs><g id="a"/></defs><use xlink:href="#a"/></svg>`,
		`<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg/>`,
		`<svg><style>.a{fill:url(#b)}</style><rect style="fill:url('#b')" fill="url(#b)"/><image href="data:image/png;base64,AA"/></svg>`,
		`<svg xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:export-filename="C:\\shop\\logo.png"><metadata>who</metadata></svg>`,
		`<svg><a href="https://example.org/"><text>see here, url(x) in words</text></a><animate attributeName="opacity"/></svg>`,
	} {
		if err := UnsafeSVG([]byte(safe)); err != nil {
			t.Errorf("%s: %v", safe, err)
		}
	}
	for _, bad := range []string{
		`<svg><script>alert(1)</script></svg>`,
		`<svg><title><script>alert(1)</script></title></svg>`,
		`<svg><SCRIPT/></svg>`,
		`<x:svg xmlns:x="http://www.w3.org/2000/svg"><x:script/></x:svg>`,
		`<svg onload="alert(1)"/>`,
		`<svg><g OnClick="x"/></svg>`,
		`<svg><foreignObject/></svg>`,
		`<svg><image href="https://example.org/a.png"/></svg>`,
		`<svg><use xlink:href="other.svg#a"/></svg>`,
		`<svg><use href=" data:image/svg+xml,x"/></svg>`,
		"<svg><a href=\" java\nscript:alert(1)\">x</a></svg>",
		`<svg><a href="&#106;avascript:alert(1)">x</a></svg>`,
		`<svg><a><set attributeName="href" to="javascript:alert(1)"/></a></svg>`,
		`<svg><animate attributeName="onload" to="x"/></svg>`,
		`<svg xml:base="https://example.org/"><use href="#a"/></svg>`,
		`<svg><style>@import "https://example.org/a.css";</style></svg>`,
		`<svg><style><![CDATA[a{background:url( "//example.org/a")}]]></style></svg>`,
		`<svg><style>a{background:u\72l(//example.org)}</style></svg>`,
		`<svg><rect fill="url(https://example.org/a.svg#b)"/></svg>`,
		`<!DOCTYPE svg [<!ENTITY x "<script>1</script>">]><svg>&x;</svg>`,
		`<?xml-stylesheet href="https://example.org/a.css"?><svg/>`,
		`<?xml version="1.0" encoding="utf-16"?><svg/>`,
		`<svg><g`,
		`<svg></g></svg>`,
	} {
		var e *Error
		if err := UnsafeSVG([]byte(bad)); !errors.As(err, &e) || e.Rule != ruleScript {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
