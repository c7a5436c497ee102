// A page is built on one day and read on another. What the build says of a
// review that it finds overdue, this says of one that has become so since.
export function markOverdue(page, now) {
  const two = (n) => String(n).padStart(2, "0");
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  for (const row of page.querySelectorAll(".papers [data-overdue]")) {
    const day = row.querySelector("time")?.getAttribute("datetime").slice(0, 10);
    if (!day || day >= today) continue;
    row.firstElementChild.textContent = row.dataset.overdue;
    row.classList.add("overdue");
    row.removeAttribute("data-overdue");
  }
}
