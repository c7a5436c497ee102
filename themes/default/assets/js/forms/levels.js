// Rubrics and ladders: the level that fits is ticked, one in each row, and kept on
// this device. Below stands how often each level was.
import { read, write, wordsOf } from "../ticks.js";

const boxes = (page) => [...page.querySelectorAll(".prose td.level input")];

/** Gives each level a box, and puts what they come to below the last table. */
export function shapeLevels(page, location) {
  const score = page.querySelector('[data-score="levels"]');
  const cells = page.querySelectorAll(".prose td.level");
  if (!score || !cells.length) return;
  const kept = read(location);
  for (const cell of cells) {
    const box = cell.querySelector("input") ?? addBox(page, cell);
    box.checked = !!kept["levels/" + box.dataset.tick];
  }
  cells[cells.length - 1].closest(".table").after(score);
  score.hidden = false;
  tell(page);
}

/** A level is known by its column and the words of its row, so that a tick stays with it when the table grows. */
function addBox(page, cell) {
  const box = page.createElement("input");
  const label = page.createElement("label");
  box.type = "checkbox";
  box.dataset.tick = cell.cellIndex + " " + wordsOf(cell.closest("tr").cells[0]);
  label.append(box, ...cell.childNodes);
  cell.append(label);
  cell.classList.add("task");
  cell.closest("table").dataset.ticks = "levels";
  return box;
}

function tell(page) {
  const score = page.querySelector('[data-score="levels"]');
  const ticked = boxes(page).filter((box) => box.checked);
  const levels = new Map();
  for (const box of ticked) {
    const head = box.closest("table").tHead.rows[0].cells[box.closest("td").cellIndex].textContent.trim();
    levels.set(head, (levels.get(head) ?? 0) + 1);
  }
  const text = [...levels].sort().map(([head, n]) => head + ": " + n).join(" · ");
  const place = score.querySelector(".score-count");
  if (place.textContent !== text) place.textContent = text;
  score.querySelector('[data-do="again"]').hidden = !ticked.length;
}

/** Hears ticks, of which one counts in a row, and the button. */
export function hearLevels(document, location) {
  const forget = (those) => {
    const kept = read(location);
    for (const box of those) {
      box.checked = false;
      delete kept["levels/" + box.dataset.tick];
    }
    write(location, kept);
  };
  document.addEventListener("change", (event) => {
    const box = event.target.closest?.("td.level input");
    if (!box) return;
    if (box.checked) forget([...box.closest("tr").querySelectorAll("td.level input")].filter((other) => other !== box));
    tell(document);
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.('[data-score="levels"] [data-do]')) return;
    forget(boxes(document));
    tell(document);
    boxes(document)[0].focus();
  });
}
