// Puts queries to a built site's own search script: node run.mjs SITE < queries.json.
// The script meets a page without any element; files are counted as a host
// would send them.
import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";
import zlib from "node:zlib";

const site = process.argv[2];
const folder = path.join(site, "search", "index");
const size = (name) => zlib.gzipSync(fs.readFileSync(name), { level: 9 }).length;

const assets = path.join(site, "assets");
const scripts = fs.readdirSync(assets).filter((name) => /^search\..*\.js$/.test(name)).map((name) => path.join(assets, name));
if (scripts.length !== 1) throw new Error("the site has " + scripts.length + " search scripts");

const nothing = () => {};
const page = { currentScript: { src: "https://site.example/assets/search.js" }, documentElement: { lang: "en" }, querySelector: () => null, querySelectorAll: () => [], getElementById: () => null, addEventListener: nothing };
Object.assign(globalThis, { document: page, addEventListener: nothing, location: { href: "https://site.example/", search: "", hash: "", pathname: "/" } });
vm.runInThisContext(fs.readFileSync(scripts[0], "utf8"));
const { createEngine } = globalThis.peppermillSearch;

const held = new Map();
function read(name) {
  if (!held.has(name)) {
    const file = path.join(folder, name + ".js");
    let value;
    new Function("peppermillIndex", fs.readFileSync(file, "utf8"))((_, v) => (value = v));
    held.set(name, { value, size: size(file) });
  }
  return held.get(name);
}

const warm = createEngine({ load: async (name) => read(name).value });

async function ask([ID, Kind, text]) {
  const fetched = [];
  const cold = createEngine({ load: async (name) => (fetched.push(name), read(name).value) });
  const { results } = await cold.search(text, { limit: 10 });
  await warm.search(text, { limit: 10 });
  const start = performance.now();
  await warm.search(text, { limit: 10 });
  const Millis = performance.now() - start;
  return { ID, Kind, Pages: results.map((r) => r.address), Bytes: fetched.reduce((n, f) => n + read(f).size, 0), Files: fetched.length, Millis };
}

const queries = JSON.parse(fs.readFileSync(0, "utf8"));
for (const [id, kind, text] of queries.slice()) if (kind === "short") queries.push([id, "two words", text.split(" ").slice(0, 2).join(" ")]);
const Answers = [];
for (const q of queries) Answers.push(await ask(q));
const files = fs.readdirSync(folder);
const sum = (list) => list.reduce((n, name) => n + size(path.join(folder, name)), 0);
console.log(JSON.stringify({ Answers, Script: size(scripts[0]), Count: files.length, Index: sum(files.filter((n) => !n.startsWith("t-"))), Texts: sum(files.filter((n) => n.startsWith("t-"))) }));
