// @ts-check
// What readers answer, as plain values: no page, no storage and nothing that
// acts. Whoever makes something of a page's answers, such as a document, begins
// with answersOf.

/**
 * A blank, as the page describes it.
 * @typedef {{name: string, label: string, kind?: string, default?: string, help?: string, example?: string, options?: string[]}} Field
 * @typedef {Map<string, string>} Typed what somebody has typed, by the name of the blank
 * @typedef {{lang: string, days?: string[]}} Tongue days: the form of a day, and the twelve months
 */

/** What stands in a field: what was typed, else what the page offers. @param {Field} field @param {Typed} typed */
export const valueOf = (field, typed) => typed.get(field.name) ?? field.default ?? "";

/**
 * An answer as the text has it. A day is written in the page's language, all
 * else as it was typed. Empty where there is none.
 * @param {Field} field
 * @param {Typed} typed
 * @param {Tongue} tongue
 */
export function saidOf(field, typed, tongue) {
  const text = valueOf(field, typed).trim();
  return field.kind === "date" ? day(text, tongue) : text;
}

/**
 * The answers of one page: text by name, only where there is one.
 * @param {Field[]} fields
 * @param {Typed} typed
 * @param {Tongue} tongue
 * @returns {Map<string, string>}
 */
export function answersOf(fields, typed, tongue) {
  return new Map(fields.map((field) => /** @type {[string, string]} */ ([field.name, saidOf(field, typed, tongue)])).filter(([, text]) => text));
}

/** @param {string} text @param {Tongue} tongue */
function day(text, { lang, days }) {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(date)));
  if (!year || at.getUTCDate() !== Number(date)) return text;
  if (!days) return new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" }).format(at);
  /** @type {Record<string, string>} */
  const parts = { day: String(Number(date)), month: days[Number(month)], year: String(Number(year)) };
  return days[0].replace(/\{(day|month|year)\}/g, (_, part) => parts[part]);
}

/**
 * A text with each %{name} replaced, and \%{ by what it stands for.
 * @param {string} pattern
 * @param {(name: string) => string} word
 */
export const fill = (pattern, word) => pattern.replace(/\\%\{|%\{([A-Za-z][\w.-]*)\}/g, (_, name) => (name ? word(name) : "%{"));

/** The names in such a text. @param {string} pattern */
export function namesIn(pattern) {
  /** @type {string[]} */
  const names = [];
  fill(pattern, (name) => String(names.push(name)));
  return names;
}

/** Characters of one answer. */
export const longest = 20000;

/**
 * Reads answers that were written as JSON: texts by name. What is none is left
 * out; null where there is nothing else.
 * @param {string | null} text
 * @returns {Typed | null}
 */
export function parse(text) {
  try {
    const all = JSON.parse(text ?? "null");
    if (!all || typeof all !== "object" || Array.isArray(all)) return null;
    const typed = new Map(Object.entries(all).filter(([name, value]) => /^[A-Za-z][\w.-]*$/.test(name) && typeof value === "string" && value.length <= longest));
    return typed.size || !Object.keys(all).length ? typed : null;
  } catch {
    return null;
  }
}

/** Writes answers so that parse reads them, and a build as a profile. @param {Typed} typed */
export const write = (typed) => JSON.stringify(Object.fromEntries([...typed].sort(([a], [b]) => (a < b ? -1 : 1))), null, 2) + "\n";

/**
 * One page's answers for people, a line each.
 * @param {Field[]} fields
 * @param {Map<string, string>} answers
 */
export const listed = (fields, answers) => fields.map(({ name, label }) => label + ": " + (answers.get(name) ?? "________")).join("\n");
