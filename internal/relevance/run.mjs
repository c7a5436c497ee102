// Puts queries to a built site's own search script: node run.mjs SITE [LATENCY] < queries.json.
// The script meets a page without any element; files are counted as a host
// would send them. With a latency, in milliseconds, each file takes that long, and it is
// counted how many came one after the other.
import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";
import zlib from "node:zlib";

const [, , site, latency] = process.argv;
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

// A first visit: what is fetched, and in how many rounds. The script itself is of the
// first, with the root beside it.
function visit() {
  const fetched = [];
  let rounds = 0;
  const engine = createEngine({
    async load(name) {
      const round = rounds + 1;
      fetched.push({ name, round });
      read(name);
      if (latency) await new Promise((done) => setTimeout(done, +latency));
      rounds = Math.max(rounds, round);
      return read(name).value;
    },
  });
  const bytes = (from = 0) => fetched.slice(from).reduce((n, f) => n + read(f.name).size, 0);
  return { engine, fetched, bytes, hops: () => Math.max(...fetched.map((f) => f.round)) };
}

async function ask([ID, Kind, text]) {
  const cold = visit();
  const { results } = await cold.engine.search(text, { limit: 10 });
  const Files = cold.fetched.length;
  const Bytes = cold.bytes();
  const Hops = cold.hops();
  await warm.search(text, { limit: 10 });
  const start = performance.now();
  await warm.search(text, { limit: 10 });
  const Millis = performance.now() - start;
  if (latency) await cold.engine.excerpts(results, text);
  return { ID, Kind, Pages: results.map((r) => r.address), Bytes, Files, Hops, Excerpts: cold.bytes(Files), Millis };
}

const queries = JSON.parse(fs.readFileSync(0, "utf8"));
for (const [id, kind, text] of queries.slice()) if (kind === "short") queries.push([id, "two words", text.split(" ").slice(0, 2).join(" ")]);
const Answers = [];
for (const q of queries) Answers.push(await ask(q));
const files = fs.readdirSync(folder);
const sum = (list) => list.reduce((n, name) => n + size(path.join(folder, name)), 0);
console.log(JSON.stringify({ Answers, Script: size(scripts[0]), Count: files.length, Index: sum(files.filter((n) => !n.startsWith("t-"))), Texts: sum(files.filter((n) => n.startsWith("t-"))) }));
