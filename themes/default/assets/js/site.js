// Everything works without this file; it only makes things shorter and handier.
import { trimAddresses } from "./trim.js";
import { addCopyButtons } from "./copy.js";
import { makeTabs } from "./tabs.js";
import { followOutline } from "./outline.js";
import { showPlace } from "./side.js";

trimAddresses(location, document);
addCopyButtons(document, document.currentScript || document.querySelector("script[data-copy]"));
makeTabs(document);
followOutline(document);
showPlace(document);
