import { MOST_SECRETS } from "@whetstone/shared/comparison/interviews";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { saveFile, saveResponse } from "../../client/src/browser/files.ts";
import { heldRooms } from "../../client/src/browser/held.ts";
import { newId } from "../../client/src/browser/ids.ts";
import { type KnownSeat, keepHostedRoom, keepSeat } from "../../client/src/browser/remembered.ts";
import { pauseInTyping } from "../../client/src/browser/typing.ts";
import { MemoryStorage } from "./fakes.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("a file that is saved", () => {
  let clicked: { readonly element: string; readonly href: string; readonly download: string }[];
  let blobs: Map<string, Blob>;
  beforeEach(() => {
    vi.useFakeTimers();
    clicked = [];
    blobs = new Map();
    vi.stubGlobal("document", {
      createElement: (element: string) => {
        const link = { href: "", download: "" };
        return Object.assign(link, {
          click: () => clicked.push({ element, href: link.href, download: link.download }),
        });
      },
    });
    vi.spyOn(URL, "createObjectURL").mockImplementation((contents) => {
      const url = `blob:${blobs.size}`;
      blobs.set(url, contents as Blob);
      return url;
    });
    vi.spyOn(URL, "revokeObjectURL").mockImplementation((url) => void blobs.delete(url));
  });
  const names = () => clicked.map(({ download }) => download);

  it("is the browser's own download, under its name, and is kept until every browser has read it", () => {
    const contents = new Blob(["the file"]);
    saveFile(contents, "scorecards.csv");
    expect(clicked).toEqual([{ element: "a", href: "blob:0", download: "scorecards.csv" }]);
    expect(blobs.get("blob:0")).toBe(contents);
    vi.advanceTimersByTime(10_000);
    expect(blobs.size).toBe(1);
    vi.advanceTimersByTime(60_000);
    expect(blobs.size).toBe(0);
  });

  it.each([
    ["the one in the letters of every script", `attachment; filename="J_rgen.pdf"; filename*=UTF-8''J%C3%BCrgen.pdf`],
    ["that one, wherever it stands", `attachment; filename*=UTF-8''J%C3%BCrgen.pdf; filename="J_rgen.pdf"`],
    ["the plain one, where there is no other", `attachment; filename="Jürgen.pdf"`],
  ])("has the name that the server gives: %s", async (_which, disposition) => {
    await saveResponse(new Response("the file", { headers: { "content-disposition": disposition } }), "export.pdf");
    expect(names()).toEqual(["Jürgen.pdf"]);
  });

  it.each([undefined, "attachment"])("has a name of the page's own where the server gives none (%s)", async (said) => {
    const headers = new Headers(said === undefined ? [] : [["content-disposition", said]]);
    await saveResponse(new Response("the file", { headers }), "export.pdf");
    expect(names()).toEqual(["export.pdf"]);
    expect(await [...blobs.values()][0]?.text()).toBe("the file");
  });
});

describe("a fresh identifier", () => {
  it("is the prefix and 96 bits in figures of even length", () => {
    vi.stubGlobal("crypto", {
      getRandomValues: (bytes: Uint8Array) => bytes.map((_, index) => [0, 1, 15, 16, 255][index % 5] ?? 0),
    });
    expect(newId("c")).toBe("c_00010f10ff00010f10ff0001");
  });

  it("is never the same twice", () => {
    expect(new Set(Array.from({ length: 1_000 }, () => newId("n"))).size).toBe(1_000);
  });
});

describe("a pause in typing", () => {
  /** What became of a wait, for as long as it lasts `waiting`. */
  function waiting() {
    vi.useFakeTimers();
    const stop = new AbortController();
    const wait = { state: "waiting" as unknown };
    pauseInTyping(stop.signal).then(
      () => {
        wait.state = "over";
      },
      (reason: unknown) => {
        wait.state = reason;
      },
    );
    return { stop, wait };
  }

  it("is one when nothing was typed for a moment", async () => {
    const { wait } = waiting();
    await vi.advanceTimersByTimeAsync(100);
    expect(wait.state).toBe("waiting");
    await vi.advanceTimersByTimeAsync(50);
    expect(wait.state).toBe("over");
  });

  it("is none when typing goes on: the wait ends with that reason, and leaves nothing running", async () => {
    const { stop, wait } = waiting();
    stop.abort("typed on");
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(0);
    expect(wait.state).toBe("typed on");
  });
});

describe("the rooms that this browser can read", () => {
  beforeEach(() => {
    vi.stubGlobal("localStorage", new MemoryStorage());
  });
  const host = (name: string): void =>
    keepHostedRoom({
      roomId: `r_${name}`,
      title: name,
      candidateName: null,
      forRole: null,
      minutes: 45,
      blindPolicy: "after_own",
      openedAt: 1,
      hostSecret: `secret of ${name}`,
      links: {},
    });
  const sit = (name: string, role: KnownSeat["role"]): void =>
    keepSeat({ token: `${role} of ${name}`, role, roomId: `r_${name}`, name: "Ines" });

  it("are those of whoever leads or scores, and of no candidate or observer", () => {
    host("hosted");
    sit("scored", "interviewer");
    sit("led", "host");
    sit("answered", "candidate");
    sit("watched", "observer");
    const { secrets, beyond, wayInto } = heldRooms();
    expect(secrets).toEqual(["secret of hosted", "host of led", "interviewer of scored"]);
    expect(beyond).toBe(0);
    expect(["hosted", "led", "scored", "answered", "watched"].map((name) => wayInto(`r_${name}`))).toEqual([
      "secret of hosted",
      "host of led",
      "interviewer of scored",
      null,
      null,
    ]);
  });

  it("are each there once where the host's seat was taken in the browser that opened the room", () => {
    host("one");
    host("two");
    sit("one", "host");
    sit("one", "interviewer");
    expect(heldRooms().secrets).toEqual(["secret of two", "secret of one", "interviewer of one"]);
  });

  it("are so many as can be read at once, those that were opened last, and it is said how many more there are", () => {
    for (let count = 1; count <= MOST_SECRETS + 2; count++) host(String(count));
    const { secrets, beyond, wayInto } = heldRooms();
    expect(secrets).toHaveLength(MOST_SECRETS);
    expect(secrets[0]).toBe(`secret of ${MOST_SECRETS + 2}`);
    expect(beyond).toBe(2);
    expect(wayInto("r_1")).toBe("secret of 1");
  });
});
