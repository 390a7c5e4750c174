import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { ExportProgress } from "@whetstone/shared/export-wire";
import { afterEach, expect, test, vi } from "vitest";
import { MINUTE } from "../support/domain.ts";
import { exportEnded } from "../support/exports.ts";
import { startServer, type TestServer } from "../support/server.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** An export that is over. */
async function exported(server: TestServer, token: string): Promise<{ exportId: string; path: string }> {
  const body = { secrets: [token], formats: ["md"] };
  const { exportId } = ExportProgress.parse((await server.post("/api/exports", body)).body);
  const { state } = await exportEnded(async () =>
    ExportProgress.parse((await server.post("/api/exports/progress", { exportId })).body),
  );
  expect(state).toBe("ready");
  return { exportId, path: join(dirname(server.dataFile), "exports", `${exportId}.zip`) };
}

test("a finished export can be taken for half an hour, and then it is gone with its file", async () => {
  const server = await startServer();
  const { token } = (await server.openRoom()).host;
  // Only the timers; what this thread, the export's and the connections do goes on by itself.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const first = await exported(server, token);
  const statusOf = async ({ exportId }: { exportId: string }) =>
    (await server.post("/api/exports/file", { exportId })).status;

  vi.advanceTimersByTime(29 * MINUTE);
  const second = await exported(server, token);
  expect([await statusOf(first), existsSync(first.path)]).toEqual([200, true]);
  vi.advanceTimersByTime(MINUTE);
  expect([await statusOf(first), existsSync(first.path)]).toEqual([404, false]);
  expect((await server.post("/api/exports/progress", { exportId: first.exportId })).status).toBe(404);
  expect([await statusOf(second), existsSync(second.path)]).toEqual([200, true]);
  vi.advanceTimersByTime(29 * MINUTE);
  expect([await statusOf(second), existsSync(second.path)]).toEqual([404, false]);
});

test("a finished export whose file cannot be removed is gone all the same, and the server goes on", async () => {
  const server = await startServer();
  const { token } = (await server.openRoom()).host;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { exportId, path } = await exported(server, token);
  // A folder is removed by no `rm` of a file.
  rmSync(path);
  mkdirSync(path);
  expect(() => vi.advanceTimersByTime(30 * MINUTE)).not.toThrow();
  expect((await server.post("/api/exports/file", { exportId })).status).toBe(404);
});
