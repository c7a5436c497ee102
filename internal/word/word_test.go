package word

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write the expected results anew")

func sample() Document {
	return Document{Lang: "en-GB", Dir: "ltr", Accent: "12585A", Name: "Refunds", Title: "Refunds", ShowTitle: true,
		PageOf: "Page {page} of {pages}", Footer: "The Good Counter"}
}

// dot is a picture of one pixel.
const dot = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"

func made(t testing.TB, d Document) map[string]string {
	t.Helper()
	var p Press
	var b bytes.Buffer
	err := p.Write(&b, d, func(src string) ([]byte, error) {
		if strings.HasSuffix(src, ".webp") {
			return []byte("RIFF....WEBP"), nil
		}
		return []byte(dot), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return opened(t, b.Bytes())
}

// opened reads an archive, and holds what every such file must keep to.
func opened(t testing.TB, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for i, f := range z.File {
		if i == 0 && f.Name != "[Content_Types].xml" {
			t.Errorf("%s comes first", f.Name)
		}
		if f.ModifiedDate != firstDay {
			t.Errorf("%s has a date", f.Name)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		parts[f.Name] = string(text)
	}
	sound(t, parts)
	return parts
}

// sound holds that all parts are XML, that whatever a part refers to is there,
// that no number is given twice, and that a cell ends with a paragraph: Word
// refuses files in which one of these is not so.
func sound(t testing.TB, parts map[string]string) {
	t.Helper()
	used := map[string]bool{}
	for name, text := range parts {
		if strings.HasPrefix(name, "word/media/") {
			continue
		}
		for d := xml.NewDecoder(strings.NewReader(text)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s is no XML: %v\n%s", name, err, text)
			}
		}
		rels := parts[filepath.Dir(name)+"/_rels/"+filepath.Base(name)+".rels"]
		for _, m := range regexp.MustCompile(` r:(?:id|embed)="([^"]*)"`).FindAllStringSubmatch(text, -1) {
			if !strings.Contains(rels, `Id="`+m[1]+`"`) {
				t.Errorf("%s refers to %s, which its relations do not have", name, m[1])
			}
		}
		for _, m := range regexp.MustCompile(`<w:id w:val="(\d+)"/>`).FindAllStringSubmatch(text, -1) {
			if used[m[1]] {
				t.Errorf("%s gives the number %s a second time", name, m[1])
			}
			used[m[1]] = true
		}
		if strings.Contains(text, "</w:tbl></w:tc>") || strings.Contains(text, "</w:tcPr></w:tc>") {
			t.Errorf("%s has a cell that does not end with a paragraph", name)
		}
		if open, shut := strings.Count(text, "<w:p>"), strings.Count(text, "</w:p>"); open != shut {
			t.Errorf("%s opens %d paragraphs and closes %d", name, open, shut)
		}
	}
	doc := parts["word/document.xml"]
	for _, m := range regexp.MustCompile(`<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]*)"`).FindAllStringSubmatch(doc, -1) {
		if !strings.Contains(parts["word/styles.xml"], `w:styleId="`+m[1]+`"`) {
			t.Errorf("there is no style %s", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`<w:numId w:val="(\d+)"`).FindAllStringSubmatch(doc, -1) {
		if !strings.Contains(parts["word/numbering.xml"], `<w:num w:numId="`+m[1]+`"`) {
			t.Errorf("there is no list %s", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`<w:footnoteReference w:id="(\d+)"`).FindAllStringSubmatch(doc, -1) {
		if !strings.Contains(parts["word/footnotes.xml"], `<w:footnote w:id="`+m[1]+`"`) {
			t.Errorf("there is no note %s", m[1])
		}
	}
}

// node is an element of a part.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Nodes   []node     `xml:",any"`
}

func (n node) val(path ...string) (string, bool) {
	if len(path) == 0 {
		for _, a := range n.Attrs {
			if a.Name.Local == "val" {
				return a.Value, true
			}
		}
		return "", true
	}
	for _, c := range n.Nodes {
		if c.XMLName.Local == path[0] {
			return c.val(path[1:]...)
		}
	}
	return "", false
}

func (n node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// shown writes a part as lines, one a paragraph, with its style before it.
func shown(t testing.TB, text, rels string) string {
	t.Helper()
	var root node
	if err := xml.Unmarshal([]byte(text), &root); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	s := shower{&b, rels}
	s.blocks(root, "")
	return b.String()
}

type shower struct {
	*strings.Builder
	rels string
}

func (s shower) blocks(n node, before string) {
	for _, c := range n.Nodes {
		switch c.XMLName.Local {
		case "p":
			s.paragraph(c, before)
		case "tbl":
			for _, row := range c.Nodes {
				if row.XMLName.Local != "tr" {
					continue
				}
				mark := before + "row"
				if _, head := row.val("trPr", "tblHeader"); head {
					mark = before + "head"
				}
				s.WriteString(mark + "\n")
				s.blocks(row, before+"  ")
			}
		case "tc":
			mark := before + "|"
			if span, ok := c.val("tcPr", "gridSpan"); ok {
				mark += " over " + span
			}
			if merge, ok := c.val("tcPr", "vMerge"); ok {
				mark += " " + merge
			}
			s.WriteString(mark + "\n")
			s.blocks(c, before+"  ")
		case "footnote":
			s.WriteString(before + "note " + c.attr("id") + "\n")
			s.blocks(c, before+"  ")
		case "body":
			s.blocks(c, before)
		}
	}
}

func (s shower) paragraph(n node, before string) {
	if _, exact := n.val("pPr", "spacing"); exact && len(n.Nodes) == 1 {
		s.WriteString(before + "–\n")
		return
	}
	style, _ := n.val("pPr", "pStyle")
	s.WriteString(before + cmp.Or(style, "Normal"))
	if list, ok := n.val("pPr", "numPr", "numId"); ok {
		level, _ := n.val("pPr", "numPr", "ilvl")
		s.WriteString(" " + list + "." + level)
	}
	for _, c := range n.Nodes {
		if c.XMLName.Local != "pPr" {
			continue
		}
		for _, p := range c.Nodes {
			switch p.XMLName.Local {
			case "ind":
				s.WriteString(" in " + p.attr("left"))
				if h := p.attr("hanging"); h != "" {
					s.WriteString("-" + h)
				}
			case "jc":
				s.WriteString(" " + p.attr("val"))
			case "bidi":
				s.WriteString(" bidi " + p.attr("val"))
			case "keepNext":
				s.WriteString(" keep")
			}
		}
	}
	s.WriteString(": ")
	s.runs(n)
	s.WriteString("\n")
}

func (s shower) runs(n node) {
	for _, c := range n.Nodes {
		switch c.XMLName.Local {
		case "r":
			s.run(c)
		case "hyperlink":
			target := "#" + c.attr("anchor")
			if id := c.attr("id"); id != "" {
				target = regexp.MustCompile(`Id="` + id + `"[^>]*Target="([^"]*)"`).FindStringSubmatch(s.rels)[1]
			}
			s.WriteString("<" + target + " ")
			s.runs(c)
			s.WriteString(">")
		case "sdt":
			tag, _ := c.val("sdtPr", "tag")
			s.WriteString("{" + tag + " ")
			for _, in := range c.Nodes {
				if in.XMLName.Local == "sdtContent" {
					s.runs(in)
				}
			}
			s.WriteString("}")
		case "bookmarkStart":
			s.WriteString("(" + c.attr("name") + ")")
		}
	}
}

func (s shower) run(n node) {
	looks := ""
	for _, c := range n.Nodes {
		switch c.XMLName.Local {
		case "rPr":
			for _, p := range c.Nodes {
				v := p.attr("val")
				switch p.XMLName.Local {
				case "b", "i", "strike", "u", "highlight", "rtl":
					looks += p.XMLName.Local + " "
				case "rStyle", "vertAlign", "lang":
					looks += v + " "
				}
			}
			if looks != "" {
				s.WriteString("⟨" + looks)
			}
		case "t":
			s.WriteString(c.Text)
		case "br":
			s.WriteString("⏎")
		case "tab":
			s.WriteString("⇥")
		case "footnoteReference":
			s.WriteString("note " + c.attr("id"))
		case "footnoteRef":
			s.WriteString("own")
		case "drawing":
			s.WriteString("picture")
		}
	}
	if looks != "" {
		s.WriteString("⟩")
	}
}

// TestContent holds what becomes of each kind of markup.
func TestContent(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range files {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(ar.Files); i += 2 {
			in, want := ar.Files[i], &ar.Files[i+1]
			t.Run(filepath.Base(name)+"/"+in.Name, func(t *testing.T) {
				d := sample()
				d.Content = string(in.Data)
				d.Pictures = []Picture{{Src: "till.png"}, {Src: "till.webp"}}
				d.ShowTitle = !strings.Contains(in.Name, "own title")
				if strings.Contains(in.Name, "right to left") {
					d.Dir, d.Lang = "rtl", "ar-EG"
				}
				parts := made(t, d)
				got := shown(t, parts["word/document.xml"], parts["word/_rels/document.xml.rels"])
				if d.ShowTitle {
					got = strings.TrimPrefix(got, "Title keep: Refunds\n")
				}
				if notes := parts["word/footnotes.xml"]; strings.Contains(notes, `<w:footnote w:id="2"`) {
					_, rest, _ := strings.Cut(shown(t, notes, parts["word/_rels/footnotes.xml.rels"]), "note 2")
					got += "note 2" + rest
				}
				if *update {
					want.Data = []byte(got)
				} else if got != string(want.Data) {
					t.Errorf("got\n%s\nwant\n%s", got, want.Data)
				}
			})
		}
		if *update {
			if err := os.WriteFile(name, txtar.Format(ar), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestSameBytes holds that a file depends on its document alone, and not on
// what was made before it.
func TestSameBytes(t *testing.T) {
	var old, fresh Press
	d := sample()
	d.Content = `<ol><li>One</li></ol><p>Two<sup class="footnote"><a href="#fn:1" role="doc-noteref">1</a></sup></p><section class="footnotes"><ol><li id="fn:1"><p>Note</p></li></ol></section>`
	other := d
	other.Lang, other.Accent, other.Content, other.Footer = "de-DE", "000000", "<ul><li>x</li></ul>", "else"
	var a, b, c bytes.Buffer
	for _, w := range []struct {
		p *Press
		d Document
		b *bytes.Buffer
	}{{&old, other, &c}, {&old, d, &a}, {&fresh, d, &b}} {
		if err := w.p.Write(w.b, w.d, nil); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("the same document gives other bytes")
	}
	if bytes.Equal(a.Bytes(), c.Bytes()) {
		t.Error("another document gives the same bytes")
	}
}

// TestFacts holds the title block, the margins and the file's properties.
func TestFacts(t *testing.T) {
	d := sample()
	d.Title = `Refunds at <span class="blank" data-blank="business-name"><span class="visually-hidden">To fill in: </span>your &amp; name</span>`
	d.Name, d.Creator, d.Subject, d.Summary = "Refunds at your & name", "Sam", "Policy", "Money <back>"
	d.Created, d.Changed = "2026-03-09T00:00:00Z", "2026-04-01T00:00:00Z"
	d.Header, d.Footer = "Version 2 · Next review 3 March 2027", "The Good Counter · Uncontrolled when printed"
	d.Facts = []Fact{{"Owner", "Sam"}, {"Version", "2"}, {"Status", "Approved"}}
	d.Banners = []string{"This document has been retired."}
	d.Letter = true
	parts := made(t, d)
	for name, wants := range map[string][]string{
		"word/document.xml": {`w:val="business-name"`, `[your &amp; name]`, `<w:pgSz w:w="12240" w:h="15840"/>`, `<w:pStyle w:val="Banner"/>`},
		"word/header1.xml":  {`w:val="business-name"`, "Version 2 · Next review 3 March 2027"},
		"word/footer1.xml":  {"Uncontrolled when printed", " PAGE ", " NUMPAGES ", ">Page <", "> of <"},
		"docProps/core.xml": {"<dc:title>Refunds at your &amp; name</dc:title>", "<dc:creator>Sam</dc:creator>", "<dc:subject>Policy</dc:subject>", "Money &lt;back&gt;",
			`<dcterms:created xsi:type="dcterms:W3CDTF">2026-03-09T00:00:00Z</dcterms:created>`, "2026-04-01T00:00:00Z"},
		"word/styles.xml": {`<w:lang w:val="en-GB"`, `<w:outlineLvl w:val="0"/>`, `<w:outlineLvl w:val="5"/>`},
	} {
		for _, want := range wants {
			if !strings.Contains(parts[name], want) {
				t.Errorf("%s has no %s\n%s", name, want, parts[name])
			}
		}
	}
	got := shown(t, parts["word/document.xml"], "")
	want := "Banner: This document has been retired.\nTitle keep: Refunds at {business-name ⟨PlaceholderText [your & name]⟩}\n" +
		"row\n  |\n    TableHead: Owner\n  |\n    TableText: Sam\n  |\n    TableHead: Version\n  |\n    TableText: 2\n" +
		"row\n  |\n    TableHead: Status\n  | over 3\n    TableText: Approved\n–\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if plain := made(t, sample()); strings.Contains(plain["docProps/core.xml"], "dcterms:created") || strings.Contains(plain["word/document.xml"], "<w:tbl>") {
		t.Error("a page that says nothing of itself has dates or a title block")
	}
}

func TestPictures(t *testing.T) {
	d := sample()
	d.Content = `<p><img src="till.png" alt="The &quot;till&quot;" width="1600" height="1200"><img src="till.png" alt="" width="10" height="10"></p>`
	d.Pictures = []Picture{{Src: "till.png"}}
	parts := made(t, d)
	if parts["word/media/picture1.png"] != dot || len(parts["word/media/picture2.png"]) > 0 {
		t.Error("the picture is not in the file, once")
	}
	doc := parts["word/document.xml"]
	for _, want := range []string{`descr="The &#34;till&#34;"`, `<wp:extent cx="6120130" cy="4590097"/>`, `<wp:extent cx="95250" cy="95250"/>`} {
		if !strings.Contains(doc, want) {
			t.Errorf("no %s in %s", want, doc)
		}
	}
	var p Press
	failure := errors.New("gone")
	if err := p.Write(io.Discard, d, func(string) ([]byte, error) { return nil, failure }); !errors.Is(err, failure) {
		t.Errorf("a picture that cannot be read gives %v", err)
	}
}

// TestDeep holds that markup deeper than a parser takes is read all the same.
func TestDeep(t *testing.T) {
	d := sample()
	d.Content = strings.Repeat("<div>", 2000) + "<p>at the &lt;bottom</p>" + strings.Repeat("</div>", 2000)
	if doc := made(t, d)["word/document.xml"]; !strings.Contains(doc, "at the &lt;bottom") {
		t.Error("the text is lost")
	}
	d.Content = strings.Repeat("<ul><li>point", 40) + strings.Repeat("</li></ul>", 40)
	if doc := made(t, d)["word/document.xml"]; strings.Count(doc, "point") != 40 || strings.Contains(doc, `<w:ilvl w:val="9"/>`) {
		t.Error("lists deeper than Word's nine levels")
	}
}

// FuzzWrite holds that any markup makes a sound file that says what it says.
func FuzzWrite(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range files {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for i := 0; i < len(ar.Files); i += 2 {
			f.Add(string(ar.Files[i].Data), "ltr")
		}
	}
	f.Add("<table><tr><td rowspan=9 colspan=1000>a<td rowspan=0><tr><td colspan=99>b</table><ol start=99999999999><li><table><td>", "rtl")
	f.Add("a\x00b\x0b\ufffe\xff<p>&#0;&#x1f;<a href='http://x/\x01'>l</a><a href='#é'>m</a><b id='é'>n</b>", "ltr")
	f.Fuzz(func(t *testing.T, content, dir string) {
		d := sample()
		d.Content, d.Title, d.Dir = content, content, dir
		made(t, d)
	})
}

func TestSeenStyles(t *testing.T) {
	for _, dir := range []string{"ltr", "rtl"} {
		d := sample()
		d.Dir = dir
		styles := d.styles()
		for _, based := range regexp.MustCompile(`<w:(?:basedOn|next) w:val="([^"]*)"`).FindAllStringSubmatch(styles, -1) {
			if !strings.Contains(styles, `w:styleId="`+based[1]+`"`) {
				t.Errorf("there is no style %s", based[1])
			}
		}
		ids := regexp.MustCompile(`w:styleId="([^"]*)"`).FindAllString(styles, -1)
		if slices.Sort(ids); len(slices.Compact(ids)) != len(ids) {
			t.Error("a style stands there twice: " + fmt.Sprint(ids))
		}
	}
}
