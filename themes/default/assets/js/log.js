// Says what changed in a document since it was last read on this device. The
// device keeps the version and nothing else, and nobody else hears of it. For
// as long as the tab is open it is the version of the visit before.
export function sayWhatIsNew(page, path) {
  const log = page.querySelector(".log[data-version]");
  if (!log || page.querySelector(".news")) return;
  const known = lastRead(path.replace(/index\.html$/, ""), log.dataset.version);
  const since = [...log.querySelectorAll(".since")].find((e) => e.dataset.version === known);
  const title = page.querySelector(".article > .title");
  if (!since || !title) return;
  const folded = since.closest("details");
  if (folded) folded.open = true;
  const news = page.createElement("div");
  news.className = "news";
  const link = page.createElement("a");
  link.href = "#" + since.id;
  link.textContent = log.dataset.since.replace("{version}", known);
  const list = page.createElement("ul");
  for (const change of since.querySelectorAll(".change")) {
    const what = change.querySelector(".change-what") || change.querySelector(".change-facts strong");
    if (what) list.append(Object.assign(page.createElement("li"), { textContent: what.textContent }));
  }
  news.append(page.createElement("p"), list);
  news.firstChild.append(link);
  title.after(news);
}

function lastRead(path, version) {
  try {
    const key = "peppermill:read:" + path;
    const known = sessionStorage.getItem(key) ?? localStorage.getItem(key) ?? version;
    sessionStorage.setItem(key, known);
    localStorage.setItem(key, version);
    return known;
  } catch {
    return version; // a browser that keeps nothing
  }
}
