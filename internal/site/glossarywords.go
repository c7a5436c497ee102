package site

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plainInWord is inWord for plain letters; nearly all text is made of them, and
// this is looked at for each byte of a site.
func plainInWord(c byte) bool { return c|0x20-'a' < 26 || c-'0' < 10 }

// inWord reports whether a word goes on with the rune.
func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return plainInWord(byte(r))
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// wordEnd is where the word ends that goes on at i.
func wordEnd(text string, i int) int {
	for i < len(text) {
		if c := text[i]; c < utf8.RuneSelf {
			if !plainInWord(c) {
				break
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if !inWord(r) {
			break
		}
		i += size
	}
	return i
}

// nextWord is where the next word begins, from i on, or the end of the text.
// The name of a character, as in &amp;, is no word.
func nextWord(text string, i int) int {
	for i < len(text) {
		switch c := text[i]; {
		case plainInWord(c):
			return i
		case c == '&':
			i += max(1, strings.IndexByte(text[i:], ';')+1)
		case c < utf8.RuneSelf:
			i++
		default:
			r, size := utf8.DecodeRuneInString(text[i:])
			if inWord(r) {
				return i
			}
			i += size
		}
	}
	return i
}

// appendFolded appends a word in lower case.
func appendFolded(dst []byte, word string) []byte {
	for i := 0; i < len(word); i++ {
		c := word[i]
		if c >= utf8.RuneSelf {
			return append(dst, strings.ToLower(word[i:])...)
		}
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		dst = append(dst, c)
	}
	return dst
}

// appendBetween appends what stands between two words: white space as one
// space, and curled apostrophes and hyphens that do not break as typed ones.
func appendBetween(dst []byte, between string) []byte {
	space := false
	for _, r := range between {
		switch {
		case unicode.IsSpace(r):
			if !space {
				dst = append(dst, ' ')
			}
		case r == '’':
			dst = append(dst, '\'')
		case r == '\u2011':
			dst = append(dst, '-')
		default:
			dst = utf8.AppendRune(dst, r)
		}
		space = unicode.IsSpace(r)
	}
	return dst
}

// begins and ends report whether a name may begin or end there: not within a
// word that hyphens join.
func begins(text string, i int) bool {
	r, size := utf8.DecodeLastRuneInString(text[:i])
	before, _ := utf8.DecodeLastRuneInString(text[:i-size])
	return !isHyphen(r) || !inWord(before)
}

func ends(text string, i int) bool {
	r, size := utf8.DecodeRuneInString(text[i:])
	after, _ := utf8.DecodeRuneInString(text[i+size:])
	return !isHyphen(r) || !inWord(after)
}

func isHyphen(r rune) bool { return r == '-' || r == '\u2011' }

// isAbbreviation reports words such as CX: they are not the word that they
// would be in small letters.
func isAbbreviation(word string) bool {
	return utf8.RuneCountInString(word) > 1 && word == strings.ToUpper(word) && word != strings.ToLower(word)
}

// sameCaps reports whether the abbreviations of a name are written as such.
func sameCaps(caps, text string) bool {
	i, k := 0, 0
	for i < len(caps) {
		end, stop := wordEnd(caps, i), wordEnd(text, k)
		if isAbbreviation(caps[i:end]) && caps[i:end] != text[k:stop] {
			return false
		}
		i, k = nextWord(caps, end), nextWord(text, stop)
	}
	return true
}
