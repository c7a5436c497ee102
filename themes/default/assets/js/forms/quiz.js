// A quiz that is answered on the page. Which options are right stands with the
// folded answer, as numbers, and is looked at when somebody has it checked.
import { fill } from "./items.js";

/** The questions of a page: their options and their folded answer. */
function questions(page) {
  return [...page.querySelectorAll(".prose ul.quiz")].map((list) => {
    const answer = (list.closest(".question") || list).nextElementSibling;
    const folded = answer?.matches("details.answer[data-right]") ? answer : undefined;
    return { list, folded, boxes: [...list.querySelectorAll(":scope > li > label > input")], right: (folded?.dataset.right || "").split(" ").filter(Boolean).map(Number) };
  }).filter((question) => question.folded);
}

/** Makes a form of the questions, and puts the score below the last of them. */
export function shapeQuiz(page) {
  const score = page.querySelector('[data-score="quiz"]');
  const all = questions(page);
  if (!score || !all.length) return;
  all.forEach(({ list, boxes, right }, n) => {
    if (list.closest(".question")) return;
    const group = page.createElement("div");
    group.className = "question";
    group.setAttribute("role", right.length === 1 ? "radiogroup" : "group");
    const title = list.previousElementSibling;
    if (title) {
      title.id ||= "question:" + (n + 1);
      group.setAttribute("aria-labelledby", title.id);
    }
    list.before(group);
    group.append(list);
    for (const box of boxes) {
      box.disabled = false;
      if (right.length === 1) Object.assign(box, { type: "radio", name: "question-" + (n + 1) });
    }
  });
  all[all.length - 1].folded.after(score);
  score.hidden = false;
  score.querySelector('[data-do="again"]').hidden = !page.querySelector(".verdict");
}

function check(page, score) {
  const all = questions(page);
  let points = 0;
  for (const { list, folded, boxes, right } of all) {
    const answered = boxes.some((box) => box.checked);
    const good = answered && boxes.every((box, i) => box.checked === right.includes(i + 1));
    const words = score.dataset;
    if (good) points++;
    const group = list.closest(".question");
    const line = group.querySelector(".verdict") || group.appendChild(page.createElement("p"));
    line.className = "verdict" + (good ? " right" : "");
    line.textContent = good ? words.right : answered ? words.wrong : words.open;
    folded.open = answered;
  }
  const { count, needed, passed, failed } = score.dataset;
  const more = needed ? " " + fill(points >= Number(needed) ? passed : failed, needed, all.length) : "";
  score.querySelector(".score-count").textContent = fill(count, points, all.length) + more;
  score.querySelector('[data-do="again"]').hidden = false;
}

function again(page, score) {
  for (const { list, folded, boxes } of questions(page)) {
    for (const box of boxes) box.checked = false;
    list.closest(".question")?.querySelector(".verdict")?.remove();
    folded.open = false;
  }
  score.querySelector(".score-count").textContent = "";
  score.querySelector('[data-do="again"]').hidden = true;
  page.querySelector(".question input")?.focus();
}

/** Hears the two buttons. */
export function hearQuiz(document) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.('[data-score="quiz"] [data-do]');
    if (button) (button.dataset.do === "check" ? check : again)(document, button.closest(".score"));
  });
}
