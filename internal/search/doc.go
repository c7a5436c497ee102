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
// # The format, version 1
//
// Each language has one folder of files, search/index/ below the language's
// own folder. A file NAME.js is a classic script of one call,
//
//	peppermillIndex("NAME","BASE64")
//
// whose second argument is standard base64 of deflate (RFC 1951, no header) of
// the content; only in t- files it is the content itself, a value in JSON, because
// packing them would take longer than all the rest and hosts pack such text as well.
// So one copy works over http and from a folder, under a policy
// without eval. A file's name never depends on its content: over http add
// "?v=" + the root's gen to all but the root.
//
// Numbers called varint are unsigned LEB128: seven bits a byte, least
// significant first, the high bit set on all but the last. Text is UTF-8.
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
// A document's number is bucket × 64 + rank. The bucket is made of the low bits of a
// hash of its address; a bucket never holds more than 64, and rank orders it by
// address. So numbers have gaps, and an edit moves nobody. bits (in
// the root) is the least for which all buckets are small enough.
//
// # root
//
// JSON:
//
//	{"v":1, "gen":"1f2e3d4c", "lang":"en", "docs":1400, "bits":5, "cards":2, "first":256,
//	 "levels":[0.05,…], "shards":["","a","co",…], "types":["case-study","policy"],
//	 "stages":["before","during","after"], "roles":["front desk"], "synonyms":[["money back",["refund"]],…]}
//
// gen changes when anything in the folder does. docs is the number of documents, for idf. A file of cards
// holds the buckets whose number >> cards is its own (up to 1,024 documents there is one file, "c-0": fetch it
// beside the first shards). levels is what a posting's level weighs. shards are the prefixes that have a file
// of their own, sorted. types and roles are sorted, stages are in the order of the sale. synonyms are word
// sequences as the site's owner (or the default set) writes them, folded, and what is searched for beside them.
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
// folded away).
//
// The base64 of d- and m- files holds varint length of P, P, then bits G to the end. P is the deflate
// of the rest; G is not packed, as nothing would be gained:
//
//	varint words, varint groups
//	then five times: varint length in bytes of a stream A…E
//	A  a word: byte of bytes shared with the word before, byte of the bytes that follow
//	B  all those following bytes
//	C  a word: varint, 0 for the next new group, k ≥ 1 for the k-th newest so far (1 is the newest)
//	D  a group: varint df-1, where df is how many documents have it
//	E  a posting: byte level
//	G  a posting: its gap in Rice code
//
// Words are sorted by their UTF-8 bytes. A group has n = min(df, first) postings here, the
// best ones (of equal level the lowest numbers), in order of their documents. A gap is number - before - 1, with
// before -1 at first. Bits are read from each byte's highest on, without a break between groups. With N = 64 << bits (the root's) and the least
// k ≥ 0 for which n << (k+1) > N, a gap is gap >> k ones, a zero, then its k low bits, highest first. level is an index into the root's levels.
//
// A word with a space in it is a pair of neighbouring words, kept where it is frequent; it is looked up like
// any other, and prefixes and typo repair leave it alone.
//
// # m-PREFIX: more postings
//
// Where a shard has groups with df > first, their other n = df - first postings, for those groups in the shard's order, for
// queries that need them (a filter, a word to leave out). P is the deflate of stream E alone, G is as above.
//
// # c-FILE: cards
//
// JSON, an array of the file's buckets in order, each an array of cards by rank. FILE is the number in decimal.
//
//	[title, address, type, marks]
//
// address is relative to the site's root, without "index.html" at its end. type is an index into the root's
// types or -1. marks, in previews only, is an array of "draft", "staff" and so on; it is left out where there is none.
//
// # t-BUCKET-PAIR: texts for excerpts
//
// JSON, an array of the texts of at most two documents of a bucket: PAIR is rank >> 1, both numbers in
// decimal, and the document is the one at rank & 1.
//
//	[summary, [[heading, anchor, text], …]]
//
// Sections are in order of the page; the first may have an empty heading and
// anchor, for what stands before any. Long texts are cut: where a page exceeds
// the limit its longest sections lose their ends, and end in "…".
//
// # f: filters
//
// JSON, for the search page's filters and counts:
//
//	{"classes":[[type,[stage,…],[role,…]],…], "docs":[[class,…],…]}
//
// with indexes into the root's lists; docs is an array of all buckets, each with its documents' classes by rank.
package search
