import { targetOf } from "./target.js";

// Tabs stand one below the other; a script lays them over each other. A hidden
// one is still found by the browser's search and by links into it, and paper
// shows them all.
export function makeTabs(document) {
  document.querySelectorAll(".prose .block-tabs").forEach((block, number) => {
    const panels = [...block.children].filter((e) => e.matches(".tab"));
    if (panels.length < 2) return;
    const list = document.createElement("div");
    list.className = "tab-list";
    list.setAttribute("role", "tablist");
    const title = block.querySelector(":scope > .block-title");
    if (title) list.setAttribute("aria-label", title.textContent);

    const buttons = panels.map((panel, i) => {
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
      panel.addEventListener("beforematch", () => choose(i));
      button.addEventListener("click", () => choose(i));
      list.append(button);
      return button;
    });
    const choose = (chosen) => panels.forEach((panel, i) => {
      buttons[i].setAttribute("aria-selected", i === chosen);
      buttons[i].tabIndex = i === chosen ? 0 : -1;
      if (i === chosen) panel.removeAttribute("hidden");
      else panel.setAttribute("hidden", "until-found");
    });
    list.addEventListener("keydown", (event) => {
      const at = buttons.indexOf(event.target);
      const forward = getComputedStyle(list).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
      const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
      const to = { [forward]: at + 1, [back]: at - 1, Home: 0, End: -1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const chosen = (to + buttons.length) % buttons.length;
      choose(chosen);
      buttons[chosen].focus();
    });
    const follow = () => {
      const target = targetOf(document, location.hash);
      const chosen = panels.findIndex((p) => target && p.contains(target));
      if (chosen < 0) return;
      choose(chosen);
      target.scrollIntoView();
    };
    panels[0].before(list);
    block.classList.add("tabs-ready");
    choose(0);
    follow();
    addEventListener("hashchange", follow);
  });
}
