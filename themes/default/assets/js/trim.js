// On a web server "late/index.html" and "late/" are one page, and the short one
// is the pretty one. On a disk only the long one opens, so the pages are
// written with it and shortened here.
const long = /(^|\/)index\.html(?=$|[?#])/;

export function trimAddresses(location, document) {
  if (!/^https?:$/.test(location.protocol)) return;
  if (long.test(location.pathname)) {
    history.replaceState(history.state, "", location.pathname.replace(long, "$1") + location.search + location.hash);
  }
  for (const a of document.querySelectorAll("a[href]")) {
    const href = a.getAttribute("href");
    if (a.origin !== location.origin || !long.test(href)) continue;
    const short = href.replace(long, "$1");
    // An empty address would mean "this very address, query and all".
    a.setAttribute("href", /^($|[?#])/.test(short) ? "./" + short : short);
  }
}
