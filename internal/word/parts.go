package word

import "strings"

// contentTypes says what each part is.
func contentTypes() string {
	const wordml = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	var b strings.Builder
	b.WriteString(declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/><Default Extension="gif" ContentType="image/gif"/>`)
	for _, part := range [][2]string{
		{"word/document.xml", wordml + "document.main+xml"}, {"word/styles.xml", wordml + "styles+xml"}, {"word/settings.xml", wordml + "settings+xml"},
		{"word/numbering.xml", wordml + "numbering+xml"}, {"word/footnotes.xml", wordml + "footnotes+xml"},
		{"word/header1.xml", wordml + "header+xml"}, {"word/footer1.xml", wordml + "footer+xml"},
		{"docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"},
		{"docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"},
	} {
		b.WriteString(`<Override PartName="/` + part[0] + `" ContentType="` + part[1] + `"/>`)
	}
	b.WriteString(`</Types>`)
	return b.String()
}

// relations is the part that says what another leads to.
func relations(list []relation) string {
	var b strings.Builder
	b.WriteString(declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i, r := range list {
		kind := "http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + r.kind
		if r.kind == "core" {
			kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
		}
		b.WriteString(`<Relationship Id="rId` + num(i+1) + `" Type="` + kind + `" Target="` + esc(r.target) + `"`)
		if r.mode != "" {
			b.WriteString(` TargetMode="` + r.mode + `"`)
		}
		b.WriteString(`/>`)
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}

// top lists what a reader of the file begins with.
func top() []relation {
	return []relation{{"officeDocument", "word/document.xml", ""}, {"core", "docProps/core.xml", ""}, {"extended-properties", "docProps/app.xml", ""}}
}

func app() string {
	return declaration + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Peppermill</Application></Properties>`
}

// footnotes is the part that holds the notes, below the lines that stand above
// notes and above those that go on.
func (m *maker) footnotes() string {
	line := func(kind string, id int) string {
		return `<w:footnote w:type="` + kind + `" w:id="` + num(id) + `"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:` + kind + `/></w:r></w:p></w:footnote>`
	}
	return declaration + `<w:footnotes` + spaces + `>` + line("separator", 0) + line("continuationSeparator", 1) + m.foot.String() + `</w:footnotes>`
}

// core is what file managers and document systems show.
func (d *Document) core() string {
	var b strings.Builder
	b.WriteString(declaration + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	put := func(name, attrs, text string) {
		if text != "" {
			b.WriteString("<" + name + attrs + ">" + esc(text) + "</" + name + ">")
		}
	}
	put("dc:title", "", d.Name)
	put("dc:subject", "", d.Subject)
	put("dc:creator", "", d.Creator)
	put("dc:description", "", d.Summary)
	put("dc:language", "", d.Lang)
	put("dcterms:created", ` xsi:type="dcterms:W3CDTF"`, d.Created)
	put("dcterms:modified", ` xsi:type="dcterms:W3CDTF"`, d.Changed)
	b.WriteString(`</cp:coreProperties>`)
	return b.String()
}

// settings are those of the document, not of its looks. Without the last of
// them Word opens a file as one of an older Word.
func settings() string {
	return declaration + `<w:settings` + spaces + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>` +
		`<w:footnotePr><w:footnote w:id="0"/><w:footnote w:id="1"/></w:footnotePr>` +
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`
}
