// Just as much of archives as a file for Word needs: all its parts are listed at
// the end, none is larger than memory, and none is encrypted.

/**
 * @typedef {{name: string, how: number, sum: number, size: number, packed: Uint8Array}} Part
 */

/**
 * Lists the parts of an archive, as they are packed.
 * @param {Uint8Array} bytes
 * @returns {Part[]}
 */
export function read(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) throw new Error("word: this is no archive");
  const parts = [];
  let at = view.getUint32(end + 16, true);
  for (let n = view.getUint16(end + 10, true); n > 0; n--) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new Error("word: the archive is damaged");
    const named = view.getUint16(at + 28, true);
    const length = view.getUint32(at + 20, true);
    const from = view.getUint32(at + 42, true);
    const data = from + 30 + view.getUint16(from + 26, true) + view.getUint16(from + 28, true);
    parts.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + named)),
      how: view.getUint16(at + 10, true),
      sum: view.getUint32(at + 16, true),
      size: view.getUint32(at + 24, true),
      packed: bytes.subarray(data, data + length),
    });
    at += 46 + named + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return parts;
}

const through = async (bytes, stream) => new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());

/** @param {Part} part */
export async function text(part) {
  const bytes = part.how === 0 ? part.packed : await through(part.packed, new DecompressionStream("deflate-raw"));
  return new TextDecoder().decode(bytes);
}

/**
 * Makes a part of text.
 * @param {string} name
 * @param {string} content
 * @returns {Promise<Part>}
 */
export async function part(name, content) {
  const bytes = new TextEncoder().encode(content);
  const packed = await through(bytes, new CompressionStream("deflate-raw"));
  return { name, how: 8, sum: crc(bytes), size: bytes.length, packed };
}

let table;

function crc(bytes) {
  table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    for (let i = 0; i < 8; i++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n;
  });
  let sum = -1;
  for (const b of bytes) sum = table[(sum ^ b) & 255] ^ (sum >>> 8);
  return ~sum >>> 0;
}

/**
 * Puts parts together.
 * @param {Part[]} parts
 * @returns {Uint8Array}
 */
export function write(parts) {
  const names = parts.map((p) => new TextEncoder().encode(p.name));
  const all = parts.reduce((n, p, i) => n + 76 + 2 * names[i].length + p.packed.length, 22);
  const out = new Uint8Array(all);
  const view = new DataView(out.buffer);
  let at = 0;
  const put = (...fields) => fields.forEach(([size, value]) => ((size === 2 ? view.setUint16 : view.setUint32).call(view, at, value, true), (at += size)));
  const add = (bytes) => (out.set(bytes, at), (at += bytes.length));
  const facts = (p, name) => [[2, 20], [2, 0x800], [2, p.how], [2, 0], [2, 33], [4, p.sum], [4, p.packed.length], [4, p.size], [2, name.length], [2, 0]];
  const starts = parts.map((p, i) => {
    const start = at;
    put([4, 0x04034b50], ...facts(p, names[i]));
    add(names[i]);
    add(p.packed);
    return start;
  });
  const list = at;
  parts.forEach((p, i) => {
    put([4, 0x02014b50], [2, 20], ...facts(p, names[i]), [2, 0], [2, 0], [2, 0], [4, 0], [4, starts[i]]);
    add(names[i]);
  });
  put([4, 0x06054b50], [2, 0], [2, 0], [2, parts.length], [2, parts.length], [4, at - list], [4, list], [2, 0]);
  return out;
}
