// Buttons that copy a block of code, or words to say. They are made here, not
// in the page, because they can do nothing without a script.
export function addCopyButtons(document, script) {
  if (!navigator.clipboard || !script) return;
  const button = () => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "copy";
    made.textContent = script.dataset.copy;
    return made;
  };
  for (const block of document.querySelectorAll(".prose pre")) {
    if (block.parentElement.matches(".copy-frame")) continue;
    const frame = document.createElement("div");
    frame.className = "copy-frame";
    block.replaceWith(frame);
    frame.append(block, button());
  }
  for (const block of document.querySelectorAll(".prose .block-say")) {
    if (!block.querySelector(":scope > .copy")) block.querySelector(".block-title")?.after(button());
  }
}

export function copyOnClick(document, script) {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest(".copy");
    if (!button) return;
    const block = button.parentElement;
    const code = block.querySelector(":scope > pre code, :scope > pre");
    await navigator.clipboard.writeText(block.matches(".copy-frame") ? code.textContent : spoken(block));
    const { copy, copied } = script.dataset;
    button.textContent = copied;
    setTimeout(() => (button.textContent = copy), 2000);
  });
}

// spoken is what the block says to say, without its title and the quotation
// marks around it.
function spoken(block) {
  const parts = [...block.children].filter((e) => !e.matches(".block-title, .copy"));
  const text = parts.map((e) => e.innerText.trim()).join("\n\n");
  return text.replace(/^["“„«‘‚]([^"“”„«»]*)["”“»’‘]$/, "$1");
}
