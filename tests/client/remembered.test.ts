import { beforeEach, expect, it, vi } from "vitest";
import {
  askedBefore,
  hostedRooms,
  keepAsked,
  keepFeedbackLink,
  keepHostedRoom,
  keepSeat,
  knownSeats,
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

it("one name of a question that cannot be read takes no other one with it", () => {
  hold("whetstone.asked", ["first-question", 7]);
  expect(askedBefore()).toEqual(["first-question"]);
  keepAsked(["second-question"]);
  expect(askedBefore()).toEqual(["second-question", "first-question"]);
});
