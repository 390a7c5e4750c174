import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problemOfJanus } from "../../server/src/call/janus/janus.ts";
import { readConfig } from "../../server/src/config.ts";
import { JanusProcess } from "../support/janus.ts";
import { buildServer, startProcess } from "../support/process.ts";
import { temporaryFolder } from "../support/server.ts";

/** How a media server is configured, and what is said where it cannot be used. */

let janus: JanusProcess;
beforeAll(async () => {
  janus = await JanusProcess.start();
});
afterAll(() => janus.close());

/** What `npm run doctor` says, and the status with which it ends. */
async function doctor(dataDirectory: string, environment: Readonly<Record<string, string>>) {
  const file = fileURLToPath(new URL("../../server/bin/doctor.mjs", import.meta.url));
  const env = { PATH: process.env.PATH, DATA_DIR: dataDirectory, ...environment };
  const child = spawn(process.execPath, [file], { env, stdio: ["ignore", "pipe", "inherit"] });
  const said: string[] = [];
  child.stdout.on("data", (chunk) => said.push(String(chunk)));
  await once(child, "close");
  return { status: child.exitCode, said: said.join("") };
}

describe("where Janus cannot be used", () => {
  test("the server starts and says so, and the doctor does", async () => {
    await buildServer();
    const { secret, adminKey } = janus.options;
    const environment = (url: string) => ({
      MEDIA_SERVER: url,
      MEDIA_SERVER_SECRET: secret,
      MEDIA_SERVER_ADMIN_KEY: adminKey,
      LOG_LEVEL: "warn",
    });
    const sentence = "The media server that MEDIA_SERVER names, ws://127.0.0.1:9, cannot be used";
    const folder = await temporaryFolder();
    const server = await startProcess(folder, environment("ws://127.0.0.1:9"));
    await expect.poll(server.said).toContain(sentence);
    expect(await server.stop()).toBe(0);
    expect(await doctor(folder, environment("ws://127.0.0.1:9"))).toMatchObject({
      status: 1,
      said: expect.stringContaining(sentence),
    });
    expect(await doctor(folder, environment(janus.url))).toMatchObject({
      status: 0,
      said: expect.stringContaining("can be used"),
    });
  });

  test("it is said why", async () => {
    const { url, secret, adminKey } = janus.options;
    expect(await problemOfJanus({ url, secret, adminKey })).toBeNull();
    expect(await problemOfJanus({ url, secret: "another", adminKey })).toContain("MEDIA_SERVER_SECRET is not");
    for (const key of [null, "another"])
      expect(await problemOfJanus({ url, secret, adminKey: key })).toContain("MEDIA_SERVER_ADMIN_KEY is not");
    const nowhere = await problemOfJanus({ url: "ws://127.0.0.1:9", secret, adminKey });
    expect(nowhere).toContain("ws://127.0.0.1:9, cannot be used");
  });
});

describe("the configuration", () => {
  const media = (variables: Record<string, string>) => {
    const result = readConfig(variables, "/data");
    return "config" in result ? result.config.media : result.problems;
  };
  const [secret, key] = ["as long as it should be", "and this one is as well"];

  test("names no media server of its own", () => {
    expect(media({})).toBeNull();
  });

  test("is an address, what opens it, and from how many people on it is used", () => {
    const MEDIA_SERVER = "wss://media.example.org/janus";
    const url = MEDIA_SERVER;
    expect(media({ MEDIA_SERVER, MEDIA_SERVER_SECRET: secret })).toEqual({ url, secret, adminKey: null, from: 5 });
    const more = { MEDIA_SERVER_ADMIN_KEY: key, MEDIA_SERVER_FROM: "1" };
    expect(media({ MEDIA_SERVER, MEDIA_SERVER_SECRET: secret, ...more })).toEqual({
      url,
      secret,
      adminKey: key,
      from: 1,
    });
  });

  test.each([
    [{ MEDIA_SERVER: "https://media.example.org" }, "MEDIA_SERVER must be the address"],
    [{ MEDIA_SERVER: "ws://me:secret@media.example.org" }, "MEDIA_SERVER must be the address"],
    [{ MEDIA_SERVER: "media" }, "MEDIA_SERVER must be the address"],
    [{ MEDIA_SERVER_FROM: "6" }, "MEDIA_SERVER_FROM must be"],
    [{ MEDIA_SERVER_SECRET: "short" }, "MEDIA_SERVER_SECRET must have 16"],
    [{ MEDIA_SERVER_ADMIN_KEY: "short" }, "MEDIA_SERVER_ADMIN_KEY must have 16"],
  ])("says what is wrong with %j", (variables, sentence) => {
    const all = { MEDIA_SERVER: "ws://127.0.0.1:8188", MEDIA_SERVER_SECRET: secret, ...variables };
    expect(media(all)).toEqual([expect.stringContaining(sentence)]);
  });

  test("asks for the secret, and shows no password", () => {
    expect(media({ MEDIA_SERVER: "ws://127.0.0.1:8188" })).toEqual([
      expect.stringMatching(/^MEDIA_SERVER_SECRET must be set/),
    ]);
    expect(media({ MEDIA_SERVER: "ws://me:secret@a.example" })?.toString()).not.toContain("me:secret");
  });
});
