// @ts-check
// What has to be mended, over the page: the place, the line, what is wrong with
// it and what to do. It goes when all is mended. Put away, it comes back when
// something else is wrong.
import { button, count, make, printable } from "./dom.js";

/**
 * @typedef {import("./client.js").Finding} Finding
 * @typedef {import("./client.js").Facts} Facts
 */

/** @type {Record<string, string>} */
const words = { stop: "Nothing is published", fix: "To mend", tip: "Tip" };

/** @param {ShadowRoot} root */
export function makeOverlay(root) {
  const title = make("h2", "title");
  title.id = "title";
  const about = make("p", "about");
  const list = make("ol", "findings");
  const close = button("close", "Put away", () => away());
  close.append(make("kbd", "", "Esc"));
  const dialog = make("dialog", "overlay", make("div", "head", make("div", "", title, about), close), list);
  dialog.setAttribute("aria-labelledby", "title");
  dialog.tabIndex = -1;
  root.append(dialog);

  let urgent = ""; // the set that the page's state asks to be shown
  let own = false; // shown by itself, not because somebody asked for a list
  function away() {
    if (own) remember(urgent);
    own = false;
    dialog.close();
  }
  // Escape; where the browser does not ask first, it says so afterwards.
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    away();
  });
  dialog.addEventListener("close", () => dialog.open || away());

  /** @param {Finding[]} findings @param {string} heading @param {string} note */
  function fill(findings, heading, note) {
    title.textContent = heading;
    about.textContent = note;
    const had = list.contains(root.activeElement);
    list.replaceChildren(...findings.map(entry));
    if (had) dialog.focus();
  }
  function open() {
    if (!dialog.open) dialog.showModal();
    // Not a button or a link, which the next key of somebody typing would press.
    dialog.focus();
    dialog.scrollTop = 0;
  }

  return {
    /** @param {Facts} facts */
    show(facts) {
      const findings = (facts.findings ?? []).filter((f) => f.class !== "tip" && (f.here || f.fresh || f.class === "stop"));
      const key = name(findings);
      const was = urgent;
      urgent = key;
      if (findings.length === 0) {
        remember("");
        if (own) dialog.close();
        own = false;
        return;
      }
      if (own || (key !== was && key !== remembered())) {
        fill(findings, count(findings.length, "thing to mend", "things to mend"), told(findings, facts.stale));
        if (!own) open();
        own = true;
      }
    },
    /** @param {Finding[]} findings @param {string} heading @param {string} note */
    list(findings, heading, note) {
      fill(findings, heading, note);
      open();
    },
  };
}

/** @param {Finding[]} findings @param {boolean} stale */
function told(findings, stale) {
  if (stale) return "You see this page as it was when it was last whole. This goes away by itself when it is mended.";
  if (findings.some((f) => f.class === "stop")) return "Until then a build writes nothing. This goes away by itself when it is mended.";
  return "This goes away by itself when it is mended.";
}

/** @param {Finding} f */
function entry(f) {
  const place = [f.path, f.line, f.column].filter(Boolean).join(":") || "the whole site";
  /** @type {HTMLElement} */
  let where = make("span", "place", place);
  if (f.open && leads(f.open)) {
    const link = make("a", "place", place);
    link.href = f.open;
    link.title = "Open in the editor";
    where = link;
  }
  const kind = words[f.class] ?? f.class;
  return make("li", "finding " + (f.class === "tip" ? "tip" : "bad"),
    make("p", "where", make("span", "kind", kind), " ", where),
    make("p", "message", f.message),
    Boolean(f.excerpt) && excerpt(f),
    Boolean(f.hint) && make("p", "hint", f.hint),
    make("p", "rule", f.rule));
}

/**
 * The line, with a mark below what is meant. Columns count characters, and a
 * long line is cut around them.
 * @param {Finding} f
 */
function excerpt(f) {
  const line = [...f.excerpt];
  const at = f.column > 0 ? Math.min(f.column - 1, line.length) : line.length;
  const end = f.column > 0 ? Math.min(at + Math.max(f.width, 1), line.length) : at;
  const from = at > 120 ? at - 60 : 0;
  const to = Math.min(line.length, Math.max(end, from) + 160);
  /** @param {number} a @param {number} b */
  const part = (a, b) => line.slice(a, b).join("");
  const code = make("code", "", (from > 0 ? "…" : "") + part(from, at));
  if (f.column > 0) code.append(make("mark", "", part(at, Math.min(end, to)) || " "));
  code.append(printable(part(end, to)), to < line.length ? "…" : "");
  code.dir = "auto";
  return make("pre", "excerpt", make("span", "number", String(f.line)), code);
}

/**
 * An editor's address is one that a program answers, never one that runs here.
 * @param {string} address
 */
function leads(address) {
  return URL.canParse(address) && !/^(javascript|data|blob|vbscript|about|view-source):$/.test(new URL(address).protocol);
}

/**
 * What is wrong, whichever line it has moved to.
 * @param {Finding[]} findings
 */
function name(findings) {
  return findings.length === 0 ? "" : JSON.stringify(findings.map((f) => [f.path, f.rule, f.message]).sort());
}

/** @param {string} key */
function remember(key) {
  try {
    sessionStorage.setItem("peppermill-away", key);
  } catch {
    // Without storage it is shown again on the next page.
  }
}

function remembered() {
  try {
    return sessionStorage.getItem("peppermill-away");
  } catch {
    return null;
  }
}
