// Lists to tick: what was ticked is kept on this device, page for page, and how
// much it is of the whole is said below the list.

/** Where the ticks of this page are kept. */
function place(location) {
  return "peppermill.ticks:" + location.pathname;
}

/** @returns {Record<string, boolean>} what was ticked; nothing where the browser keeps nothing */
export function read(location) {
  try {
    const kept = JSON.parse(localStorage.getItem(place(location)) || "{}");
    return kept && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}

export function write(location, ticks) {
  try {
    if (Object.keys(ticks).length) localStorage.setItem(place(location), JSON.stringify(ticks));
    else localStorage.removeItem(place(location));
  } catch {
    // A browser that keeps nothing still lets one tick.
  }
}

/** What is ticked is known by its words, so that a tick stays with it when more is added, whatever its blanks hold. */
export function wordsOf(element) {
  const copy = element.cloneNode(true);
  for (const blank of copy.querySelectorAll("[data-blank]")) blank.textContent = blank.dataset.blank;
  return copy.textContent.trim().slice(0, 80);
}

/** Gives each list of a report a line that says how much is ticked. */
export function addTicks(page, location) {
  const kept = read(location);
  for (const list of page.querySelectorAll(".answers[data-ticks]")) {
    for (const box of list.querySelectorAll("input[data-tick]")) {
      box.checked = !!kept[list.dataset.ticks + "/" + box.dataset.tick];
    }
    if (list.dataset.count && !list.querySelector(".tick-count")) {
      const line = page.createElement("p");
      line.className = "tick-count";
      line.setAttribute("role", "status");
      list.append(line);
    }
    count(list);
  }
}

function count(list) {
  const line = list.querySelector(".tick-count");
  if (!line) return;
  const boxes = [...list.querySelectorAll("input[data-tick]")];
  const done = boxes.filter((box) => box.checked).length;
  line.textContent = list.dataset.count.replace("{done}", done).replace("{all}", boxes.length);
}

/** Keeps what is ticked. */
export function keepTicks(document, location) {
  document.addEventListener("change", (event) => {
    const box = event.target.closest?.("input[data-tick]");
    const list = box?.closest("[data-ticks]");
    if (!list) return;
    const kept = read(location);
    const name = list.dataset.ticks + "/" + box.dataset.tick;
    if (box.checked) kept[name] = true;
    else delete kept[name];
    write(location, kept);
    count(list);
  });
}
