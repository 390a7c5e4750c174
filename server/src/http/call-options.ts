import { view } from "@whetstone/shared/room/view/view";
import type { FastifyBaseLogger } from "fastify";
import { iceServersFor } from "../call/ice-servers.ts";
import { Janus } from "../call/janus/janus.ts";
import type { Config } from "../config.ts";
import type { Rooms } from "../room/rooms.ts";
import { newId } from "../room/secrets.ts";
import type { CallOptions } from "../room/side/call.ts";

interface CallContext {
  readonly config: Pick<Config, "ice"> & { readonly media?: Config["media"] };
  readonly serverKey: Buffer;
  readonly rooms: Rooms;
  readonly now: () => number;
  readonly log: Pick<FastifyBaseLogger, "warn">;
}

/** What rooms' calls need of the server around them. Whoever asks for them closes the media server. */
export const callOptions = ({ config, serverKey, rooms, now, log }: CallContext): CallOptions => ({
  newPeerId: () => newId("v"),
  iceServers: (seatId) => iceServersFor(seatId, config.ice, now()),
  media: config.media
    ? {
        from: config.media.from,
        server: new Janus({
          ...config.media,
          key: serverKey,
          onProblem: (problem) => log.warn(problem ?? "the media server can be used"),
        }),
      }
    : null,
  viewIn: (roomId, seatId) => {
    const state = rooms.loaded(roomId);
    return state && view(state, seatId);
  },
  after: (milliseconds, act) => void setTimeout(act, milliseconds).unref(),
});
