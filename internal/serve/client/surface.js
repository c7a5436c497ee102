// @ts-check
// The place beside the page for what the preview says: an element of its own
// behind the body, with a shadow root, so that the site's styles and ours do
// not meet. Nothing is shown before our sheet is there.
import { makeBar } from "./bar.js";
import { makeOverlay } from "./overlay.js";

export async function surface() {
  const host = document.createElement("peppermill-preview");
  host.lang = "en";
  host.dir = "ltr";
  const root = host.attachShadow({ mode: "open" });
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = "/_peppermill/client.css";
  const ready = new Promise((done) => {
    sheet.addEventListener("load", done);
    sheet.addEventListener("error", done);
  });
  root.append(sheet);
  document.documentElement.append(host);
  await ready;
  const overlay = makeOverlay(root);
  const bar = makeBar(root, overlay);
  return { overlay, bar };
}
