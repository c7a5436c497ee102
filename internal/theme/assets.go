package theme

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"path"
	"slices"
	"strings"

	"peppermill/internal/diag"
)

const (
	scriptEntry = "assets/js/site.js"
	searchEntry = "assets/js/search/search.js"
	blanksEntry = "assets/js/blanks/blanks.js"
	wordEntry   = "assets/js/word/word.js"
	styleEntry  = "assets/css/site.css"
	formsEntry  = "assets/css/documents.css"
	findEntry   = "assets/css/find.css"
	formsScript = "assets/js/documents.js"
	customSheet = "custom.css"
	// joint is a sheet that exists only for the bundler: it imports the others
	// in the order in which they may overrule each other.
	joint = "assets/css/all.generated.css"
	brand = "assets/css/brand.generated.css"
	// second and third are the same for the sheets of documents and of the search.
	second = "assets/css/documents.generated.css"
	third  = "assets/css/find.generated.css"
)

// loadAssets bundles the script and the sheet and collects all other assets.
func (t *Theme) loadAssets(in Input) diag.List {
	brandSheet, font, findings := brandSheet(in)
	sheets := map[string][]byte{brand: brandSheet}
	var others []Asset
	for _, p := range slices.Sorted(maps.Keys(in.Generated)) {
		if path.Ext(p) == ".css" {
			sheets["assets/"+p] = in.Generated[p]
		} else {
			others = append(others, Asset{"assets/" + p, in.Generated[p]})
		}
	}
	if font != nil {
		others = append(others, *font)
		sheets[font.Address] = font.Data
	}
	script, more := t.tree.bundle(scriptEntry, nil)
	findings = append(findings, more...)
	t.search, more = t.tree.bundle(searchEntry, nil)
	findings = append(findings, more...)
	t.blanks, more = t.tree.bundle(blanksEntry, nil)
	findings = append(findings, more...)
	filler, more := t.tree.bundle(wordEntry, nil)
	findings = append(findings, more...)
	sheet, more := t.tree.bundle(joint, sheets)
	findings = append(findings, more...)
	documents, more := t.tree.bundle(second, nil)
	findings = append(findings, more...)
	finding, more := t.tree.bundle(third, nil)
	findings = append(findings, more...)
	answering, more := t.tree.bundle(formsScript, nil)
	findings = append(findings, more...)
	t.DocumentSheet, t.DocumentScript = fingerprinted("assets/documents.css", documents), fingerprinted("assets/documents.js", answering)
	t.SearchSheet = fingerprinted("assets/search.css", finding)
	others = append(others, Asset{t.DocumentSheet, documents}, Asset{t.DocumentScript, answering}, Asset{t.SearchSheet, finding})
	t.Script, t.Sheet = fingerprinted("assets/site.js", script), fingerprinted("assets/site.css", sheet)
	t.WordScript = fingerprinted("assets/word.js", filler)
	others = append(others, Asset{t.Script, script}, Asset{t.Sheet, sheet}, Asset{t.WordScript, filler})
	for _, p := range t.tree.under("assets/") {
		switch path.Ext(p) {
		case ".css", ".js", ".mjs", ".ts":
		default:
			others = append(others, Asset{p, t.tree.files[p].data})
		}
	}
	slices.SortStableFunc(others, func(a, b Asset) int { return cmp.Compare(a.Address, b.Address) })
	t.Assets = slices.CompactFunc(others, func(a, b Asset) bool { return a.Address == b.Address })
	return findings
}

// bundle bundles entry; while that fails, own files that are to blame are
// dropped, and in the end every own asset.
func (t *tree) bundle(entry string, extra map[string][]byte) ([]byte, diag.List) {
	var findings diag.List
	for {
		data, errs, warnings := bundler{t.sources(extra)}.bundle(entry)
		list, blamed := t.messages(errs, ruleAsset, diag.Fix)
		findings = append(findings, list...)
		if len(errs) == 0 {
			odd, _ := t.messages(warnings, ruleStyle, diag.Tip)
			return data, append(findings, odd...)
		}
		if !t.dropAssets(blamed) {
			return nil, findings
		}
	}
}

func (t *tree) dropAssets(blamed []string) bool {
	dropped := false
	for _, p := range blamed {
		if t.files[p].own {
			t.drop(p)
			dropped = true
		}
	}
	if dropped {
		return true
	}
	for _, p := range append(t.under("assets/"), customSheet) {
		if t.files[p].own {
			t.drop(p)
			dropped = true
		}
	}
	return dropped
}

// sources is what the bundler may read: the theme's assets, the sheets that
// others made, and the sheet that joins them.
func (t *tree) sources(extra map[string][]byte) map[string][]byte {
	out := map[string][]byte{}
	for p, f := range t.files {
		if strings.HasPrefix(p, "assets/") || p == customSheet {
			out[p] = f.data
		}
	}
	maps.Copy(out, extra)
	order := []string{styleEntry}
	for _, p := range slices.Sorted(maps.Keys(extra)) {
		if path.Ext(p) == ".css" {
			order = append(order, p)
		}
	}
	documents, find := []string{formsEntry}, []string{findEntry}
	if _, ok := out[customSheet]; ok { // the site's own has the last word on all
		order = append(order, "../"+customSheet)
		documents = append(documents, "../"+customSheet)
		find = append(find, "../"+customSheet)
	}
	out[joint], out[second], out[third] = imports(order), imports(documents), imports(find)
	return out
}

// imports is a sheet that consists of others.
func imports(sheets []string) []byte {
	var b strings.Builder
	for _, p := range sheets {
		b.WriteString("@import \"/" + strings.TrimPrefix(p, "assets/") + "\";\n")
	}
	return []byte(b.String())
}

// fingerprinted puts the first eight hexadecimal digits of the contents'
// SHA-256 before the ending, so that the name changes with the contents and
// only with them.
func fingerprinted(address string, data []byte) string {
	sum := sha256.Sum256(data)
	ext := path.Ext(address)
	return strings.TrimSuffix(address, ext) + "." + hex.EncodeToString(sum[:4]) + ext
}
