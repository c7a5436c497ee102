// A calculator: the figures of its example become fields, and what comes of them
// follows as one types. What was typed stays on this device.
import { workOut } from "./formula.js";
import { read, write } from "../ticks.js";

/** A number as the page's language writes it; NaN for what is none. */
function numberIn(text, { decimal, group }) {
  const plain = text.replace(/\s/g, "").split(group).join("").replace(decimal, ".").replace("−", "-");
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN;
}

/** As render/sum.go writes it. */
export function figures(value, { decimal, group }) {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e15) return "–";
  const scale = Math.abs(value) < 1 ? 1000 : 100;
  const rounded = Math.floor(Math.abs(value) * scale + 0.5) / scale;
  const [whole, part] = String(rounded).split(".");
  return (value < 0 && rounded ? "−" : "") + whole.replace(/\B(?=(\d{3})+$)/g, group) + (part ? decimal + part : "");
}

export function shapeSum(page, location) {
  const sum = page.querySelector(".sum");
  if (!sum) return;
  const kept = read(location);
  for (const place of sum.querySelectorAll("span[data-input]")) {
    const field = page.createElement("input");
    Object.assign(field, { type: "text", inputMode: "decimal", autocomplete: "off" });
    field.dataset.input = place.dataset.input;
    field.dataset.given = place.textContent;
    field.setAttribute("aria-labelledby", "sum:" + place.dataset.input);
    field.value = kept["sum/" + place.dataset.input] ?? place.textContent;
    place.replaceWith(field);
  }
  workAll(sum);
}

function workAll(sum) {
  const known = new Map();
  let own = false;
  for (const field of sum.querySelectorAll("input[data-input]")) {
    const value = numberIn(field.value, sum.dataset);
    known.set(field.dataset.input, value);
    own ||= field.value !== field.dataset.given;
    if (Number.isNaN(value)) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
  for (const place of sum.querySelectorAll("[data-output]")) {
    const value = workOut(place.dataset.formula, known);
    known.set(place.dataset.output, value);
    const text = figures(value, sum.dataset);
    if (place.textContent !== text) place.textContent = text;
  }
  const title = sum.querySelector("h2");
  title.dataset.given ||= title.textContent;
  const text = own ? sum.dataset.own : title.dataset.given;
  if (title.textContent !== text) title.textContent = text;
}

export function hearSum(document, location) {
  document.addEventListener("input", (event) => {
    const field = event.target.closest?.(".sum input[data-input]");
    if (!field) return;
    const kept = read(location);
    if (field.value.trim() && field.value !== field.dataset.given) kept["sum/" + field.dataset.input] = field.value;
    else delete kept["sum/" + field.dataset.input];
    write(location, kept);
    workAll(field.closest(".sum"));
  });
}
