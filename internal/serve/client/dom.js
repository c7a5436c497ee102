// @ts-check
// Elements made of text. There is no way here to make one of HTML.

/**
 * Makes an element with a class and content; text is shown as it is.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {string} look
 * @param {...(Node | string | undefined | false)} content
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(name, look, ...content) {
  const made = document.createElement(name);
  if (look) made.className = look;
  for (const part of content) if (part) made.append(typeof part === "string" ? printable(part) : part);
  return made;
}

/** @param {string} look @param {string} text @param {() => void} press */
export function button(look, text, press) {
  const made = make("button", look, text);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}

/**
 * Shows what would hide: control characters, and those that turn the direction
 * of a text around.
 * @param {string} text
 */
export function printable(text) {
  return text.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (c) => `\\u{${c.charCodeAt(0).toString(16)}}`);
}

/** @param {number} n @param {string} one @param {string} many */
export const count = (n, one, many) => n + " " + (n === 1 ? one : many);
