/** How long an answer by HTTP is waited for, and after how long it is asked for again, in milliseconds. */
export const SCOUT_MS = 1_500;
/** How many lines a browser keeps open to one server for its next requests, at most. */
const KEPT_LINES = 6;

/**
 * Asks the server by HTTP, for what costs it nothing, until it answers: whoever finds a line silent learns whether that is the line or
 * the network. Where one line is dead, those are as well that the browser keeps for its next requests, and it would wait for each in turn:
 * so the first time it asks by all of them, and gives up those that carry no answer. Returns what ends it.
 */
export function scout(onAnswer: () => void): () => void {
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    isOver = true;
    clearTimeout(timer);
  };
  const ask = async (line: number) => {
    if (!(await isAnswered(line)) || isOver) return;
    end();
    onAnswer();
  };
  const look = (lines: number) => {
    for (let line = 0; line < lines; line++) void ask(line);
    timer = setTimeout(() => look(1), SCOUT_MS);
  };
  look(KEPT_LINES);
  return end;
}

/** Any answer counts: one of a proxy that has no server behind it comes without being waited for. */
async function isAnswered(line: number): Promise<boolean> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), SCOUT_MS);
  try {
    const answer = await fetch(`/api/info?line=${line}`, { cache: "no-store", signal: patience.signal });
    await answer.text();
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
