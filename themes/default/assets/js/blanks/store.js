// @ts-check
// Where answers are kept: on this device, for all pages of the site. A browser
// may keep nothing, or, of pages that were opened from a folder, each page's
// answers apart; then it is for the page to say so.
import { parse, write } from "./answers.js";

/** @typedef {import("./answers.js").Typed} Typed */

/**
 * @param {string} root the top of the site: two sites below one host share nothing
 * @param {string} page the address of this page
 */
export function makeStore(root, page) {
  const path = new URL(root).pathname;
  const key = "peppermill.answers " + path;
  /** @type {Typed} */
  let typed = new Map();
  let refused = false;

  // What cannot be kept stays on this page, and nothing older takes its place.
  function read() {
    try {
      if (!refused) typed = parse(localStorage.getItem(key)) ?? new Map();
    } catch {
      refused = true;
    }
  }

  function keep() {
    try {
      if (typed.size) localStorage.setItem(key, write(typed));
      else localStorage.removeItem(key);
      refused = false;
    } catch {
      refused = true;
    }
  }

  /** Changes what is kept by now, perhaps in another tab. @param {(typed: Typed) => void} how */
  function change(how) {
    read();
    how(typed);
    keep();
  }

  return {
    read,
    change,
    typed: () => typed,
    /** Whether an event of the storage is about these answers. @param {StorageEvent} event */
    concerns: (event) => event.key === key || event.key === null,
    /** What is to be said of the keeping. @returns {"kept" | "alone" | "refused"} */
    state: () => (refused ? "refused" : alone(path, page) ? "alone" : "kept"),
    /** Tries whether anything is kept here. */
    probe() {
      read();
      try {
        localStorage.setItem(key + " ?", "1");
        localStorage.removeItem(key + " ?");
      } catch {
        refused = true;
      }
    },
  };
}

/**
 * Whether this page may be alone with what it keeps. On a web host it never is.
 * From a folder, some browsers keep each file's things apart: as long as no
 * other page of the site has left its name here, nobody can know.
 * @param {string} path
 * @param {string} page
 */
function alone(path, page) {
  const url = new URL(page);
  if (url.protocol !== "file:") return false;
  const key = "peppermill.pages " + path;
  try {
    const seen = JSON.parse(localStorage.getItem(key) ?? "[]");
    const pages = Array.isArray(seen) ? seen : [];
    if (pages.some((other) => other !== url.pathname)) return false;
    if (!pages.length) localStorage.setItem(key, JSON.stringify([url.pathname]));
  } catch {}
  return true;
}
