// Checklists: what is true of somebody is ticked and kept on this device, page
// for page. The rows of the table of bands speak of the number of ticks; where a
// list has questions of both sorts, those to which yes is the good answer and
// those to which no is, of the number of good answers.
import { read, write, wordsOf } from "../ticks.js";

const boxes = (page) => [...page.querySelectorAll(".prose ul.items > li.task > label > input")];
const isDone = "items/";

/** Makes a form of the lists, and puts the score below the last of them. */
export function shapeItems(page, location) {
  const score = page.querySelector('[data-score="items"]');
  const lists = page.querySelectorAll(".prose ul.items");
  if (!score || !lists.length) return;
  const kept = read(location);
  for (const list of lists) list.dataset.ticks = "items";
  for (const box of boxes(page)) {
    if (!box.dataset.tick) {
      box.disabled = false;
      box.dataset.tick = wordsOf(box.closest("label"));
      box.dataset.given = box.checked ? "yes" : "";
    }
    const at = kept["items/" + box.dataset.tick];
    box.checked = at ?? box.checked;
  }
  lists[lists.length - 1].after(score);
  score.hidden = false;
  tell(page, location);
}

function tell(page, location) {
  const score = page.querySelector('[data-score="items"]');
  const all = boxes(page);
  const ticked = all.filter((box) => box.checked).length;
  const no = all.filter((box) => box.closest("li").matches(".want-no"));
  const mixed = no.length > 0 && no.length < all.length;
  const points = mixed ? all.filter((box) => box.checked !== no.includes(box)).length : ticked;
  const shown = !!read(location)[isDone] || (!mixed && ticked > 0);
  say(score.querySelector(".score-count"), shown || ticked ? fill(shown && mixed ? score.dataset.good : score.dataset.count, shown ? points : ticked, all.length) : "");
  let row;
  for (const band of page.querySelectorAll(".prose table.bands tr[data-from]")) {
    const here = shown && points >= Number(band.dataset.from) && (!band.dataset.to || points <= Number(band.dataset.to));
    band.classList.toggle("band-here", here);
    if (here) row ??= band;
  }
  repeat(page, score.querySelector(".score-band"), row);
  score.querySelector('[data-do="count"]').hidden = shown;
  score.querySelector('[data-do="again"]').hidden = !shown && !ticked;
}

/** Says below the list what the row says, without its numbers. */
function repeat(page, place, row) {
  const cells = row ? [...row.cells].slice(1).filter((cell) => !/^[\d\s–-]*$/.test(cell.textContent)) : [];
  const texts = cells.map((cell) => {
    const line = page.createElement("p");
    for (const node of cell.childNodes) line.append(node.cloneNode(true));
    return line;
  });
  if (place.innerHTML !== texts.map((line) => line.outerHTML).join("")) place.replaceChildren(...texts);
}

function say(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

export const fill = (text, done, all) => text.replace("{done}", done).replace("{all}", all);

/** Hears ticks, and the two buttons. */
export function hearItems(document, location) {
  document.addEventListener("change", (event) => {
    const box = event.target.closest?.("ul.items input[data-tick]");
    if (!box) return;
    if (box.dataset.given && !box.checked) { // one that the author has ticked
      write(location, { ...read(location), ["items/" + box.dataset.tick]: false });
    }
    tell(document, location);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.('[data-score="items"] [data-do]');
    if (!button) return;
    const kept = read(location);
    if (button.dataset.do === "count") {
      kept[isDone] = true;
    } else {
      for (const name of Object.keys(kept)) if (name.startsWith("items/")) delete kept[name];
      for (const box of boxes(document)) box.checked = !!box.dataset.given;
    }
    write(location, kept);
    tell(document, location);
    if (button.hidden) document.querySelector('[data-score="items"] [data-do]:not([hidden])').focus();
  });
}
