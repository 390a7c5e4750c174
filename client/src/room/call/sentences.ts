import type { SeatRole } from "@whetstone/shared/room/seats/commands";
import type { View } from "@whetstone/shared/room/view/view";
import type { CallPerson, CallSnapshot } from "./call.ts";
import type { Quality } from "./quality.ts";

/** Somebody in the call, and who that is in the room. */
export interface Named extends CallPerson {
  readonly name: string;
  readonly role: SeatRole;
}

/** The candidate first, as it is they who are listened to; who only listens last. */
export function named(people: readonly CallPerson[], view: View): readonly Named[] {
  const place = ({ role }: Named) => (role === "candidate" ? 0 : role === "observer" || role === "captioner" ? 2 : 1);
  return people
    .flatMap((person) => {
      const seat = view.people.find(({ seatId }) => seatId === person.seatId);
      return seat ? [{ ...person, name: seat.name, role: seat.role }] : [];
    })
    .toSorted((one, other) => place(one) - place(other));
}

export const QUALITY_WORDS: Readonly<Record<Quality, string | null>> = {
  good: null,
  weak: "Weak connection",
  very_weak: "Very weak connection",
  lost: "No connection",
};

/** Who cannot be reached, why, and what is done about it. */
export function unreached(people: readonly Named[], { hasServers }: CallSnapshot): readonly string[] {
  const why = hasServers
    ? "Their network or yours lets no call through."
    : "This server has nothing configured that leads beyond a local network; whoever runs it can set ICE_SERVERS.";
  return people
    .filter(({ state }) => state === "failed")
    .map(({ name }) => `${name} cannot be reached. ${why} This page goes on trying.`);
}

/** What is said to a screen reader of who came, who left and who shows their screen. */
export function toldOfCall(before: Told, after: Told): readonly string[] {
  const joined = after.people.filter(({ seatId }) => !before.people.some((other) => other.seatId === seatId));
  const left = before.people.filter(({ seatId }) => !after.people.some((other) => other.seatId === seatId));
  const shares = (told: Told) => told.people.filter(({ sending }) => sending.screen);
  const shared = shares(after).filter(({ seatId }) => !shares(before).some((other) => other.seatId === seatId));
  return [
    ...(before.stage === "entering" && after.stage === "in" ? ["You are in the call."] : []),
    ...joined.map(({ name }) => `${name} is in the call.`),
    ...left.map(({ name }) => `${name} has left the call.`),
    ...shared.map(({ name }) => `${name} shows their screen.`),
  ];
}

interface Told {
  readonly people: readonly Named[];
  readonly stage: CallSnapshot["stage"];
}
