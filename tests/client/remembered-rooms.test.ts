import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  feedbackSecret,
  forgetHostedRoom,
  type HostedRoom,
  hostedRooms,
  hostKey,
  type KnownSeat,
  keepFeedbackLink,
  keepHostedRoom,
  keepHostKey,
  keepLastName,
  keepLink,
  keepSeat,
  keepTabSeat,
  knownSeats,
  lastName,
  linkSecret,
  tabSeat,
} from "../../client/src/browser/remembered.ts";
import { MemoryStorage } from "./fakes.ts";

let local: MemoryStorage;
let session: MemoryStorage;
beforeEach(() => {
  local = new MemoryStorage();
  session = new MemoryStorage();
  vi.stubGlobal("localStorage", local);
  vi.stubGlobal("sessionStorage", session);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const hosted = (name: string): HostedRoom => ({
  roomId: `r_${name}`,
  title: name,
  candidateName: null,
  forRole: null,
  minutes: 45,
  blindPolicy: "after_own",
  openedAt: 1,
  hostSecret: `host of ${name}`,
  links: { candidate: { linkId: `l_${name}`, secret: `candidate of ${name}` } },
});
const seat = (name: string, role: KnownSeat["role"] = "host"): KnownSeat => ({
  token: `token of ${name}`,
  role,
  roomId: `r_${name}`,
  name,
});

describe("the rooms that are hosted from this browser", () => {
  it("are all kept with their links, the latest first, when another is opened", () => {
    for (const name of ["one", "two", "three"]) keepHostedRoom(hosted(name));
    expect(hostedRooms()).toEqual([hosted("three"), hosted("two"), hosted("one")]);
  });

  it("are each there once: one that is kept again takes the place of what was known of it, and of nothing else", () => {
    for (const name of ["one", "two"]) keepHostedRoom(hosted(name));
    const renewed = { ...hosted("one"), links: { candidate: { linkId: "l_new", secret: "a new one" } } };
    keepHostedRoom(renewed);
    expect(hostedRooms()).toEqual([renewed, hosted("two")]);
  });

  it("forget one at a time", () => {
    for (const name of ["one", "two", "three"]) keepHostedRoom(hosted(name));
    forgetHostedRoom("r_two");
    forgetHostedRoom("r_never-hosted");
    expect(hostedRooms()).toEqual([hosted("three"), hosted("one")]);
  });

  it("have each their own feedback's link, which is known by its identifier", () => {
    for (const name of ["one", "two"]) keepHostedRoom(hosted(name));
    keepFeedbackLink("r_one", { linkId: "l_first", secret: "first" });
    keepFeedbackLink("r_two", { linkId: "l_second", secret: "second" });
    keepFeedbackLink("r_never-hosted", { linkId: "l_third", secret: "third" });
    expect(hostedRooms()).toEqual([
      { ...hosted("two"), feedback: { linkId: "l_second", secret: "second" } },
      { ...hosted("one"), feedback: { linkId: "l_first", secret: "first" } },
    ]);
    expect(feedbackSecret("r_one", "l_first")).toBe("first");
    expect(feedbackSecret("r_one", "l_second")).toBeNull();
    expect(feedbackSecret("r_two", "l_second")).toBe("second");
    expect(feedbackSecret("r_never-hosted", "l_third")).toBeNull();
  });

  it("keep the links that were made here, wherever their room was opened", () => {
    keepLink("r_one", { linkId: "l_renewed", secret: "renewed" });
    keepLink("r_never-hosted", { linkId: "l_other", secret: "other" });
    keepLink("r_never-hosted", { linkId: "l_other", secret: "the same again" });
    expect(linkSecret("r_one", "l_renewed")).toBe("renewed");
    expect(linkSecret("r_never-hosted", "l_other")).toBe("the same again");
    expect(linkSecret("r_never-hosted", "l_never-made")).toBeNull();
    forgetHostedRoom("r_one");
    expect(linkSecret("r_one", "l_renewed")).toBeNull();
    expect(linkSecret("r_never-hosted", "l_other")).toBe("the same again");
  });

  it("know the links that they were opened with, each its own", () => {
    for (const name of ["one", "two"]) keepHostedRoom(hosted(name));
    expect(linkSecret("r_one", "l_one")).toBe("candidate of one");
    expect(linkSecret("r_two", "l_two")).toBe("candidate of two");
    expect(linkSecret("r_one", "l_two")).toBeNull();
  });

  it("keep 500 links at most, of which the earliest goes; one that is kept again takes the place of itself alone", () => {
    const links = Array.from({ length: 500 }, (_, index) => ({
      roomId: "r_one",
      linkId: `l_${index}`,
      secret: "kept",
    }));
    local.setItem("whetstone.links", JSON.stringify(links));
    keepLink("r_one", { linkId: "l_0", secret: "kept again" });
    expect(linkSecret("r_one", "l_0")).toBe("kept again");
    expect(linkSecret("r_one", "l_499")).toBe("kept");
    keepLink("r_one", { linkId: "l_new", secret: "new" });
    expect(linkSecret("r_one", "l_new")).toBe("new");
    expect(linkSecret("r_one", "l_498")).toBe("kept");
    expect(linkSecret("r_one", "l_499")).toBeNull();
  });
});

describe("the seats that were taken in this browser", () => {
  it("are all kept, the latest first, and one in the same room and role takes the place of the one before", () => {
    keepSeat(seat("one"));
    keepSeat(seat("two"));
    keepSeat(seat("one", "candidate"));
    expect(knownSeats()).toEqual([seat("one", "candidate"), seat("two"), seat("one")]);
    const again = { ...seat("one"), token: "another token" };
    keepSeat(again);
    expect(knownSeats()).toEqual([again, seat("one", "candidate"), seat("two")]);
  });

  it("are 500 at most, and the earliest goes", () => {
    for (let count = 1; count <= 500; count++) keepSeat(seat(`room ${count}`));
    expect(knownSeats()).toHaveLength(500);
    keepSeat(seat("room 501"));
    expect(knownSeats().map(({ name }) => name)).toEqual(
      Array.from({ length: 500 }, (_, index) => `room ${501 - index}`),
    );
  });

  it("belong to their tab by room", () => {
    keepTabSeat("r_one", { token: "one", role: "host" });
    keepTabSeat("r_two", { token: "two", role: "observer" });
    expect(tabSeat("r_one")).toEqual({ token: "one", role: "host" });
    expect(tabSeat("r_two")).toEqual({ token: "two", role: "observer" });
    expect(tabSeat("r_three")).toBeNull();
    expect(local.length).toBe(0);
  });
});

describe("key and name", () => {
  it("are kept apart, and are none at first", () => {
    expect([hostKey(), lastName()]).toEqual([null, ""]);
    keepHostKey("the key");
    keepLastName("Hana");
    expect([hostKey(), lastName()]).toEqual(["the key", "Hana"]);
  });
});

describe("what somebody else put into the storage", () => {
  it.each(["no JSON", "{}", '[{"roomId":1}]', '"text"', "null"])("such as %s is as if nothing was there", (foreign) => {
    const everything = () => [hostedRooms(), knownSeats(), tabSeat("r_one"), feedbackSecret("r_one", "l_first")];
    const nothing = everything();
    keepHostedRoom(hosted("one"));
    keepSeat(seat("one"));
    keepTabSeat("r_one", { token: "one", role: "host" });
    for (const storage of [local, session]) {
      for (let index = 0; index < storage.length; index++) storage.setItem(storage.key(index) ?? "", foreign);
    }
    expect(everything()).toEqual(nothing);
  });
});
