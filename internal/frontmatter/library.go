package frontmatter

import (
	"bytes"
	"fmt"

	adrg "github.com/adrg/frontmatter"

	"peppermill/internal/data"
	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// The marks that the library is given instead of the author's. No text file
// holds them: data refuses NUL. The library trims each line before it looks
// for a mark, so it would end a block at an indented --- inside a value, would
// take an unclosed block for body, and would swallow text after a thematic
// break. It therefore never meets the author's own marks.
const (
	openMark  = "\x00settings"
	closeMark = "\x00end"
)

// decode hands a block that is already cut to the library, with a decoder that
// keeps places and reports repeated keys. It is the only use of the library.
func decode(block []byte, in data.Input) (tree page.Value, findings diag.List, ok bool) {
	called := false
	format := adrg.NewFormat(openMark, closeMark, func(text []byte, _ any) error {
		called = true
		if len(text) != len(block)+1 {
			return fmt.Errorf("the block was cut at a NUL")
		}
		in.Text = block
		tree, findings, ok = data.Decode(in)
		return nil
	})
	framed := make([]byte, 0, len(block)+len(openMark)+len(closeMark)+3)
	framed = append(append(framed, openMark...), '\n')
	framed = append(append(framed, block...), '\n')
	framed = append(append(framed, closeMark...), '\n')
	_, err := adrg.MustParse(bytes.NewReader(framed), &struct{}{}, format)
	if err != nil || !called {
		// Only a block with the marks themselves in it comes here. What data
		// says of a NUL is what its author needs to know.
		in.Text = block
		tree, findings, ok = data.Decode(in)
	}
	return tree, findings, ok
}
