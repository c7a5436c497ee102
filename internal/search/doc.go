// Package search is the card index: what a site's own search needs, as files
// that a browser fetches a few of.
//
// In: documents, which are the texts of one page by heading with its facts.
// Out: small files for each language of the site. The same documents give the
// same bytes, in whatever order they come. It never reads a file or a clock,
// never sees Markdown or HTML, and never puts a document's words anywhere but in that document's
// entries. The browser's twin is themes/default/assets/js/search.
//
// Start at [Builder.Index]; words are split in words.go.
//
// # The format, version 3
//
// Each language has one folder of files, search/index/ below the language's
// own folder. A file NAME.js is a classic script of one call,
//
//	peppermillIndex("NAME","BASE64")
//
// whose second argument is standard base64, without padding, of the content: deflated
// (RFC 1951, no header), or coded as below in d- and m- files. Only in t- files it is the
// content itself, a value in JSON, because
// packing them would take longer than all the rest and hosts pack such text as well.
// So one copy works over http and from a folder, under a policy
// without eval. A file's name never depends on its content: over http add
// "?v=" + the root's gen to all but the root.
//
// Text is UTF-8.
//
// # Words
//
// Text is folded: NFKD, then U+0300 to U+036F are dropped, then lower case,
// then NFC; then ß→ss, æ→ae, œ→oe, ø→o, ł→l, đ→d, ı→i, ς→σ. Words are then the longest runs of
// letters, marks and digits (\p{L} \p{M} \p{N}). An apostrophe (' or ’) directly
// between a word and one of s, t, d, m, ll, re, ve is dropped when no letter,
// mark or digit follows these: don't is dont. In a word, runs of Han, Hiragana,
// Katakana (with U+30FC, U+3005) and Thai characters are cut out, and such a run is replaced by its overlapping
// pairs of characters; a run of one is itself. A word has at most 40
// characters (code points); what is longer loses its end.
//
// # Documents
//
// A document sits in a slot: slots are a hash table of its address, filled in the
// order of the hashes, each document in the slot its hash points at or the next free
// one (slots.go). So an edit moves nobody, and a new page only those that stand closely behind it.
//
// Up to 4,096 documents the root's plain has a letter for each slot: "-" where nobody sits,
// else the level (from "0") of a word that stands once in that document's text and nowhere else in it. Then
// a document's number, in d- and m- files, is how many sit before it. Where plain is empty,
// the number is the slot, and its plain level counts as 0.
//
// # root
//
// JSON:
//
//	{"v":3, "gen":"1f2e3d4c", "lang":"en", "docs":1400, "slots":1600, "plain":"4-55…", "cards":11, "first":1024,
//	 "levels":[0.01,…], "shards":["","a","co",…], "types":["case-study","policy"],
//	 "stages":["before","during","after"], "roles":["front desk"],
//	 "weak":["a","about",…], "scopes":[["manual/","Manual"]], "synonyms":[["money back",["refund"]],…]}
//
// gen changes when anything in the folder does. docs is the number of documents, for idf. A file of cards
// holds those of the slots whose number >> cards is its own (up to 2,048 documents there is one file, "c-0": fetch it
// beside the first shards). levels is what a posting's level weighs. shards are the prefixes that have a file
// of their own, sorted. types and roles are sorted, stages are in the order of the sale. synonyms are word
// sequences as the site's owner (or the default set) writes them, folded and where the dictionary has them
// only with another ending with that, and what is searched for beside them; those on the left that the dictionary lacks are met
// by whatever would be taken for an inflection of them. weak are words that shape a question: they count a quarter. scopes
// are the folders that are searched apart, by address, each with its name: a search from within one finds only what is in it, any
// other only what is in none. The innermost counts.
//
// # Choices
//
// d- and m- files are a range coder's bytes. The decoder holds width = 2³²-1, code = the first four
// bytes (highest first; behind the end all bytes are 0), and for each context a chance no = 32768 of 65536
// and a count n = 0. A choice in a context: bound = (width >> 16) × no; if code < bound it is 0 and width = bound,
// else it is 1, code -= bound, width -= bound. Then no += ((aim - no) × pace) >> 14 (rounded down), where aim is 65472 after a 0, 64
// after a 1, and pace is 32768 / (2n + 3) rounded down; then n grows by 1, up to 30. A plain bit: width is halved, rounded down; if code < width it
// is 0, else 1 and code -= width. After each, while width < 2²⁴: width ×= 256, code = code × 256 + the next byte.
//
//	bits(k)      k plain bits, highest first
//	symbol(s)    a byte: eight choices, highest bit first, each in the context s, 1 followed by the bits before it
//	letter(b)    like symbol(b); but a context with n = 0 first takes over no of the one with the same bits in symbol(261), with n = 1,
//	             if there n > 0; and each choice is learnt there too, by changing no and n
//	number(s)    size = symbol(s), then x = 1 followed by bits(size-1); the number is x-1
//	run(c, m)    how many choices are 1 before one is 0; the i-th (from 0) in the context c, min(i, m)
//
// # d-PREFIX: dictionary and postings
//
// A word stands in the shard with the longest prefix that it begins with. In
// the name, a–z and 0–9 stand for themselves and each other byte of the
// UTF-8 prefix for "_" and two hexadecimal digits; the shard of the empty prefix is "d-".
// "" is always in the list and may be the only one.
//
// All words of one stem form a group, and postings are those of the group: the
// browser needs no stemmer. A group whose words stand in several shards is in each of them, whole. A word may
// stand twice in a row with different groups (two languages, or accents that were
// folded away). Words are sorted by their UTF-8 bytes.
//
//	number(260)                    how many words; then, for each:
//	number(256)                    0 for a new group, k ≥ 1 for the k-th newest so far (1 is the newest)
//	symbol(257, or 258 if k ≥ 1)   how many bytes of the word before are dropped; before the first stands the prefix
//	letter(b)… until it is 0       the bytes that follow; b is the byte before each, 0 at a word's start
//
// and, for a new group:
//
//	number(259)                    df-1, where df is how many documents have it
//	its postings                   of the n = min(df, first) best documents, in order of their numbers; of equal level the lowest are the best
//
// Of N numbers (documents, or slots where plain is empty), q = 4N/n rounded down, e is the least for which q >> e < 8, density = 4e + (q >> e) - 4.
// A posting is run(gap density, 7) followed by bits(max(0, e-1)), which is number - before - 1, with before -1 at first; then, with p the
// document's plain level and b how many bits df has, at most 15:
//
//	choice in (same p, b)          0: the level is p, and that is all
//	choice in (below p)            0: it is above, 1: it is below
//	run(away p and that, 15)       how far, less one
//
// The level is an index into the root's levels.
//
// A word with a space in it is a pair of neighbouring words, kept where it is frequent; it is looked up like
// any other, and prefixes and typo repair leave it alone.
//
// # m-PREFIX: more documents
//
// Where a shard has groups with df > first, their other n = df - first documents, for those groups in the shard's order, for
// queries that need them (a filter, a word to leave out): numbers as in postings, without levels, which are none above those of the best.
//
// # c-FILE: cards
//
// JSON, columns of the file's slots in order. FILE is the number in decimal.
//
//	[[title,…], [address,…], [type,…], [[i, marks],…]]
//
// address is relative to the site's root, without "index.html" at its end. type is an index into the root's
// types or -1. marks, in previews only, is an array of "draft", "staff" and so on for the i-th of the slots. Where
// nobody sits, title and address are empty.
//
// # t-PAIR: texts for excerpts
//
// JSON, an array of the texts of the documents in two slots, 0 where nobody sits: PAIR is slot >> 1, in
// decimal, and the document is the one at slot & 1.
//
//	[summary, [[heading, anchor, text], …], [tag, …]]
//
// Sections are in order of the page; the first may have an empty heading and
// anchor, for what stands before any. The tags are left out where there are none. Long texts are cut: where a page exceeds
// the limit its longest sections lose their ends, and end in "…".
//
// # f: filters
//
// JSON, for filters and their counts; what there is to choose from, the root says:
//
//	{"classes":[[type,[stage,…],[role,…]],…], "docs":[class,…]}
//
// with indexes into the root's lists; docs is by slot, -1 where nobody sits.
//
// # s: scopes
//
// Only where the root lists scopes: a text in JSON with a character for each slot, U+0030 plus the place in
// that list, or "-" where nobody sits and for a document in no scope. Fetch it beside the first shards.
package search
