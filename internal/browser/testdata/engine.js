// An engine for tests of what readers see: it keeps to the real one's shape,
// and its four pages hold what is hard to show.
const pages = [
  { doc: 1, address: "rules/refunds/", title: "Refunds", type: "policy", stage: "after", role: "Front desk",
    summary: "Money back without a quarrel.", sections: [{ heading: "", anchor: "", text: "A refund is money that goes back to whom it came from." }, { heading: "When it arrives", anchor: "when", text: "A refund arrives within five days." }, { heading: "Exceptions <b>", anchor: "ex ceptions", text: "No refund for cut flowers." }] },
  { doc: 2, address: "rules/late/", title: "Late deliveries", type: "policy", stage: "during", role: "Driver", summary: "What we do when we are late.", sections: [{ heading: "Why", anchor: "why", text: "A late delivery is half a refund." }] },
  { doc: 3, address: "stories/one/", title: "<img src=x onerror=__xss(1)>\"'><script>__xss(1)</script> refund", type: "<i onclick=__xss(1)>", marks: ["draft", "<b>"], stage: "after", role: "Front desk", summary: "<svg onload=__xss(1)> refund", sections: [] },
  { doc: 4, address: "../../javascript:__xss(1)//?a#b/", title: "A refund elsewhere", type: "", stage: "", role: "", summary: "", sections: [{ heading: "<img src=x onerror=__xss(2)>", anchor: "\"><img src=x onerror=__xss(3)>", text: "refund <script>__xss(4)</script> refund" }] },
  ...Array.from({ length: 16 }, (_, i) => ({ doc: 10 + i, address: "rules/late/", titleMarks: [[0, 7]], title: "Voucher no. " + (i + 1), type: "term", stage: "before", role: "", summary: "A voucher is not a refund.", sections: [] })),
];

const words = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

export function createEngine({ base }) {
  if (!base.endsWith("search/index/")) throw new Error("no index at " + base);
  return {
    async ready() {},
    async search(query, { filters = {}, limit, facets: counted }) {
      const corrected = words(query).includes("refnd") ? [{ from: "refnd", to: "refund" }] : [];
      const synonyms = query.includes("money back") ? [{ from: "money back", to: "refund" }] : [];
      const asked = [...words(query).map((w) => (w === "refnd" ? "refund" : w)), ...synonyms.map((s) => s.to)];
      const ignored = words(query).filter((w) => w.startsWith("zz"));
      const has = (p) => asked.some((w) => words([p.title, p.summary, ...p.sections.map((s) => s.heading + " " + s.text)].join(" ")).some((x) => x.startsWith(w)));
      const all = pages.filter(has);
      const kept = all.filter((p) => Object.entries(filters).every(([k, v]) => p[k] === v));
      const facets = {};
      for (const name of ["type", "stage", "role"]) {
        const counts = new Map();
        for (const p of counted ? all : pages) if (p[name]) counts.set(p[name], (counts.get(p[name]) ?? 0) + 1);
        facets[name] = [...counts].map(([value, count]) => (counted ? { value, count } : { value }));
      }
      const results = kept.slice(0, limit).map((p) => ({ ...p, score: 1, why: [{ word: asked[0], as: corrected.length ? "typo" : "exact", typed: corrected[0]?.from, field: "title" }, { word: asked.at(-1), as: "exact", field: "body" }] }));
      return { query, total: kept.length, took: 1, results, corrected, synonyms, ignored, within: ["", ""], elsewhere: [], loose: query.includes('"'), facets };
    },
    async excerpts(results, query) {
      const mark = (text) => [...text.matchAll(/refund|voucher/gi)].map((m) => [m.index, m.index + m[0].length]);
      return results.map(({ doc, summary, why, sections }) => ({ doc, summary, why, sections: sections.map((s) => ({ ...s, marks: mark(s.text) })) }));
    },
  };
}
