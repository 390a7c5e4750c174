import { ask } from "./processes.mjs";
import { alternate, comparePairs, median } from "./stats.mjs";

const QUESTIONS = 10_000;
const PAIRS = 4;
const MOST_DELAY_MS = 100;
/** The baseline is a pack as it is exported from here, of which the file says itself what each part is. */
const FORMATS = /** @type {const} */ ({ ours: "md", baseline: "json" });

/**
 * Ten thousand questions with an answer each: how long it takes to be told what an import of them as a list in words would do, against the same
 * as JSON; and for how long the event loop stands still while they are put into the bank, against the same time without that.
 * @param {import("./run.mjs").BenchOptions} options
 * @returns {Promise<import("./run.mjs").BenchResult>}
 */
export async function imports({ bed, profile, progress }) {
  const { child: server, port } = await bed.startServer({ profile });
  const looks = await alternate(PAIRS, async (side, pair) => {
    progress(`imports: look ${pair + 1} of ${PAIRS}`);
    const { ms, plan } = await post(port, "/look", request(side, `look-${pair}`));
    if (plan.entries.length !== QUESTIONS) throw new Error(`${plan.entries.length} questions were found.`);
    return ms;
  });
  let longMs = 0;
  const still = await alternate(PAIRS, async (side, pair) => {
    progress(`imports: carrying out ${pair + 1} of ${PAIRS}`);
    await ask(server, "watchLoop", {});
    if (side === "ours") {
      const { ms, plan } = await post(port, "", request("ours", `kept-${pair}`));
      if (!plan.carriedOut) throw new Error(plan.blocked ?? "Nothing was imported.");
      longMs = ms;
    } else await new Promise((resume) => setTimeout(resume, longMs || 1_000));
    return (await ask(server, "loopDelay", {})).maxMs;
  });
  const delay = comparePairs(still);
  return {
    rows: [
      { name: `look at ${QUESTIONS} as a list`, unit: "ms", ...comparePairs(looks), goal: null, holds: null },
      {
        name: `event loop, ${QUESTIONS} imported`,
        unit: "ms",
        ...delay,
        goal: `≤ ${MOST_DELAY_MS} ms`,
        holds: delay.ours <= MOST_DELAY_MS,
      },
    ],
    notes: [
      `Imports: ${QUESTIONS} questions with an answer each; bare is the same as JSON for a look, and no import for the event loop's longest delay. An import took ${Math.round(longMs)} ms at last, a look ${Math.round(median(looks.ours))} ms. ${PAIRS} pairs.`,
    ],
  };
}

/** @param {"ours" | "baseline"} side @param {string} pack */
function request(side, pack) {
  const all = Array.from({ length: QUESTIONS }, (_, at) => `Why does ${pack} keep part ${at} apart from the others?`);
  const answer = "It changes for other reasons than they do.";
  const text =
    FORMATS[side] === "json"
      ? JSON.stringify(all.map((prompt) => ({ prompt, strongAnswer: [answer] })))
      : all.map((prompt, at) => `${at + 1}. ${prompt}\n   - ${answer}\n`).join("");
  return { pack: { id: pack, title: pack }, files: [{ name: `list.${FORMATS[side]}`, text }] };
}

async function post(/** @type {number} */ port, /** @type {string} */ path, /** @type {unknown} */ body) {
  const from = performance.now();
  const response = await fetch(`http://127.0.0.1:${port}/api/bank/import${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`The import answered ${response.status}: ${text}`);
  return { ms: performance.now() - from, plan: /** @type {any} */ (JSON.parse(text)) };
}
