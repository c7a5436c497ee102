// @ts-check
// The search's own page, search/?q=…&type=…: the box, what narrows the search,
// and the results, above the list of all pages that stands there anyway.
import { apart, asked, asking, count, empty, failed, fill, hrefOf, kind, make, makeAsker, makeFilters, marked, notes, once, say, shown, slash } from "./parts.js";
import { makeRecent } from "./recent.js";

const step = 10;

/** @param {import("./search.js").Site} site */
export function makePage(site) {
  const { words } = site;
  const recent = makeRecent(site.root);
  const title = document.title;
  let heading = "";
  let limit = step;
  let from = ""; // the scope that is searched
  let onward = -1; // the result that takes the focus
  /** @type {any} */
  let form;

  let kept = ""; // of the address, as far as it tells
  const filters = makeFilters(site, false, () => {
    limit = step;
    go(false, "pushState"); // the way back leads to the choice before
  });
  const said = make("p", { class: "find-said", role: "status" });
  const note = make("div", { class: "find-note", "aria-live": "polite" });
  const list = make("ol", { class: "hits", "data-search-results": "" });
  const more = make("button", { type: "button", class: "find-more", hidden: "" }, words.more);
  const others = make("p", { class: "find-apart" });
  const box = make("div", { class: "find-box" }, filters.box, said, note, list, more, others, slash(site));

  const query = () => form.elements.q.value;

  const ask = makeAsker(site, ({ found, texts, final, failed: down }) => {
    const total = found?.total ?? 0;
    if (!total && !final) return;
    more.hidden = total <= limit;
    filters.offer(found?.facets);
    draw((found?.results ?? []).map((/** @type {any} */ result, /** @type {number} */ i) => entry(site, result, texts?.[i])));
    others.replaceChildren(...apart(site, found, {}));
    if (final) said.textContent = total ? count(site, total) : ""; // not at every letter
    say(note, down ? [failed(site)] : !found ? again() : total ? notes(site, found) : nothing());
    cover(total > 0);
    if (final) list.setAttribute("data-query", query());
  });

  /** Whoever stands on a result stays there; whoever asked for more goes on. @param {any[]} entries */
  function draw(entries) {
    const { href } = /** @type {any} */ (document.activeElement);
    const held = [...list.children].findIndex((entry) => entry.contains(document.activeElement));
    list.replaceChildren(...entries);
    const links = [...(entries[held < 0 ? onward : held]?.querySelectorAll("a") ?? [])];
    (links.find((a) => a.href === href) ?? links[0])?.focus();
    onward = -1;
  }

  /** What a page shows before anybody has asked anything. */
  function again() {
    const all = recent.read();
    const clear = make("button", { type: "button" }, words.clear);
    clear.addEventListener("click", () => {
      recent.clear();
      note.replaceChildren();
      form.elements.q.focus();
    });
    const links = all.map((q) => make("li", {}, make("a", { href: asking(site, q) }, q)));
    return all.length ? [make("p", { class: "find-recent" }, words.recent, clear), make("ul", { class: "find-again" }, links)] : [];
  }

  function nothing() {
    said.textContent = words.none.replace("{query}", query());
    return empty(site, query(), "#a-to-z", filters.unfilter(form.elements.q)).slice(1);
  }

  /** The list of all pages gives way to results. @param {boolean} results */
  function cover(results) {
    const article = form.parentElement;
    article.querySelector(".lists").hidden = results;
    const h1 = article.querySelector("h1");
    heading ||= h1?.textContent ?? "";
    if (h1) h1.textContent = query().trim() ? words.title : heading;
    document.title = query().trim() ? query() + " – " + title : title;
  }

  /** @param {boolean} typing @param {"replaceState" | "pushState"} how */
  function go(typing, how = "replaceState") {
    try {
      history[how](null, "", query() ? asked(query(), from, filters.chosen()) : location.pathname);
    } catch {} // from a folder, some browsers keep the address
    look(typing);
  }

  /** @param {boolean} typing */
  function look(typing) {
    kept = location.search;
    list.removeAttribute("data-query");
    ask(query(), { typing, filters: filters.chosen(), facets: true, limit, from });
  }

  /** Takes from the address what it asks. @param {string} q where it says nothing */
  function read(q) {
    const said = Object.fromEntries(new URLSearchParams(location.search));
    from = said.in ?? "";
    form.elements.q.value = said.q ?? q;
    filters.set(said);
    look(false);
  }
  addEventListener("popstate", () => {
    if (box.isConnected && location.search !== kept) read("");
  });

  more.addEventListener("click", () => {
    onward = limit; // the button may go
    limit += step;
    go(false);
  });
  list.addEventListener("click", () => recent.add(query()));

  /** Takes its place on the page, if this is the page. */
  function attach() {
    const there = document.querySelector("form[data-find]");
    if (!there || box.isConnected) return;
    if (form !== there) {
      form = there;
      form.addEventListener("input", () => {
        limit = step;
        go(true);
      });
      form.addEventListener("submit", (/** @type {Event} */ event) => {
        event.preventDefault();
        recent.add(query());
        go(false);
      });
    }
    form.after(box);
    read(query());
  }
  attach();

  return {
    attach,
    /** True where there is a box to take the focus. @param {string} typed */
    focus(typed) {
      if (!form?.isConnected) return false;
      const { q } = form.elements;
      if (typed) {
        q.value = typed;
        go(true);
      }
      q.focus();
      if (!typed) q.select();
      return true;
    },
  };
}

/**
 * One page that was found.
 * @param {import("./search.js").Site} site
 * @param {any} result
 * @param {any} text
 */
function entry(site, result, text) {
  const { excerpt, parts } = shown(text, 3);
  return make("li", { class: "hit" },
    make("p", { class: "hit-type" }, kind(site, result)),
    make("h2", { class: "hit-title" }, make("a", { href: hrefOf(site, result.address) }, marked(result.title, result.titleMarks))),
    make("p", { class: "hit-text" }, excerpt),
    parts.map((/** @type {any} */ part, /** @type {number} */ i) => make("p", { class: "hit-part" },
      make("a", { href: hrefOf(site, result.address, part.anchor) }, part.heading),
      i === 0 && make("span", {}, marked(part.text, part.marks)))),
    make("p", { class: "hit-why" }, text ? why(site, text) : []));
}

/** Why a page was found: which words, for which that were typed, and where. @param {import("./search.js").Site} site @param {any} text */
function why({ words }, text) {
  const said = (/** @type {any} */ { word, as, typed }) => (words["as." + as] ?? "{word}").replace("{word}", word).replace("{typed}", typed);
  return ["title", "heading", "tag", "body"].flatMap((field) => {
    const here = (text.why ?? []).filter((/** @type {any} */ w) => w.field === field).map(said);
    return here.length ? [make("span", {}, fill(words["in." + field], { words: once(here) }))] : [];
  });
}
