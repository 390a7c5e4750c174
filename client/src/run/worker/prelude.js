// What a program in JavaScript finds beside the language, made before it begins. Its side of it is `javascript.ts`; `host` is known here alone.
(host, files, seed) => {
  const { write, table, ask } = host;
  const { stringify, parse } = JSON;

  // What is printed looks as it does in other consoles.
  const MOST_ITEMS = 100;
  const keyOf = (key) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : stringify(key));
  const inspect = (value, depth, seen) => {
    if (typeof value === "string") return depth === 0 ? value : stringify(value);
    if (typeof value === "bigint") return `${value}n`;
    if (Object.is(value, -0)) return "-0";
    if (typeof value === "symbol") return value.toString();
    if (typeof value === "function")
      return `[${/^class\b/.test(String(value)) ? "class" : "Function"}: ${value.name || "(anonymous)"}]`;
    if (typeof value !== "object" || value === null) return String(value);
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    if (value instanceof RegExp) return String(value);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
    if (seen.includes(value)) return "[Circular]";
    const next = (one) => inspect(one, depth + 1, [...seen, value]);
    const name = value.constructor?.name ?? "[Object: null prototype]";
    const some = (items, all) => (all > MOST_ITEMS ? [...items, `… ${all - MOST_ITEMS} more`] : items);
    const within = (open, items, close) =>
      items.length === 0 ? `${open}${close}` : `${open} ${items.join(", ")} ${close}`;
    if (depth > 3) return Array.isArray(value) ? "[Array]" : `[${name}]`;
    if (Array.isArray(value) || ArrayBuffer.isView(value)) {
      const items = Array.from({ length: Math.min(value.length ?? 0, MOST_ITEMS) }, (_, at) => next(value[at]));
      return within(Array.isArray(value) ? "[" : `${name}(${value.length}) [`, some(items, value.length ?? 0), "]");
    }
    if (value instanceof Map) {
      const items = [...value].slice(0, MOST_ITEMS).map(([key, one]) => `${next(key)} => ${next(one)}`);
      return within(`Map(${value.size}) {`, some(items, value.size), "}");
    }
    if (value instanceof Set) {
      return within(`Set(${value.size}) {`, some([...value].slice(0, MOST_ITEMS).map(next), value.size), "}");
    }
    if (value instanceof Promise) return "Promise {}";
    const keys = Object.keys(value);
    const items = keys.slice(0, MOST_ITEMS).map((key) => `${keyOf(key)}: ${next(value[key])}`);
    return within(name === "Object" ? "{" : `${name} {`, some(items, keys.length), "}");
  };
  const line = (values) => `${values.map((value) => inspect(value, 0, [])).join(" ")}\n`;
  const out = (...values) => write("stdout", line(values));
  const err = (...values) => write("stderr", line(values));

  const plain = (value) =>
    ["string", "number", "boolean"].includes(typeof value) ? value : value == null ? null : inspect(value, 1, []);
  const showTable = (value) => {
    if (typeof value !== "object" || value === null) return out(value);
    const entries = Object.entries(value);
    const isRow = (row) => typeof row === "object" && row !== null;
    const columns = [...new Set(entries.slice(0, 200).flatMap(([, row]) => (isRow(row) ? Object.keys(row) : [])))];
    const hasPlain = !entries.every(([, row]) => isRow(row));
    const rows = entries
      .slice(0, 200)
      .map(([key, row]) => [
        key,
        ...columns.map((column) => (isRow(row) ? plain(row[column]) : null)),
        ...(hasPlain ? [isRow(row) ? null : plain(row)] : []),
      ]);
    table(stringify(["(index)", ...columns, ...(hasPlain ? ["Values"] : [])]), stringify(rows), entries.length);
  };

  const counts = new Map();
  globalThis.console = {
    log: out,
    info: out,
    debug: out,
    warn: err,
    error: err,
    trace: err,
    dir: (value) => out(value),
    table: showTable,
    group: out,
    groupEnd: () => {},
    assert: (condition, ...values) => condition || err("Assertion failed:", ...values),
    count: (label = "default") => {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      out(`${label}: ${counts.get(label)}`);
    },
    time: () => {},
    timeEnd: () => {},
  };

  globalThis.prompt = (text = "") => ask(String(text));
  globalThis.input = globalThis.prompt;

  // Time passes at once where a program only waits. Which timer is next hangs on what the program asked for, and never on how fast it is
  // run, so that it goes the same way on every machine, and when it runs again with an answer more.
  let ahead = 0;
  let turn = 0;
  let lastTimer = 0;
  const timers = new Map();
  const now = Date.now;
  const clock = () => now() + ahead;
  const later = (act, delay, rest, every) => {
    if (typeof act !== "function") throw new TypeError("A timer needs a function.");
    const ms = Math.max(Number(delay) | 0, every ? 1 : 0);
    lastTimer += 1;
    timers.set(lastTimer, { turn: turn + ms, at: clock() + ms, act: () => act(...rest), ms, every });
    return lastTimer;
  };
  const clear = (id) => void timers.delete(id);
  Date.now = clock;
  const dateAt = (kind, given, made) => Reflect.construct(kind, given.length === 0 ? [clock()] : given, made);
  globalThis.Date = new Proxy(Date, { construct: dateAt, apply: () => String(new Date()) });
  Date.prototype.constructor = Date;
  const begun = now();
  globalThis.performance = { now: () => clock() - begun };
  globalThis.setTimeout = (act, delay, ...rest) => later(act, delay, rest, false);
  globalThis.setInterval = (act, delay, ...rest) => later(act, delay, rest, true);
  globalThis.clearTimeout = clear;
  globalThis.clearInterval = clear;
  globalThis.queueMicrotask = (act) => void Promise.resolve().then(act);
  globalThis.structuredClone ??= (value) => parse(stringify(value));
  const nextTimer = () => {
    let next = null;
    for (const [id, timer] of timers) if (next === null || timer.turn < next.timer.turn) next = { id, timer };
    if (next === null) return false;
    const { id, timer } = next;
    turn = timer.turn;
    ahead = Math.max(ahead, timer.at - now());
    timers.delete(id);
    if (timer.every) timers.set(id, { ...timer, turn: turn + timer.ms, at: timer.at + timer.ms });
    timer.act();
    return true;
  };

  // Chance is the same when a program runs again with an answer more.
  let state = seed >>> 0;
  Math.random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };

  // Files beside the program, as modules.
  const loaded = new Map();
  const run = host.run;
  globalThis.module = { exports: {} };
  globalThis.exports = globalThis.module.exports;
  globalThis.require = (specifier) => {
    const bare = String(specifier).replace(/^\.\//, "");
    const name = [bare, `${bare}.ts`, `${bare}.js`, `${bare}.json`].find((one) => Object.hasOwn(files, one));
    if (name === undefined) throw new Error(`There is no module "${specifier}" here.`);
    if (loaded.has(name)) return loaded.get(name).exports;
    const module = { exports: {} };
    loaded.set(name, module);
    if (name.endsWith(".json")) module.exports = parse(files[name]);
    else run(name)(module, module.exports, globalThis.require);
    return module.exports;
  };

  // What tests are written with.
  class AssertionError extends Error {
    name = "AssertionError";
  }
  const isSame = (a, b) => {
    if (Object.is(a, b)) return true;
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
    if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
    if (a instanceof Date) return isSame(a.getTime(), b.getTime());
    if (a instanceof Map || a instanceof Set) return a.size === b.size && isSame([...a], [...b]);
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
    );
  };
  globalThis.assert = (condition, message = "The assertion does not hold.") => {
    if (!condition) throw new AssertionError(message);
  };
  globalThis.assertEquals = (actual, expected, message) => {
    if (isSame(actual, expected)) return;
    const told = `${inspect(actual, 1, [])} is not ${inspect(expected, 1, [])}.`;
    throw new AssertionError(message === undefined ? told : `${message}: ${told}`);
  };

  return nextTimer;
};
