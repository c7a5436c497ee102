import { targetOf } from "./target.js";

// Says in the outline which part one is reading, and on a phone in its switch.
export function followOutline(document) {
  const outline = document.querySelector(".outline details");
  if (!outline) return;
  const here = document.createElement("span");
  here.className = "here";
  here.setAttribute("aria-hidden", "true");
  outline.firstElementChild.append(here);

  const parts = [];
  for (const link of outline.querySelectorAll("a")) {
    const heading = targetOf(document, link.hash);
    if (heading) parts.push({ link, heading });
  }
  let current;
  const look = () => {
    const next = parts.findLast((p) => p.heading.getBoundingClientRect().top < innerHeight / 4 && p.heading.offsetParent);
    if (next === current) return;
    current?.link.removeAttribute("aria-current");
    next?.link.setAttribute("aria-current", "location");
    here.textContent = next ? next.link.textContent : "";
    current = next;
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
  look();

  // On a phone the list lies over the text: out of the way once it has served.
  outline.addEventListener("click", (event) => {
    if (event.target.closest("a")) outline.open = false;
  });
  outline.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !outline.open) return;
    outline.open = false;
    outline.firstElementChild.focus();
  });
}
