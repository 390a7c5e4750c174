import { maySend } from "@whetstone/shared/call/rules";
import type { PanelView } from "@whetstone/shared/room/view/view";
import { useState } from "react";
import { keysAreOn, setKeysOn } from "../../browser/keys.ts";
import { KeyList } from "../../ui/KeyList.tsx";
import { askingIn } from "../asking/asking.ts";
import { useIsCalling } from "../call/call-place.tsx";
import { CALL_KEYS, LISTENERS_KEYS } from "../call/keys.ts";
import type { QuestionsView } from "../store/questions-view.ts";
import styles from "./Help.module.css";

const SCORING: readonly [string, string][] = [
  ["1 – 4", "Rate the marked criterion; again clears it"],
  ["J  K", "Next, previous criterion"],
  ["N", "Note; Enter keeps it, Esc leaves it"],
  ["H", "Reveal the next hint"],
  ["F", "Reveal the next follow-up"],
  ["G", "Go to the open question"],
  ["U", "Take back what was asked, revealed or removed just now"],
];
const MESSAGES: [string, string] = ["W", "Write to the panel, or to everyone"];
const HELP: [string, string] = ["?", "This help"];
const BANK: [string, string] = ["/", "Question bank"];
const HOSTING: readonly [string, string][] = [["A", "Ask the next question of the plan"], BANK, ["P", "Pause, resume"]];

/** The keys of whoever looks: an interviewer has those of asking as far as they may ask. */
function keysOf(view: QuestionsView): readonly [string, string][] {
  if (view.role === "observer") return [];
  return view.peers ? keysOfAsking(view) : [...keysOfAsking(view), MESSAGES];
}

function keysOfAsking(view: PanelView): readonly [string, string][] {
  if (view.role === "host") return [...SCORING, ...HOSTING];
  const { anything, next } = askingIn(view);
  if (anything) return [...SCORING, ["A", "Ask the next question of the plan that is not somebody else's"], BANK];
  return next ? [...SCORING, ["A", "Ask the next question that is yours"]] : SCORING;
}

/** Every key, and the switch that turns the single ones off. */
export function Help({ view }: { view: QuestionsView }) {
  const [on, setOn] = useState(keysAreOn);
  const isCalling = useIsCalling();
  const callKeys = isCalling ? (maySend(view) ? CALL_KEYS : LISTENERS_KEYS) : [];
  const keys = [...keysOf(view), ...callKeys];
  const change = (isOn: boolean) => {
    setKeysOn(isOn);
    setOn(isOn);
  };
  return (
    <div className={styles.help}>
      <KeyList keys={[...keys, HELP]} />
      {keys.length > 0 && (
        <label>
          <input type="checkbox" checked={on} onChange={(event) => change(event.target.checked)} /> Single keys work
          outside of text fields
        </label>
      )}
      <p>
        What stands on the <mark>violet wash</mark> is never shown to the candidate.
      </p>
    </div>
  );
}
