// Words, as internal/search splits them: internal/search/doc.go says how, and
// both read internal/search/testdata/words.txt in their tests.

const letters = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i", ς: "σ" };
const word = /[\p{L}\p{M}\p{N}]+/gu;
const clitic = /(?<=[\p{L}\p{M}\p{N}])['’](?=(?:s|t|d|m|ll|re|ve)(?![\p{L}\p{M}\p{N}]))/gu;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\u30FC\u3005]+/gu;
const longest = 40;

/**
 * Text without what nobody types into a search box: accents and capitals.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .normalize("NFC")
    .replace(/[ßæœøłđıς]/g, (c) => letters[c]);
}

/**
 * The words of a text, folded, in order.
 * @param {string} text
 * @returns {string[]}
 */
export function words(text) {
  const out = [];
  for (const run of fold(text).replace(clitic, "").match(word) || []) {
    let end = 0;
    for (const m of run.matchAll(unspaced)) {
      push(out, run.slice(end, m.index));
      pairs(out, [...m[0]]);
      end = m.index + m[0].length;
    }
    push(out, run.slice(end));
  }
  return out;
}

function push(out, w) {
  if (w) out.push([...w].slice(0, longest).join(""));
}

// Scripts without spaces between words: each two neighbours are a word.
function pairs(out, chars) {
  if (chars.length === 1) out.push(chars[0]);
  for (let i = 1; i < chars.length; i++) out.push(chars[i - 1] + chars[i]);
}

/**
 * The words of a text as it is written, each with where it stands, for marking.
 * @param {string} text
 * @returns {{from: number, to: number, words: string[]}[]}
 */
export function places(text) {
  const out = [];
  for (const m of text.matchAll(/[\p{L}\p{M}\p{N}]+(?:['’](?:s|t|d|m|ll|re|ve)(?![\p{L}\p{M}\p{N}]))?/giu)) {
    let end = m.index;
    for (const part of m[0].split(/([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\u30FC\u3005]{1,2})/u)) {
      if (part) out.push({ from: end, to: end + part.length, words: words(part) });
      end += part.length;
    }
  }
  return out;
}
