// Everything works without this file; it only makes things shorter and handier.
//
// It does two things, kept apart. "shape" adds to a page what a script makes,
// and may meet a page that already has it. What then answers to people listens
// on the document, once, so that it serves parts that come later too.
//
// The preview does not load a page anew after an edit. Its events on the document:
//   peppermill:patch    detail.document is the page as it will be: give it the
//                       same shape as this one
//   peppermill:patched  this document is now like it
// A script that keeps to this says so with data-patchable; where one does not,
// the preview loads the page anew.
import { trimAddresses } from "./trim.js";
import { addCopyButtons, copyOnClick } from "./copy.js";
import { makeTabs, switchTabs } from "./tabs.js";
import { addOutlinePlace, followOutline } from "./outline.js";
import { showPlace } from "./side.js";
import { findWhenAsked } from "./find.js";

const script = document.currentScript || document.querySelector("script[data-copy]");

function shape(page) {
  trimAddresses(location, page);
  addCopyButtons(page, script);
  makeTabs(page, document);
  addOutlinePlace(page);
}

shape(document);
copyOnClick(document, script);
switchTabs(document);
followOutline(document);
showPlace(document);
findWhenAsked(document, script);

document.addEventListener("peppermill:patch", (event) => shape(event.detail.document));
script?.setAttribute("data-patchable", "");
