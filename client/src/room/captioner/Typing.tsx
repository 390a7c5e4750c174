import { CAPTION_LIMITS } from "@whetstone/shared/captions/wire";
import type { CaptionerView } from "@whetstone/shared/room/view/captioner";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { newId } from "../../browser/ids.ts";
import { useKeys } from "../../browser/keys.ts";
import { isComposed, isPlainEnter, keyName } from "../../browser/pressed.ts";
import { Button } from "../../ui/Button.tsx";
import { isSentence, pieces } from "../captions/lines.ts";
import { useCaptions } from "../captions/use-captions.ts";
import { useRoomContext } from "../store/context.tsx";
import styles from "./CaptionerScreen.module.css";

/** A line that is being typed, or corrected. */
interface Typed {
  readonly lineId: string;
  readonly speakerId: string | null;
  readonly text: string;
}

const fresh = (speakerId: string | null): Typed => ({ lineId: newId("t"), speakerId, text: "" });

/** The field in which captions are typed, each word of which is shown to the others as it is written, and who is speaking. */
export function Typing({ view }: { view: CaptionerView }) {
  const { captions } = useRoomContext().store;
  const { lines } = useCaptions();
  const { seatId } = view.you;
  const speakers = view.people.filter((person) => person.seatId !== seatId && person.role !== "observer").slice(0, 9);
  const [typed, setTyped] = useState(() => fresh(speakers[0]?.seatId ?? null));
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);

  const say = ({ lineId, speakerId }: Typed, text: string, isFinal: boolean) =>
    captions.say({ lineId, text, isFinal, speakerId }, seatId);

  /** Sends what is typed as a line that is finished, and begins the next; what is corrected to nothing is taken back. */
  const finish = (line: Typed, next = line.speakerId) => {
    const [first = "", ...more] = pieces(line.text);
    if (first !== "" || isKnown(line)) say(line, first, true);
    for (const piece of more) say(fresh(line.speakerId), piece, true);
    setTyped(fresh(next));
  };
  const isKnown = ({ lineId }: Typed) => lines.some((line) => line.lineId === lineId && line.writerId === seatId);

  const write = (text: string, isComposing: boolean) => {
    const line = { ...typed, text };
    if (!isComposing && isSentence(text)) return finish(line);
    setTyped(line);
    say(line, text.slice(-CAPTION_LIMITS.text), false);
  };

  const choose = (next: string | null) => {
    if (typed.text.trim() !== "") finish(typed, next);
    else setTyped({ ...typed, speakerId: next });
    field.current?.focus();
  };

  const last = lines.findLast((line) => line.writerId === seatId && line.isFinal);
  const correct = () => {
    if (!last) return;
    if (typed.text.trim() !== "") finish(typed);
    setTyped({ lineId: last.lineId, speakerId: last.speakerId, text: last.text });
    field.current?.focus();
  };

  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isComposed(event.nativeEvent)) return;
    const { code } = event.nativeEvent;
    const digit = event.altKey ? /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] : undefined;
    if (isPlainEnter(event.nativeEvent)) finish(typed);
    else if (event.key === "ArrowUp" && typed.text === "") correct();
    else if (digit === "0") choose(null);
    else if (digit && speakers[Number(digit) - 1]) choose(speakers[Number(digit) - 1]?.seatId ?? null);
    else return;
    event.preventDefault();
  };

  useKeys(
    Object.fromEntries([
      ["0", () => choose(null)],
      ...speakers.map((person, index) => [
        keyName({ key: String(index + 1), keyCode: 0 }),
        () => choose(person.seatId),
      ]),
    ]),
  );

  return (
    <section aria-label="Type captions" className={styles.field}>
      <fieldset className={styles.speakers}>
        <legend>Who is speaking</legend>
        {speakers.map((person, index) => (
          <Speaker
            key={person.seatId}
            digit={index + 1}
            name={person.name}
            isChosen={typed.speakerId === person.seatId}
            onChoose={() => choose(person.seatId)}
          />
        ))}
        <Speaker digit={0} name="Somebody else" isChosen={typed.speakerId === null} onChoose={() => choose(null)} />
      </fieldset>
      <label htmlFor="caption" className="visually-hidden">
        What is said
      </label>
      <textarea
        id="caption"
        ref={field}
        rows={2}
        dir="auto"
        maxLength={4 * CAPTION_LIMITS.text}
        autoComplete="off"
        placeholder="Type what is said"
        aria-describedby="caption-hint"
        value={typed.text}
        onChange={(event) => write(event.target.value, (event.nativeEvent as InputEvent).isComposing)}
        onKeyDown={press}
      />
      <div className={styles.actions}>
        <Button look="primary" onClick={() => finish(typed)}>
          Send line
        </Button>
        <Button disabled={!last} onClick={correct}>
          Correct the last line
        </Button>
      </div>
      <p id="caption-hint" className={styles.hint}>
        Each word is shown as you type it. <kbd>Enter</kbd> or the end of a sentence begins a new line; <kbd>Alt</kbd>{" "}
        and a digit say who is speaking; <kbd>↑</kbd> in the empty field takes up the last line to correct it.
      </p>
    </section>
  );
}

interface SpeakerProps {
  readonly digit: number;
  readonly name: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

const Speaker = ({ digit, name, isChosen, onChoose }: SpeakerProps) => (
  <Button
    aria-pressed={isChosen}
    aria-keyshortcuts={`Alt+${digit}`}
    onClick={onChoose}
    className={styles.speaker ?? ""}
  >
    <kbd aria-hidden>{digit}</kbd> <bdi>{name}</bdi>
  </Button>
);
