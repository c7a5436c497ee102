// @ts-check
// The search over any page: a box and a list that the arrow keys go through
// while the focus stays in the box (the combobox pattern of WAI-ARIA).
import { apart, asking, count, empty, failed, fill, hrefOf, kind, make, makeAsker, makeFilters, marked, notes, say, shown, slash } from "./parts.js";
import { makeRecent } from "./recent.js";

const limit = 7;

/** @param {import("./search.js").Site} site */
export function makeDialog(site) {
  const { words } = site;
  const recent = makeRecent(site.root);
  const input = make("input", {
    type: "search", name: "q", role: "combobox", placeholder: words.title, "aria-label": words.title, "aria-expanded": "false", "aria-controls": "find-list",
    "aria-autocomplete": "list", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search",
  });
  const close = make("button", { type: "button" }, words.close);
  const form = make("form", { role: "search", class: "find", action: site.page }, input, close);
  const filters = makeFilters(site, true, () => look());
  let within = "";
  const note = make("div", { class: "find-note", "aria-live": "polite" });
  const list = make("div", { class: "find-list", id: "find-list", role: "listbox", "aria-label": words.results });
  const foot = make("div", { class: "find-foot" });
  const key = slash(site);
  const status = make("p", { class: "visually-hidden", role: "status" });
  const dialog = make("dialog", { class: "find-dialog", "aria-label": words.title }, form, filters.box, note, list, foot, status);
  // Beside the body: the preview makes the body like a newer one.
  document.documentElement.append(dialog);

  let at = -1;
  /** @param {number} to */
  function choose(to) {
    at = to;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    const option = list.children[at];
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }
  /** @param {any[]} options */
  function fillList(options) {
    const was = list.children[at]?.href;
    options.forEach((option, i) => (option.id = "find-" + i));
    list.replaceChildren(...options);
    list.hidden = !options.length;
    input.setAttribute("aria-expanded", String(!!options.length));
    choose(was ? options.findIndex((option) => option.href === was) : -1);
  }
  const whole = () => asking(site, input.value.trim(), within, filters.chosen());
  /** @param {string} href @param {string} look @param {...any} children */
  const option = (href, look, ...children) => make("a", { role: "option", tabindex: -1, class: look, href }, ...children);

  const ask = makeAsker(site, ({ found, texts, final, failed: down }) => {
    const query = input.value.trim();
    if (down) {
      fillList([]);
      say(note, [failed(site)]);
      foot.replaceChildren();
      return;
    }
    if (!found) return showRecent();
    // A word that is half typed is not a word that no page has.
    if (!found.total && !final) return;
    within = found.within[0];
    filters.box.hidden = false;
    filters.offer(found.facets);
    say(note, found.total ? notes(site, found) : empty(site, query, site.page, filters.unfilter(input)));
    fillList([...found.results.flatMap((/** @type {any} */ result, /** @type {number} */ i) => {
      const { excerpt, parts } = shown(texts?.[i], 2);
      return [
        option(hrefOf(site, result.address), "hit", make("span", { class: "hit-title" }, marked(result.title, result.titleMarks)), make("span", { class: "hit-type" }, kind(site, result)), make("span", { class: "hit-text" }, excerpt)),
        ...parts.map((/** @type {any} */ part) => option(hrefOf(site, result.address, part.anchor), "hit-part", part.heading)),
      ];
    }), ...apart(site, found, { role: "option", tabindex: -1, class: "hit-apart" })]);
    foot.replaceChildren(...(found.total ? [make("a", { href: whole() }, found.total > 1 ? fill(words.all, { count: String(found.total) }) : words.one), make("span", {}, words.keys)] : []), key);
    if (final) status.textContent = found.total ? count(site, found.total) : words.none.replace("{query}", query);
  });

  function showRecent() {
    const all = recent.read();
    const clear = make("button", { type: "button" }, words.clear);
    clear.addEventListener("click", () => {
      recent.clear();
      showRecent();
      input.focus();
    });
    filters.box.hidden = true;
    fillList(all.map((query) => option(asking(site, query), "hit-again", query)));
    say(note, all.length ? [make("p", { class: "find-recent" }, words.recent, clear)] : []);
    foot.replaceChildren(make("a", { href: site.page }, words.list), make("span", {}, words.keys), key);
    status.textContent = "";
  }

  const look = () => ask(input.value, { typing: true, filters: filters.chosen(), limit, from: location.href.slice(site.root.length) });
  input.addEventListener("input", look);
  dialog.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    const last = list.children.length - 1;
    const to = event.target === input && { ArrowDown: at < last ? at + 1 : -1, ArrowUp: at < 0 ? last : at - 1 }[event.key];
    if (typeof to === "number") choose(to);
    else if (event.key === "Enter" && event.target === input && at >= 0) list.children[at].click();
    else if (event.key === "Escape" && event.target === input) dialog.close(); // a search field would only empty itself
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", (/** @type {MouseEvent} */ event) => {
    const chosen = /** @type {Element} */ (event.target).closest("a");
    if (!chosen) return;
    if (chosen.matches(".hit-again")) {
      event.preventDefault();
      input.value = chosen.textContent;
      input.focus();
      look();
      return;
    }
    recent.add(input.value);
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) dialog.close();
  });
  form.addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!input.value.trim()) return;
    recent.add(input.value);
    location.href = whole();
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (/** @type {Event} */ event) => {
    if (event.target === dialog) dialog.close(); // the shade around it
  });

  return {
    /** @param {string} query */
    open(query) {
      if (!dialog.open) dialog.showModal();
      if (query) input.value = query;
      input.focus();
      if (!query) input.select();
      look();
    },
  };
}
