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
