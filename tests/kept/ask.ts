import { AuthoredKit, AuthoredQuestion } from "@whetstone/shared/authored";
import { ExportFormat, ExportProgress } from "@whetstone/shared/export-wire";
import { strFromU8, unzipSync } from "fflate";
import readXlsxFile from "read-excel-file/node";
import { z } from "zod";
import { KEY_HEADER } from "../../server/src/http/principal.ts";
import { exportEnded } from "../support/exports.ts";
import { readPdf } from "../support/read-pdf.ts";
import { type Answer, newSeat, type Seat } from "../support/seats.ts";
import type { TestServer } from "../support/server.ts";
import type { Answers, Holder, Kept, KeptRoom } from "./kept.ts";

/**
 * Everything that can be asked of a server without changing anything, by everybody who holds a secret of it. The one place that asks,
 * whether the answers are kept or compared.
 */
export const PARTS = {
  views: askViews,
  exports: heldOpen(askExports),
  pages: heldOpen(askPages),
} as const satisfies Record<string, (server: TestServer, kept: Kept) => Promise<Answers>>;

/** By file. */
type Written = Map<string, string>;

interface InRoom {
  readonly room: KeptRoom;
  readonly holder: Holder;
}

const everybody = (rooms: readonly KeptRoom[]): InRoom[] =>
  rooms.flatMap((room) => room.holders.map((holder) => ({ room, holder })));
const bearer = ({ secret }: Holder) => ({ authorization: `Bearer ${secret}` });

// Views

/** The first whole view that each secret opens, or why it opens none. */
async function askViews(server: TestServer, kept: Kept): Promise<Answers> {
  const written: Written = new Map();
  const connecting = new Table();
  for (const { room, holder } of everybody(kept.rooms)) {
    const seat = newSeat(server.url, holder.secret);
    seat.open();
    await seat.waitFor(() => seat.frames.length > 0 || seat.lost !== null || seat.refusedConnection !== null);
    if (seat.refusedConnection) throw seat.refusedConnection;
    connecting.add(placed(room, holder), seat.lost ? { refused: seat.lost.reason } : { sees: seat.shown.role });
    if (!seat.lost) written.set(`${room.name}/${holder.name}.json`, json(seat.shown));
    seat.disconnect();
  }
  return written.set("connecting.json", connecting.text());
}

/** Asks with somebody in every room, so that none is read from its beginning for each question. */
function heldOpen(ask: (server: TestServer, kept: Kept) => Promise<Answers>) {
  return async (server: TestServer, kept: Kept): Promise<Answers> => {
    const seats = await Promise.all(kept.rooms.map((room) => firstIn(server, room)));
    const answers = await ask(server, kept);
    for (const seat of seats) seat?.disconnect();
    return answers;
  };
}

/** The first in a room whose secret opens it, connected. */
async function firstIn(server: TestServer, { holders }: KeptRoom): Promise<Seat | null> {
  for (const { secret } of holders) {
    const seat = newSeat(server.url, secret);
    seat.open();
    await seat.waitFor(() => seat.frames.length > 0 || seat.lost !== null || seat.refusedConnection !== null);
    if (seat.frames.length > 0) return seat;
    seat.disconnect();
  }
  return null;
}

// Exports

/** Each format of the room for each secret, and some rooms as one ZIP. */
async function askExports(server: TestServer, kept: Kept): Promise<Answers> {
  const written: Written = new Map();
  await Promise.all(
    ExportFormat.options.map(async (format) => {
      const table = new Table();
      for (const room of kept.rooms) {
        for (const holder of room.holders) {
          const file = await fetchFile(server, `/api/room/export.${format}`, { headers: bearer(holder) });
          table.add(placed(room, holder), file.answer);
          if (file.answer.status !== 200) continue;
          written.set(`${room.name}/${holder.name}.${READ_AS[format] ?? format}`, await readable(format, file.bytes));
        }
      }
      written.set(`answers.${format.replace(".json", "")}.json`, table.text());
    }),
  );
  await askForZip(server, kept, written);
  return written;
}

interface FetchedFile {
  readonly bytes: Uint8Array;
  readonly answer: { readonly status: number } & Readonly<Record<string, unknown>>;
}

async function fetchFile(server: TestServer, path: string, init: RequestInit): Promise<FetchedFile> {
  const response = await fetch(`${server.url}${path}`, init);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const { status, headers } = response;
  const answer = response.ok
    ? { status, type: headers.get("content-type"), disposition: headers.get("content-disposition") }
    : lasting({ status, body: JSON.parse(exact(bytes)) });
  return { bytes, answer };
}

/** How formats that are packed are written down. */
const READ_AS: Partial<Record<ExportFormat, string>> = { pdf: "pdf.json", xlsx: "xlsx.json" };

/** A file as it can be read and compared: text as it is, of what is packed what it holds. */
async function readable(format: ExportFormat, bytes: Uint8Array): Promise<string> {
  switch (format) {
    case "pdf": {
      const { about, outline, roles, pages } = await readPdf(bytes);
      return json({ about, outline, roles: [...roles].sort(), pages });
    }
    case "xlsx": {
      const sheets = await readXlsxFile(Buffer.from(bytes), { trim: false });
      return json(sheets.map(({ sheet, data }) => ({ sheet, rows: data.map((row) => JSON.stringify(row)) })));
    }
    default:
      return exact(bytes);
  }
}

/** The text with its byte-order mark, where it has one. */
const exact = (bytes: Uint8Array): string => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

/** By one secret of each room: of somebody who may not read everything there, else of somebody who may read nothing. */
async function askForZip(server: TestServer, { rooms }: Kept, written: Written): Promise<void> {
  const secrets = oneOfEachCourse(rooms).flatMap(({ holders }) => {
    const [taker] = ["ivan", "candidate", "host"].flatMap(
      (name) => holders.find((holder) => holder.name === name) ?? [],
    );
    return taker?.secret ?? [];
  });
  const post = (path: string, body: unknown) => server.post(path, body);
  const started = await post("/api/exports", { secrets, formats: ["csv", "ashby.json"] });
  const { exportId } = ExportProgress.parse(started.body);
  const progress = await exportEnded(async () =>
    ExportProgress.parse((await post("/api/exports/progress", { exportId })).body),
  );
  const { bytes, answer } = await fetchFile(server, "/api/exports/file", jsonBody({ exportId }));
  await post("/api/exports/drop", { exportId });
  const files = Object.entries(unzipSync(bytes));
  const { exportId: _random, ...reached } = progress;
  written.set("zip.json", json({ started: started.status, reached, answer, files: files.map(([name]) => name) }));
  for (const [name, file] of files) if (name.endsWith(".csv")) written.set(`zip/${name}`, exact(file));
}

// Pages

/** What the pages show: links, feedback, rooms beside each other, the bank and what users wrote. */
async function askPages(server: TestServer, kept: Kept): Promise<Answers> {
  const written: Written = new Map();
  written.set("info.json", json(lasting(await server.get("/api/info"))));
  await askBySecret(server, kept, written);
  await askAcross(server, kept, written);
  await askBank(server, kept, written);
  return written;
}

const BY_SECRET = ["links/look", "feedback/look"] as const;

async function askBySecret(server: TestServer, kept: Kept, written: Written): Promise<void> {
  const unknown = kept.rooms.slice(0, 1).map((room) => ({
    room,
    holder: { name: "nobody", secret: `${room.roomId}.${"x".repeat(43)}` },
  }));
  for (const path of BY_SECRET) {
    const table = new Table();
    for (const { room, holder } of [...everybody(kept.rooms), ...unknown]) {
      table.add(placed(room, holder), lasting(await server.post(`/api/${path}`, { secret: holder.secret })));
    }
    written.set(`${path}.json`, table.text());
  }
}

/**
 * Rooms beside each other: for everything that one person holds, for each secret of one room, and for who leads or scores in others.
 * Figures are made in a thread for each answer, so not everybody asks for every question.
 */
async function askAcross(server: TestServer, { rooms }: Kept, written: Written): Promise<void> {
  const alone = oneOfEachCourse(rooms).flatMap((room, index) =>
    room.holders
      .filter(({ name }) => index === 0 || ["host", "ivan"].includes(name))
      .map((holder): Asker => ({ who: placed(room, holder), secrets: [holder.secret] })),
  );
  const ofEveryRoom = (name: string): Asker => ({
    who: ["", `${name} of every room`],
    secrets: secretsOf(rooms, name),
  });
  const host = ofEveryRoom("host");
  const together: Asker[] = [
    { who: ["", "nobody"], secrets: [] },
    host,
    ...["ines", "ivan", "link-host-1"].map(ofEveryRoom),
  ];
  await askLines(server, "compare", {}, [...together, ...alone], written);
  await askLines(server, "question", { questionId: "short-question" }, together, written);
  for (const questionId of ["first-question", "second-question", "fourth-question"]) {
    await askLines(server, "question", { questionId }, [host], written);
  }
}

interface Asker {
  readonly who: readonly [string, string];
  readonly secrets: readonly string[];
}

async function askLines(
  server: TestServer,
  page: "compare" | "question",
  body: Readonly<Record<string, string>>,
  askers: readonly Asker[],
  written: Written,
): Promise<void> {
  const table = new Table();
  for (const { who, secrets } of askers) {
    const { status, text } = await server.post(`/api/across/${page}`, { ...body, secrets });
    const lines = text.trimEnd().split("\n");
    const last: unknown = JSON.parse(lines.at(-1) ?? "");
    table.add(who, lasting({ status, body: { progress: lines.slice(0, -1).join(" "), last } }));
  }
  written.set(`across/${[page, ...Object.values(body)].join("/")}.json`, table.text());
}

/** Rooms that went alike are numbered; the first of them stands for the others. */
function oneOfEachCourse(rooms: readonly KeptRoom[]): KeptRoom[] {
  const course = ({ name }: KeptRoom) => name.replace(/-\d+$/, "");
  return rooms.filter((room, index) => rooms.findIndex((other) => course(other) === course(room)) === index);
}

const secretsOf = (rooms: readonly KeptRoom[], name: string): string[] =>
  rooms.flatMap(({ holders }) => holders.filter((holder) => holder.name === name).map(({ secret }) => secret));

interface Page {
  readonly file: string;
  readonly path: string;
  /** Sent where the page is asked for with one. */
  readonly body?: unknown;
}

const SEARCHES: readonly unknown[] = [
  {},
  { text: "queue" },
  { text: "qeueu" },
  { text: "очередь" },
  { text: "الطابور" },
  { text: "队列" },
  { text: "question", limit: 2, offset: 1 },
  { packs: ["their-pack"] },
  { packs: ["our-questions"], levels: ["advanced"] },
  { sections: ["A1"], asked: { ids: ["first-question"], keep: "not_asked" } },
];

/** The bank and what users wrote: the first page of each kind for secrets of every course, the others for those of one room. */
async function askBank(server: TestServer, kept: Kept, written: Written): Promise<void> {
  const key = { [KEY_HEADER]: kept.hostKey };
  const own = <S extends z.ZodType<{ readonly id: string; readonly pack: string }>>(path: string, schema: S) =>
    server.get(path, key).then(({ body }) => z.array(schema).parse(body));
  const questions = await own("/api/own/questions", AuthoredQuestion);
  const kits = await own("/api/own/kits", AuthoredKit);
  const inFiles = z
    .object({ results: z.array(z.object({ id: z.string() })) })
    .parse((await server.post("/api/bank/search", { limit: 100 }, key)).body);
  const bankIds = [...new Set([...inFiles.results, ...questions].map(({ id }) => id))].sort();
  const kitIds = [...new Set(["test-kit", ...kits.map(({ id }) => id)])].sort();
  const packs = [...new Set(["test-pack", ...questions.map(({ pack }) => pack)])].sort();
  const pages: readonly (readonly Page[])[] = [
    SEARCHES.map((body, index) => ({ file: `bank/search/${index + 1}`, path: "/api/bank/search", body })),
    [...bankIds, "no-such"].map((id) => ({ file: `bank/questions/${id}`, path: `/api/bank/questions/${id}` })),
    [{ file: "bank/coverage", path: "/api/bank/coverage" }],
    [{ file: "kits", path: "/api/kits" }],
    [...kitIds, "no-such"].map((id) => ({ file: `kits/${id}`, path: `/api/kits/${id}` })),
    [{ file: "own/questions", path: "/api/own/questions" }],
    [...questions.map(({ id }) => id), "no-such"].map((id) => ({
      file: `own/questions/${id}`,
      path: `/api/own/questions/${id}`,
    })),
    [{ file: "own/kits", path: "/api/own/kits" }],
    [...kits.map(({ id }) => id), "no-such"].map((id) => ({ file: `own/kits/${id}`, path: `/api/own/kits/${id}` })),
    kept.imports.map((body, index) => ({ file: `bank/import/${index + 1}`, path: "/api/bank/import/look", body })),
  ];
  for (const [first, ...others] of pages) {
    if (first) await askPage(server, kept, first, oneOfEachCourse(kept.rooms), written);
    for (const page of others) await askPage(server, kept, page, kept.rooms.slice(0, 1), written);
  }
  await askBankExports(server, kept, [...packs, "no-such"], written);
}

async function askPage(
  server: TestServer,
  kept: Kept,
  { file, path, body }: Page,
  rooms: readonly KeptRoom[],
  written: Written,
): Promise<void> {
  const table = new Table();
  const askers: { who: readonly [string, string]; headers: Record<string, string> }[] = [
    { who: ["", "whoever has the host key"], headers: { [KEY_HEADER]: kept.hostKey } },
    { who: ["", "whoever has another key"], headers: { [KEY_HEADER]: `${kept.hostKey}x` } },
    { who: ["", "nobody"], headers: {} },
    ...everybody(rooms).map(({ room, holder }) => ({
      who: placed(room, holder),
      headers: bearer(holder),
    })),
  ];
  for (const { who, headers } of askers) {
    const answer = body === undefined ? await server.get(path, headers) : await server.post(path, body, headers);
    table.add(who, lasting(answer));
  }
  written.set(`${file}.json`, table.text());
}

const FORMATS = ["yaml", "yaml-folder", "json", "csv", "markdown"] as const;

async function askBankExports(
  server: TestServer,
  kept: Kept,
  packs: readonly string[],
  written: Written,
): Promise<void> {
  for (const pack of packs) {
    for (const [audience, format] of [
      ...FORMATS.map((format) => ["panel", format] as const),
      ...FORMATS.map((format) => ["candidate", format] as const),
    ]) {
      const path = `/api/bank/export?pack=${pack}&format=${format}&audience=${audience}`;
      const { bytes, answer } = await fetchFile(server, path, { headers: { [KEY_HEADER]: kept.hostKey } });
      const file = `bank/export/${pack}/${audience}/${format}`;
      written.set(`${file}.answer.json`, json(answer));
      if (answer.status !== 200) continue;
      const files = format === "yaml-folder" ? Object.entries(unzipSync(bytes)) : null;
      if (files) for (const [name, content] of files) written.set(`${file}/${name}`, strFromU8(content));
      else written.set(file, exact(bytes));
    }
  }
  const table = new Table();
  const path = "/api/bank/export?pack=test-pack&format=csv&audience=candidate";
  for (const { room, holder } of everybody(oneOfEachCourse(kept.rooms))) {
    table.add(placed(room, holder), (await fetchFile(server, path, { headers: bearer(holder) })).answer);
  }
  written.set("bank/export/seats.json", table.text());
}

// How answers are written down

/** By answer, who got it. */
class Table {
  readonly #askers = new Map<string, Map<string, string[]>>();

  /** `who` is a room, or nothing, and who asks there. */
  add([room, who]: readonly [string, string], answer: unknown): void {
    const text = json(answer);
    const rooms = this.#askers.get(text) ?? new Map<string, string[]>();
    this.#askers.set(text, rooms.set(room, [...(rooms.get(room) ?? []), who]));
  }

  text(): string {
    return json(
      [...this.#askers].map(([answer, rooms]) => ({
        answer: JSON.parse(answer) as unknown,
        to: [...rooms].map(([room, who]) => (room === "" ? who.join(", ") : `${room}: ${who.join(", ")}`)),
      })),
    );
  }
}

const placed = (room: KeptRoom, holder: Holder): readonly [string, string] => [room.name, holder.name];

/**
 * What of an answer must stay for ever. The only place that leaves anything out: of a refusal it is the status and the reason, as its
 * sentence may be worded better. Random names (of a view's version, of an export) are never asked for.
 */
function lasting({ status, body }: Pick<Answer, "status" | "body">): FetchedFile["answer"] {
  if (status < 400) return { status, body };
  const { reason } = z.object({ reason: z.string() }).parse(body);
  return { status, reason };
}

const jsonBody = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** What versions have added to what is given, by the version that has it first; where a name is of other things too, the key that it stands beside. */
const ADDED: readonly (readonly [since: number, names: readonly string[], beside?: string])[] = [
  [2, ["round", "roundId"]],
  // The host is told of links by name, and of their own.
  [3, ["invited", "ownLinkId"]],
  // The candidate is told what they were asked before.
  [6, ["earlier"], "askTimer"],
  // Compare says whose scorecard is not whole.
  [6, ["incomplete"], "seatId"],
];

/** An answer of today as a version gave it that did not know yet what has been added since. */
export function asGivenBy(version: number, text: string): string {
  const added = ADDED.flatMap(([since, names, beside]) =>
    since > version ? names.map((name) => [name, beside] as const) : [],
  );
  const isIn = (name: string): boolean => text.includes(`"${name}":`);
  if (!added.some(([name, beside]) => isIn(name) && (beside === undefined || isIn(beside)))) return text;
  const parsed = JSON.parse(text, function (this: object, key, value) {
    return added.some(([name, beside]) => name === key && (beside === undefined || beside in this)) ? undefined : value;
  });
  return json(parsed);
}

/** What versions have given wrongly in their exports, and what is right: to be found in one file at the least, where it stands at all. */
const CORRECTED: readonly (readonly [until: number, wrong: RegExp, right: string])[] = [
  // A typed question's title is plain; its prompt is as it was written.
  [5, /(?<!"prompt": "|> )# Typed · שאלה/g, "Typed · שאלה"],
  [5, /#Typed·שאלה/g, "Typed·שאלה"],
  // What was added to the plan counts as planned, and as not asked.
  [5, /("notAsked": \[\n( +)"Short queue")(?=\n)/g, '$1,\n$2"⟦third-question rubric: title⟧"'],
  [5, /(?<=- Planned and not asked: Short queue)(?=\n)/g, "; ⟦third-question rubric: title⟧"],
  [5, /(?<=3questionsasked,)3(?=of4planned)/g, "2"],
  [5, /(?<=Plannedandnotasked•Shortqueue)/g, "•⟦third-questionrubric:title⟧"],
  // With that line more, the one after it comes on the next page.
  [
    5,
    /(Askedoutoforder•⟦first-questionrubric:title⟧)([^"]*ExportedbyInes[^"]*",\n +"[^"]*?✅)(?=1\.⟦second-questionrubric)/g,
    "$2$1",
  ],
  // Maths is typeset in a PDF, whose texts are kept without spaces.
  [9, /(?<=Why)\$x\^2\$/g, "x2"],
];

/** What a version gave, with what has been corrected since. */
export const asCorrected = (version: number, part: string, text: string): string =>
  part === "exports"
    ? CORRECTED.reduce((given, [until, wrong, right]) => (version <= until ? given.replace(wrong, right) : given), text)
    : text;

/** JSON to be read and compared line by line: the same order of keys, whoever made the object. */
export const json = (value: unknown): string => `${JSON.stringify(value, ordered, 1)}\n`;

function ordered(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
