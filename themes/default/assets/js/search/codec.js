// The files of search/index/, as internal/search/doc.go specifies them.

const text = new TextDecoder();

/**
 * What a file holds: base64 of deflated bytes; or of their number, these
 * bytes, and bits that are not deflated.
 * @param {string} packed
 * @param {boolean} mixed whether bits follow
 * @returns {Promise<{data: Uint8Array, bits: Uint8Array}>}
 */
export async function unpack(packed, mixed) {
  const all = reader(Uint8Array.from(atob(packed), (c) => c.charCodeAt(0)));
  const deflated = all.take(mixed ? all.varint() : packed.length);
  const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return { data: new Uint8Array(await new Response(stream).arrayBuffer()), bits: all.take(packed.length) };
}

/** @param {{data: Uint8Array}} file */
export function json({ data }) {
  return JSON.parse(text.decode(data));
}

// reader reads varints, bytes and numbers in Rice's code one after the other.
function reader(bytes) {
  let at = 0;
  let bit = 0;
  const next = () => (bytes[bit >> 3] >> (7 - (bit++ & 7))) & 1;
  return {
    rice(low) {
      let n = 0;
      while (next()) n++;
      while (low--) n = n * 2 + next();
      return n;
    },
    byte: () => bytes[at++],
    varint() {
      for (let n = 0, by = 1; ; by *= 128) {
        const b = bytes[at++];
        n += (b & 127) * by;
        if (!(b & 128)) return n;
      }
    },
    take: (n) => bytes.subarray(at, (at += n)),
  };
}

/**
 * @typedef {object} Group words of one stem, and where they are
 * @property {number} df how many documents have it
 * @property {string[]} forms its words in this shard
 * @property {number[]} docs the best documents, in order; with more(), all
 * @property {number[]} levels of each of docs
 */

/**
 * A shard of the dictionary with its postings: the groups of each word, in order of the words.
 * @param {{data: Uint8Array, bits: Uint8Array}} file
 * @param {{first: number, bits: number}} root
 * @returns {Map<string, Group[]>}
 */
export function shard({ data, bits }, root) {
  const head = reader(data);
  const count = head.varint();
  const groups = head.varint();
  if (count > data.length || groups > count) throw new Error("search: a file is damaged");
  const sizes = Array.from({ length: 5 }, head.varint);
  const [A, B, C, D, E] = sizes.map((n) => reader(head.take(n)));
  const list = Array.from({ length: groups }, () => ({ df: D.varint() + 1, forms: [], docs: [], levels: [] }));
  const G = reader(bits);
  for (const g of list) postings(g, Math.min(g.df, root.first), root, E, G);
  const out = new Map();
  let before = new Uint8Array();
  for (let i = 0, newest = 0; i < count; i++) {
    const shared = A.byte();
    const rest = B.take(A.byte());
    const now = new Uint8Array(shared + rest.length);
    now.set(before.subarray(0, shared));
    now.set(rest, shared);
    before = now;
    const k = C.varint();
    const group = list[k ? newest - k : newest++];
    const word = text.decode(now);
    group.forms.push(word);
    out.set(word, [...(out.get(word) || []), group]);
  }
  return out;
}

/**
 * Gives the groups of a shard their further postings.
 * @param {{data: Uint8Array, bits: Uint8Array}} file
 * @param {Map<string, Group[]>} words
 * @param {{first: number, bits: number}} root
 */
export function more({ data, bits }, words, root) {
  const [E, G] = [reader(data), reader(bits)];
  for (const g of new Set([...words.values()].flat())) if (g.df > root.first) postings(g, g.df - root.first, root, E, G);
}

function postings(g, n, root, E, G) {
  const low = Math.floor(Math.log2((64 << root.bits) / n));
  for (let doc = -1; n > 0; n--) {
    const level = E.byte();
    if (level === undefined || low < 0) throw new Error("search: a file is damaged");
    doc += G.rice(low) + 1;
    g.docs.push(doc);
    g.levels.push(level);
  }
}
