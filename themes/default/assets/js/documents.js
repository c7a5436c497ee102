// What documents, forms and reports do and articles do not. It keeps to the rules
// that site.js tells of.
import { sayWhatIsNew } from "./log.js";
import { markOverdue } from "./review.js";
import { addTicks, keepTicks } from "./ticks.js";
import { fillOnClick } from "./word.js";
import { hearForms, shapeForms } from "./forms/forms.js";

function shape(page) {
  markOverdue(page, new Date());
  sayWhatIsNew(page, location.pathname);
  addTicks(page, location);
  shapeForms(page, location);
}

const script = document.currentScript;
shape(document);
keepTicks(document, location);
fillOnClick(document);
hearForms(document, location);

document.addEventListener("peppermill:patch", (event) => shape(event.detail.document));
script?.setAttribute("data-patchable", "");
