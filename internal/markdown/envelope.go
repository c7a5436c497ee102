package markdown

import (
	"peppermill/internal/diag"
	"peppermill/internal/frontmatter"
	"peppermill/internal/page"
	"peppermill/internal/schema"
	"peppermill/internal/source"
)

// envelope is what a file says of itself, and the rest of it.
type envelope struct {
	meta   page.Meta
	body   []byte
	line   int // of the file, at which body begins
	broken bool
}

func readEnvelope(f source.File) (envelope, diag.List) {
	block, diags := frontmatter.Read(f)
	meta, more := schema.Envelope(block.Tree, f.Path)
	return envelope{meta, block.Body, max(block.BodyLine, 1), block.Broken}, append(diags, more...)
}
