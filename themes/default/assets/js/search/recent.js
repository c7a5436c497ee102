// @ts-check
// What was searched for before. It stays on the device, and goes when the
// reader says so. A browser that keeps nothing is no reason to fail.
const most = 5;

/** @param {string} root sites below one host do not share it */
export function makeRecent(root) {
  const key = "peppermill.searches " + new URL(root).pathname;
  /** @returns {string[]} */
  const read = () => {
    try {
      const all = JSON.parse(localStorage.getItem(key) ?? "[]");
      return Array.isArray(all) ? all.filter((q) => typeof q === "string").slice(0, most) : [];
    } catch {
      return [];
    }
  };
  return {
    read,
    /** @param {string} query */
    add(query) {
      const text = query.trim();
      if (!text) return;
      try {
        localStorage.setItem(key, JSON.stringify([text, ...read().filter((q) => q !== text)].slice(0, most)));
      } catch {}
    },
    clear() {
      try {
        localStorage.removeItem(key);
      } catch {}
    },
  };
}
