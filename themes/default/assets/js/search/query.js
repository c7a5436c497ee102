// What somebody typed, taken apart.

import { words } from "./words.js";

/**
 * @typedef {object} Query
 * @property {string[]} words to look for, in order, those of phrases among them
 * @property {string[][]} phrases words that must stand together
 * @property {string[][]} without words that must not be there, all of one list together
 * @property {string} open the last word, while it is being typed, or ""
 */

/**
 * @param {string} text
 * @param {boolean} typing
 * @returns {Query}
 */
export function parse(text, typing) {
  const out = { words: [], phrases: [], without: [], open: "" };
  const part = /(^|\s)(-?)["“”„«»]([^"“”„«»]+)["“”„«»]|(^|\s)-(?=[\p{L}\p{N}])(\S+)|\S+/gu;
  for (const m of text.matchAll(part)) {
    const found = words(m[3] || m[5] || m[0]);
    if (m[5] || m[2]) {
      if (found.length) out.without.push(found);
      continue;
    }
    if (m[3] && found.length > 1) out.phrases.push(found);
    out.words.push(...found);
  }
  if (typing && out.words.length && /[\p{L}\p{M}\p{N}]$/u.test(text)) out.open = out.words[out.words.length - 1];
  return out;
}
