import { beforeEach, expect, it, vi } from "vitest";
import { holderName } from "../../client/src/browser/holder.ts";
import {
  askedBefore,
  hostedRooms,
  keepAsked,
  keepFeedbackLink,
  keepHostedRoom,
  keepOwnLink,
  keepSeat,
  keepTabSeat,
  keepTakenBack,
  knownSeats,
  linkSecret,
  secretOf,
  tabSeat,
  unreadableRooms,
} from "../../client/src/browser/remembered.ts";
import { MemoryStorage } from "./fakes.ts";

beforeEach(() => {
  vi.stubGlobal("localStorage", new MemoryStorage());
  vi.stubGlobal("sessionStorage", new MemoryStorage());
});

const ROOMS = "whetstone.rooms";
const SEATS = "whetstone.seats";
const room = {
  roomId: "r_000000000001",
  title: "An interview",
  candidateName: null,
  forRole: null,
  minutes: 45,
  blindPolicy: "after_own" as const,
  openedAt: 0,
  hostSecret: "secret",
  links: {},
};
const seat = { roomId: "r_000000000001", role: "interviewer" as const, token: "token", name: "Ines" };
const stored = (key: string): unknown => JSON.parse(localStorage.getItem(key) ?? "null");
const hold = (key: string, value: unknown) => localStorage.setItem(key, JSON.stringify(value));

it("one room that cannot be read takes no other one with it, and stays", () => {
  const newer = { roomId: "r_000000000002", hostSecrets: ["another way to keep it"] };
  hold(ROOMS, [newer, room]);
  expect(hostedRooms()).toEqual([room]);
  expect(unreadableRooms()).toBe(1);
  keepHostedRoom({ ...room, roomId: "r_000000000003" });
  keepFeedbackLink(room.roomId, { linkId: "l_000000000001", secret: "feedback" });
  expect(stored(ROOMS)).toContainEqual(newer);
  expect(hostedRooms()).toHaveLength(2);
});

it("what another version knows of a room or a seat stays in it", () => {
  hold(ROOMS, [{ ...room, colour: "violet" }]);
  keepFeedbackLink(room.roomId, { linkId: "l_000000000001", secret: "feedback" });
  expect(stored(ROOMS)).toMatchObject([{ colour: "violet", feedback: { secret: "feedback" } }]);
  hold(SEATS, [{ ...seat, colour: "violet" }]);
  keepSeat({ ...seat, roomId: "r_000000000002" });
  expect(stored(SEATS)).toContainEqual({ ...seat, colour: "violet" });
});

it("one seat that cannot be read takes no other one with it, and stays", () => {
  const newer = { ...seat, role: "shadow" };
  hold(SEATS, [newer, seat]);
  expect(knownSeats()).toEqual([seat]);
  keepSeat({ ...seat, name: "Ines I." });
  expect(stored(SEATS)).toEqual([newer, { ...seat, name: "Ines I." }]);
});

it("a seat keeps the link that leads back to it, and one that was kept before there were such links its token", () => {
  hold(SEATS, [seat]);
  expect(knownSeats().map(secretOf)).toEqual(["token"]);
  keepTabSeat(seat.roomId, seat);
  const taken = keepTakenBack(seat.roomId, seat, { roomId: seat.roomId, role: seat.role, token: "second" });
  expect([taken, ...knownSeats()].map(secretOf)).toEqual(["second", "second"]);
  keepTakenBack(seat.roomId, taken, { roomId: seat.roomId, role: seat.role, token: "third", wayBack: "link" });
  expect([tabSeat(seat.roomId) ?? taken, ...knownSeats()].map(secretOf)).toEqual(["link", "link"]);
  expect(knownSeats()).toEqual([{ ...seat, token: "third", link: "link" }]);
});

it("the host's own link that was made anew is kept wherever the one before was", () => {
  const host = { ...seat, role: "host" as const, link: "before" };
  keepHostedRoom(room);
  keepSeat(host);
  keepSeat(seat);
  keepTabSeat(room.roomId, host);
  keepOwnLink(room.roomId, { linkId: "l_000000000002", secret: "fresh" });
  expect(hostedRooms()).toEqual([{ ...room, hostSecret: "fresh" }]);
  expect(knownSeats()).toEqual([seat, { ...host, link: "fresh" }]);
  expect(tabSeat(room.roomId)?.link).toBe("fresh");
  expect(linkSecret(room.roomId, "l_000000000002")).toBe("fresh");
});

it("this browser calls itself the same for as long as it remembers", () => {
  const name = holderName();
  expect(name.length).toBeGreaterThanOrEqual(20);
  expect(holderName()).toBe(name);
  localStorage.clear();
  expect(holderName()).not.toBe(name);
});

it("one name of a question that cannot be read takes no other one with it", () => {
  hold("whetstone.asked", ["first-question", 7]);
  expect(askedBefore()).toEqual(["first-question"]);
  keepAsked(["second-question"]);
  expect(askedBefore()).toEqual(["second-question", "first-question"]);
});
