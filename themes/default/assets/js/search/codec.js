// The files of search/index/, as internal/search/doc.go specifies them.

const text = new TextDecoder();

/**
 * What a file holds: base64 of deflated bytes.
 * @param {string} packed
 * @returns {Promise<Uint8Array>}
 */
export async function unpack(packed) {
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** @param {Uint8Array} bytes */
export function json(bytes) {
  return JSON.parse(text.decode(bytes));
}

// reader reads varints and bytes one after the other.
function reader(bytes) {
  let at = 0;
  return {
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
 * @property {number[]} docs the best documents, best first
 * @property {number[]} levels of each of docs
 */

/**
 * A shard of the dictionary with its postings: the groups of each word, in order of the words.
 * @param {Uint8Array} bytes
 * @param {number} first the most postings that a group has here
 * @returns {Map<string, Group[]>}
 */
export function shard(bytes, first) {
  const head = reader(bytes);
  const count = head.varint();
  const groups = head.varint();
  if (count > bytes.length || groups > count) throw new Error("search: a file is damaged");
  const sizes = Array.from({ length: 7 }, head.varint);
  const [A, B, C, D, E, F, G] = sizes.map((n) => reader(head.take(n)));
  const list = Array.from({ length: groups }, () => ({ df: D.varint() + 1, forms: [], docs: [], levels: [] }));
  for (const g of list) postings(g, Math.min(g.df, first), E, F, G);
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

function postings(g, left, E, F, G) {
  while (left > 0) {
    const level = E.byte();
    const n = left > 1 ? F.varint() + 1 : 1;
    if (level === undefined || n > left) throw new Error("search: a file is damaged");
    for (let i = 0, doc = -1; i < n; i++) {
      doc += G.varint() + 1;
      g.docs.push(doc);
      g.levels.push(level);
    }
    left -= n;
  }
}
