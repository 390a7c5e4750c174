import { KitDraft, QuestionDraft } from "@whetstone/shared/authored";
import { LinkSecret } from "@whetstone/shared/links-wire";
import { Refusal } from "@whetstone/shared/room/refusal";
import { describe, expect, test } from "vitest";
import { newSeat, request } from "../support/seats.ts";
import { openingOf, startServer, type TestServer } from "../support/server.ts";

/**
 * Every route of the server beside everybody who can knock at it, written down here a second time. "in" is whoever gets past the door,
 * whatever the answer; all others are told why not. A route that is missing here fails the test.
 */

const KEY = "correct horse battery";
const KEY_HEADER = "x-whetstone-key";

const CALLERS = [
  "nobody",
  "a wrong key",
  "the key",
  "the host",
  "an interviewer",
  "the candidate",
  "an observer",
  "a captioner",
  "a removed seat",
  "a seat taken over",
  "a wrong token",
  "the candidate with the key",
] as const;
type Caller = (typeof CALLERS)[number];
type Door = "in" | Refusal["reason"];

const KEPT_OUT = new Set<unknown>([
  "key_required",
  "no_key",
  "wrong_seat",
  "unknown_link",
  "seat_removed",
  "seat_taken_over",
]);

const everybody = Object.fromEntries(CALLERS.map((caller) => [caller, "in"])) as Readonly<Record<Caller, Door>>;
/** Opening rooms asks for the key, and for no seat. */
const keyHolders: Readonly<Record<Caller, Door>> = {
  nobody: "key_required",
  "a wrong key": "key_required",
  "the key": "in",
  "the host": "key_required",
  "an interviewer": "key_required",
  "the candidate": "key_required",
  "an observer": "key_required",
  "a captioner": "key_required",
  "a removed seat": "key_required",
  "a seat taken over": "key_required",
  "a wrong token": "key_required",
  "the candidate with the key": "in",
};
/** Leading a host back asks for a key that there is. */
const keyAlone: Readonly<Record<Caller, Door>> = { ...keyHolders };
/** Writing the bank is nothing for whoever comes as a seat. */
const writersOfTheBank: Readonly<Record<Caller, Door>> = {
  ...keyHolders,
  "the host": "wrong_seat",
  "an interviewer": "wrong_seat",
  "the candidate": "wrong_seat",
  "an observer": "wrong_seat",
  "a captioner": "wrong_seat",
  "a removed seat": "wrong_seat",
  "a seat taken over": "wrong_seat",
  "a wrong token": "wrong_seat",
  "the candidate with the key": "wrong_seat",
};
/** Who leads or scores; no key takes the place of a seat. */
const raters: Readonly<Record<Caller, Door>> = {
  nobody: "unknown_link",
  "a wrong key": "unknown_link",
  "the key": "unknown_link",
  "the host": "in",
  "an interviewer": "in",
  "the candidate": "wrong_seat",
  "an observer": "wrong_seat",
  "a captioner": "wrong_seat",
  "a removed seat": "seat_removed",
  "a seat taken over": "seat_taken_over",
  "a wrong token": "unknown_link",
  "the candidate with the key": "wrong_seat",
};
const hostAlone: Readonly<Record<Caller, Door>> = { ...raters, "an interviewer": "wrong_seat" };
/** Reading the bank takes the key or a seat that scores; who brings a seat is judged by it alone. */
const readersOfTheBank: Readonly<Record<Caller, Door>> = {
  ...raters,
  nobody: "key_required",
  "a wrong key": "key_required",
  "the key": "in",
};

/** Whoever has a seat in a room; no key takes the place of one. */
const seated: Readonly<Record<Caller, Door>> = {
  ...raters,
  "the candidate": "in",
  "an observer": "in",
  "a captioner": "in",
  "the candidate with the key": "in",
};

/** What belongs to rooms of peers is refused to every seat of a panel's. */
const peersAlone: Readonly<Record<Caller, Door>> = {
  ...raters,
  "the host": "wrong_seat",
  "an interviewer": "wrong_seat",
};

const begin = { id: "a-new-one", draft: QuestionDraft.parse({}) };
const beginKit = { id: "a-new-one", draft: KitDraft.parse({}) };
const files = { pack: { id: "some-pack", title: "Some pack" }, files: [{ name: "list.md", text: "- Why?\n" }] };
const revision = { revision: 1 };
const exportId = { exportId: "no-such-export" };
/** It has the form of a secret. */
const secret = `r_${"0".repeat(24)}.${"A".repeat(43)}`;

/** By method and path, the body and who may. */
const ROUTES: Readonly<Record<string, readonly [body: unknown, doors: Readonly<Record<Caller, Door>>]>> = {
  "GET /api/info": [null, everybody],
  "GET /api/practice/topics": [null, everybody],
  "GET /api/python/packages": [null, everybody],
  "GET /api/caption-models": [null, seated],
  "GET /api/caption-models/{sha256}": [null, seated],
  "POST /api/rooms": [openingOf(), keyHolders],
  "POST /api/rooms/peers": [
    {
      title: "Practice",
      hostName: "Ana",
      partners: ["Bo"],
      wishes: { levels: ["working"], topics: [], minutes: 25, kitId: null },
    },
    keyHolders,
  ],
  "POST /api/links/look": [{ secret: "none" }, everybody],
  "POST /api/links/join": [{ secret: "none", name: "Somebody" }, everybody],
  "POST /api/links/renew": [{ role: "observer", days: 7 }, hostAlone],
  "POST /api/links/invite": [{ names: ["Somebody"], days: 7 }, hostAlone],
  "POST /api/links/lead-back": [{ roomId: "r_never-opened-here" }, keyAlone],
  "POST /api/room/feedback/publish": [{ link: "new", days: null }, hostAlone],
  "POST /api/feedback/look": [{ secret: "none" }, everybody],
  "GET /api/room/export.{format}": [null, raters],
  "GET /api/room/peer-feedback.{format}": [null, peersAlone],
  "POST /api/bank/search": [{ text: "" }, readersOfTheBank],
  "GET /api/bank/questions/{id}": [null, readersOfTheBank],
  "GET /api/bank/coverage": [null, readersOfTheBank],
  "GET /api/kits": [null, readersOfTheBank],
  "GET /api/kits/{id}": [null, readersOfTheBank],
  "POST /api/bank/import/look": [files, writersOfTheBank],
  "POST /api/bank/import": [files, writersOfTheBank],
  "GET /api/bank/export": [null, writersOfTheBank],
  "GET /api/own/questions": [null, writersOfTheBank],
  "POST /api/own/questions": [begin, writersOfTheBank],
  "GET /api/own/questions/{id}": [null, writersOfTheBank],
  "PUT /api/own/questions/{id}": [{ ...revision, draft: begin.draft }, writersOfTheBank],
  "POST /api/own/questions/{id}/publish": [revision, writersOfTheBank],
  "POST /api/own/questions/{id}/archive": [revision, writersOfTheBank],
  "POST /api/own/questions/{id}/restore": [revision, writersOfTheBank],
  "GET /api/own/kits": [null, writersOfTheBank],
  "POST /api/own/kits": [beginKit, writersOfTheBank],
  "GET /api/own/kits/{id}": [null, writersOfTheBank],
  "PUT /api/own/kits/{id}": [{ ...revision, draft: beginKit.draft }, writersOfTheBank],
  "POST /api/own/kits/{id}/publish": [revision, writersOfTheBank],
  "POST /api/own/kits/{id}/archive": [revision, writersOfTheBank],
  "POST /api/own/kits/{id}/restore": [revision, writersOfTheBank],
  // A job is known by a name of 256 random bits, and reads no more than the secrets that it was given.
  "POST /api/exports": [{ secrets: [secret], formats: ["md"] }, everybody],
  "POST /api/exports/progress": [exportId, everybody],
  "POST /api/exports/file": [exportId, everybody],
  "POST /api/exports/drop": [exportId, everybody],
  "POST /api/across/compare": [{ secrets: [secret] }, everybody],
  "POST /api/across/rooms": [{ secrets: [secret] }, everybody],
  "POST /api/across/question": [{ secrets: [secret], questionId: "first-question" }, everybody],
  "GET /api/room/record.zip": [null, hostAlone],
  "GET /api/room/trail": [null, hostAlone],
  // The last, as nobody gets in anywhere behind it.
  "POST /api/room/erase": [{}, hostAlone],
};

const addressOf = (path: string) => {
  const address = path
    .replace("{format}", path.includes("peer-feedback") ? "md" : "csv")
    .replace("{id}", path.includes("kits") ? "test-kit" : "first-question");
  return path.endsWith("bank/export") ? `${address}?pack=test-pack&format=json&audience=panel` : address;
};

interface House {
  readonly server: TestServer;
  readonly headers: Readonly<Record<Caller, Record<string, string>>>;
}

async function houseWith(hostKey: string | null): Promise<House> {
  const server = await startServer({ hostKey, config: { peerQueue: true } });
  const opened = await server.post("/api/rooms", openingOf(), hostKey === null ? {} : { [KEY_HEADER]: hostKey });
  const { token, links } = opened.body as { token: string; links: { role: string; secret: string }[] };
  const seat = (role: string, name: string) =>
    server.takeSeat(links.find((link) => link.role === role)?.secret ?? "", name);
  const bearer = (of: string) => ({ authorization: `Bearer ${of}` });
  const [interviewer, removed, former, observer] = [
    await seat("interviewer", "Ines"),
    await seat("observer", "Rita, removed"),
    await seat("candidate", "Cleo"),
    await seat("observer", "Otto"),
  ];
  const candidate = await seat("candidate", "Cleo");
  const host = await newSeat(server.url, token).connect();
  const rita = host.view.people.find(({ name }) => name.startsWith("Rita"));
  await host.must({ type: "removeSeat", seatId: rita?.seatId ?? "" });
  const renewed = await server.post("/api/links/renew", { role: "captioner", days: 7 }, bearer(token));
  const captioner = await server.takeSeat(LinkSecret.parse(renewed.body).secret, "Cato");
  await host.until((view) => view.people.some(({ name }) => name === "Cato"));
  const cato = host.view.people.find(({ name }) => name === "Cato");
  await host.must({ type: "admit", seatId: cato?.seatId ?? "" });
  const headers = {
    nobody: {},
    "a wrong key": { [KEY_HEADER]: `${KEY}!` },
    "the key": { [KEY_HEADER]: KEY },
    "the host": bearer(token),
    "an interviewer": bearer(interviewer),
    "the candidate": bearer(candidate),
    "an observer": bearer(observer),
    "a captioner": bearer(captioner),
    "a removed seat": bearer(removed),
    "a seat taken over": bearer(former),
    "a wrong token": bearer(secret),
    "the candidate with the key": { ...bearer(candidate), [KEY_HEADER]: KEY },
  };
  return { server, headers };
}

async function doorOf({ server, headers }: House, caller: Caller, route: string, body: unknown): Promise<Door> {
  const [method = "", path = ""] = route.split(" ");
  const answer = await request(`${server.url}${addressOf(path)}`, {
    method,
    headers: { ...headers[caller], ...(body === null ? {} : { "content-type": "application/json" }) },
    ...(body !== null && { body: JSON.stringify(body) }),
  });
  const refused = Refusal.safeParse(answer.body);
  // A link that is none is refused behind the door, to everybody alike.
  const isAboutTheBody = body !== null && typeof body === "object" && "secret" in body;
  return refused.success && KEPT_OUT.has(refused.data.reason) && !isAboutTheBody ? refused.data.reason : "in";
}

/** Of a door that is open to everybody two are asked, as some of what is behind them starts a thread. */
const callersAt = (doors: Readonly<Record<Caller, Door>>): readonly Caller[] =>
  doors === everybody ? ["nobody", "the candidate"] : CALLERS;

/** Who gets in where, by route. */
async function doorsOf(house: House): Promise<Record<string, Partial<Record<Caller, Door>>>> {
  const found: Record<string, Partial<Record<Caller, Door>>> = {};
  for (const [route, [body, wanted]] of Object.entries(ROUTES)) {
    const doors: Partial<Record<Caller, Door>> = {};
    for (const caller of callersAt(wanted)) doors[caller] = await doorOf(house, caller, route, body);
    found[route] = doors;
  }
  return found;
}

const expectedDoors = (doorFor: (doors: Readonly<Record<Caller, Door>>, caller: Caller) => Door) =>
  Object.fromEntries(
    Object.entries(ROUTES).map(([route, [, doors]]) => [
      route,
      Object.fromEntries(callersAt(doors).map((caller) => [caller, doorFor(doors, caller)])),
    ]),
  );

test("every route is in the table", async () => {
  const server = await startServer({ config: { peerQueue: true } });
  const { paths } = (await server.get("/api/openapi.json")).body as { paths: Record<string, object> };
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(routes.sort()).toEqual(Object.keys(ROUTES).sort());
});

describe("where a host key is set", () => {
  test("every route lets in whom it should, and tells the others why not", async () => {
    expect(await doorsOf(await houseWith(KEY))).toEqual(expectedDoors((doors, caller) => doors[caller]));
  });

  test("nothing comes of what is refused, and something of what is not", async () => {
    const { server, headers } = await houseWith(KEY);
    const own = async () => (await server.get("/api/own/questions", headers["the key"])).body;
    for (const caller of CALLERS.filter((name) => writersOfTheBank[name] !== "in")) {
      await server.post("/api/bank/import", files, headers[caller]);
      await server.post("/api/own/questions", begin, headers[caller]);
      const { text } = await server.get(addressOf("/api/bank/export"), headers[caller]);
      expect(text).not.toContain("first-question");
    }
    expect(await own()).toEqual([]);
    await server.post("/api/bank/import", files, headers["the key"]);
    expect(await own()).toHaveLength(1);
    expect((await server.get(addressOf("/api/bank/export"), headers["the key"])).text).toContain("first-question");
  });
});

describe("where no host key is set", () => {
  const BRING_NO_SEAT: ReadonlySet<Caller> = new Set(["nobody", "a wrong key", "the key"]);

  test("whoever brings no seat may do what the key allows elsewhere; a seat may no more than before", async () => {
    const open = expectedDoors((doors, caller) => {
      if (doors === keyAlone) return "no_key";
      return doors === keyHolders || (BRING_NO_SEAT.has(caller) && doors["the key"] === "in") ? "in" : doors[caller];
    });
    expect(await doorsOf(await houseWith(null))).toEqual(open);
  });
});
