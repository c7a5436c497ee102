// Buttons that copy a block of code, or words to say. They are made here, not
// in the page, because they can do nothing without a script.
export function addCopyButtons(document, script) {
  if (!navigator.clipboard || !script) return;
  const button = (text) => {
    const { copy, copied } = script.dataset;
    const made = document.createElement("button");
    made.type = "button";
    made.className = "copy";
    made.textContent = copy;
    made.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text());
      made.textContent = copied;
      setTimeout(() => (made.textContent = copy), 2000);
    });
    return made;
  };
  for (const block of document.querySelectorAll(".prose pre")) {
    const frame = document.createElement("div");
    frame.className = "copy-frame";
    block.replaceWith(frame);
    frame.append(block, button(() => (block.querySelector("code") || block).textContent));
  }
  for (const block of document.querySelectorAll(".prose .block-say")) {
    block.querySelector(".block-title")?.after(button(() => spoken(block)));
  }
}

// spoken is what the block says to say, without its title and the quotation
// marks around it.
function spoken(block) {
  const parts = [...block.children].filter((e) => !e.matches(".block-title, .copy"));
  const text = parts.map((e) => e.innerText.trim()).join("\n\n");
  return text.replace(/^["“„«‘‚]([^"“”„«»]*)["”“»’‘]$/, "$1");
}
