import { describe, expect, it } from "vitest";
import { type Transport, Ways } from "../../client/src/browser/ways.ts";
import { MemoryStorage } from "./fakes.ts";

const MINUTE = 60_000;

function tab(storage = new MemoryStorage()) {
  let now = 0;
  const ways = new Ways({ storage, steady: () => now });
  const first = () => ways.next().transports[0];
  const wait = (ms: number) => {
    now += ms;
  };
  /** No answer comes by it, though the server answers by HTTP. */
  const swallowed = (by: Transport) => {
    ways.reached();
    ways.silent(by);
  };
  /** A WebSocket that answers and then falls silent. */
  const fallSilent = () => {
    ways.opened();
    ways.answered("websocket");
    swallowed("websocket");
  };
  return { ways, first, wait, swallowed, fallSilent, reload: () => tab(storage) };
}

describe("the way to the server", () => {
  it("is a WebSocket first, and long polls where that is refused", () => {
    expect(tab().ways.next()).toMatchObject({ transports: ["websocket", "polling"], upgrade: true });
  });

  it("is long polls with a WebSocket beside them where one carries nothing, also after a reload", () => {
    const { ways, first, swallowed, reload } = tab();
    swallowed("websocket");
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
    const { ways, first, swallowed, reload } = tab();
    swallowed("websocket");
    ways.opened();
    ways.answered("polling");
    ways.opened();
    ways.answered("websocket");
    expect([first(), reload().first()]).toEqual(["websocket", "websocket"]);
  });

  it("is long polls alone for ten minutes where the WebSocket beside them took their place and carries nothing", () => {
    const { ways, wait, swallowed } = tab();
    swallowed("websocket");
    ways.opened();
    ways.answered("polling");
    ways.opened();
    swallowed("websocket");
    expect(ways.next()).toMatchObject({ transports: ["polling", "websocket"], upgrade: false });
    wait(10 * MINUTE - 1);
    expect(ways.next().upgrade).toBe(false);
    wait(1);
    expect(ways.next()).toMatchObject({ transports: ["polling", "websocket"], upgrade: true });
  });

  it("is the other one next where neither answers and the server does by HTTP", () => {
    const { first, swallowed } = tab();
    const tried = [1, 2, 3, 4].map(() => {
      const way = first() ?? "polling";
      swallowed(way);
      return way;
    });
    expect(tried).toEqual(["websocket", "polling", "websocket", "polling"]);
  });

  it("is not blamed for a network on which nobody answers by HTTP either, and the other one is tried in turn", () => {
    const { ways, first, reload } = tab();
    const tried = [1, 2, 3, 4, 5].map(() => {
      ways.silent(first() ?? "polling");
      // Nothing is known of the way, so a page that is loaded anew begins with the better one.
      expect([ways.next().upgrade, reload().first()]).toEqual([true, "websocket"]);
      return first();
    });
    expect(tried).toEqual(["websocket", "polling", "websocket", "polling", "websocket"]);
  });

  it("is long polls as soon as the server answers by HTTP, also where polls were lost with the network", () => {
    const { ways, first, swallowed } = tab();
    swallowed("websocket");
    ways.silent("polling");
    expect(ways.next().isInDoubt).toBe(true);
    // The browser may have had dead lines only.
    expect(first()).toBe("polling");
    ways.silent("polling");
    expect(first()).toBe("websocket");
    swallowed("polling");
    expect([first(), ways.next().isInDoubt]).toEqual(["polling", false]);
  });

  it("leads by long polls where a WebSocket that answered falls silent, and by them alone where that comes again and again", () => {
    const { ways, first, wait, fallSilent } = tab();
    for (let times = 0; times < 6; times++) {
      fallSilent();
      expect([first(), ways.next().upgrade]).toEqual(["polling", true]);
      wait(90_000);
    }
    wait(3 * MINUTE);
    for (let times = 0; times < 3; times++) {
      expect(ways.next().upgrade).toBe(true);
      fallSilent();
      wait(MINUTE);
    }
    expect(ways.next()).toMatchObject({ transports: ["polling", "websocket"], upgrade: false });
  });

  it("is long polls alone where the first WebSocket carries nothing and the one beside them little, soon after each other", () => {
    const { ways, wait, swallowed, fallSilent } = tab();
    ways.opened();
    swallowed("websocket");
    expect(ways.next()).toMatchObject({ transports: ["polling", "websocket"], upgrade: true });
    wait(6_000);
    fallSilent();
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
    expect(ways.next()).toMatchObject({ transports: ["polling", "websocket"], upgrade: true });
  });

  it("may take longer where one was given up that may have been too slow, until one answers", () => {
    const { ways, swallowed } = tab();
    const grace = [1, 2, 3, 4, 5, 6].map(() => {
      swallowed("websocket");
      return ways.next().graceMs;
    });
    expect(grace).toEqual([1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
    ways.answered("polling");
    expect([ways.next().graceMs, ways.next().patienceMs]).toEqual([1_000, 5_000]);
  });

  it("may take longer where nothing was heard by any way three times", () => {
    const { ways } = tab();
    const patience = [1, 2, 3, 4, 5].map(() => {
      ways.silent("websocket");
      return ways.next().patienceMs;
    });
    expect(patience).toEqual([5_000, 5_000, 10_000, 10_000, 10_000]);
    ways.reached();
    expect(ways.next().patienceMs).toBe(5_000);
  });

  it("is forgotten where the storage holds something else", () => {
    const storage = new MemoryStorage();
    storage.setItem("whetstone.way", "pigeons");
    expect(tab(storage).first()).toBe("websocket");
  });
});
