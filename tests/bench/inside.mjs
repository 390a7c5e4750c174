// Loaded into a process that is measured before itself: answers the bench's calls with what only that process knows of itself.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const NANOSECONDS_PER_MS = 1e6;
const MICROSECONDS_PER_MS = 1e3;
const RESOLUTION_MS = 1;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

/** @type {Record<string, () => unknown>} */
const CALLS = {
  watchLoop: () => {
    delay.reset();
    delay.enable();
  },
  /** Milliseconds beyond the interval of the timer that is watched. */
  loopDelay: () => {
    delay.disable();
    const beyond = (/** @type {number} */ nanoseconds) => Math.max(0, nanoseconds / NANOSECONDS_PER_MS - RESOLUTION_MS);
    return { p99Ms: beyond(delay.percentile(99)), maxMs: beyond(delay.max) };
  },
  /** Milliseconds for which processors have worked for it since its start, all of its threads together. */
  cost: () => {
    const { user, system } = process.cpuUsage();
    return { ms: (user + system) / MICROSECONDS_PER_MS };
  },
  /** Bytes that are held when everything is gone that nobody holds. */
  held: () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc");
    for (let count = 0; count < 3; count++) collect();
    const { heapUsed, external } = process.memoryUsage();
    return { bytes: heapUsed + external };
  },
};

process.on("message", (/** @type {any} */ { call }) => process.send?.({ result: CALLS[call]() ?? null }));
process.channel?.unref();
