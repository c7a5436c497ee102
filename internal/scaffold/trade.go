package scaffold

import (
	"strconv"
	"strings"
	"unicode"
)

// words are the nouns that differ from trade to trade, where the sentence
// around them does not.
type words struct {
	One, Many string // whom we serve
	Desk      string // where somebody tells us face to face; begins a table cell
	Sale      string // what we sell, one of it
	Duty      string // the role of whoever meets people first; begins a table cell
}

// Trade is a group of trades that have a starter of their own.
type Trade struct {
	Name     string // as an owner would say it
	Examples string // who finds themselves in it

	folder string // of its pages, below starter
	known  string // words that name it, singular and in lower case
	weak   string // words that name it where no other word says more
	words  words
}

// everyTrade serves those whose word is not known.
func everyTrade() Trade {
	return Trade{folder: "general", words: words{"customer", "customers", "Face to face", "order", "First contact"}}
}

// Trades is the list to choose from, in the order in which it is shown.
func Trades() []Trade {
	return []Trade{
		{
			Name: "café and food", Examples: "café, restaurant, bakery, takeaway, guest house", folder: "cafe",
			known: "café cafe coffee restaurant bakery baker bistro brasserie pub bar tea tearoom deli delicatessen takeaway catering caterer pizzeria pizza brewery hotel inn b&b guesthouse",
			weak:  "food kitchen guest",
			words: words{"guest", "guests", "At the counter", "order", "Front of house"},
		},
		{
			Name: "shop and repairs", Examples: "shop, florist, bicycles, telephone repairs, garage", folder: "shop",
			known: "boutique grocer greengrocer butcher fishmonger florist bookshop bookseller newsagent jeweller ironmonger hardware toy gift clothes clothing shoe cobbler bicycle bike furniture garage mechanic watchmaker tailor",
			weak:  "shop store retail retailer repair repairer mending",
			words: words{"customer", "customers", "At the counter", "purchase", "Counter"},
		},
		{
			Name: "trades and home services", Examples: "plumber, electrician, builder, gardener, cleaner", folder: "home",
			known: "plumber plumbing electrician electrical builder building roofer roofing garden gardener gardening lawn landscaper landscaping cleaner cleaning carpenter carpentry joiner joinery painter decorator decorating locksmith heating handyman removal glazier fencing flooring tiler plasterer",
			weak:  "trade home house window",
			words: words{"customer", "customers", "On the job, or at the van", "job", "Whoever is on the job"},
		},
		{
			Name: "salon and care", Examples: "hairdresser, beautician, physiotherapist, vet, home care", folder: "salon",
			known: "salon hair hairdresser hairdressing barber beauty beautician nail spa massage dentist dental physiotherapist physiotherapy physio clinic vet veterinary nursery therapist therapy yoga gym groomer grooming chiropodist osteopath care carer",
			weak:  "treatment",
			words: words{"client", "clients", "At reception", "appointment", "Reception"},
		},
		{
			Name: "professional services", Examples: "accountant, solicitor, architect, designer, IT support", folder: "office",
			known: "accountant accountancy accounting bookkeeper bookkeeping solicitor lawyer law legal architect consultant consulting consultancy agency design designer surveyor insurance broker estate property it software web marketing photographer photography tutor coach coaching translator",
			weak:  "training advisor adviser advice professional office service support",
			words: words{"client", "clients", "In a meeting", "project", "First contact"},
		},
	}
}

// chosen is the trade whose number on the list somebody gave.
func chosen(text string) (Trade, bool) {
	n, err := strconv.Atoi(text)
	if all := Trades(); err == nil && n >= 1 && n <= len(all) && text == strconv.Itoa(n) {
		return all[n-1], true
	}
	return Trade{}, false
}

// tradeOf finds the trade for whatever somebody called theirs. A coffee shop
// is about coffee before it is a shop: weak words count when no other is known.
func tradeOf(text string) Trade {
	said := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '&' })
	for _, list := range []func(Trade) string{func(t Trade) string { return t.known }, func(t Trade) string { return t.weak }} {
		for _, t := range Trades() {
			for _, known := range strings.Fields(list(t)) {
				for _, word := range said {
					if word == known || strings.TrimSuffix(word, "s") == known {
						return t
					}
				}
			}
		}
	}
	return everyTrade()
}
