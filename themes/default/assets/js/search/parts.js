// @ts-check
// What the dialog and the page have in common: asking, and saying what came.

/** @typedef {import("./search.js").Site} Site */
/** @typedef {{found?: any, texts?: any[], final?: boolean, failed?: boolean}} Answer */
/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @param {string} name
 * @param {Record<string, any>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {any}
 */
export function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  made.append(.../** @type {(Node | string)[]} */ (children.flat().filter(Boolean)));
  return made;
}

/**
 * Says something in a live region: aloud only when it is something else.
 * @param {HTMLElement} region
 * @param {Child[]} nodes
 */
export function say(region, nodes) {
  const next = make("div", {}, nodes);
  if (next.textContent !== region.textContent) region.replaceChildren(...next.childNodes);
}

/**
 * A text with its braces filled: words around nodes.
 * @param {string} text
 * @param {Record<string, Child>} values
 */
export const fill = (text, values) => text.split(/\{(\w+)\}/).map((part, i) => (i % 2 ? values[part] : part));

/**
 * Asks the engine, and shows its answer twice: as soon as the order is known,
 * with the texts that pages were last shown with, so that the list stands
 * still, and again, finally, with their own. Whoever types on before that is not
 * shown the old answer. An empty query has an answer of its own, an empty one.
 * @param {Site} site
 * @param {(answer: Answer) => void} show
 */
export function makeAsker(site, show) {
  let turn = 0;
  const last = new Map();
  /** @param {string} query @param {{typing: boolean, filters?: object, facets?: boolean, limit: number}} options */
  return async (query, options) => {
    const mine = ++turn;
    const late = () => mine !== turn;
    if (!query.trim()) return show({ final: true });
    try {
      const engine = await site.engine();
      const found = await engine.search(query, options);
      if (late()) return;
      show({ found, texts: found.results.map((/** @type {any} */ { doc }) => last.get(doc)) });
      // The texts of what is passed over while typing are not worth fetching.
      if (options.typing) await new Promise((done) => setTimeout(done, 120));
      if (late()) return;
      const texts = await engine.excerpts(found.results, query).catch(() => []);
      if (late()) return;
      for (const text of texts) last.set(text.doc, text);
      show({ found, texts, final: true });
    } catch {
      if (!late()) show({ failed: true, final: true });
    }
  };
}

/**
 * The address of a result, as short as the site's other addresses are.
 * @param {Site} site
 * @param {string} address
 * @param {string} [anchor]
 */
export function hrefOf(site, address, anchor) {
  const path = address.split("/").map(encodeURIComponent).join("/").replace(/(^|\/)$/, "$1index.html");
  return short(site.root + path) + (anchor ? "#" + encodeURIComponent(anchor) : "");
}

/** The page of a query, in a scope. @param {Site} site @param {string} q @param {string} [within] @param {object} [filters] */
export const asking = ({ page }, q, within, filters) => page + asked(q, within, filters);

/** The same behind the page. @param {string} q @param {string} [within] @param {object} [filters] */
export const asked = (q, within, filters) => "?" + new URLSearchParams({ q, ...filters, ...(within && { in: within }) });

/**
 * What was found in the other scopes: a link to each.
 * @param {Site} site
 * @param {any} found
 * @param {Record<string, any>} attributes
 * @returns {any[]}
 */
export const apart = (site, found, attributes) =>
  (found?.elsewhere ?? []).map((/** @type {string[]} */ [address, title]) => make("a", { ...attributes, href: asking(site, found.query, address || "/") }, site.words.apart.replace("{title}", title || site.words.rest)));

/** On a host, a folder's address is enough. @param {string} href */
export const short = (href) => (location.protocol === "file:" ? href : href.replace(/\/index\.html$/, "/"));

/**
 * @param {string} text
 * @param {[number, number][]} marks
 */
export function marked(text, marks = []) {
  /** @type {Child[]} */
  const out = [];
  let at = 0;
  for (const [from, to] of marks) {
    out.push(text.slice(at, from), make("mark", {}, text.slice(from, to)));
    at = to;
  }
  return [...out, text.slice(at)];
}

/**
 * What a result shows of its page: one text, and the parts that match.
 * @param {any} text what the engine's excerpts gave; undefined before they come
 * @param {number} most how many parts
 */
export function shown(text, most) {
  const sections = text?.sections ?? [];
  const plain = sections.find((/** @type {any} */ s) => !s.heading);
  const parts = sections.filter((/** @type {any} */ s) => s.heading).slice(0, most);
  return { parts, excerpt: plain ? marked(plain.text, plain.marks) : [text?.summary] };
}

/** The name of a type, a stage or a role. @param {Site} site @param {string} of @param {string} value */
export const named = ({ words }, of, value) => words[of + "." + value] ?? value;

/** What a page is, and why only a preview shows it. */
export const kind = (/** @type {Site} */ site, /** @type {any} */ result) => [
  result.type && make("span", {}, named(site, "type", result.type)),
  ...(result.marks ?? []).map((/** @type {string} */ mark) => make("span", { class: "hit-mark" }, named(site, "mark", mark))),
];

/**
 * What was done to the query: mended words, other words for the same, words
 * that no page has.
 * @param {Site} site
 * @param {any} found
 */
export function notes({ words }, { query, corrected = [], synonyms = [], ignored = [], loose = false, within = ["", ""] }) {
  const list = (/** @type {string[]} */ all) => make("b", {}, once(all));
  return [
    within[1] && fill(words.apart, { title: make("b", {}, within[1]) }),
    corrected.length && fill(words.corrected, { query: mended(query, corrected) }),
    synonyms.length && fill(words.synonyms, { words: list(synonyms.map((/** @type {any} */ s) => s.to)) }),
    loose && [words.loose],
    ignored.length && fill(words.ignored, { words: list(ignored) }),
  ].filter(Boolean).map((text) => make("p", {}, text));
}

/** Each word once. @param {string[]} all */
export const once = (all) => [...new Set(all)].join(", ");

const fold = (/** @type {string} */ word) => word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** @param {string} query @param {{from: string, to: string}[]} corrected */
function mended(query, corrected) {
  const better = new Map(corrected.map(({ from, to }) => [fold(from), to]));
  return make("span", {}, query.split(/([\p{L}\p{M}\p{N}]+)/u).map((part) => {
    const to = better.get(fold(part));
    return to ? make("b", {}, to) : part;
  }));
}

/**
 * What narrows a search: a choice each of type, stage and role.
 * @param {Site} site
 * @param {boolean} close whether room is scarce: then a choice that is not made says what it is of
 * @param {() => void} changed
 */
export function makeFilters(site, close, changed) {
  const { words } = site;
  const selects = ["type", "stage", "role"].map((name) => make("select", { name }));
  const labels = selects.map((select) => make("label", { hidden: "" }, make("span", { class: close ? "visually-hidden" : "" }, words[select.name]), select));
  const box = make("div", { class: "find-filters" }, labels);
  box.addEventListener("change", changed);
  /** True when there is something to choose. @param {any} select @param {{value: string, count?: number}[]} values @param {string} was */
  const offer = (select, values, was) => {
    const { name } = select;
    const option = (/** @type {string} */ value, count = 0) => make("option", { value }, named(site, name, value) + (count ? ` (${count})` : ""));
    const lost = was && !values.some(({ value }) => value === was);
    select.replaceChildren(make("option", { value: "" }, close ? words[name] : words.any), ...values.map(({ value, count }) => option(value, count)), lost ? option(was) : "");
    select.value = was;
    return values.length > 1 || !!was;
  };
  /** @param {Record<string, string>} values */
  const set = (values) => selects.forEach((select) => offer(select, [], values[select.name] ?? ""));
  const chosen = () => Object.fromEntries(selects.filter((s) => s.value).map((s) => [s.name, s.value]));
  return {
    box, set, chosen,
    /** @param {Record<string, {value: string, count?: number}[]>} [facets] */
    offer: (facets = {}) => labels.forEach((label, i) => (label.hidden = !offer(selects[i], facets[selects[i].name] ?? [], selects[i].value))),
    /** A button that takes all of it back, where there is something to. @param {HTMLElement} next takes the focus */
    unfilter(next) {
      const button = make("button", { type: "button" }, words.unfilter);
      button.addEventListener("click", () => {
        set({});
        changed();
        next.focus();
      });
      return Object.keys(chosen()).length ? button : undefined;
    },
  };
}

/** @param {Site} site @param {number} total */
export const count = ({ words }, total) => (total === 1 ? words.one : words.many.replace("{count}", String(total)));

/**
 * What to do where nothing was found: other words, fewer filters, the list of
 * everything, a person.
 * @param {Site} site
 * @param {string} query
 * @param {string} list the address of the list of everything
 * @param {HTMLElement} [unfilter] takes the filters away
 */
export function empty({ words, contact }, query, list, unfilter) {
  const ask = contact && fill(words.ask, { contact: make("a", { href: contact.href }, contact.name) });
  return [
    make("p", { class: "find-none" }, fill(words.none, { query: make("b", {}, query) })),
    make("ul", {}, make("li", {}, words.try), unfilter && make("li", {}, unfilter), make("li", {}, make("a", { href: list }, words.list)), ask && make("li", {}, ask)),
  ];
}

/** @param {Site} site */
export const failed = ({ words, page }) => make("p", { class: "find-none" }, fill(words.failed, { list: make("a", { href: page }, words.list) }));

/**
 * The switch for the one key that does something by itself: whoever talks to
 * the machine, or rests a hand on it, may want it off. The site's own script reads what is kept.
 * @param {Site} site
 */
export function slash({ words }) {
  const box = make("input", { type: "checkbox" });
  try {
    box.checked = localStorage.getItem("peppermill.slash") !== "off";
  } catch {
    return ""; // what cannot be kept is not offered
  }
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem("peppermill.slash");
    else localStorage.setItem("peppermill.slash", "off");
  });
  return make("label", { class: "find-slash" }, box, words.slash);
}
