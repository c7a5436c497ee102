package build

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"maps"
	"path"

	"peppermill/internal/config"
	"peppermill/internal/diag"
	"peppermill/internal/markdown"
	"peppermill/internal/source"
	"peppermill/internal/theme"
	"peppermill/themes"
)

// configure reads the settings, data and profiles. They are few and small
// beside the pages, so they are read whole in every run.
func configure(tree *source.Tree, o Options) (*config.Config, diag.List) {
	in := config.Input{Profile: o.Profile, BaseURL: o.BaseURL, Edition: o.Edition}
	var diags diag.List
	for _, e := range tree.Entries {
		if e.Role != source.Settings && e.Role != source.Data && e.Role != source.Profile {
			continue
		}
		l := tree.Load(e)
		diags = append(diags, l.Diags...)
		switch {
		case l.File.Data == nil && e.Role == source.Settings:
			diags = append(diags, diag.Diagnostic{Rule: ruleSettings, Pos: diag.Pos{Path: e.Path},
				Message: "the settings cannot be used, so nobody knows what they would keep back", Hint: "mend the file, or take it away to build with defaults"})
		case l.File.Data == nil:
		case e.Role == source.Settings:
			in.Settings = l.File
		case e.Role == source.Data:
			in.Data = append(in.Data, l.File)
		default:
			in.Profiles = append(in.Profiles, l.File)
		}
	}
	cfg, found := config.Load(in)
	return cfg, append(append(diags, found...), cfg.CheckRules(Rules())...)
}

// dress loads the theme, or keeps the last run's when nothing in it changed.
func (b *Builder) dress(tree *source.Tree, in Input, cfg *config.Config) diag.List {
	light, dark := markdown.HighlightCSS()
	ti := theme.Input{
		Embedded: themes.Default(), EmbeddedName: "themes/default",
		Override: in.Theme, OverrideName: in.ThemeName,
		Generated: map[string][]byte{"css/highlight.css": []byte(highlightSheet(light, dark))},
		Brand:     cfg.Brand,
		Previous:  b.theme,
	}
	if ti.Override == nil {
		if own, err := fs.Sub(tree.FS(), "_theme"); err == nil && exists(own) {
			ti.Override, ti.OverrideName = own, "_theme"
		}
	}
	var diags diag.List
	if path.Ext(cfg.Brand.Font) == ".woff2" {
		var err error
		if ti.Font, err = tree.Raw(cfg.Brand.Font); err != nil {
			diags = append(diags, diag.Diagnostic{Rule: ruleFont, Pos: diag.Pos{Path: "site.yaml"},
				Message: "the font " + cfg.Brand.Font + " cannot be read", Hint: "give its path in the content folder, or the name of a font family"})
			cfg.Brand.Font, ti.Brand.Font = "", ""
		}
	}
	look, found := theme.Load(ti)
	b.theme = look
	return append(diags, found...)
}

// highlightSheet puts each colour of night where day's cannot shine through:
// a token that only one of the sheets names must not keep the other's colour.
func highlightSheet(light, dark string) string {
	return "@media not screen, (prefers-color-scheme: light) {\n" + light + "}\n@media screen and (prefers-color-scheme: dark) {\n" + dark + "}\n"
}

func exists(fsys fs.FS) bool {
	_, err := fs.Stat(fsys, ".")
	return !errors.Is(err, fs.ErrNotExist)
}

// words lays the site's interface words over the theme's.
func words(base, own config.Words) config.Words {
	if len(own) == 0 {
		return base
	}
	out := config.Words{}
	for _, layer := range []config.Words{base, own} {
		for lang, texts := range layer {
			merged := maps.Clone(out[lang])
			if merged == nil {
				merged = make(map[string]string, len(texts))
			}
			for k, v := range texts {
				merged[k] = config.Over(k, v, merged[k])
			}
			out[lang] = merged
		}
	}
	return out
}

// optionsSum names all options that a result depends on.
func optionsSum(o Options) [32]byte {
	h := sha256.New()
	field(h, o.Now.UTC().Format("2006-01-02T15:04:05.999999999Z"))
	for _, on := range []bool{o.Drafts, o.Future, o.Expired, o.Strict} {
		h.Write([]byte{map[bool]byte{true: 1}[on]})
	}
	h.Write([]byte{byte(o.Edition)})
	field(h, o.Profile)
	field(h, o.BaseURL)
	field(h, ruleText(o.Rules))
	h.Write(o.Tool[:])
	return [32]byte(h.Sum(nil))
}
