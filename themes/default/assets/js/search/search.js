// @ts-check
// The search as readers meet it: a dialog over any page, and a page of its own.
// What is found, and in which order, is the engine's affair.
//
// This file becomes a script that is loaded when somebody comes near the box.
// At its end stands a call of start with the words of the page's language, and
// the site's own script calls the rest; whoever measures the search asks the
// engine itself.
//
// Queries and texts of the index come from anybody. They are set as text, and
// as addresses below the site's own; nothing here makes markup of a string.
import { createEngine } from "./engine.js";
import { makeDialog } from "./dialog.js";
import { makePage } from "./page.js";
import { short } from "./parts.js";

/**
 * What all parts of the search share.
 * @typedef {object} Site
 * @property {Record<string, string>} words
 * @property {{href: string, name: string}} [contact] whom a reader may ask
 * @property {string} root the top of the site, ending in a slash
 * @property {string} page the address of the search's own page
 * @property {() => Promise<any>} engine made, and its first file fetched, at first need
 */

// Only while a script runs does it know its own address.
const root = new URL("../", /** @type {HTMLScriptElement} */ (document.currentScript).src).href;

/** @type {Site} */
let site;
/** @type {ReturnType<typeof makeDialog> | undefined} */
let dialog;
/** @type {ReturnType<typeof makePage> | undefined} */
let page;

/** @param {{words: Record<string, string>, contact?: {href: string, name: string}}} given */
function start({ words, contact }) {
  /** @type {Promise<any> | null} */
  let ready = null;
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector(".site-search"));
  site = {
    words, contact, root,
    page: short(form?.action ?? root),
    engine() {
      return (ready ||= begin().catch((problem) => {
        ready = null; // a line that was down may be up again
        throw problem;
      }));
    },
  };
  if (document.querySelector("form[data-find]")) page = makePage(site);
  // The preview makes this page like a newer one, which holds nothing of ours.
  document.addEventListener("peppermill:patched", () => page?.attach());
}

async function begin() {
  const engine = createEngine({ base: new URL("index/", site.page).href, lang: document.documentElement.lang });
  await engine.ready();
  return engine;
}

/** Fetches what every query needs. */
function warm() {
  site.engine().catch(() => {});
}

/**
 * Gives people a box to type into, and what they have typed into another one.
 * @param {HTMLInputElement | null} typed
 */
function open(typed) {
  const query = typed?.value ?? "";
  if (typed) typed.value = "";
  if (page?.focus(query)) return;
  warm();
  dialog ||= makeDialog(site);
  dialog.open(query);
}

Object.assign(globalThis, { peppermillSearch: { start, warm, open, createEngine } });
