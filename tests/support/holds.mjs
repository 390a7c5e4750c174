// @ts-check
// Loaded into a server's process before its own code: asked by SIGUSR2, the process says what it holds once its garbage is gone.
import { readdirSync } from "node:fs";
import { Socket } from "node:net";
import { queryObjects, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { isMainThread } from "node:worker_threads";

if (isMainThread) {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc");
  process.on("SIGUSR2", async () => {
    const { Backlog } = await import(new URL("../../server/dist/http/backlog.js", import.meta.url).href);
    const count = (/** @type {Function} */ made) => queryObjects(made, { format: "count" });
    gc();
    const holds = {
      heap: process.memoryUsage().heapUsed,
      maps: count(Map),
      lines: count(Socket),
      seats: count(Backlog),
      descriptors: readdirSync("/dev/fd").length,
    };
    console.log(`Holds ${JSON.stringify(holds)}`);
  });
}
