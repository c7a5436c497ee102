package schema

import (
	"slices"
	"strings"
	"unicode"

	"peppermill/internal/page"
)

// Statuses are the words for a status, in the order of page.Status.
func Statuses() []string { return statuses }

var statuses = []string{"current", "draft", "template", "in-review", "approved", "superseded", "retired"}

// statusOf reads a status in any spelling: In Review, in_review.
func statusOf(word string) (page.Status, bool) {
	word = fold(word)
	for i, s := range statuses {
		if fold(s) == word {
			return page.Status(i), true
		}
	}
	return 0, false
}

// unpublished are words of other generators for pages that nobody is to see.
var unpublished = []string{"private", "pending", "unpublished", "hidden", "wip", "workinprogress", "trash"}

// withheldWord returns the status that an unknown word plainly asks for: a
// misspelt draft or in-review, a phrase with "draft" in it ("Draft, ask Sam"),
// or another generator's word.
func withheldWord(word string) (page.Status, bool) {
	folded := fold(word)
	if oneEdit(folded, "inreview") {
		return page.InReview, true
	}
	if oneEdit(folded, "draft") || slices.Contains(unpublished, folded) {
		return page.Draft, true
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(word), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if w == "draft" || w == "drafts" {
			return page.Draft, true
		}
	}
	return 0, false
}

// Withheld reports whether a status keeps a page from being published at all.
func Withheld(s page.Status) bool { return s == page.Draft || s == page.InReview }

// yes and no are the words for it, as YAML 1.1, TOML and people write them.
var (
	yes = []string{"true", "yes", "on", "1", "y"}
	no  = []string{"false", "no", "off", "0", "n"}
)

// yesNo reads a yes or no.
func yesNo(v page.Value) (value, ok bool) {
	if v.Kind != page.Scalar {
		return false, false
	}
	word := strings.ToLower(strings.TrimSpace(v.Text))
	if slices.Contains(yes, word) {
		return true, true
	}
	return false, slices.Contains(no, word)
}

// MorePrivate chooses between two values of one key: the more private of the
// two where the key decides who sees the page, else the last. A kind decides
// too where it is one that is for staff. It is what
// data.Input.Merge wants.
func MorePrivate(key string, first, last page.Value) page.Value {
	n, ok := names[fold(key)]
	if !ok {
		if i, _ := near(key); i >= 0 && envelope[i].Decides {
			n.field = i
			ok = true
		}
	}
	if fold(key) == "kind" && page.StaffKind(first.Text) {
		return first
	}
	if ok && privacy(envelope[n.field].Name, first) > privacy(envelope[n.field].Name, last) {
		return first
	}
	return last
}

// privacy ranks a value of draft, status, visibility, publish or expires. What
// cannot be understood ranks highest, except a status, which other generators
// use for other things.
func privacy(field string, v page.Value) int {
	switch field {
	case "draft":
		if value, ok := yesNo(v); ok && !value {
			return 0
		}
		return 1
	case "status":
		switch s, _ := readStatus(v); s {
		case page.Draft:
			return 3
		case page.InReview:
			return 2
		case page.Superseded, page.Retired:
			return 1
		}
	case "visibility":
		if fold(v.Text) == "public" && v.Kind == page.Scalar {
			return 0
		}
		return 1
	case "publish", "expires":
		if published, ok := yesNo(v); ok && !published {
			return 2
		}
		if _, problem := readDate(v); problem != nil {
			return 1
		}
	}
	return 0
}

// readStatus reads a status; plain is false when the page is withheld by a
// guess, or when the value is no status at all and the result Current.
func readStatus(v page.Value) (s page.Status, plain bool) {
	switch v.Kind {
	case page.Null:
		return page.Current, true
	case page.Scalar:
		if strings.TrimSpace(v.Text) == "" {
			return page.Current, true
		}
		if s, ok := statusOf(v.Text); ok {
			return s, true
		}
		s, _ = withheldWord(v.Text)
		return s, false
	}
	for _, item := range v.Items {
		if inner, _ := readStatus(item); Withheld(inner) {
			return inner, false
		}
	}
	for _, f := range v.Fields {
		if inner, _ := readStatus(f.Value); Withheld(inner) {
			return inner, false
		}
		if inner, ok := withheldWord(f.Key); ok {
			if wanted, readable := yesNo(f.Value); wanted || !readable {
				return inner, false
			}
		}
	}
	return page.Current, false
}
