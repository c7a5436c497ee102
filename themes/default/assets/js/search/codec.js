// The files of search/index/, as internal/search/doc.go specifies them.

const text = new TextDecoder();

/** @param {string} packed base64 */
const bytesOf = (packed) => Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));

/**
 * A file of deflated JSON.
 * @param {string} packed
 */
export async function json(packed) {
  const stream = new Blob([bytesOf(packed)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).json();
}

// Contexts, as internal/search/coder.go numbers them.
const ref = 256;
const drop = 257;
const docs = 259;
const head = 260;
const any = 261;
const gap = 262 * 256;
const plain = gap + 1024;
const below = plain + 256;
const farther = below + 16;
const pace = Array.from({ length: 31 }, (_, n) => Math.floor(32768 / (2 * n + 3)));

// decoder reads what the range coder of internal/search wrote.
function decoder(bytes) {
  const no = new Uint16Array(farther + 512).fill(32768);
  const seen = new Uint8Array(no.length);
  let at = 0;
  let width = 2 ** 32 - 1;
  let code = 0;
  function read() {
    if (at > bytes.length + 8) throw new Error("search: a file is damaged");
    code = code * 256 + (bytes[at++] || 0);
  }
  for (let i = 0; i < 4; i++) read();
  function cut(bound, yes) {
    if (yes) {
      code -= bound;
      width -= bound;
    } else width = bound;
    for (; width < 2 ** 24; width *= 256) read();
    return yes;
  }
  function choice(context) {
    const bound = (width >>> 16) * no[context];
    const yes = cut(bound, +(code >= bound));
    learn(context, yes);
    return yes;
  }
  function learn(context, yes) {
    no[context] += (((yes ? 64 : 65472) - no[context]) * pace[seen[context]]) >> 14;
    if (seen[context] < 30) seen[context]++;
  }
  function bits(n, from = 0) {
    for (; n > 0; n--) {
      width = Math.floor(width / 2);
      const yes = +(code >= width);
      if (yes) code -= width;
      for (; width < 2 ** 24; width *= 256) read();
      from = from * 2 + yes;
    }
    return from;
  }
  function symbol(of) {
    let node = 1;
    while (node < 256) node = node * 2 + choice(of * 256 + node);
    return node - 256;
  }
  // What has not yet come behind a letter is as likely as it is anywhere.
  function letter(before) {
    let node = 1;
    while (node < 256) {
      const context = before * 256 + node;
      const usual = any * 256 + node;
      if (!seen[context] && seen[usual]) {
        no[context] = no[usual];
        seen[context] = 1;
      }
      const yes = choice(context);
      learn(usual, yes);
      node = node * 2 + yes;
    }
    return node - 256;
  }
  function run(context, most) {
    let n = 0;
    while (choice(context + Math.min(n, most))) n++;
    return n;
  }
  return { choice, bits, symbol, letter, run, number: (of) => bits(symbol(of) - 1, 1) - 1 };
}

/**
 * @typedef {object} Group words of one stem, and where they are
 * @property {number} df how many documents have it
 * @property {string[]} forms its words in this shard
 * @property {number[]} docs the best documents, in order
 * @property {number[]} levels of each of docs
 * @property {number[]} [others] documents that are not among the best, once they are fetched
 */

/**
 * A shard of the dictionary with its postings: the groups of each word, in order of the words.
 * @param {string} packed
 * @param {string} prefix
 * @param {{first: number, slots: number, plain: string}} root
 * @returns {Map<string, Group[]>}
 */
export function shard(packed, prefix, root) {
  const d = decoder(bytesOf(packed));
  const seats = seatsOf(root);
  const list = [];
  const out = new Map();
  let word = [...new TextEncoder().encode(prefix)];
  for (let count = d.number(head); count > 0; count--) {
    const back = d.number(ref);
    const keep = word.length - d.symbol(drop + +(back > 0));
    if (keep < 0 || back > list.length) throw new Error("search: a file is damaged");
    word.length = keep;
    for (let c; (c = d.letter(word[word.length - 1] || 0)); ) word.push(c);
    if (!back) {
      const g = { df: d.number(docs) + 1, forms: [], docs: [], levels: [] };
      gaps(d, Math.min(g.df, root.first), seats.length, (i) => {
        const usual = root.plain ? root.plain.charCodeAt(seats[i]) - 48 : 0;
        g.docs.push(seats[i]);
        g.levels.push(level(d, usual, g.df));
      });
      list.push(g);
    }
    const group = list[list.length - (back || 1)];
    const name = text.decode(Uint8Array.from(word));
    group.forms.push(name);
    out.set(name, [...(out.get(name) || []), group]);
  }
  return out;
}

/**
 * Gives the groups of a shard the documents that are not among their best.
 * @param {string} packed
 * @param {Map<string, Group[]>} words
 * @param {{first: number, slots: number, plain: string}} root
 */
export function more(packed, words, root) {
  const d = decoder(bytesOf(packed));
  const seats = seatsOf(root);
  for (const g of new Set([...words.values()].flat()))
    if (g.df > root.first) {
      const others = [];
      gaps(d, g.df - root.first, seats.length, (i) => others.push(seats[i]));
      g.others = others;
    }
}

// seatsOf lists the slots that documents are numbered by: those where one sits.
function seatsOf({ slots, plain }) {
  const all = Array.from({ length: slots }, (_, i) => i);
  return plain ? all.filter((i) => plain[i] !== "-") : all;
}

function gaps(d, n, all, each) {
  const quarters = Math.floor((4 * all) / n);
  const octave = 29 - Math.clz32(quarters);
  const density = 4 * octave + (quarters >> octave) - 4;
  if (n > all) throw new Error("search: a file is damaged");
  for (let i = 0; n > 0; n--, i++) {
    i += d.bits(Math.max(0, octave - 1), d.run(gap + 8 * density, 7));
    if (i >= all) throw new Error("search: a file is damaged");
    each(i);
  }
}

function level(d, usual, df) {
  if (!d.choice(plain + 16 * usual + Math.min(32 - Math.clz32(df), 15))) return usual;
  const way = d.choice(below + usual);
  const away = d.run(farther + 32 * usual + 16 * way, 15) + 1;
  return way ? usual - away : usual + away;
}
