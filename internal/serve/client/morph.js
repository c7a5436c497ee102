// @ts-check
// Makes one tree of elements like another and keeps what is in it: fields that
// people filled, what they opened, the elements themselves.
//
// An edit is mostly in one place. What is equal around it is passed over here;
// only where elements came, went and moved at once, idiomorph finds out which
// is which. It looks at every sibling for every sibling; in a very long list
// what lies between the first change and the last is made anew instead.
import { Idiomorph } from "./vendor/idiomorph.js";

const folds = "details, dialog"; // what people open
const most = 5e5; // comparisons; more take longer than one wants to wait

/**
 * @param {Element} now
 * @param {Element} then
 */
export function morph(now, then) {
  bring(now, then, keeping());
}

/** @param {Element} now @param {Element} then @param {any} callbacks */
function bring(now, then, callbacks) {
  if (same(now, then)) return;
  if (now.matches("input, textarea, select, noscript, template, svg")) {
    Idiomorph.morph(now, then, { morphStyle: "outerHTML", callbacks });
    return;
  }
  morphAttributes(now, then);
  const { olds, news, after } = between(now, then);
  if (olds.length === 0) {
    for (const node of news) now.insertBefore(document.importNode(node, true), after);
  } else if (news.length === 0) {
    for (const node of olds) node.remove();
  } else if (olds.length === news.length && olds.every((old, i) => alike(old, news[i]))) {
    olds.forEach((old, i) => {
      if (old instanceof Element) bring(old, /** @type {Element} */ (news[i]), callbacks);
      else if (old.nodeValue !== news[i].nodeValue) old.nodeValue = news[i].nodeValue;
    });
  } else if (now.childNodes.length * then.childNodes.length < most) {
    Idiomorph.morph(now, then, { morphStyle: "outerHTML", callbacks });
  } else {
    for (const node of news) now.insertBefore(document.importNode(node, true), olds[0]);
    for (const node of olds) node.remove();
  }
}

/**
 * The children that are not equal, from the first to the last.
 * @param {Element} now
 * @param {Element} then
 */
function between(now, then) {
  const olds = /** @type {ChildNode[]} */ ([...now.childNodes]);
  const news = /** @type {ChildNode[]} */ ([...then.childNodes]);
  const shorter = Math.min(olds.length, news.length);
  let first = 0;
  while (first < shorter && same(olds[first], news[first])) first++;
  let last = 0;
  while (last < shorter - first && same(olds[olds.length - 1 - last], news[news.length - 1 - last])) last++;
  const after = olds[olds.length - last] ?? null;
  return { olds: olds.slice(first, olds.length - last), news: news.slice(first, news.length - last), after };
}

/**
 * Whether they are equal but for what is open.
 * @param {Node} old
 * @param {Node} next
 */
function same(old, next) {
  if (old.isEqualNode(next)) return true;
  if (!(old instanceof Element) || old.nodeName !== next.nodeName || !(old.matches(folds) || old.querySelector(folds))) return false;
  // Copies in the page to come, where nothing loads.
  const page = /** @type {Document} */ (next.ownerDocument);
  const [a, b] = [old, next].map((node) => {
    const copy = /** @type {Element} */ (page.importNode(node, true));
    for (const fold of [copy, ...copy.querySelectorAll(folds)]) if (fold.matches(folds)) fold.removeAttribute("open");
    return copy;
  });
  return a.isEqualNode(b);
}

/**
 * Whether one may become the other. A name that is in both pages is that of an
 * element which has only moved.
 * @param {Node} old
 * @param {Node} next
 */
function alike(old, next) {
  if (old.nodeName !== next.nodeName) return false;
  if (!(old instanceof Element)) return true;
  const was = old.getAttribute("id");
  const is = /** @type {Element} */ (next).getAttribute("id");
  if (was === is) return true;
  return !(is && document.getElementById(is)) && !(was && next.ownerDocument?.getElementById(was));
}

/**
 * What is open stays so: that is for people to say.
 * @param {Element} now
 * @param {Element} then
 */
export function morphAttributes(now, then) {
  const kept = now.matches(folds) ? "open" : "";
  for (const { name, value } of then.attributes) {
    if (name !== kept && now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
  for (const { name } of [...now.attributes]) if (name !== kept && !then.hasAttribute(name)) now.removeAttribute(name);
}

// keeping answers idiomorph's questions: may I?
/** @returns {any} */
function keeping() {
  const touched = touchedFields();
  const state = new Set(["value", "checked", "selected"]);
  return {
    /** @param {string} name @param {Element} element */
    beforeAttributeUpdated: (name, element) =>
      !(name === "open" && element.matches(folds)) && !(state.has(name) && touched.has(element)),
    // Where scripts run this is text, and in the parsed page it is elements.
    /** @param {Node} old */
    beforeNodeMorphed: (old) => old.nodeName !== "NOSCRIPT",
  };
}

// touchedFields are those that no longer hold what the page gave them. The
// options of a list are kept together.
function touchedFields() {
  /** @type {Set<Element>} */
  const touched = new Set();
  for (const field of document.querySelectorAll("input, textarea, select")) {
    if (field instanceof HTMLSelectElement) {
      if (isChosen(field)) for (const option of field.options) touched.add(option);
    } else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
      const checked = field instanceof HTMLInputElement && field.checked !== field.defaultChecked;
      if (checked || field.value !== field.defaultValue) touched.add(field);
    }
  }
  return touched;
}

// isChosen: a drop-down list shows its first option where none is marked.
/** @param {HTMLSelectElement} list */
function isChosen(list) {
  const options = [...list.options];
  if (list.multiple) return options.some((o) => o.selected !== o.defaultSelected);
  return options[list.selectedIndex] !== (options.findLast((o) => o.defaultSelected) ?? options[0]);
}
