// @ts-check
// The browser side of the preview. The server puts this script into every page
// that it answers, and says with each build that there is news. Then, while the
// page is looked at, it is brought up to date in place, its findings are shown
// over it and the bar at the bottom edge says what happened.
//
// Start at take. stream.js brings the news, patch.js changes the page,
// assets.js its images and sheets, overlay.js and bar.js are what is seen.
import { listen } from "./stream.js";
import { patch } from "./patch.js";
import { learn, renew } from "./assets.js";
import { surface } from "./surface.js";

/**
 * @typedef {{build: number, server: string}} News
 * @typedef {{path: string, line: number, column: number, width: number, class: string, rule: string, message: string,
 *   hint: string, excerpt: string, here?: boolean, fresh?: boolean, open?: string}} Finding
 * @typedef {{build: number, server: string, source: string, title: string, stale: boolean, marks: string[] | null,
 *   findings: Finding[] | null, elsewhere: {errors: number, tips: number}, changed: string[] | null, parsed: number,
 *   took: number, assets: boolean, edited?: {at: string, title: string}}} Facts
 */

const script = /** @type {HTMLElement} */ (document.querySelector("script[data-peppermill]"));

// What this page shows. A page of an earlier server has nothing in common with
// a build of the same number now.
const shown = {
  server: script.dataset.server ?? "",
  build: Number(script.dataset.build),
  etag: quoted(script.dataset.etag ?? ""),
  missing: first()?.responseStatus === 404,
  html: "", // of a page that has no tag, such as the one for what is not there
};

/** @type {News | undefined} */
let wanted;
let busy = false;
const seen = surface();

listen({
  news(news) {
    wanted = news;
    catchUp();
  },
  connected: (yes) => seen.then(({ bar }) => bar.connected(yes)),
});

// One build at a time; of those that come in the meantime, the last.
async function catchUp() {
  if (busy || document.visibilityState === "hidden") return;
  busy = true;
  try {
    while (wanted) {
      const news = wanted;
      wanted = undefined;
      try {
        await take(news);
      } catch (problem) {
        if (!(problem instanceof Unanswered)) throw problem;
        // Mostly the server has gone, and the stream will say when it is back.
        wanted ??= news;
        setTimeout(catchUp, 1000);
        return;
      }
    }
  } finally {
    busy = false;
  }
}

/** @param {News} news */
async function take(news) {
  const missed = news.server !== shown.server || news.build > shown.build + 1;
  const newer = news.server !== shown.server || news.build > shown.build;
  const patched = newer && (await update(news));
  const facts = await question("/_peppermill/page?at=" + encodeURIComponent(location.pathname));
  if (newer && (missed || facts.assets)) await renew(document);
  else await learn(document);
  const { bar, overlay } = await seen;
  overlay.show(facts);
  bar.show(facts, { newer, patched });
}

/**
 * Brings the page to the build. True where it looks other now.
 * @param {News} news
 */
async function update(news) {
  /** @type {Record<string, string>} */
  const headers = shown.etag ? { "If-None-Match": shown.etag } : {};
  const response = await ask(location.pathname + location.search, headers);
  let changed = false;
  if (response.status !== 304) {
    const missing = response.status === 404;
    const text = await response.text();
    const html = text.replace(/<script [^>]* data-peppermill [^>]*>/, "");
    const etag = response.headers.get("ETag") ?? "";
    const other = missing !== shown.missing || response.redirected || !/^text\/html\b/.test(response.headers.get("Content-Type") ?? "");
    if (other || (etag ? etag !== shown.etag : html !== shown.html)) {
      changed = !other && (await patch(text));
      if (!changed && reload(news)) await new Promise(() => {}); // this page is over
    }
    shown.etag = etag;
    shown.html = etag ? "" : html;
    shown.missing = missing;
  }
  shown.build = news.build;
  shown.server = news.server;
  return changed;
}

/**
 * Loads the page anew, scrolled as it is: once for a build, whatever happens.
 * @param {News} news
 */
function reload(news) {
  const mark = [news.server, news.build, location.pathname].join(" ");
  if (remembered("peppermill-reload") === mark) return false;
  sessionStorage.setItem("peppermill-reload", mark);
  location.reload();
  return true;
}

/** @param {string} key */
function remembered(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

class Unanswered extends Error {}

/** @param {string} address @param {Record<string, string>} headers */
async function ask(address, headers = {}) {
  try {
    return await fetch(address, { headers, cache: "no-store" });
  } catch {
    throw new Unanswered(address);
  }
}

/** @param {string} address @returns {Promise<Facts>} */
async function question(address) {
  const response = await ask(address);
  if (!response.ok) throw new Unanswered(address + ": " + response.status);
  return response.json();
}

/** @param {string} etag */
function quoted(etag) {
  return etag === "" || /^(W\/)?"/.test(etag) ? etag : `"${etag}"`;
}

function first() {
  return /** @type {PerformanceNavigationTiming | undefined} */ (performance.getEntriesByType("navigation")[0]);
}
