import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { JoinResponse } from "@whetstone/shared/links-wire";
import { beforeAll, describe, expect, test } from "vitest";
import { Connection } from "../../server/src/sqlite/connection.ts";

import { openLog } from "../support/log.ts";
import { buildServer, failedStart, startProcess } from "../support/process.ts";
import { request } from "../support/seats.ts";
import { openingOf, temporaryFolder } from "../support/server.ts";
import { canMount, smallDisk } from "../support/tmpfs.ts";

/** The real server process where it cannot start: one sentence, what to do, status 1, and nothing else. */

beforeAll(buildServer);

const post = (url: string, body: unknown) =>
  request(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

/** Fails to start, and says that and what to do, without a stack. */
async function saysAtStart(
  directory: string,
  sentence: RegExp,
  advice: RegExp,
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { status, said } = await failedStart(directory, environment);
  const [first = "", ...others] = said;
  expect(first).toMatch(sentence);
  expect(others.join("\n")).toMatch(advice);
  expect(others.every((line) => line.startsWith("  "))).toBe(true);
  expect(said.join("\n")).not.toMatch(/^\s+at |node:internal/m);
  expect(status).toBe(1);
}

describe("a second server on one data directory", () => {
  test("says who holds it, and touches nothing of the first's", async () => {
    const directory = await temporaryFolder();
    const first = await startProcess(directory);
    const exports = join(directory, "exports");
    await mkdir(exports);
    await writeFile(join(exports, "an-export.zip"), "of the first");

    await saysAtStart(
      directory,
      new RegExp(`^Another server is using ${directory}: process ${first.pid} on \\S+, since 20\\d\\d-.*Z\\.$`),
      /Stop that one first/,
    );

    expect(await readFile(join(exports, "an-export.zip"), "utf8")).toBe("of the first");
    const opened = await post(`${first.url}/api/rooms`, openingOf());
    expect(opened.status).toBe(201);
    const { links } = opened.body as { links: { role: string; secret: string }[] };
    const secret = links.find(({ role }) => role === "candidate")?.secret;
    expect(JoinResponse.parse((await post(`${first.url}/api/links/join`, { secret, name: "Cleo" })).body)).toBeTruthy();
  });

  test("starts as soon as the first is gone, whether it was stopped or killed", async () => {
    const directory = await temporaryFolder();
    const stopped = await startProcess(directory);
    expect(await stopped.stop()).toBe(0);
    const killed = await startProcess(directory);
    await killed.kill();
    // As a process of another machine or of a container may have had any number, also this one's.
    await writeFile(
      join(directory, "lock.json"),
      JSON.stringify({ pid: process.pid, host: "elsewhere", since: "2020" }),
    );
    const last = await startProcess(directory);
    expect(JSON.parse(await readFile(join(directory, "lock.json"), "utf8"))).toMatchObject({ pid: last.pid });
  });

  test("says that somebody holds it where the holder's name cannot be read", async () => {
    const directory = await temporaryFolder();
    await startProcess(directory);
    await writeFile(join(directory, "lock.json"), "{");
    await saysAtStart(directory, new RegExp(`^Another server is using ${directory}\\.$`), /DATA_DIR/);
  });
});

describe("a data directory that cannot be used", () => {
  test("is a file, or leads through one", async () => {
    const file = join(await temporaryFolder(), "file");
    await writeFile(file, "");
    await saysAtStart(file, /is a file or leads through one/, /DATA_DIR/);
    await saysAtStart(join(file, "data"), /is a file or leads through one/, /DATA_DIR/);
  });

  test.each(["host-key", "server-key"])("has half of its %s", async (name) => {
    const directory = await temporaryFolder();
    await writeFile(join(directory, name), "half\n");
    const environment = { PUBLIC_URL: "https://interviews.example.org" };
    await saysAtStart(directory, new RegExp(`${name} is not whole`), /makes another key/, environment);
  });

  test("has a directory in a file's place", async () => {
    const directory = await temporaryFolder();
    await mkdir(join(directory, "whetstone.sqlite"));
    await saysAtStart(directory, /whetstone\.sqlite is a directory/, /Move it away/);
    const other = await temporaryFolder();
    await mkdir(join(other, "server-key"));
    await saysAtStart(other, /is a directory, where a file should be/, /Move it away/);
  });

  test.skipIf(!canMount)("is on a full disk, or on one that is read-only", async () => {
    // Only root may mount a disk that is small enough to be full.
    const full = await smallDisk(64);
    await saysAtStart(full.path, /^The disk is full where /, /Make room there/);
    const shut = await smallDisk(1_024);
    shut.makeReadOnly();
    await saysAtStart(shut.path, /cannot be written to/, /DATA_DIR/);
  });
});

describe("a database that cannot be used", () => {
  async function databaseOf(change: (file: string) => Promise<void> | void): Promise<string> {
    const directory = await temporaryFolder();
    const file = join(directory, "whetstone.sqlite");
    await openLog(file).close();
    await change(file);
    return directory;
  }
  const changed = (sql: string) =>
    databaseOf((file) => {
      const connection = new Connection(file);
      connection.exec(sql);
      connection.close();
    });

  test("is none", async () => {
    const directory = await databaseOf((file) => writeFile(file, "no database, but longer than its head ".repeat(100)));
    await saysAtStart(directory, /whetstone\.sqlite is no database/, /npm run restore/);
  });

  test("has pages that are damaged", async () => {
    const directory = await databaseOf(async (file) => {
      const bytes = await readFile(file);
      // What stands behind the head of the file is the list of its tables.
      await writeFile(file, bytes.fill(0xff, 100, 4_096));
    });
    await saysAtStart(directory, /is damaged, or its disk fails/, /npm run restore/);
  });

  test("was written by a newer version", async () => {
    const directory = await changed(
      "INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('of a later version', 9999999999999)",
    );
    await saysAtStart(directory, /^A newer version of the server has written /, /Update this server/);
  });

  test("cannot be brought to the form of this version, and is left as it was", async () => {
    const directory = await changed("DELETE FROM __drizzle_migrations");
    await saysAtStart(
      directory,
      /cannot be brought to the form of this version: table .* already exists/,
      /Nothing was changed/,
    );
    const connection = new Connection(join(directory, "whetstone.sqlite"));
    expect(connection.prepare("SELECT count(*) FROM __drizzle_migrations").pluck().get()).toBe(0);
    connection.close();
  });

  test("holds a question of one's own that cannot be read", async () => {
    const directory = await changed("INSERT INTO own_documents (kind, id, body) VALUES ('question', 'q', 'no JSON')");
    await saysAtStart(directory, /questions and kits that were written here cannot be read/, /mend its table/);
  });
});

describe("a wrong configuration", () => {
  test.each([
    ["PORT", "many", "a whole number from 0 to 65535"],
    ["PORT", "65536", "a whole number from 0 to 65535"],
    ["PUBLIC_URL", "interviews.example.org", "the address alone"],
    ["PUBLIC_URL", "https://example.org/interviews", "the address alone"],
    [
      "PUBLIC_URL",
      "https://example.org/interviews",
      "Leave out the path /interviews, .*: here that is https://example.org\\.$",
    ],
    ["PUBLIC_URL", "https://example.org/?room=1", "Leave out the query"],
    ["PUBLIC_URL", "https://example.org/#room", "Leave out what stands behind its #"],
    ["PUBLIC_URL", "wss://example.org", "beginning with https:// or http://"],
    ["HOST_KEY", "short", "12 characters or more"],
    ["LINK_DAYS", "0", "days from 1 to 365"],
    ["COMMANDS_PER_SECOND", "none", "a number from 1 up"],
    ["REQUESTS_PER_MINUTE", "1.5", "a whole number from 1 up"],
    ["LOG_LEVEL", "loud", "one of fatal, error, warn"],
  ])("of %s=%s is told in a sentence", async (name, value, sentence) => {
    await saysAtStart(
      await temporaryFolder(),
      /^The configuration is wrong\.$/,
      new RegExp(`${name} must .*${sentence}`),
      {
        [name]: value,
      },
    );
  });

  test("of a public address does not show the password in it", async () => {
    const environment = { PUBLIC_URL: "https://ann:hidden@example.org" };
    const { said } = await failedStart(await temporaryFolder(), environment);
    expect(said.join("\n")).toMatch(
      /Leave out the name and password before its host: here that is https:\/\/example\.org\.$/,
    );
    expect(said.join("\n")).not.toMatch(/ann|hidden/);
  });

  test("of an address that is none of this machine's, or is taken, says so", async () => {
    const directory = await temporaryFolder();
    await saysAtStart(directory, /^Cannot listen on 192\.0\.2\.1:0\.$/, /Set HOST/, { HOST: "192.0.2.1" });
    const { url } = await startProcess(await temporaryFolder());
    await saysAtStart(directory, /^Cannot listen on 127\.0\.0\.1:/, /Choose another port/, { PORT: new URL(url).port });
  });

  test("is none where variables are set to nothing", async () => {
    await startProcess(await temporaryFolder(), { PUBLIC_URL: "", LINK_DAYS: " ", HOST_KEY: "", LOG_LEVEL: "" });
  });
});
