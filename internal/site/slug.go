package site

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// maxSlug is the longest element that is made from a name, in bytes: file
// systems allow 255, and endings such as "-2" must still fit.
const maxSlug = 200

// Slug makes one element of an address out of a name: lower-case by the
// language's rules, spaces and punctuation to "-", accents of Latin letters
// folded as the language does, other scripts kept. It is never empty, holds at
// most 200 bytes, is safe as a file name anywhere, and a slug's slug is itself.
func Slug(name, lang string) string {
	var s slugger
	return s.slug(name, lang)
}

// slugger remembers what is slow to make: a language's letter rules.
type slugger struct {
	lower map[string]cases.Caser
}

func (s *slugger) slug(name, lang string) string {
	if plainSlug(name) {
		return name
	}
	folded := foldLetters(s.lowered(norm.NFC.String(name), lang), lang)
	folded = tidy(shorten(tidy(norm.NFC.String(folded))))
	if folded == "" {
		folded = tidy(shorten(spellOut(name)))
	}
	if stem, rest, _ := strings.Cut(folded, "."); deviceName(stem) {
		folded = strings.TrimSuffix(stem+"-page."+rest, ".")
	}
	return folded
}

func (s *slugger) lowered(name, lang string) string {
	c, ok := s.lower[lang]
	if !ok {
		if s.lower == nil {
			s.lower = map[string]cases.Caser{}
		}
		c = cases.Lower(language.Make(lang))
		s.lower[lang] = c
	}
	return c.String(name)
}

// plainSlug is the fast path: most names are slugs already.
func plainSlug(name string) bool {
	if name == "" || len(name) > maxSlug {
		return false
	}
	last := byte('-')
	for i := range len(name) {
		c := name[i]
		if !slugByte(c) || (c == '-' || c == '.') && (last == '-' || last == '.') {
			return false
		}
		last = c
	}
	stem, _, _ := strings.Cut(name, ".")
	return last != '-' && last != '.' && !deviceName(stem)
}

func slugByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.' || c == '+'
}

// foldLetters expects NFC in lower case. Marks are kept only where they belong
// to a letter of a script that needs them.
func foldLetters(name, lang string) string {
	var b strings.Builder
	base, _, _ := strings.Cut(lang, "-")
	keepMarks := false
	for _, r := range name {
		if text := ownLetter(r, base); text != "" {
			b.WriteString(text)
			keepMarks = false
			continue
		}
		switch {
		case r < utf8.RuneSelf && slugByte(byte(r)):
			b.WriteRune(r)
			keepMarks = false
		case r == '\'' || r == '’' || r == 'ʼ' || unicode.Is(unicode.Cf, r):
		case unicode.IsMark(r):
			if keepMarks {
				b.WriteRune(r)
			}
		case unicode.Is(unicode.Latin, r), unicode.IsNumber(r):
			keepMarks = false
			b.WriteString(foldLatin(r))
		case unicode.IsLetter(r):
			keepMarks = true
			b.WriteRune(r)
		default:
			keepMarks = false
			b.WriteByte('-')
		}
	}
	return b.String()
}

// foldLatin gives the plain letters of a Latin letter or the digits of a
// number sign; one that has none, such as ə or ४, stays.
func foldLatin(r rune) string {
	if text := wholeLetter(r); text != "" {
		return text
	}
	var b strings.Builder
	for _, d := range norm.NFKD.String(string(r)) {
		switch {
		case d < utf8.RuneSelf && slugByte(byte(unicode.ToLower(d))):
			b.WriteRune(unicode.ToLower(d))
		case unicode.IsLetter(d) || unicode.IsNumber(d):
			b.WriteRune(unicode.ToLower(d))
		case unicode.IsMark(d):
		default:
			b.WriteByte('-')
		}
	}
	return b.String()
}

// wholeLetter writes the letters that do not come apart into a plain letter
// and an accent; "" is any other letter.
func wholeLetter(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ', 'ǽ', 'ǣ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø', 'ǿ':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð', 'ɗ':
		return "d"
	case 'þ':
		return "th"
	case 'ı':
		return "i"
	case 'ħ':
		return "h"
	case 'ŋ':
		return "ng"
	case 'ŧ':
		return "t"
	case 'ĸ', 'ƙ':
		return "k"
	case 'ə':
		return "e"
	case 'ɓ':
		return "b"
	}
	return ""
}

// ownLetter gives what a language writes for a letter that it has of its own;
// "" means that it has no opinion. lang is the base language.
func ownLetter(r rune, lang string) string {
	switch lang {
	case "de", "gsw", "lb":
		return pick(r, "äöü", "ae", "oe", "ue")
	case "da", "nb", "nn", "no":
		return pick(r, "åøäö", "aa", "oe", "ae", "oe")
	case "sv", "fi":
		return pick(r, "åäöøæ", "a", "a", "o", "o", "a")
	}
	return ""
}

func pick(r rune, letters string, texts ...string) string {
	i := 0
	for _, letter := range letters {
		if letter == r {
			return texts[i]
		}
		i++
	}
	return ""
}

// tidy takes repeated dashes and dots together and none at the ends.
func tidy(s string) string {
	var b strings.Builder
	last := rune('-')
	for _, r := range s {
		if (r == '-' || r == '.') && (last == '-' || last == '.') {
			continue
		}
		b.WriteRune(r)
		last = r
	}
	return strings.Trim(b.String(), "-.")
}

// shorten cuts before the rune that does not fit.
func shorten(s string) string {
	if len(s) <= maxSlug {
		return s
	}
	n := maxSlug
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// spellOut is for names without a letter or digit, such as "!!!": their code
// points, so that two of them stay two.
func spellOut(name string) string {
	var b strings.Builder
	b.WriteByte('u')
	for _, r := range norm.NFC.String(name) {
		fmt.Fprintf(&b, "-%x", r)
	}
	return b.String()
}

// deviceName reports whether Windows takes a file of that stem for a device.
func deviceName(stem string) bool {
	switch strings.ToLower(stem) {
	case "con", "prn", "aux", "nul":
		return true
	}
	if len(stem) < 4 {
		return false
	}
	head, tail := strings.ToLower(stem[:3]), stem[3:]
	if head != "com" && head != "lpt" {
		return false
	}
	return len(tail) == 1 && tail[0] >= '0' && tail[0] <= '9' || tail == "¹" || tail == "²" || tail == "³"
}
