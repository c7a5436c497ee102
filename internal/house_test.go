// Package internal_test is the inspector: it holds the walls of README.md.
package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// room is one row of the import table: what a package may use, and why the
// row is as it is. "std" is not listed; the standard library is open to all
// but for the packages in reach below.
type room struct {
	imports string // internal rooms and outside modules, by short name
	why     string
}

var rooms = map[string]room{
	"internal/diag":        {"", "every room speaks through it, so it leans on none"},
	"internal/page":        {"diag", "the nouns: values only, so that they may be kept and shared"},
	"internal/source":      {"diag page", "the only reader of content; it hands out bytes and understands none of them"},
	"internal/data":        {"diag page source yaml toml", "one decoder for front matter, settings and data, so that all say places alike"},
	"internal/frontmatter": {"diag page source data schema frontmatter", "cuts the block itself, by the rule book's keys; the library stands behind one adapter"},
	"internal/schema":      {"diag page", "the rule book reads trees of values and nothing else"},
	"internal/config":      {"diag page source data schema text", "settings are data; they know nothing of pages or themes; the rule book says what may be said of a blank"},
	"internal/markdown":    {"diag page source frontmatter schema config goldmark goldmark-emoji chroma net text", "the only room that knows Markdown and highlighting"},
	"internal/site":        {"diag page config text", "the map is drawn from values alone, never from files"},
	"themes":               {"", "only embeds files"},
	"internal/theme":       {"diag page config data source esbuild", "loads and bundles; it never sees content"},
	"internal/word":        {"net", "makes files for Word of markup and values; it knows neither pages nor Markdown"},
	"internal/render":      {"page config site theme word text net", "paints closed views; it reports nothing about content; reads its own markup again for documents"},
	"internal/search":      {"page config site text snowballstem", "counts the words of what the map publishes; its files' format is its own"},
	"internal/feed":        {"diag page config site", "tells others what the site has, from the map alone; standard encoders only"},
	"internal/picture":     {"diag image", "makes a photo's copies from its bytes; the decoders are shut in here"},
	"internal/cache":       {"", "keeps bytes between runs by name, and knows nothing of what they are"},
	"internal/output":      {"flock text", "the only writer of a site; it knows bytes and paths, not pages"},
	"internal/serve":       {"diag output", "shows a tree that it is given; it never builds, reads content or writes"},
	"internal/scaffold":    {"diag page schema source data frontmatter", "makes new files of an author's, and edits settings where the cutter says that they stand"},
	"internal/build":       {"diag page source data frontmatter schema config markdown picture site theme themes render feed search output", "the conductor: the one room that knows all stages"},
	"internal/bench":       {"goldmark chroma", "measures from outside, as a process; its floor is the libraries alone"},
	"internal/relevance":   {"", "measures search from outside, as a process; the answers come from the script that readers get"},
	"internal/watch":       {"source fsnotify", "says that something changed, never what; source's stamps are what it compares"},
	"internal/browser":     {"", "tests only: it looks at built sites from outside, with a real browser"},
	"cmd/peppermill":       {"diag page schema source site build scaffold output cache watch serve cobra pflag", "the front door: flags, signals, exit codes"},
}

// modules gives outside modules the short names of the table.
var modules = map[string]string{
	"github.com/yuin/goldmark-emoji":  "goldmark-emoji",
	"github.com/yuin/goldmark":        "goldmark",
	"github.com/adrg/frontmatter":     "frontmatter",
	"github.com/fsnotify/fsnotify":    "fsnotify",
	"github.com/alecthomas/chroma/v2": "chroma",
	"github.com/spf13/cobra":          "cobra",
	"github.com/evanw/esbuild":        "esbuild",
	"github.com/gofrs/flock":          "flock",
	"github.com/pelletier/go-toml/v2": "toml",
	"go.yaml.in/yaml/v4":              "yaml",
	"golang.org/x/text":               "text",
	"golang.org/x/image":              "image",
	"golang.org/x/net":                "net",
	"github.com/spf13/pflag":          "pflag",

	"github.com/blevesearch/snowballstem": "snowballstem",
}

// reach lists the standard packages that only some rooms may import: who reads
// and writes files, who has the clock and the network, who starts processes.
var reach = map[string]string{
	"os":        "internal/source internal/output internal/cache internal/scaffold internal/watch internal/bench internal/relevance cmd/peppermill", // watch lists folders, and opens no file
	"os/exec":   "internal/bench internal/relevance cmd/peppermill",                                                                                 // the front door opens a browser when asked to
	"os/signal": "cmd/peppermill",
	"net":       "internal/serve internal/bench cmd/peppermill", // the front door chooses the port
	"net/http":  "internal/serve internal/bench",
	"unsafe":    "",
	"math/rand": "",
}

const most = 400 // lines that a file should not exceed

type file struct {
	path, dir string
	tree      *ast.File
	set       *token.FileSet
	lines     int
	test      bool
}

func files(t *testing.T) []file {
	t.Helper()
	var all []file
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && (d.Name() == ".git" || d.Name() == "testdata" || d.Name() == "public") {
			if d.IsDir() && err == nil {
				return filepath.SkipDir
			}
			return err
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		set := token.NewFileSet()
		tree, err := parser.ParseFile(set, path, data, parser.ParseComments)
		if err != nil {
			return err
		}
		name, _ := filepath.Rel("..", path)
		name = filepath.ToSlash(name)
		all = append(all, file{name, filepath.ToSlash(filepath.Dir(name)), tree, set, strings.Count(string(data), "\n"), strings.HasSuffix(name, "_test.go")})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 30 {
		t.Fatalf("only %d files found: the walk is wrong", len(all))
	}
	return all
}

func TestTopLevel(t *testing.T) {
	allowed := strings.Fields("cmd content themes internal public go.mod go.sum Makefile README.md bin")
	items, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		if !strings.HasPrefix(item.Name(), ".") && !slices.Contains(allowed, item.Name()) {
			t.Errorf("%s does not belong at the top level", item.Name())
		}
	}
	// It keeps the folder in a fresh copy, and what is built out of it.
	if _, err := os.Stat("../public/.gitignore"); err != nil {
		t.Error(err)
	}
}

func TestImports(t *testing.T) {
	for _, f := range files(t) {
		if f.test || f.dir == "internal" {
			continue
		}
		row, ok := rooms[f.dir]
		if !ok {
			t.Errorf("%s: the room %s has no row in the import table", f.path, f.dir)
			continue
		}
		may := strings.Fields(row.imports)
		for _, spec := range f.tree.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			if by, ok := reach[path]; ok && !slices.Contains(strings.Fields(by), f.dir) {
				t.Errorf("%s imports %s, which is kept to: %s", f.path, path, by)
			}
			if name := short(path); name != "" && !slices.Contains(may, name) {
				t.Errorf("%s imports %s; the row says: %s", f.path, path, row.why)
			}
		}
	}
}

// short is the table's name for an import, "" for the standard library.
func short(path string) string {
	if rest, ok := strings.CutPrefix(path, "peppermill/"); ok {
		return strings.TrimPrefix(rest, "internal/")
	}
	if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
		return ""
	}
	best := ""
	for module := range modules {
		if (path == module || strings.HasPrefix(path, module+"/")) && len(module) > len(best) {
			best = module
		}
	}
	if best == "" {
		return path
	}
	return modules[best]
}

func TestPackageDocs(t *testing.T) {
	docs := map[string]string{}
	for _, f := range files(t) {
		if !f.test && f.tree.Doc != nil {
			docs[f.dir] += f.tree.Doc.Text()
		}
	}
	for dir := range rooms {
		doc := docs[dir]
		if len(doc) < 200 || !strings.Contains(doc, "never") && !strings.Contains(doc, "no part") {
			t.Errorf("%s: the package comment does not say what it is, what goes in and out, and what it never does", dir)
		}
	}
}

func TestSizes(t *testing.T) {
	for _, f := range files(t) {
		if f.lines > most && !f.test {
			t.Errorf("%s has %d lines; a file should stay below %d", f.path, f.lines, most)
		}
		for _, d := range f.tree.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || f.test {
				continue
			}
			if fn.Name.Name == "init" && fn.Recv == nil {
				t.Errorf("%s has an init function: make it a value that is passed", f.path)
			}
			if n := f.set.Position(fn.End()).Line - f.set.Position(fn.Pos()).Line; n > 70 {
				t.Errorf("%s: %s has %d lines", f.path, fn.Name.Name, n)
			}
		}
	}
}

// TestExportedDocs asks for a comment on every exported declaration.
func TestExportedDocs(t *testing.T) {
	for _, f := range files(t) {
		if f.test {
			continue
		}
		for _, d := range f.tree.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && d.Doc == nil && (d.Recv == nil || exportedReceiver(d)) {
					t.Errorf("%s: %s has no doc comment", f.path, d.Name.Name)
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if ts, ok := s.(*ast.TypeSpec); ok && ts.Name.IsExported() && d.Doc == nil && ts.Doc == nil {
						t.Errorf("%s: %s has no doc comment", f.path, ts.Name.Name)
					}
				}
			}
		}
	}
}

func exportedReceiver(d *ast.FuncDecl) bool {
	t := d.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	id, ok := t.(*ast.Ident)
	return ok && id.IsExported()
}

// TestGlobals refuses package variables that could be changed: only error
// values, embedded files and tables of fixed values may stand there.
func TestGlobals(t *testing.T) {
	for _, f := range files(t) {
		if f.test {
			continue
		}
		for _, d := range f.tree.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			for _, s := range g.Specs {
				v := s.(*ast.ValueSpec)
				if len(v.Values) == 0 && (g.Doc == nil || !strings.Contains(g.Doc.Text()+embedText(g), "go:embed")) && !embedded(f, g) {
					t.Errorf("%s: the global %s has no fixed value", f.path, v.Names[0].Name)
				}
				for _, name := range v.Names {
					if name.IsExported() && !strings.HasPrefix(name.Name, "Err") && !embedded(f, g) {
						t.Errorf("%s: the exported global %s could be changed by anyone; make it a function", f.path, name.Name)
					}
				}
			}
		}
	}
}

func embedText(g *ast.GenDecl) string {
	if g.Doc == nil {
		return ""
	}
	var b strings.Builder
	for _, c := range g.Doc.List {
		b.WriteString(c.Text)
	}
	return b.String()
}

func embedded(f file, g *ast.GenDecl) bool { return strings.Contains(embedText(g), "//go:embed") }

// clocks lists the files that may look at the clock or the environment, and
// what for. Everything else is told the time, and gives the same bytes.
var clocks = map[string]string{
	"internal/build/sums.go":         "whether a time stamp is old enough to be trusted",
	"internal/build/parse.go":        "whether a time stamp is old enough to be trusted",
	"internal/build/pictures.go":     "the same, for pictures",
	"internal/markdown/highlight.go": "whether chroma may have given up on a rule, so that it is asked again",
	"internal/watch/loop.go":         "how long ago the last event was, and how long a look at the tree takes",
	"internal/serve/listen.go":       "until when a piece of a long answer must be taken",
	"internal/relevance/main.go":     "where the labelled questions are",
	"internal/output/lock.go":        "since when the lock is held, for those who wait",
}

func TestClocks(t *testing.T) {
	used := map[string]bool{}
	for _, f := range files(t) {
		if f.test || f.dir == "cmd/peppermill" || f.dir == "internal/bench" {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			pkg, ok := sel.X.(*ast.Ident)
			if name := sel.Sel.Name; ok && (pkg.Name == "time" && (name == "Now" || name == "Since" || name == "Local") || pkg.Name == "os" && (name == "Getenv" || name == "LookupEnv" || name == "Environ")) {
				if used[f.path] = true; clocks[f.path] == "" {
					t.Errorf("%s uses %s.%s; take it as an argument", f.path, pkg.Name, name)
				}
			}
			return true
		})
	}
	for path := range clocks {
		if !used[path] {
			t.Errorf("%s no longer looks at the clock; take it off the list", path)
		}
	}
}

// TestDirectDependencies keeps the promise of at most fifteen modules linked
// into the binary, each named with its reason in the floor plan.
func TestDirectDependencies(t *testing.T) {
	plan, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, f := range files(t) {
		if f.test || f.dir == "internal/bench" {
			continue
		}
		for _, spec := range f.tree.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			for module := range modules {
				if path == module || strings.HasPrefix(path, module+"/") {
					used[module] = true
				}
			}
		}
	}
	if len(used) > 15 || len(used) < 5 {
		t.Errorf("%d direct dependencies are linked into the binary, the promise is at most 15", len(used))
	}
	for module := range used {
		if !strings.Contains(string(plan), "`"+module+"`") {
			t.Errorf("internal/README.md gives no reason for %s", module)
		}
	}
}
