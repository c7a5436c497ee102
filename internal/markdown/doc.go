// Package markdown is the translator: one source file becomes one [page.Page].
//
// In: a [source.File], which is text with its includes expanded, and fixed
// [Options]. Out: the page with its title, summary, outline, links, blanks and
// body, and findings with exact places. [Parser.Parse] is a pure function of
// the two. It never reads a file, never resolves a link and never knows
// another page; where the body needs such a thing it leaves a hole (see
// [page.Body]). goldmark and chroma live only here.
//
// goldmark parses; a renderer of our own walks its tree once and writes parts
// instead of a string. Dialects that goldmark lacks are small block and inline
// parsers beside it. What could take a parser too long is bounded by counts,
// never by clocks, see limits.go.
//
// # Words of the interface
//
// HoleWord parts name these keys, whose texts the theme has in each language:
//
//	alert.note alert.tip alert.important alert.warning alert.caution
//	say avoid staff details tab toc table footnotes footnote.back answer.right
//
// The words "table" and "toc" stand inside an attribute (aria-label), so a
// word's text must be escaped for attributes too. The keys "copy" and
// "permalink" belong to the theme's script and are not used here.
//
// # Shapes that the theme styles
//
//	h2..h6 > a.permalink       empty, hidden from assistive technology, see headings.go
//	figure.code > figcaption? + pre.chroma > code.language-x
//	pre.mermaid, pre.math      the source, readable without a script
//	div.table > table          a scroll box; cells have align-left, -center, -right
//	figure > img + figcaption
//	div.alert.alert-note > p.alert-title; details.alert > summary when it folds
//	div.block.block-KIND > p.block-title; details.block-details > summary
//	div.block-tabs > div.tab > p.tab-title or a heading
//	li.task > label > input
//	nav.toc > ul > li.toc-2..6; section.footnotes > ol; sup.footnote > a; a.footnote-back
//	span.anchor                an <a id> or <a name> of the author
//
// And, on pages of a known type, where a structure was recognised:
//
//	ol.steps > li span.by > span.who, span.clock
//	table.KIND, ul.KIND, ol.KIND, dl.terms > dt[id]
//	ul.items > li.task.want-no span.want
//	ul.quiz, details.answer    the right answer, and why; data-right numbers the right options
//	table.bands tr             data-from and data-to are the ends of its range
//
// Start at [Parser.Parse], then work.go, then blocks.go; for what pages say in
// known shapes, shapes.go.
package markdown
