import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { PythonShelf } from "@whetstone/shared/python-packages";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { runPythonPackages } from "../../server/src/python/command.ts";
import { packagesFolder, wheelOf } from "../support/python-packages.ts";
import { startServer, temporaryFolder } from "../support/server.ts";

/** Python's packages: how they come into the data directory, and what a server gives of them. */

/** What the command says, and the status that it ends with. */
async function saidBy(args: readonly string[], dataDir: string, releases?: string) {
  const said: string[] = [];
  const [log, error] = [vi.spyOn(console, "log"), vi.spyOn(console, "error")];
  for (const spy of [log, error]) spy.mockImplementation((line) => void said.push(String(line)));
  try {
    return { status: await runPythonPackages(args, dataDir, releases), said: said.join("\n") };
  } finally {
    for (const spy of [log, error]) spy.mockRestore();
  }
}

describe("npm run python-packages", () => {
  test("takes packages and what they need from a folder, and the server has them without a new start", async () => {
    const [from, server] = [await packagesFolder(await temporaryFolder()), await startServer()];
    const dataDir = dirname(server.dataFile);
    expect((await server.get("/api/python/packages")).body).toEqual({ packages: {} });
    const { status, said } = await saidBy(["Whet_Stone", "--from", from], dataDir);
    expect(said).toContain("Programs can import whetstones, grit.");
    expect(status).toBe(0);
    const { packages } = PythonShelf.parse((await server.get("/api/python/packages")).body);
    expect(Object.keys(packages).sort()).toEqual(["grit", "whet-stone"]);
    for (const { sha256, file_name } of Object.values(packages)) {
      const answer = await fetch(`${server.url}/run/packages/${sha256}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(await readFile(join(from, file_name)));
    }
  });

  test("adds nothing of what is not what the list says, is for another Python, is not there, or is unknown", async () => {
    const [from, dataDir] = [await packagesFolder(await temporaryFolder()), await temporaryFolder()];
    const shelf = async () =>
      (await readdir(join(dataDir, "python")).catch(() => [])).filter((name) => !/part$/.test(name));
    await writeFile(join(from, wheelOf("grit")), "something else");
    const altered = await saidBy(["grit", "--from", from], dataDir);
    expect(altered).toMatchObject({
      status: 1,
      said: expect.stringContaining("its SHA-256 differs. Nothing was added."),
    });
    expect(await shelf()).toEqual([]);
    expect(await saidBy(["nothing-like-it", "--from", from], dataDir)).toMatchObject({
      status: 1,
      said: expect.stringContaining('There is no Python package "nothing-like-it"'),
    });
    const lock = JSON.parse(await readFile(join(from, "pyodide-lock.json"), "utf8"));
    await writeFile(
      join(from, "pyodide-lock.json"),
      JSON.stringify({ ...lock, info: { ...lock.info, abi_version: "2019_0" } }),
    );
    expect(await saidBy(["grit", "--from", from], dataDir)).toMatchObject({
      status: 1,
      said: expect.stringContaining("2019_0"),
    });
    await writeFile(join(from, "pyodide-lock.json"), "{");
    expect((await saidBy(["grit", "--from", from], dataDir)).said).toContain("cannot be read");
    const empty = join(from, "empty");
    await mkdir(empty);
    expect(await saidBy(["--from", empty], dataDir)).toMatchObject({
      status: 1,
      said: expect.stringMatching(/^numpy-.*is not in/),
    });
    expect((await saidBy(["--wrong"], dataDir)).status).toBe(2);
    expect(await shelf()).toEqual([]);
  });

  test("asks Pyodide's release host for the build that this server has, and checks what it gets", async () => {
    const asked: string[] = [];
    const host = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.end("no wheel at all");
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void host.close());
    await once(host, "listening");
    const releases = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
    const dataDir = await temporaryFolder();
    expect(await saidBy([], dataDir, releases)).toMatchObject({
      status: 1,
      said: expect.stringContaining("SHA-256 differs"),
    });
    expect(asked).toEqual([expect.stringMatching(/^\/v[\d.]+\/full\/numpy-[\w.-]+\.whl$/)]);
    host.close();
    host.closeAllConnections();
    const { said } = await saidBy([], dataDir, releases);
    expect(said).toContain("could not be fetched");
    expect(said).toContain("npm run python-packages -- --from FOLDER");
    expect((await saidBy(["--list"], dataDir)).said.split("\n")).toEqual(expect.arrayContaining(["numpy", "pandas"]));
  });
});

test("a path of packages leads to no file but those in the list", async () => {
  const [from, server] = [await packagesFolder(await temporaryFolder()), await startServer()];
  const dataDir = dirname(server.dataFile);
  await saidBy(["grit", "--from", from], dataDir);
  const hash = createHash("sha256").update("other").digest("hex");
  for (const path of [
    "packages.json",
    wheelOf("grit"),
    "../whetstone.sqlite",
    "%2e%2e%2fwhetstone.sqlite",
    "..%5cwhetstone.sqlite",
    hash,
    "",
  ]) {
    const answer = await fetch(`${server.url}/run/packages/${path}`);
    expect(await answer.text()).not.toContain("SQLite");
    expect([200, 404]).toContain(answer.status);
    if (answer.status === 200) expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
  }
  // A list that somebody wrote by hand names no file elsewhere either.
  const list = {
    packages: {
      evil: { name: "evil", version: "1", file_name: "../whetstone.sqlite", sha256: hash, imports: [], depends: [] },
    },
  };
  await writeFile(join(dataDir, "python", "packages.json"), JSON.stringify(list));
  expect((await fetch(`${server.url}/run/packages/${hash}`)).status).toBe(500);
});
