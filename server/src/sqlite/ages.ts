import { currentRound, evolve, type RoomState } from "@whetstone/shared/room/state";
import { Connection } from "./connection.ts";
import { reading } from "./log-reading.ts";

/** How old a room is, and how long it is kept; moments in milliseconds since 1970. */
export interface RoomAge {
  readonly roomId: string;
  readonly openedAt: number;
  readonly endedAt: number | null;
  readonly keptUntil: number | null;
}

/** Reads every room that was not erased in the database at `path`, without the texts and without writing anything, also while a server uses it. */
export async function* agesIn(path: string): AsyncGenerator<RoomAge, void, undefined> {
  const connection = new Connection(path, { readonly: true, fileMustExist: true });
  try {
    const roomIds = connection
      .prepare<[], string>("SELECT room_id FROM rooms WHERE erased = 0 ORDER BY id")
      .pluck()
      .all();
    const { read } = reading(connection, null);
    for (const roomId of roomIds) {
      let state: RoomState | null = null;
      for await (const { commit } of read(roomId)) {
        for (const event of commit.events) state = evolve(state, event, commit.at);
      }
      if (!state) continue;
      const { openedAt, keeping } = state;
      yield { roomId, openedAt, endedAt: currentRound(state).clock.endedAt, keptUntil: keeping.keptUntil };
    }
  } finally {
    connection.close();
  }
}
