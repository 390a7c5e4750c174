import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { circlesIn, filesImportedBy, nameOf, nodesOf, ROOT, type SourceFile, sourcesOf } from "../support/sources.ts";

/** The walls inside the workspaces: what stands on which side of them, and who may look over. */

const fileOf = (source: string, name = "client/src/file.tsx"): SourceFile => ({ path: join(ROOT, name), source });

/** The area of a file of the client: its folder, or its own name where it stands above them all. */
function areaOf(name: string): string {
  const inside = name.slice("client/src/".length);
  const folder = dirname(inside);
  if (folder !== ".") return folder;
  return /^(main|router)\./.test(inside) ? "entry" : inside.replace(/\.\w+$/, "");
}

/** What every area may use. They know of none of those that use them. */
const COMMON = ["browser", "ui", "words", "api", "refusals", "base64"];

/** What else an area may use, and why. A line that nobody needs goes. */
const OVER_THE_WALL: readonly (readonly [from: string, to: string, why: string])[] = [
  ["entry", "home", "The addresses lead to the pages."],
  ["entry", "join", "The addresses lead to the pages."],
  ["entry", "bank", "The addresses lead to the pages, and the bank's hold its filters."],
  ["entry", "compare", "The addresses lead to the pages, and one holds who is compared."],
  ["entry", "authoring/question", "The addresses lead to the pages."],
  ["entry", "authoring/kit", "The addresses lead to the pages."],
  ["entry", "authoring/import", "The addresses lead to the pages."],
  ["entry", "letter", "The addresses lead to the pages."],
  ["entry", "room", "The addresses lead to the pages."],
  ["entry", "practice/start", "The addresses lead to the pages."],
  ["entry", "practice/find", "The addresses lead to the pages."],
  ["entry", "practice/history", "The addresses lead to the pages."],

  ["run", "run/worker", "A program's worker is started with the code of its interpreter."],
  ["api", "browser", "A request carries the host key that this browser holds, and an answer can be saved as a file."],
  ["api", "refusals", "What may succeed a moment later is asked for again under the same name."],
  ["ui", "browser", "Parts show what the browser kept, and are fetched by it."],
  ["ui", "words", "The mark of a person is made of their initials."],
  ["ui/form", "ui", "A form is made of parts."],

  ["home", "site", "The frame of pages outside of rooms."],
  ["practice/start", "site", "The frame of pages outside of rooms."],
  ["practice/find", "site", "The frame of pages outside of rooms."],
  [
    "practice/find",
    "practice/start",
    "What two find each other for is wished for and opened as by two who know each other.",
  ],
  ["bank", "site", "The frame of pages outside of rooms."],
  ["compare", "site", "The frame of pages outside of rooms."],
  ["practice/history", "site", "The frame of pages outside of rooms."],
  ["compare", "bank", "The page of a question's use shows the question."],

  ["authoring", "authoring/draft", "The server's side of what saves itself."],
  ["authoring", "ui/form", "The bank's words are suggested in fields."],
  ["authoring/draft", "ui/form", "What is missing is shown at its field."],
  ["authoring/question", "authoring", "What the server and the bank are asked for."],
  ["authoring/question", "authoring/draft", "A question is written as a draft that saves itself."],
  ["authoring/question", "ui/form", "It is written in a form."],
  ["authoring/question", "site", "The frame of pages outside of rooms."],
  ["authoring/kit", "authoring", "What the server and the bank are asked for."],
  ["authoring/kit", "authoring/draft", "A kit is written as a draft that saves itself."],
  ["authoring/kit", "ui/form", "It is written in a form."],
  ["authoring/kit", "site", "The frame of pages outside of rooms."],
  ["authoring/import", "authoring", "What the server and the bank are asked for."],
  ["authoring/import", "authoring/draft", "Fields are called as they are in the form."],
  ["authoring/import", "site", "The frame of pages outside of rooms."],

  ["room", "room/store", "The room's page holds its store."],
  ["room", "room/candidate", "The screen of a role and a phase."],
  ["room", "room/lobby", "The screen of a role and a phase."],
  ["room", "room/live", "The screen of a role and a phase."],
  ["room", "room/taking-back", "An end is undone, and a note that was removed, after it too."],
  ["room", "room/scorecard", "The screen of a role and a phase."],
  ["room", "room/debrief", "The screen of a role and a phase."],
  ["room", "room/feedback", "The screen of a role and a phase."],
  ["room", "room/keeping", "What is kept of a room stands on its last screen, and what is left when that is erased."],
  ["room", "room/people", "The way back to a seat stands on the last screen too."],
  ["room", "room/announced", "What happens is said on every screen."],
  ["room/candidate", "room/announced", "What is said of the room's phases and of the time."],
  ["room/live", "room/announced", "That the time is nearly over is said."],
  ["room/peers", "room/announced", "What happens is said among peers too."],
  ["room/announced", "room/store", "What is said is found in the latest view."],
  ["room", "room/call", "The call goes on from one screen to the next."],
  ["room/live", "room/call", "The way into the call stands on every screen."],
  ["room/frame", "room/call", "The way into the call stands on every screen."],
  ["room/candidate", "room/call", "The way into the call stands on every screen."],
  ["room/captions/recognisers/model", "room/captions", "What captions by a model is used as whatever captions is."],
  ["room", "room/captions", "What is said is shown on every screen."],
  ["room", "room/captioner", "The screen of a role and a phase."],
  ["room/call", "room/captions", "What is said in the call is shown as text, and captioned by who says it."],
  ["room/captions", "room/store", "Captions travel over the room's connection."],
  ["room/call", "room/captions/own", "Whoever is heard in the call can have it captioned."],
  ["room/captions/own", "room/captions", "What one's own device heard goes where all captions go."],
  ["room/captions/own", "room/store", "Captions travel over the room's connection."],
  ["room/captions/own", "room/captions/recognisers/model", "What the browser cannot caption itself, a model can."],
  ["room/captions/own", "room/captions/recognisers", "What is said is turned into text on the device."],
  ["room/captions/recognisers", "room/captions", "What turns speech into text is used by one form."],
  ["room/captioner", "room/captions", "Whoever captions reads what is said too."],
  ["room/captioner", "room/store", "A screen is a function of the view."],
  ["room/captioner", "room/announced", "What happens is said to whoever captions too."],
  ["room/captioner", "room/candidate", "Hints stand as they do on the candidate's page."],
  ["room/captioner", "room/frame", "The frame of a room's pages on which nobody is asked just now."],
  ["room/call", "room/store", "It is introduced to the others over the room's connection."],
  ["room/call", "room/announced", "Who joins and leaves the call is said."],
  ["room/people", "room/call/meeting", "A host says where else all of them meet."],
  ["room/peers", "room/call/meeting", "Peers say where else they meet."],
  ["room/call/meeting", "room/store", "Where people meet is in the view, and set by a command."],
  ["room", "room/messages", "What people write to each other stands on the last screen too."],
  ["room/live", "room/messages", "What people write to each other is read on every screen."],
  ["room/frame", "room/messages", "What people write to each other is read on every screen."],
  ["room/candidate", "room/messages", "What people write to each other is read on every screen."],
  ["room/peers/line", "room/messages", "Peers read and write as panels do."],
  ["room/messages", "room/store", "What is written is sent to the room."],
  ["room/messages", "room/announced", "What others write is read out."],
  ["room", "room/saved", "Whether all is saved is said on every screen."],
  ["room", "room/peers", "The screens of people who practise with each other."],
  ["room/peers", "room/store", "A screen is a function of the view."],
  ["room/peers", "room/live", "Whoever asks has the panel's screen."],
  ["room/peers", "room/candidate", "Whoever is asked has the candidate's screen."],
  ["room/frame", "room/people", "The way back to a seat stands on every screen."],
  ["room/frame", "room/saved", "Whether all is saved is said on every screen."],
  ["room/peers", "room/frame", "The frame of a room's pages on which nobody is asked just now."],
  ["room/peers", "room/peers/alone", "The end of practice alone."],
  ["room/peers", "room/peers/giving", "What each says of the others, in the breath and at the end."],
  ["room/peers", "room/peers/line", "What peers write to each other."],
  ["room/peers", "room/peers/script", "What whoever asks can say now."],
  ["room/peers", "room/keeping", "A room of peers can be erased by each of them."],
  ["room/peers", "bank", "What one is going to ask is read as the bank has it."],
  ["room/peers", "practice/find", "Whom one found here can be reported there, and somebody else found for the rest."],
  ["room/peers", "practice/start", "What is wished can be changed until the first round."],
  ["room/peers/alone", "room/store", "A screen is a function of the view."],
  ["room/peers/alone", "room/frame", "The frame of a room's pages on which nobody is asked just now."],
  ["room/peers/alone", "room/scorecard", "One rates oneself by the anchors."],
  ["room", "room/workspace", "What an earlier page wrote in documents is sent on every screen."],
  ["room/workspace", "room/store", "Documents travel over the room's connection."],
  ["room/workspace", "room/workspace/editor", "A document lies open in an editor."],
  ["room/workspace", "room/workspace/board", "A board lies open on a canvas."],
  ["room/candidate", "room/workspace", "The answer sheet is a document."],
  ["room/live", "room/workspace", "The answer sheet is a document."],
  ["room/candidate", "room/quiet", "Quiet time is begun, seen and ended on the candidate's screen."],
  ["room/live", "room/quiet", "Quiet time is begun, seen and ended on the panel's screen."],
  ["room/quiet", "room/store", "Quiet time is in the view."],
  ["room/drawn", "room/workspace", "A board is read as every document is."],
  ["room/drawn", "room/playback", "How a board came to be can be played, and is what is left of rounds that are over."],
  ["room/scorecard", "room/drawn", "What was drawn stands with the answer that is rated."],
  ["room/feedback", "room/drawn", "The host sees the letter as the candidate will, with what was drawn."],
  ["room/debrief", "room/drawn", "What was drawn stands with the answer."],
  ["room/live", "room/drawn", "What was drawn stands with a question that is closed."],
  ["room/candidate", "room/drawn", "What one drew stands with one's own answers."],
  ["room/peers/giving", "room/drawn", "What one drew stands with one's own answers."],
  ["room/peers/alone", "room/drawn", "What one drew stands with one's own answers."],
  ["room/playback", "room/store", "What is played is asked for over the room's connection."],
  ["room/live", "room/playback", "After quiet time the sheet plays how it came to be, also for those who listen."],
  ["room/scorecard", "room/playback", "An answer can be seen as it was written."],
  ["room/debrief", "room/playback", "A note leads to the answer as it was then."],
  ["room/candidate", "room/playback", "One's own answers can be seen as they were written."],
  ["room/peers/giving", "room/playback", "One's own answers can be seen as they were written."],
  ["room/peers/alone", "room/playback", "One's own answers can be seen as they were written."],
  ["room/candidate", "room/store", "A screen is a function of the view."],
  ["room/lobby", "room/store", "A screen is a function of the view."],
  ["room/lobby", "room/asking", "Who is to ask what is agreed before it begins."],
  ["room/live", "room/asking", "Whoever may ask does, and sees what is whose."],
  ["room/drawer", "room/asking", "What is found is asked by whoever may."],
  ["room/asking", "room/store", "Who may ask is in the view."],
  ["room/lobby", "room/question", "A planned question is read before it is asked."],
  ["room/drawer", "room/question", "A question that was found is read before it is asked."],
  ["room/question", "bank", "A question is read as the bank has it."],
  ["room/question", "room/store", "The bank is read by the seat's token."],
  ["room/runs", "run", "What stands in a sheet is run by what runs programs."],
  ["room/runs", "room/store", "What was run, and by whom, is in the view."],
  ["room/workspace", "room/runs", "A sheet runs what stands in it."],
  ["room/live", "room/runs", "What was run stands with the answer."],
  ["room/candidate", "room/runs", "What was run stands with the answer."],
  ["room/scorecard", "room/runs", "What was run stands with the answer that is rated."],
  ["room/debrief", "room/runs", "What was run stands with the answer."],
  ["room/lobby", "room/drawer", "Questions of the bank are planned there."],
  ["room/lobby", "room/keeping", "A room can be erased before it is held."],
  ["room/keeping", "room/store", "What is kept is in the view."],
  ["room/lobby", "room/people", "Who is there is admitted, and who is not is sent a link."],
  ["room/lobby", "room/frame", "The frame of a room's pages on which nobody is asked just now."],
  ["room/live", "room/store", "A screen is a function of the view."],
  ["room/live", "room/drawer", "Questions of the bank are asked there."],
  ["room/live", "room/people", "Who is there, and their links."],
  ["room/live", "room/saved", "Whether all is saved is said on every screen."],
  ["room/candidate", "room/saved", "Whether all is saved is said on every screen, and what does not fit is kept."],
  ["room/scorecard", "room/saved", "What does not fit of a text is kept."],
  ["room/feedback", "room/saved", "What does not fit of a text is kept."],
  ["room/peers/giving", "room/saved", "Whether all is saved is said on every screen, and what does not fit is kept."],
  ["room/live", "room/scorecard", "One rates and notes while the interview runs."],
  ["room/live", "room/taking-back", "A slip of the hand is undone where it was made."],
  ["room/taking-back", "room/store", "It sends what undoes the last thing, and knows how long that can be."],
  ["room/taking-back", "room/drawer", "A typed question that is taken back is kept where it was typed."],
  ["room/live", "room/question", "A planned question is read before it is asked."],
  ["room/drawer", "room/store", "What is chosen is sent to the room."],
  ["room/drawer", "bank", "It searches the bank as the bank's page does."],
  ["room/people", "room/store", "Who is there is in the view."],
  ["room/saved", "room/store", "What is unsaved is in the store."],
  ["room/scorecard", "room/store", "A screen is a function of the view."],
  ["room/peers/giving", "room/store", "What is given and received is in the view."],
  ["room/peers/giving", "room/scorecard", "Answers are rated among peers as they are in a panel."],
  ["room/debrief", "room/store", "A screen is a function of the view."],
  ["room/debrief", "room/scorecard", "What changed between versions of a scorecard is told as it is there."],
  ["room/peers/script", "room/store", "It goes by the server's clock."],
  ["room/peers/line", "room/store", "What is written is sent to the room."],
  ["room/feedback", "room/store", "A screen is a function of the view."],
  ["room/feedback", "ui/form", "Points are written in a list that grows."],
  ["room/feedback", "letter", "The host sees the page as the candidate will."],
];

const isUsedByAll = (from: string, to: string): boolean => COMMON.includes(to) && !COMMON.includes(from);
const edge = (from: string, to: string): string => `${from} → ${to}`;
const ALLOWED = new Set(OVER_THE_WALL.map(([from, to]) => edge(from, to)));

interface Crossing {
  readonly edge: string;
  readonly file: string;
  readonly imported: string;
  readonly isAllowed: boolean;
}

function crossings(file: SourceFile): Crossing[] {
  const name = nameOf(file.path);
  return filesImportedBy(file).flatMap((imported) => {
    if (!imported.startsWith("client/")) return [];
    const [from, to] = [areaOf(name), areaOf(imported)];
    if (from === to) return [];
    return [
      { edge: edge(from, to), file: name, imported, isAllowed: isUsedByAll(from, to) || ALLOWED.has(edge(from, to)) },
    ];
  });
}

describe("the areas of the client", () => {
  const client = sourcesOf("client");
  const all = client.flatMap(crossings);

  test("look over no wall but where the table says so, and why", () => {
    const found = all.filter(({ isAllowed }) => !isAllowed).map(({ file, imported }) => `${file} imports ${imported}`);
    expect(found).toEqual([]);
  });

  test("need every line of the table", () => {
    const used = new Set(all.map((crossing) => crossing.edge));
    expect([...ALLOWED].filter((line) => !used.has(line))).toEqual([]);
    expect(OVER_THE_WALL).toHaveLength(ALLOWED.size);
  });

  test("stand in no circle", () => {
    const graph = new Map<string, string[]>();
    for (const file of client) {
      const from = areaOf(nameOf(file.path));
      const to = crossings(file).map(({ imported }) => areaOf(imported));
      graph.set(from, [...(graph.get(from) ?? []), ...to]);
    }
    expect(graph.size).toBeGreaterThan(20);
    expect(circlesIn(graph)).toEqual([]);
  });

  test("the bank and the parts know nothing of rooms, of whatever the table says", () => {
    const reaching = new Map(client.map((file) => [nameOf(file.path), filesImportedBy(file)]));
    for (const apart of ["bank", "ui", "browser", "authoring"]) {
      const files = [...reaching].filter(([name]) => name.startsWith(`client/src/${apart}/`));
      expect(files.length).toBeGreaterThan(3);
      expect(files.filter(([, imported]) => imported.some((name) => name.startsWith("client/src/room")))).toEqual([]);
    }
  });

  test("take no other's style sheet, in a module or in a sheet", () => {
    const sheets = all.filter(({ imported }) => imported.endsWith(".css"));
    // The page's own foundations, which are no part's.
    expect(sheets.map(({ file, imported }) => `${file} imports ${imported}`)).toEqual([
      "client/src/main.tsx imports client/src/ui/base.css",
    ]);
    const names = readdirSync(join(ROOT, "client/src"), { recursive: true, encoding: "utf8" });
    const styles = names.filter((name) => name.endsWith(".css"));
    expect(styles.length).toBeGreaterThan(50);
    const reaching = styles.filter((name) =>
      /@import[^;]*\.\.\/|composes:[^;]*from/.test(readFileSync(join(ROOT, "client/src", name), "utf8")),
    );
    expect(reaching).toEqual([]);
  });
});

describe("files", () => {
  test.each(["client", "server", "shared"] as const)(
    "of %s stand in no circle, by their types neither",
    (workspace) => {
      const graph = new Map(sourcesOf(workspace).map((file) => [nameOf(file.path), filesImportedBy(file)]));
      expect(circlesIn(graph)).toEqual([]);
    },
  );
});

/** The browser's storages, however a module names them: alone, after `window.`, or in brackets. */
const STORAGES = new Set(["localStorage", "sessionStorage", "indexedDB", "cookieStore"]);
const touchesStorage = (file: SourceFile): boolean =>
  nodesOf(file).some((node) => STORAGES.has(String(node.name ?? node.value ?? "")));

describe("the browser's storage", () => {
  test("is touched by one file", () => {
    const touching = sourcesOf("client").filter(touchesStorage);
    expect(touching.map(({ path }) => nameOf(path))).toEqual(["client/src/browser/storage.ts"]);
  });
});

describe("the check itself", () => {
  test("finds the storage by whatever way it is touched", () => {
    const ways = [
      'localStorage.setItem("key", "value");',
      "window.sessionStorage.clear();",
      'globalThis["localStorage"].length;',
      "const { localStorage: kept } = window;",
      "const keep = () => sessionStorage;",
    ];
    expect(ways.filter((source) => !touchesStorage(fileOf(source)))).toEqual([]);
    expect(touchesStorage(fileOf("// localStorage\nbrowserStorage.getItem('a localStorage');"))).toBe(false);
  });

  test("knows the area of a file, and who may look into which other", () => {
    const allowed = (name: string, specifier: string): boolean =>
      crossings(fileOf(`import type { A } from "${specifier}";`, name)).every(({ isAllowed }) => isAllowed);
    expect(allowed("client/src/bank/BankPage.tsx", "../ui/Button.tsx")).toBe(true);
    expect(allowed("client/src/bank/BankPage.tsx", "../room/store/store.ts")).toBe(false);
    expect(allowed("client/src/room/live/LiveRoom.tsx", "../debrief/Debrief.tsx")).toBe(false);
    expect(allowed("client/src/ui/Button.tsx", "../api.ts")).toBe(false);
    expect(allowed("client/src/words.ts", "./ui/signs.ts")).toBe(false);
    expect(allowed("client/src/main.tsx", "./router.tsx")).toBe(true);
  });

  test("finds a circle of any length, and each once", () => {
    const graph = { a: ["b"], b: ["c", "d"], c: ["a"], d: ["e"], e: ["d", "f"], f: [], g: ["g"] };
    expect(circlesIn(new Map(Object.entries(graph)))).toEqual([
      ["a", "b", "c"],
      ["d", "e"],
    ]);
    expect(filesImportedBy(fileOf('import type { A } from "@whetstone/shared/room/view";', "shared/src/x.ts"))).toEqual(
      ["shared/src/room/view.ts"],
    );
  });
});

/** What the kinds of files of a room's subjects may know of each other, so that rules never depend on what is shown. */
const ROOM = "shared/src/room/";
const KINDS: readonly (readonly [kind: RegExp, knowsNothingOf: RegExp, why: string])[] = [
  [
    /\/(commands|events)\.ts$/,
    /\/(state|rules|unsaved|capabilities|blindness|timer)\.ts$|\/view\//,
    "Words come first.",
  ],
  [/\/state\.ts$/, /\/(rules|unsaved|compose|blindness)\.ts$|\/view\//, "A room evolves whatever is decided or shown."],
  [/\/view\//, /\/(rules|unsaved|decide)\.ts$/, "What is shown decides nothing."],
  [
    /\/(asks|course|decision|scorecard|seats)\/rules\.ts$/,
    /\/view\//,
    "What is decided hangs on nothing that is shown.",
  ],
];

test.each(KINDS)("of a room's subjects, %s knows nothing of %s: %s", (kind, knowsNothingOf) => {
  const files = sourcesOf("shared").filter(({ path }) => nameOf(path).startsWith(ROOM) && kind.test(nameOf(path)));
  expect(files.length).toBeGreaterThan(0);
  const found = files.flatMap((file) =>
    filesImportedBy(file)
      .filter((imported) => imported.startsWith(ROOM) && knowsNothingOf.test(imported))
      .map((imported) => `${nameOf(file.path)} → ${imported}`),
  );
  expect(found).toEqual([]);
});
