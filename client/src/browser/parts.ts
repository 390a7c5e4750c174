import { announceNewVersion, reloadOnce, servedBuild, shownBuild } from "./new-version.ts";

/** Why a part of the page is not there: gone from a server that has another page by now, lost on the way, or the server is out of reach. */
export type Absence = "gone" | "lost" | "unreachable";

const SENTENCES: Record<Absence, string> = {
  gone: "A part of this page is gone.",
  lost: "A part of this page was lost on its way.",
  unreachable: "A part of this page could not be fetched.",
};

/** A part of the page that has a file of its own and could not be fetched. */
export class PartMissing extends Error {
  readonly absence: Absence;

  constructor(absence: Absence, cause: unknown) {
    super(SENTENCES[absence], { cause });
    this.absence = absence;
  }
}

/** How long is waited before a part is asked for again, in milliseconds. */
const PAUSES_MS = [250, 1_000, 2_500];

export interface FetchingOptions {
  /** Whether something whole stands in the part's place, so that nobody waits for it. */
  readonly hasStandIn?: boolean;
}

let underWay = 0;
const waiting = new Set<() => void>();

/** Resolves as soon as no part is being fetched, after whoever shows the page has begun to fetch what it needs. */
export async function partsHaveCome(): Promise<void> {
  await new Promise((resume) => setTimeout(resume));
  while (underWay > 0) await new Promise<void>((resume) => waiting.add(resume));
}

/**
 * A dynamic import that outlives lost requests and says why it failed. A part that is gone since the server has another page makes this
 * one load anew, once and where no word can be lost; else whoever shows the part says so in its place.
 */
export const fetching =
  <Module>(importPart: () => Promise<Module>, { hasStandIn = false }: FetchingOptions = {}) =>
  async (): Promise<Module> => {
    underWay++;
    try {
      return await fetchPart(importPart, hasStandIn);
    } finally {
      underWay--;
      for (const resume of waiting) resume();
      waiting.clear();
    }
  };

async function fetchPart<Module>(importPart: () => Promise<Module>, hasStandIn: boolean): Promise<Module> {
  for (const pauseMs of [...PAUSES_MS, null]) {
    try {
      await mendStyles();
      return await importPart();
    } catch (error) {
      // A part of the part was asked for often enough.
      if (error instanceof PartMissing) throw error;
      const absence = await absenceOf(error);
      if (absence === "gone") return isGone(error, hasStandIn);
      if (pauseMs === null) throw new PartMissing(absence, error);
      await new Promise((resume) => setTimeout(resume, pauseMs));
    }
  }
  throw new PartMissing("lost", null);
}

async function isGone(error: unknown, hasStandIn: boolean): Promise<never> {
  announceNewVersion();
  const build = await servedBuild();
  if (hasStandIn || build === null || !reloadOnce(build)) throw new PartMissing("gone", error);
  // The page is about to go, so there is nothing to show any more.
  return new Promise(() => {});
}

/** Files carry a hash of what is in them, so one that a server which answers does not have belongs to an older page. */
async function absenceOf(error: unknown): Promise<Absence> {
  const build = await servedBuild();
  if (build === null) return "unreachable";
  if (build !== "" && shownBuild() !== null && build !== shownBuild()) return "gone";
  const file = fileIn(error);
  if (file === null) return "lost";
  const status = await fetch(file, { method: "HEAD", cache: "no-store" }).then(
    (answer) => answer.status,
    () => 0,
  );
  return status === 404 || status === 410 ? "gone" : "lost";
}

/** The file that an import failed for, as far as the browser says so. */
const fileIn = (error: unknown): string | null => /\/assets\/[\w.-]+/.exec(String(error))?.[0] ?? null;

// Style sheets

/** Links to style sheets that did not arrive. They are asked for once by the page, and never again by what imports them. */
const lostStyles = new Set<HTMLLinkElement>();

/** Notes from now on which style sheets do not arrive. */
export function watchStyles(): void {
  const note = ({ target }: Event) => {
    if (target instanceof HTMLLinkElement && target.rel === "stylesheet") lostStyles.add(target);
  };
  window.addEventListener("error", note, true);
}

/** Asks again for the style sheets that were lost. */
async function mendStyles(): Promise<void> {
  await Promise.all([...lostStyles].map(mendStyle));
}

function mendStyle(lost: HTMLLinkElement): Promise<void> {
  lostStyles.delete(lost);
  const again = document.createElement("link");
  again.rel = "stylesheet";
  again.href = lost.href;
  const arrival = new Promise<void>((arrived, failed) => {
    again.addEventListener("load", () => arrived());
    again.addEventListener("error", () => failed(new Error(`${lost.href} was lost.`)));
  });
  lost.replaceWith(again);
  return arrival;
}
