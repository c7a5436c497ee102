package theme

import (
	"fmt"
	"html/template"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"text/template/parse"

	"peppermill/internal/diag"
)

// Contract says which layouts a theme has and what kind of value each is given:
// a View, a Redirect, a Piece, a Sidebar or a SidebarItem. Layouts beyond
// these, such as "types/policy", are given a View.
func Contract() map[string]any {
	return map[string]any{
		"single":              View{},
		"section":             View{},
		"home":                View{},
		"list":                View{},
		"404":                 View{},
		"print":               View{},
		"report":              View{},
		"redirect":            Redirect{},
		"pieces/head":         Piece{},
		"pieces/header":       Piece{},
		"pieces/footer":       Piece{},
		"pieces/sidebar-open": Sidebar{}, "pieces/sidebar-close": Sidebar{},
		"pieces/sidebar-item": SidebarItem{},
	}
}

// Functions are what layouts can call beside html/template's own: pure, and
// all of them harmless.
func Functions() map[string]any {
	return map[string]any{
		"join":    func(sep string, list []any) string { return strings.Join(texts(list), sep) },
		"lower":   strings.ToLower,
		"upper":   strings.ToUpper,
		"default": func(fallback, value any) any { return orElse(value, fallback) },
	}
}

func texts(list []any) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = fmt.Sprint(v)
	}
	return out
}

func orElse(value, fallback any) any {
	if truth, _ := template.IsTrue(value); truth {
		return value
	}
	return fallback
}

const ending = ".html"

// fault is one thing wrong with one layout file.
type fault struct {
	path    string // inside the theme; "" when nobody can say
	finding diag.Diagnostic
}

// loadLayouts parses and tries every layout. While something is wrong, the
// site's own files that are to blame are dropped and the rest is tried again;
// when nobody in particular is to blame, all of them are.
func loadLayouts(t *tree) (map[string]*template.Template, diag.List) {
	var findings diag.List
	for {
		layouts, faults := parseLayouts(t)
		if len(faults) == 0 {
			layouts, faults = tryLayouts(t, layouts)
		}
		for _, f := range faults {
			findings = append(findings, f.finding)
		}
		if len(faults) == 0 || !dropFaulty(t, faults) {
			return layouts, findings
		}
	}
}

// dropFaulty drops own files that are to blame; false when there are none left.
func dropFaulty(t *tree, faults []fault) bool {
	dropped := false
	for _, f := range faults {
		if t.files[f.path].own {
			t.drop(f.path)
			dropped = true
		}
	}
	if dropped {
		return true
	}
	for _, p := range t.under("layouts/") {
		if t.files[p].own {
			t.drop(p)
			dropped = true
		}
	}
	return dropped
}

// parseLayouts makes one template set for each layout: the frame and the
// partials, and the layout's own definitions over them.
func parseLayouts(t *tree) (map[string]*template.Template, []fault) {
	common := template.New("").Funcs(Functions())
	var faults []fault
	var names []string
	for _, p := range t.under("layouts/") {
		name := strings.TrimPrefix(p, "layouts/")
		if path.Ext(name) != ending {
			continue
		}
		if name != "base.html" && !strings.HasPrefix(name, "partials/") {
			names = append(names, name)
			continue
		}
		if _, err := common.New(name).Parse(string(t.files[p].data)); err != nil {
			faults = append(faults, t.fault(err, name, nil))
		}
	}
	layouts := map[string]*template.Template{}
	for _, name := range names {
		l, err := parseLayout(common, name, string(t.files["layouts/"+name].data))
		if err != nil {
			faults = append(faults, t.fault(err, name, nil))
			continue
		}
		layouts[strings.TrimSuffix(name, ending)] = l
	}
	return layouts, faults
}

// parseLayout returns what runs the layout: the frame when it defines "main",
// else the layout by itself.
func parseLayout(common *template.Template, name, text string) (*template.Template, error) {
	set, err := common.Clone()
	if err != nil {
		return nil, err
	}
	own, err := set.New(name).Parse(text)
	if err != nil {
		return nil, err
	}
	if set.Lookup("main") == nil {
		return own, nil
	}
	if strings.HasPrefix(name, "pieces/") || name == "redirect.html" {
		return own, nil
	}
	if base := set.Lookup("base.html"); base != nil {
		return base, nil
	}
	return own, nil
}

// tryLayouts runs every layout on a value in which everything is filled and on
// one in which nothing is, so that a wrong name is found before a page needs
// it. Layouts that fail are left out.
func tryLayouts(t *tree, layouts map[string]*template.Template) (map[string]*template.Template, []fault) {
	var faults []fault
	contract := Contract()
	for _, name := range slices.Sorted(maps.Keys(layouts)) {
		kind, known := contract[name]
		if !known {
			kind = View{}
		}
		for _, sample := range samples(kind) {
			err := layouts[name].Execute(io.Discard, sample)
			if err == nil || !certain(err) {
				continue
			}
			faults = append(faults, t.fault(err, name+ending, definitions(layouts[name])))
			delete(layouts, name)
			break
		}
	}
	return layouts, faults
}

// definitions lists the names that {{template}} can call, sorted.
func definitions(t *template.Template) []string {
	var out []string
	for _, d := range t.Templates() {
		if d.Tree != nil && !parse.IsEmptyTree(d.Tree.Root) {
			out = append(out, d.Name())
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// fault explains an error that trying the layout brought up, and says which
// file is to blame: the one it names, else the layout itself.
func (t *tree) fault(err error, layout string, defined []string) fault {
	at := parseError(err)
	p := "layouts/" + at.file
	if _, ok := t.files[p]; !ok {
		p = "layouts/" + layout
	}
	f := t.files[p]
	d := explain(at, string(f.data), defined)
	d.Pos.Path = f.shown
	d.Excerpt = lineOf(string(f.data), d.Pos.Line)
	if f.own {
		d.Hint += "; until then the built-in layout is used"
	}
	return fault{p, d}
}
