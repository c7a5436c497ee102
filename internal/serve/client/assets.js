// @ts-check
// Images and style sheets whose address stays the same while their bytes
// change. The browser would show what it has; an address with another query is
// one that it has not.
const parameter = "peppermill";
const patience = 3000; // milliseconds that a style sheet may take

/** @type {Map<string, string>} what the server last said of an address */
const tags = new Map();

/** @type {Map<string, string>} the addresses that need a query, and which */
const fresh = new Map();

/** @typedef {HTMLImageElement | HTMLLinkElement} Shown */

/**
 * Remembers the state of what the page shows.
 * @param {Document} page
 */
export async function learn(page) {
  await Promise.all(uses(page).map(async ([, address]) => {
    if (!tags.has(address)) await changed(address);
  }));
}

/**
 * Shows anew what has changed since.
 * @param {Document} page
 */
export async function renew(page) {
  await Promise.all(uses(page).map(async ([element, address]) => {
    const tag = await changed(address);
    if (!tag) return;
    // The other sizes of a picture are made of the same photo.
    for (const other of addresses(element)) fresh.set(other, tag);
  }));
  for (const link of /** @type {NodeListOf<HTMLLinkElement>} */ (page.querySelectorAll("link[rel~=stylesheet]"))) {
    const href = freshened(link.href, page);
    if (href === link.href) continue;
    const next = /** @type {HTMLLinkElement} */ (link.cloneNode());
    next.setAttribute("href", href);
    const ready = loaded(next);
    link.after(next);
    await ready;
    link.remove();
  }
  freshen(page);
}

/**
 * Gives a page the queries that its images and sheets need to be up to date.
 * @param {Document} page
 */
export function freshen(page) {
  if (fresh.size === 0) return;
  for (const e of page.querySelectorAll("link[rel~=stylesheet]")) rewrite(e, "href", (href) => freshened(href, page));
  for (const e of page.querySelectorAll("img")) rewrite(e, "src", (src) => freshened(src, page));
  for (const e of page.querySelectorAll("img[srcset], picture > source[srcset]")) {
    rewrite(e, "srcset", (set) => candidates(set).map(([src, ...size]) => [freshened(src, page), ...size].join(" ")).join(", "));
  }
}

/**
 * Waits until a new sheet holds, or cannot be had.
 * @param {HTMLLinkElement} link
 * @returns {Promise<void>}
 */
export function loaded(link) {
  return new Promise((done) => {
    link.addEventListener("load", () => done());
    link.addEventListener("error", () => done());
    setTimeout(done, patience);
  });
}

/** @param {Element} element @param {string} name @param {(value: string) => string} change */
function rewrite(element, name, change) {
  const value = element.getAttribute(name);
  if (value === null) return;
  const now = change(value);
  if (now !== value) element.setAttribute(name, now);
}

/** @param {string} address @param {Document} page */
function freshened(address, page) {
  const url = own(address, page);
  const tag = url && fresh.get(plain(url));
  if (!url || !tag) return address;
  url.searchParams.set(parameter, tag.replace(/\W/g, ""));
  return url.href;
}

/**
 * What is on the screen or has been, and from where.
 * @param {Document} page
 * @returns {[Shown, string][]}
 */
function uses(page) {
  /** @type {[Shown, string][]} */
  const all = [];
  for (const e of /** @type {NodeListOf<Shown>} */ (page.querySelectorAll("img, link[rel~=stylesheet]"))) {
    const url = own(e instanceof HTMLLinkElement ? e.href : e.currentSrc, page);
    if (url) all.push([e, plain(url)]);
  }
  return all;
}

/** @param {Shown} element */
function addresses(element) {
  if (element instanceof HTMLLinkElement) return [plain(new URL(element.href))];
  const sets = [element, ...(element.closest("picture")?.querySelectorAll("source") ?? [])].map((e) => e.srcset);
  return [element.src, ...sets.flatMap(candidates).map(([src]) => src)]
    .map((src) => own(src, element.ownerDocument))
    .flatMap((url) => (url ? [plain(url)] : []));
}

/** @param {string} set */
const candidates = (set) => set.split(/,\s+/).map((c) => c.trim().split(/\s+/)).filter(([src]) => src);

/** @param {string} address @param {Document} page */
function own(address, page) {
  if (!address) return null;
  const url = URL.canParse(address, page.baseURI) ? new URL(address, page.baseURI) : null;
  return url?.origin === location.origin ? url : null;
}

/** @param {URL} url */
function plain(url) {
  const bare = new URL(url);
  bare.searchParams.delete(parameter);
  bare.hash = "";
  return bare.href;
}

/**
 * Asks what the bytes at an address are now called: the new name when it is
 * another, else nothing.
 * @param {string} address
 */
async function changed(address) {
  const was = tags.get(address);
  const headers = was ? { "If-None-Match": was } : undefined;
  const response = await fetch(address, { method: "HEAD", cache: "no-store", headers }).catch(() => null);
  const tag = response?.headers.get("ETag");
  if (!response?.ok || !tag || tag === was) return undefined; // 304 is not "ok" either
  tags.set(address, tag);
  return tag;
}
