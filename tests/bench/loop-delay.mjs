// Loaded into the server before itself: answers the bench's calls with how long the event loop kept a timer waiting.
import { monitorEventLoopDelay } from "node:perf_hooks";

const NANOSECONDS_PER_MS = 1e6;
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
    return { p99Ms: Math.max(0, delay.percentile(99) / NANOSECONDS_PER_MS - RESOLUTION_MS) };
  },
};

process.on("message", (/** @type {any} */ { call }) => process.send?.({ result: CALLS[call]() ?? null }));
process.channel?.unref();
