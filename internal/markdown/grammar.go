package markdown

import (
	emoji "github.com/yuin/goldmark-emoji"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// newGrammar puts goldmark's parsers and ours together. Lower numbers are
// asked first; goldmark's own numbers are 100 to 1000.
func newGrammar() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(fenceParser{}, 90),
			util.Prioritized(noteParser{}, 95),
			util.Prioritized(headingParser{parser.NewSetextHeadingParser()}, 100),
			util.Prioritized(bounded{extension.NewDefinitionListParser()}, 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(bounded{parser.NewListParser()}, 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(headingParser{parser.NewATXHeadingParser()}, 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(quoteParser{bounded{parser.NewBlockquoteParser()}}, 800),
			util.Prioritized(htmlParser{parser.NewHTMLBlockParser()}, 900),
			util.Prioritized(footnoteParser{}, 950),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(references{}, 100),
			util.Prioritized(asides{}, 150),
			util.Prioritized(tables{extension.NewTableParagraphTransformer()}, 200),
		),
		parser.WithInlineParsers(
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(blankParser{}, 50),
			util.Prioritized(codeSpans{parser.NewCodeSpanParser()}, 100),
			util.Prioritized(noteRefParser{}, 101),
			util.Prioritized(wikiParser{}, 150),
			util.Prioritized(links{counted{parser.NewLinkParser()}}, 200),
			util.Prioritized(bracesParser{}, 250),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(counted{parser.NewEmphasisParser()}, 500),
			util.Prioritized(counted{extension.NewStrikethroughParser()}, 500),
			util.Prioritized(bareLinks{extension.NewLinkifyParser(
				extension.WithLinkifyAllowedProtocols([]string{"http:", "https:"}))}, 999),
			util.Prioritized(emoji.NewParser(), 999),
		),
	)
}
