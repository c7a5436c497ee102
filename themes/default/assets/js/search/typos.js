// Which words of a dictionary are near to one that it does not have.

/**
 * Edits from a to each beginning of b: one more, one less, another, or two
 * neighbours swapped (optimal string alignment).
 * @param {string} a
 * @param {string} b
 * @returns {number[]} by length of the beginning
 */
export function edits(a, b) {
  let older = [];
  let old = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (same ? 0 : 1));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
    }
    [older, old] = [old, row];
  }
  return old;
}

/**
 * How far a word of the dictionary is from one that was typed: 0 where they
 * differ in their endings only, else edits; Infinity when that is too far.
 * @param {string} typed
 * @param {string} known
 */
export function distance(typed, known) {
  const most = typed.length < 4 || /\d/.test(typed) ? 0 : typed.length < 8 ? 1 : 2;
  let same = 0;
  while (same < known.length && known[same] === typed[same]) same++;
  const [short, long] = [typed.length - same, known.length - same].sort((a, b) => a - b);
  if (most && same >= 4 && short <= 1 && long <= 3 && long !== short) return 0.5;
  if (Math.abs(typed.length - known.length) > most) return Infinity;
  const n = edits(typed, known)[known.length];
  return n > most ? Infinity : n;
}

/**
 * Whether two words look as if they were of one stem: wherever distance is below 1, and beyond.
 * @param {string} a
 * @param {string} b
 */
export function alike(a, b) {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const most = Math.max(a.length, b.length);
  return same === most || (same > 2 && most - same < 5 && 2 * same >= most);
}

/**
 * The shards, nearest first, that may hold the word that was meant: those whose
 * prefix is at most one edit from a beginning of what was typed.
 * @param {string} typed
 * @param {string[]} prefixes
 * @returns {string[]}
 */
export function nearShards(typed, prefixes) {
  const far = (p) => Math.min(...edits(p, typed.slice(0, p.length + 1)));
  return prefixes.filter((p) => (!p || p[0] === typed[0]) && far(p) <= 1).sort((a, b) => far(a) - far(b) || b.length - a.length);
}
