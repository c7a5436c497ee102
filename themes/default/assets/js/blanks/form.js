// @ts-check
// The form in which readers answer: a field for each blank of the page. It is
// made of the page's description alone, so that the preview finds the same form
// in a page that is to come; what was typed is put into the fields afterwards.
import { longest, valueOf } from "./answers.js";

/**
 * @typedef {import("./answers.js").Field} Field
 * @typedef {import("./answers.js").Typed} Typed
 * @typedef {Record<string, string>} Words
 */

/** The field of a name. @param {ParentNode} page @param {string} name @returns {any} */
export const fieldOf = (page, name) => [...page.querySelectorAll("[data-answer]")].find((e) => e.getAttribute("data-answer") === name);

/**
 * @param {Document} page
 * @param {Field[]} fields
 * @param {Words} words
 */
export function makeForm(page, fields, words) {
  const make = maker(page);
  const button = (/** @type {string} */ act) => make("button", { type: "button", "data-do": act }, words[act]);
  const rows = fields.map((field) => row(make, field, words));
  return make("details", { class: "fill-box" },
    make("summary", {}, make("span", { class: "fill-title" }, words.title), make("span", { class: "fill-count" })),
    make("form", { class: "fill-form", autocomplete: "off", novalidate: "" },
      make("progress", { "aria-hidden": "true", max: String(fields.length), value: "0" }),
      make("p", { class: "fill-intro" }, words.intro),
      make("p", { class: "fill-state" }),
      make("fieldset", {}, make("legend", { class: "visually-hidden" }, words.title), rows),
      make("div", { class: "fill-back", hidden: "" }, button("back")),
      make("div", { class: "fill-do" }, button("save"), button("copy"), button("open"), button("forget"),
        make("input", { type: "file", accept: ".json,application/json", hidden: "", "aria-label": words.open })),
      make("div", { class: "fill-sure", role: "group", "aria-label": words.sure, hidden: "" },
        make("p", {}, words.sure), button("forget.no"), button("forget.yes")),
      make("p", { class: "fill-news", role: "status" })));
}

/** @typedef {(name: string, attributes?: Record<string, string | undefined>, ...children: any[]) => any} Make */

/** @param {Document} page @returns {Make} */
function maker(page) {
  return (name, attributes = {}, ...children) => {
    const made = page.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
    made.append(...children.flat().filter(Boolean));
    return made;
  };
}

/** @param {Make} make @param {Field} field @param {Words} words */
function row(make, field, words) {
  const id = "blanks:" + field.name;
  const help = [field.help, field.example && field.kind !== "choice" && words.example.replace("{example}", () => field.example ?? "")].filter(Boolean).join(" ");
  const common = { id, "data-answer": field.name, "aria-describedby": help ? id + ":help" : undefined };
  return make("div", { class: "fill-field" },
    make("label", { for: id }, capital(field.label)),
    help && make("p", { class: "fill-help", id: id + ":help" }, help),
    input(make, field, common, words));
}

/** @param {Make} make @param {Field} field @param {Record<string, string | undefined>} common @param {Words} words */
function input(make, { kind, options = [] }, common, words) {
  if (kind === "long") return make("textarea", { ...common, rows: "3", maxlength: String(longest) });
  if (kind === "choice") return make("select", common, make("option", { value: "" }, words.choose), options.map((value) => make("option", { value }, value)));
  /** @type {Record<string, Record<string, string>>} */
  const own = {
    number: { inputmode: "decimal" }, date: { type: "date" },
    phone: { type: "tel", autocomplete: "tel" }, "e-mail": { type: "email", autocomplete: "email" },
  };
  return make("input", { type: "text", enterkeyhint: "next", maxlength: String(longest), ...common, ...own[kind ?? ""] });
}

const capital = (/** @type {string} */ text) => text.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase());

/**
 * Puts what was typed into the fields, but for the one that is being typed into.
 * @param {Document} page
 * @param {Field[]} fields
 * @param {Typed} typed
 */
export function show(page, fields, typed) {
  for (const field of fields) {
    const at = fieldOf(page, field.name);
    const value = valueOf(field, typed);
    if (!at || at.value === value || at === page.activeElement && page.hasFocus()) continue;
    // An answer from elsewhere need not be one of this page's options.
    if (field.options?.length && value && !field.options.includes(value) && ![...at.options].some((o) => o.value === value)) at.append(new Option(value, value));
    at.value = value;
  }
}

/**
 * Says how far it is, and how well it is kept.
 * @param {Document} page
 * @param {{done: number, all: number, state: string}} facts
 * @param {Words} words
 */
export function tell(page, { done, all, state }, words) {
  const box = page.querySelector(".fill-box");
  if (!box) return;
  const text = (/** @type {string} */ selector, /** @type {string} */ said) => {
    const at = box.querySelector(selector);
    if (at && at.textContent !== said) at.textContent = said;
  };
  text(".fill-count", counted(words.count, done, all));
  text(".fill-state", words[state] ?? "");
  box.querySelector("progress")?.setAttribute("value", String(done));
}

/** @param {string} text @param {number} done @param {number} all */
export const counted = (text, done, all) => text.replace("{done}", String(done)).replace("{all}", String(all));
