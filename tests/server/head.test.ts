import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { buildServer } from "../support/process.ts";
import { ask, type RawAnswer } from "../support/raw.ts";
import { Clock, liveHouse, startServer, temporaryFolder } from "../support/server.ts";
import { FORMATS } from "./export/house.ts";

/** `HEAD` is answered as `GET` is, without the body: by link checkers, monitors and whoever asks how large a file is. */

// Some files are written by threads, which run what is built.
beforeAll(buildServer);

async function clientFolder(): Promise<string> {
  const directory = join(await temporaryFolder(), "client");
  await mkdir(join(directory, "assets"), { recursive: true });
  await writeFile(join(directory, "index.html"), "<!doctype html><title>Whetstone</title>");
  await writeFile(join(directory, "icon.svg"), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(directory, "assets", "index-1.js"), "export {};");
  return directory;
}

/** Status and headers, without those that differ from one request to the next. */
function headOf({ status, headers }: RawAnswer): object {
  const { date, "x-ratelimit-remaining": left, "x-ratelimit-reset": reset, ...others } = headers;
  return { status, ...others };
}

async function expectAlike(url: string, headers: Readonly<Record<string, string>> = {}): Promise<RawAnswer> {
  const got = await ask(url, { headers });
  const head = await ask(url, { method: "HEAD", headers });
  expect(headOf(head), url).toEqual(headOf(got));
  expect(head.text, url).toBe("");
  expect(got.text, url).not.toBe("");
  return got;
}

describe("HEAD is answered as GET", () => {
  test("for pages and the files of the client", async () => {
    const { url } = await startServer({ clientDirectory: await clientFolder() });
    for (const path of [
      "/",
      "/index.html",
      "/icon.svg",
      "/assets/index-1.js",
      "/room/whatever",
      "/join?from=a#b",
      "/bank",
    ]) {
      expect((await expectAlike(`${url}${path}`)).status, path).toBe(200);
    }
    for (const path of ["/assets/none.js", "/api/nothing", "/api/"]) {
      expect((await expectAlike(`${url}${path}`)).status, path).toBe(404);
    }
  });

  test("for a client that is turned away", async () => {
    const { url } = await startServer();
    for (const accept of ["text/html", "*/*"]) {
      expect((await expectAlike(`${url}/`, { accept, via: "1.1 Caddy" })).status).toBe(403);
    }
  });

  test("for everything that the API gives", async () => {
    const clock = new Clock();
    const server = await startServer({ now: clock.now, config: { peerQueue: true } });
    const { host } = await liveHouse(server, { kitId: "test-kit" });
    await host.must({ type: "end" });
    const bearer = { authorization: `Bearer ${host.token}` };
    const { paths } = (await server.get("/api/openapi.json")).body as { paths: Record<string, object> };
    const documented = Object.entries(paths).flatMap(([path, methods]) => ("get" in methods ? path : []));
    const addresses = documented.flatMap((path) => {
      if (path.endsWith("/export.{format}")) return FORMATS.map((format) => path.replace("{format}", format));
      if (path === "/api/bank/export") return `${path}?pack=test-pack&format=json&audience=panel`;
      return path.replace("{format}", "md").replace("{id}", path.includes("kits") ? "test-kit" : "first-question");
    });
    expect(addresses.length).toBeGreaterThan(12);
    const schemas = ["room-export-2", "candidate-record-1"].map((name) => `/api/schemas/${name}.json`);
    const found: string[] = [];
    for (const path of [...addresses, ...schemas, "/api/openapi.json"]) {
      const { status } = await expectAlike(`${server.url}${path}`, bearer);
      if (status === 200) found.push(path);
      await expectAlike(`${server.url}${path}`);
    }
    expect(found).toEqual(
      expect.arrayContaining([
        ...FORMATS.map((format) => `/api/room/export.${format}`),
        "/api/room/record.zip",
        "/api/room/trail",
        "/api/info",
        "/api/bank/questions/first-question",
        ...schemas,
      ]),
    );
  });

  test("but takes nothing away, and so is not in the room's trail", async () => {
    const server = await startServer();
    const { host } = await liveHouse(server, { kitId: "test-kit" });
    await host.must({ type: "end" });
    const before = (await host.fetch("/api/room/trail")).body;
    for (const file of ["export.json", "record.zip"]) {
      expect((await host.fetch(`/api/room/${file}`, { method: "HEAD" })).status).toBe(200);
      expect((await host.fetch("/api/room/trail")).body).toEqual(before);
    }
    await host.fetch("/api/room/export.json");
    expect((await host.fetch("/api/room/trail")).body).not.toEqual(before);
  });
});
