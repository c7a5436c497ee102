package render

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"path"
	"strings"

	"golang.org/x/text/language"

	"peppermill/internal/page"
	"peppermill/internal/site"
	"peppermill/internal/theme"
	"peppermill/internal/word"
)

// Lent is a picture's file, for those who need its bytes.
type Lent struct {
	Sum   [32]byte
	Bytes io.WriterTo
}

// Lend says who has the bytes of the pictures, by address. It must be called
// before the first file for Word is made; lend must be safe for concurrent use.
func (r *Renderer) Lend(lend func(address string) (Lent, bool)) { r.lend = lend }

// WordFile is a page as a file for Word, ready to be made.
type WordFile struct {
	r      *Renderer
	value  word.Document
	lent   map[string]io.WriterTo // by the picture's address in the content
	script string                 // its name, where a script is to carry the file; "" for the file itself
}

// Word makes the file for Word of a page that has one.
func (r *Renderer) Word(p *site.Page) *WordFile {
	l := r.tongue(p.Lang)
	at := place{from: p.Address}
	if base := r.site.Config.BaseURL; base != "" {
		at.top, at.whole = strings.TrimSuffix(base, "/")+"/", true
	}
	a := &asking{r: r}
	f := r.body(p, at, a)
	d := word.Document{
		Lang: wordLang(p.Lang), Dir: l.dir, Letter: letter(p.Lang), Accent: accent(r.site.Config.Brand.Color),
		Name: p.Title, Title: string(a.orWords(p.Source, p.Source.Title, l.code)), ShowTitle: !p.Source.HideH1, Content: f.out.String(),
		Subject: l.typeName(p), Summary: p.Summary,
		PageOf: l.words.Get("page-of"),
	}
	r.wordFacts(&d, p, at, l)
	out := &WordFile{r: r, lent: map[string]io.WriterTo{}}
	for _, s := range f.shown {
		if lent, ok := r.lend(s.address); ok && out.lent[s.src] == nil {
			out.lent[s.src] = lent.Bytes
			d.Pictures = append(d.Pictures, word.Picture{Src: s.src, Sum: lent.Sum})
		}
	}
	out.value = d
	return out
}

// WordScript makes the script that carries the file for Word of a page with
// gaps, so that a page that was opened from a folder can fill it in.
func (r *Renderer) WordScript(p *site.Page) *WordFile {
	out := r.Word(p)
	out.script = path.Base(p.Word)
	return out
}

// Key is a hash of all that the bytes are made from.
func (d *WordFile) Key() [32]byte { return sumOf("word", d.script, d.value) }

// WriteTo makes the file and writes it in one piece.
func (d *WordFile) WriteTo(w io.Writer) (int64, error) {
	b := d.r.buffers.Get().(*bytes.Buffer)
	defer d.r.buffers.Put(b)
	b.Reset()
	if err := d.r.press.Write(b, d.value, d.picture); err != nil {
		return 0, err
	}
	if d.script == "" {
		n, err := w.Write(b.Bytes())
		return int64(n), err
	}
	name, err := json.Marshal(d.script)
	if err != nil {
		return 0, err
	}
	n, err := io.WriteString(w, "peppermillWordFile("+string(name)+`,"`+base64.StdEncoding.EncodeToString(b.Bytes())+"\")\n")
	return int64(n), err
}

func (d *WordFile) picture(src string) ([]byte, error) {
	from := d.lent[src]
	if from == nil {
		return nil, errors.New("nobody has the picture " + src)
	}
	var b bytes.Buffer
	_, err := from.WriteTo(&b)
	return b.Bytes(), err
}

// wordFile is what the page says of its file for Word.
func (r *Renderer) wordFile(p *site.Page, at place) theme.WordFile {
	if p.Word == "" {
		return theme.WordFile{}
	}
	out := theme.WordFile{Href: at.to(p.Word)}
	if r.Fillable(p) {
		out.Fill, out.With = at.to(p.Word+".js"), at.to(r.theme.WordScript)
	}
	return out
}

// wordFacts adds what the page says of itself: its title block, the margins of
// its sheets and the file's own properties. Nothing of it depends on the day.
func (r *Renderer) wordFacts(d *word.Document, p *site.Page, at place, l *tongue) {
	c, m := r.control(p, at, l, &asking{r: r}), &p.Source.Meta
	put := func(key, value string) {
		if value != "" {
			d.Facts = append(d.Facts, word.Fact{Label: l.words.Get(key), Value: value})
		}
	}
	put("document", d.Subject)
	put("owner", c.Owner.Name)
	put("state", c.State)
	put("approver", c.Approver.Name)
	put("version", c.Version)
	put("effective", c.Effective.Text)
	put("reviewed", c.Reviewed.Text)
	put("review", c.Review.Text)
	put("department", r.fill(p.Source, page.Text(strings.Join(m.Control.Department, ", "))))
	put("applies", r.fill(p.Source, page.Text(strings.Join(m.Control.Jurisdiction, ", "))))
	var replaces []string
	for _, old := range c.Replaces {
		replaces = append(replaces, old.Name)
	}
	put("replaces", strings.Join(replaces, ", "))
	if !c.Controlled {
		put("published", l.date(m.Date).Text)
		put("updated", l.date(m.Updated).Text)
	}
	for _, b := range banners(p, at, l) {
		if b.Link.Name != "" {
			b.Text += " " + l.words.Get("instead") + " " + b.Link.Name
		}
		d.Banners = append(d.Banners, b.Text)
	}
	d.Header = strings.Join(held(c, l), " · ")
	foot := []string{l.site.Title}
	if r.staff {
		foot = append(foot, l.words.Get("print.staff"))
	}
	if c.Controlled {
		foot = append(foot, l.words.Get("uncontrolled"))
	}
	d.Footer = strings.Join(foot, " · ")
	d.Creator = c.Owner.Name
	first, last := m.Date, later(m.Updated, later(m.Control.Effective, m.Date))
	if first.IsZero() {
		first = m.Control.Effective
	}
	d.Created, d.Changed = stamp(first), stamp(last)
}

// stamp is a day as Office writes times.
func stamp(d page.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Time.UTC().Format("2006-01-02T15:04:05Z")
}

// wordLang names a language with its region, without which Word checks no
// spelling.
func wordLang(code string) string {
	tag, err := language.Parse(code)
	if err != nil {
		return code
	}
	base, _ := tag.Base()
	region, _ := tag.Region()
	return base.String() + "-" + region.String()
}

// letter reports languages of a country that prints on US Letter, where the
// page names one. All others print on A4.
func letter(code string) bool {
	region, sure := language.Make(code).Region()
	if sure != language.Exact {
		return false
	}
	switch region.String() {
	case "US", "CA", "MX", "PH", "PR", "CL", "CO", "CR", "DO", "GT", "HN", "NI", "PA", "SV", "VE":
		return true
	}
	return false
}

// accent is the brand's colour as Office writes colours, or the theme's own.
func accent(brand string) string {
	if brand == "" {
		brand = "#12585a"
	}
	return strings.ToUpper(strings.TrimPrefix(brand, "#"))
}
