import { getsCaption, knows, whyNotCaption } from "@whetstone/shared/captions/rules";
import { CAPTION_LIMITS, type CaptionAnswer, CaptionMessage } from "@whetstone/shared/captions/wire";
import { type Refusal, refusal, refuseInput } from "@whetstone/shared/room/refusal";
import { type Participant, type Participants, type SideChannel, tellAll } from "./channel.ts";

/** Hands what is said, as text, to those who would hear it. Nothing is kept here: whoever comes later was not there. */
export function captions(): SideChannel {
  return {
    intake: {
      event: "caption",
      perSecond: CAPTION_LIMITS.perSecond,
      receive: ({ content: [sent], answer }, from, all) => {
        const message = CaptionMessage.safeParse(sent);
        answer?.(message.success ? told(message.data, from, all) : refused(refuseInput(message.error)));
      },
      tooMany: ({ answer }) => answer?.(refused(refusal("too_many"))),
    },
    join: () => undefined,
    leave: () => undefined,
    peopleChanged: () => undefined,
    roomGrew: () => undefined,
  };
}

function told({ speakerId, ...line }: CaptionMessage, from: Participant, all: Participants): CaptionAnswer {
  const { view, seatId: writerId } = from;
  const reason = whyNotCaption(view);
  if (!view || reason !== null) return refused(refusal(reason ?? "unknown_seat"));
  // One's own device hears oneself, and whoever types knows of whom they see.
  const speaker = view.role === "captioner" ? knownOf(from, speakerId) : writerId;
  const readers = [...all].filter((who) => who.view !== null && who !== from && getsCaption(view, who.view));
  const seeing = readers.filter((who) => knownOf(who, speaker) === speaker);
  const others = readers.filter((who) => !seeing.includes(who));
  tellAll(seeing, "caption", { ...line, writerId, speakerId: speaker });
  tellAll(others, "caption", { ...line, writerId, speakerId: null });
  return { ok: true };
}

/** The speaker, where the viewer knows who that is. */
const knownOf = ({ view }: Participant, speakerId: string | null | undefined): string | null =>
  view && speakerId && knows(view, speakerId) ? speakerId : null;

const refused = (reason: Refusal): CaptionAnswer => ({ ok: false, refusal: reason });
