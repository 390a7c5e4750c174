import { useQuery } from "@tanstack/react-query";
import { Comparison } from "@whetstone/shared/comparison/compare";
import { lineOf, type ReadingProgress } from "@whetstone/shared/comparison/progress";
import { QuestionUse } from "@whetstone/shared/comparison/question-use";
import { refusal } from "@whetstone/shared/room/refusal";
import { useState } from "react";
import { z } from "zod";
import { call } from "../api/call.ts";
import { type HeldRooms, heldRooms } from "../browser/held.ts";
import { RequestRefused } from "../refusals.ts";

/** Something that is read from many rooms, with the rooms that this browser holds and how far the reading is. */
export interface RoomsReading<Result> {
  readonly held: HeldRooms;
  readonly data: Result | undefined;
  readonly error: Error | null;
  readonly progress: ReadingProgress | null;
  readonly retry: () => void;
}

export const useComparison = (): RoomsReading<Comparison> => useRoomsReading("/across/compare", {}, Comparison);

export const useQuestionUse = (questionId: string): RoomsReading<QuestionUse> =>
  useRoomsReading("/across/question", { questionId }, QuestionUse);

function useRoomsReading<S extends z.ZodType>(
  path: string,
  asked: Readonly<Record<string, string>>,
  schema: S,
): RoomsReading<z.infer<S>> {
  const [held] = useState(heldRooms);
  const [progress, setProgress] = useState<ReadingProgress | null>(null);
  const query = useQuery({
    queryKey: ["across", path, asked, held.secrets],
    queryFn: ({ signal }) => readLines(path, { secrets: held.secrets, ...asked }, schema, setProgress, signal),
    enabled: held.secrets.length > 0,
    // A scorecard may have been submitted since.
    staleTime: 0,
    networkMode: "always",
    retry: (count, error) => count < 1 && !(error instanceof RequestRefused),
  });
  return { held, data: query.data, error: query.error, progress, retry: () => void query.refetch() };
}

const Line = lineOf(z.unknown());

/** Reads an answer line by line, and gives what its last line holds; throws where there is none. */
async function readLines<S extends z.ZodType>(
  path: string,
  body: unknown,
  schema: S,
  onProgress: (progress: ReadingProgress) => void,
  signal: AbortSignal,
): Promise<z.infer<S>> {
  const response = await call(path, { method: "POST", body, signal });
  for await (const text of linesIn(response)) {
    const line = Line.parse(JSON.parse(text));
    switch (line.kind) {
      case "reading":
        onProgress(line);
        break;
      case "failed":
        throw new RequestRefused(line.refusal);
      case "done":
        return schema.parse(line.result);
      default:
        return line satisfies never;
    }
  }
  throw new RequestRefused(refusal("server_failed"));
}

async function* linesIn({ body }: Response): AsyncGenerator<string> {
  if (!body) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let begun = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const [first = "", ...rest] = part.value.split("\n");
    const whole = [begun + first, ...rest];
    begun = whole.pop() ?? "";
    yield* whole;
  }
}
