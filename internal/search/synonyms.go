package search

import (
	"encoding/json"
	"slices"
	"strings"

	"peppermill/internal/config"
)

// synonym is a sequence of words and what is searched for beside it.
type synonym struct {
	from string
	to   []string
}

// MarshalJSON writes it as the format has it.
func (s synonym) MarshalJSON() ([]byte, error) { return json.Marshal([]any{s.from, s.to}) }

// synonyms lists the site's own and, for what it says nothing of, the usual
// ones, without those that would find nothing here. Sorted.
func (ix *index) synonyms() []synonym {
	to := map[string][]string{}
	add := func(from string, all []string) {
		if from = phrase(from); from == "" {
			return
		}
		for _, t := range all {
			if t = phrase(t); t != "" && t != from && !slices.Contains(to[from], t) {
				to[from] = append(to[from], t)
			}
		}
	}
	own := ix.ownSynonyms()
	said := map[string]bool{}
	for _, s := range own {
		said[phrase(s.From)] = true
		add(s.From, s.To)
	}
	for _, s := range usual(ix.lang) {
		if !said[phrase(s.From)] {
			add(s.From, s.To)
		}
	}
	here := ix.present(to)
	out := []synonym{}
	for from, all := range to {
		all = slices.DeleteFunc(all, func(t string) bool {
			return slices.ContainsFunc(strings.Fields(t), func(w string) bool { return !here[w] })
		})
		if len(all) > 0 {
			out = append(out, synonym{from, all})
		}
	}
	slices.SortFunc(out, func(a, b synonym) int { return strings.Compare(a.from, b.from) })
	return out
}

func (ix *index) ownSynonyms() []config.Synonym {
	all := ix.site.Config.Synonyms
	own := slices.Clone(all[""])
	base, _, _ := strings.Cut(ix.lang, "-")
	own = append(own, all[base]...)
	if base != ix.lang {
		own = append(own, all[ix.lang]...)
	}
	return own
}

// phrase is a text as its words.
func phrase(s string) string { return strings.Join(Words(s), " ") }

// present tells which of the words that are to be searched for are in the dictionary.
func (ix *index) present(to map[string][]string) map[string]bool {
	here := map[string]bool{}
	for _, all := range to {
		for _, t := range all {
			for _, w := range strings.Fields(t) {
				here[w] = false
			}
		}
	}
	for _, s := range ix.shards {
		for _, id := range s.words {
			if _, asked := here[ix.words[id].word]; asked {
				here[ix.words[id].word] = true
			}
		}
	}
	return here
}

// usual are the synonyms of customer care in a language. In a line, words
// before ":" lead to those after it; without one, all lead to each other.
func usual(lang string) []config.Synonym {
	base, _, _ := strings.Cut(lang, "-")
	text := map[string]string{"en": usualEnglish, "de": usualGerman}[base]
	var out []config.Synonym
	for line := range strings.Lines(text) {
		from, to, oneWay := strings.Cut(strings.TrimSpace(line), ": ")
		words := strings.Split(from, ", ")
		for i, w := range words {
			if oneWay {
				out = append(out, config.Synonym{From: w, To: strings.Split(to, ", ")})
			} else {
				out = append(out, config.Synonym{From: w, To: slices.Concat(words[:i], words[i+1:])})
			}
		}
	}
	return out
}

const usualEnglish = `money back, get my money, reimburse, reimbursement: refund
refund: reimbursement, money back
send back, bring back: return
swap: exchange, replacement
exchange, replacement
broken, faulty, defective, damaged
doesnt work, not working: broken, faulty
warranty, guarantee
shipping, delivery, postage
late, delayed, overdue
delay: late
rude, abusive
angry, upset, furious
bad review, one star, stars: negative review, review
rating, ratings: review
complain, unhappy: complaint
apologise, apologize, say sorry: apology, sorry
discount, voucher, coupon
gift card, gift voucher
price, fee
invoice, bill
receipt, proof of purchase
estimate, quotation
chargeback: dispute
no show, missed appointment
opening times, business hours: opening hours
phone, telephone
e mail: email
email: e mail
customer, client
employee, employees: staff
fire a customer, sack a customer: decline
`

const usualGerman = `geld zurück, geld wieder: erstattung, rückerstattung
erstattung, rückerstattung
zurückgeben, zurückschicken: rückgabe, rücksendung
rückgabe, rücksendung
umtausch, umtauschen, ersatz
kaputt, defekt, beschädigt
garantie, gewährleistung
lieferung, versand
zu spät, verspätet: verspätung
unhöflich, frech: beleidigend
wütend, verärgert
schlechte bewertung, sterne: bewertung
bewertung, rezension
reklamation, beschwerde
beschweren, reklamieren: beschwerde, reklamation
entschuldigen, tut mir leid: entschuldigung
rabatt, gutschein
preis, kosten
rechnung, beleg
quittung, kassenbon
kostenvoranschlag, angebot
absagen, stornieren, kündigen: stornierung, absage
nicht erschienen: verpasster termin
geschäftszeiten, wann offen: öffnungszeiten
anruf, telefon
e mail: email
email: e mail
kundin, kunde
mitarbeiter, personal
`
