import { createHash } from "node:crypto";
import { once } from "node:events";
import { appendFile, mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { CaptionShelf } from "@whetstone/shared/caption-models";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { runCaptionModels } from "../../server/src/caption-models/command.ts";
import { startServer, temporaryFolder } from "../support/server.ts";
import { speechModelFolder, tinySpeechModel } from "../support/tiny-speech-model.ts";

/** Speech models for captions: how they come into the data directory, and what a server gives of them, to whom. */

/** What the command says, and the status that it ends with. */
async function saidBy(args: readonly string[], dataDir: string, hub?: string) {
  const said: string[] = [];
  const [log, error] = [vi.spyOn(console, "log"), vi.spyOn(console, "error")];
  for (const spy of [log, error]) spy.mockImplementation((line) => void said.push(String(line)));
  try {
    return { status: await runCaptionModels(args, dataDir, hub), said: said.join("\n") };
  } finally {
    for (const spy of [log, error]) spy.mockRestore();
  }
}

const shelfIn = (dataDir: string): Promise<string[]> =>
  readdir(join(dataDir, "caption-models"), { recursive: true }).catch(() => []);
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** A folder with a model, in which something is not as it should be. */
async function folderWith(change: (folder: string) => Promise<unknown>): Promise<string> {
  const folder = await speechModelFolder(await temporaryFolder());
  await change(folder);
  return folder;
}

const ENCODER = join("onnx", "encoder_model_quantized.onnx");

describe("npm run caption-models", () => {
  test("takes a model from a folder, with what pages can use of it, and lists it", async () => {
    const dataDir = await temporaryFolder();
    const from = await folderWith(async (folder) => {
      await writeFile(join(folder, "README.md"), "What it is.");
      await writeFile(join(folder, "onnx", "encoder_model_bnb4.onnx"), "another form");
      await mkdir(join(folder, ".git"));
    });
    const { status, said } = await saidBy(["tones", "--from", from], dataDir);
    expect(said).toContain("Pages can caption with tones.");
    expect(status).toBe(0);
    const files = [...tinySpeechModel().keys()];
    expect((await shelfIn(dataDir)).sort()).toEqual(
      ["models.json", "tones", join("tones", "onnx"), ...files.map((path) => join("tones", ...path.split("/")))].sort(),
    );
    const listed = await saidBy([], dataDir);
    expect(listed).toMatchObject({
      status: 0,
      said: expect.stringMatching(/whisper-tiny: .*\n[\s\S]*tones: 2 languages/),
    });
    expect((await saidBy(["--list"], dataDir)).said).toBe(listed.said);
    // Another one of the same name takes its place; the folder may be the one where it is.
    expect((await saidBy(["--from", from], dataDir)).said).toContain("Pages can caption with tiny-tones.");
    expect((await saidBy(["tones", "--from", join(dataDir, "caption-models", "tones")], dataDir)).status).toBe(0);
    const { models } = CaptionShelf.parse(
      JSON.parse(await readFile(join(dataDir, "caption-models", "models.json"), "utf8")),
    );
    expect(models.map(({ name }) => name)).toEqual(["tiny-tones", "tones"]);
  });

  test("says all that is missing", async () => {
    const from = await folderWith(async (folder) => {
      await rm(join(folder, "tokenizer.json"));
      await rm(join(folder, "onnx"), { recursive: true });
    });
    const dataDir = await temporaryFolder();
    const { status, said } = await saidBy(["--from", from], dataDir);
    expect(said).toMatch(/is not whole[\s\S]*tokenizer\.json[\s\S]*encoder_model_quantized[\s\S]*decoder_model_merged/);
    expect([status, await shelfIn(dataDir)]).toEqual([1, []]);
  });

  test.each<[string, (folder: string) => Promise<unknown>, RegExp]>([
    [
      "a link that leads elsewhere",
      async (folder) => {
        await rm(join(folder, ENCODER));
        await symlink("/etc/passwd", join(folder, ENCODER));
      },
      /is a link to another place/,
    ],
    [
      "a folder that is a link",
      async (folder) => {
        await rm(join(folder, "onnx"), { recursive: true });
        await symlink("/etc", join(folder, "onnx"));
      },
      /onnx is no folder/,
    ],
    ["a file that is too large", (folder) => truncate(join(folder, ENCODER), 600 * 1024 * 1024), /at most 536\.9 MB/],
    [
      "a description that is too large",
      (folder) => truncate(join(folder, "tokenizer.json"), 17 * 1024 * 1024),
      /at most/,
    ],
    ["an empty file", (folder) => truncate(join(folder, ENCODER), 0), /is empty/],
    [
      "the place of a file instead of it",
      (folder) =>
        writeFile(join(folder, ENCODER), "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"),
      /Git LFS/,
    ],
    [
      "another file under its name",
      (folder) => writeFile(join(folder, ENCODER), "<!doctype html>"),
      /no model in ONNX/,
    ],
    ["a description that cannot be read", (folder) => writeFile(join(folder, "tokenizer.json"), "{"), /cannot be read/],
    [
      "another kind of model",
      (folder) => writeFile(join(folder, "config.json"), '{"model_type":"bert"}'),
      /is a "bert"/,
    ],
    [
      "many languages of which none is named",
      (folder) => writeFile(join(folder, "generation_config.json"), '{"is_multilingual":true}'),
      /names no language/,
    ],
  ])("refuses %s, and keeps what is there", async (_what, change, says) => {
    const dataDir = await temporaryFolder();
    expect((await saidBy(["tones", "--from", await folderWith(async () => {})], dataDir)).status).toBe(0);
    const before = await shelfIn(dataDir);
    const { status, said } = await saidBy(["tones", "--from", await folderWith(change)], dataDir);
    expect(said).toMatch(says);
    expect([status, await shelfIn(dataDir)]).toEqual([1, before]);
  });

  test("takes no name that leads elsewhere, and no arguments that it does not know", async () => {
    const [dataDir, from] = [await temporaryFolder(), await folderWith(async () => {})];
    for (const name of ["../tones", "..", ".hidden", "a/b", "a\\b", "tones.", "x".repeat(65)]) {
      expect(await saidBy([name, "--from", from], dataDir)).toMatchObject({
        status: 1,
        said: expect.stringContaining("cannot be a model's name"),
      });
    }
    expect(await shelfIn(dataDir)).toEqual([]);
    for (const args of [["--wrong"], ["a", "b"], ["--list", "a"]]) expect((await saidBy(args, dataDir)).status).toBe(2);
    expect((await saidBy(["unheard-of"], dataDir)).said).toContain('There is no model "unheard-of"');
    expect((await saidBy(["--from", join(from, "nothing")], dataDir)).said).toContain("is no folder");
  });
});

const SHA = "0123456789abcdef0123456789abcdef01234567";
const REPOSITORY = "onnx-community/whisper-tiny";

/** The hub, with the tiny model under a known name; `altered` is what it gives of a file in its place. */
async function hubWith(altered: Readonly<Record<string, Uint8Array>> = {}): Promise<{ url: string; asked: string[] }> {
  const files = new Map([
    ...tinySpeechModel(),
    ["onnx/encoder_model.onnx", Buffer.from([8, 8])],
    ["pytorch.bin", Buffer.from("x")],
  ]);
  const asked: string[] = [];
  const entry = ([path, bytes]: readonly [string, Uint8Array]) => ({
    ...{ type: "file", path, size: bytes.length },
    oid: createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex"),
    ...(path.endsWith(".onnx") && { lfs: { oid: sha256(bytes), size: bytes.length, pointerSize: 1 } }),
  });
  const hub: Server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    if (path === `/api/models/${REPOSITORY}/revision/main`) return response.end(JSON.stringify({ sha: SHA }));
    if (path === `/api/models/${REPOSITORY}/tree/${SHA}?recursive=true`) {
      return response.end(
        JSON.stringify([{ type: "directory", path: "onnx", size: 0, oid: "" }, ...[...files].map(entry)]),
      );
    }
    const file = path.slice(`/${REPOSITORY}/resolve/${SHA}/`.length);
    const bytes = altered[file] ?? files.get(file);
    response.statusCode = bytes ? 200 : 404;
    return response.end(bytes);
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void hub.close());
  await once(hub, "listening");
  return { url: `http://127.0.0.1:${(hub.address() as AddressInfo).port}`, asked };
}

describe("npm run caption-models with a name", () => {
  test("says what it fetches and from which revision, fetches that alone, and checks it", async () => {
    const [dataDir, { url, asked }] = [await temporaryFolder(), await hubWith()];
    const { status, said } = await saidBy(["whisper-tiny"], dataDir, url);
    expect(status).toBe(0);
    expect(said).toContain(`revision ${SHA}`);
    const encoder = tinySpeechModel().get("onnx/encoder_model_quantized.onnx") ?? Buffer.of();
    expect(said).toContain(`onnx/encoder_model_quantized.onnx: 1 kB, SHA-256 ${sha256(encoder)}`);
    const fetched = asked.flatMap((path) => path.split(`/resolve/${SHA}/`)[1] ?? []);
    expect(fetched.sort()).toEqual([...tinySpeechModel().keys()].sort());
    // With those for graphics cards, of which this one has one half alone.
    expect((await saidBy(["whisper-tiny", "--gpu"], dataDir, url)).status).toBe(0);
    expect(await shelfIn(dataDir)).toContain(join("whisper-tiny", "onnx", "encoder_model.onnx"));
  });

  test.each(["onnx/decoder_model_merged_quantized.onnx", "config.json"])(
    "adds nothing of what is not what the hub says: %s",
    async (path) => {
      const dataDir = await temporaryFolder();
      const bytes = Buffer.from(tinySpeechModel().get(path) ?? Buffer.of());
      const other = Buffer.from(bytes);
      other[bytes.length - 1] = 0x20;
      for (const altered of [other, bytes.subarray(0, -1), Buffer.concat([bytes, bytes])]) {
        const { url } = await hubWith({ [path]: altered });
        expect(await saidBy(["whisper-tiny"], dataDir, url)).toMatchObject({
          status: 1,
          said: expect.stringContaining("Nothing was added."),
        });
      }
      expect(await shelfIn(dataDir)).toEqual([]);
    },
  );

  test("says what to do where the hub cannot be reached", async () => {
    const { said, status } = await saidBy(["whisper-tiny"], await temporaryFolder(), "http://127.0.0.1:1");
    expect(said).toContain("could not be fetched");
    expect(said).toContain("npm run caption-models -- whisper-tiny --from FOLDER");
    expect(status).toBe(1);
  });
});

describe("a server with a model", () => {
  async function serverWithModel() {
    const server = await startServer();
    const dataDir = dirname(server.dataFile);
    const { host } = await server.openRoom();
    const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
      fetch(`${server.url}/api/caption-models${path}`, {
        method,
        headers: { authorization: `Bearer ${host.token}`, ...headers },
      });
    const shelf = async () => CaptionShelf.parse(await (await get("")).json()).models;
    return { server, dataDir, get, shelf };
  }

  test("tells its seats of it without a new start, gives them each file whole and in ranges, to keep, and strangers none", async () => {
    const { server, dataDir, get, shelf } = await serverWithModel();
    expect(await shelf()).toEqual([]);
    await saidBy(["--from", await folderWith(async () => {})], dataDir);
    const [model, ...more] = await shelf();
    expect(more).toEqual([]);
    expect(model).toMatchObject({ name: "tiny-tones", kind: "whisper", languages: ["en", "de"] });
    for (const { path, bytes, sha256: sum } of model?.files ?? []) {
      const wanted = Buffer.from(tinySpeechModel().get(path) ?? Buffer.of());
      const answer = await get(`/${sum}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
      expect(answer.headers.get("content-length")).toBe(String(bytes));
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(wanted);
      const part = await get(`/${sum}`, { range: "bytes=10-19" });
      expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 10-19/${bytes}`]);
      expect(Buffer.from(await part.arrayBuffer())).toEqual(wanted.subarray(10, 20));
      expect((await get(`/${sum}`, { range: `bytes=${bytes}-` })).status).toBe(416);
      const head = await get(`/${sum}`, {}, "HEAD");
      expect([head.status, head.headers.get("content-length")]).toEqual([200, String(bytes)]);
      const stranger = await fetch(`${server.url}/api/caption-models/${sum}`);
      expect(stranger.ok).toBe(false);
    }
    expect((await fetch(`${server.url}/api/caption-models`)).ok).toBe(false);
  });

  test("gives no file but those in the list, as they were when they came", async () => {
    const { dataDir, get, shelf } = await serverWithModel();
    await saidBy(["--from", await folderWith(async () => {})], dataDir);
    for (const path of [
      "models.json",
      "../whetstone.sqlite",
      "%2e%2e%2fwhetstone.sqlite",
      "tiny-tones",
      "",
      sha256(Buffer.of()),
    ]) {
      const answer = await get(`/${path}`);
      expect([path, answer.ok && answer.headers.get("content-type")?.startsWith("application/octet")]).toEqual([
        path,
        false,
      ]);
      expect(await answer.text()).not.toContain("SQLite");
    }
    const [model] = await shelf();
    const [config, encoder] = ["config.json", "onnx/encoder_model_quantized.onnx"].map(
      (path) => model?.files.find((file) => file.path === path)?.sha256,
    );
    const folder = join(dataDir, "caption-models", "tiny-tones");
    await appendFile(join(folder, "config.json"), " ");
    expect((await get(`/${config}`)).status).toBe(404);
    // A link in its place, of the same length, is not followed.
    const secret = join(dataDir, "secret");
    await writeFile(secret, await readFile(join(folder, ENCODER)));
    await rm(join(folder, ENCODER));
    await symlink(secret, join(folder, ENCODER));
    expect((await get(`/${encoder}`)).status).toBe(404);
    await rm(join(folder, "onnx"), { recursive: true });
    await mkdir(join(dataDir, "elsewhere"));
    await writeFile(join(dataDir, "elsewhere", "encoder_model_quantized.onnx"), await readFile(secret));
    await symlink(join(dataDir, "elsewhere"), join(folder, "onnx"));
    expect((await get(`/${encoder}`)).status).toBe(404);
    // A list that somebody wrote by hand names no file elsewhere either.
    const list = { models: [{ ...model, files: [{ path: "../../whetstone.sqlite", bytes: 1, sha256: config }] }] };
    await writeFile(join(dataDir, "caption-models", "models.json"), JSON.stringify(list));
    expect((await get(`/${config}`)).status).toBe(500);
  });
});
