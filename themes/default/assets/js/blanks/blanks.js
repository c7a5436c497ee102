// @ts-check
// Blanks that readers fill in, on their own device: a form with a field for each
// blank of the page, and a text that follows as one types. Nothing is sent.
//
// This file becomes a script that only pages with blanks load. At its end stands
// a call of start with the words of the page's language. Answers come from
// anybody; they are set as text, and as addresses of the kinds that a link may
// have. answers.js holds what is pure of it, for others to build on.
import { answersOf, listed, parse, saidOf, write } from "./answers.js";
import { counted, fieldOf, makeForm, show, tell } from "./form.js";
import { makeStore } from "./store.js";
import { follow } from "./text.js";

/**
 * @typedef {import("./answers.js").Field} Field
 * @typedef {{head?: string, fields: Field[]}} Given
 * @typedef {{words: Record<string, string>, days?: string[]}} Speech
 */

// Only while a script runs does it know its own address.
const script = /** @type {HTMLScriptElement} */ (document.currentScript);
const root = new URL("../", script.src).href;

const desk = "(min-width: 78rem)";
const largest = 1e6; // bytes of a file that is opened

/** What a page asks for. @param {Document} page @returns {Given} */
function given(page) {
  try {
    return JSON.parse(page.querySelector("script[data-blanks]")?.textContent ?? "");
  } catch {
    return { fields: [] };
  }
}

/** The answers of this page: text by name. */
let answers = () => new Map();

/** @param {Speech} speech */
function start({ words, days }) {
  const store = makeStore(root, location.href);
  const tongue = { lang: document.documentElement.lang || "en", days };
  let { head, fields } = given(document);
  answers = () => answersOf(fields, store.typed(), tongue);

  /** Gives a page its form and its answers. @param {Document} page @param {Given} asked */
  function shape(page, asked) {
    let place = page.querySelector(".fill");
    if (!place) { // a layout of a site's own
      place = page.createElement("div");
      place.className = "fill";
      page.querySelector(".prose, main")?.before(place);
    }
    if (!place.firstElementChild) place.append(makeForm(page, asked.fields, words));
    const byName = new Map(asked.fields.map((field) => [field.name, field]));
    follow(page, (name) => {
      const field = byName.get(name);
      return field && { said: saidOf(field, store.typed(), tongue), label: field.label };
    }, { head: asked.head, blank: words.blank });
    const done = answersOf(asked.fields, store.typed(), tongue).size;
    tell(page, { done, all: asked.fields.length, state: store.state() }, words);
  }
  function update() {
    shape(document, { head, fields });
    show(document, fields, store.typed());
  }

  store.probe();
  update();
  const box = /** @type {HTMLDetailsElement | null} */ (document.querySelector(".fill-box"));
  if (box?.closest(".beside") && matchMedia(desk).matches) box.open = true;
  if (!navigator.clipboard) document.querySelector('[data-do="copy"]')?.setAttribute("hidden", "");

  listen({
    /** @param {string} name @param {string} text */
    type(name, text) {
      const offered = fields.find((field) => field.name === name)?.default ?? "";
      store.change((typed) => (text.trim() === offered ? typed.delete(name) : typed.set(name, text)));
      update();
    },
    progress: () => say(counted(words.progress, answers().size, fields.length)),
    save: () => download(words.file + ".json", write(store.typed())),
    copy: () => navigator.clipboard.writeText(listed(fields, answers())).then(() => say(words.copied), () => {}),
    /** @param {string} text */
    take(text) {
      const read = parse(text);
      if (read) store.change((typed) => read.forEach((value, name) => typed.set(name, value)));
      update();
      say(read ? words.taken.replace("{count}", String(read.size)) : words.unread);
    },
    forget() {
      store.change((typed) => typed.clear());
      update();
      say(words.forgotten);
    },
  });
  const again = () => {
    store.read();
    update();
  };
  addEventListener("storage", (event) => store.concerns(event) && again());
  addEventListener("pageshow", (event) => event.persisted && again());

  // The preview makes this page like a newer one.
  document.addEventListener("peppermill:patch", (event) => {
    const next = /** @type {CustomEvent} */ (event).detail.document;
    shape(next, given(next));
  });
  document.addEventListener("peppermill:patched", () => {
    ({ head, fields } = given(document));
    update();
  });
  script.setAttribute("data-patchable", "");
}

/** Says something, aloud too, for those who cannot see what happened. @param {string} text */
function say(text) {
  const news = document.querySelector(".fill-news");
  if (news) news.textContent = text;
}

/** @param {string} name @param {string} text */
function download(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/**
 * Hears what people do. It listens on the document, so that it serves a form
 * that comes with a later edit too.
 * @param {{type: (name: string, text: string) => void, progress: () => void, save: () => void, copy: () => void,
 *   take: (text: string) => void, forget: () => void}} acts
 */
function listen(acts) {
  const on = (/** @type {string} */ type, /** @type {string} */ selector, /** @type {(at: any, event: any) => void} */ act) =>
    document.addEventListener(type, (event) => {
      const at = /** @type {Element} */ (event.target).closest?.(selector);
      if (at) act(at, event);
    });
  const part = (/** @type {string} */ selector) => /** @type {any} */ (document.querySelector(".fill-form " + selector));

  on("input", "[data-answer]", (field) => acts.type(field.dataset.answer, field.value));
  on("change", "[data-answer]", acts.progress);
  on("submit", ".fill-form", (_, event) => event.preventDefault());
  on("keydown", "input[data-answer]", (field, event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const all = [...document.querySelectorAll("[data-answer]")];
    /** @type {any} */ (all[all.indexOf(field) + 1])?.focus();
  });

  /** @type {HTMLElement | undefined} the gap that one came from */
  let gap;
  // Where one is, in the text too; and from a gap to its field.
  const here = (/** @type {string} */ name) => {
    for (const place of document.querySelectorAll("[data-blank]")) place.classList.toggle("blank-here", place.getAttribute("data-blank") === name);
  };
  on("focusin", "[data-answer]", (field) => here(field.dataset.answer));
  on("focusout", "[data-answer]", () => here(""));
  on("click", "[data-blank]", (place, event) => {
    const field = fieldOf(document, place.dataset.blank);
    if (!field || event.target.closest("a[href], button, summary, label")) return;
    field.closest("details").open = true;
    field.focus();
    // Where the form is not beside the text, there is a way back to the gap.
    const back = part(".fill-back");
    gap = place;
    back.hidden = !!place.closest(".article")?.querySelector(":scope > .beside") && matchMedia(desk).matches;
    field.after(back);
  });

  const ask = (/** @type {boolean} */ yes) => {
    part(".fill-sure").hidden = !yes;
    part(".fill-do").hidden = yes;
    part(yes ? '[data-do="forget.no"]' : '[data-do="forget"]').focus();
  };
  on("keydown", ".fill-sure", (_, event) => event.key === "Escape" && ask(false));
  on("change", ".fill-do input", async (input) => {
    const [file] = input.files;
    if (file) acts.take(file.size > largest ? "" : await file.text());
    input.value = ""; // the same file may be opened again
  });
  on("click", "[data-do]", (button) => {
    switch (button.dataset.do) {
      case "back":
        part(".fill-back").hidden = true;
        gap?.setAttribute("tabindex", "-1");
        gap?.scrollIntoView({ block: "center" });
        return gap?.focus({ preventScroll: true });
      case "save": return acts.save();
      case "copy": return acts.copy();
      case "open": return part(".fill-do input").click();
      case "forget": return ask(true);
      case "forget.yes": acts.forget();
    }
    ask(false);
  });
}

Object.assign(globalThis, { peppermillBlanks: { start, answers: () => answers() } });
