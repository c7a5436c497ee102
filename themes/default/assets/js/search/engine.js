// The search engine: the browser's half of internal/search, whose doc.go
// specifies the files. It touches no page; it fetches what a query needs and
// says what was found.
//
// Ranking is BM25F: the index holds each word's weight in a document, and a
// word's rarity is reckoned here. A page need not have all words of a query.

import { json, more, shard } from "./codec.js";
import { sections, stands } from "./excerpts.js";
import { scriptLoader } from "./loader.js";
import { parse } from "./query.js";
import { alike, distance, nearShards } from "./typos.js";
import { places, words } from "./words.js";

const synonymWeight = 0.6; // of the word that was typed
const weakWeight = 0.25; // of a word that only shapes a question
const completionWeight = 0.6; // beside the same word as it stands
const completions = 12; // words that a beginning may stand for
const openFiles = 4; // files that a beginning is looked up in
const typoFiles = 8; // files that near words are looked for in
const verified = 40; // best pages whose texts are read for a phrase
const tail = 0.15; // of the best score: what is below that is not shown

/**
 * @typedef {import("./codec.js").Group} Group
 *
 * @typedef {object} Option one reading of a word that was typed
 * @property {string} as "exact", "form", "typo", "synonym" or "prefix"
 * @property {string} word what is looked for
 * @property {Group[][]} groups of each of its words, those that spell it
 * @property {number} weight
 *
 * @typedef {object} Term
 * @property {string} word as it was typed
 * @property {Option[]} options of which the best counts
 * @property {number} rarity
 * @property {Set<string>} forms all words that stand for it
 *
 * @typedef {object} Result
 * @property {number} doc
 * @property {string} address from the site's root, without index.html
 * @property {string} title
 * @property {[number, number][]} titleMarks
 * @property {string} type
 * @property {string[]} marks
 * @property {number} score
 * @property {{word: string, as: string, typed: string, field: string}[]} why of each word that counted; only with the
 *   excerpts it is known which of heading, tag and body a field is, if it is not the title
 */

/**
 * @param {object} o
 * @param {string} [o.base] address of the folder search/index/
 * @param {(name: string, version: string) => Promise<any>} [o.load] gives a file's second argument
 */
export function createEngine({ base = "", load = scriptLoader(base) }) {
  const files = new Map();
  let root;

  // A file is fetched and read once; one that fails may be asked for again.
  function file(name, read = json) {
    if (!files.has(name)) {
      const made = load(name, root && root.gen).then(async (held) => (typeof held === "string" ? read(held) : held));
      files.set(name, made);
      made.catch(() => files.delete(name));
    }
    return files.get(name);
  }

  async function ready() {
    root = await file("root");
    if (root.v !== 3) throw new Error("search: another version's index");
  }

  const dictionary = (prefix) => file("d-" + escape(prefix), (held) => shard(held, prefix, root));

  // The prefix of the shard that a word stands in, if it does.
  function home(word) {
    let n = word.length;
    while (n && !root.shards.includes(word.slice(0, n))) n--;
    return word.slice(0, n);
  }

  const lookup = async (word) => (await dictionary(home(word))).get(word);
  // whole fetches the documents of a word that are not among its best.
  async function whole(word) {
    const name = home(word);
    const known = await dictionary(name);
    const groups = known.get(word);
    if (groups?.some((g) => g.df > root.first)) await file("m-" + escape(name), (held) => more(held, known, root));
    return groups;
  }

  // rest fetches the same for the terms of a query that is narrowed: the best
  // documents of a word may all be of another type.
  const rest = (terms) => Promise.all(terms.flatMap((t) => t.options).flatMap((o) => words(o.word)).map(whole));

  const rarity = (df) => Math.log(1 + (root.docs - df + 0.5) / (df + 0.5));
  const rarest = (groups) => rarity(Math.min(...groups.map((g) => g.df)));

  // near finds the word of the dictionary that was probably meant.
  async function near(word) {
    let best;
    const look = async (prefixes) => {
      for (const d of await Promise.all(prefixes.map(dictionary)))
        for (const [known, groups] of d) {
          if (known.includes(" ")) continue;
          const n = distance(word, known);
          if (n === Infinity) continue;
          const rank = n * 1e9 + (known[0] === word[0] ? 0 : 1e8) - Math.max(...groups.map((g) => g.df));
          if (!best || rank < best.rank) best = { rank, n, known, groups };
        }
    };
    const swapped = home(word.replace(/^(.)(.)/u, "$2$1"));
    const first = [...new Set([home(word), swapped])];
    await look(first);
    if (!best || best.n > 1) await look(nearShards(word, root.shards).filter((p) => !first.includes(p)).slice(0, typoFiles));
    return best;
  }

  // completed finds the words that begin with one that is still being typed.
  async function completed(word) {
    const prefixes = new Set([home(word), ...root.shards.filter((p) => p.startsWith(word))]);
    if (prefixes.size > openFiles) return [];
    const found = new Map();
    for (const d of await Promise.all([...prefixes].map(dictionary)))
      for (const [known, groups] of d)
        if (known !== word && known.startsWith(word) && !known.includes(" "))
          for (const g of groups) if (!found.has(g.forms[0])) found.set(g.forms[0], [known, g]);
    return [...found.values()].sort((a, b) => b[1].df - a[1].df).slice(0, completions);
  }

  /**
   * The readings of one word.
   * @returns {Promise<Term>}
   */
  async function term(word, open) {
    const t = { word, options: [], rarity: 0, forms: new Set([word]) };
    const add = (as, known, groups, weight) => {
      t.options.push({ as, word: known, groups: [groups], weight });
      for (const g of groups) for (const f of g.forms) t.forms.add(f);
    };
    const [exact, more] = await Promise.all([lookup(word), open && completed(word)]);
    if (exact) {
      add("exact", word, exact, 1);
      t.rarity = rarest(exact);
    }
    if (open) {
      for (const [known, g] of more) if (!exact || !exact.includes(g)) add("prefix", known, [g], exact ? completionWeight : 1);
      t.rarity ||= rarity(Math.min(root.docs, more.reduce((n, m) => n + m[1].df, 0)));
    }
    const weak = root.weak.includes(word);
    const guess = !weak && !t.options.length && (await near(word));
    if (guess) {
      add(guess.n < 1 ? "form" : "typo", guess.known, guess.groups, 1);
      t.rarity = rarest(guess.groups);
    }
    if (weak) t.rarity *= weakWeight;
    return t;
  }

  // rows lists the synonyms whose left side stands among some words, each with where.
  function rows(all, same) {
    return root.synonyms.map(([left, rights]) => {
      const from = left.split(" ");
      const at = all.findIndex((_, i) => from.every((w, j) => i + j < all.length && same(all[i + j], w)));
      return { left, rights: rights.map((r) => r.split(" ")), at, size: from.length };
    }).filter(({ at }) => at >= 0);
  }

  // ahead begins to fetch, beside the first shards, what will be needed behind them: a round
  // costs more than a file. Of one stem with the left of a synonym is, until the dictionary is
  // here, what begins as it does.
  function ahead(typed, filters) {
    const fetch = (name) => file(name).catch(() => {});
    if (!(root.slots >> root.cards)) fetch("c-0"); // one file has all cards
    if (root.scopes.length) fetch("s");
    if (filters) fetch("f");
    for (const { rights } of rows(typed, alike)) for (const w of rights.flat()) dictionary(home(w)).catch(() => {});
  }

  // synonyms finds what stands for the terms, in whichever ending. What stands for a
  // common word is no rarer than that.
  async function synonyms(terms) {
    const same = (t, w) => t.forms.has(w) || (t.options[0]?.word !== t.word && distance(t.word, w) < 1);
    const found = await Promise.all(rows(terms, same).map(async ({ left, rights, at, size }) => {
      const t = { word: left, options: [], rarity: 1, forms: new Set() };
      const held = await Promise.all(rights.map((right) => Promise.all(right.map(lookup))));
      held.forEach((groups, i) => {
        if (groups.includes(undefined)) return;
        t.options.push({ as: "synonym", word: rights[i].join(" "), groups, weight: synonymWeight });
        for (const g of groups.flat()) for (const f of g.forms) t.forms.add(f);
      });
      const typed = Math.max(...terms.slice(at, at + size).map((x) => x.rarity || Infinity));
      return { ...t, rarity: Math.min(typed, Math.max(...t.options.map((o) => Math.max(...o.groups.map(rarest))))) };
    }));
    return found.filter((t) => t.options.length);
  }

  // weigh lists a group's documents; all of them, or the best. Those that are not
  // among the best are taken at what the least of these weighs.
  function weigh(g, all, to) {
    g.docs.forEach((doc, i) => to(doc, root.levels[g.levels[i]]));
    if (!all || !g.others) return;
    const least = root.levels[Math.min(...g.levels)];
    for (const doc of g.others) to(doc, least);
  }

  // score says what a term gives to each document, by the best of its options.
  function score(t, all) {
    const gains = new Float64Array(root.slots);
    const by = new Uint8Array(root.slots);
    const sum = new Float64Array(root.slots);
    t.options.forEach((o, n) => {
      const touched = [];
      for (const g of o.groups.flat())
        weigh(g, all, (doc, weight) => {
          if (!sum[doc]) touched.push(doc);
          sum[doc] += weight;
        });
      for (const doc of touched) {
        const gain = (t.rarity * o.weight * sum[doc]) / o.groups.length;
        sum[doc] = 0;
        if (gain <= gains[doc]) continue;
        gains[doc] = gain;
        by[doc] = n;
      }
    });
    return { t, gains, by };
  }

  // added lists the documents with what all terms give them.
  function added(scored) {
    const list = [];
    for (let doc = 0; doc < root.slots; doc++) {
      let sum = 0;
      for (const { gains } of scored) sum += gains[doc];
      if (sum) list.push({ doc, score: sum });
    }
    return list;
  }

  // without leaves those out that have all words of one of the lists.
  async function without(lists, found) {
    for (const list of lists) {
      const groups = await Promise.all(list.map(whole));
      if (groups.includes(undefined)) continue;
      const sets = groups.map((gs) => new Set(gs.flatMap((g) => [...g.docs, ...(g.others || [])])));
      found = found.filter(({ doc }) => !sets.every((set) => set.has(doc)));
    }
    return found;
  }

  async function card(doc) {
    const [titles, addresses, types, marks] = await file("c-" + (doc >> root.cards));
    const i = doc & ((1 << root.cards) - 1);
    return { title: titles[i], address: addresses[i], type: root.types[types[i]] || "", marks: marks.find(([of]) => of === i)?.[1] || [] };
  }

  const text = async (doc) => (await file("t-" + (doc >> 1)))[doc & 1];

  // together keeps the pages that have all phrases, as they are written.
  async function together(phrases, list) {
    const has = async (r) => {
      const [{ title }, [summary, parts]] = await Promise.all([card(r.doc), text(r.doc)]);
      const texts = [title, summary, ...parts.flatMap(([heading, , body]) => [heading, body])].map(words);
      return phrases.every((phrase) => texts.some((t) => stands(phrase, t)));
    };
    const kept = await Promise.all(list.slice(0, verified).map(has));
    return list.filter((_, i) => kept[i]);
  }

  // classes gives the values that a filter may ask a document for.
  async function classes() {
    const f = await file("f");
    return (doc) => {
      const [type, stages, roles] = f.classes[f.docs[doc]];
      return { type: [root.types[type]], stage: stages.map((i) => root.stages[i]), role: roles.map((i) => root.roles[i]) };
    };
  }

  // sift applies the filters and counts, for each kind of filter, what the others leave.
  async function sift(list, filters, counted) {
    const names = ["type", "stage", "role"];
    const asked = names.filter((n) => filters[n]);
    const all = (values) => values.map((value) => ({ value }));
    if (!asked.length && !counted) return { list, facets: { type: all(root.types), stage: all(root.stages), role: all(root.roles) } };
    const of = await classes();
    const counts = { type: new Map(), stage: new Map(), role: new Map() };
    const kept = list.filter(({ doc }) => {
      const c = of(doc);
      const missed = asked.filter((n) => !c[n].includes(filters[n]));
      for (const n of names)
        if (missed.every((m) => m === n)) for (const v of c[n]) if (v) counts[n].set(v, (counts[n].get(v) || 0) + 1);
      return !missed.length;
    });
    const facets = {};
    for (const n of names) facets[n] = [...counts[n]].map(([value, count]) => ({ value, count }));
    return { list: kept, facets };
  }

  // apart deals documents to the scopes that they are in, "" for none.
  async function apart(list) {
    const of = root.scopes.length ? await file("s") : "";
    const held = new Map([["", []], ...root.scopes.map(([address]) => [address, []])]);
    for (const r of list) held.get(root.scopes[of.charCodeAt(r.doc) - 48]?.[0] ?? "").push(r);
    return held;
  }

  async function result({ doc, score }, scored) {
    const why = scored.filter(({ gains }) => gains[doc]).map(({ t, by }) => ({ ...t.options[by[doc]], typed: t.word, forms: t.forms }));
    const { title, address, type, marks } = await card(doc);
    const titled = places(title);
    const found = titled.filter((p) => why.some((w) => p.words.some((x) => w.forms.has(x))));
    return {
      doc, address, title, type, marks, score,
      titleMarks: found.map((p) => [p.from, p.to]),
      why: why.map((w) => ({ word: w.word, as: w.as, typed: w.typed, field: found.some((p) => p.words.some((x) => w.forms.has(x))) ? "title" : "body" })),
      terms: why.map((w) => w.forms),
    };
  }

  /**
   * @param {string} query
   * @param {object} [o]
   * @param {boolean} [o.typing] whether the last word may be a beginning
   * @param {{type?: string, stage?: string, role?: string}} [o.filters]
   * @param {number} [o.limit]
   * @param {string} [o.from] an address: of the scopes, the one that it is in is searched, and only
   *   where that has nothing the one with the best page
   * @param {boolean} [o.facets] whether to count for the filters, which costs a file
   */
  async function search(query, { typing = false, filters = {}, limit = 20, facets = false, from = "" } = {}) {
    const started = performance.now();
    await ready();
    const scopes = [...root.scopes, ["", ""]];
    const [here] = root.scopes.findLast(([address]) => from.startsWith(address)) || [""];
    const q = parse(query, typing);
    const narrow = Object.values(filters).some(Boolean);
    ahead(q.words, narrow || facets);
    const asked = [...new Set(q.words)];
    const terms = await Promise.all(asked.map((w) => term(w, w === q.open)));
    const byWord = new Map(terms.map((t) => [t.word, t]));
    const beside = await synonyms(q.words.map((w) => byWord.get(w)));
    const narrowed = !!here || narrow;
    if (narrowed) await rest([...terms, ...beside]);
    const scored = [...terms, ...beside].map((t) => score(t, narrowed));
    const dealt = await apart((await without(q.without, added(scored))).sort((a, b) => b.score - a.score || a.doc - b.doc));
    const within = dealt.get(here).length ? here : [...dealt].sort(([, [a]], [, [b]]) => (b?.score || 0) - (a?.score || 0))[0][0];
    let list = dealt.get(within);
    const best = list.reduce((n, r) => Math.max(n, r.score), 0);
    list = list.filter((r) => r.score >= tail * best);
    const exact = q.phrases.length ? await together(q.phrases, list) : list;
    if (exact.length) list = exact;
    const sifted = await sift(list, filters, facets);
    const typos = terms.filter((t) => t.options[0]?.as === "typo");
    return {
      query,
      total: sifted.list.length,
      results: await Promise.all(sifted.list.slice(0, limit).map((r) => result(r, scored))),
      within: scopes.find(([address]) => address === within),
      elsewhere: scopes.filter(([address]) => address !== within && dealt.get(address).length),
      corrected: typos.map((t) => ({ from: t.word, to: t.options[0].word })),
      synonyms: beside.flatMap((t) => t.options.map((o) => ({ from: t.word, to: o.word }))),
      ignored: terms.filter((t) => !t.options.length && !root.weak.includes(t.word)).map((t) => t.word),
      loose: !exact.length && list.length > 0,
      facets: sifted.facets,
      took: performance.now() - started,
    };
  }

  /**
   * What to show of each result's text: the sections that match best.
   * @param {(Result & {terms: Set<string>[]})[]} results
   */
  function excerpts(results) {
    return Promise.all(results.map(async (r) => {
      const [summary, parts, tags = []] = await text(r.doc);
      const fields = { heading: parts.map(([heading]) => heading), tag: tags };
      const found = Object.entries(fields).map(([field, texts]) => ({ field, all: new Set(texts.flatMap(words)) }));
      const where = (forms) => found.find(({ all }) => [...forms].some((f) => all.has(f)))?.field || "body";
      const why = r.why.map((w, i) => (w.field === "title" ? w : { ...w, field: where(r.terms[i]) }));
      return { doc: r.doc, summary, why, sections: sections(parts, r.terms) };
    }));
  }

  return { ready, search, excerpts };
}

// A shard's prefix as it stands in a file's name.
function escape(prefix) {
  return [...new TextEncoder().encode(prefix)]
    .map((b) => (/[a-z0-9]/.test(String.fromCharCode(b)) ? String.fromCharCode(b) : "_" + b.toString(16).padStart(2, "0")))
    .join("");
}
