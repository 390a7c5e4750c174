import { describe, expect, test } from "vitest";
import { HostKey } from "../../server/src/http/host-key.ts";
import { Allowances, twiceAtOnce } from "../../server/src/room/allowances.ts";
import { type Asking, ask } from "../support/raw.ts";
import { Clock, openingOf, startServer, type TestServer } from "../support/server.ts";

/** Whose allowance a request over HTTP takes from. */

const KEY = "the host key of a test";
const PROXY = "127.0.0.9";
const PER_MINUTE = 5;

const start = (config = {}): Promise<TestServer> =>
  startServer({ hostKey: KEY, config: { trustedProxies: [PROXY], requestsPerMinute: PER_MINUTE, ...config } });

/** How often a request is answered before it is one too many. */
async function answered(server: TestServer, asking: (index: number) => Asking, path = "/api/info"): Promise<number> {
  for (let index = 0; index < 3 * PER_MINUTE; index++) {
    const { status, reason } = await ask(`${server.url}${path}`, asking(index));
    if (status === 429) {
      expect(reason).toBe("too_many");
      return index;
    }
  }
  return Number.POSITIVE_INFINITY;
}

const throughProxy = (client: string): Asking => ({ from: PROXY, headers: { "x-forwarded-for": client } });

describe("strangers", () => {
  test("behind a trusted proxy each have their own allowance", async () => {
    const server = await start();
    expect(await answered(server, () => throughProxy("203.0.113.1"))).toBe(PER_MINUTE);
    expect(await answered(server, () => throughProxy("203.0.113.2"))).toBe(PER_MINUTE);
    expect(await answered(server, () => ({ from: PROXY }))).toBe(PER_MINUTE);
  });

  test("have it by address, a whole network of IPv6 together", async () => {
    const server = await start();
    expect(await answered(server, (index) => throughProxy(`2001:db8:1:2::${index}`))).toBe(PER_MINUTE);
    expect(await answered(server, () => throughProxy("2001:db8:1:3::1"))).toBe(PER_MINUTE);
  });

  test("gain nothing by an address that they make up", async () => {
    const server = await start();
    const madeUp = (index: number) => ({ "x-forwarded-for": `203.0.113.${index}`, "x-real-ip": `203.0.113.${index}` });
    expect(await answered(server, (index) => ({ from: "127.0.0.2", headers: madeUp(index) }))).toBe(PER_MINUTE);
    // A proxy adds the true one behind it.
    const added = (index: number) => throughProxy(`203.0.113.${index}, 198.51.100.1`);
    expect(await answered(server, added)).toBe(PER_MINUTE);
    // What stands there as no address is no other client for each way to write it.
    expect(await answered(server, (index) => throughProxy(`unknown-${index}`))).toBe(PER_MINUTE);
  });

  test("are told apart behind as many proxies as there are", async () => {
    const two = await start({ trustedProxies: [PROXY, "10.0.0.0/8"], proxyHops: 2 });
    const behindTwo = (client: string) => throughProxy(`6.6.6.6, ${client}, 10.1.1.1`);
    expect(await answered(two, () => behindTwo("203.0.113.1"))).toBe(PER_MINUTE);
    expect(await answered(two, () => behindTwo("203.0.113.2"))).toBe(PER_MINUTE);
    // One who sits among the proxies is no proxy: nobody before the second is believed.
    const among = (index: number) => throughProxy(`203.0.113.${index}, 10.2.2.2, 10.1.1.1`);
    expect(await answered(two, among)).toBe(PER_MINUTE);
  });

  test("gain nothing by tokens and keys that they make up, which are counted as any request", async () => {
    const server = await start();
    const token = (index: number) => `r_${"0".repeat(24)}.${String(index).padStart(43, "A")}`;
    const withToken = (index: number) => ({ headers: { authorization: `Bearer ${token(index)}` }, from: "127.0.0.2" });
    expect(await answered(server, withToken, "/api/room/export.json")).toBe(PER_MINUTE);
    const withKey = (index: number) => ({ headers: { "x-whetstone-key": `key ${index}` }, from: "127.0.0.3" });
    expect(await answered(server, withKey, "/api/kits")).toBe(PER_MINUTE);
    // It is the same allowance, whatever they bring.
    expect((await ask(`${server.url}/api/info`, { from: "127.0.0.3" })).status).toBe(429);
  });
});

describe("a seat", () => {
  test("has an allowance of its own, which takes nothing from others at its address", async () => {
    const server = await start({ requestsPerMinute: 8 });
    const room = await server.openRoom({}, { "x-whetstone-key": KEY });
    const ines = await room.join("interviewer", "Ines Interviewer");
    const candidate = room.secret("candidate");
    const exporting = (token: string) => () => ({ headers: { authorization: `Bearer ${token}` } });
    expect(await answered(server, exporting(room.host.token), "/api/room/export.csv")).toBe(8);
    expect(await answered(server, exporting(ines.token), "/api/room/export.csv")).toBe(8);

    const look = { method: "POST", body: JSON.stringify({ secret: candidate }) };
    expect((await ask(`${server.url}/api/links/look`, look)).status).toBe(200);
    // And strangers take nothing from it.
    expect(await answered(server, () => look, "/api/links/look")).toBe(6);
    const again = await server.openRoom({}, { "x-whetstone-key": KEY });
    expect((await ask(`${server.url}/api/room/export.csv`, exporting(again.host.token)())).status).toBe(200);
  });
});

describe("who guesses the host key", () => {
  const guess = (key: string, from: string): Asking => ({
    method: "POST",
    body: JSON.stringify(openingOf()),
    headers: { "x-whetstone-key": key },
    from,
  });

  test("has ten guesses of 700, and keeps nobody out elsewhere", async () => {
    const server = await start({ requestsPerMinute: 100_000, connectionsPerAddress: 1_000 });
    const rooms = `${server.url}/api/rooms`;
    const guesses = Array.from({ length: 700 }, (_, index) => ask(rooms, guess(`guess ${index}`, "127.0.0.2")));
    const reasons = (await Promise.all(guesses)).map(({ status, reason }) => `${status} ${reason}`);
    expect(reasons.filter((reason) => reason === "401 key_required")).toHaveLength(10);
    expect(reasons.filter((reason) => reason === "429 too_many")).toHaveLength(690);
    // Not even the right one is looked at there, as the answer would tell that it is.
    expect((await ask(rooms, guess(KEY, "127.0.0.2"))).reason).toBe("too_many");
    expect((await ask(rooms, guess(KEY, "127.0.0.3"))).status).toBe(201);
    expect((await ask(`${server.url}/api/info`, { from: "127.0.0.2" })).status).toBe(200);
  });

  test("does not keep its holder out at the same address", async () => {
    const server = await start({ requestsPerMinute: 100_000 });
    const rooms = `${server.url}/api/rooms`;
    expect((await ask(rooms, guess(KEY, "127.0.0.2"))).status).toBe(201);
    for (let i = 0; i < 20; i++) await ask(rooms, guess(`guess ${i}`, "127.0.0.2"));
    expect((await ask(rooms, guess("guess 20", "127.0.0.2"))).reason).toBe("too_many");
    expect((await ask(rooms, guess(KEY, "127.0.0.2"))).status).toBe(201);
  });

  test("is forgiven after a minute, and a clock that was set back changes nothing about it", () => {
    const clock = new Clock();
    const key = new HostKey(KEY, clock.now);
    const shutOut = () => {
      for (let i = 0; i < 10; i++) expect(key.refusalOf(`guess ${i}`, "a")?.reason).toBe("key_required");
      expect(key.refusalOf(KEY, "a")?.reason).toBe("too_many");
    };
    shutOut();
    clock.advance(59_999);
    expect(key.refusalOf(KEY, "a")?.reason).toBe("too_many");
    clock.advance(1);
    shutOut();
    clock.advance(-3_600_000);
    expect(key.refusalOf(KEY, "a")).toBeNull();
  });

  test("is nobody whose browser keeps an old key, or brings none", () => {
    const key = new HostKey(KEY, new Clock().now);
    for (let i = 0; i < 50; i++) expect(key.refusalOf("the key of last year", "a")?.reason).toBe("key_required");
    for (let i = 0; i < 50; i++) expect(key.refusalOf(undefined, "a")?.reason).toBe("key_required");
    expect(key.refusalOf(KEY, "a")).toBeNull();
  });
});

describe("an allowance", () => {
  const PER_SECOND = 4;
  const begin = () => {
    const clock = new Clock();
    const allowances = new Allowances(twiceAtOnce(PER_SECOND), clock.steady);
    /** How often somebody may take one now. */
    const taken = (who: string): number => {
      let count = 0;
      while (allowances.take(who)) count += 1;
      return count;
    };
    return { clock, allowances, taken };
  };

  test("is so much at once, fills as time passes, and holds no more than that, for each by themselves", () => {
    const { clock, taken } = begin();
    expect([taken("ann"), taken("ann"), taken("bob")]).toEqual([2 * PER_SECOND, 0, 2 * PER_SECOND]);
    clock.advance(249);
    expect(taken("ann")).toBe(0);
    clock.advance(1);
    expect(taken("ann")).toBe(1);
    clock.advance(500);
    expect(taken("ann")).toBe(2);
    clock.advance(60_000);
    expect(taken("ann")).toBe(2 * PER_SECOND);
  });

  test("that was overdrawn leaves nothing until it is paid", () => {
    const { clock, allowances, taken } = begin();
    allowances.spend("ann", 3 * PER_SECOND);
    expect([allowances.has("ann"), allowances.has("bob")]).toEqual([false, true]);
    clock.advance(1_000);
    expect([allowances.has("ann"), taken("ann")]).toEqual([false, 0]);
    clock.advance(1_000);
    allowances.spend("ann", 1);
    expect(taken("ann")).toBe(PER_SECOND - 1);
  });

  test("neither fills nor shrinks by a clock that goes back", () => {
    const { clock, allowances, taken } = begin();
    allowances.spend("ann", 2 * PER_SECOND - 1);
    clock.advance(-60_000);
    expect(taken("ann")).toBe(1);
    clock.advance(1_000);
    expect(taken("ann")).toBe(PER_SECOND);
  });

  test("is remembered of who has spent theirs, however many others come and go", () => {
    const { clock, allowances } = begin();
    allowances.spend("ann", 1_000);
    for (let round = 0; round < 4; round++) {
      for (let index = 0; index < 1_500; index++) allowances.spend(`passer-by ${round} ${index}`, 1);
      expect(allowances.has("ann")).toBe(false);
      clock.advance(10_000);
    }
    expect(allowances.has("passer-by 3 0")).toBe(true);
    clock.advance(1_000_000);
    expect(allowances.has("ann")).toBe(true);
  });
});
