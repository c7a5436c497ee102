// The way to the search. What it needs, the script and the index behind it, is
// fetched when somebody comes near the box, and not before.
export function findWhenAsked(document, script) {
  const address = script?.dataset.search;
  if (!address) return;
  let coming;
  const load = () => (coming ||= Promise.all([fetched(), look()]).then(([search]) => search));
  const fetched = () => new Promise((come, fail) => {
    const search = document.createElement("script");
    search.src = address;
    // It has served once it has run; the preview compares the scripts of pages.
    search.onload = () => {
      search.remove();
      come(window.peppermillSearch);
    };
    search.onerror = () => {
      search.remove();
      coming = null;
      fail();
    };
    document.documentElement.append(search);
  });
  // The look comes with it. It stays out of the head, which the preview compares;
  // what is found can be read without it, so nobody waits for one that fails.
  const look = () => new Promise((come) => {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = script.dataset.look;
    if ([...document.styleSheets].some((known) => known.href === sheet.href)) return come();
    sheet.onload = sheet.onerror = () => come();
    document.documentElement.append(sheet);
  });
  // The index begins with a file whose name is known, so it need not wait for
  // the script that reads it. A folder is no place to fetch ahead from.
  const ahead = () => {
    const page = document.querySelector(".site-search")?.action;
    if (coming || !page || !/^https?:/.test(page)) return;
    const link = document.createElement("link");
    link.rel = "preload";
    link.as = "script";
    link.href = new URL("index/root.js", page);
    document.documentElement.append(link);
  };
  const near = (event) => {
    if (!event.target.closest?.(box)) return;
    ahead();
    load().then((search) => search.warm(), () => {});
  };
  document.addEventListener("focusin", near);
  document.addEventListener("pointerover", near);

  // A box that opened something as soon as it had the focus would be a trap for
  // those who pass through with Tab. A click or a letter says what is meant.
  const open = () => ahead() || load().then((search) => search.open(document.querySelector(field)), () => {
    const link = document.querySelector(".to-search");
    if (link) location.href = link.href;
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".to-search");
    if (event.ctrlKey || event.metaKey || event.shiftKey || !(link || event.target.closest(field))) return;
    if (link) event.preventDefault();
    open();
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches(field)) open();
  });
  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest("input, textarea, select, [contenteditable]");
    const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (event.isComposing || !(k || (slash && slashIsOn()))) return;
    event.preventDefault();
    open();
  });
  if (document.querySelector("[data-find]")) load().catch(() => {});
}

// A key that acts by itself can be switched off, below the search's results.
function slashIsOn() {
  try {
    return localStorage.getItem("peppermill.slash") !== "off";
  } catch {
    return true;
  }
}

const field = ".site-search input";
const box = ".site-search, .to-search, [data-find]";
