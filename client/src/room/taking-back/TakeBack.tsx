import { candidateOfRound } from "@whetstone/shared/scorecard";
import { useBeneath } from "../../browser/beneath.ts";
import { useKeys } from "../../browser/keys.ts";
import { Button } from "../../ui/Button.tsx";
import { giveBackQuestion } from "../drawer/typed-question.ts";
import { useRoom, useRoomContext } from "../store/context.tsx";
import type { Done } from "../store/taking-back.ts";
import styles from "./TakeBack.module.css";

/** For a few seconds after something was asked, revealed or removed: the way to undo it, by one key or one click. */
export function TakeBack({ over }: { over: "page" | "pane" }) {
  const { done, view } = useRoom();
  const { store, roomId } = useRoomContext();
  const takeBack = () => {
    if (done?.what === "asked" && done.typed !== null) giveBackQuestion(roomId, done.typed);
    store.takeBack();
  };
  useKeys({ u: done ? takeBack : undefined });
  const candidate = view && "round" in view ? candidateOfRound(view) : null;
  const place = useBeneath<HTMLDivElement>();
  return (
    <div className={styles.place} data-over={over} role="status" ref={over === "page" ? place : undefined}>
      {done && (
        <p className={styles.done}>
          <span>{saidOf(done, candidate ?? "the candidate")}</span>
          <Button onClick={takeBack}>
            Take back <kbd>U</kbd>
          </Button>
        </p>
      )}
    </div>
  );
}

function saidOf(done: Done, candidate: string) {
  switch (done.what) {
    case "asked":
      return (
        <>
          Asked <bdi>{candidate}</bdi>: <b>{done.title}</b>
        </>
      );
    case "revealed":
      return (
        <>
          Revealed to <bdi>{candidate}</bdi>:{" "}
          <b>
            {done.kind === "hint" ? "hint" : "follow-up"} {done.index + 1}
          </b>
        </>
      );
    case "noteRemoved":
      return "Note removed";
    default:
      return done satisfies never;
  }
}
