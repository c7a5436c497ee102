import { targetOf } from "./target.js";

// Tabs stand one below the other; a script lays them over each other. A hidden
// one is still found by the browser's search and by links into it, and paper
// shows them all. What was chosen in the page as it was stays so.
export function makeTabs(document, was) {
  document.querySelectorAll(".prose .block-tabs").forEach((block, number) => {
    const panels = panelsOf(block);
    if (panels.length < 2 || block.matches(".tabs-ready")) return;
    const list = document.createElement("div");
    list.className = "tab-list";
    list.setAttribute("role", "tablist");
    const title = block.querySelector(":scope > .block-title");
    if (title) list.setAttribute("aria-label", title.textContent);

    panels.forEach((panel, i) => {
      const name = panel.querySelector(":scope > .tab-title, :scope > :is(h1, h2, h3, h4, h5, h6)");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name ? name.textContent.trim() : String(i + 1);
      button.id = "tab-" + number + "-" + i;
      panel.id ||= "panel-" + number + "-" + i;
      button.setAttribute("role", "tab");
      button.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", button.id);
      list.append(button);
    });
    panels[0].before(list);
    block.classList.add("tabs-ready");
    const chosen = [...list.children].findIndex((b) => was.getElementById(b.id)?.getAttribute("aria-selected") === "true");
    choose(block, Math.max(chosen, 0));
  });
}

export function switchTabs(document) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".tab-list > button");
    if (button) choose(blockOf(button), [...button.parentElement.children].indexOf(button));
  });
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches(".tab-list > button")) return;
    const list = event.target.parentElement;
    const buttons = [...list.children];
    const at = buttons.indexOf(event.target);
    const forward = getComputedStyle(list).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const to = { [forward]: at + 1, [back]: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const chosen = (to + buttons.length) % buttons.length;
    choose(blockOf(list), chosen);
    buttons[chosen].focus();
  });
  document.addEventListener("beforematch", (event) => uncover(event.target));
  const follow = () => {
    const target = targetOf(document, location.hash);
    if (target && uncover(target)) target.scrollIntoView();
  };
  follow();
  addEventListener("hashchange", follow);
}

const blockOf = (element) => element.closest(".block-tabs");
const panelsOf = (block) => [...block.children].filter((e) => e.matches(".tab"));

// uncover chooses the tabs, one in another, that the element is in.
function uncover(element) {
  let found = false;
  for (let tab = element.closest(".tabs-ready > .tab"); tab; tab = tab.parentElement.closest(".tabs-ready > .tab")) {
    const block = tab.parentElement;
    choose(block, panelsOf(block).indexOf(tab));
    found = true;
  }
  return found;
}

function choose(block, chosen) {
  const buttons = block.querySelector(":scope > .tab-list").children;
  panelsOf(block).forEach((panel, i) => {
    buttons[i].setAttribute("aria-selected", i === chosen);
    buttons[i].tabIndex = i === chosen ? 0 : -1;
    if (i === chosen) panel.removeAttribute("hidden");
    else panel.setAttribute("hidden", "until-found");
  });
}
