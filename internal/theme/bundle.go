package theme

import (
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/evanw/esbuild/pkg/api"

	"peppermill/internal/diag"
)

// space is the name of esbuild's view of the theme: nothing is ever looked up
// on a disk.
const space = "theme"

// bundler gives esbuild the files that one script or sheet is made of.
type bundler struct {
	files map[string][]byte // by path inside the theme
}

// bundle makes one minified file of entry and all that it imports: a classic
// script (no module, so that it runs from a double-clicked page) or a sheet.
func (b bundler) bundle(entry string) ([]byte, []api.Message, []api.Message) {
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{entry},
		Bundle:            true,
		Write:             false,
		Outdir:            "out",
		AbsWorkingDir:     anyRoot(),
		Format:            api.FormatIIFE,
		Platform:          api.PlatformBrowser,
		Target:            target(entry),
		Engines:           browsers(),
		Charset:           api.CharsetUTF8,
		LegalComments:     api.LegalCommentsInline,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		LogLevel:          api.LogLevelSilent,
		TsconfigRaw:       "{}",
		Plugins:           []api.Plugin{{Name: space, Setup: b.setup}},
	})
	if len(result.Errors) > 0 || len(result.OutputFiles) == 0 {
		return nil, result.Errors, result.Warnings
	}
	return result.OutputFiles[0].Contents, nil, result.Warnings
}

// target is the oldest JavaScript that must do. What the search reads its index
// with, and what unpacks files for Word, is younger than the syntax, so these
// scripts may be written as they are.
func target(entry string) api.Target {
	if entry == searchEntry || entry == wordEntry {
		return api.ES2022
	}
	return api.ES2018
}

// anyRoot is an absolute path that exists everywhere; esbuild wants one, and
// asking for the working folder would make the build depend on it.
func anyRoot() string {
	if runtime.GOOS == "windows" {
		return `C:\`
	}
	return "/"
}

// browsers are the oldest ones whose syntax the sheets may use as it is.
func browsers() []api.Engine {
	return []api.Engine{
		{Name: api.EngineChrome, Version: "111"},
		{Name: api.EngineFirefox, Version: "113"},
		{Name: api.EngineSafari, Version: "16.4"},
	}
}

func (b bundler) setup(p api.PluginBuild) {
	p.OnResolve(api.OnResolveOptions{Filter: `.*`}, b.resolve)
	p.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: space}, b.load)
}

func (b bundler) resolve(args api.OnResolveArgs) (api.OnResolveResult, error) {
	if args.Kind == api.ResolveEntryPoint {
		return api.OnResolveResult{Path: args.Path, Namespace: space}, nil
	}
	if strings.HasPrefix(args.Path, "data:") || strings.HasPrefix(args.Path, "#") {
		return api.OnResolveResult{Path: args.Path, External: true}, nil
	}
	if strings.Contains(args.Path, "://") || strings.HasPrefix(args.Path, "//") {
		return api.OnResolveResult{Path: args.Path, External: true, Warnings: []api.Message{{
			Text: "this asks another site for a file, which the site's pages do not allow: " + args.Path,
		}}}, nil
	}
	name, suffix := cutSuffix(args.Path)
	target := path.Join(path.Dir(args.Importer), name)
	if strings.HasPrefix(name, "/") {
		target = path.Join("assets", name)
	}
	if _, ok := b.files[target]; !ok {
		return api.OnResolveResult{Errors: []api.Message{{Text: b.missing(target)}}}, nil
	}
	if args.Kind == api.ResolveCSSURLToken {
		// The sheet lies in assets/, and so does, at its own path, the file.
		return api.OnResolveResult{Path: "./" + strings.TrimPrefix(target, "assets/") + suffix, External: true}, nil
	}
	return api.OnResolveResult{Path: target, Namespace: space}, nil
}

// cutSuffix splits "x.svg#part" and "x.woff2?v=1".
func cutSuffix(p string) (name, suffix string) {
	if i := strings.IndexAny(p, "?#"); i >= 0 {
		return p[:i], p[i:]
	}
	return p, ""
}

func (b bundler) missing(target string) string {
	text := "there is no file " + quote(target) + " in the theme"
	if near := diag.Near(target, slices.Sorted(maps.Keys(b.files))); near != "" {
		text += "; did you mean " + quote(near) + "?"
	}
	return text
}

func (b bundler) load(args api.OnLoadArgs) (api.OnLoadResult, error) {
	contents := string(b.files[args.Path])
	loader := api.LoaderText
	switch path.Ext(args.Path) {
	case ".css":
		loader = api.LoaderCSS
	case ".js", ".mjs":
		loader = api.LoaderJS
	case ".ts":
		loader = api.LoaderTS
	case ".json":
		loader = api.LoaderJSON
	}
	return api.OnLoadResult{Contents: &contents, Loader: loader}, nil
}

// messages turns what esbuild says into findings, and lists the files it
// speaks of. Text that two bundles share is told once, by Sort.
func (t *tree) messages(list []api.Message, rule string, class diag.Class) (out diag.List, blamed []string) {
	for _, m := range list {
		d := diag.Diagnostic{Rule: rule, Class: class, Message: strings.ToLower(m.Text[:1]) + m.Text[1:]}
		if before, hint, ok := strings.Cut(d.Message, "; did you mean"); ok {
			d.Message, d.Hint = before, "did you mean"+hint
		}
		for _, n := range m.Notes {
			if d.Hint == "" {
				d.Hint = n.Text
			}
		}
		if at := m.Location; at != nil {
			p := strings.TrimPrefix(at.File, space+":")
			blamed = append(blamed, p)
			d.Pos = diag.Pos{Path: t.shown(p), Line: at.Line, Column: runes(at.LineText, at.Column) + 1}
			d.Width = runes(at.LineText, at.Column+at.Length) - d.Pos.Column + 1
			d.Excerpt = at.LineText
			if m.Location.Suggestion != "" && d.Hint == "" {
				d.Hint = "did you mean " + quote(at.Suggestion) + "?"
			}
		}
		out = append(out, d)
	}
	return out, blamed
}

func (t *tree) shown(p string) string {
	if f, ok := t.files[p]; ok {
		return f.shown
	}
	return p
}

func runes(line string, bytes int) int {
	return utf8.RuneCountInString(line[:max(0, min(bytes, len(line)))])
}
