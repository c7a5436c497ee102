package page

import "strings"

// ForStaff reports whether the page is kept out of the public edition: because
// it says so, or because its kind is one that is for staff unless it says that
// it is public. Neither its folder nor its type plays a part, so nothing that
// is implied can make such a page public.
func (m *Meta) ForStaff() bool {
	return m.Visible == Staff || m.Visible == Unsaid && StaffKind(m.Kind)
}

// StaffKind knows the kinds of pages that are for staff unless they say
// otherwise: how to turn work away, and which customers do not fit, are not
// for customers. A slip of the pen publishes nothing, so words that are nearly
// one of them count.
func StaffKind(kind string) bool {
	word := strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, kind)
	switch word {
	case "fit", "fits", "fitting", "customerfit", "declines", "declined", "declining":
		return true
	}
	return oneSlip(word, "decline")
}

// oneSlip reports whether two words differ by one letter at most, or by two
// neighbours that changed places.
func oneSlip(a, b string) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) <= 1 && len(b) <= 1 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}

// SaysStaff reports whether a map of values says of itself that it is for
// staff: an entry of a list in the front matter, such as one of changes.
func (v Value) SaysStaff() bool {
	said, _ := v.Get("visibility")
	return strings.EqualFold(strings.TrimSpace(said.Text), "staff")
}
