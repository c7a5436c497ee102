// @ts-check
// The bar at the bottom edge: what kind of page this is, what is wrong here and
// elsewhere, what the last save changed, and the way to the page that was
// edited. Folded, it is a dot, and it stays folded from page to page.
import { button, count, make } from "./dom.js";

/** @typedef {import("./client.js").Facts} Facts */

/**
 * @param {ShadowRoot} root
 * @param {ReturnType<typeof import("./overlay.js").makeOverlay>} overlay
 */
export function makeBar(root, overlay) {
  const items = make("div", "items");
  items.id = "items";
  const dot = make("span", "dot");
  const name = make("span", "spoken", "Preview");
  const fold = button("fold", "", () => set(!folded));
  fold.append(dot, name);
  fold.setAttribute("aria-controls", "items");
  const spoken = make("p", "spoken");
  spoken.setAttribute("role", "status");
  const bar = make("aside", "bar", fold, items, spoken);
  bar.setAttribute("aria-label", "Preview");
  root.append(bar);

  /** @type {Facts | undefined} */
  let last;
  let lost = false;
  let folded = wasFolded();
  /** @param {boolean} yes */
  function set(yes) {
    folded = yes;
    keepFolded(yes);
    draw();
  }
  function draw() {
    const here = last?.findings?.filter((f) => f.here) ?? [];
    const wrong = here.filter((f) => f.class !== "tip").length + (last?.elsewhere.errors ?? 0);
    bar.classList.toggle("folded", folded);
    items.hidden = folded;
    fold.setAttribute("aria-expanded", String(!folded));
    fold.title = folded ? "Show the preview's bar" : "Fold the preview's bar";
    dot.className = "dot " + (lost ? "lost" : wrong > 0 || last?.stale ? "wrong" : "well");
    const focus = items.contains(root.activeElement);
    items.replaceChildren(...(last ? parts(last) : []));
    if (lost) items.prepend(make("span", "lost", "No answer from the preview. Trying again …"));
    if (focus) fold.focus();
  }
  /** @param {Facts} facts @returns {HTMLElement[]} */
  function parts(facts) {
    const here = (facts.findings ?? []).filter((f) => f.here);
    const bad = here.filter((f) => f.class !== "tip");
    const others = facts.elsewhere.errors + facts.elsewhere.tips + (facts.findings ?? []).length - here.length;
    const marks = facts.stale ? [...(facts.marks ?? []), "last good version"] : facts.marks ?? [];
    /** @type {HTMLElement[]} */
    const all = marks.map((mark) => make("span", "mark", mark.replaceAll("-", " ")));
    if (here.length > 0) {
      const text = bad.length > 0 ? count(bad.length, "thing to mend", "things to mend") : count(here.length, "tip", "tips");
      all.push(button(bad.length > 0 ? "wrong" : "", text, () => overlay.list(here, "On this page", facts.source)));
    }
    if (others > 0) {
      const errors = facts.elsewhere.errors + (facts.findings ?? []).filter((f) => !f.here && f.class !== "tip").length;
      const text = errors > 0 ? errors + " elsewhere" : count(others, "tip", "tips") + " elsewhere";
      all.push(button(errors > 0 ? "wrong" : "", text, () => showAll(overlay)));
    }
    const news = told(facts);
    if (news) all.push(make("span", "news", news));
    if (facts.edited) all.push(way(facts.edited));
    if (all.length === 0) all.push(make("span", "news", "Preview"));
    return all;
  }
  draw();

  return {
    /** @param {Facts} facts @param {{newer: boolean, patched: boolean}} what */
    show(facts, { newer, patched }) {
      last = facts;
      draw();
      if (!newer) return;
      const bad = (facts.findings ?? []).filter((f) => f.class !== "tip").length;
      spoken.textContent = (patched ? "This page has changed. " : "") + (bad > 0 ? count(bad, "thing to mend", "things to mend") : "");
    },
    /** @param {boolean} yes */
    connected(yes) {
      if (lost === !yes) return;
      lost = !yes;
      draw();
      spoken.textContent = yes ? "" : "No answer from the preview.";
    },
  };
}

/** @param {ReturnType<typeof import("./overlay.js").makeOverlay>} overlay */
async function showAll(overlay) {
  const response = await fetch("/_peppermill/findings", { cache: "no-store" });
  if (!response.ok) return;
  const { findings, errors, tips } = await response.json();
  const note = [count(errors, "thing to mend", "things to mend"), count(tips, "tip", "tips")].join(", ");
  const more = errors + tips - findings.length;
  overlay.list(findings, "In the whole site", more > 0 ? `${note}; the first ${findings.length} are listed` : note);
}

/** @param {Facts} facts */
function told(facts) {
  const changed = facts.changed ?? [];
  if (changed.length === 0 && !facts.parsed) return "";
  const file = changed.length === 1 && changed[0].slice(changed[0].lastIndexOf("/") + 1);
  const what = changed.length > 0 && (file || count(changed.length, "file", "files")) + " changed, ";
  const read = facts.parsed > 0 ? count(facts.parsed, "page", "pages") + " read" : "built";
  const took = facts.took < 1000 ? Math.max(1, Math.round(facts.took)) + " ms" : (facts.took / 1000).toFixed(1) + " s";
  return (what || "") + read + " in " + took;
}

/** @param {{at: string, title: string}} edited */
function way({ at, title }) {
  const link = make("a", "way", make("bdi", "", title || at), " →");
  // Only ever to a page of this site, whatever the text says.
  const url = URL.canParse(at, location.origin) ? new URL(at, location.origin) : null;
  link.href = url?.origin === location.origin ? url.href : "/";
  link.title = "Go to the page that was edited last";
  return link;
}

function wasFolded() {
  try {
    return localStorage.getItem("peppermill-bar") === "folded";
  } catch {
    return false;
  }
}

/** @param {boolean} yes */
function keepFolded(yes) {
  try {
    localStorage.setItem("peppermill-bar", yes ? "folded" : "open");
  } catch {
    // Then it is folded on this page only.
  }
}
