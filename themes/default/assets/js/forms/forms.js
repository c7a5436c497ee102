// Pages that are filled in on the reader's device: what is shaped, and what is
// heard. Without any of it they are lists to read and to print.
import { hearItems, shapeItems } from "./items.js";
import { hearLevels, shapeLevels } from "./levels.js";
import { hearQuiz, shapeQuiz } from "./quiz.js";
import { hearSession, shapeSession } from "./session.js";
import { hearSum, shapeSum } from "./sum.js";

export function shapeForms(page, location) {
  shapeItems(page, location);
  shapeLevels(page, location);
  shapeQuiz(page);
  shapeSession(page, location);
  shapeSum(page, location);
}

export function hearForms(document, location) {
  hearItems(document, location);
  hearLevels(document, location);
  hearQuiz(document);
  hearSession(document, location);
  hearSum(document, location);
}
