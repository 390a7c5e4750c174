import type { DocumentPart } from "@whetstone/shared/workspace/name";
import { BoardHistory } from "@whetstone/shared/workspace/playback/board-history";
import { DocumentHistory } from "@whetstone/shared/workspace/playback/history";
import { LONGEST_SILENCE_MS } from "@whetstone/shared/workspace/playback/timeline";
import { Pause, Play, SkipBack, SkipForward } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { Button } from "../../ui/Button.tsx";
import { NEW_VERSION_TITLE, NewVersionText, ReloadButton } from "../../ui/NewVersion.tsx";
import { elapsedText } from "../../words.ts";
import { useRoom } from "../store/context.tsx";
import { BoardThen } from "./BoardThen.tsx";
import styles from "./Playback.module.css";
import { type Player, SPEEDS, type Speed, usePlayer } from "./player.ts";
import { TextThen } from "./SheetThen.tsx";
import { Slider } from "./Slider.tsx";
import { doingAt, lookOf, momentsBy, type Scene, sceneOf, shownAtElapsed, steppedFrom, timesAt } from "./scene.ts";
import { type Doing, doingWords, placeText } from "./sentences.ts";
import { useHistory } from "./use-history.ts";

export interface PlaybackProps {
  readonly askId: string;
  readonly number: number;
  /** What is played: what was written, unless what was drawn. */
  readonly part?: DocumentPart;
  /** The interview's running time at which it begins; at the first key where that is not said. */
  readonly beginsAtMs?: number | undefined;
  /** What can be done at the moment that is shown, at that running time. */
  readonly atMoment?: ((elapsedMs: number) => ReactNode) | undefined;
}

type AnyHistory = DocumentHistory | BoardHistory;

const BEGINNINGS: Readonly<Record<DocumentPart, () => AnyHistory>> = {
  text: () => new DocumentHistory(),
  board: () => new BoardHistory(),
};

/** How the answer to a question was written or drawn, to be gone through and played. */
export default function Playback(props: PlaybackProps) {
  const { askId, part = "text" } = props;
  const standing = useHistory({ askId, part }, BEGINNINGS[part]);
  switch (standing.state) {
    case "reading":
      return (
        <p className={styles.quiet} role="status">
          Fetching how it was {DONE[part]}… {standing.share > 0 && `${Math.round(standing.share * 100)} %`}
        </p>
      );
    case "away":
      return (
        <p className={styles.quiet} role="status">
          The server cannot be reached just now. This goes on by itself as soon as it can.
        </p>
      );
    case "refused":
      // A server of another version than this page's does not know what it is asked.
      return standing.refusal.reason === "malformed" ? (
        <div className={styles.refused} role="alert">
          <p>
            <b>{NEW_VERSION_TITLE}.</b> <NewVersionText />
          </p>
          <ReloadButton />
        </div>
      ) : (
        <p className={styles.refused} role="alert">
          {standing.refusal.sentence}
        </p>
      );
    case "read":
      return <Shown {...props} read={standing.read} />;
    default:
      return standing satisfies never;
  }
}

const DONE = { text: "written", board: "drawn" } as const;

function Shown({ read, ...props }: PlaybackProps & Pick<Scene<AnyHistory>, "read">) {
  const scene = useMemo(() => sceneOf(read), [read]);
  if (scene.isEmpty) return <p className={styles.quiet}>Nothing was {DONE[props.part ?? "text"]} on this sheet.</p>;
  return <Played {...props} scene={scene} />;
}

function Played({ scene, number, part = "text", beginsAtMs, atMoment }: PlaybackProps & { scene: Scene<AnyHistory> }) {
  const ownId = useRoom().view?.you.seatId ?? "";
  const player = usePlayer(scene.timeline.totalMs, beginsAtMs === undefined ? 0 : shownAtElapsed(scene, beginsAtMs));
  const { shown } = player;
  const { history } = scene.read;
  const count = momentsBy(scene, shown);
  const moment = history.moments[count - 1];
  const doing = doingAt(scene, shown, moment, ownId);
  const { answerMs, elapsedMs } = timesAt(scene, shown);
  const look = lookOf(scene, moment?.seatId ?? null);
  const step = (by: 1 | -1) => player.goTo(steppedFrom(scene, shown, by));
  return (
    <section className={styles.playback} aria-label={`How the answer to question ${number} was ${DONE[part]}`}>
      {history instanceof BoardHistory ? (
        <BoardThen label={`The board of question ${number} at that moment`} history={history} count={count} />
      ) : (
        <TextThen
          label={`The sheet of question ${number} at that moment`}
          history={history}
          count={count}
          look={look}
        />
      )}
      <div className={styles.line}>
        <Who doing={doing} part={part} look={look} />
        <span className={styles.time}>
          <b>{elapsedText(answerMs)}</b> of {elapsedText(scene.wholeMs)}
          <small> · {elapsedText(elapsedMs)} of the interview</small>
        </span>
      </div>
      <Slider
        scene={scene}
        shown={shown}
        said={placeText(answerMs, scene.wholeMs, doing, part)}
        onGo={player.goTo}
        onStep={step}
        onToggle={player.toggle}
      />
      <Controls player={player} onStep={step} />
      <Noted scene={scene} onGo={player.goTo} />
      {atMoment?.(elapsedMs)}
    </section>
  );
}

function Who({ doing, part, look }: { doing: Doing; part: DocumentPart; look: number }) {
  const { name, rest } = doingWords(doing, part);
  const isHand = doing.who === "somebody" || doing.who === "you";
  return (
    <span className={styles.who} data-look={isHand ? look : 0}>
      <i aria-hidden />
      <span>
        {name !== null && <bdi>{name}</bdi>} {rest}
      </span>
    </span>
  );
}

function Controls({ player, onStep }: { player: Player; onStep: (by: 1 | -1) => void }) {
  const { isPlaying, speed } = player;
  return (
    <div className={styles.controls}>
      <Button look="quiet" aria-label="One step back" title="One step back" onClick={() => onStep(-1)}>
        <SkipBack size={16} aria-hidden />
      </Button>
      <Button className={styles.play} onClick={player.toggle}>
        {isPlaying ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />} {isPlaying ? "Pause" : "Play"}
      </Button>
      <Button look="quiet" aria-label="One step on" title="One step on" onClick={() => onStep(1)}>
        <SkipForward size={16} aria-hidden />
      </Button>
      <select
        aria-label="Speed"
        value={speed}
        onChange={({ target }) => player.setSpeed(SPEEDS.find((one) => String(one) === target.value) ?? speed)}
      >
        {SPEEDS.map((one: Speed) => (
          <option key={one} value={one}>
            {one}×
          </option>
        ))}
      </select>
      <small>Silences of more than {LONGEST_SILENCE_MS / 1000} seconds are shortened.</small>
    </div>
  );
}

/** What happened beside the writing, each a way to its moment. */
function Noted({ scene, onGo }: { scene: Scene; onGo: (shown: number) => void }) {
  if (scene.ticks.length === 0) return null;
  return (
    <ul className={styles.noted} aria-label="What was noted">
      {scene.ticks.map(({ atMs, kind, label, shown }) => (
        <li key={`${kind} ${atMs}`}>
          <button type="button" onClick={() => onGo(shown)}>
            <i data-kind={kind} aria-hidden />
            <span className={styles.at}>{elapsedText(timesAt(scene, shown).answerMs)}</span> {label}
          </button>
        </li>
      ))}
    </ul>
  );
}
