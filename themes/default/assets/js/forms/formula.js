// The twin of internal/schema/formula.go: numbers, names, + - * / and brackets,
// min, max and round. It does nothing but count.

const sign = { "−": "-", "–": "-", "×": "*", "·": "*", "÷": "/" };

/**
 * Works a formula out. NaN where it cannot be, which the build has told of.
 * @param {string} text
 * @param {Map<string, number>} known
 */
export function workOut(text, known) {
  const parts = text.match(/[\d.]+|\p{L}[\p{L}\d_]*|[^\s]/gu) || [];
  let at = 0;
  let deep = 0;
  const peek = () => sign[parts[at]] || parts[at];
  const take = (wanted) => {
    if (peek() !== wanted) throw new Error(wanted);
    at++;
  };

  function sum() {
    let value = product();
    while (peek() === "+" || peek() === "-") {
      const plus = peek() === "+";
      at++;
      const other = product();
      value = plus ? value + other : value - other;
    }
    return value;
  }

  function product() {
    let value = factor();
    while (peek() === "*" || peek() === "/") {
      const times = peek() === "*";
      at++;
      const other = factor();
      value = times ? value * other : value / other;
    }
    return value;
  }

  function factor() {
    if (++deep > 40) throw new Error("deep");
    try {
      const part = peek();
      at++;
      if (part === "-") return -factor();
      if (part === "(") {
        const value = sum();
        take(")");
        return value;
      }
      if (part && /^[\d.]/.test(part)) return /^(\d+\.?\d*|\.\d+)$/.test(part) ? Number(part) : stop(part);
      if (!part || !/^\p{L}/u.test(part)) stop(part);
      if (peek() === "(") return call(part);
      return known.has(part) ? known.get(part) : stop(part);
    } finally {
      deep--;
    }
  }

  function call(name) {
    take("(");
    const all = [sum()];
    while (name !== "round" && (peek() === "," || peek() === ";")) {
      at++;
      all.push(sum());
    }
    take(")");
    if (name === "round") return Math.floor(all[0] + 0.5);
    return name === "min" ? Math.min(...all) : name === "max" ? Math.max(...all) : stop(name);
  }

  try {
    const value = sum();
    return at === parts.length ? value : NaN;
  } catch {
    return NaN;
  }
}

function stop(part) {
  throw new Error(part);
}
