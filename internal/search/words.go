package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longest is how many characters of a word count.
const longest = 40

// Words splits a text into its words, folded, in order: the rule of the package
// comment. Its twin in the browser is held to the same cases.
func Words(s string) []string {
	return split(Fold(s), nil)
}

// Fold makes texts equal that differ in case, accents or the form of their
// letters only.
func Fold(s string) string {
	if plain(s) {
		return strings.ToLower(s)
	}
	s = norm.NFKD.String(s)
	s = strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36F {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
	return expand(norm.NFC.String(s))
}

func plain(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// expand writes letters that have no decomposition as people without that key do.
func expand(s string) string {
	if !strings.ContainsAny(s, "ßæœøłđıς") {
		return s
	}
	return strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ı", "i", "ς", "σ").Replace(s)
}

// split appends the words of a folded text.
func split(s string, out []string) []string {
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		if !wordly(r) {
			s = s[n:]
			continue
		}
		end := wordEnd(s)
		word, rest := s[:end], s[end:]
		for tail := suffix(rest); tail != ""; tail = suffix(rest) {
			word, rest = word+tail, rest[strings.Index(rest, tail)+len(tail):]
		}
		out = pieces(word, out)
		s = rest
	}
	return out
}

func wordly(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r))
}

func wordEnd(s string) int {
	for i, r := range s {
		if !wordly(r) {
			return i
		}
	}
	return len(s)
}

// suffix is what an apostrophe at the start of s joins to the word before, "" for nothing.
func suffix(s string) string {
	rest, ok := strings.CutPrefix(s, "'")
	if !ok {
		if rest, ok = strings.CutPrefix(s, "’"); !ok {
			return ""
		}
	}
	switch tail := rest[:wordEnd(rest)]; tail {
	case "s", "t", "d", "m", "ll", "re", "ve":
		return tail
	}
	return ""
}

// pieces appends a word, or the words and pairs of characters that it is made
// of where it is in a script that writes no spaces.
func pieces(word string, out []string) []string {
	if plain(word) {
		return append(out, word[:min(len(word), longest)])
	}
	for len(word) > 0 {
		first, _ := utf8.DecodeRuneInString(word)
		dense := unspaced(first)
		end := strings.IndexFunc(word, func(r rune) bool { return unspaced(r) != dense })
		if end < 0 {
			end = len(word)
		}
		if dense {
			out = pairs(word[:end], out)
		} else {
			out = append(out, cut(word[:end]))
		}
		word = word[end:]
	}
	return out
}

// cut keeps the characters that count.
func cut(word string) string {
	n := 0
	for i := range word {
		if n == longest {
			return word[:i]
		}
		n++
	}
	return word
}

// pairs appends the overlapping pairs of a run's characters.
func pairs(run string, out []string) []string {
	_, n := utf8.DecodeRuneInString(run)
	if n == len(run) {
		return append(out, run)
	}
	for n < len(run) {
		_, m := utf8.DecodeRuneInString(run[n:])
		out = append(out, run[:n+m])
		_, first := utf8.DecodeRuneInString(run)
		run, n = run[first:], n+m-first
	}
	return out
}

// unspaced reports whether a character is of a script that writes words without
// spaces between them.
func unspaced(r rune) bool {
	return r >= 0xE00 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) || r == 0x30FC || r == 0x3005)
}
