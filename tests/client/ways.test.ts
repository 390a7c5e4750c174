import { describe, expect, it } from "vitest";
import { Ways } from "../../client/src/browser/ways.ts";
import { MemoryStorage } from "./fakes.ts";

const MINUTE = 60_000;

function tab(storage = new MemoryStorage()) {
  let now = 0;
  const ways = new Ways({ storage, steady: () => now });
  const first = () => ways.next().transports[0];
  const wait = (ms: number) => {
    now += ms;
  };
  /** A WebSocket that answers and then falls silent. */
  const fallSilent = () => {
    ways.opened();
    ways.answered("websocket");
    ways.silent("websocket");
  };
  return { ways, first, wait, fallSilent, reload: () => tab(storage) };
}

describe("the way to the server", () => {
  it("is a WebSocket first, and long polls where that is refused", () => {
    expect(tab().ways.next()).toMatchObject({ transports: ["websocket", "polling"], upgrade: true });
  });

  it("is long polls with a WebSocket beside them where one carries nothing, also after a reload", () => {
    const { ways, first, reload } = tab();
    ways.silent("websocket");
    expect(ways.next()).toMatchObject({ transports: ["polling", "websocket"], upgrade: true });
    ways.opened();
    ways.answered("polling");
    expect([first(), reload().first()]).toEqual(["polling", "polling"]);
  });

  it("begins with the long polls that stood in for a WebSocket that was refused", () => {
    const { ways, first } = tab();
    ways.opened();
    ways.answered("polling");
    expect(first()).toBe("polling");
  });

  it("is a WebSocket first again once one has answered", () => {
    const { ways, first, reload } = tab();
    ways.silent("websocket");
    ways.opened();
    ways.answered("polling");
    ways.opened();
    ways.answered("websocket");
    expect([first(), reload().first()]).toEqual(["websocket", "websocket"]);
  });

  it("is long polls alone for ten minutes where the WebSocket beside them took their place and carries nothing", () => {
    const { ways, wait } = tab();
    ways.silent("websocket");
    ways.opened();
    ways.answered("polling");
    ways.opened();
    ways.silent("websocket");
    expect(ways.next()).toMatchObject({ transports: ["polling", "websocket"], upgrade: false });
    wait(10 * MINUTE - 1);
    expect(ways.next().upgrade).toBe(false);
    wait(1);
    expect(ways.next()).toMatchObject({ transports: ["polling", "websocket"], upgrade: true });
  });

  it("is the other one next where neither answers", () => {
    const { ways, first } = tab();
    const tried = [1, 2, 3, 4].map(() => {
      const way = first() ?? "polling";
      ways.silent(way);
      return way;
    });
    expect(tried).toEqual(["websocket", "polling", "websocket", "polling"]);
  });

  it("stays a WebSocket where one that answered falls silent, and not where that comes again and again", () => {
    const { ways, first, wait, fallSilent } = tab();
    for (let times = 0; times < 6; times++) {
      fallSilent();
      expect([first(), ways.next().upgrade]).toEqual(["websocket", true]);
      wait(90_000);
    }
    wait(3 * MINUTE);
    for (let times = 0; times < 3; times++) fallSilent();
    expect(ways.next()).toMatchObject({ transports: ["polling", "websocket"], upgrade: false });
  });

  it("is tried anew on another network, where silences of before count for nothing", () => {
    const { ways, fallSilent } = tab();
    for (let times = 0; times < 3; times++) fallSilent();
    ways.changed();
    expect(ways.next().upgrade).toBe(true);
    ways.answered("websocket");
    for (let times = 0; times < 2; times++) fallSilent();
    ways.changed();
    fallSilent();
    expect(ways.next()).toMatchObject({ transports: ["websocket", "polling"], upgrade: true });
  });

  it("may take a little longer once one has failed, and never so long that coming back takes ten seconds", () => {
    const { ways } = tab();
    const patience = [ways.next().patienceMs];
    for (let times = 0; times < 20; times++) {
      ways.silent("websocket");
      patience.push(ways.next().patienceMs);
    }
    expect(patience.slice(0, 2)).toEqual([5_000, 6_000]);
    expect(Math.max(...patience)).toBe(6_000);
    ways.answered("polling");
    expect(ways.next().patienceMs).toBe(5_000);
  });

  it("is forgotten where the storage holds something else", () => {
    const storage = new MemoryStorage();
    storage.setItem("whetstone.way", "pigeons");
    expect(tab(storage).first()).toBe("websocket");
  });
});
