/**
 * The page's file for Word with the reader's answers in it. What it needs is
 * fetched at the first call, over file:// too.
 * @param {Record<string, string>} answers by the names of the blanks
 * @param {HTMLAnchorElement} [link] the page's link to its file
 * @returns {Promise<Blob | null>} null for a page that has no such file, or no blanks in it
 */
export async function fillWord(answers, link = document.querySelector("a[data-fill]")) {
  if (!link) return null;
  if (!globalThis.peppermillWord) {
    await new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = link.dataset.with;
      script.onload = resolve;
      script.onerror = () => reject(new Error("word: cannot load " + script.src));
      document.documentElement.append(script);
      script.addEventListener("load", () => script.remove());
    });
  }
  return globalThis.peppermillWord.fillWord(answers, link);
}

/**
 * Whoever has filled in a page gets its file with the answers in it. Where that
 * fails, and for whoever has answered nothing, the link is a link.
 */
export function fillOnClick(document) {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[data-fill]");
    const answers = globalThis.peppermillBlanks?.answers();
    if (!link || !answers?.size || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const copy = document.createElement("a");
    copy.href = link.href;
    copy.download = decodeURIComponent(link.pathname.split("/").pop());
    try {
      copy.href = URL.createObjectURL(await fillWord(Object.fromEntries(answers), link));
    } catch {
      // The file as it is, then.
    }
    copy.click();
    setTimeout(() => URL.revokeObjectURL(copy.href), 60_000); // Safari reads it late
  });
}
