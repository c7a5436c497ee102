import { targetOf } from "./target.js";

// A place in the outline's switch, for the name of the part one is reading.
export function addOutlinePlace(document) {
  const summary = document.querySelector(".outline summary");
  if (!summary || summary.querySelector(".here")) return;
  const here = document.createElement("span");
  here.className = "here";
  here.setAttribute("aria-hidden", "true");
  summary.append(here);
}

// Says in the outline which part one is reading, and on a phone in its switch.
export function followOutline(document) {
  let parts = [];
  let current;
  const look = () => {
    const next = parts.findLast((p) => p.heading.getBoundingClientRect().top < innerHeight / 4 && p.heading.offsetParent);
    if (next === current) return;
    current?.link.removeAttribute("aria-current");
    next?.link.setAttribute("aria-current", "location");
    document.querySelector(".outline .here").textContent = next ? next.link.textContent : "";
    current = next;
  };
  const learn = () => {
    parts = [];
    for (const link of document.querySelectorAll(".outline details a")) {
      const heading = targetOf(document, link.hash);
      if (heading) parts.push({ link, heading });
    }
    current = undefined;
    look();
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      look();
    });
  }, { passive: true });
  learn();
  document.addEventListener("peppermill:patched", learn);

  // On a phone the list lies over the text: out of the way once it has served.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".outline details a");
    if (link) link.closest("details").open = false;
  });
  document.addEventListener("keydown", (event) => {
    const outline = event.target.closest(".outline details");
    if (event.key !== "Escape" || !outline?.open) return;
    outline.open = false;
    outline.firstElementChild.focus();
  });
}
