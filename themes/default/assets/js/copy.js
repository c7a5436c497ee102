// A button that copies a block of code. It is made here, not in the page,
// because it can do nothing without a script.
export function addCopyButtons(document, script) {
  if (!navigator.clipboard || !script) return;
  const { copy, copied } = script.dataset;
  for (const block of document.querySelectorAll(".prose pre")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = copy;
    const frame = document.createElement("div");
    frame.className = "copy-frame";
    block.replaceWith(frame);
    frame.append(block, button);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText((block.querySelector("code") || block).textContent);
      button.textContent = copied;
      setTimeout(() => (button.textContent = copy), 2000);
    });
  }
}
