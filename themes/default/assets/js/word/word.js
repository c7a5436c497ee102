// Fills a page's file for Word with its reader's answers. It is fetched when
// somebody asks for such a file; word.js beside this folder does that.
//
// The file comes as a classic script, since that may be read from a folder too:
// it calls peppermillWordFile with its name and its bytes in base64.
import { fillFile } from "./fill.js";

const kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
let arrived;

globalThis.peppermillWordFile = (name, content) => (arrived = content);

function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    arrived = undefined;
    script.onload = script.onerror = () => {
      script.remove(); // the page stays as it was, for whoever compares it
      if (arrived === undefined) reject(new Error("word: cannot load " + address));
      else resolve(Uint8Array.from(atob(arrived), (c) => c.charCodeAt(0)));
    };
    document.documentElement.append(script);
  });
}

let turn = Promise.resolve(); // one file at a time

globalThis.peppermillWord = {
  /**
   * @param {Record<string, string>} answers by the names of the blanks
   * @param {HTMLAnchorElement} link to the file, with the address of its script in data-fill
   * @returns {Promise<Blob>}
   */
  fillWord(answers, link) {
    const file = turn.then(() => load(link.dataset.fill));
    turn = file.then(() => {}, () => {});
    return file.then((bytes) => fillFile(bytes, answers)).then((bytes) => new Blob([bytes], { type: kind }));
  },
};
