// Brings the place one is at into view: in a long list of the section's pages,
// beside the text and when the list opens over it, and in the strip of sections.
export function showPlace(document) {
  const side = document.getElementById("sidebar");
  if (side) center(side, "li [aria-current]");
  // The event does not bubble, and the list may come with a later edit.
  document.addEventListener("toggle", (event) => {
    if (event.target.id === "sidebar") center(event.target, "li [aria-current]");
  }, true);
  const nav = document.querySelector(".site-nav");
  if (nav) center(nav, "[aria-current]");
}

// center scrolls the box, and nothing around it.
function center(box, selector) {
  const current = box.querySelector(selector);
  if (!current) return;
  const outer = box.getBoundingClientRect();
  const inner = current.getBoundingClientRect();
  box.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
  box.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
}
