package schema

import "slices"

// notTypos are words that real files use for other things, though they are one
// letter away from a field.
var notTypos = []string{"publisher", "publishers", "state", "states"}

// near returns the field that an unknown key is most likely a misspelling of,
// and that field's spelling, or -1. Only one wrong, missing, doubled or swapped
// letter counts: [diag.Near] forgives more, which is right for a command that
// nobody else uses, but real files bring hundreds of keys of their own.
func near(key string) (field int, spelling string) {
	word := fold(key)
	if len(word) < 3 || slices.Contains(notTypos, word) {
		return -1, ""
	}
	for _, n := range spellings {
		if len(envelope[n.field].Of) == 0 && oneEdit(word, n.folded) {
			return n.field, n.written
		}
	}
	return -1, ""
}

// oneEdit reports whether one insertion, deletion, change of a letter or swap
// of neighbours turns a into b. A changed letter does not count in short words:
// data is no date.
func oneEdit(a, b string) bool {
	if len(b) < 4 || len(a)-len(b) > 1 || len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	x, y := a[i:], b[i:]
	switch {
	case x == "" && y == "":
		return false
	case len(x) > len(y):
		return x[1:] == y
	case len(x) < len(y):
		return x == y[1:]
	case len(x) > 1 && x[0] == y[1] && x[1] == y[0]:
		return x[2:] == y[2:]
	}
	return len(b) > 4 && x[1:] == y[1:]
}
