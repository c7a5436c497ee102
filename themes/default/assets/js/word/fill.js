import { part, read, text, write } from "./zip.js";

// A gap as internal/word writes it: a control that shows what belongs there.
const gap = new RegExp(
  '(<w:tag w:val="([^"]+)"/><w:id w:val="\\d+"/>)<w:showingPlcHdr/>' +
    '(<w:text w:multiLine="1"/></w:sdtPr><w:sdtContent><w:r>)<w:rPr><w:rStyle w:val="PlaceholderText"/>(.*?)</w:rPr>' +
    '<w:t xml:space="preserve">[^<]*</w:t>',
  "g",
);

const unfit = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu; // no XML holds these
const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (s) => s.replace(unfit, "\ufffd").replace(/[&<>"]/g, (c) => signs[c]);

/**
 * Fills the gaps of one part. A gap without an answer stays as it is.
 * @param {string} xml
 * @param {Map<string, string>} answers
 */
export function fillGaps(xml, answers) {
  return xml.replace(gap, (whole, tag, name, middle, looks) => {
    const answer = (answers.get(name) ?? "").trim();
    if (!answer) return whole;
    if (/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(answer) && !looks.includes("<w:rtl/>"))
      looks = looks.includes("<w:lang") ? looks.replace("<w:lang", "<w:rtl/><w:lang") : looks + "<w:rtl/>";
    const lines = answer.split(/\r\n?|\n/).map((line) => `<w:t xml:space="preserve">${escaped(line)}</w:t>`);
    return tag + middle + (looks && `<w:rPr>${looks}</w:rPr>`) + lines.join("<w:br/>");
  });
}

/**
 * Makes a copy of a file for Word in which gaps are filled. They stay controls,
 * so that whoever gets the file can change an answer.
 * @param {Uint8Array} bytes
 * @param {Record<string, string>} answers by the names of the blanks
 * @returns {Promise<Uint8Array>}
 */
export async function fillFile(bytes, answers) {
  const byTag = new Map(Object.entries(answers).map(([name, answer]) => [name.slice(0, 64), String(answer)]));
  const parts = read(bytes).map(async (p) => {
    if (!/^word\/(document|header1|footnotes)\.xml$/.test(p.name)) return p;
    const before = await text(p);
    const after = fillGaps(before, byTag);
    return after === before ? p : part(p.name, after);
  });
  return write(await Promise.all(parts));
}
