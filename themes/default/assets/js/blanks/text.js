// @ts-check
// The answers in the page: in running text, titles, links, what pictures say
// and what the browser's tab does. They are set as text, never as markup.
import { fill, namesIn } from "./answers.js";

/**
 * What the page says of a name: the answer, "" where there is none; undefined
 * for a name that is not asked for.
 * @typedef {(name: string) => {said: string, label: string} | undefined} Word
 */

const attributes = ["alt", "title", "aria-label"];

/**
 * Brings a page to the answers. It may be this page or one that is to come.
 * @param {Document} page
 * @param {Word} word
 * @param {{head?: string, blank: string}} given head: the tab's title; blank: what is said before a gap's label
 */
export function follow(page, word, { head, blank }) {
  const plain = (/** @type {string} */ pattern) => fill(pattern, (name) => word(name)?.said || word(name)?.label || "");
  for (const place of page.querySelectorAll("[data-blank]")) {
    const known = word(place.getAttribute("data-blank") ?? "");
    if (known) set(page, place, known, blank);
  }
  for (const name of attributes) {
    for (const e of page.querySelectorAll(`[data-fill-${name}]`)) e.setAttribute(name, plain(e.getAttribute("data-fill-" + name) ?? ""));
  }
  for (const e of page.querySelectorAll("[data-fill-text]")) put(e, plain(e.getAttribute("data-fill-text") ?? ""));
  for (const e of page.querySelectorAll("[data-fill-href]")) link(e, e.getAttribute("data-fill-href") ?? "", word);
  tabs(page);
  if (head) {
    page.title = plain(head);
    page.documentElement.setAttribute("data-title", page.title); // the margin of printed pages
  }
}

/**
 * @param {Document} page
 * @param {Element} place
 * @param {{said: string, label: string}} known
 * @param {string} blank
 */
function set(page, place, { said, label }, blank) {
  if (said) {
    put(place, said);
  } else if (place.textContent !== blank + " " + label) {
    const hidden = page.createElement("span");
    hidden.className = "visually-hidden";
    hidden.textContent = blank + " ";
    place.replaceChildren(hidden, label);
  }
  place.classList.toggle("filled", said !== "");
}

/** @param {Element} element @param {string} text */
function put(element, text) {
  if (element.textContent !== text || element.firstElementChild) element.textContent = text;
}

/**
 * A link leads somewhere once all of its address is known, and only to where a
 * link of the site may.
 * @param {Element} element
 * @param {string} pattern
 * @param {Word} word
 */
function link(element, pattern, word) {
  const whole = namesIn(pattern).every((name) => word(name)?.said);
  let address = whole ? fill(pattern, (name) => word(name)?.said ?? "").trim() : "";
  if (/^tel:/i.test(address)) address = address.replace(/\s+/g, "");
  const good = /^(https?:\/\/|mailto:|tel:)[^\s<>"]+$/i.test(address);
  if (good) element.setAttribute("href", address);
  else element.removeAttribute("href");
  element.classList.toggle("nolink", !good);
}

/** The names of tabs are copies of titles. @param {Document} page */
function tabs(page) {
  for (const button of page.querySelectorAll(".tab-list > [aria-controls]")) {
    const panel = page.getElementById(button.getAttribute("aria-controls") ?? "");
    const title = panel?.querySelector(":scope > .tab-title, :scope > :is(h1, h2, h3, h4, h5, h6)");
    if (title?.querySelector("[data-blank]")) put(button, visible(title));
  }
  for (const list of page.querySelectorAll(".tab-list[aria-label]")) {
    const title = list.parentElement?.querySelector(":scope > .block-title");
    if (title?.querySelector("[data-blank]")) list.setAttribute("aria-label", visible(title));
  }
}

/** @param {Element} element */
function visible(element) {
  const copy = /** @type {Element} */ (element.cloneNode(true));
  for (const hidden of copy.querySelectorAll(".visually-hidden")) hidden.remove();
  return (copy.textContent ?? "").trim();
}
