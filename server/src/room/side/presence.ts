import type { Participant, Participants, SideChannel } from "./channel.ts";

/** Tells each viewer who of the people they see is connected, when that changes for them. */
export function presence(): SideChannel {
  const told = new WeakMap<Participant, string>();
  const announce = (all: Participants): void => {
    const connected = new Set([...all].map(({ seatId }) => seatId));
    for (const participant of all) {
      const people = participant.view?.people ?? [];
      const seatIds = people.map(({ seatId }) => seatId).filter((seatId) => connected.has(seatId));
      const now = seatIds.join();
      if (now === (told.get(participant) ?? "")) continue;
      told.set(participant, now);
      participant.tell("presence", seatIds);
    }
  };
  return {
    intake: null,
    join: (_who, all) => announce(all),
    leave: (_who, all) => announce(all),
    peopleChanged: announce,
    roomGrew: () => undefined,
  };
}
