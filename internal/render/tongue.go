package render

import (
	"maps"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

	"peppermill/internal/config"
	"peppermill/internal/page"
	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// tongue is what all pages in one language share.
type tongue struct {
	code, dir string
	words     theme.Words
	site      theme.Site
	lists     []*site.Page // tags, authors, archive, series, by address
	search    theme.Asset  // the search's script; of languages that have an A-to-Z list
	blanks    theme.Asset  // the script of pages with blanks; of languages that have one
	sum       [32]byte     // of words and site
	calendar  config.Calendar
}

// tongue returns what the language's pages share. A page in a language that no
// published page has, as a test may bring it, is served all the same.
func (r *Renderer) tongue(code string) *tongue {
	if l := r.tongues[code]; l != nil {
		return l
	}
	return r.newTongue(code, plain(r.site.Data()))
}

func (r *Renderer) newTongue(code string, data any) *tongue {
	c := r.site.Config
	l := &tongue{code: code, dir: direction(code), words: r.words(code)}
	edition := "public"
	if r.staff {
		edition = "staff"
	}
	l.site = theme.Site{
		Title:   r.fill(nil, c.Title),
		Tagline: r.fill(nil, c.Tagline),
		BaseURL: c.BaseURL,
		Lang:    c.Lang,
		Edition: edition,
		Params:  plain(c.Params),
		Data:    data,
	}
	l.sum = sumOf(l.site, l.words)
	l.calendar = r.site.Words.Calendar(code)
	return l
}

// plain converts settings for layouts; none are an empty map, so that a layout
// may ask for any key.
func plain(v page.Value) any {
	if out := v.Plain(); out != nil {
		return out
	}
	return map[string]any{}
}

// words lays the words of a language over its base language's, and those over
// the English ones.
func (r *Renderer) words(code string) theme.Words {
	out := theme.Words{}
	maps.Copy(out, r.site.Words["en"])
	for i := range len(code) {
		if code[i] == '-' {
			maps.Copy(out, r.site.Words[code[:i]])
		}
	}
	maps.Copy(out, r.site.Words[code])
	return out
}

// ownWords is the most special set of words of the language that has the key,
// never that of another language.
func (r *Renderer) ownWords(code, key string) map[string]string {
	for code != "" {
		if w := r.site.Words[code]; w[key] != "" {
			return w
		}
		code = code[:max(0, strings.LastIndexByte(code, '-'))]
	}
	return nil
}

// direction says which way a language is written, by the script that it uses
// most (CLDR's likely subtags).
func direction(code string) string {
	script, _ := language.Make(code).Script()
	switch script.String() {
	case "Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg", "Mand", "Samr", "Yezi":
		return "rtl"
	}
	return "ltr"
}

// date writes a day in the language; where nobody has words for its months, as
// ISO 8601 does, which everyone can read.
func (l *tongue) date(d page.Date) theme.Date {
	if d.IsZero() {
		return theme.Date{}
	}
	out := theme.Date{ISO: d.Time.Format(time.DateOnly), Text: l.calendar.Day(d.Time)}
	if d.HasTime {
		out.ISO = d.Time.Format(time.RFC3339)
	}
	return out
}

// count writes "1 page" or "12 pages".
func (l *tongue) count(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return l.words.Get("list.count.one")
	}
	return with(l.words.Get("list.count.many"), "count", n)
}

// with replaces {name} in an interface text by a number.
func with(text, name string, n int) string {
	return strings.ReplaceAll(text, "{"+name+"}", strconv.Itoa(n))
}
