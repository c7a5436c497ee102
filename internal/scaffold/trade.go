package scaffold

import (
	"strings"
	"unicode"
)

// words are the nouns that differ from trade to trade.
type words struct {
	One, Many string // whom we serve
	Desk      string // where somebody tells us face to face; begins a table cell
	Sale      string // what we sell, one of it
	Remedy    string // completes "we …" and "we can …"
	Within    string // how soon the remedy comes
	Window    string // for how long one may ask for a refund
}

// trade is a group of trades that talk alike.
type trade struct {
	known string // words that name it, singular and in lower case
	words words
}

// everyTrade serves those whose word is not known.
func everyTrade() words {
	return words{"customer", "customers", "Face to face", "order", "put it right", "two working days", "28 days"}
}

// tradeWords is the table, most telling first: a coffee shop is about coffee
// before it is a shop.
func tradeWords() []trade {
	return []trade{
		{"café cafe coffee restaurant bakery baker bistro brasserie pub bar tea tearoom deli delicatessen takeaway catering caterer kitchen pizzeria pizza food brewery hotel b&b",
			words{"guest", "guests", "At the counter", "order", "make it again", "15 minutes", "24 hours"}},
		{"salon hair hairdresser hairdressing barber beauty beautician nail spa massage dentist dental physiotherapist physiotherapy physio clinic vet veterinary care nursery therapist therapy yoga gym groomer grooming",
			words{"client", "clients", "At reception", "appointment", "see you again and put it right", "five working days", "14 days"}},
		{"plumber plumbing electrician electrical builder building roofer roofing gardener gardening landscaper landscaping cleaner cleaning carpenter carpentry joiner joinery painter decorator decorating locksmith heating handyman removal glazier garage mechanic repair trade home fencing flooring tiler plasterer",
			words{"customer", "customers", "On the job, or at the van", "job", "come back and put it right", "five working days", "28 days"}},
		{"accountant accountancy accounting bookkeeper bookkeeping solicitor lawyer law legal architect consultant consulting consultancy agency design designer surveyor insurance broker estate property it software web marketing photographer photography tutor coach training translator advisor adviser professional",
			words{"client", "clients", "At the office", "project", "do that part again", "five working days", "28 days"}},
		{"shop store retail retailer boutique grocer greengrocer butcher fishmonger florist bookshop bookseller newsagent jeweller ironmonger hardware toy gift clothes clothing shoe furniture",
			words{"customer", "customers", "At the counter", "purchase", "replace it", "two working days", "28 days"}},
	}
}

// wordsOf chooses the nouns for whatever somebody called their trade.
func wordsOf(text string) words {
	said := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '&' })
	for _, t := range tradeWords() {
		for _, known := range strings.Fields(t.known) {
			for _, word := range said {
				if word == known || strings.TrimSuffix(word, "s") == known {
					return t.words
				}
			}
		}
	}
	return everyTrade()
}
