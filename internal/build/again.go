package build

import (
	"errors"
	"slices"

	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/source"
	"peppermill/internal/theme"
)

// ground is all that linking and everything after it stands on. Two runs with
// equal grounds have equal results, so the second is given the first's.
type ground struct {
	options [32]byte
	look    *theme.Theme // the same one again when nothing in it changed
	pages   []*page.Page // likewise, by parse's memo
	sums    sums         // of all files
	found   diag.List    // up to here
}

// equal reports whether nothing differs. changed is what differs in sums.
func (g *ground) equal(o *ground, changed []string) bool {
	return len(changed) == 0 && g.options == o.options && g.look == o.look &&
		slices.Equal(g.pages, o.pages) && slices.Equal(g.found, o.found)
}

// Usable reports whether the settings, the data and the theme could be read:
// without them every page would be a wrong one, and a preview that has a
// better result keeps it.
func (r *Result) Usable() bool {
	return !slices.ContainsFunc(r.Diags, func(d diag.Diagnostic) bool {
		return d.Class == diag.Stop && d.Pos.Path != "" && source.RoleOf(d.Pos.Path) != source.Page && source.RoleOf(d.Pos.Path) != source.Asset
	})
}

// Fault is the finding in an error of opening or writing an entry of the tree:
// a layout of a site's own that a page's values do not fit.
func Fault(err error) diag.Diagnostic {
	var fault *theme.Error
	if errors.As(err, &fault) {
		return fault.Finding
	}
	return diag.Diagnostic{Class: diag.Fix, Message: err.Error()}
}
