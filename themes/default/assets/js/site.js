// Everything works without this file; it only makes things shorter and handier.
import { trimAddresses } from "./trim.js";
import { addCopyButtons } from "./copy.js";

trimAddresses(location, document);
addCopyButtons(document, document.currentScript || document.querySelector("script[data-copy]"));
