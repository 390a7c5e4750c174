import { useMutation, useQuery } from "@tanstack/react-query";
import { ExportFormat } from "@whetstone/shared/export-wire";
import { Download, X } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/Button.tsx";
import { FORMAT_NAMES, plural } from "../words.ts";
import styles from "./ExportRooms.module.css";
import { dropExport, exportProgress, startExport, takeExport } from "./export-requests.ts";

const FOLLOW_MS = 400;

interface ExportRoomsProps {
  /** One for each room: what opens a seat in it. */
  readonly secrets: readonly string[];
  /** Whose scorecards they are, such as a role or a candidate. */
  readonly of: string;
  /** What this browser calls a room. */
  readonly nameOf: (roomId: string) => string;
}

/** The scorecards of many rooms as one ZIP: chosen formats, how far it is, stop, and the file. */
export function ExportRooms({ secrets, of, nameOf }: ExportRoomsProps) {
  const [formats, setFormats] = useState<readonly ExportFormat[]>(["pdf", "xlsx"]);
  const start = useMutation({ mutationFn: () => startExport({ secrets: [...secrets], formats: [...formats] }) });
  const toggle = (format: ExportFormat) =>
    setFormats(formats.includes(format) ? formats.filter((other) => other !== format) : [...formats, format]);
  return (
    <section className={styles.export} aria-label={`Export of ${of}`}>
      {start.data ? (
        <Progress
          key={start.data.exportId}
          exportId={start.data.exportId}
          nameOf={nameOf}
          onEnd={() => start.reset()}
        />
      ) : (
        <>
          <fieldset className={styles.formats}>
            <legend>Files for each room</legend>
            {ExportFormat.options.map((format) => (
              <label key={format}>
                <input type="checkbox" checked={formats.includes(format)} onChange={() => toggle(format)} />{" "}
                {FORMAT_NAMES[format]}
              </label>
            ))}
          </fieldset>
          <Button
            disabled={formats.length === 0 || secrets.length === 0 || start.isPending}
            onClick={() => start.mutate()}
          >
            <Download size={14} aria-hidden /> Export {plural(secrets.length, "room")} as ZIP
          </Button>
          {start.isError && <p role="alert">{start.error.message}</p>}
        </>
      )}
    </section>
  );
}

interface ProgressProps extends Pick<ExportRoomsProps, "nameOf"> {
  readonly exportId: string;
  readonly onEnd: () => void;
}

function Progress({ exportId, nameOf, onEnd }: ProgressProps) {
  const followed = useQuery({
    queryKey: ["export", exportId],
    queryFn: ({ signal }) => exportProgress(exportId, signal),
    refetchInterval: ({ state: { data } }) => (data?.state === "ready" || data?.state === "failed" ? false : FOLLOW_MS),
    gcTime: 0,
  });
  const take = useMutation({ mutationFn: () => takeExport(exportId) });
  const drop = useMutation({ mutationFn: () => dropExport(exportId), onSettled: onEnd });
  const { data: progress, error } = followed;
  if (error) {
    return (
      <p role="alert">
        {error.message} <Button onClick={onEnd}>Start again</Button>
      </p>
    );
  }
  const done = progress?.done ?? 0;
  const total = progress?.total ?? 1;
  return (
    <div className={styles.progress}>
      <label>
        <span role="status">{wordsFor(progress?.state ?? "waiting", done, total)}</span>
        <progress value={done} max={total} />
      </label>
      <span className={styles.actions}>
        {progress?.state === "ready" && (
          <Button look="primary" disabled={take.isPending} onClick={() => take.mutate()}>
            <Download size={14} aria-hidden /> Download the ZIP
          </Button>
        )}
        <Button disabled={drop.isPending} onClick={() => drop.mutate()}>
          <X size={14} aria-hidden /> {progress?.state === "ready" || progress?.state === "failed" ? "Done" : "Stop"}
        </Button>
      </span>
      {take.isError && <p role="alert">{take.error.message}</p>}
      {progress && progress.leftOut > 0 && (
        <p>{plural(progress.leftOut, "room")} could not be read with this browser's seats and is not in it.</p>
      )}
      {progress?.unreadable && (
        <ul>
          {progress.unreadable.map(({ roomId, sentence }) => (
            <li key={roomId}>
              <bdi>{nameOf(roomId)}</bdi> could not be read and is not in it: {sentence}
            </li>
          ))}
        </ul>
      )}
      {progress && progress.problems.length > 0 && (
        <ul>
          {progress.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function wordsFor(state: "waiting" | "running" | "ready" | "failed", done: number, total: number): string {
  switch (state) {
    case "waiting":
      return "Waiting for another export to end…";
    case "running":
      return `${done} of ${plural(total, "room")}…`;
    case "ready":
      return "Ready.";
    case "failed":
      return "The export failed. Start it again; the rooms are as they were.";
    default:
      return state satisfies never;
  }
}
