import { cp, readdir, readFile } from "node:fs/promises";
import { get } from "node:http";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { CAPTION_WORKER } from "../../server/src/http/caption-models.ts";
import { CLIENT_DIST } from "../support/browser.ts";
import { startServer, temporaryFolder } from "../support/server.ts";

/** The built client travels as the build has compressed it, and is the same to whoever takes it as it is. */

const TYPES: Readonly<Record<string, string>> = {
  js: "application/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  svg: "image/svg+xml",
};
const typeOf = (name: string): string | undefined => TYPES[name.split(".").at(-1) ?? ""];

const DECODED: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  identity: (body) => body,
};

interface Served {
  readonly url: string;
  readonly directory: string;
  /** The texts in it, as they are before they are compressed. */
  readonly names: readonly string[];
}

/** A server over a copy, so that a build beside the tests does not disturb them. */
async function serveBuilt(): Promise<Served> {
  const directory = join(await temporaryFolder(), "client");
  await cp(CLIENT_DIST, directory, { recursive: true });
  const names = (await readdir(directory, { recursive: true })).filter((name) => typeOf(name) !== undefined);
  const { url } = await startServer({ clientDirectory: directory });
  return { url, directory, names };
}

/** An answer with the bytes as they travelled. */
async function fetched(url: string, headers: Readonly<Record<string, string>>, method = "GET") {
  return new Promise<{ status: number | undefined; headers: Record<string, unknown>; bytes: Buffer }>(
    (done, reject) => {
      get(url, { method, headers, agent: false }, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        done({ status: response.statusCode, headers: response.headers, bytes: Buffer.concat(chunks) });
      }).on("error", reject);
    },
  );
}

/** What captions in the browser hears what is said, and reaches nobody. */
const NOBODY = "default-src 'none'";

describe("the built client", () => {
  test("is the same file in every encoding, under the same headers", async () => {
    const { url, directory, names } = await serveBuilt();
    expect(names.length).toBeGreaterThan(50);
    for (const name of names) {
      const file = await readFile(join(directory, name));
      for (const [encoding, decode] of Object.entries(DECODED)) {
        const { status, headers, bytes } = await fetched(`${url}/${name}`, { "accept-encoding": encoding });
        const about = `${name} in ${headers["content-encoding"] ?? "identity"}`;
        expect(status, about).toBe(200);
        // What is tiny would be no smaller.
        const isPlain = headers["content-encoding"] === undefined && (encoding === "identity" || file.length < 200);
        expect(headers["content-encoding"], about).toBe(isPlain ? undefined : encoding);
        expect((isPlain ? bytes : decode(bytes)).equals(file), about).toBe(true);
        expect(headers, about).toMatchObject({
          "content-type": typeOf(name),
          "content-length": String(bytes.length),
          vary: "Accept-Encoding",
          "cache-control": name.startsWith("assets") ? "public, max-age=31536000, immutable" : "no-cache",
          "content-security-policy": expect.stringContaining(
            CAPTION_WORKER.test(`/${name}`) ? NOBODY : "default-src 'self'",
          ),
          "x-content-type-options": "nosniff",
        });
      }
    }
  });

  test("is at most 40 % in Brotli of what it is", async () => {
    const { url, directory, names } = await serveBuilt();
    const sizes = { plain: 0, br: 0, gzip: 0 };
    for (const name of names.filter((one) => /\.(js|css)$/.test(one))) {
      sizes.plain += (await readFile(join(directory, name))).length;
      for (const encoding of ["br", "gzip"] as const) {
        sizes[encoding] += (await fetched(`${url}/${name}`, { "accept-encoding": encoding })).bytes.length;
      }
    }
    expect(sizes.br / sizes.plain).toBeLessThanOrEqual(0.4);
  });

  test("is compressed on every address of its pages, and for HEAD", async () => {
    const { url, directory } = await serveBuilt();
    const pages = { "/": "index.html", "/bank": "index.html", "/join": "join.html", "/room/whatever": "room.html" };
    for (const [path, file] of Object.entries(pages)) {
      const page = await readFile(join(directory, file));
      // As browsers ask.
      const asked = { "accept-encoding": "gzip, deflate, br, zstd" };
      const { date, ...headers } = (await fetched(`${url}${path}`, asked, "HEAD")).headers;
      const got = await fetched(`${url}${path}`, asked);
      expect(got.status).toBe(200);
      expect(got.headers).toMatchObject({ ...headers, "content-encoding": "br", "content-type": typeOf("index.html") });
      expect(got.headers).toMatchObject({ vary: "Accept-Encoding", "cache-control": "no-cache" });
      expect(brotliDecompressSync(got.bytes).equals(page)).toBe(true);
      expect((await fetched(`${url}${path}`, {})).bytes.equals(page)).toBe(true);
    }
  });

  test("is not sent again to whoever has it in the same encoding", async () => {
    const { url } = await serveBuilt();
    const tags = new Set<unknown>();
    for (const encoding of Object.keys(DECODED)) {
      const asked = { "accept-encoding": encoding };
      const { etag } = (await fetched(url, asked)).headers;
      tags.add(etag);
      const again = await fetched(url, { ...asked, "if-none-match": String(etag) });
      expect({ status: again.status, size: again.bytes.length }).toEqual({ status: 304, size: 0 });
      expect(again.headers).toMatchObject({ etag, vary: "Accept-Encoding", "cache-control": "no-cache" });
    }
    expect(tags.size).toBe(3);
  });

  test("has no file of its own for what is compressed", async () => {
    const { url, directory } = await serveBuilt();
    const compressed = (await readdir(directory, { recursive: true })).filter((name) => /\.(br|gz)$/.test(name));
    expect(compressed).toEqual(expect.arrayContaining(["icon.svg.br", "index.html.br", "index.html.gz"]));
    for (const path of [...compressed, "icon.svg.br?again", "icon.svg%2Ebr", "index.html.GZ"]) {
      for (const encoding of Object.keys(DECODED)) {
        const { status, headers } = await fetched(`${url}/${path}`, { "accept-encoding": encoding });
        expect(status, `${path} in ${encoding}`).toBe(404);
        expect(headers, path).not.toHaveProperty("content-encoding");
      }
    }
  });

  test("says that a file is none, and compresses nothing then", async () => {
    const { url } = await serveBuilt();
    const { status, headers } = await fetched(`${url}/assets/none.js`, { "accept-encoding": "br" });
    expect(status).toBe(404);
    expect(headers).not.toHaveProperty("content-encoding");
  });
});
