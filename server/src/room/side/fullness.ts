import type { Participant, Participants, SideChannel } from "./channel.ts";

/** From here on the host is told. */
const NEARLY = 0.8;

/** Tells the host, in whole percents, how full the room is once that it is nearly full. */
export function fullness(fullnessOf: (roomId: string) => number): SideChannel {
  const told = new WeakMap<Participant, number>();
  const announce = (all: Participants): void => {
    for (const participant of all) {
      const full = fullnessOf(participant.roomId);
      // With every commit, so before anybody's view is looked at.
      if (full < NEARLY) return;
      // What a candidate writes unseen fills the room too.
      if (participant.view?.role !== "host" || participant.view.quiet) continue;
      const percent = Math.min(100, Math.floor(full * 100));
      if (told.get(participant) === percent) continue;
      told.set(participant, percent);
      participant.tell("fullness", percent);
    }
  };
  return {
    intake: null,
    join: (_who, all) => announce(all),
    leave: () => undefined,
    peopleChanged: () => undefined,
    roomGrew: announce,
  };
}
