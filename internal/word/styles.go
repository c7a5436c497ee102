package word

import "strings"

// Measures in twentieths of a point.
const (
	margin = 1134 // two centimetres
	step   = 420  // by which a list stands in
	inset  = 140  // by which a box's text stands in
)

// paper is the size of a sheet.
func (d *Document) paper() (width, height int) {
	if d.Letter {
		return 12240, 15840
	}
	return 11906, 16838
}

// column is how wide the text runs.
func (d *Document) column() int {
	width, _ := d.paper()
	return width - 2*margin
}

// paragraph makes a paragraph style. ppr and rpr are properties in the order
// that the schema wants.
func paragraph(id, name, based, next, ppr, rpr string) string {
	s := `<w:style w:type="paragraph" w:customStyle="1" w:styleId="` + id + `"><w:name w:val="` + name + `"/>`
	switch id { // styles that Word knows itself
	case "Title", "Heading1", "Heading2", "Heading3", "Heading4", "Heading5", "Heading6", "ListParagraph", "Quote",
		"Caption", "Header", "Footer", "FootnoteText":
		s = strings.Replace(s, ` w:customStyle="1"`, "", 1)
	}
	s += `<w:basedOn w:val="` + based + `"/>`
	if next != "" {
		s += `<w:next w:val="` + next + `"/>`
	}
	s += `<w:qFormat/>`
	if ppr != "" {
		s += `<w:pPr>` + ppr + `</w:pPr>`
	}
	if rpr != "" {
		s += `<w:rPr>` + rpr + `</w:rPr>`
	}
	return s + `</w:style>`
}

func heading(level int, size, before string) string {
	n := num(level)
	return paragraph("Heading"+n, "heading "+n, "Normal", "Normal",
		`<w:keepNext/><w:keepLines/><w:spacing w:before="`+before+`" w:after="80" w:line="240" w:lineRule="auto"/><w:outlineLvl w:val="`+num(level-1)+`"/>`,
		`<w:b/><w:bCs/><w:sz w:val="`+size+`"/><w:szCs w:val="`+size+`"/>`)
}

// box is a style of shaded text with a bar at its side.
func (d *Document) box(id, name, bar, fill string) string {
	pad := func(side string) string {
		return `<w:` + side + ` w:val="single" w:sz="4" w:space="3" w:color="` + fill + `"/>`
	}
	return paragraph(id, name, "Normal", "",
		`<w:keepLines/><w:pBdr>`+pad("top")+`<w:left w:val="single" w:sz="24" w:space="6" w:color="`+bar+`"/>`+pad("bottom")+`</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="`+fill+`"/>`+
			`<w:spacing w:before="60" w:after="60"/><w:ind w:left="`+num(inset)+`"/>`, "")
}

// styles is the part that says how everything looks.
func (d *Document) styles() string {
	lang, bidi := esc(d.Lang), ""
	if d.Dir == "rtl" {
		bidi = `<w:bidi/>`
	}
	soft := `<w:color w:val="595959"/>`
	small := `<w:sz w:val="18"/><w:szCs w:val="18"/>`
	line := func(where string) string {
		return `<w:` + where + ` w:val="single" w:sz="6" w:space="4" w:color="` + d.Accent + `"/>`
	}
	tabs := `<w:tabs><w:tab w:val="right" w:pos="` + num(d.column()) + `"/></w:tabs>`
	all := []string{declaration + `<w:styles` + spaces + `><w:docDefaults><w:rPrDefault><w:rPr>` +
		`<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Arial"/><w:sz w:val="22"/><w:szCs w:val="22"/>` +
		`<w:lang w:val="` + lang + `" w:eastAsia="` + lang + `" w:bidi="` + lang + `"/></w:rPr></w:rPrDefault>` +
		`<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`,
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>`,
		`<w:pPr>` + bidi + `</w:pPr></w:style>`,
		paragraph("Title", "Title", "Normal", "Normal", `<w:keepNext/><w:pBdr>`+line("bottom")+`</w:pBdr><w:spacing w:after="200" w:line="240" w:lineRule="auto"/>`,
			`<w:b/><w:bCs/><w:sz w:val="40"/><w:szCs w:val="40"/>`),
		heading(1, "30", "320"), heading(2, "26", "260"), heading(3, "24", "220"),
		heading(4, "22", "180"), heading(5, "22", "160"), heading(6, "22", "160"),
		paragraph("ListParagraph", "List Paragraph", "Normal", "", `<w:spacing w:after="60"/><w:ind w:left="`+num(step)+`"/>`, ""),
		paragraph("Quote", "Quote", "Normal", "", `<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="A6A6A6"/></w:pBdr><w:ind w:left="`+num(2*inset)+`"/>`, soft),
		d.box("Note", "Note", d.Accent, "F2F2F2"), d.box("Warning", "Warning", "B45309", "FDF3E3"),
		d.box("Say", "Say", "2C6636", "EDF5EE"), d.box("Avoid", "Avoid", "97400C", "FBEFE6"),
		d.box("Staff", "Staff only", "7F7F7F", "F2F2F2"),
		paragraph("BlockTitle", "Block Title", "Normal", "Normal", `<w:keepNext/><w:spacing w:before="120" w:after="40"/>`, `<w:b/><w:bCs/>`),
		paragraph("CodeBlock", "Code Block", "Normal", "", `<w:shd w:val="clear" w:color="auto" w:fill="F5F5F5"/><w:spacing w:before="60" w:line="240" w:lineRule="auto"/>`,
			`<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/><w:noProof/>`+small),
		paragraph("DefinitionTerm", "Definition Term", "Normal", "Definition", `<w:keepNext/><w:spacing w:before="80" w:after="0"/>`, `<w:b/><w:bCs/>`),
		paragraph("Definition", "Definition", "Normal", "", `<w:ind w:left="`+num(step)+`"/>`, ""),
		paragraph("TableText", "Table Text", "Normal", "", `<w:spacing w:before="30" w:after="30" w:line="252" w:lineRule="auto"/>`, `<w:sz w:val="20"/><w:szCs w:val="20"/>`),
		paragraph("TableHead", "Table Head", "TableText", "", `<w:keepNext/>`, `<w:b/><w:bCs/>`),
		paragraph("Banner", "Banner", "Normal", "", `<w:pBdr><w:top w:val="single" w:sz="6" w:space="4" w:color="B45309"/><w:bottom w:val="single" w:sz="6" w:space="4" w:color="B45309"/></w:pBdr>`, `<w:b/><w:bCs/>`),
		paragraph("Rule", "Rule", "Normal", "Normal", `<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="A6A6A6"/></w:pBdr>`, ""),
		paragraph("Caption", "caption", "Normal", "", "", soft+small),
		paragraph("Header", "header", "Normal", "", `<w:pBdr>`+line("bottom")+`</w:pBdr>`+tabs+`<w:spacing w:after="0"/>`, soft+small),
		paragraph("Footer", "footer", "Normal", "", tabs+`<w:spacing w:after="0"/>`, soft+small),
		paragraph("FootnoteText", "footnote text", "Normal", "", `<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>`, `<w:sz w:val="20"/><w:szCs w:val="20"/>`),
		characterStyles, tableStyle, `</w:styles>`}
	return strings.Join(all, "")
}

const characterStyles = `<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>` +
	`<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="0B5394"/><w:u w:val="single"/></w:rPr></w:style>` +
	`<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/><w:rPr><w:color w:val="595959"/><w:u w:val="dotted"/></w:rPr></w:style>` +
	`<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>` +
	`<w:style w:type="character" w:customStyle="1" w:styleId="Code"><w:name w:val="Code"/><w:rPr><w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/><w:noProof/><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr></w:style>`

const tableStyle = `<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>` +
	`<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>` +
	`<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>` +
	`<w:top w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/><w:left w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>` +
	`<w:bottom w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/><w:right w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>` +
	`<w:insideH w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>` +
	`</w:tblBorders></w:tblPr></w:style>`
