package search

import (
	"slices"
	"strings"

	"peppermill/internal/config"
)

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

// weak are the words of a language that shape a question and say little of
// what it is about. They count less than their rarity says: on a small site hardly any
// word is common.
func weak(lang string) []string {
	base, _, _ := strings.Cut(lang, "-")
	return strings.Fields(map[string]string{"en": weakEnglish, "de": weakGerman}[base])
}

const weakEnglish = `
a about after again all also am an and any are as at be because been before being but by can cant could did didnt do does
doesnt doing done dont each either else ever every few for from get gets getting go goes going got had has have having he her
here him his how i id if ill im in into is isnt it its ive just let lets like made make makes making many may me might more most much must
my myself need needed needs no nor not now of off on once one only onto or other our out over own please put same shall she
should so some somebody someone something soon still such take takes taking tell than thats that the their them then there these they
thing things this those through to too under until up upon us very want wanted wants was way we well were weve what whats when where
whether which while who whom whose why will with without wont would yes yet you your youre
`

const weakGerman = `
aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist da dabei dafur damit danach dann das dass dazu dein dem den denn
der des dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines er es
etwas euch euer fur gegen gehabt geht gibt hab habe haben hat hatte hatten hier ich ihm ihn ihnen ihr ihre im immer in ins ist ja
jede jedem jeden jeder jedes jemand jetzt kann kannst kein keine konnen konnte lassen mache machen macht man mein meine mich mir mit mochte muss
mussen nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine sich sie sind so soll sollen sollte sollten tue tun tut uber
um und uns unser unsere unter viel vom von vor war waren warum was weil welche welchem welchen welcher welches wenn wer
werden wie wieso will wir wird wo wollen wurde wurden zu zum zur
`

const usualEnglish = `money back, get my money, reimburse, reimbursement: refund
refund: reimbursement, money back, give back
send back, bring back, take back, brought back: return, refund
changed mind, change of mind, wrong size: return, exchange
swap, swapped: exchange, replacement
exchange, replacement, replace
broken, faulty, defective, damaged, spoiled
doesnt work, not working, stopped working, falls apart: broken, faulty
break down, broke down, breakdown, broken down: wont start, will not start, not start
warranty, guarantee
shipping, delivery, postage, courier
ship, shipped, courier, driver, lorry: delivery, van
van, truck, lorry
late, delayed, overdue, behind schedule
delay, not arrived, never came, where is my order: late
missed deadline: late, promise
rude, abusive, insult, swear, swearing, threaten, threat: conduct, upset
angry, upset, furious, cross, mad, annoyed, irate
shout, yell, scream, swear, aggressive, lose temper, difficult customer, calm down: angry, upset, cross
crying, in tears, frustrated, disappointed, dissatisfied: upset, unhappy
bad review, one star, two stars, stars: negative review, review
rating, ratings, google, yelp, tripadvisor, trustpilot, online comment: review, reviews
review, rating
social media, facebook, instagram: review, online, message
reply, respond, response, answer
complain, unhappy, grievance, not happy, dissatisfied: complaint
complaint, complain
escalate, escalation, pass on, refer up, next person: hand over
delegate, delegating, hand off, let go of: hand over, handing over
apologise, apologize, say sorry, apologies: apology, sorry
sorry, apology, apologise
discount, voucher, coupon, money off, rebate
goodwill, gesture, compensation, compensate, freebie, free of charge, give away, something free, for free: make good, putting it right, free
fix, mend, repair
put right, put it right, make it right, sort out, solve: make good, putting it right, settle
allowance, allowed to give, spending limit, authority, permission, without asking: may give, without asking, limit
gift card, gift voucher
price, fee, cost
expensive, pricey, too dear: price
cheaper, undercut: price, competitor
invoice, bill
overcharged, hidden charges, extra charge, surcharge, unexpected cost: bill, price, surprise
receipt, proof of purchase
estimate, quotation, quote
down payment, prepayment, pay in advance, advance payment: deposit
cancel, cancellation, call off
chargeback: dispute
no show, missed appointment
opening times, business hours, open hours, when are we open: opening hours
opening up, open up, start of day, before we open: opening
lock up, locking up, close up, closing time, end of day, shut the shop, closing down, cash up: close, closing
phone, telephone
ring, call, phone
call, calling: telephone, ring
ring back, phone back, follow up, followup, check in: call back
hold, on hold, phone tree, voicemail, answering machine: telephone, telephone menu
e mail: email
email: e mail
text message, whatsapp, sms, chat, dm: message
customer, client, guest
regular, regulars, repeat customer, loyal, loyalty: regular, keep, come back
lose customers, lost customer, stopped coming, not come back, doesnt come back, left us, churn, stays away: lost customer, not come
retention, retain, repeat business: keeping, regular
lifetime value, customer value, clv: worth, keeping
employee, employees, worker, workers, personnel, colleague, team, crew: staff
staff, team
shop assistant, cashier, waiter, front desk, receptionist: counter
boss, manager, proprietor, owner
supervisor, in charge: manager, owner
partner: team
fire a customer, sack a customer, let a customer go: turn away, decline
say no, saying no, refuse, reject, turn down, cannot take: decline, turn away, turning away, saying no
decline, turn away
too busy, no capacity, fully booked: decline, turn away
hire, hiring, recruit, recruiting, recruitment, job interview, interview, applicant, candidate, vacancy: hiring, hire, new
new starter, new employee, new hire, new person, new staff, beginner, apprentice, trainee: new, first week, onboarding, first day
onboarding, induction: first week, new
train, training, teach, learn, learning, coach, coaching, lesson, workshop: course, training, learn
course, training
test, exam: quiz, check
praise, award, prize, bonus, reward, thank, best employee: recognition, thank
recognition, praise, appreciation
motivate, motivation, morale: recognition, thank
holiday, vacation, sick, ill, absent, absence, day off, on leave, leave: away, cover, stand in
stand in, cover, deputy, substitute, replacement person
meeting, team meeting, staff meeting: meeting, all of us
monthly, every month, each month: once a month, a month
weekly, every week: once a week, a week
daily, every day: each day, a day
yearly, annual, annually, every year: once a year, a year
agenda: meeting
kpi, kpis, metric, metrics, measure, indicator, dashboard, statistics: scorecard, measure, count
track, tracking, measure: count, scorecard
feedback, suggestion, suggestions, opinion, survey, questionnaire, idea
suggest, suggestion box, comment card: feedback, suggestion
competitor, competition, rival: competitor, competitors, across the street, others
compare, benchmark, spy: visit, look
advertise, advertising, advertisement, marketing, promotion: advertise, advertising, grow
grow, growth, more customers, more sales, new business
word of mouth, recommend, recommendation, referral: recommend, tell
greet, greeting, hello, welcome, walk in, come in: good morning, hello, welcome, look up
ignore, ignored, ignoring: waiting, look up
waiting, queue, line, wait
chat, chatting, gossip, talking: talk, talking
small talk: talk
script, phrase, phrases, wording, what to say: say, words, phrase
avoid, never say, forbidden: avoid, never
listen, listening, hear
rules, guideline, guidelines, regulation: policy, policies, rule
policy, policies, rule
instruction, instructions, sop, how to, steps: procedure
value, values, motto, mission, vision, golden rule: principle, principles, rule
draft, write, create, draw up, writing: write
small business, small shop, small firm, only a few of us: small
checklist, list, to do list
data, personal data, gdpr, data protection, personal information: privacy, data
store, retain, delete: keep
secret, confidential: privacy
allergy, allergies, allergic, allergen, ingredient, ingredients, nuts, gluten: what is in it, ingredients, allergy
order, orders, booking, reservation
take an order, place an order, order taking: order, taking an order
wrong order, mixed up, mistake, error, misspelled, misspelt, typo, wrong name: wrong, mistake
mistake, error, slip
power cut, outage, system down, card machine: down, till
till, cash register, pos
early, late opening: opening
vip, important customer: regular
elderly, disabled, wheelchair: access
kids, children: child
lost property, left behind, found: lost
steal, stolen, theft, shoplifter: theft
legal, lawyer, sue: dispute
safe, safety, accident, injury: safety
`

const usualGerman = `geld zurück, geld wieder, gutschrift: erstattung, rückerstattung
erstattung, rückerstattung
zurückgeben, zurückschicken, zurückbringen, retoure: rückgabe, rücksendung
rückgabe, rücksendung
umtausch, umtauschen, ersatz
kaputt, defekt, beschädigt
garantie, gewährleistung
lieferung, versand, zustellung
zu spät, verspätet, verzögerung, nicht angekommen: verspätung
unhöflich, frech, beleidigung, drohen: beleidigend, verhalten
wütend, verärgert, sauer, aufgebracht, zornig
schreit, schreien, brüllt, aggressiv, laut werden: wütend, verärgert
enttäuscht, unzufrieden: beschwerde, verärgert
schlechte bewertung, sterne, google: bewertung
bewertung, rezension
antworten, antwort, reagieren
reklamation, beschwerde
beschweren, reklamieren: beschwerde, reklamation
weitergeben, eskalieren, abgeben, delegieren: übergeben, übergabe
entschuldigen, tut mir leid: entschuldigung
rabatt, gutschein, nachlass
kulanz, entschädigung, geschenkt, umsonst, wiedergutmachung: gutmachen, kostenlos
preis, kosten
rechnung, beleg
quittung, kassenbon
anzahlung, vorkasse, vorauszahlung
kostenvoranschlag, angebot
absagen, stornieren, kündigen: stornierung, absage
nicht erschienen: verpasster termin
geschäftszeiten, wann offen: öffnungszeiten
aufschließen, aufsperren, morgens: öffnen
abschließen, zusperren, feierabend, ladenschluss: schließen
anruf, telefon
anrufen, telefonieren, klingeln: anruf, telefon
zurückrufen, nachfassen: rückruf
warteschleife, anrufbeantworter: telefon
e mail: email
email: e mail
whatsapp, sms, chat: nachricht
kundin, kunde, gast
stammkunde, stammkundin, treue: stammkunden
verlorene kunden, kommt nicht mehr, abgewandert: verlorener kunde
mitarbeiter, personal, team, kollegen
angestellte, beschäftigte: mitarbeiter
chef, chefin, inhaber, inhaberin, leitung
ablehnen, absage erteilen, nein sagen: absage, ablehnen
einstellen, bewerber, bewerbung, vorstellungsgespräch: einstellung, bewerbung
neue mitarbeiter, azubi, lehrling, einarbeitung: einarbeitung, erste woche
schulung, training, kurs, unterricht
lernen, üben, schulen: schulung, kurs
lob, anerkennung, auszeichnung, dank
urlaub, krank, abwesend, ferien: vertretung, abwesenheit
besprechung, sitzung, treffen
kennzahl, kennzahlen, messen, statistik
rückmeldung, vorschlag, umfrage, anregung
konkurrenz, wettbewerb, mitbewerber
werbung, marketing: werbung
begrüßen, begrüßung, willkommen: guten tag
warten, schlange, wartezeit
regel, vorschrift: richtlinie
anleitung, ablauf, schritte: verfahren
datenschutz, dsgvo, personenbezogene daten
allergie, allergiker, zutaten, inhaltsstoffe
bestellung, auftrag
fehler, irrtum, versehen
`
