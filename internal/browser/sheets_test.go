package browser

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// marks colours the headings, and what else must not stand alone at the foot of
// a sheet, so that they are known again in a PDF: the colours that its letters
// have are the same, as paper would else have them darker, and nothing moves.
// Cyan are those that begin a section.
const marks = `(() => {
	const all = ":is(h1, h2, h3, h4, h5, h6, dt, summary, .alert-title, .block-title, thead th, :has(+ :is(.quiz, .items)))";
	const first = ":is(.part-2 > .part-head > .part-title, .part-2 > .prose > h2:first-child, .contents > h2)";
	const paint = new CSSStyleSheet();
	paint.replaceSync(all + "," + all + " * { color: #f0f !important; print-color-adjust: exact }" + first + "," + first + " * { color: #0ff !important }");
	document.adoptedStyleSheets = [...document.adoptedStyleSheets, paint];
})()`

// line is a piece of text on a sheet; all in the units of its PDF.
type line struct {
	top, bottom int
	colour      string
	text        string
}

// sheet is one side of paper.
type sheet struct {
	height int
	lines  []line
}

// sheets reads where the texts of a PDF stand, without those in the margins.
func sheets(t *testing.T, pdf []byte) []sheet {
	t.Helper()
	tool, err := exec.LookPath("pdftohtml")
	if err != nil {
		need(t, errors.New("no pdftohtml on this machine; install it (apt-get install poppler-utils)"))
	}
	name := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(name, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, "-xml", "-i", "-q", "-stdout", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []sheet
	colours := map[string]string{}
	d := xml.NewDecoder(bytes.NewReader(out))
	d.Strict = false // bold within italic text may end in either order
	for {
		token, err := d.Token()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			if text, ok := token.(xml.CharData); ok && len(all) > 0 {
				all[len(all)-1].say(string(text))
			}
			continue
		}
		named := map[string]string{}
		for _, a := range start.Attr {
			named[a.Name.Local] = a.Value
		}
		number := func(key string) int { n, _ := strconv.Atoi(named[key]); return n }
		switch start.Name.Local {
		case "page":
			all = append(all, sheet{height: number("height")})
		case "fontspec":
			colours[named["id"]] = named["color"]
		case "text":
			s := &all[len(all)-1]
			s.lines = append(s.lines, line{number("top"), number("top") + number("height"), colours[named["font"]], ""})
		}
	}
}

// say adds to the text that is being read.
func (s *sheet) say(text string) {
	if n := len(s.lines); n > 0 {
		s.lines[n-1].text += strings.TrimRight(text, "\n")
	}
}

// body is what stands between the margins, from above.
func (s sheet) body() []line {
	var out []line
	for _, l := range s.lines {
		if strings.TrimSpace(l.text) != "" && l.top > s.height*6/100 && l.bottom < s.height*95/100 {
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, func(a, b line) int { return a.top - b.top })
	return out
}

func (l line) heading() bool { return l.colour == "#ff00ff" || l.section() }
func (l line) section() bool { return l.colour == "#00ffff" }

// TestSheets prints the whole playbook as a reader would, and looks at every
// sheet: what follows a heading begins below it, and no sheet is nearly empty,
// which is to say used by less than a seventh. Where a section ends the rest of
// its sheet stays free, however much that is, because sections are what people
// take out of a folder and hand to somebody.
func TestSheets(t *testing.T) {
	t.Parallel()
	_, err := started()
	need(t, err)
	s, err := bakehouse()
	if err != nil {
		t.Fatal(err)
	}
	tab, base := newTab(t), strings.TrimSuffix(serve(t, s.dir, "", ""), "/")
	papers, pages := [][2]float64{{8.27, 11.69}}, []string{"print/index.html"}
	if thorough() {
		papers = append(papers, [2]float64{8.5, 11})
		pages = slices.DeleteFunc(slices.Clone(s.pages), func(p string) bool { return !strings.HasSuffix(p, "print/index.html") })
	}
	for _, p := range pages {
		tab.open(base + "/" + p)
		tab.eval(marks, nil)
		for _, inches := range papers {
			all := sheets(t, onPaper(tab, inches))
			headings := lonely(t, p, all)
			if p == "print/index.html" && (len(all) < 100 || len(all) > 190 || headings < 500) {
				t.Errorf("%d sheets with %d headings are not what was looked for", len(all), headings)
			}
		}
	}
}

// lonely reports what is wrong with the sheets of a document, and counts its
// headings.
func lonely(t *testing.T, name string, all []sheet) (headings int) {
	t.Helper()
	for i, s := range all {
		text, foot := line{}, line{}
		for _, l := range s.body() {
			if foot = l; !l.heading() {
				text = l
			}
		}
		for _, l := range s.body() {
			if !l.heading() {
				continue
			}
			if headings++; l.top > text.top+2 {
				t.Errorf("%s: sheet %d ends in the heading %q", name, i+1, l.text)
			}
		}
		if i == 0 || i+1 == len(all) || all[i+1].opens() {
			continue
		}
		// The margin above is a fourteenth of A4, and a bit more of Letter.
		if used := foot.bottom - s.height/14; used < s.height*6/7/7 {
			t.Errorf("%s: sheet %d is nearly empty: %q", name, i+1, foot.text)
		}
	}
	return headings
}

// opens says whether a section begins at the top of the sheet.
func (s sheet) opens() bool {
	lines := s.body()
	return len(lines) > 0 && lines[0].section()
}
