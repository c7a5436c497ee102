// @ts-check
// Makes the document like a newer version of it, and leaves alone what people
// did: where they are, what is open, chosen, typed, marked or playing.
//
// What the page's own scripts made is no part of the HTML. They are asked first
// to give the new page the same shape (the event peppermill:patch); a page with
// a script that does not say that it can (data-patchable) is not patched.
import { morph, morphAttributes } from "./morph.js";
import { freshen, loaded } from "./assets.js";

/**
 * True when the document is now like the HTML; false when it must be loaded.
 * @param {string} html
 */
export async function patch(html) {
  const next = new DOMParser().parseFromString(html, "text/html");
  if (!sameScripts(next)) return false;
  freshen(next);
  const dropOld = await addSheets(next);
  try {
    document.dispatchEvent(new CustomEvent("peppermill:patch", { detail: { document: next } }));
    morphHead(next);
    morphAttributes(document.documentElement, next.documentElement);
    morph(document.body, next.body);
  } catch (problem) {
    // Half a page is worse than a loading.
    reportError(problem);
    return false;
  }
  dropOld();
  document.dispatchEvent(new CustomEvent("peppermill:patched"));
  return true;
}

/** @param {Document} next */
function sameScripts(next) {
  /** @param {Document} page */
  const scripts = (page) => [...page.scripts].filter((s) => s.src && !s.hasAttribute("data-peppermill"));
  const now = scripts(document);
  const then = scripts(next);
  return now.length === then.length && now.every((s, i) => s.src === then[i].src && s.hasAttribute("data-patchable"));
}

/** @param {Document} page */
function sheets(page) {
  return /** @type {HTMLLinkElement[]} */ ([...page.head.querySelectorAll("link[rel~=stylesheet]")]);
}

/**
 * Loads the sheets that are new while the old ones still hold, and returns what
 * takes the old ones away.
 * @param {Document} next
 */
async function addSheets(next) {
  const now = sheets(document);
  const then = sheets(next);
  /** @type {Promise<void>[]} */
  const loading = [];
  const wanted = then.map((sheet, i) => {
    const same = now.find((s) => s.href === sheet.href && s.media === sheet.media);
    if (same) return same;
    const link = document.importNode(sheet);
    loading.push(loaded(link));
    // Where its predecessor is, for the cascade's sake.
    if (now[i]) now[i].after(link);
    else document.head.append(link);
    return link;
  });
  await Promise.all(loading);
  return () => now.filter((s) => !wanted.includes(s)).forEach((s) => s.remove());
}

/**
 * The head but for sheets and scripts: the title, and what is not in both.
 * @param {Document} next
 */
function morphHead(next) {
  document.title = next.title;
  /** @param {Document} page @returns {[string, Element][]} */
  const rest = (page) =>
    [...page.head.children].filter((e) => !e.matches("title, link[rel~=stylesheet], script[src]")).map((e) => [e.outerHTML, e]);
  const now = new Map(rest(document));
  const then = new Map(rest(next));
  for (const [html, element] of now) if (!then.has(html)) element.remove();
  for (const [html, element] of then) if (!now.has(html)) document.head.append(document.importNode(element, true));
}
