import type { RefusalReason } from "@whetstone/shared/room/refusal";
import { describe, expect, test } from "vitest";
import { readConfig } from "../../server/src/config.ts";
import { ask, askForSocket, Line, type RawAnswer } from "../support/raw.ts";
import { openingOf, startServer, type TestServer } from "../support/server.ts";

/** What of a request is believed, and who is not served at all. */

const KEY = "the host key of a test";
const PUBLIC = "https://interviews.example";
const portOf = ({ url }: TestServer): string => new URL(url).port;
const isRefused = ({ status, reason }: RawAnswer) => ({ status, reason });
const refusedAs = (reason: RefusalReason) => ({ status: 403, reason });

/** Every way into the server, each with what is answered where it is let in. */
async function ways(server: TestServer, headers: Readonly<Record<string, string>>): Promise<RawAnswer[]> {
  const { url } = server;
  return [
    await ask(`${url}/api/info`, { headers }),
    await ask(`${url}/api/bank/questions/first-question`, { headers }),
    await ask(`${url}/api/rooms`, { method: "POST", body: JSON.stringify(openingOf()), headers }),
    await ask(`${url}/socket.io/?EIO=4&transport=polling`, { headers }),
    await askForSocket(url, { headers }),
    await ask(`${url}/`, { headers }),
    await ask(`${url}/room/anything`, { headers }),
  ];
}
const LET_IN = [200, 200, 201, 200, 101, 200, 200];

const PROXIED: readonly Readonly<Record<string, string>>[] = [
  { "x-forwarded-for": "203.0.113.7" },
  { "x-forwarded-host": "127.0.0.1" },
  { "x-forwarded-proto": "https" },
  { "x-real-ip": "203.0.113.7" },
  { forwarded: "for=203.0.113.7" },
  { via: "1.1 Caddy" },
];

describe("without a host key", () => {
  test("this machine itself is served, by each of its names", async () => {
    const server = await startServer();
    for (const name of ["localhost", "LOCALHOST", "127.0.0.1", "127.8.9.1", "[::1]"]) {
      const answers = await ways(server, { host: `${name}:${portOf(server)}` });
      expect(answers.map(({ status }) => status)).toEqual(LET_IN);
    }
  });

  test("nothing is served that came through a proxy, which may be open to everybody", async () => {
    const server = await startServer();
    for (const headers of PROXIED) {
      const answers = await ways(server, headers);
      expect(answers.map(isRefused)).toEqual(LET_IN.map(() => refusedAs("only_local")));
      expect(answers.every(({ text }) => text.includes("PUBLIC_URL"))).toBe(true);
    }
  });

  test("nothing is served under a name that is another machine's, or that somebody else decides about", async () => {
    const server = await startServer();
    for (const name of ["evil.example", "localhost.evil.example", "10.0.0.5", "interviews", "[fe80::1]", "a b"]) {
      for (const origin of [{}, { origin: `http://${name}:${portOf(server)}` }]) {
        const answers = await ways(server, { host: `${name}:${portOf(server)}`, ...origin });
        expect(answers.map(isRefused)).toEqual(LET_IN.map(() => refusedAs("only_local")));
      }
    }
  });

  test("a proxy that says nothing of itself is known by the version that no browser speaks", async () => {
    const server = await startServer();
    const text = `GET /api/bank/questions/first-question HTTP/1.0\r\nhost: 127.0.0.1:${portOf(server)}\r\n\r\n`;
    const line = await Line.open(server.url, text);
    expect(await line.closed).toContain('"reason":"only_local"');
  });

  test("no route of the API is left out", async () => {
    const server = await startServer();
    const { paths } = JSON.parse((await ask(`${server.url}/api/openapi.json`)).text) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const routes = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((m) => [m, path]));
    expect(routes.length).toBeGreaterThan(25);
    for (const [method = "", path = ""] of routes) {
      const answer = await ask(`${server.url}${path.replace(/\{\w+\}/g, "x")}`, {
        method: method.toUpperCase(),
        headers: { via: "1.1 proxy" },
        ...(method !== "get" && { body: "{}" }),
      });
      expect({ path, ...isRefused(answer) }).toEqual({ path, ...refusedAs("only_local") });
    }
  });

  test("who opens a page reads what is to be set, and no page runs", async () => {
    const server = await startServer();
    const answer = await ask(`${server.url}/`, {
      headers: { host: "interviews.example", accept: "text/html,application/xhtml+xml" },
    });
    expect(answer.status).toBe(403);
    expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(answer.headers["content-security-policy"]).toContain("default-src 'self'");
    expect(answer.text).toContain("set PUBLIC_URL to the address that people open");
    expect(answer.text).not.toContain("<script");
  });
});

describe("the name that a request was sent to", () => {
  test("is an address, or localhost, where no other is known: no name can be made to point here", async () => {
    const server = await startServer({ hostKey: KEY });
    const statusFor = async (name: string, origin = `http://${name}:${portOf(server)}`) =>
      isRefused(await ask(`${server.url}/api/info`, { headers: { host: `${name}:${portOf(server)}`, origin } }));
    for (const name of ["localhost", "127.0.0.1", "192.0.2.10", "[2001:db8::1]"]) {
      expect(await statusFor(name)).toEqual({ status: 200, reason: null });
    }
    for (const name of ["evil.example", "whetstone", "127.0.0.1.evil.example", "localhost.example"]) {
      expect(await statusFor(name)).toEqual(refusedAs("wrong_host"));
    }
  });

  test("is the public one where there is one, with any port that a proxy makes of it, or this machine's own", async () => {
    const server = await startServer({ hostKey: KEY, config: { publicUrl: PUBLIC } });
    const statusesFor = async (host: string) =>
      (await ways(server, { host, "x-whetstone-key": KEY })).map(({ status }) => status);
    for (const host of ["interviews.example", "INTERVIEWS.example:443", "localhost:3000", "127.0.0.1"]) {
      expect(await statusesFor(host)).toEqual(LET_IN);
    }
    for (const host of ["evil.example", "interviews.example.evil", "x.interviews.example", "192.0.2.10"]) {
      expect(await statusesFor(host)).toEqual(LET_IN.map(() => 403));
    }
    const refused = await ask(`${server.url}/api/info`, { headers: { host: "192.0.2.10" } });
    expect(refused.reason).toBe("wrong_host");
    expect(refused.text).toContain(PUBLIC);
  });

  test("is not what a page says that it was", async () => {
    const server = await startServer({ hostKey: KEY, config: { publicUrl: PUBLIC } });
    const headers = { host: "evil.example", "x-forwarded-host": "interviews.example" };
    expect(isRefused(await ask(`${server.url}/api/info`, { headers }))).toEqual(refusedAs("wrong_host"));
  });
});

describe("the page that a request comes from", () => {
  test("is of the same scheme", async () => {
    const server = await startServer();
    const { host } = new URL(server.url);
    for (const origin of [`https://${host}`, `ws://${host}`, `HTTP://${host}`, `http://${host}/`, "null", "file://"]) {
      const answer = await ask(`${server.url}/api/info`, { headers: { origin } });
      expect({ origin, ...isRefused(answer) }).toEqual({ origin, ...refusedAs("wrong_origin") });
      expect((await askForSocket(server.url, { headers: { origin } })).reason).toBe("wrong_origin");
    }
    expect((await ask(`${server.url}/api/info`, { headers: { origin: `http://${host}` } })).status).toBe(200);
  });

  test("has the scheme that a trusted proxy was asked by, and of others that is not believed", async () => {
    const server = await startServer({ hostKey: KEY, config: { trustedProxies: ["127.0.0.9"] } });
    const host = "192.0.2.10";
    const statusFor = async (from: string, scheme: string, said: string) => {
      const headers = { host, origin: `${scheme}://${host}`, "x-forwarded-proto": said };
      return (await ask(`${server.url}/api/info`, { from, headers })).status;
    };
    expect(await statusFor("127.0.0.9", "https", "https")).toBe(200);
    expect(await statusFor("127.0.0.9", "https", "http, https")).toBe(200);
    expect(await statusFor("127.0.0.9", "http", "https")).toBe(403);
    expect(await statusFor("127.0.0.9", "https", "https, http")).toBe(403);
    expect(await statusFor("127.0.0.2", "https", "https")).toBe(403);
    expect(await statusFor("127.0.0.2", "http", "https")).toBe(200);
  });

  test("is looked at in every request of a connection by polling", async () => {
    const server = await startServer();
    const polling = `${server.url}/socket.io/?EIO=4&transport=polling`;
    const { sid } = JSON.parse((await ask(polling)).text.slice(1)) as { sid: string };
    const sent = { method: "POST", body: "40", headers: { "content-type": "text/plain" } };
    const foreign = { ...sent, headers: { ...sent.headers, origin: "https://evil.example" } };
    const refused = await ask(`${polling}&sid=${sid}`, foreign);
    expect({ ...isRefused(refused), kept: refused.headers["cache-control"] }).toEqual({
      ...refusedAs("wrong_origin"),
      kept: "no-store",
    });
    expect((await ask(`${polling}&sid=${sid}`, sent)).status).toBe(200);
  });
});

describe("what a page may connect to", () => {
  const policyOf = async (server: TestServer, host: string, headers = {}) => {
    const answer = await ask(`${server.url}/`, { headers: { host, ...headers } });
    return /connect-src ([^;]*)/.exec(String(answer.headers["content-security-policy"]))?.[1];
  };

  test("is this server alone", async () => {
    const open = await startServer({ hostKey: KEY, config: { publicUrl: PUBLIC } });
    expect(await policyOf(open, "interviews.example")).toBe("'self' wss://interviews.example");
    const local = await startServer({ hostKey: KEY });
    expect(await policyOf(local, "192.0.2.10:3000")).toBe("'self' ws://192.0.2.10:3000");
    expect(await policyOf(local, "192.0.2.10", { "x-forwarded-proto": "https" })).toBe("'self' wss://192.0.2.10");
    expect(await policyOf(local, "[::1]:3000")).toBe("'self' 'self'");
  });
});

describe("the answers of the API", () => {
  test("are kept by nobody, whatever they say", async () => {
    const server = await startServer({ hostKey: KEY, config: { requestsPerMinute: 14 } });
    const room = await server.openRoom({}, { "x-whetstone-key": KEY });
    const seat = { authorization: `Bearer ${room.host.token}` };
    const answers = [
      await ask(`${server.url}/api/info`),
      await ask(`${server.url}/api/openapi.json`),
      await ask(`${server.url}/api/room/export.json`, { headers: seat }),
      await ask(`${server.url}/api/room/export.csv`, { headers: seat }),
      await ask(`${server.url}/api/room/export.gif`, { headers: seat }),
      await ask(`${server.url}/api/kits`),
      await ask(`${server.url}/api/nothing`),
      await ask(`${server.url}/api/%zz`),
      await ask(`${server.url}/api/links/look`, { method: "POST", body: "{" }),
      await ask(`${server.url}/api/links/look`, { method: "POST", body: JSON.stringify({ secret: "x" }) }),
      await ask(`${server.url}/api/links/look`, { method: "POST", body: "x".repeat(600_000) }),
      await ask(`${server.url}/api/exports/drop`, { method: "POST", body: JSON.stringify({ exportId: "x" }) }),
      await ask(`${server.url}/api/across/compare`, { method: "POST", body: JSON.stringify({ secrets: [] }) }),
      await ask(`${server.url}/api/info`, { headers: { origin: "https://evil.example" } }),
      await ask(`${server.url}/api/info`, { headers: { host: "evil.example" } }),
    ];
    for (let i = 0; i < 14; i++) answers.push(await ask(`${server.url}/api/info`));
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].sort()).toEqual([200, 204, 400, 401, 403, 404, 413, 429]);
    const kept = answers.filter(({ headers }) => headers["cache-control"] !== "no-store");
    expect(kept.map(({ status, text }) => [status, text.slice(0, 80)])).toEqual([]);
    expect((await ask(`${server.url}/`)).headers["cache-control"]).toBe("no-cache");
  });
});

const read = (environment: Record<string, string>) => readConfig(environment, "/data");

test("the public address is an origin, however it is written", () => {
  for (const written of [
    PUBLIC,
    `${PUBLIC}/`,
    `${PUBLIC}/#`,
    `${PUBLIC}?`,
    "HTTPS://Interviews.Example:443",
    ` ${PUBLIC} `,
  ]) {
    expect(read({ PUBLIC_URL: written })).toMatchObject({ config: { publicUrl: PUBLIC } });
  }
});

describe("the proxies that are trusted", () => {
  test("are this machine's own, one deep, where nothing is said", () => {
    expect(read({})).toMatchObject({ config: { trustedProxies: ["loopback"], proxyHops: 1 } });
  });

  test("are a list of addresses, ranges and words; an empty one trusts nobody", () => {
    const list = "10.0.0.0/8, ::1,uniquelocal , 192.0.2.1/255.255.255.0";
    expect(read({ TRUSTED_PROXIES: list, PROXY_HOPS: "2" })).toMatchObject({
      config: { trustedProxies: ["10.0.0.0/8", "::1", "uniquelocal", "192.0.2.1/255.255.255.0"], proxyHops: 2 },
    });
    expect(read({ TRUSTED_PROXIES: "" })).toMatchObject({ config: { trustedProxies: [] } });
  });

  test("are not anything else, and that is said by its name", () => {
    for (const wrong of ["10.0.0.0/99", "proxy.example", "true", "1", "10.0.0.256"]) {
      const problems = read({ TRUSTED_PROXIES: `loopback,${wrong}` });
      expect(problems).toEqual({
        problems: [
          `TRUSTED_PROXIES holds "${wrong}", which is no address, no range (10.0.0.0/8) and none of loopback, linklocal, uniquelocal.`,
        ],
      });
    }
    expect(read({ PROXY_HOPS: "0" })).toHaveProperty("problems");
  });
});
