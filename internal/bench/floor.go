package main

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/alecthomas/chroma/v2/styles"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// Floor is the work that no builder can leave out: read each page, parse and
// render it with goldmark, highlight its blocks with Chroma, write the file.
// It uses every core, as the builder does.
func Floor(content, out string) error {
	var names []string
	err := filepath.WalkDir(content, func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".md") {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		return err
	}
	work := make(chan string)
	errs := make(chan error, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			md := markdown()
			for name := range work {
				if err := one(md, content, out, name); err != nil {
					select {
					case errs <- err:
					default:
					}
				}
			}
		})
	}
	for _, name := range names {
		work <- name
	}
	close(work)
	wg.Wait()
	close(errs)
	return <-errs
}

func one(md goldmark.Markdown, content, out, name string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if _, rest, ok := bytes.Cut(data, []byte("\n---\n")); ok {
		data = rest
	}
	var b bytes.Buffer
	if err := md.Convert(data, &b); err != nil {
		return err
	}
	rel, err := filepath.Rel(content, name)
	if err != nil {
		return err
	}
	target := filepath.Join(out, strings.TrimSuffix(rel, ".md"), "index.html")
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	return os.WriteFile(target, b.Bytes(), 0o644)
}

func markdown() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList, extension.Typographer),
		goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithAttribute()),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(&highlighter{
			formatter: html.New(html.WithClasses(true)),
			lexers:    map[string]chroma.Lexer{},
		}, 100))),
	)
}

type highlighter struct {
	formatter *html.Formatter
	lexers    map[string]chroma.Lexer
}

func (h *highlighter) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindFencedCodeBlock, h.block)
}

func (h *highlighter) block(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.FencedCodeBlock)
	var b strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(source))
	}
	return ast.WalkContinue, h.highlight(w, string(n.Language(source)), b.String())
}

func (h *highlighter) highlight(w io.Writer, lang, text string) error {
	lexer, ok := h.lexers[lang]
	if !ok {
		if lexer = lexers.Get(lang); lexer == nil {
			lexer = lexers.Fallback
		}
		lexer = chroma.Coalesce(lexer)
		h.lexers[lang] = lexer
	}
	tokens, err := lexer.Tokenise(nil, text)
	if err != nil {
		return err
	}
	return h.formatter.Format(w, styles.Get("github"), tokens)
}
