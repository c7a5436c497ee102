// A session by the clock: one step at a time, and how much is left of it, beside
// what is written down. Where it stands is kept on this device as the moment at
// which the step ends, so that it goes on while nobody looks.
import { read, write } from "../ticks.js";

const sessionOf = (page) => page.querySelector(".run");

/** {step, end} while it runs, {step, left} while it rests; in milliseconds. */
function stateOf(location) {
  const state = read(location)["run/state"];
  return state && typeof state === "object" ? state : null;
}

function keep(location, key, value) {
  const kept = read(location);
  if (value) kept[key] = value;
  else delete kept[key];
  write(location, kept);
}

export function shapeSession(page, location) {
  const run = sessionOf(page);
  if (!run) return;
  const kept = read(location);
  for (const field of run.querySelectorAll("textarea")) field.value = kept["run/" + field.id] ?? field.value;
  page.querySelector(".prose table.session")?.closest(".table")?.after(run);
  run.hidden = false;
  tell(run, stateOf(location));
}

function tell(run, state) {
  const steps = [...run.querySelectorAll("li[data-minutes]")];
  const step = state && steps[state.step];
  for (const one of steps) one.classList.toggle("run-here", one === step);
  run.classList.toggle("run-on", !!state);
  const text = step ? run.dataset.at.replace("{done}", state.step + 1).replace("{all}", steps.length).replace("{minutes}", step.dataset.minutes) : state ? run.dataset.end : "";
  const at = run.querySelector(".run-at");
  if (at.textContent !== text) {
    at.textContent = text;
    run.querySelector(".run-prompt").replaceChildren(...(step ? [...step.querySelector(".run-says").childNodes].map((node) => node.cloneNode(true)) : []));
  }
  const button = (name) => run.querySelector(`[data-run="${name}"]`);
  button("start").hidden = !!state;
  button("pause").hidden = button("next").hidden = !step;
  button("back").hidden = !state || !state.step;
  button("again").hidden = !state;
  button("pause").textContent = state?.end ? run.dataset.pause : run.dataset.resume;
  tick(run, state);
}

/** What is left of the step; over time counts up again. */
function tick(run, state) {
  const time = run.querySelector(".run-time");
  const up = run.querySelector(".run-up");
  const left = state?.end ? state.end - Date.now() : state?.left;
  if (left === undefined) {
    time.textContent = up.textContent = "";
    return;
  }
  const over = left <= 0;
  const seconds = over ? Math.floor(-left / 1000) : Math.ceil(left / 1000);
  time.textContent = (over ? "+" : "") + Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
  time.classList.toggle("run-over", over);
  const text = over ? run.dataset.up : "";
  if (up.textContent !== text) up.textContent = text;
}

/** Where a press of a button leads. */
function after(name, state, minutes, now) {
  const begin = (step) => (step < minutes.length ? { step, end: now + minutes[step] * 60000 } : { step });
  switch (name) {
    case "start": return begin(0);
    case "next": return begin(state.step + 1);
    case "back": return begin(state.step - 1);
    case "pause": return state.end ? { step: state.step, left: state.end - now } : { step: state.step, end: now + state.left };
  }
  return null;
}

export function hearSession(document, location) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".run [data-run]");
    if (!button) return;
    const run = sessionOf(document);
    const minutes = [...run.querySelectorAll("li[data-minutes]")].map((one) => Number(one.dataset.minutes));
    const state = after(button.dataset.run, stateOf(location), minutes, Date.now());
    keep(location, "run/state", state);
    tell(run, state);
    if (button.hidden) run.querySelector("[data-run]:not([hidden])").focus();
  });
  document.addEventListener("input", (event) => {
    const field = event.target.closest?.(".run textarea");
    if (field) keep(location, "run/" + field.id, field.value.trim() ? field.value : "");
  });
  if (!sessionOf(document)) return;
  setInterval(() => {
    const run = sessionOf(document);
    const state = stateOf(location);
    if (run && state?.end && !document.hidden) tick(run, state);
  }, 1000);
}
