import { z } from "zod";
import { SeatRole } from "../seats/commands.ts";
import type { Seat } from "../seats/state.ts";
import { currentRound, type RoomState, roleIn, scores } from "../state.ts";
import { cached, cachedWhile } from "./cache.ts";

export const CandidatePerson = z.strictObject({ seatId: z.string(), name: z.string(), role: SeatRole });

export const PanelPerson = CandidatePerson.extend({
  admitted: z.boolean(),
  handRaised: z.boolean(),
  movedAt: z.number().optional().describe("When another browser took the seat over last, in milliseconds since 1970."),
  movedOut: z.literal(true).optional().describe("The host has moved them back to the lobby."),
  locked: z.literal(true).optional().describe("It opens in the browser alone that has it."),
});
export type PanelPerson = z.infer<typeof PanelPerson>;

type Person = Seat & { readonly role: SeatRole };

/** Who is seated, each as what they are in the current round, the host first. */
function seated(state: RoomState): Person[] {
  const { roundId } = currentRound(state);
  return Object.values(state.seats)
    .filter(({ removed }) => !removed)
    .map((seat) => ({ ...seat, role: roleIn(state, roundId, seat.seatId) ?? seat.joinedAs }))
    .sort((a, b) => Number(b.role === "host") - Number(a.role === "host"));
}

const nameAndRole = ({ seatId, name, role }: Person) => ({ seatId, name, role });

const whileSeatedAlike = <Part>(build: (state: RoomState) => Part) =>
  cachedWhile(
    ({ seats }: RoomState) => seats,
    (state) => [currentRound(state).roles],
    build,
  );

/** Whom the candidate sees in the room: not themselves, and observers only when the host shows them. Whoever captions is never hidden. */
export const company = whileSeatedAlike((state) =>
  seated(state)
    .filter(({ role, admitted }) => admitted && (scores(role) || role === "captioner"))
    .map(nameAndRole),
);
export const companyWithObservers = whileSeatedAlike((state) =>
  seated(state)
    .filter(({ role, admitted }) => admitted && role !== "candidate")
    .map(nameAndRole),
);

/** Whom a captioner sees: all who were let in, and observers where the candidate sees them. */
export const heardPeople = whileSeatedAlike((state) =>
  seated(state)
    .filter(({ role, admitted }) => admitted && role !== "observer")
    .map(nameAndRole),
);
export const heardPeopleWithObservers = whileSeatedAlike((state) =>
  seated(state)
    .filter(({ admitted }) => admitted)
    .map(nameAndRole),
);

export const panelPeople = whileSeatedAlike((state) =>
  seated(state).map(({ seatId, name, role, admitted, handRaised, movedAt, movedOut, locked }) => ({
    seatId,
    name,
    role,
    admitted,
    handRaised,
    ...(movedAt !== null && { movedAt }),
    ...(movedOut !== null && { movedOut: true as const }),
    ...(locked && { locked }),
  })),
);

/** The host alone, whom those see who wait. */
export const hostPerson = whileSeatedAlike((state) => panelPeople(state).filter(({ role }) => role === "host"));

/** A seat as its own holder sees it. */
export const you = cached(({ seatId, name }: Seat) => ({ seatId, name }));
