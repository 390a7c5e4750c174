import { type Refusal, refusal, refuseInput } from "@whetstone/shared/room/refusal";
import { documentKey } from "@whetstone/shared/workspace/name";
import {
  DocumentMessage,
  type DocumentOpened,
  type DocumentReplayed,
  type DocumentWritten,
} from "@whetstone/shared/workspace/wire";
import { Allowances, type Rate } from "../allowances.ts";
import type { Participant, SideChannel } from "./channel.ts";
import { Readers, type ReadersOptions } from "./readers.ts";
import { Replays } from "./replays.ts";

export interface WorkspaceOptions extends Omit<ReadersOptions, "allowance"> {
  /** What one seat may send on a channel in a second, on average; here as fast as somebody types all the same. */
  readonly perSecond: number;
  /** Milliseconds of a clock that nobody sets. */
  readonly steady: () => number;
}

/** What documents may take of one seat that opens them, in bytes: as many as anybody needs whose network comes and goes. */
const OPENINGS: Rate = { perSecond: 512 * 1024, atOnce: 8 * 1024 * 1024 };
/** Messages of one seat in a second that are always taken in: as fast as anybody types, and a cursor moves. */
const PER_SECOND = 60;

/** The documents of a room's asks, for those whose view shows the ask: what they say of them, and whose it is to answer. */
export function workspace(options: WorkspaceOptions): SideChannel {
  const { documents, rooms } = options;
  const allowance = new Allowances(OPENINGS, options.steady);
  const readers = new Readers({ documents, rooms, allowance, onError: options.onError });
  const replays = new Replays({ documents, rooms, allowance });
  const answerTo = async (
    message: DocumentMessage,
    from: Participant,
  ): Promise<DocumentOpened | DocumentWritten | DocumentReplayed> => {
    switch (message.type) {
      case "open":
        return readers.open(message, from);
      case "write":
        return readers.write(message, from);
      case "point":
        await readers.point(message, from);
        return DONE;
      case "run":
        await readers.run(message, from);
        return DONE;
      case "leave":
        readers.leave(from, documentKey(message));
        return DONE;
      case "replay":
        return replays.read(message, from);
      default:
        return message satisfies never;
    }
  };
  return {
    intake: {
      event: "document",
      perSecond: Math.max(PER_SECOND, options.perSecond),
      receive: async ({ content: [sent], answer }, from) => {
        const message = DocumentMessage.safeParse(sent);
        const answered = message.success
          ? await answerTo(message.data, from).catch((error: unknown) => refused(options.onError(error)))
          : refused(refuseInput(message.error));
        answer?.(answered);
      },
      tooMany: ({ answer }) => answer?.(refused(refusal("too_many"))),
    },
    join: () => undefined,
    leave: (who) => readers.leaveAll(who),
    peopleChanged: () => undefined,
    roomGrew: (all) => readers.lookAgain(all),
  };
}

const DONE = { ok: true } as const;
const refused = (reason: Refusal) => ({ ok: false, refusal: reason }) as const;
