// Which parts of a page's text to show for a query, and what to mark in them.

import { places } from "./words.js";

const shown = 3; // sections of a page
const before = 60; // characters before the first mark
const length = 220; // characters of an excerpt

/**
 * Whether words stand together in a list of words.
 * @param {string[]} phrase
 * @param {string[]} text
 */
export function stands(phrase, text) {
  return text.some((_, i) => phrase.every((w, j) => text[i + j] === w));
}

/**
 * The sections that match best, in the page's order.
 * @param {[string, string, string][]} parts heading, anchor, text
 * @param {Set<string>[]} terms
 */
export function sections(parts, terms) {
  return parts
    .map(([heading, anchor, text], at) => ({ at, heading, anchor, ...excerpt(text, terms, hits(places(heading), terms)) }))
    .filter((s) => s.score > 0)
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, shown)
    .sort((a, b) => a.at - b.at)
    .map(({ heading, anchor, text, marks }) => ({ heading, anchor, text, marks }));
}

// hits are the places of words that a term stands for, each with the terms.
function hits(list, terms) {
  return list
    .map((p) => ({ ...p, terms: terms.filter((t) => p.words.some((w) => t.has(w))) }))
    .filter((p) => p.terms.length);
}

// excerpt finds the stretch of a text with the most of the terms.
function excerpt(text, terms, inHeading) {
  const found = hits(places(text), terms);
  let best = { score: 0, from: 0 };
  found.forEach((first, i) => {
    const there = new Set();
    for (let j = i; j < found.length && found[j].to < first.from + length - before; j++) for (const t of found[j].terms) there.add(t);
    if (there.size > best.score) best = { score: there.size, from: first.from };
  });
  let from = Math.max(0, best.from - before);
  if (from) from = text.indexOf(" ", from) + 1;
  let to = Math.min(text.length, from + length);
  if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), from + length / 2);
  const lead = from ? "… " : "";
  return {
    score: best.score + 2 * new Set(inHeading.flatMap((h) => h.terms)).size,
    text: lead + text.slice(from, to) + (to < text.length ? " …" : ""),
    marks: found.filter((p) => p.from >= from && p.to <= to).map((p) => [p.from - from + lead.length, p.to - from + lead.length]),
  };
}
