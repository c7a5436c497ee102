// Files of the index come as classic scripts, since those may be read from a
// folder too: each calls peppermillIndex with its name and its content.

const arrived = new Map();

globalThis.peppermillIndex = (name, packed) => arrived.set(name, packed);

/**
 * Loads files by script elements, which are gone when they have run. Several
 * may be under way; one that fails may be tried again.
 * @param {string} base address of search/index/
 * @returns {(name: string, version: string) => Promise<any>} what the file holds: packed text, or a value
 */
export function scriptLoader(base) {
  return (name, version) =>
    new Promise((resolve, reject) => {
      const done = () => (arrived.has(name) ? resolve(arrived.get(name)) : reject(new Error("search: cannot load " + name)));
      if (arrived.has(name)) return done();
      const url = new URL(base + name + ".js", document.baseURI);
      if (version && url.protocol !== "file:") url.search = "v=" + version;
      const script = document.createElement("script");
      script.src = url.href;
      script.onload = script.onerror = () => {
        script.remove(); // the page stays as it was, for whoever compares it
        done();
      };
      document.documentElement.append(script);
    });
}
