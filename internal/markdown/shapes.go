package markdown

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"peppermill/internal/config"
	"peppermill/internal/page"
	"peppermill/internal/schema"
)

// What a page says in a shape that the product knows is gathered while the body
// is written: the text stays as it is and where it is, gets marks that the
// theme can see, and becomes rows of the page's structures. Pages without a
// known type are left alone.

// shapes is what the writer knows of the place in which it is.
type shapes struct {
	scope    schema.Scope // what a page of this type may have; 0: nothing is looked for
	lex      *schema.Lexicon
	typ      string
	under    int    // the structure whose heading one is under, or -1
	level    int    // of that heading
	id       string // of that heading
	named    bool   // it is known by an identifier of the author's
	public   int    // level of the heading above that is marked as public, or 0
	title    string // of the nearest heading
	own      bool   // the nearest heading is the structure's own
	heading  string // the nearest heading's id
	steps    bool   // a list of steps was found
	unticked bool   // ticks are not shown
}

// lexicons makes the lexicon of each language that has names of its own. What
// a language does not name has its English names.
func lexicons(names config.Words) map[string]*schema.Lexicon {
	all := map[string]*schema.Lexicon{}
	for lang := range names {
		all[lang] = lexicon(names, lang)
	}
	if all["en"] == nil {
		all["en"] = lexicon(names, "en")
	}
	return all
}

func lexicon(names config.Words, lang string) *schema.Lexicon {
	return schema.NewLexicon(func(key string) string {
		if text := names.Word(lang, key); text != key {
			return text
		}
		return ""
	})
}

// shapesOf looks up what the page may have, by its type and language.
func (p *Parser) shapesOf(pg *page.Page) shapes {
	s := shapes{scope: schema.ScopeOf(pg.Meta.Type), typ: pg.Meta.Type, under: -1}
	if s.scope == 0 {
		return s
	}
	for lang := pg.Lang; s.lex == nil; {
		if s.lex = p.lexicons[lang]; s.lex != nil {
			break
		}
		cut := strings.LastIndexByte(lang, '-')
		if cut < 0 {
			s.lex = p.lexicons["en"]
			break
		}
		lang = lang[:cut]
	}
	return s
}

// enter says that a heading begins. id is the author's own identifier, or "".
func (s *shapes) enter(level int, id, text string, public bool) {
	switch {
	case public && (s.public == 0 || level < s.public):
		s.public = level
	case !public && level <= s.public:
		s.public = 0
	}
	if s.scope == 0 {
		return
	}
	s.title, s.own = text, false
	if s.under >= 0 && level <= s.level {
		s.under, s.named = -1, false
	}
	if level == 1 {
		return // the page's title
	}
	words := text
	if s.under >= 0 && schema.Structures()[s.under].Shape&(schema.Tasks|schema.Questions) != 0 {
		words = "" // a group or a question
	}
	if found := s.lex.Heading(id, words, s.scope); found >= 0 {
		s.under, s.level, s.named, s.own, s.id = found, level, schema.Structures()[found].Kind == id, true, ""
	}
}

// reached says which identifier the heading got.
func (s *shapes) reached(id string) {
	if s.heading = id; s.own {
		s.id = id
	}
}

// is reports whether one is under the heading of that kind.
func (s *shapes) is(kind string) bool {
	return s.under >= 0 && schema.Structures()[s.under].Kind == kind
}

// isPublic reports whether the author marked something as public.
func isPublic(n ast.Node) bool { return hasClass(attrsOf(n), "public") }

func hasClass(attrs []page.Attr, class string) bool {
	for _, a := range attrs {
		if a.Name == "class" && slices.Contains(strings.Fields(a.Value), class) {
			return true
		}
	}
	return false
}

// kindClass is the class by which the theme knows a structure.
func kindClass(structure int) string {
	if structure < 0 {
		return ""
	}
	return schema.Structures()[structure].Kind
}

// begin adds a structure to the page and returns its place there.
func (w *work) begin(structure int, n ast.Node) *page.Structure {
	s, heading := &schema.Structures()[structure], w.shapes.heading
	if structure == w.shapes.under {
		heading = w.shapes.id
	}
	w.page.Structures = append(w.page.Structures, page.Structure{
		Kind: s.Kind, Columns: s.Names(), Heading: heading, Staff: w.staff > 0, Pos: w.pos(startOf(n)),
	})
	return &w.page.Structures[len(w.page.Structures)-1]
}

// joined returns the page's structure of a kind of which it has one only.
func (w *work) joined(structure int, n ast.Node) *page.Structure {
	kind := schema.Structures()[structure].Kind
	for i := range w.page.Structures {
		s := &w.page.Structures[i]
		if s.Kind != kind || len(s.Others) > 0 {
			continue
		}
		if s.Staff && w.staff == 0 { // what follows is for everybody
			s.Staff = false
			for j := range s.Rows {
				s.Rows[j].Staff = true
			}
		}
		return s
	}
	return w.begin(structure, n)
}

// add adds a row with no cells filled yet.
func (w *work) add(s *page.Structure) *page.Row {
	s.Rows = append(s.Rows, page.Row{Cells: make([]page.Cell, len(s.Columns)), Staff: w.staff > 0 && !s.Staff})
	return &s.Rows[len(s.Rows)-1]
}

// cell is a cell with that text, which stands at n.
func (w *work) cell(text []byte, n ast.Node) page.Cell {
	text = bytes.TrimSpace(text)
	if len(text) == 0 {
		return page.Cell{}
	}
	return page.Cell{Text: w.curlUnless(holdsCode(n), page.Text(text)), Pos: w.pos(startOf(n))}
}

// startOf is where a block's first words stand in the source.
func startOf(n ast.Node) int {
	for n != nil {
		switch t := n.(type) {
		case *ast.Text:
			return t.Segment.Start
		case *blankNode:
			return t.start
		case *wikiNode:
			return t.start
		}
		if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
			return n.Lines().At(0).Start
		}
		n = n.FirstChild()
	}
	return 0
}

// isTop reports whether a block stands in the page's flow: in no list, quote
// or other structure.
func isTop(n ast.Node) bool {
	for p := n.Parent(); p != nil; p = p.Parent() {
		switch p.(type) {
		case *ast.Document, *blockNode:
		default:
			return false
		}
	}
	return true
}
